"""`zhaoyin route`: from a problem file to a plan, checked, re-planned; mistakes are named."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engines.routing.problems import small
from zhaoyin.cli.route import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    document = small(3, meetings=6, teams=1)
    for row in document["meetings"]:
        row.pop("after", None)
    path.write_text(json.dumps(document))
    return path


def test_it_solves_checks_and_plans_again(problem: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, again = tmp_path / "plan.json", tmp_path / "again.json"
    assert run(["solve", str(problem), "--iterations", "50", "--out", str(plan)]) == 0
    assert run(["check", str(problem), str(plan)]) == 0
    assert "every rule is kept" in capsys.readouterr().out
    moment = ["--now", "2026-03-02T23:30", "--iterations", "50", "--out", str(again)]
    assert run(["replan", str(problem), "--published", str(plan), *moment]) == 0
    assert json.loads(again.read_text())["schema"] == "zhaoyin-plan-1"
    assert run(["solve", str(problem), "--iterations", "5", "--warm", str(plan)]) == 0


def test_it_finds_a_plan_that_breaks_a_rule(problem: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.json"
    assert run(["solve", str(problem), "--iterations", "20", "--out", str(plan)]) == 0
    document = json.loads(plan.read_text())
    document["totals"]["value"] = "1000"
    plan.write_text(json.dumps(document))
    assert run(["check", str(problem), str(plan)]) == 1
    assert "totals" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda d: d["teams"][0].update(last_day="2026-02-01"), "teams[0].last_day"),
        (lambda d: d["meetings"][1].update(value=1.5), "meetings[1].value"),
        (lambda d: d["meetings"][1].update(valu="1"), "meetings[1].valu"),
        (lambda d: d["meetings"][1].update(id="m0"), "meetings[1].id"),
        (lambda d: d["meetings"][0].update(duration_minutes=0), "meetings[0].duration_minutes"),
        (
            lambda d: d["meetings"][0].update(windows=[{"day": "2026-03-02", "from": "12:00", "to": "09:00"}]),
            "meetings[0].windows[0].to",
        ),
        (lambda d: d["meetings"][0].update(after=["m1"]) or d["meetings"][1].update(after=["m0"]), "meetings[0].after"),
        (lambda d: d["meetings"][0].update(allowed_teams=["nobody"]), "meetings[0].allowed_teams"),
        (lambda d: d["meetings"][0].update(confirmed=True), "meetings[0].published"),
        (lambda d: d["travel"][0].update(mode="boat"), "travel[0].mode"),
        (lambda d: d.update(schema="x"), "schema"),
    ],
)
def test_it_names_the_field_that_is_wrong(
    change: Any, field: str, problem: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(problem.read_text())
    change(document)
    problem.write_text(json.dumps(document))
    assert run(["solve", str(problem)]) == 1
    assert f"{field}:" in capsys.readouterr().err


def test_it_says_when_a_file_is_no_json_or_not_there(problem: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem.write_text("{")
    assert run(["solve", str(problem)]) == 1
    assert run(["solve", str(problem) + "x"]) == 1
    assert "problem.json" in capsys.readouterr().err


def test_it_fills_in_travel_between_cities(tmp_path: Path) -> None:
    document = small(3, meetings=3, teams=1)
    document["teams"][0]["home"] = "3711"
    for row in document["meetings"]:
        row["city"] = "3702"
        row.pop("after", None)
    document["travel"] = []
    path, out = tmp_path / "problem.json", tmp_path / "filled.json"
    path.write_text(json.dumps(document))
    assert run(["travel", str(path), "--out", str(out)]) == 0
    ways = json.loads(out.read_text())["travel"]
    assert {(way["from"], way["to"]) for way in ways} == {("3711", "3702"), ("3702", "3711")}
    assert all(way["source"].startswith("model") for way in ways)


def test_it_loads_no_django() -> None:
    code = "import sys, zhaoyin.cli.route, zhaoyin.engines.routing.solve; sys.exit('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONPATH": "src"}, check=False).returncode == 0
    )
