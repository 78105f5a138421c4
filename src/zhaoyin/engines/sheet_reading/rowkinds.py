"""What each row below a head is: record, continuation, section, subtotal, total, note, repeated head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhaoyin.engines.sheet_reading.amounts import one_unit, units_stated
from zhaoyin.engines.sheet_reading.context import Heading, read_heading
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.meaning import core
from zhaoyin.engines.sheet_reading.problem import CellKind
from zhaoyin.engines.sheet_reading.result import RowKind
from zhaoyin.engines.sheet_reading.texts import has_numbering, is_nothing, squeeze

_TOTAL = re.compile(
    r"^[(（【]?(?:[一二三四五六七八九十\d]{1,2}[、.．])?(?:以上|本页|本表|全部|全区|全县|全市|各.{1,4}|[^,，。;；]{0,14}?)?(?:合计|总计|小计|共计|累计|总数|总和|汇总|平均值?|均值|中位数|最大值|最小值|"
    r"grand ?total|subtotal|sub-total|total|sum|average|avg)(?:[(（\[].*|[:：].*|数|金额|投资额?|\d.*|\s*[(\d].*)?$",
    re.I,
)  # fmt: skip
_SUB = re.compile(r"小计|subtotal|sub-total|本页|平均|均值|中位|average|avg|其中|最大|最小", re.I)
_AMONG = re.compile(r"^(?:其中|注?:?其中)[:：]?")
_NOTE = re.compile(
    r"^[(（【\[※*＊]*(?:备?注(?:\d|[:：;；]|$)|说明(?:[:：]|$)|填表说明|填报说明|编制说明|填写说明|填报要求|填表要求|填报单位|填表人|填报人|制表|制单|审核|复核|审批|经办|负责人|主要领导|分管领导(?:签字|[:：])|单位负责人|联系人[:：]|联系电话[:：]|"
    r"签字|签章|盖章|日期[:：]|数据来源|资料来源|来源[:：]|备查|示例|样例|例[:：]|填写示例|※|\*注|note|remark|prepared by|source:|注意|以上数据|以上项目|统计口径|本表)",
    re.I,
)
_EXAMPLE = re.compile(
    r"示例|样例|例子|举例|填写范例|范例|^[(（]?例[)）:：]?$|××|XX(?:公司|项目|有限)|X{3,}|某某|[xX*]{2,}(?:公司|有限|项目)|（例）|\(例\)|example|sample",
    re.I,
)
_SIGNED_LABEL = re.compile(r"^[^:：]{2,10}[:：]")
_COUNTED = re.compile(r"(?:共|合计)?\d+(?:个|项|家|宗)(?:项目)?")
_HAN_SERIAL = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$")
_SERIAL = re.compile(r"^[(（]?(?:[A-Za-z]{0,3}[-]?)?\d{1,5}(?:[-.]\d{1,3})?[)）]?[、.．]?$|^[①-⑳]$")


@dataclass(slots=True)
class Row:
    """A row of the body: its kind, text, the heading of a section, and the rows that continue it."""

    row: int
    kind: RowKind | None
    text: str = ""
    heading: Heading | None = None
    more: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Roles:
    """Columns that decide what a row is."""

    name: int | None
    investor: int | None
    serial: int | None
    money: tuple[int, ...]
    others: tuple[int, ...]
    left: int
    right: int
    heads: tuple[tuple[int, str], ...]


def rows_of(grid: Grid, roles: Roles, first: int, last: int) -> list[Row]:
    """Every filled row of the body with its kind; `kind` None is a record."""
    found: list[Row] = []
    notes = False
    for row in range(first, min(last, grid.height)):
        filled = grid.filled(row, roles.left, roles.right)
        if not filled:
            continue
        if roles.name is None and roles.investor is None:
            found.append(Row(row, RowKind.SUMMARY, " ".join(grid.text(row, column) for column in filled)[:200]))
            continue
        one = _row(grid, roles, row, filled, found, notes)
        if one is None:
            continue
        notes = notes or (one.kind is RowKind.NOTE and _opens_notes(one.text))
        if one.kind is None:
            notes = False
        found.append(one)
    return found


def _without_record(
    grid: Grid, roles: Roles, row: int, filled: list[int], texts: dict[int, str], notes: bool
) -> RowKind | None:
    """Repeated heads, totals, notes and examples; None for what may be a record or a heading."""
    if _is_head_again(roles, texts):
        return RowKind.HEADER
    if len(filled) <= 3 and (_all_labels(texts) or (notes and not _record_like(grid, roles, row, filled))):
        return RowKind.NOTE
    kind = _total_kind(grid, roles, row, filled, texts)
    if kind is not None:
        return kind
    lead = next((text for text in texts.values() if text), "")
    return RowKind.NOTE if _is_note(grid, roles, row, filled, lead) or _is_example(roles, texts) else None


def _surely_record(grid: Grid, roles: Roles, row: int, filled: list[int]) -> bool:
    """The usual row, told without looking at every cell: a plain number, a name of its own, several more cells."""
    serial, name = roles.serial, roles.name
    if serial is None or name is None or len(filled) < 5 or filled[0] != serial or name not in filled:
        return False
    if not grid.raw(row, serial).text.isdigit() or (roles.investor is not None and roles.investor not in filled):
        return False
    text = grid.raw(row, name).text
    return 3 < len(text) < 60 and not text.isdigit() and not _EXAMPLE.search(text) and _TOTAL.match(text) is None


def _opens_notes(text: str) -> bool:
    return (
        re.match(r"^[(（【]?(?:填表说明|填报说明|编制说明|填写说明|说明|备注|注|填报要求|填表要求)", squeeze(text))
        is not None
    )


def _row(grid: Grid, roles: Roles, row: int, filled: list[int], before: list[Row], notes: bool) -> Row | None:
    if _surely_record(grid, roles, row, filled):
        return Row(row, None)
    texts = {column: grid.text(row, column) for column in filled}
    whole = " ".join(text for text in texts.values() if text)
    stated = _unit_line(filled, texts)
    if stated is not None:
        return Row(row, RowKind.UNIT_LINE, whole, stated)
    kind = _without_record(grid, roles, row, filled, texts, notes)
    if kind is not None:
        return Row(row, kind, whole)
    section = _section(grid, roles, row, filled, texts)
    if section is not None:
        return Row(row, RowKind.SECTION, whole, section)
    record = _last_record(before)
    if record is not None and _continues(grid, roles, row, filled, record):
        record.more.append(row)
        return None
    if _record_like(grid, roles, row, filled):
        return Row(row, None, whole)
    if _only_numbers(grid, row, filled):
        return Row(row, RowKind.TOTAL, whole)
    if record is not None and before and (before[-1] is record) and len(filled) <= 3:
        record.more.append(row)
        return None
    return Row(row, RowKind.NOTE, whole)


_UNIT_LINE = re.compile(r"[(（]?(?:以下)?(?:金额|投资额?|投资|货币|计量)?(?:计量)?单位(?:均?为|[:：]).{1,12}")


def _unit_line(filled: list[int], texts: dict[int, str]) -> Heading | None:
    """A money unit stated between the rows (单位：万美元): it holds for the rows below."""
    if len(filled) != 1:
        return None
    flat = squeeze(texts[filled[0]])
    bare = flat[:1] in "(（" and one_unit(flat.strip("()（）")) is not None
    units = units_stated(flat) if bare or _UNIT_LINE.fullmatch(flat) else ()
    return Heading(flat, units=units, level="unit") if units else None


def _last_record(before: list[Row]) -> Row | None:
    for one in reversed(before):
        if one.kind is None:
            return one
        if one.kind is not RowKind.HEADER:
            return None
    return None


def _is_head_again(roles: Roles, texts: dict[int, str]) -> bool:
    heads = dict(roles.heads)
    if any(_same_head(text, heads.get(column, "")) for column, text in list(texts.items())[:3]):
        same = sum(1 for column, text in texts.items() if _same_head(text, heads.get(column, "")))
        if same >= 2 and same * 2 >= len(texts):
            return True
    return len(texts) >= 2 and all(one_unit(squeeze(text).strip("()（）")) is not None for text in texts.values())


def _same_head(text: str, head: str) -> bool:
    return bool(head) and len(text) <= len(head) + 8 and text[:1] == head[:1] and core(text) == core(head)


def _all_labels(texts: dict[int, str]) -> bool:
    flat = [squeeze(text) for text in texts.values()]
    return bool(flat) and all(_SIGNED_LABEL.match(text) and _NOTE.match(text) for text in flat)


def _total_kind(grid: Grid, roles: Roles, row: int, filled: list[int], texts: dict[int, str]) -> RowKind | None:
    leading = [column for column in filled if column not in roles.money][:3]
    for column in leading:
        flat = squeeze(texts[column])
        if (
            _AMONG.match(flat)
            and (roles.serial is None or column <= (roles.name or 0))
            and not grid.text(row, roles.investor or 0).endswith("公司")
        ):
            return RowKind.SUBTOTAL
        if _TOTAL.match(flat) and not re.search(r"公司|项目名称|汇总表", flat) and len(flat) <= 40:
            if roles.investor is not None and column != roles.investor and "公司" in grid.text(row, roles.investor):
                continue
            return (
                RowKind.SUBTOTAL
                if _SUB.search(flat)
                or not re.match(r"^[(（]?(?:合计|总计|共计|累计|总数|全.|grandtotal|total)", flat, re.I)
                else RowKind.TOTAL
            )
    return None


def _is_note(grid: Grid, roles: Roles, row: int, filled: list[int], lead: str) -> bool:
    flat = squeeze(lead)
    if len(filled) <= 2 and _NOTE.match(flat) and (len(filled) == 1 or not _record_like(grid, roles, row, filled)):
        return True
    if len(filled) == 1:
        column = filled[0]
        prose = len(flat) > 28 or flat.endswith(("。", ";", "；"))
        wide = grid.span(row, column).right - column >= 2
        return prose and (
            wide
            or column in {roles.left, roles.serial}
            or (roles.name is not None and column != roles.name and column < roles.name)
        )
    return False


def _is_example(roles: Roles, texts: dict[int, str]) -> bool:
    for column in (roles.serial, roles.name, roles.investor, roles.left):
        if column is not None and column in texts and _EXAMPLE.search(squeeze(texts[column])):
            return True
    return False


def _section(grid: Grid, roles: Roles, row: int, filled: list[int], texts: dict[int, str]) -> Heading | None:
    """The heading that a row is: one text, alone or with counts and sums beside it."""
    texty = [column for column in filled if not grid.numeric(row, column)]
    if not texty:
        return None
    column = texty[0]
    texty = [one for one in texty if one == column or not _COUNTED.fullmatch(squeeze(texts[one]))]
    flat = squeeze(texts[column])
    if column == roles.serial and _HAN_SERIAL.match(flat) and len(texty) == 2:
        title = squeeze(texts[texty[1]])
        if len(title) <= 30 and "公司" not in title:
            return read_heading(f"{flat.strip('、.．')}、{title}")
    if len(texty) > 1 or len(flat) > 44 or is_nothing(flat) or _SERIAL.match(flat):
        return None
    sums = [one for one in filled if one != column and not _COUNTED.fullmatch(squeeze(texts[one]))]
    if any(not grid.numeric(row, one) or (one < column and one not in roles.money) for one in sums):
        return None
    heading = read_heading(texts[column])
    return heading if _stands_as_heading(grid, roles, row, column, heading, alone=not sums) else None


def _stands_as_heading(grid: Grid, roles: Roles, row: int, column: int, heading: Heading, *, alone: bool) -> bool:
    flat = squeeze(heading.text)
    span = grid.span(row, column)
    wide = span.right - span.left + 1 >= min(3, max(1, roles.right - roles.left))
    says = heading.stage is not None or any((heading.force, heading.office, heading.industry, heading.site))
    if column == roles.name and not wide:
        if re.match(r"^[(（]?[一二三四五六七八九十]+[)）、.．]|^第", flat) is not None:
            return True
        unnumbered = roles.serial is None or grid.text(row, roles.serial) == ""
        is_project = unnumbered and re.search(r"(?:项目|基地|产业园)$", flat) is not None and len(flat) > 9
        return says and alone and not is_project
    if roles.name is not None and column > roles.name and not wide:
        return False
    return alone or wide or has_numbering(flat) or says


def _continues(grid: Grid, roles: Roles, row: int, filled: list[int], record: Row) -> bool:
    name = roles.name if roles.name is not None else roles.investor
    if name is None:
        return False
    owner = grid.owner.get((row, name))
    if owner is not None and owner[0] < row and owner[0] == record.row:
        return True
    if name in filled and not is_nothing(grid.text(row, name)):
        return False
    serial = roles.serial
    if serial is not None and serial in filled and _SERIAL.match(squeeze(grid.text(row, serial))):
        return False
    if owner is not None and owner[0] < row:
        return True
    if _only_numbers(grid, row, filled) and any(column in roles.money for column in filled):
        return False
    gap = row - (record.more[-1] if record.more else record.row)
    if gap > 1:
        return False
    investor = roles.investor
    return not (investor is not None and investor in filled and any(column in roles.money for column in filled))


def _only_numbers(grid: Grid, row: int, filled: list[int]) -> bool:
    return all(grid.numeric(row, column) or grid.raw(row, column).kind is CellKind.UNKNOWN for column in filled)


def _record_like(grid: Grid, roles: Roles, row: int, filled: list[int]) -> bool:
    name = "" if roles.name is None else squeeze(grid.text_at(row, roles.name))
    investor = "" if roles.investor is None else squeeze(grid.text_at(row, roles.investor))
    serial = "" if roles.serial is None else squeeze(grid.text(row, roles.serial))
    known = [column for column in filled if column in roles.others or column in roles.money]
    if name and not is_nothing(name):
        if re.fullmatch(r"[\d.,%\s-]+", name):
            return bool(serial) and bool(investor)
        return len(filled) >= 2 or (roles.name in filled and len(name) > 4) or len(roles.heads) <= 2
    if investor and not is_nothing(investor):
        return bool(known) or bool(serial)
    return bool(serial) and _SERIAL.match(serial) is not None and len(known) >= 2


def serial_like(text: str) -> bool:
    """A running number as cells show it."""
    return _SERIAL.match(squeeze(text)) is not None


def example_text(texts: Sequence[str]) -> bool:
    """True when one of the texts marks an example."""
    return any(_EXAMPLE.search(squeeze(text)) for text in texts)
