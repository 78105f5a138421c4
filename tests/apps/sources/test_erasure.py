"""What was taken away is in no file of the database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SECRET = "联系人钱某电话一三八"

SCRIPT = f"""
from django.utils import timezone
from zhaoyin.apps.accounts.access import enter_zone
from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.sources.actions import receive, redact
viewer = enter_zone(person=Person.objects.get(username="li"), slug="east", on=timezone.localdate())[1]
document = receive(viewer=viewer, kind="paste", content="{SECRET}".encode(), text="{SECRET}" * 50)
redact(viewer=viewer, document_id=document.pk, reason="by-person")
from django.conf import settings
files = list(settings.HOME.glob("zhaoyin.sqlite3*"))
print("kept in", [file.name for file in files if "{SECRET}".encode() in file.read_bytes()], "of", len(files))
"""


def zhaoyin(home: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in {"ZHAOYIN_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"ZHAOYIN_HOME": str(home), "ZHAOYIN_FIRST_PASSWORD": "correct-horse-9"}
    command = [sys.executable, "-m", "zhaoyin.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_a_redacted_document_is_in_no_file(tmp_path: Path) -> None:
    zhaoyin(tmp_path, "init", "--zone", "east", "--name", "东湾", "--username", "li", "--display-name", "李")
    said = zhaoyin(tmp_path, "manage", "shell", "-c", SCRIPT)
    assert "kept in [] of 3" in said, "while the program still runs"
