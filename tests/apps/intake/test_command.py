"""`zhaoyin manage intake`: files into proposals."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from zhaoyin.apps.intake.models import Draft

NOTE = "5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。"


def test_it_reads_the_good_files_and_names_the_bad_ones(world: Any, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.html"
    good.write_text(NOTE, encoding="gb18030")
    bad.write_bytes(b"%PDF-1.7")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError):
        call_command("intake", str(good), str(bad), zone="east", person="li", pub="2026-05-08", stdout=out, stderr=err)
    assert "1 proposals" in out.getvalue() and "bad.html" in err.getvalue() and "PDF" in err.getvalue()
    assert Draft.objects.get().content["dated"] == "2026-05-06"


def test_it_refuses_a_person_of_another_zone(world: Any, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("intake", str(file), zone="east", person=world.stranger.username)
    assert not Draft.objects.exists()
