"""Backup and restore, as a user runs them."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def zhaoyin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"ZHAOYIN_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"ZHAOYIN_HOME": str(home), "ZHAOYIN_FIRST_PASSWORD": "correct-horse-9"}
    command = [sys.executable, "-m", "zhaoyin.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = zhaoyin(
        tmp_path / "one", "init", "--zone", "east", "--name", "东湾", "--username", "li", "--display-name", "李"
    )
    assert made.returncode == 0, made.stderr
    return tmp_path / "one"


def test_an_archive_goes_into_an_empty_installation_and_verifies(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tgz"
    assert zhaoyin(home, "backup", str(archive)).returncode == 0
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert manifest["database"] == "sqlite"
    restored = zhaoyin(tmp_path / "two", "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert "east: 0 events, whole" in restored.stdout
    assert zhaoyin(tmp_path / "two", "restore", str(archive)).returncode == 1


def test_a_damaged_archive_changes_nothing(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tgz"
    archive.write_bytes(b"no archive at all")
    refused = zhaoyin(tmp_path / "two", "restore", str(archive))
    assert refused.returncode == 1
    assert "backup.tgz" in refused.stderr
