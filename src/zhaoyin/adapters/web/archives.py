"""Pages and notes in a folder or a zip file, one by one, within limits: nothing is unpacked to disk, nothing expands without bound."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhaoyin.adapters.web.pages import LARGEST_FILE
from zhaoyin.domain.errors import InvalidValue

MOST_MEMBERS = 5000
LARGEST_EXPANDED = 500 * 1024 * 1024
READABLE = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".text", ""})
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Member:
    """A file: `name` with its path inside the folder or archive; `data` None when it is too large."""

    name: str
    data: bytes | None


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip file that is no Office document."""
    if not data.startswith(ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return not any(name in {"[Content_Types].xml", "mimetype"} for name in names)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are GBK on Chinese machines."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _is_wanted(name: str) -> bool:
    path = Path(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in READABLE


def members(data: bytes, *, file_name: str = "") -> Iterator[Member]:
    """Readable files of a zip. InvalidValue `archive-corrupt`, `archive-encrypted`, `archive-too-many`, `archive-expands-too-much`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir() and _is_wanted(_name_of(info))]
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InvalidValue("archive-corrupt", field="file", value=file_name) from error
    if len(infos) > MOST_MEMBERS:
        raise InvalidValue("archive-too-many", field="file", value=file_name, count=len(infos), limit=MOST_MEMBERS)
    if sum(info.file_size for info in infos) > LARGEST_EXPANDED:
        raise InvalidValue("archive-expands-too-much", field="file", value=file_name, limit=LARGEST_EXPANDED >> 20)
    for info in infos:
        yield Member(_name_of(info), _bytes_of(archive, info, file_name))


def _bytes_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file_name: str) -> bytes | None:
    """At most `LARGEST_FILE` bytes are ever expanded, whatever the header says."""
    if info.flag_bits & 0x1:
        raise InvalidValue("archive-encrypted", field="file", value=file_name)
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise InvalidValue("archive-corrupt", field="file", value=file_name) from error
    return data if len(data) <= LARGEST_FILE else None


def files_under(folder: Path) -> Iterator[Member]:
    """Readable files below a folder in order of their names, those inside zip files too (`a.zip/page.html`)."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.suffix.lower() == ".zip":
            yield from (Member(f"{name}/{one.name}", one.data) for one in members(path.read_bytes(), file_name=name))
        elif path.suffix.lower() in READABLE:
            yield Member(name, path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None)
