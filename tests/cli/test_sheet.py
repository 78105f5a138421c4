"""`zhaoyin sheet read`."""

import json
from pathlib import Path

import pytest

from benchmarks.sheets.writing import Page, xlsx
from zhaoyin.cli.main import main


def _file(folder: Path, name: str = "台账.xlsx") -> str:
    page = Page("台账")
    rows = (
        ("项目名称", "投资方", "总投资（亿元）", "联系人"),
        ("雷达项目", "苏州云杼电子有限公司", 3.5, "张三13900000001"),
        ("脆片项目", "杭州麦冬食品有限公司", 30000, ""),
    )
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            page.put(row, column, value)
    (folder / name).write_bytes(xlsx([page]))
    return str(folder / name)


def test_it_prints_records_of_the_scheme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "read", _file(tmp_path), _file(tmp_path, "又一份.xlsx"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    first = found["files"][0]["records"][0]
    assert first["row"] == {"sheet": "台账", "row": 2}
    assert first["planned_total_investment"] == {"value": 350_000_000, "currency": "CNY", "qualifier": "="}
    assert first["contacts"] == [{"name": "张三", "phone": "13900000001"}]
    assert len(found["duplicate_groups"]) == 2


def test_it_tells_a_person_what_was_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "read", _file(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "2 个项目" in text
    assert "总投资(亿元) → 计划总投资，单位 亿CNY" in text
    assert "请核对 C3" in text


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    assert main(["sheet", "read", str(bad), str(tmp_path / "没有.xlsx"), _file(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "file-corrupt" in told.err
    assert "没有.xlsx" in told.err
    assert "2 个项目" in told.out


def test_a_wrong_date_is_wrong_usage(tmp_path: Path) -> None:
    assert main(["sheet", "read", _file(tmp_path), "--date", "5月"]) == 2
