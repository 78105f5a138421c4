"""A slice of the benchmark, and the development ledgers when they are at hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sheets.__main__ import DEVELOPED, HELD_OUT, OUTSIDER, judge
from benchmarks.sheets.scoring import FIELDS
from zhaoyin.cli.main import main

LEDGERS = Path(__file__).parents[4] / "shared/benchmarks/ledgers"


@pytest.mark.parametrize("layouts", [DEVELOPED, HELD_OUT, OUTSIDER], ids=["developed", "held out", "outsider"])
def test_it_reads_generated_ledgers_without_a_silent_unit_error(layouts: tuple[object, ...]) -> None:
    _, whole, _ = judge(layouts, range(7, 8), with_peer=False)  # type: ignore[arg-type]
    assert (whole.unit_errors, whole.currency_errors) == (0, 0)
    assert whole.f1("record") >= 0.98
    assert whole.f1(*FIELDS) >= 0.97
    assert whole.flagged_share <= 0.05


@pytest.mark.skipif(not LEDGERS.exists(), reason="the development ledgers are not part of the repository")
def test_it_reads_the_development_ledgers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted((LEDGERS / "dev").iterdir()) if path.suffix != ".json"]
    assert main(["sheet", "read", *files, "--json"]) == 0
    found = tmp_path / "found.json"
    found.write_text(capsys.readouterr().out, encoding="utf-8")
    scored = subprocess.run(
        [sys.executable, str(LEDGERS / "score.py"), str(LEDGERS / "dev/dev_gold.json"), str(found), "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    result = json.loads(scored.stdout)
    assert (result["silent_unit_errors"], result["silent_currency_errors"], result["invented_zeros"]) == (0, 0, 0)
    assert result["records"]["f1"] >= 0.99
    assert result["fields"]["planned_total_investment"]["f1"] >= 0.98
    assert min(field["f1"] for field in result["fields"].values()) >= 0.95
    assert result["duplicate_pairs"]["f1"] >= 0.9
