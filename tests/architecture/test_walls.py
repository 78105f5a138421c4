"""The walls bite: each contract is broken on purpose in a copy of the house and must be caught."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BREACHES = {
    "Floors": ("domain/money.py", "import zhaoyin.engines.counting"),
    "Apps stand along": ("apps/companies/queries.py", "import zhaoyin.apps.projects.queries"),
    "Domain and engines reach no": ("engines/counting/params.py", "import django"),
    "Domain is standard library only": ("domain/period.py", "import numpy"),
    "Engines are independent": ("engines/counting/params.py", "import zhaoyin.engines.reading"),
    "Ibis only in": ("apps/projects/queries.py", "import ibis"),
    "Rooms inside an app": ("apps/projects/models.py", "import zhaoyin.apps.projects.views"),
    "Pages, API and tasks never": ("apps/projects/views.py", "import zhaoyin.apps.projects.models"),
    "No import cycles": ("apps/ui/wording.py", "import zhaoyin.apps.ui.regions"),
}


def contract_names() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return re.findall(r'\[\[tool\.importlinter\.contracts\]\]\nname = "([^"]+)"', text)


def lint(folder: Path) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder, env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("static", "templates", "locale", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_has_a_breach() -> None:
    names = contract_names()
    assert len(names) == len(BREACHES)
    assert all(any(name.startswith(start) for name in names) for start in BREACHES)


@pytest.mark.slow
@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_caught(house: Path, contract: str) -> None:
    name, line = BREACHES[contract]
    path = house / "src" / "zhaoyin" / name
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(kept + f"\n{line}  # a breach\n", encoding="utf-8")
        said = lint(house)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert re.search(rf"^{re.escape(contract)}.* BROKEN$", said, re.MULTILINE), said


def test_importing_every_engine_loads_no_framework() -> None:
    engines = sorted(p.name for p in (ROOT / "src/zhaoyin/engines").iterdir() if (p / "__init__.py").exists())
    assert engines
    code = (
        "import importlib, sys\n"
        f"for name in {engines!r}:\n"
        "    for part in ('problem', 'params', 'solve', 'result'):\n"
        "        importlib.import_module(f'zhaoyin.engines.{name}.{part}')\n"
        "bad = sorted({m.split('.')[0] for m in sys.modules} & {'django', 'ninja', 'sqlite3', 'psycopg', 'requests', 'structlog'})\n"
        "print(bad)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert done.stdout.strip() == "[]"


def test_domain_and_engines_ask_no_clock() -> None:
    pattern = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time\(|\buuid[147]\(|\brandom\.random\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for floor in ("domain", "engines")
        for path in (ROOT / "src/zhaoyin" / floor).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_there_is_no_room_for_general_things() -> None:
    rooms = {path.stem for path in (ROOT / "src").rglob("*.py")} | {
        path.name for path in (ROOT / "src").rglob("*") if path.is_dir()
    }
    assert rooms & {"utils", "helpers", "common", "core", "misc"} == set()


def test_every_engine_has_the_same_face() -> None:
    for engine in (ROOT / "src/zhaoyin/engines").iterdir():
        if (engine / "__init__.py").exists():
            assert {"problem.py", "params.py", "solve.py", "result.py"} <= {path.name for path in engine.iterdir()}, (
                engine.name
            )


def test_no_django_signals_are_used() -> None:
    for path in (ROOT / "src/zhaoyin/apps").rglob("*.py"):
        assert "django.dispatch" not in path.read_text(encoding="utf-8"), path
