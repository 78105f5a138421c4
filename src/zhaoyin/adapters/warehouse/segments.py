"""Parquet segments of a zone's mirror: files that any process may write, read and throw away.

A segment holds the project events of a stretch of sequence numbers and is called `first-last-hash.parquet`, where the
hash is that of the ledger's event `last`. It is written under another name and renamed, so a reader never sees half of
one; two processes that write the same stretch write the same rows.
"""

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d{12})-(\d{12})-([0-9a-f]{64})\.parquet")


@dataclass(frozen=True, slots=True)
class Segment:
    """`first` and `last`: sequence numbers covered, both included; `hash`: chain hash of `last`."""

    path: Path
    first: int
    last: int
    hash: str


def chain(folder: Path) -> list[Segment]:
    """Segments that follow each other from number 1 without a gap, the longest ones first."""
    starts: dict[int, Segment] = {}
    for path in folder.glob("*.parquet"):
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        segment = Segment(path, int(match.group(1)), int(match.group(2)), match.group(3))
        if segment.first not in starts or starts[segment.first].last < segment.last:
            starts[segment.first] = segment
    found: list[Segment] = []
    while (segment := starts.get(found[-1].last + 1 if found else 1)) is not None:  # type: ignore[assignment]
        found.append(segment)
    return found


def path_of(folder: Path, *, first: int, last: int, chain_hash: str) -> Path:
    """Where the segment of a stretch is kept."""
    return folder / f"{first:012d}-{last:012d}-{chain_hash}.parquet"


def draft_of(path: Path) -> Path:
    """A name of this process's own beside it, for writing."""
    return path.with_name(f".{path.stem}-{os.getpid()}-{secrets.token_hex(4)}.draft")


def remove(paths: Iterable[Path]) -> None:
    """Delete; a file that another process has deleted is no error."""
    for path in paths:
        path.unlink(missing_ok=True)
