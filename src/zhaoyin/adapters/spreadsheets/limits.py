"""How large a file may be, and reading the members of an archive without being flooded by it."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from zhaoyin.domain.errors import InvalidValue

LARGEST_FILE = 40 * 1024 * 1024
LARGEST_EXPANDED = 400 * 1024 * 1024
LARGEST_COLUMNS = 1_000
LARGEST_CELLS = 6_000_000
LARGEST_MEMBERS = 5_000


def refuse(code: str, file_name: str, **params: object) -> InvalidValue:
    """The error that says what is wrong with the file."""
    return InvalidValue(code, field="file", value=file_name, **params)


class Archive:
    """A zip file whose members are read within a common budget."""

    def __init__(self, file_name: str, data: bytes) -> None:
        self.file_name = file_name
        self.left = LARGEST_EXPANDED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise refuse("file-corrupt", file_name) from error
        if len(members) > LARGEST_MEMBERS or sum(member.file_size for member in members) > LARGEST_EXPANDED:
            raise refuse("file-expands-too-much", file_name, limit=LARGEST_EXPANDED >> 20)
        if any(member.flag_bits & 1 for member in members):
            raise refuse("file-encrypted", file_name)
        self.names = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        self._folded = {name.lower(): name for name in self.names}

    def has(self, name: str) -> bool:
        """True when the archive holds the member (case does not matter)."""
        return name.lower() in self._folded

    def read(self, name: str) -> bytes:
        """Bytes of a member; InvalidValue when it is missing, damaged or too much."""
        member = self.names.get(self._folded.get(name.lower(), ""))
        if member is None:
            raise refuse("file-corrupt", self.file_name)
        try:
            with self._zip.open(member) as stream:
                content = stream.read(self.left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise refuse("file-corrupt", self.file_name) from error
        self.left -= len(content)
        if self.left < 0:
            raise refuse("file-expands-too-much", self.file_name, limit=LARGEST_EXPANDED >> 20)
        return content

    def xml(self, name: str) -> str:
        """Text of an XML member without document type and namespace prefixes of elements."""
        return xml_text(self.read(name), self.file_name)


def xml_text(content: bytes, file_name: str) -> str:
    """Decoded XML; one with a document type (where entities are declared) is refused."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig", errors="replace")
    except UnicodeDecodeError as error:
        raise refuse("file-corrupt", file_name) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refuse("file-corrupt", file_name)
    return text


def xml_tree(text: str, file_name: str) -> ElementTree.Element:
    """The root of XML text that `xml_text` let through (so it declares no entities)."""
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(["start"])
    try:
        parser.feed(text)
        parser.close()
    except ElementTree.ParseError as error:
        raise refuse("file-corrupt", file_name) from error
    for event in parser.read_events():
        found = event[-1]
        if isinstance(found, ElementTree.Element):
            return found
    raise refuse("file-corrupt", file_name)
