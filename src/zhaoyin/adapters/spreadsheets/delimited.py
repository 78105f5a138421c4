"""Text files and pasted text: .csv and .txt in UTF-8, UTF-16 or GB18030; tabs, commas, semicolons, bars, runs of spaces."""

import csv
import io
import re
from collections import Counter

from zhaoyin.adapters.spreadsheets.limits import LARGEST_CELLS, LARGEST_COLUMNS, refuse
from zhaoyin.adapters.spreadsheets.number_formats import text_cell
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, Sheet, SourceFile

_WIDE_GAP = re.compile(r"\t+| {2,}|\u3000{2,}")
_RULE = re.compile(r"[|+\-:=\s]+")


def read(file_name: str, data: bytes) -> SourceFile:
    """The text file as one sheet without a name; rows keep their physical line numbers."""
    return read_text(file_name, decoded(file_name, data))


def decoded(file_name: str, data: bytes) -> str:
    """Text of the bytes; InvalidValue when they are no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace")
    sample = data[:8192]
    zeros = sample.count(0)
    if zeros:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if zeros < len(sample) // 20 or min(even, odd) > max(even, odd) // 4:
            raise refuse("file-not-a-sheet", file_name)
        return data.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = data.decode("gb18030", errors="replace")
    controls = sum(sign < " " and sign not in "\t\r\n\f\v" for sign in text[:8192])
    if text.count("\ufffd") * 50 > len(text) or controls * 20 > min(len(text), 8192):
        raise refuse("file-not-a-sheet", file_name)
    return text


def read_text(file_name: str, text: str) -> SourceFile:
    """Pasted text as one sheet without a name."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    rows, numbers = _rows(file_name, text)
    cells: list[tuple[Cell, ...]] = []
    known: dict[str, Cell] = {}
    count = 0
    for row in rows:
        end = len(row)
        while end and not row[end - 1].strip():
            end -= 1
        if end > LARGEST_COLUMNS:
            raise refuse("sheet-too-wide", file_name, limit=LARGEST_COLUMNS)
        count += end
        if count > LARGEST_CELLS:
            raise refuse("sheet-over-limit", file_name, limit=LARGEST_CELLS)
        cells.append(tuple(known.get(value) or known.setdefault(value, _cell(value)) for value in row[:end]))
    while cells and not cells[-1]:
        cells.pop()
    return SourceFile(file_name, (Sheet(name="", rows=tuple(cells), row_numbers=tuple(numbers[: len(cells)])),))


def _cell(value: str) -> Cell:
    guarded = re.fullmatch(r'="([^"]*)"', value.strip())
    value = guarded[1] if guarded else value.strip(" ")
    return text_cell(value) if value.strip() else BLANK


def _rows(file_name: str, text: str) -> tuple[list[list[str]], list[int]]:
    lines = text.split("\n")
    delimiter = _delimiter(lines)
    if delimiter in {None, " ", "|"}:
        rows, numbers = [], []
        for number, line in enumerate(lines, start=1):
            if delimiter == "|" and _RULE.fullmatch(line):
                row = []
            elif delimiter == "|":
                row = [part.strip() for part in line.strip().strip("|").split("|")]
            elif delimiter == " ":
                row = [part.strip() for part in _WIDE_GAP.split(line.strip())]
            else:
                row = [line.strip()]
            rows.append(row)
            numbers.append(number)
        return rows, numbers
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ",")
    rows, numbers, last = [], [], 0
    try:
        for row in reader:
            rows.append(row)
            numbers.append(last + 1)
            last = reader.line_num
    except csv.Error as error:
        raise refuse("file-corrupt", file_name) from error
    return rows, numbers


def _delimiter(lines: list[str]) -> str | None:
    """The sign that cuts most lines into the same number of at least two parts; None for running text."""
    sample = [line for line in lines[:400] if line.strip()]
    best: tuple[float, str | None] = (0.0, None)
    for delimiter in ("\t", ",", ";", "|", "，", " "):
        counts = _counts(sample, delimiter)
        usual, often = (
            Counter(count for count in counts if count > 1).most_common(1)[0]
            if any(count > 1 for count in counts)
            else (1, 0)
        )
        prose = any(len(line) > 80 or "。" in line for line in sample)
        least = 3 if delimiter in {"，", " "} or (delimiter in {",", ";"} and (prose or often < len(counts))) else 2
        if usual < least or often < 2:
            continue
        share = often / len(counts)
        weight = share * (1.0 if delimiter not in {"，", " "} else 0.8)
        if share >= (0.5 if delimiter in {"\t", "|"} else 0.6) and weight > best[0]:
            best = (weight, delimiter)
    return best[1]


def _counts(sample: list[str], delimiter: str) -> list[int]:
    """Parts of each line; quoted line breaks are followed where there are quotes."""
    if delimiter not in {"\t", ",", ";"} or not any('"' in line for line in sample):
        return [_parts(line, delimiter) for line in sample]
    try:
        return [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return [_parts(line, delimiter) for line in sample]


def _parts(line: str, delimiter: str) -> int:
    if delimiter == " ":
        return len(_WIDE_GAP.split(line.strip()))
    if delimiter == "|":
        return len(line.strip().strip("|").split("|"))
    if '"' not in line:
        return line.count(delimiter) + 1
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 1
