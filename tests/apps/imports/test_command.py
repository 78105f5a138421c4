"""`zhaoyin sheet import` from the command line."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.apps.imports.ledgers import MAY, row, sheet
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.models import Project


@pytest.fixture
def ledger(tmp_path: Path, at: Any) -> str:
    at("2026-06-01 09:00")
    path = tmp_path / "五月.xlsx"
    path.write_bytes(sheet([*MAY, row(4, "靶材项目", "峰禾材料有限公司", 26000)]))
    return str(path)


def test_a_dry_run_reports_and_writes_nothing(world: Any, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sheetimport", ledger, "--zone", "east", "--as", "stat", "--dry-run")
    said = capsys.readouterr().out
    assert "五月.xlsx：4 个项目，截至 2026-05-31" in said
    assert "新增 3 变更 0 相同 0 可疑 1 有误 0" in said
    assert "第 6 行 靶材项目：D6 的计划总投资是多少？" in said
    assert not Event.objects.exists()


def test_an_import_writes_what_is_not_in_question(world: Any, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sheetimport", ledger, "--zone", "east", "--as", "stat")
    assert "已写入 4 行，待回答 1 行" in capsys.readouterr().out
    assert Project.objects.get(name="靶材项目").planned_total is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--zone", "east", "--as", "nobody"], "no person"), (["--zone", "nowhere", "--as", "stat"], "没有|不存在|无权")],
)
def test_a_wrong_name_is_named(world: Any, ledger: str, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("sheetimport", ledger, *arguments)


def test_who_may_not_import_is_told(world: Any, ledger: str) -> None:
    with pytest.raises(CommandError):
        call_command("sheetimport", ledger, "--zone", "east", "--as", "wang")
