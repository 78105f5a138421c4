"""One table to records: each field from its columns, headings and neighbours, with cells, confidence and flags."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.domain.money import Currency
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.sheet_reading.amounts import MoneyUnit, one_unit, read_count, read_land
from zhaoyin.engines.sheet_reading.columns import Columns, Meaning
from zhaoyin.engines.sheet_reading.context import Sections, Surroundings
from zhaoyin.engines.sheet_reading.days import DayFound, read_day, read_day_text
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.naming import split_name, tidy_name
from zhaoyin.engines.sheet_reading.people import names_in, pair, phones_in, read_contacts
from zhaoyin.engines.sheet_reading.problem import BLANK, MONEY_FIELDS, Cell, CellKind, Field
from zhaoyin.engines.sheet_reading.result import (
    CellRef,
    ContactFound,
    Flag,
    FlagCode,
    Record,
    StageFound,
    Unmapped,
    Value,
)
from zhaoyin.engines.sheet_reading.result import Reading as Read
from zhaoyin.engines.sheet_reading.rowkinds import Row
from zhaoyin.engines.sheet_reading.stages import ORDER, raised, stage_of_cell
from zhaoyin.engines.sheet_reading.texts import is_nothing, is_repeat, one_line, squeeze
from zhaoyin.engines.sheet_reading.units import ColumnUnit, MoneyRead, read_money

_TICKED = re.compile(r"[√✓✔☑●■★◆1yY是xX×]")
_SIGNED_IN_TEXT = re.compile(
    r"(?:签约|签订|签署|签)[^,，。;；\d]{0,14}[(（]?(?P<after>(?:(?:19|20)?\d\d[年./-])?\d{1,2}[月./-](?:\d{1,2}[日号]?)?|(?:19|20)\d{6})|"
    r"(?P<before>(?:(?:19|20)\d\d[年./-])?\d{1,2}[月./-](?:\d{1,2}[日号]?)?|(?:19|20)\d\d年\d{1,2}月)(?:份|,|，|已|正式|双方|成功|与|在|完成)*[^,，。;；\d尚未拟]{0,12}?(?:签约|签订|签署)"
)  # fmt: skip
_NOT_SIGNED = re.compile(r"拟|预计|计划|尚未|未签|待签|力争|争取|准备|将")
_TOLD: dict[Field, re.Pattern[str]] = {
    Field.PLANNED_TOTAL: re.compile(r"总投资(?:额|规模)?(?:约|为|达|预计|计划|[:：])*((?:约|超过?|近|不低于|逾)?(?:人民币)?[\d.,]+(?:[-~—至到][\d.,]+)?(?:亿|万|千万|百万)(?:元|美元|港元|欧元|日元)?(?:人民币)?(?:左右|以上)?)"),
    Field.LAND: re.compile(r"(?:占地|用地|征地|供地|需地|土地)(?:面积)?(?:约|近|超)?(\d[\d.,]*(?:亩|公顷))"),
    Field.JOBS: re.compile(r"(?:就业|用工|岗位|吸纳|安置)[^,，。;；\d]{0,6}((?:约|近)?\d[\d,]*余?(?:人|个|名))"),
    Field.INVESTOR: re.compile(r"(?:由|投资方(?:为|是|[:：])|投资主体(?:为|是|[:：]))([^,，。;；:：]{4,30}?(?:有限责任公司|股份有限公司|有限公司|集团))(?:投资|建设|出资|独资|,|，|。|$)"),
}  # fmt: skip
_FIXED_IN_CELL = re.compile(r"(?:固定资产(?:投资)?|固投)(?:额|约|为|达|[:：])*((?:约)?[\d.,]+(?:亿|万)(?:元|美元)?)")
_FILL_DOWN = frozenset(
    {
        Field.UNIT,
        Field.INDUSTRY,
        Field.SITE,
        Field.STAGE,
        Field.INVESTOR,
        Field.LEADER,
        Field.CONTACTS,
        Field.PHONE,
        Field.MONEY_UNIT,
        Field.CURRENCY,
        Field.SIGNED_ON,
    }
)
_SIGNED_STAGES = frozenset(ORDER[2:])


@dataclass(slots=True)
class Draft:
    """A record in the making: its row, money as read (for later doubts), and values."""

    row: Row
    sections: tuple[StageFound | None, str, str, str, str]
    values: dict[Field, Value] = field(default_factory=dict)
    money: dict[Field, MoneyRead] = field(default_factory=dict)
    used: set[tuple[int, int]] = field(default_factory=set)
    unmapped: list[Unmapped] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


@dataclass(slots=True)
class TableReader:
    """Reads the records of one table."""

    grid: Grid
    columns: Columns
    around: Surroundings
    beside: bool = False
    left: int = 0
    headless: tuple[int, ...] = ()
    """Columns inside the table that have no head; their cells are kept verbatim."""

    def draft(self, row: Row, sections: Sections) -> Draft:
        """All fields of a record row but the final money flags."""
        draft = Draft(
            row,
            (
                sections.stage(),
                sections.first("force"),
                sections.first("office"),
                sections.first("industry"),
                sections.first("site"),
            ),
        )
        self._names(draft)
        self._money(draft, sections)
        for wanted in (Field.INDUSTRY, Field.SITE):
            self._plain(draft, wanted)
        self._unit(draft)
        self._contacts(draft)
        self._progress(draft)
        self._numbers(draft)
        self._told(draft)
        self._fixed_in_cell(draft)
        self._stage(draft)
        self._signed(draft)
        self._rest(draft)
        return draft

    def _fixed_in_cell(self, draft: Draft) -> None:
        """总投资3.5亿元，其中固定资产投资3亿元 in one cell, in a table without a column for the part."""
        planned = draft.values.get(Field.PLANNED_TOTAL)
        if planned is None or self.columns.one(Field.FIXED_ASSET) is not None or "固" not in planned.as_written:
            return
        match = _FIXED_IN_CELL.search(squeeze(planned.as_written))
        read = read_money(Cell(match[1]), ColumnUnit()) if match else None
        if read is not None and not read.bare:
            draft.values[Field.FIXED_ASSET] = Value(
                Field.FIXED_ASSET, read.money, planned.as_written, planned.cells, 0.85
            )
            draft.money[Field.FIXED_ASSET] = read

    def _told(self, draft: Draft) -> None:
        """What only the description says, in a table without a column for it: 总投资, 占地, 用工, 由某公司投资."""
        missing = [
            one
            for one in (Field.PLANNED_TOTAL, Field.LAND, Field.JOBS, Field.INVESTOR)
            if self.columns.one(one) is None
        ]
        if not missing or (self.grid.origin is not None and len(missing) < 2):
            return
        for meaning in (
            *self.columns.by_field.get(Field.DESCRIPTION, []),
            *self.columns.by_field.get(Field.PROGRESS, []),
        ):
            parts = self._text_parts(draft, meaning)
            text = squeeze(parts[0][0].text) if parts else ""
            if len(text) < 12:
                continue
            for wanted in missing:
                if wanted not in draft.values:
                    self._one_told(draft, wanted, text, parts)

    def _one_told(self, draft: Draft, wanted: Field, text: str, parts: Sequence[tuple[Cell, int, int]]) -> None:
        match = _TOLD[wanted].search(text)
        if match is None:
            return
        if wanted is Field.PLANNED_TOTAL:
            read = read_money(Cell(match[1]), ColumnUnit())
            if read is not None and not read.bare:
                self.put(draft, wanted, read.money, parts[:1], confidence=0.75, flags=read.flags)
                draft.money[wanted] = read
        elif wanted is Field.INVESTOR:
            self.put(draft, wanted, match[1], parts[:1], confidence=0.7)
        else:
            land = read_land(match[1], unit=None) if wanted is Field.LAND else None
            value = land[0] if land is not None and land[1] else read_count(match[1]) if wanted is Field.JOBS else None
            if value:
                self.put(draft, wanted, value, parts[:1], confidence=0.75)

    def record(self, draft: Draft) -> Record:
        """The finished record."""
        for wanted, read in draft.money.items():
            known = draft.values[wanted]
            draft.values[wanted] = Value(
                wanted,
                read.money,
                known.as_written,
                known.cells,
                known.confidence,
                tuple(read.flags),
                known.alternatives,
            )
        row, last = draft.row.row, (draft.row.more or [draft.row.row])[-1]
        place = self.grid.places.get(row)
        column = None
        if place is not None:
            first_line, last_line, column = place
        else:
            first_line, last_line = self.grid.line_number(row, self.left), self.grid.line_number(last, self.left)
            last_line = max(last_line, self._merged_last(draft))
        if self.beside and place is None:
            column = self.grid.ref(row, self._first_column()).column + 1
        hidden = row in self.grid.sheet.hidden_rows and not self.grid.transposed and self.grid.origin is None
        flags = [*draft.flags, *([Flag(FlagCode.HIDDEN_ROW)] if hidden else [])]
        if Field.PROJECT_NAME not in draft.values:
            flags.append(Flag(FlagCode.NAME_MISSING))
        return Record(
            self.grid.sheet.name,
            first_line,
            last_line,
            draft.values,
            column,
            tuple(draft.unmapped),
            tuple(flags),
            hidden,
        )

    def _merged_last(self, draft: Draft) -> int:
        name = self.columns.one(Field.PROJECT_NAME)
        span = self.grid.span(draft.row.row, name.head.index) if name else None
        return self.grid.line_number(span.bottom, self.left) if span and self.grid.origin is None else 0

    def _first_column(self) -> int:
        return min((one.head.index for one in self.columns.all), default=0)

    def cell(self, row: int, column: int, wanted: Field) -> tuple[Cell, int]:
        """The cell of a row, through a merge from above where its field allows, and the row it stands in."""
        place = self.grid.owner.get((row, column))
        if place is None:
            cell = self.grid.raw(row, column)
            if cell is not BLANK and is_repeat(cell.text) and row > 0:
                return self.cell(row - 1, column, wanted)
            return cell, row
        if place[1] != column or (place[0] != row and wanted not in _FILL_DOWN):
            return BLANK, row
        return self.grid.raw(*place), place[0]

    def parts(self, draft: Draft, meaning: Meaning) -> list[tuple[Cell, int, int]]:
        """Filled cells of the record in a column: its own and those of the rows that continue it; of a family the latest."""
        if not draft.row.more and len(meaning.family) <= 1:
            column = meaning.head.index
            cell, at = self.cell(draft.row.row, column, meaning.field)
            while meaning.fills_down and not cell.text and at > 0 and at > draft.row.row - 200:
                cell, at = self.cell(at - 1, column, meaning.field)
            if cell is BLANK or not (cell.text or cell.kind is CellKind.UNKNOWN):
                return []
            return [(cell, at, column)] if cell.kind is CellKind.UNKNOWN or not is_nothing(cell.text) else []
        for column in meaning.family or (meaning.head.index,):
            found: list[tuple[Cell, int, int]] = []
            seen: set[tuple[int, int]] = set()
            for row in (draft.row.row, *draft.row.more):
                cell, at = self.cell(row, column, meaning.field)
                if (
                    cell is not BLANK
                    and (at, column) not in seen
                    and (cell.text.strip() or cell.kind is CellKind.UNKNOWN)
                ):
                    seen.add((at, column))
                    found.append((cell, at, column))
            if any(not is_nothing(cell.text) or cell.kind is CellKind.UNKNOWN for cell, _, _ in found):
                return found
        return []

    def refs(self, parts: Iterable[tuple[Cell, int, int]]) -> tuple[CellRef, ...]:
        """Where cells stand in the file."""
        return tuple([self.grid.ref(row, column) for _, row, column in parts])

    def put(
        self, draft: Draft, wanted: Field, value: Read, parts: Sequence[tuple[Cell, int, int]], *, confidence: float = 1.0,
        flags: Sequence[Flag] = (), alternatives: Sequence[Read] = (),
    ) -> None:  # fmt: skip
        """Set a field with its evidence."""
        written = parts[0][0].text if len(parts) == 1 else "\n".join(cell.text for cell, _, _ in parts)
        for _, row, column in parts:
            draft.used.add((row, column))
        draft.values[wanted] = Value(
            wanted, value, written, self.refs(parts), confidence, tuple(flags), tuple(alternatives)
        )

    def _text_parts(self, draft: Draft, meaning: Meaning) -> list[tuple[Cell, int, int]]:
        found = self.parts(draft, meaning)
        if len(found) == 1:
            return found if found[0][0].text else []
        return [part for part in found if not is_nothing(part[0].text)]

    def _names(self, draft: Draft) -> None:
        name, investor = self.columns.one(Field.PROJECT_NAME), self.columns.one(Field.INVESTOR)
        by = self._text_parts(draft, investor) if investor else []
        own = self._text_parts(draft, name) if name else []
        if by and investor:
            text = one_line(by[0][0].text).strip(" ;；,，、")
            self.put(draft, Field.INVESTOR, text, by[:1], confidence=investor.confidence)
        if not own or name is None:
            if by and investor and name is None:
                self._split_investor(draft, by, investor.confidence)
            return
        written = "".join(cell.text for cell, _, _ in own)
        if by:
            self.put(draft, Field.PROJECT_NAME, tidy_name(written), own, confidence=name.confidence)
            return
        project, company = split_name("\n".join(cell.text for cell, _, _ in own) if len(own) == 1 else written)
        whole = tidy_name(written)
        self.put(
            draft,
            Field.PROJECT_NAME,
            project,
            own,
            confidence=name.confidence * (0.9 if company else 1.0),
            alternatives=[whole] if company else (),
        )
        if company:
            self.put(draft, Field.INVESTOR, company, own, confidence=name.confidence * 0.9)

    def _split_investor(self, draft: Draft, by: list[tuple[Cell, int, int]], confidence: float) -> None:
        """A table without a project column: the company cell may hold both."""
        project, company = split_name(by[0][0].text)
        if company:
            self.put(draft, Field.PROJECT_NAME, project, by[:1], confidence=confidence * 0.8)
            self.put(draft, Field.INVESTOR, company, by[:1], confidence=confidence * 0.9)

    def _money(self, draft: Draft, sections: Sections) -> None:
        row_unit, row_currency = self._row_unit(draft)
        for wanted in (*MONEY_FIELDS, Field.CONVERTED):
            meaning = self.columns.one(wanted)
            parts = self.parts(draft, meaning) if meaning else []
            if meaning is None or not parts:
                continue
            if parts[0][0].kind in {CellKind.UNKNOWN, CellKind.ERROR}:
                draft.flags.append(
                    Flag(FlagCode.FORMULA_WITHOUT_RESULT, {"field": wanted.value, "cell": self.refs(parts)[0].a1})
                )
                continue
            unit, contradicted = _in_section(meaning.unit, sections)
            money_unit = (
                row_unit
                if (wanted is not Field.CONVERTED and unit.source not in {"head", "choice"}) or unit.several
                else None
            )
            read = read_money(
                parts[0][0],
                unit,
                row_unit=money_unit,
                row_currency=row_currency if wanted is not Field.CONVERTED else None,
            )
            if read is None:
                self._unread(draft, wanted, parts)
                continue
            if any(self._another(cell, read, unit) for cell, _, _ in parts[1:]):
                read.flags.append(Flag(FlagCode.UNIT_CONFLICT, {"parts": len(parts)}, needs_review=True))
            if contradicted and read.bare:
                read.flags.append(Flag(FlagCode.UNIT_CONFLICT, {"head": meaning.head.head}, needs_review=True))
            if read.money.value == 0 and (wanted is not Field.FUNDS_IN_PLACE or read.flags):
                continue
            confidence = meaning.confidence * (1.0 if not read.flags else 0.5)
            if wanted is Field.CONVERTED:
                self._converted(draft, read)
                continue
            alternatives = [read.converted] if read.converted else []
            self.put(
                draft, wanted, read.money, parts[:1], confidence=confidence, flags=read.flags, alternatives=alternatives
            )
            draft.money[wanted] = read

    def _another(self, cell: Cell, first: MoneyRead, unit: ColumnUnit) -> bool:
        """A further row of the record has another amount in the same column."""
        read = read_money(cell, unit)
        return read is not None and read.money.value not in {Decimal(0), first.money.value}

    def _unread(self, draft: Draft, wanted: Field, parts: Sequence[tuple[Cell, int, int]]) -> None:
        if not is_nothing(parts[0][0].text):
            draft.flags.append(Flag(FlagCode.NOT_A_NUMBER, {"field": wanted.value, "text": parts[0][0].text[:40]}))
            self._keep(draft, parts, wanted.value)

    def _converted(self, draft: Draft, read: MoneyRead) -> None:
        planned = draft.money.get(Field.PLANNED_TOTAL)
        if planned is None or read.money.value == 0:
            return
        known = draft.values[Field.PLANNED_TOTAL]
        draft.values[Field.PLANNED_TOTAL] = Value(
            known.field,
            known.value,
            known.as_written,
            known.cells,
            known.confidence,
            known.flags,
            (*known.alternatives, read.money),
        )

    def _row_unit(self, draft: Draft) -> tuple[MoneyUnit | None, Currency | None]:
        unit = currency = None
        meaning = self.columns.one(Field.MONEY_UNIT)
        if meaning:
            parts = self._text_parts(draft, meaning)
            unit = one_unit(parts[0][0].text) if parts else None
        meaning = self.columns.one(Field.CURRENCY)
        if meaning:
            parts = self._text_parts(draft, meaning)
            found = one_unit(parts[0][0].text) if parts else None
            currency = found.currency if found else None
        return unit, currency

    def _plain(self, draft: Draft, wanted: Field) -> None:
        ticked = self._ticked(draft, wanted)
        if ticked is not None:
            self.put(draft, wanted, ticked[0], [ticked[1]], confidence=0.9)
            return
        for meaning in self.columns.by_field.get(wanted, []):
            parts = self._text_parts(draft, meaning) if not meaning.ticks else []
            if parts:
                self.put(
                    draft, wanted, one_line(parts[0][0].text).strip(" ;；、"), parts[:1], confidence=meaning.confidence
                )
                return
        text = draft.sections[3] if wanted is Field.INDUSTRY else draft.sections[4]
        sheet = self.around.sheet
        if not text and sheet is not None:
            text = sheet.industry if wanted is Field.INDUSTRY else sheet.site
        if text:
            self.put(draft, wanted, text, [], confidence=0.75)

    def _ticked(self, draft: Draft, wanted: Field) -> tuple[str, tuple[Cell, int, int]] | None:
        found = None
        for meaning in self.columns.tick_groups.get(wanted, []):
            cell, at = self.cell(draft.row.row, meaning.head.index, wanted)
            if cell is not BLANK and _TICKED.fullmatch(squeeze(cell.text)):
                found = (meaning.head.head, (cell, at, meaning.head.index))
        return found

    def _unit(self, draft: Draft) -> None:
        candidates: list[tuple[str, Sequence[tuple[Cell, int, int]], float]] = []
        ticked = self._ticked(draft, Field.UNIT)
        if ticked is not None:
            candidates.append((ticked[0], [ticked[1]], 0.9))
        for meaning in sorted(self.columns.by_field.get(Field.UNIT, []), key=_unit_order):
            parts = self._text_parts(draft, meaning) if not meaning.ticks else []
            if parts:
                candidates.append((one_line(parts[0][0].text).strip(" ;；"), parts[:1], meaning.confidence))
        sheet = self.around.sheet
        forces = [
            draft.sections[1],
            sheet.force if sheet else "",
            self.around.title_heading.force if self.around.title_heading else "",
        ]
        offices = [draft.sections[2], sheet.office if sheet else ""]
        force = next((one for one in candidates if "专班" in one[0] or "工作组" in one[0]), None)
        if force is None:
            named = next((text for text in forces if text), "")
            force = (named, [], 0.8) if named else None
        chosen = force or (candidates[0] if candidates else None)
        if chosen is None:
            office = next((text for text in offices if text), "")
            chosen = (office, [], 0.7) if office else None
        if chosen is not None:
            others = [text for text, _, _ in candidates if text != chosen[0]]
            self.put(draft, Field.UNIT, chosen[0], chosen[1], confidence=chosen[2], alternatives=others)

    def _contacts(self, draft: Draft) -> None:
        """People and telephones of all their columns. A telephone column belongs to the names before it: to the nearest, or in
        order when there are as many columns of names; a second one without names between to the same people."""
        order = sorted(
            (one for one in self.columns.all if one.field in {Field.CONTACTS, Field.PHONE, Field.LEADER}),
            key=lambda one: one.head.index,
        )
        counts = [sum(one.field is wanted for one in order) for wanted in (Field.CONTACTS, Field.PHONE)]
        first_come = counts[0] == counts[1] > 1
        found: list[ContactFound] = []
        parts: list[tuple[Cell, int, int]] = []
        waiting: list[list[str]] = []
        holder: list[str] = []
        for meaning in order:
            cells = self._text_parts(draft, meaning)
            text = "\n".join(cell.text for cell, _, _ in cells)
            if not cells:
                continue
            pairs = read_contacts(text)
            bare = bool(pairs) and bool(waiting) and not any(one.name for one in pairs)
            if meaning.field is Field.PHONE or bare:
                digits = phones_in(text) or [digit for digit in [re.sub(r"\D", "", text)] if len(digit) >= 7]
                holder = (waiting.pop(0 if first_come else -1) if waiting else []) or names_in(text) or holder
                waiting = waiting if first_come else []
                found += pair(holder, digits) if digits else ()
                parts += cells if digits else []
                continue
            if any(one.phone for one in pairs):
                found += pairs
                parts += cells
            elif meaning.field is Field.CONTACTS:
                waiting.append([one.name for one in pairs])
                parts += cells
            else:
                holder = [one.name for one in pairs]
        if not any(one.phone for one in found):
            found += [ContactFound(name, "") for names in waiting for name in names]
        if found:
            flags = [Flag(FlagCode.CONTACTS_UNPAIRED)] if any(not one.name for one in found) else []
            self.put(draft, Field.CONTACTS, tuple(dict.fromkeys(found)), parts, confidence=0.9, flags=flags)

    def _progress(self, draft: Draft) -> None:
        columns = [one for one in self.columns.by_field.get(Field.PROGRESS, []) if not one.ticks]
        parts = [part for meaning in columns for part in self._text_parts(draft, meaning)]
        if parts:
            text = "\n".join(cell.text.strip() for cell, _, _ in parts)
            self.put(draft, Field.PROGRESS, text, parts, confidence=columns[0].confidence)

    def _numbers(self, draft: Draft) -> None:
        meaning = self.columns.one(Field.JOBS)
        parts = self._text_parts(draft, meaning) if meaning else []
        if meaning and parts:
            count = read_count(parts[0][0].text)
            if count:
                self.put(draft, Field.JOBS, count, parts[:1], confidence=meaning.confidence)
        meaning = self.columns.one(Field.LAND)
        parts = self._text_parts(draft, meaning) if meaning else []
        if meaning and parts:
            land = read_land(parts[0][0].text, unit=meaning.land_unit)
            if land is not None and land[0] > 0:
                flags = () if land[1] else (Flag(FlagCode.UNIT_UNKNOWN, {"as_written": parts[0][0].text}),)
                self.put(draft, Field.LAND, land[0], parts[:1], confidence=meaning.confidence, flags=flags)

    def _stage(self, draft: Draft) -> None:
        ticked = self._stage_ticked(draft)
        if ticked is not None:
            self.put(draft, Field.STAGE, ticked[0], [ticked[1]], confidence=0.95)
            return
        own = next((one for one in self.columns.by_field.get(Field.STAGE, []) if not one.ticks), None)
        parts = self._text_parts(draft, own) if own else []
        if own and parts:
            text = parts[0][0].text
            stage = stage_of_cell(text) if len(squeeze(text)) <= 14 else raised(None, text)
            if stage is not None:
                self.put(draft, Field.STAGE, stage, parts[:1], confidence=own.confidence)
                return
        floor = draft.sections[0] or self.around.stage
        said = self._said(draft)
        stage = raised(floor, said)
        stage = self._by_milestones(draft, stage)
        if stage is None:
            draft.flags.append(Flag(FlagCode.STAGE_UNKNOWN))
            return
        progress = draft.values.get(Field.PROGRESS)
        draft.values[Field.STAGE] = Value(
            Field.STAGE,
            stage,
            progress.as_written if progress else "",
            progress.cells if progress else (),
            0.85 if floor or said else 0.6,
        )

    def _stage_ticked(self, draft: Draft) -> tuple[StageFound, tuple[Cell, int, int]] | None:
        best: tuple[StageFound, tuple[Cell, int, int]] | None = None
        for meaning in self.columns.tick_groups.get(Field.STAGE, []):
            stage = stage_of_cell(meaning.head.head)
            cell, at = self.cell(draft.row.row, meaning.head.index, Field.STAGE)
            if stage is None or cell is BLANK or not _TICKED.fullmatch(squeeze(cell.text)):
                continue
            if stage is StageFound.TERMINATED:
                return stage, (cell, at, meaning.head.index)
            if best is None or ORDER.index(stage) >= ORDER.index(best[0]):
                best = (stage, (cell, at, meaning.head.index))
        return best

    def _said(self, draft: Draft) -> str:
        progress = draft.values.get(Field.PROGRESS)
        texts = [str(progress.value)] if progress else []
        for meaning in self.columns.by_field.get(Field.REMARKS, []):
            texts += [cell.text for cell, _, _ in self._text_parts(draft, meaning)]
        return "\n".join(texts)

    def _by_milestones(self, draft: Draft, stage: StageFound | None) -> StageFound | None:
        """A filled date of a done step (开工时间, 注册时间) raises the stage; planned ones and future days do not."""
        if stage is StageFound.TERMINATED:
            return stage
        for meaning in self.columns.all:
            if meaning.field not in {Field.OTHER_DATE, Field.SIGNED_ON} or meaning.planned or meaning.ticks:
                continue
            reached = StageFound.SIGNED if meaning.field is Field.SIGNED_ON else _milestone(meaning.head.head)
            if reached is None:
                continue
            parts = self._text_parts(draft, meaning)
            found = read_day(parts[0][0], self.around.calendar) if parts else None
            if found is None or found.value is None or found.planned or found.vague or self._future(found.value):
                continue
            if stage is None or ORDER.index(reached) > ORDER.index(stage):
                stage = reached
        return stage

    def _future(self, moment: PartialDate) -> bool:
        reporting = self.around.calendar.reporting
        return reporting is not None and moment.first > reporting

    def _signed(self, draft: Draft) -> None:
        known = draft.values.get(Field.STAGE)
        stage = known.value if known else None
        signed = stage in _SIGNED_STAGES or stage is StageFound.TERMINATED
        columns = sorted(self.columns.by_field.get(Field.SIGNED_ON, []), key=lambda one: not one.actual)
        for meaning in columns:
            parts = self._text_parts(draft, meaning)
            if parts and self._put_day(draft, meaning, parts, signed=signed):
                return
        if stage in _SIGNED_STAGES or stage is StageFound.TERMINATED:
            if not columns and self._signed_in_text(draft):
                return
            if columns and self._signed_in_text(draft):
                return
        if stage in _SIGNED_STAGES:
            for meaning in self.columns.by_field.get(Field.PLANNED_SIGNING, []):
                parts = self._text_parts(draft, meaning)
                if parts and self._put_day(draft, meaning, parts, signed=True):
                    return

    def _put_day(self, draft: Draft, meaning: Meaning, parts: Sequence[tuple[Cell, int, int]], *, signed: bool) -> bool:
        found: DayFound = read_day(parts[0][0], self.around.calendar)
        if found.vague and found.value is None:
            draft.flags.append(Flag(FlagCode.DATE_VAGUE, {"text": parts[0][0].text[:40]}))
            return False
        if found.value is None:
            if found.yearless:
                draft.flags.append(Flag(FlagCode.DATE_WITHOUT_YEAR, {"text": parts[0][0].text[:40]}))
            return False
        if found.planned or (not signed and self._future(found.value)):
            draft.flags.append(Flag(FlagCode.DATE_VAGUE, {"text": parts[0][0].text[:40]}))
            return False
        flags = [Flag(FlagCode.DATE_WITHOUT_YEAR, {"assumed": found.value.first.year})] if found.yearless else []
        self.put(
            draft,
            Field.SIGNED_ON,
            found.value,
            parts[:1],
            confidence=meaning.confidence * (0.9 if flags else 1.0),
            flags=flags,
        )
        return True

    def _signed_in_text(self, draft: Draft) -> bool:
        progress = draft.values.get(Field.PROGRESS)
        text = squeeze(str(progress.value)) if progress else ""
        matches = list(_SIGNED_IN_TEXT.finditer(text))
        for match in sorted(matches, key=lambda one: "框架" in one[0] or "意向" in one[0]):
            clause = re.split(r"[,，。;；]", text[: match.start()])[-1] + match[0]
            if _NOT_SIGNED.search(clause):
                continue
            found = read_day_text((match["after"] or match["before"]).lower(), self.around.calendar)
            if found.value is not None and not self._future(found.value):
                assert progress is not None
                flags = (
                    (Flag(FlagCode.DATE_WITHOUT_YEAR, {"assumed": found.value.first.year}),) if found.yearless else ()
                )
                draft.values[Field.SIGNED_ON] = Value(
                    Field.SIGNED_ON, found.value, match[0], progress.cells, 0.85, flags
                )
                return True
        return False

    def _rest(self, draft: Draft) -> None:
        for meaning in self.columns.all:
            if meaning.field is Field.SERIAL:
                continue
            for column in meaning.family or (meaning.head.index,):
                for row in (draft.row.row, *draft.row.more):
                    cell = self.grid.raw(row, column)
                    if cell is BLANK or (row, column) in draft.used or is_nothing(cell.text):
                        continue
                    draft.unmapped.append(Unmapped(meaning.head.head, cell.text, self.grid.ref(row, column)))

        for column in self.headless:
            cell = self.grid.raw(draft.row.row, column)
            if cell is not BLANK and not is_nothing(cell.text):
                draft.unmapped.append(Unmapped("", cell.text, self.grid.ref(draft.row.row, column)))

    def _keep(self, draft: Draft, parts: Sequence[tuple[Cell, int, int]], head: str) -> None:
        for cell, row, column in parts[:1]:
            draft.unmapped.append(Unmapped(head, cell.text, self.grid.ref(row, column)))


def _in_section(unit: ColumnUnit, sections: Sections) -> tuple[ColumnUnit, bool]:
    """The unit in force at a row, and whether a heading or line within the table contradicts the column's own head: then it
    is the likelier one, but a person must say so."""
    inner = sections.units()
    if len(inner) != 1:
        return unit, False
    stated = ColumnUnit(inner[0].scale, inner[0].currency, "section")
    if not unit.source or unit.source in {"line", "title", "note"}:
        return stated, False
    same = (unit.scale, unit.currency) == (stated.scale, stated.currency)
    if unit.source != "head" or unit.several or unit.scale is None or same:
        return unit, False
    return stated, True


def _unit_order(meaning: Meaning) -> tuple[int, float]:
    head = meaning.head.head
    rank = 0 if "专班" in head else 3 if re.search(r"填报|报送|推荐|引荐|分管|主管|归口|服务|镇|属地", head) else 1
    return rank, -meaning.confidence


def _milestone(head: str) -> StageFound | None:
    flat = squeeze(head)
    if re.search(r"计划|预计|拟|目标|预期|成立|更新|洽谈|考察", flat):
        return None
    stage = stage_of_cell(flat)
    return (
        stage
        if stage in {StageFound.REGISTERED, StageFound.CONSTRUCTION, StageFound.PRODUCTION}
        and not re.search(r"备案|立项|审批|报批", flat)
        else None
    )
