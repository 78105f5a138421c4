"""A region with a head to a table of the result: columns, rows, records, unit evidence, checks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise

from zhaoyin.domain.money import Money
from zhaoyin.engines.sheet_reading.amounts import WAN, YI, YUAN, MoneyUnit, amounts_in, units_stated
from zhaoyin.engines.sheet_reading.checks import checks
from zhaoyin.engines.sheet_reading.columns import Columns, columns_of, report
from zhaoyin.engines.sheet_reading.context import Sections, Surroundings
from zhaoyin.engines.sheet_reading.days import Calendar, read_day
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import Region
from zhaoyin.engines.sheet_reading.params import SheetParams
from zhaoyin.engines.sheet_reading.problem import MONEY_FIELDS, ColumnChoice, Field
from zhaoyin.engines.sheet_reading.records import Draft, TableReader
from zhaoyin.engines.sheet_reading.result import Flag, FlagCode, NonRecord, RowKind, Shape, Table, TotalCheck
from zhaoyin.engines.sheet_reading.rowkinds import Roles, Row, rows_of
from zhaoyin.engines.sheet_reading.texts import squeeze
from zhaoyin.engines.sheet_reading.units import ColumnUnit, MoneyRead, doubtful_column, doubts, in_yuan


@dataclass(frozen=True, slots=True)
class TableTask:
    """What is needed to read one region."""

    grid: Grid
    region: Region
    around: Surroundings
    choices: Mapping[int, ColumnChoice]
    place: int
    shape: Shape
    texts: Sequence[str]
    """Lines around the table that may state a sum (共46个项目，总投资286.38亿元)."""


def read_table(task: TableTask, params: SheetParams) -> Table:
    """The table with its records."""
    grid, region, around = task.grid, task.region, task.around
    noted = around.units or _noted_units(task.texts)
    lines: list[tuple[str, tuple[MoneyUnit, ...]]] = [("line" if around.units else "note", noted)] if noted else []
    columns = columns_of(grid, region, around, task.choices, lines)
    roles = _roles(columns, region)
    rows = rows_of(grid, roles, region.first, region.last)
    body = [row.row for row in rows if row.kind is None]
    if body and len(body) < 0.8 * len(rows):
        columns = columns_of(grid, region, around, task.choices, lines, body=body)
        roles = _roles(columns, region)
        rows = rows_of(grid, roles, region.first, region.last)
    if lines and not around.units and _unit_changes(rows):
        columns = columns_of(grid, region, around, task.choices, [], body=[row.row for row in rows if row.kind is None])
    _inherited_units(columns)
    around = _with_year(around, grid, columns, rows)
    _fill_down(grid, columns, rows)
    headed = {column for one in columns.all for column in one.family}
    headless = tuple(column for column in range(region.left, region.right) if column not in headed)
    reader = TableReader(grid, columns, around, region.beside, region.left, headless)
    drafts = _drafts(reader, rows)
    if _part_above_whole(columns, drafts):
        drafts = _drafts(reader, rows)
    texts = [*task.texts, *(row.text for row in rows if row.kind in {RowKind.TOTAL, RowKind.SUBTOTAL})]
    if _without_unit(columns, drafts) and _unit_by_evidence(columns, drafts, texts):
        drafts = _drafts(reader, rows)
    _flag_money(columns, drafts, params)
    found = checks(grid, columns, rows, drafts, params)
    _flag_slips(found, drafts, grid)
    records = tuple(reader.record(draft) for draft in drafts.values())
    return Table(
        grid.sheet.name, task.place, task.shape,
        tuple(dict.fromkeys(grid.line_number(row, region.left) for row in range(region.top, region.bottom + 1))),
        report(columns, grid, region), records, _non_records(grid, rows, region), tuple(found), around.title,
    )  # fmt: skip


def _noted_units(texts: Sequence[str]) -> tuple[MoneyUnit, ...]:
    """The unit that a note states (注：金额单位为万元), when all notes that state one agree."""
    found = {units for text in texts if "单位" in text or "以" in text for units in [units_stated(text)] if units}
    return found.pop() if len(found) == 1 else ()


def _unit_changes(rows: Sequence[Row]) -> bool:
    """A unit line with records below it speaks of those only, not of the whole table as a note does."""
    places = [place for place, row in enumerate(rows) if row.kind is RowKind.UNIT_LINE]
    return any(row.kind is None for row in rows[places[0] :]) if places else False


def _roles(columns: Columns, region: Region) -> Roles:
    def index(wanted: Field) -> int | None:
        found = columns.one(wanted)
        return found.head.index if found else None

    money = tuple(
        column
        for one in columns.all
        if one.field in {*MONEY_FIELDS, Field.CONVERTED, Field.OTHER_MONEY, Field.OTHER_NUMBER, Field.JOBS, Field.LAND}
        for column in one.family
    )
    others = tuple(
        column for one in columns.all if one.field is not Field.SERIAL for column in one.family if column not in money
    )
    return Roles(
        index(Field.PROJECT_NAME), index(Field.INVESTOR), index(Field.SERIAL), money, others, region.left, region.right,
        tuple((column.index, column.head) for column in region.columns),
    )  # fmt: skip


def _fill_down(grid: Grid, columns: Columns, rows: Sequence[Row]) -> None:
    """A grouping column left of the names whose merges were lost: filled on the first row of each group only."""
    name = columns.one(Field.PROJECT_NAME)
    body = [row.row for row in rows if row.kind is None]
    if name is None or len(body) < 4:
        return
    for wanted in (Field.UNIT, Field.INDUSTRY, Field.STAGE, Field.SITE):
        for meaning in columns.by_field.get(wanted, []):
            column = meaning.head.index
            if column > name.head.index or any((row, column) in grid.owner for row in body):
                continue
            filled = [text for row in body if (text := grid.text(row, column))]
            apart = all(one != two for one, two in pairwise(filled))
            meaning.fills_down = bool(grid.text(body[0], column)) and apart and 2 <= len(filled) <= 0.7 * len(body)


def _with_year(around: Surroundings, grid: Grid, columns: Columns, rows: Sequence[Row]) -> Surroundings:
    """Where neither date nor title gives a year, the year that most full dates of the table have."""
    if around.calendar.reporting is not None or around.calendar.year is not None:
        return around
    counted: Counter[int] = Counter()
    for wanted in (Field.SIGNED_ON, Field.OTHER_DATE, Field.PLANNED_SIGNING):
        for meaning in columns.by_field.get(wanted, []):
            for row in [row.row for row in rows if row.kind is None][:300]:
                found = read_day(grid.raw(row, meaning.head.index), around.calendar)
                if found.value is not None and not found.planned:
                    counted[found.value.first.year] += 1
        if counted:
            break
    if not counted:
        return around
    return replace(around, calendar=Calendar(None, counted.most_common(1)[0][0]))


def _inherited_units(columns: Columns) -> None:
    """其中：固定资产投资 beside 总投资（亿元） is in the same unit; its own head says it is a part of it."""
    planned = columns.one(Field.PLANNED_TOTAL)
    if planned is None or planned.unit.scale is None:
        return
    for wanted in (Field.FIXED_ASSET, Field.FUNDS_IN_PLACE):
        part = columns.one(wanted)
        if part is not None and not part.unit.source and "其中" in squeeze(part.head.group + part.head.head):
            part.unit = ColumnUnit(planned.unit.scale, planned.unit.currency, "whole")


def _drafts(reader: TableReader, rows: Sequence[Row]) -> dict[int, Draft]:
    sections = Sections()
    for heading in reader.around.sections:
        sections.enter(heading)
    found: dict[int, Draft] = {}
    waiting = None
    for row in rows:
        if row.kind in {RowKind.SECTION, RowKind.UNIT_LINE} and row.heading is not None:
            sections.enter(row.heading)
            waiting = row.heading if row.kind is RowKind.UNIT_LINE else waiting
            if waiting is not None:
                sections.enter(waiting)
        elif row.kind is None:
            waiting = None
            found[row.row] = reader.draft(row, sections)
    return found


def _part_above_whole(columns: Columns, drafts: Mapping[int, Draft]) -> bool:
    """Heads that leave it open which amount is the whole: the part is never above it, so the two columns change places."""
    whole, part = columns.one(Field.PLANNED_TOTAL), columns.one(Field.FIXED_ASSET)
    if whole is None or part is None or whole.chosen or part.chosen:
        return False
    pairs = [
        (in_yuan(draft.money[Field.PLANNED_TOTAL].money), in_yuan(draft.money[Field.FIXED_ASSET].money))
        for draft in drafts.values()
        if Field.PLANNED_TOTAL in draft.money and Field.FIXED_ASSET in draft.money
    ]
    above = sum(whole_value < part_value <= whole_value * 20 for whole_value, part_value in pairs)
    if len(pairs) < 3 or above < 0.8 * len(pairs):
        return False
    whole.field, part.field = part.field, whole.field
    columns.by_field[Field.PLANNED_TOTAL], columns.by_field[Field.FIXED_ASSET] = [part], [whole]
    return True


def _without_unit(columns: Columns, drafts: Mapping[int, Draft]) -> bool:
    for wanted in MONEY_FIELDS:
        meaning = columns.one(wanted)
        if meaning is None or meaning.unit.scale is not None or meaning.unit.several:
            continue
        if any(read.bare for draft in drafts.values() if (read := draft.money.get(wanted))):
            return True
    return False


def _unit_by_evidence(columns: Columns, drafts: Mapping[int, Draft], texts: Sequence[str]) -> bool:
    """A unit that the file proves: a stated sum that only one unit fits, the same amounts in texts of the rows, a part that
    only one unit keeps below its whole."""
    changed = False
    known: tuple[Field, ColumnUnit] | None = None
    for wanted in MONEY_FIELDS:
        meaning = columns.one(wanted)
        if meaning is None or meaning.unit.scale is not None or meaning.unit.several:
            if meaning is not None and meaning.unit.scale is not None and known is None:
                known = (wanted, meaning.unit)
            continue
        scale, source = _stated_sum(wanted, drafts, texts), "sum"
        if scale is None and wanted is Field.PLANNED_TOTAL:
            scale, source = _told_in_rows(wanted, drafts), "texts"
        if scale is None and known is not None:
            scale, source = _by_part(wanted, known[0], drafts), "part"
        if scale is not None:
            meaning.unit = ColumnUnit(scale, None, source)
            known = known or (wanted, meaning.unit)
            changed = True
    return changed


def _bare_values(wanted: Field, drafts: Mapping[int, Draft]) -> list[tuple[Draft, Decimal]]:
    found = []
    for draft in drafts.values():
        read = draft.money.get(wanted)
        if read is not None and read.bare:
            assumed = next(
                (flag.evidence.get("assumed") for flag in read.flags if flag.code is FlagCode.UNIT_UNKNOWN), None
            )
            found.append((draft, read.money.value / Decimal(str(assumed or 1))))
    return found


def _stated_sum(wanted: Field, drafts: Mapping[int, Draft], texts: Sequence[str]) -> Decimal | None:
    if wanted is not Field.PLANNED_TOTAL:
        return None
    total = sum((value for _, value in _bare_values(wanted, drafts)), Decimal(0))
    if not total:
        return None
    fits: set[Decimal] = set()
    for text in texts:
        for amount in amounts_in(squeeze(text).lower()):
            if amount.scale is None:
                continue
            fits |= {
                scale
                for scale in (YUAN, WAN, YI)
                if abs(amount.value - total * scale) <= amount.value * Decimal("0.001")
            }
    return fits.pop() if len(fits) == 1 else None


def _told_in_rows(wanted: Field, drafts: Mapping[int, Draft]) -> Decimal | None:
    votes: dict[Decimal, int] = {}
    asked = 0
    for draft, value in _bare_values(wanted, drafts):
        if not value:
            continue
        told = [amount for one in draft.unmapped for amount in amounts_in(squeeze(one.text).lower()) if amount.scale]
        asked += bool(told)
        for scale in (YUAN, WAN, YI):
            if any(abs(amount.value - value * scale) <= amount.value * Decimal("0.001") for amount in told):
                votes[scale] = votes.get(scale, 0) + 1
    best = max(votes, key=lambda scale: votes[scale], default=None)
    return best if best is not None and len(votes) == 1 and votes[best] >= 2 and votes[best] * 2 >= asked else None


def _by_part(wanted: Field, whole: Field, drafts: Mapping[int, Draft]) -> Decimal | None:
    """The only unit under which the part is between a hundredth and the whole in every row."""
    ratios = []
    for draft, value in _bare_values(wanted, drafts):
        total = draft.money.get(whole)
        if total is not None and value and total.money.value:
            ratios.append(value / total.money.value)
    if len(ratios) < 4:
        return None
    fits = [
        scale
        for scale in (YUAN, WAN, YI)
        if all(Decimal("0.005") <= ratio * scale <= Decimal("1.02") for ratio in ratios)
    ]
    return fits[0] if len(fits) == 1 else None


def _flag_money(columns: Columns, drafts: Mapping[int, Draft], params: SheetParams) -> None:
    for wanted in (Field.PLANNED_TOTAL, Field.FIXED_ASSET):
        reads = [read for draft in drafts.values() if (read := draft.money.get(wanted))]
        doubts(reads, params)
    planned = [read for draft in drafts.values() if (read := draft.money.get(Field.PLANNED_TOTAL))]
    bare = [read for read in planned if read.bare]
    flag = doubtful_column(bare, params) if bare else None
    meaning = columns.one(Field.PLANNED_TOTAL)
    if flag is not None and meaning is not None and meaning.unit.source != "choice":
        for wanted in MONEY_FIELDS:
            other = columns.one(wanted)
            if other is None or other.unit.source != meaning.unit.source:
                continue
            for draft in drafts.values():
                read = draft.money.get(wanted)
                if read is not None and read.bare and not any(one.needs_review for one in read.flags):
                    read.flags.append(flag)
    for read in bare:
        if not params.smallest_value <= in_yuan(read.money) <= params.largest_value and not _doubted(read):
            bounds = f"{params.smallest_value}-{params.largest_value}"
            read.flags.append(Flag(FlagCode.UNIT_DOUBTFUL, {"sector_range": bounds}, needs_review=True))
    for draft in drafts.values():
        _flag_parts(draft)
        _flag_conversion(draft)


def _doubted(read: MoneyRead) -> bool:
    return any(flag.needs_review for flag in read.flags)


def _flag_parts(draft: Draft) -> None:
    """A part above the whole: an impossible factor wants review on the part or the whole, a small excess only a note."""
    whole = draft.money.get(Field.PLANNED_TOTAL)
    if whole is None or not whole.money.value:
        return
    for wanted in (Field.FIXED_ASSET, Field.FUNDS_IN_PLACE):
        part = draft.money.get(wanted)
        if part is None or not part.money.value:
            continue
        ratio = in_yuan(part.money) / in_yuan(whole.money)
        evidence = {"part": str(part.money.value), "total": str(whole.money.value)}
        held = (
            [part, whole] if ratio > 100 else [part] if (part.bare and (ratio > 2 or ratio < Decimal("0.0003"))) else []
        )
        for read in held:
            if not _doubted(read):
                read.flags.append(Flag(FlagCode.PARTS_EXCEED_TOTAL, evidence, needs_review=True))
        if not held and ratio > Decimal("1.05"):
            part.flags.append(Flag(FlagCode.PARTS_EXCEED_TOTAL, evidence))


def _flag_conversion(draft: Draft) -> None:
    planned = draft.money.get(Field.PLANNED_TOTAL)
    known = draft.values.get(Field.PLANNED_TOTAL)
    if planned is None or known is None or not planned.money.value:
        return
    for other in known.alternatives:
        if not isinstance(other, Money) or not other.value:
            continue
        ratio = in_yuan(other) / in_yuan(planned.money)
        if (ratio > 50 or ratio < Decimal("0.02")) and not any(flag.needs_review for flag in planned.flags):
            evidence = {"converted": str(other.value), "ratio": f"{ratio:.3g}"}
            planned.flags.append(Flag(FlagCode.CONVERSION_MISMATCH, evidence, needs_review=True))


def _flag_slips(found: Sequence[TotalCheck], drafts: Mapping[int, Draft], grid: Grid) -> None:
    """A slip that the sheet's own total proves makes its value doubtful."""
    by_line = {grid.line_number(row): draft for row, draft in drafts.items()}
    for check in found:
        slips = [one for one in check.suspects if one.kind == "factor-slip"]
        if len({one.rows for one in slips}) != 1:
            continue
        draft = by_line.get(slips[0].rows[0])
        read = draft.money.get(check.field) if draft else None
        if read is not None and not any(flag.needs_review for flag in read.flags):
            read.flags.append(
                Flag(FlagCode.UNIT_DOUBTFUL, {**slips[0].evidence, "total_row": check.row}, needs_review=True)
            )


def _non_records(grid: Grid, rows: Sequence[Row], region: Region) -> tuple[NonRecord, ...]:
    above = [
        NonRecord(grid.line_number(row), RowKind.TITLE if number == 0 else RowKind.UNIT_LINE, _text(grid, row))
        for number, row in enumerate(region.above)
    ]
    heads = [
        NonRecord(grid.line_number(row), RowKind.HEADER, _text(grid, row))
        for row in range(region.top, region.bottom + 1)
    ]
    below = [NonRecord(grid.line_number(row.row), row.kind, row.text[:200]) for row in rows if row.kind is not None]
    more = [NonRecord(grid.line_number(line), RowKind.CONTINUATION) for row in rows for line in row.more]
    return tuple(sorted(chain(above, heads, below, more), key=lambda one: one.row))


def _text(grid: Grid, row: int) -> str:
    return " ".join(grid.text(row, column) for column in grid.filled(row))[:200]
