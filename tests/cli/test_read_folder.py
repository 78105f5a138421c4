"""`zhaoyin read FOLDER`: many documents, zip files, stopped and run again."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from zhaoyin.adapters.web import archives
from zhaoyin.cli.main import main
from zhaoyin.domain.errors import InvalidValue

TEXT = "5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    (place / "news").mkdir(parents=True)
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    (place / "news" / "b.txt").write_bytes(TEXT.encode("gb18030"))
    (place / "c.zip").write_bytes(
        zipped({"页面.html": f"<html><body><p>{TEXT}</p></body></html>".encode(), "x.png": b"\x89PNG"})
    )
    (place / "d.pdf").write_bytes(b"%PDF-1.7")
    (place / "empty.txt").write_bytes(b"")
    return place


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_every_document_gives_a_line_and_a_bad_one_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["read", str(folder), "--out", str(out), "--pub", "2026-05-08"]) == 1
    found = {row["id"]: row for row in lines(out)}
    assert set(found) == {"a.txt", "news/b.txt", "c.zip/页面.html", "empty.txt"}
    assert "error" in found["empty.txt"]
    for name in ("a.txt", "news/b.txt", "c.zip/页面.html"):
        assert [project["stage"] for project in found[name]["projects"]] == ["signed"], name


def test_it_goes_on_where_it_was_stopped(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    main(["read", str(folder), "--out", str(out)])
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) * 2 // 3])
    main(["read", str(folder), "--out", str(out)])
    assert sorted(line for line in out.read_bytes().splitlines()) == sorted(whole.splitlines())
    capsys.readouterr()
    main(["read", str(folder), "--out", str(out)])
    assert "0 read" in capsys.readouterr().err
    assert len(lines(out)) == 4


def test_a_folder_needs_a_place_for_its_lines(folder: Path) -> None:
    assert main(["read", str(folder)]) == 2


def test_a_zip_that_expands_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_EXPANDED", 1000)
    with pytest.raises(InvalidValue, match="expands-too-much"):
        list(archives.members(zipped({"a.txt": b"0" * 2000})))


def test_a_member_is_never_expanded_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_FILE", 100)
    assert [one.data for one in archives.members(zipped({"a.txt": b"0" * 2000, "b.txt": b"1"}))] == [None, b"1"]


def test_a_broken_zip_is_named() -> None:
    with pytest.raises(InvalidValue, match="archive-corrupt"):
        list(archives.members(zipped({"a.txt": b"x" * 200})[:-30], file_name="坏.zip"))


def test_names_of_chinese_machines_are_read() -> None:
    data = zipped({"AAAA.txt": b"x"}).replace(b"AAAA", "页面".encode("gb18030"))
    assert [one.name for one in archives.members(data)] == ["页面.txt"]
