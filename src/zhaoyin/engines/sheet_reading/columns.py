"""The columns of one table: meaning, unit, families of dated columns, and tick columns."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoyin.engines.sheet_reading.amounts import MoneyUnit, mu_unit, units_stated
from zhaoyin.engines.sheet_reading.content import Content, content_of, features
from zhaoyin.engines.sheet_reading.context import Surroundings
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import HeadColumn, Region
from zhaoyin.engines.sheet_reading.meaning import Guess, core, guesses, head_scores
from zhaoyin.engines.sheet_reading.problem import BLANK, MONEY_FIELDS, Cell, CellKind, ColumnChoice, Field
from zhaoyin.engines.sheet_reading.result import Column
from zhaoyin.engines.sheet_reading.stages import stage_of_cell
from zhaoyin.engines.sheet_reading.texts import squeeze
from zhaoyin.engines.sheet_reading.units import ColumnUnit, column_unit

_WHEN = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年?)?(?:第?(?P<week>\d{1,2})周|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?|[.\-/](?P<m2>\d{1,2})(?:[.\-/](?P<d2>\d{1,2}))?)"
)
_WORDS = {"上上": -2, "上": -1, "前": -1, "本": 0, "当": 0, "这": 0, "最新": 0, "目前": 0, "下": 9}
_PERIOD_WORD = re.compile(r"(上上|上|本|当|这|下)(?:一)?(?:周|月|季度|期)")
_THIS_PERIOD = re.compile(r"本年|当年|今年|年内|年度|本月|当月|本周|当周|本季|新增")
_CUMULATIVE = re.compile(r"累计|总计|截至|截止|开工以来|至今|自")
_PLANNED = re.compile(r"计划|预计|拟|预期|目标|力争|待")
_ACTUAL = re.compile(r"实际|正式|确认")


@dataclass(slots=True)
class Meaning:
    """One column (or family of dated columns, latest first) with everything the rows need."""

    head: HeadColumn
    field: Field
    confidence: float
    guess: Guess | None
    unit: ColumnUnit
    land_unit: Decimal | None = None
    family: tuple[int, ...] = ()
    ticks: bool = False
    content: Content | None = None
    chosen: bool = False
    planned: bool = False
    actual: bool = False
    fills_down: bool = False


@dataclass(slots=True)
class Columns:
    """All columns of a table, by field and in order."""

    all: list[Meaning]
    by_field: dict[Field, list[Meaning]] = field(default_factory=lambda: defaultdict(list))
    tick_groups: dict[Field, list[Meaning]] = field(default_factory=dict)

    def one(self, wanted: Field) -> Meaning | None:
        """The first column of a field."""
        found = self.by_field.get(wanted)
        return found[0] if found else None


def columns_of(
    grid: Grid,
    region: Region,
    around: Surroundings,
    choices: Mapping[int, ColumnChoice],
    lines: Sequence[tuple[str, tuple[MoneyUnit, ...]]],
    body: Sequence[int] | None = None,
) -> Columns:
    """Meaning and unit of every column of the region; `choices` by a person replace what the model says."""
    rows = range(region.first, region.last) if body is None else body
    families = _families(region.columns)
    heads = [region.columns[family[0]] for family in families]
    contents = [
        content_of([cell for place in family for cell in _cells(grid, region.columns[place].index, rows)])
        for family in families
    ]
    found = guesses([(head.head, head.group, content) for head, content in zip(heads, contents, strict=True)])
    result: list[Meaning] = []
    for head, family, content, guess in zip(heads, families, contents, found, strict=True):
        meaning = Meaning(head, guess.field, guess.confidence, guess, ColumnUnit(), content=content)
        meaning.family = tuple(region.columns[place].index for place in family)
        flat = squeeze(head.group + head.head)
        meaning.planned, meaning.actual = bool(_PLANNED.search(flat)), bool(_ACTUAL.search(flat))
        choice = choices.get(head.index)
        if choice is not None:
            _apply(meaning, choice)
        result.append(meaning)
    columns = Columns(result)
    _ticks(columns)
    _settle(columns)
    for meaning in result:
        columns.by_field[meaning.field].append(meaning)
        noted = _comment_units(grid, region, meaning)
        _give_unit(meaning, [*noted, *lines], choices.get(meaning.head.index))
    return columns


def _comment_units(grid: Grid, region: Region, meaning: Meaning) -> list[tuple[str, tuple[MoneyUnit, ...]]]:
    """The unit that a comment on the head states."""
    if not grid.sheet.comments:
        return []
    places = (grid.ref(row, meaning.head.index) for row in range(region.top, region.bottom + 1))
    texts = [text for place in places if (text := grid.sheet.comments.get((place.row, place.column)))]
    return [("comment", units) for text in texts if (units := units_stated(text))]


def _cells(grid: Grid, column: int, rows: Sequence[int] | range) -> list[Cell]:
    step = max(1, len(rows) // 4000)
    return [cell for row in rows[::step] if (cell := grid.raw(row, column)) is not BLANK]


def _apply(meaning: Meaning, choice: ColumnChoice) -> None:
    if choice.ignored:
        meaning.field, meaning.confidence, meaning.chosen = Field.OTHER_TEXT, 1.0, True
    elif choice.field is not None:
        meaning.field, meaning.confidence, meaning.chosen = choice.field, 1.0, True


def _families(columns: Sequence[HeadColumn]) -> list[list[int]]:
    """Columns that differ only by a date or week in their heads, latest first; every other column alone."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    order: dict[int, tuple[float, ...]] = {}
    for place, column in enumerate(columns):
        rank = _rank(column)
        if rank is not None:
            stem = core(_PERIOD_WORD.sub("", _WHEN.sub("", squeeze(column.head)))).strip("0123456789")
            groups[stem, core(column.group)].append(place)
            order[place] = (*rank, place)
    grouped = {key: places for key, places in groups.items() if len(places) > 1}
    taken = {place for places in grouped.values() for place in places}
    found = [sorted(places, key=lambda place: order[place], reverse=True) for places in grouped.values()]
    found += [[place] for place in range(len(columns)) if place not in taken]
    return sorted(found, key=min)


def _rank(column: HeadColumn) -> tuple[float, ...] | None:
    flat = squeeze(column.head)
    if re.search(r"计划|打算|安排|目标", flat):
        return None
    match = _WHEN.search(flat)
    word = _PERIOD_WORD.search(flat)
    if match is None and word is None:
        return None
    if match is None:
        assert word is not None
        return (0.0, float(_WORDS.get(word[1], 0)), 0.0)
    year = float(match["year"] or (re.search(r"(20\d\d)", column.group) or ["", "0"])[1])
    number = float(match["week"] or match["month"] or match["m2"] or 0)
    return (year, number, float(match["day"] or match["d2"] or 0))


def _ticks(columns: Columns) -> None:
    """Columns of √ under stage words, industries or units become one value: the head that is ticked."""
    ticked = [
        one
        for one in columns.all
        if not one.chosen
        and one.content is not None
        and one.content.filled
        and one.content.share("tick") >= 0.6
        and not one.content.running
    ]
    if len(ticked) < 2:
        return
    groups: dict[str, list[Meaning]] = defaultdict(list)
    for one in ticked:
        groups[one.head.group].append(one)
    for group, members in groups.items():
        if len(members) < 2:
            continue
        staged = sum(stage_of_cell(one.head.head) is not None for one in members)
        if staged * 2 >= len(members):
            wanted: Field | None = Field.STAGE
        else:
            named = head_scores(group)[0] if core(group) else None
            wanted = named[0] if named is not None and named[2] >= 0.5 else None
            if wanted not in {Field.INDUSTRY, Field.UNIT, Field.SITE, Field.STAGE}:
                wanted = _of_heads([one.head.head for one in members])
        if wanted is None:
            continue
        for one in members:
            one.ticks, one.field, one.confidence = True, wanted, 0.9
        columns.tick_groups[wanted] = members


def _of_heads(heads: Sequence[str]) -> Field | None:
    """What marked heads without a group name: task forces, or in their majority industries."""
    if any("专班" in head for head in heads):
        return Field.UNIT
    named = sum("industry" in features(head, CellKind.TEXT) for head in heads)
    return Field.INDUSTRY if named * 2 > len(heads) else None


def _settle(columns: Columns) -> None:
    """Money of one period only is not cumulative; planned signing dates are not signing dates; a lone converted amount counts."""
    for one in columns.all:
        if one.chosen or one.ticks:
            continue
        flat = squeeze(one.head.group + one.head.head)
        _hold_to_words(one, flat)
        if (one.field is Field.FUNDS_IN_PLACE and _THIS_PERIOD.search(flat) and not _CUMULATIVE.search(flat)) or (
            one.field is Field.PLANNED_TOTAL
            and re.search(r"本年|当年|今年|年度|20\d\d年|[一二三]期|本月|上年", flat)
            and not re.search(r"总", flat)
        ):
            one.field = Field.OTHER_MONEY
        elif one.field is Field.SIGNED_ON and one.planned and not one.actual:
            one.field = Field.PLANNED_SIGNING
        elif one.field is Field.PLANNED_SIGNING and one.actual:
            one.field = Field.SIGNED_ON
        elif one.field is Field.OTHER_DATE and re.search(r"签约|签订|签署", flat):
            one.field = Field.PLANNED_SIGNING if one.planned and not one.actual else Field.SIGNED_ON
    _by_content(columns)
    _land_by_cells(columns)
    _promote(columns)


_FIXED_WORDS = re.compile(r"固|fixed|fai", re.I)
_FUNDS_WORDS = re.compile(
    r"到位|到资|到账|实到|完成|已投|投入|实际|累计|place|arrived|paid|received|disbursed|date", re.I
)


_SHARES = {Field.INDUSTRY: "industry", Field.UNIT: "unit", Field.SITE: "site", Field.STAGE: "stage"}


def _known_by_head_or_cells(one: Meaning) -> bool:
    """A word of the head, or of a third of the cells, speaks for it."""
    near = next((near for field, _, near, _ in head_scores(one.head.group + one.head.head) if field is one.field), 0.0)
    return near >= 0.25 or (one.content is not None and one.content.share(_SHARES[one.field]) >= 0.3)


def _hold_to_words(one: Meaning, flat: str) -> None:
    """What lost its own meaning to a better column does not become another amount, a number or a stage by chance."""
    if one.field is Field.STAGE and len(one.family) > 1:
        one.field = Field.PROGRESS
    elif one.field is Field.INDUSTRY and one.content is not None and one.content.share("sort") >= 0.6:
        one.field = Field.OTHER_TEXT
    elif one.field is Field.SERIAL and not (one.content is not None and one.content.running):
        known = next((near for field, _, near, _ in head_scores(one.head.head) if field is Field.SERIAL), 0.0)
        one.field = Field.SERIAL if known >= 0.6 else Field.OTHER_NUMBER
    elif one.field in _SHARES and not _known_by_head_or_cells(one):
        one.field = Field.OTHER_TEXT
    elif (one.field is Field.FIXED_ASSET and not _FIXED_WORDS.search(flat)) or (
        one.field is Field.FUNDS_IN_PLACE and not _FUNDS_WORDS.search(flat)
    ):
        one.field = Field.OTHER_MONEY


def _land_by_cells(columns: Columns) -> None:
    """面积 over cells in 亩: the column is land, those of its cells that state a floor area are not."""
    if any(one.field is Field.LAND for one in columns.all):
        return
    for one in columns.all:
        if one.field is not Field.OTHER_AREA or one.chosen or one.content is None:
            continue
        if one.content.share("area_mu") >= 0.4 and not re.search(r"建筑|厂房|租|购|办公", squeeze(one.head.head)):
            one.field = Field.LAND
            return


_PROSE = frozenset({Field.DESCRIPTION, Field.REMARKS, Field.OTHER_TEXT, Field.PROGRESS, Field.STAGE})


def _by_content(columns: Columns) -> None:
    """A text column is what its cells say, not what its head says."""
    told = [
        one
        for one in columns.all
        if one.field in _PROSE and not one.chosen and not one.ticks and one.content is not None and one.content.filled
    ]
    for one in told:
        assert one.content is not None
        describes, progress = one.content.share("describes"), one.content.share("progress")
        if (
            one.field is Field.PROGRESS
            and describes >= 0.6
            and progress <= 0.35 * describes + 0.1
            and one.content.filled >= 3
        ):
            one.field = Field.DESCRIPTION
    if any(one.field is Field.PROGRESS for one in columns.all):
        return
    best = max(told, key=_progress_weight, default=None)
    if best is not None and _progress_weight(best) >= 0.5:
        if best.field is Field.STAGE and best.content is not None and best.content.length < 9:
            return
        best.field = Field.PROGRESS


def _progress_weight(one: Meaning) -> float:
    assert one.content is not None
    content = one.content
    other = max(content.share("describes"), content.share("plans"), content.share("problems"))
    planned = 0.4 if re.search(r"计划|打算|下步|下一步|问题|诉求|来源", one.head.head) else 0.0
    return content.share("progress") - 0.8 * other - content.share("stage_only") - planned


def _promote(columns: Columns) -> None:
    """A field that no column has, given to the best column that lost it by rank only."""
    held = {one.field for one in columns.all}
    if Field.FUNDS_IN_PLACE not in held:
        for one in columns.all:
            flat = squeeze(one.head.group + one.head.head)
            if (
                one.field is Field.OTHER_MONEY
                and re.search(r"到位|到资|到账|完成投资", flat)
                and _CUMULATIVE.search(flat)
            ):
                one.field = Field.FUNDS_IN_PLACE
                break
    if Field.PLANNED_TOTAL in held:
        return
    converted = [one for one in columns.all if one.field is Field.CONVERTED and not one.chosen]
    likely = converted or [
        one
        for one in columns.all
        if one.field in {Field.OTHER_MONEY, Field.OTHER_NUMBER}
        and not one.chosen
        and one.content is not None
        and one.content.share("number") + one.content.share("money") >= 0.6
        and re.search(r"投|资|额|规模|体量|金", squeeze(one.head.group + one.head.head))
        and not _NO_TOTAL.search(squeeze(one.head.head))
    ]
    if likely:
        best = max(likely, key=_as_total)
        best.field, best.confidence = Field.PLANNED_TOTAL, min(best.confidence, 0.6)


_NO_TOTAL = re.compile(
    r"税|产值|销售|收入|营收|注册|利润|设备|补贴|贷款|融资|保证金|价款|出让|本月|本年|当年|今年|年度|一期|二期|其中|外资|自有|自筹|工资|认缴|实缴|强度|亩均|率|比|流动|资本|基金|到位|产出|纳税"
)


def _as_total(one: Meaning) -> float:
    return next(
        (score for field, score, _, _ in head_scores(one.head.group + one.head.head) if field is Field.PLANNED_TOTAL),
        -9.0,
    )


def _give_unit(
    meaning: Meaning, lines: Sequence[tuple[str, tuple[MoneyUnit, ...]]], choice: ColumnChoice | None
) -> None:
    if meaning.field in {*MONEY_FIELDS, Field.CONVERTED, Field.OTHER_MONEY}:
        meaning.unit = column_unit(head=meaning.head.head, group=meaning.head.group, lines=lines)
        if choice is not None and choice.unit is not None:
            meaning.unit = ColumnUnit(choice.unit, choice.currency or meaning.unit.currency, "choice")
        elif choice is not None and choice.currency is not None:
            meaning.unit = ColumnUnit(meaning.unit.scale, choice.currency, meaning.unit.source)
    elif meaning.field is Field.LAND:
        meaning.land_unit = (
            choice.unit
            if choice is not None and choice.unit
            else mu_unit(meaning.head.head) or mu_unit(meaning.head.group)
        )


def report(columns: Columns, grid: Grid, region: Region) -> tuple[Column, ...]:
    """The columns as the result shows them, in the order of the sheet."""
    found = []
    for one in columns.all:
        for index in one.family or (one.head.index,):
            sample = [
                grid.raw(row, index).text
                for row in range(region.first, min(region.last, region.first + 60))
                if grid.raw(row, index).text
            ]
            place = grid.ref(region.top, index).column
            why = _why(one)
            head = next((column for column in region.columns if column.index == index), one.head)
            found.append(
                Column(
                    index=index, head="·".join(head.levels), field=one.field, unit=_factor(one),
                    currency=one.unit.currency, confidence=round(one.confidence, 3), sample=tuple(sample[:3]), why=why,
                    candidates=one.guess.candidates if one.guess else (), unit_from=one.unit.source,
                    hidden=place in grid.sheet.hidden_columns and not grid.transposed,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda column: column.index))


def _factor(one: Meaning) -> Decimal | None:
    return one.land_unit if one.field is Field.LAND else one.unit.scale


def _why(one: Meaning) -> tuple[str, ...]:
    if one.chosen:
        return ("choice",)
    found = [f"head:{one.guess.nearest}"] if one.guess and one.guess.nearest else []
    if one.content is not None:
        found += [
            f"content:{name}"
            for name, share in sorted(one.content.shares, key=lambda item: -item[1])[:2]
            if share >= 0.5
        ]
    return (*found, "ticks") if one.ticks else tuple(found)
