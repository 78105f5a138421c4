"""Excel workbooks (.xlsx, .xlsm): values with their number formats, merges, hidden parts, formulas and comments.

The sheet's XML is walked with regular expressions, which is several times faster than a parser; comments, document
types and character data sections, where that would be wrong, do not occur in sheets and are removed or refused.
"""

import html
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from posixpath import dirname, join, normpath

from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, LARGEST_COLUMNS, Archive, refuse
from zhaoyin.adapters.spreadsheets.number_formats import BUILT_IN, displayed, text_cell
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet, SourceFile

_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.S)
_CELL = re.compile(r'<c(?=[\s/>])(?: r="([A-Z]{1,3})\d+")?([^>]*?)(?:/>|>(.*?)</c>)', re.S)
_FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>(.*?)</f>)", re.S)
_VALUE = re.compile(r"<v\b[^>]*?(?:/>|>(.*?)</v>)", re.S)
_TEXT = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.S)
_ITEM = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.S)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.S)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PREFIX = re.compile(r"<(\w+):(?:worksheet|workbook|styleSheet|sst|comments)\b")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


def read(file_name: str, data: bytes) -> SourceFile:
    """The workbook; InvalidValue when it is damaged, encrypted, too wide or expands too much."""
    archive = Archive(file_name, data)
    reader = _Workbook(archive)
    return SourceFile(file_name, tuple(reader.sheets()))


def attributes(text: str) -> dict[str, str]:
    """Attributes of a tag, unescaped, without namespace prefixes."""
    return {name.rpartition(":")[2]: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(text)}


def plain(text: str) -> str:
    """Character data as meant: entities and _x000D_ escapes resolved, line ends as \\n."""
    if "&" in text:
        text = html.unescape(text)
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def column_index(letters: str) -> int:
    """A → 0, XFD → 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Workbook:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.left = LARGEST_CELLS
        self.book_path = self._book_path()
        self.book = self._xml(self.book_path)
        self.strings = self._strings()
        self.formats = self._formats()
        self.epoch_1904 = re.search(r'<workbookPr\b[^>]*date1904="(?:1|true)"', self.book) is not None
        self.stale = re.search(r'<calcPr\b[^>]*fullCalcOnLoad="(?:1|true)"', self.book) is not None
        self.cache: dict[tuple[int, str], Cell] = {}
        self.kinds: dict[str, tuple[int, str]] = {}

    def _book_path(self) -> str:
        for target, kind in self._relations("").values():
            if kind.endswith("/officeDocument"):
                return target
        if self.archive.has("xl/workbook.xml"):
            return "xl/workbook.xml"
        raise refuse("file-corrupt", self.archive.file_name)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (path, type) of a part."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if not self.archive.has(path):
            return {}
        found = {}
        for tag in re.findall(r"<(?:\w+:)?Relationship\b([^>]*)>", self.archive.xml(path)):
            given = attributes(tag)
            target = given.get("Target", "")
            where = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found[given.get("Id", "")] = (where, given.get("Type", ""))
        return found

    def _xml(self, path: str) -> str:
        text = self.archive.xml(path)
        prefix = _PREFIX.search(text[:4000])
        if prefix:
            text = text.replace(f"<{prefix[1]}:", "<").replace(f"</{prefix[1]}:", "</")
        if "<!--" in text:
            text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
        if "<![CDATA[" in text:
            text = re.sub(r"<!\[CDATA\[(.*?)\]\]>", lambda found: html.escape(found[1]), text, flags=re.S)
        return text

    def _part_of_kind(self, kind: str, usual: str) -> str | None:
        for target, type_name in self._relations(self.book_path).values():
            if type_name.endswith(kind) and self.archive.has(target):
                return target
        return usual if self.archive.has(usual) else None

    def _strings(self) -> list[Cell]:
        path = self._part_of_kind("/sharedStrings", "xl/sharedStrings.xml")
        if path is None:
            return []
        text = self._xml(path)
        return [text_cell(_rich(item or "")) for item in _ITEM.findall(text[: text.rfind("</si>") + 5])]

    def _formats(self) -> list[str]:
        path = self._part_of_kind("/styles", "xl/styles.xml")
        if path is None:
            return []
        text = self._xml(path)
        codes = dict(BUILT_IN)
        for tag in re.findall(r"<numFmt\b([^>]*)>", text):
            given = attributes(tag)
            if given.get("numFmtId", "").isdigit():
                codes[int(given["numFmtId"])] = given.get("formatCode", "General")
        cells = re.search(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", text, re.S)
        found = []
        for tag in re.findall(r"<xf\b([^>]*)>", cells[1] if cells else ""):
            number = attributes(tag).get("numFmtId", "0")
            found.append(codes.get(int(number) if number.isdigit() else 0, "General"))
        return found

    def sheets(self) -> Iterator[Sheet]:
        relations = self._relations(self.book_path)
        for tag in re.findall(r"<sheet\b([^>]*)>", self.book):
            given = attributes(tag)
            path, kind = relations.get(given.get("id", ""), ("", ""))
            if kind and not kind.endswith("/worksheet"):
                continue
            if not path or not self.archive.has(path):
                raise refuse("file-corrupt", self.archive.file_name)
            hidden = given.get("state", "visible").lower() in {"hidden", "veryhidden"}
            yield self._sheet(given.get("name", ""), path, hidden)

    def _sheet(self, name: str, path: str, hidden: bool) -> Sheet:
        text = self._xml(path)
        start = text.find("<sheetData")
        end = text.find("</sheetData>")
        body = text[start : end if end >= 0 else len(text)] if start >= 0 else ""
        rest = text[:start] + text[end:] if end >= 0 else text
        rows, hidden_rows = self._rows(body[: body.rfind("</row>") + 6])
        width = max((len(row) for row in rows), default=0)
        merges = tuple(_merges(rest, len(rows), width))
        return Sheet(
            name=name, rows=rows, merges=merges, hidden=hidden,
            hidden_rows=frozenset(row for row in hidden_rows if row < len(rows)),
            hidden_columns=frozenset(_hidden_columns(rest, width)), comments=self._comments(path),
        )  # fmt: skip

    def _rows(self, body: str) -> tuple[tuple[tuple[Cell, ...], ...], set[int]]:
        rows: list[tuple[Cell, ...]] = []
        hidden: set[int] = set()
        at = -1
        for match in _ROW.finditer(body):
            tag = match[1]
            given = re.search(r'(?<!\w)r="(\d{1,7})"', tag)
            at = int(given[1]) - 1 if given else at + 1
            if "hidden" in tag and re.search(r'hidden="(?:1|true)"', tag):
                hidden.add(at)
            cells = self._cells(match[2][: match[2].rfind("</c>") + 4]) if match[2] else ()
            if not cells:
                continue
            if at < len(rows):
                if at >= 0:
                    rows[at] = cells
                continue
            if at > 1_048_576:
                raise refuse("file-corrupt", self.archive.file_name)
            rows.extend(() for _ in range(at - len(rows)))
            rows.append(cells)
        return tuple(rows), hidden

    def _cells(self, body: str) -> tuple[Cell, ...]:
        found: list[Cell] = []
        at = -1
        for match in _CELL.finditer(body):
            letters, rest, content = match.groups()
            if letters is None and " r=" in rest:
                reference = attributes(rest).get("r", "")
                letters = re.sub(r"\d", "", reference) or None
                rest = re.sub(r'\sr="[^"]*"', "", rest)
            at = at + 1 if letters is None else column_index(letters)
            if not content:
                continue
            cell = self._cell(rest, content)
            if cell is BLANK:
                continue
            if at >= LARGEST_COLUMNS:
                raise refuse("sheet-too-wide", self.archive.file_name, limit=LARGEST_COLUMNS)
            while len(found) < at:
                found.append(BLANK)
            if at == len(found):
                found.append(cell)
            else:
                found[at] = cell
        self.left -= len(found)
        if self.left < 0:
            raise refuse("sheet-over-limit", self.archive.file_name, limit=LARGEST_CELLS)
        return tuple(found)

    def _cell(self, rest: str, content: str) -> Cell:
        style, kind = self.kinds.get(rest) or self._kind(rest)
        if content.startswith("<v>") and content.endswith("</v>") and content.find("<", 3) == len(content) - 4:
            return self._value(style, kind, content[3:-4], None)
        formula = _FORMULA.search(content)
        if formula is None and kind == "inlineStr":
            return text_cell(_rich(content))
        value = _VALUE.search(content)
        raw = (value[1] or "") if value else ""
        if formula is None:
            return self._value(style, kind, raw, None) if raw else BLANK
        written = "=" + plain(formula[1] or "")
        if not raw.strip():
            return Cell("", None, CellKind.BLANK if kind == "str" and value else CellKind.UNKNOWN, written)
        if self.stale and raw.strip() in {"0", "0.0"} and kind in {"n", ""}:
            return Cell("", None, CellKind.UNKNOWN, written)
        return self._value(style, kind, raw, written)

    def _kind(self, rest: str) -> tuple[int, str]:
        given = attributes(rest)
        style = given.get("s", "0")
        found = (int(style) if style.isdigit() else 0, given.get("t", "n"))
        self.kinds[rest] = found
        return found

    def _value(self, style: int, kind: str, raw: str, formula: str | None) -> Cell:
        if kind == "s":
            index = int(raw) if raw.strip().isdigit() else -1
            return self.strings[index] if 0 <= index < len(self.strings) else BLANK
        if kind in {"str", "inlineStr"}:
            return text_cell(plain(raw), formula)
        if kind == "e":
            return Cell(plain(raw), None, CellKind.ERROR, formula)
        if kind == "b":
            return Cell("TRUE" if raw.strip() == "1" else "FALSE", None, CellKind.TEXT, formula)
        if kind == "d":
            return text_cell(plain(raw), formula)
        if formula is None:
            known = self.cache.get((style, raw))
            if known is not None:
                return known
        try:
            number = Decimal(raw.strip())
        except InvalidOperation:
            return text_cell(plain(raw), formula)
        if not number.is_finite() or number.adjusted() > 300:
            return text_cell(plain(raw), formula)
        code = self.formats[style] if style < len(self.formats) else "General"
        cell = displayed(number, code, epoch_1904=self.epoch_1904, formula=formula)
        if formula is None:
            self.cache[style, raw] = cell
        return cell

    def _comments(self, path: str) -> dict[tuple[int, int], str]:
        found = {}
        for target, kind in self._relations(path).values():
            if not kind.endswith("/comments") or not self.archive.has(target):
                continue
            for tag, body in re.findall(r"<comment\b([^>]*)>(.*?)</comment>", self._xml(target), re.S):
                place = _REFERENCE.fullmatch(attributes(tag).get("ref", ""))
                if place:
                    found[int(place[2]) - 1, column_index(place[1])] = _rich(body)
        return found


def _rich(item: str) -> str:
    if "<rPh" in item:
        item = _PHONETIC.sub("", item)
    return plain("".join(_TEXT.findall(item)))


def _merges(text: str, height: int, width: int) -> Iterator[Range]:
    for tag in re.findall(r"<mergeCell\b([^>]*)>", text):
        place = _REFERENCE.fullmatch(attributes(tag).get("ref", ""))
        if place is None or place[3] is None:
            continue
        top, left = int(place[2]) - 1, column_index(place[1])
        bottom, right = min(int(place[4]) - 1, height - 1), min(column_index(place[3]), max(width - 1, left))
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            yield Range(top, left, bottom, right)


def _hidden_columns(text: str, width: int) -> Iterator[int]:
    for tag in re.findall(r"<col\b([^>]*)>", text):
        given = attributes(tag)
        if given.get("hidden") not in {"1", "true"} and given.get("width") not in {"0", "0.0"}:
            continue
        try:
            first, last = int(given.get("min", "1")), int(given.get("max", "1"))
        except ValueError:
            continue
        yield from range(max(0, first - 1), min(last, width))
