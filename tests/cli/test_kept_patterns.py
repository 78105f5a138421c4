"""Compiled patterns that outlive the process."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhaoyin.cli.kept_patterns import kept_patterns

PATTERNS = [
    "[\ud800-\udfff]|甲",
    *(rf"(?P<number>\d+{sign}?)|(?:{sign}[一-龟])+$" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"),
]
TEXT = "甲\n12乙 丙乙丁子"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield tmp_path
    re.purge()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the patterns the standard library has parsed."""
    seen: list[str] = []
    parser: Any = importlib.import_module("re._parser")
    parse = parser.parse

    def counted(pattern: str, *more: Any) -> Any:
        seen.extend([pattern] if pattern in PATTERNS else [])
        return parse(pattern, *more)

    monkeypatch.setattr(parser, "parse", counted)
    return seen


def made() -> list[re.Pattern[str]]:
    re.purge()
    with kept_patterns("test"):
        return [re.compile(pattern, re.MULTILINE) for pattern in PATTERNS]


def found(patterns: list[re.Pattern[str]]) -> list[list[tuple[int, int, dict[str, Any]]]]:
    return [[(*match.span(), match.groupdict()) for match in pattern.finditer(TEXT)] for pattern in patterns]


def kept(folder: Path) -> Path:
    (one,) = folder.rglob("*.patterns")
    return one


def test_the_second_process_compiles_nothing_and_finds_the_same(file: Path, parsed: list[str]) -> None:
    first = found(made())
    assert len(parsed) == len(PATTERNS)
    second = made()
    assert len(parsed) == len(PATTERNS), "nothing parsed again"
    assert found(second) == first
    assert [(one.pattern, one.flags, one.groups, dict(one.groupindex)) for one in second] == [
        (one.pattern, one.flags, one.groups, dict(one.groupindex)) for one in (re.compile(p, re.M) for p in PATTERNS)
    ]


@pytest.mark.parametrize("harm", ["cut", "turned", "other version", "empty", "not ours"])
def test_a_harmed_file_is_made_anew(file: Path, parsed: list[str], harm: str) -> None:
    first = found(made())
    path = kept(file)
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[: len(data) // 2],
            "turned": data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
            "other version": b"X" + data,
            "empty": b"",
            "not ours": b"\x89PNG" * 99,
        }[harm]
    )
    assert found(made()) == first
    assert len(parsed) == 2 * len(PATTERNS)
    assert path.read_bytes() == data


def test_patterns_of_bytes_and_wrong_patterns_go_their_ordinary_way(file: Path) -> None:
    re.purge()
    with kept_patterns("test"):
        assert re.compile(rb"a+").findall(b"baab") == [b"aa"]
        with pytest.raises(re.error, match="unterminated"):
            re.compile("(未完")
    assert not list(file.rglob("*.patterns"))


def test_nothing_is_written_where_byte_code_is_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    made()
    assert not list(file.rglob("*.patterns"))


def test_a_folder_that_cannot_be_written_is_no_error(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = file / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setattr(sys, "pycache_prefix", str(blocked))
    assert found(made())


def test_the_standard_library_is_itself_again_afterwards(file: Path) -> None:
    compiler: Any = importlib.import_module("re._compiler")
    before = compiler.compile
    with pytest.raises(KeyError), kept_patterns("test"):
        raise KeyError
    assert compiler.compile == before
