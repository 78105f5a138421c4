"""`zhaoyin read` on the command line."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhaoyin.cli.read import run

NOTE = "5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。"


def test_it_prints_projects_with_quotes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    assert run(["--pub", "2024-06-01", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "无锡昱锵新材料有限公司" in shown and "2.5亿元" in shown and "签约" in shown and "「" in shown


def test_it_maps_lines_to_the_label_scheme(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (
        json.dumps({"id": "a", "pub": "2024-06-01", "text": NOTE}) + "\n" + json.dumps({"id": "b", "text": ""}) + "\n"
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert run(["--jsonl"]) == 1
    good, bad = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert good["projects"][0]["stage"] == "signed" and good["projects"][0]["amount"]["lo"] == 2.5e8
    assert all(NOTE[one["start"] : one["end"]] == one["text"] for one in good["entities"])
    assert bad["id"] == "b" and "text-empty" in bad["error"]


def test_it_refuses_a_wrong_date_and_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--pub", "2024-13-01", "x"]) == 2
    assert run(["/no/such/file"]) == 1
    assert "/no/such/file" in capsys.readouterr().err


def test_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, zhaoyin.cli.main, zhaoyin.cli.read\n"
        "from zhaoyin.engines.reading.solve import solve\n"
        "from zhaoyin.engines.reading.problem import ReadingProblem\n"
        f"solve(problem=ReadingProblem({NOTE!r}))\n"
        "print([name for name in ('django', 'numba', 'pandas', 'ibis', 'numpy', 'duckdb') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
