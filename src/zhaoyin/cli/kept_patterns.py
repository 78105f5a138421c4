"""Compiled regular expressions kept beside Python's own compiled files, since compiling those of the reading engine is half of its start.

Python keeps the byte code of modules but compiles their patterns anew in every process. What stands here is the same for patterns: the code of
those that are made while a command's modules are loaded, in the folder and under the switches of byte code (`PYTHONPYCACHEPREFIX`,
`PYTHONDONTWRITEBYTECODE`), for one version of Python and its engine. A file that is missing, older, cut off or not ours is made anew; patterns that
are not in it are compiled as ever; where the folder cannot be written nothing is kept.
"""

import importlib
import json
import os
import platform
import re
import sys
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

Kept = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code as unsigned ints, number of groups, and their names: what the engine of patterns is given."""

_WORTH_KEEPING = 16
"""New patterns from which on the file is written again."""


class _Patterns:
    """The patterns of one file, and those that were not in it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._compiler: Any = importlib.import_module("re._compiler")
        self._engine: Any = importlib.import_module("_sre")
        self._compile = self._compiler.compile
        self._head = f"{platform.python_implementation()} {sys.version} {self._engine.MAGIC}\n".encode()
        self._known: dict[tuple[str, int], Kept] = {}
        self._new: dict[tuple[str, int], Kept] = {}
        with suppress(OSError, ValueError):
            self._known = _unpacked(file.read_bytes(), self._head)

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        """In the place of the standard library's own."""
        if not isinstance(pattern, str):
            return self._compile(pattern, flags)
        key = (pattern, int(flags))
        kept = self._known.get(key)
        if kept is None:
            self._new[key] = kept = self._made(pattern, int(flags))
        all_flags, code, groups, names, by_number = kept
        return self._engine.compile(pattern, all_flags, array("I", code).tolist(), groups, names, by_number)

    def _made(self, pattern: str, flags: int) -> Kept:
        parsed = self._compiler._parser.parse(pattern, flags)
        names = parsed.state.groupdict
        by_number: list[str | None] = [None] * parsed.state.groups
        for name, number in names.items():
            by_number[number] = name
        code = array("I", self._compiler._code(parsed, flags)).tobytes()
        return int(flags | parsed.state.flags), code, parsed.state.groups - 1, dict(names), tuple(by_number)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Answers for the standard library inside the block."""
        self._compiler.compile = self.compile
        try:
            yield
        finally:
            self._compiler.compile = self._compile

    def write(self) -> None:
        """The file anew if there is enough to add; in one step, so that no reader sees half of it."""
        if len(self._new) < _WORTH_KEEPING or sys.dont_write_bytecode:
            return
        data = _packed(self._known | self._new, self._head)
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(self._file)
            finally:
                part.unlink(missing_ok=True)


def _packed(patterns: dict[tuple[str, int], Kept], head: bytes) -> bytes:
    """Head, checksum, length of the list, the list as JSON, and behind it the code of all patterns in its order."""
    rows = [
        (pattern, flags, all_flags, len(code), groups, names, by_number)
        for (pattern, flags), (all_flags, code, groups, names, by_number) in patterns.items()
    ]
    listed = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
    body = len(listed).to_bytes(4) + listed + b"".join(kept[1] for kept in patterns.values())
    return head + zlib.crc32(body).to_bytes(4) + body


def _unpacked(data: bytes, head: bytes) -> dict[tuple[str, int], Kept]:
    """The patterns of a file; `ValueError` when it is of another version or not whole."""
    summed = len(head) + 4
    if data[: len(head)] != head or int.from_bytes(data[len(head) : summed]) != zlib.crc32(data[summed:]):
        raise ValueError(head)
    place = summed + 4 + int.from_bytes(data[summed : summed + 4])
    found: dict[tuple[str, int], Kept] = {}
    rows = json.loads(data[summed + 4 : place].decode("utf-8", "surrogatepass"))
    for pattern, flags, all_flags, length, groups, names, by_number in rows:
        found[pattern, flags] = all_flags, data[place : place + length], groups, names, tuple(by_number)
        place += length
    return found


@contextmanager
def kept_patterns(name: str) -> Iterator[None]:
    """Patterns made inside the block come from the file of this name, or go to it.

    Does nothing on another Python than CPython, or where its library of patterns is built otherwise.
    """
    if sys.implementation.name != "cpython" or not hasattr(getattr(re, "_compiler", None), "_code"):
        yield
        return
    patterns = _Patterns(Path(cache_from_source(__file__)).with_name(f"{name}.{sys.implementation.cache_tag}.patterns"))
    with patterns.in_place():
        yield
    patterns.write()
