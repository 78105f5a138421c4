"""The kill loop, a slice of it (the full counts are run by hand: `make crash`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def crash(*arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/crash.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_fifty_kills_leave_the_ledger_whole() -> None:
    assert "50 kills" in crash("--kills", "50", "--seed", "7")


@pytest.mark.slow
def test_a_broken_ledger_is_caught() -> None:
    assert crash("--mutants", "--kills", "60", "--seed", "7").count("mutant ") == 4


@pytest.mark.slow
def test_an_import_and_its_undo_survive_kills() -> None:
    """On a database of its own: the loop above renews the guards of the shared one while this would look at them."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/crash_import.py"), "--kills", "20", "--rows", "600", "--seed", "7"],
        env={k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "ZHAOYIN_DATABASE_URL"}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "600 rows: 0 problems" in done.stdout
