"""No function over 80 lines, no file over 800 (tables of data aside); those over 40 and 450 are named, not refused."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FUNCTION_REFUSED, FUNCTION_ASKED, FILE_REFUSED, FILE_ASKED = 80, 40, 800, 450


def measured(path: Path) -> tuple[list[str], list[str]]:
    """(refused, asked) lines for a file."""
    text = path.read_text(encoding="utf-8")
    refused: list[str] = []
    asked: list[str] = []
    name, lines = path.relative_to(ROOT), text.count("\n")
    if lines > FILE_ASKED:
        (refused if lines > FILE_REFUSED else asked).append(f"{name}: {lines} lines")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > FUNCTION_ASKED:
                (refused if size > FUNCTION_REFUSED else asked).append(
                    f"{name}:{node.lineno} {node.name}: {size} lines"
                )
    return refused, asked


def main() -> int:
    """1 when something is refused."""
    refused: list[str] = []
    asked: list[str] = []
    for folder in ("src", "tools", "benchmarks", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found = measured(path)
                refused += found[0]
                asked += found[1]
    for line in asked if "--verbose" in sys.argv else []:
        print(f"question: {line}")
    for line in refused:
        print(f"refused: {line}")
    print(f"sizes: {len(refused)} refused, {len(asked)} with a question")
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
