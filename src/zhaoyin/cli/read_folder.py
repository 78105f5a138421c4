"""`zhaoyin read FOLDER --out FILE`: every page and note below a folder, zip files included; goes on where it was stopped."""

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from zhaoyin.adapters.web.archives import Member, files_under
from zhaoyin.adapters.web.pages import read_page
from zhaoyin.cli.labels import labels
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve


def _done(out: Path) -> set[tuple[str, str]]:
    """(name, SHA-256) of what is in the output already; a line that was cut off by a kill is cut away."""
    if not out.exists():
        return set()
    data = out.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) != len(data):
        out.write_bytes(whole)
    found = set()
    for line in whole.decode("utf-8").splitlines():
        row = json.loads(line)
        found.add((row["id"], row["sha256"]))
    return found


def _row(member: Member, sha256: str, published_on: date | None) -> dict[str, object]:
    row: dict[str, object] = {"id": member.name, "sha256": sha256}
    try:
        if member.data is None:
            return row | {"error": "file-too-large"}
        page = read_page(member.data, filename=Path(member.name).name)
        reading = solve(problem=ReadingProblem(page.text, published_on))
    except DomainError as error:
        return row | {"error": str(error)}
    return row | labels(reading) | {"text": reading.text}


def read_folder(
    folder: Path,
    out: Path,
    published_on: date | None,
    tell: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
) -> int:
    """One JSON line a file, appended to `out`; files that are in it already (same bytes) are skipped. Exit code 1 when any failed."""
    done = _done(out)
    read = skipped = failed = 0
    try:
        with out.open("a", encoding="utf-8") as stream:
            for member in files_under(folder):
                sha256 = hashlib.sha256(member.data or b"").hexdigest()
                if (member.name, sha256) in done:
                    skipped += 1
                    continue
                row = _row(member, sha256, published_on)
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                stream.flush()
                read += 1
                failed += "error" in row
                if read % 50 == 0:
                    tell(f"zhaoyin read: {read} read, {failed} failed, {skipped} were there: {member.name}")
    except DomainError as error:
        tell(f"zhaoyin read: {error}")
        return 1
    tell(f"zhaoyin read: {read} read, {failed} failed, {skipped} were there already")
    return 1 if failed else 0
