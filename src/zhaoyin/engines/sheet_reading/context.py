"""What titles, sheet names, lines above a table and section headings say: stage, unit, industry, site, money unit, date."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.sheet_reading.amounts import MoneyUnit, units_stated
from zhaoyin.engines.sheet_reading.days import Calendar, end_of, read_day_text
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import StageFound
from zhaoyin.engines.sheet_reading.stages import stage_of_heading
from zhaoyin.engines.sheet_reading.texts import squeeze, without_numbering

_COUNTED = re.compile(
    r"[(（\[【][^()（）\[\]【】]*(?:\d|个|项|共|合计|单位|投资)[^()（）\[\]【】]*[)）\]】]|[,，:：;；]?(?:共计?|合计|计|总计)?\s*\d+\s*(?:个|项|家|宗)(?:项目)?.*$|[,，](?:总投资|计划投资|投资).*$"
)
_TAIL = re.compile(r"(?:招商|重点|引进|类)?(?:项目|企业)?(?:情况|进展|清单|名单|列表|汇总|一览|台账|明细)?(?:表)?$")
_INDUSTRY = re.compile(
    r"装备|制造|电子|信息|材料|医药|生物|健康|医疗|能源|汽车|化工|食品|农业|纺织|服装|服务业|物流|文旅|旅游|康养|数字|软件|智能|机械|建材|冶金|钢铁|环保|节能|半导体|集成电路|航空|航天|海洋|轻工|家居|"
    r"商贸|金融|总部经济|电商|大数据|光伏|储能|氢能|锂电|装配式|产业|行业|制药|器械|光电|通信|船舶|轨道|低空|科技|城市|房地产|教育|消费|智造|新基建|芯片|机器人|新一代|专用车|零部件|包装|印刷|造纸|陶瓷|矿产|一产|二产|三产|工业类|工业$"
)
_FORCE = re.compile(r"专班|工作组|招商组|招商小组|小分队|推进组")
_OFFICE = re.compile(
    r"(?:局|委|办|镇|街道|乡|办公室|管委会|招商中心|服务中心|促进中心|开发区|高新区|经开区|分局|商会|街道办|国资公司|平台公司|县|区|招商部|科|处|场|新区|办事处|投促中心)$"
)
_SITE = re.compile(
    r"(?:园|园区|产业园|工业园|地块|片区|基地|新城|港|小镇|孵化器|加速器|大厦|广场|楼|厂房|集聚区|示范区|智造园|科技城|组团)$"
)
_NEUTRAL = re.compile(
    r"^(?:sheet\s*\d*|表\s*\d*|工作表\s*\d*|\d+|汇总|总表|明细|台账|项目|一览表|.{0,4}项目(?:表|库|台账|清单)?|附件\d*|\d{1,2}月(?:份)?|第.周|20\d\d.*|总台账|全部|[一二三四]季度|数据)$",
    re.I,
)
_FRAME = re.compile(r"^[【】\[\]《》■◆●★#*=_\-—>]+|[【】\[\]《》■◆●★#*=_\-—>]+$")
_DATES = re.compile(
    r"(?:填报|填表|报送|上报|制表|更新|统计|截止|截至|数据|编制|汇总)(?:时间|日期|期)?(?:[:：]|至|到|为)?\s*(?:截[至止])?\s*(?P<when>[^;；,，()（）]{2,24})|(?:截[至止])(?:到)?(?P<until>[^;；,，()（）]{2,20})"
)
_MONTHS = re.compile(r"((?:19|20)\d\d)年?\s*(?:第?[一1]\s*[-至到~—]+\s*)?(?:\d{1,2}\s*[-至到~—]+\s*)?(\d{1,2})月")
_QUARTER = re.compile(r"((?:19|20)\d\d)年?\s*(?:第?([一二三四1-4])季度|(上半年|前三季度|全年))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|(?=\D|$))")
_FILE_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.年]?(0?[1-9]|1[0-2])[-_.月]?(3[01]|[12]\d|0?[1-9])日?(?!\d)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says; parts it does not say are None or empty."""

    text: str
    stage: StageFound | None = None
    force: str = ""
    office: str = ""
    industry: str = ""
    site: str = ""
    units: tuple[MoneyUnit, ...] = ()
    level: str = ""


@lru_cache(maxsize=4096)
def read_heading(text: str, *, is_name: bool = False) -> Heading:
    """The facts of a section heading, a sheet name (`is_name`) or a title."""
    flat = _FRAME.sub("", squeeze(text))
    stage = stage_of_heading(flat)
    units = units_stated(text)
    level = _level(flat)
    if is_name and _NEUTRAL.match(flat):
        return Heading(text, stage, units=units, level=level)
    bare = _COUNTED.sub("", without_numbering(flat)).strip(" :：,，、.。【】[]")
    label = re.match(
        r"(?:所属)?(?:产业|行业|板块|领域|责任单位|招引单位|单位|专班|园区|选址|镇街|属地|阶段|状态)[:：](.+)", bare
    )
    bare = label[1] if label else bare
    shorter = _TAIL.sub("", bare) or bare
    force = re.search(r"[^、,，\s()（）:：]{2,12}?(?:专班|工作组|招商组|招商小组|小分队|推进组)", bare)
    if force and len(bare) <= 24:
        return Heading(text, stage, force=force[0], units=units, level=level)
    if stage is not None and (len(shorter) <= 12 or is_name):
        return Heading(text, stage, units=units, level=level)
    if len(shorter) > 16 or re.search(r"20\d\d年|招商引资", shorter):
        return Heading(text, stage, units=units, level=level)
    if _OFFICE.search(shorter) and not re.search(r"工业园区|产业园区", shorter):
        return Heading(text, stage, office=shorter, units=units, level=level)
    if _SITE.search(shorter):
        return Heading(text, stage, site=shorter, units=units, level=level)
    if _INDUSTRY.search(shorter):
        return Heading(text, stage, industry=shorter, units=units, level=level)
    return Heading(text, stage, units=units, level=level)


def _level(flat: str) -> str:
    for name, pattern in (
        ("part", r"第[一二三四五六七八九十]+(?:部分|章|类)"),
        ("han", r"[一二三四五六七八九十]{1,3}[、.．:：]|[一二三四五六七八九十]{1,3}$"),
        ("han-bracket", r"[(（][一二三四五六七八九十]{1,3}[)）]"),
        ("digit", r"\d{1,2}[、.．]"),
        ("digit-bracket", r"[(（]\d{1,2}[)）]"),
        ("marked", r"[【\[■◆●★]"),
    ):
        if re.match(pattern, flat):
            return name
    return "plain"


@dataclass(slots=True)
class Sections:
    """The headings in force at a row, outermost first."""

    open: list[Heading] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        """A heading replaces those of its own numbering, or of the same kind of fact, and all below them; a unit line only
        the unit line before."""
        if heading.level == "unit":
            self.open = [one for one in self.open if one.level != "unit"]
            self.open.append(heading)
            return
        for place, known in enumerate(self.open):
            same_kind = heading.level == "plain" and known.level == "plain" and _kind(known) == _kind(heading)
            if (known.level == heading.level and heading.level != "plain") or same_kind:
                del self.open[place:]
                break
        self.open.append(heading)

    def stage(self) -> StageFound | None:
        """The innermost stage."""
        return next((one.stage for one in reversed(self.open) if one.stage is not None), None)

    def first(self, name: str) -> str:
        """The innermost value of `force`, `office`, `industry` or `site`."""
        return next((value for one in reversed(self.open) if (value := getattr(one, name))), "")

    def units(self) -> tuple[MoneyUnit, ...]:
        """Money units of the innermost heading that states any."""
        return next((one.units for one in reversed(self.open) if one.units), ())


def _kind(heading: Heading) -> str:
    for name in ("force", "office", "industry", "site"):
        if getattr(heading, name):
            return name
    return "stage" if heading.stage is not None else ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a whole table: title stage, names of the sheet, money units, the calendar."""

    title: str = ""
    stage: StageFound | None = None
    sheet: Heading | None = None
    title_heading: Heading | None = None
    units: tuple[MoneyUnit, ...] = ()
    unit_text: str = ""
    calendar: Calendar = field(default_factory=Calendar)
    reporting: PartialDate | None = None
    office: str = ""
    sections: tuple[Heading, ...] = ()
    """Numbered headings between the title and the head (一、签约项目), which hold until the next of their kind."""


def surroundings(*, sheet_name: str, lines: Sequence[str], file: "Surroundings | None" = None) -> Surroundings:
    """Facts of the lines above a table and the sheet's name, completed by those of the file."""
    titles = [line for line in lines if _is_title(line)]
    title = next((line for line in titles if not _is_section(line)), titles[0] if titles else "")
    named = read_heading(sheet_name, is_name=True) if sheet_name else None
    stage = stage_of_heading(title) if title else None
    if named is not None and named.stage is not None:
        stage = named.stage
    heading = read_heading(title) if title else None
    units: tuple[MoneyUnit, ...] = ()
    unit_text = ""
    for line in (sheet_name, *lines):
        found = units_stated(line)
        if found:
            units, unit_text = found, line
    reporting, year = _reporting(lines, sheet_name)
    if file is not None:
        reporting = reporting or file.reporting
        year = year or file.calendar.year
        if not units and file.units:
            units, unit_text = file.units, file.unit_text
        if stage is None and file.stage is not None:
            stage = file.stage
    calendar = Calendar(end_of(reporting) if reporting else None, year)
    sections = tuple(read_heading(line) for line in lines if line != title and _is_section(line))
    return Surroundings(title, stage, named, heading, units, unit_text, calendar, reporting, sections=sections)


def of_file(*, file_name: str, sheets: Iterable[tuple[str, Sequence[str]]], given: date | None) -> Surroundings:
    """What the file's name and the first lines of its sheets say, for sheets that say nothing themselves."""
    stem = re.sub(r"\.\w{1,5}$", "", file_name)
    found: list[PartialDate] = []
    years: list[int] = []
    for name, lines in sheets:
        reporting, year = _reporting(lines, name)
        if reporting is not None:
            found.append(reporting)
        if year is not None:
            years.append(year)
    day = _FILE_DAY.search(stem)
    own: PartialDate | None = None
    if day:
        own = _partial(int(day[1]), int(day[2]), int(day[3]))
    stem_reporting, stem_year = _reporting([stem], "")
    reporting = max(found, key=end_of, default=None) or own or stem_reporting
    if reporting is None and given is not None:
        reporting = PartialDate(given)
    year = years[0] if years else stem_year
    calendar = Calendar(end_of(reporting) if reporting else None, year)
    return Surroundings(stem, stage_of_heading(stem), None, None, units_stated(stem), stem, calendar, reporting)


def _is_title(line: str) -> bool:
    flat = squeeze(line)
    if re.match(r"附件|附表|表\d|单位[:：]|(?:备注|说明|注)[:：]|填报|[(（]?截[至止]|制表|密级|编号", flat):
        return False
    return len(flat) >= 4 and not re.fullmatch(r"[(（]?20\d\d.{0,8}[)）]?", flat)


def _is_section(line: str) -> bool:
    flat = squeeze(line)
    return len(flat) <= 30 and _level(flat) in {"part", "han", "han-bracket"} and not flat.endswith(("。", ";", "；"))


def _partial(year: int, month: int, day: int | None = None) -> PartialDate | None:
    try:
        if day is None:
            return PartialDate(date(year, month, 1), Precision.MONTH)
        return PartialDate(date(year, month, min(day, monthrange(year, month)[1])))
    except (ValueError, InvalidValue):
        return None


def _reporting(lines: Sequence[str], sheet_name: str) -> tuple[PartialDate | None, int | None]:
    """The reporting date that lines state (填报时间, 截至, a date alone, the months of a title), and the title's year."""
    year: int | None = None
    dated: PartialDate | None = None
    months: PartialDate | None = None
    for line in lines:
        flat = squeeze(line)
        known = _YEAR.search(flat)
        year = year or (int(known[1]) if known else None)
        for match in _DATES.finditer(flat):
            found = read_day_text((match["when"] or match["until"]).lower(), Calendar(None, year))
            if found.value is not None and not found.planned and found.value.precision is not Precision.YEAR:
                dated = dated or found.value
        alone = re.fullmatch(r"[(（]?(?:日期[:：])?((?:19|20)\d\d[年./-]\d{1,2}[月./-](?:\d{1,2}日?)?)[)）]?", flat)
        if alone:
            found = read_day_text(alone[1].lower(), Calendar(None, year))
            dated = dated or found.value
        months = months or _months(flat)
    month = re.search(r"(\d{1,2})月(?:份)?$", squeeze(sheet_name))
    if dated is None and months is None and month and year is not None and 1 <= int(month[1]) <= 12:
        months = _partial(year, int(month[1]))
    return dated or months, year


def _months(flat: str) -> PartialDate | None:
    found = _MONTHS.search(flat)
    if found and 1 <= int(found[2]) <= 12:
        day = re.match(r"(\d{1,2})[日号]", flat[found.end() :])
        return _partial(int(found[1]), int(found[2]), int(day[1]) if day and 1 <= int(day[1]) <= 31 else None)
    quarter = _QUARTER.search(flat)
    if quarter:
        part = {"上半年": 6, "前三季度": 9, "全年": 12}.get(quarter[3] or "")
        number = "一二三四".find(quarter[2]) + 1 if quarter[2] and not quarter[2].isdigit() else int(quarter[2] or 0)
        return _partial(int(quarter[1]), part or number * 3)
    return None


def with_section(table: Surroundings, title: str) -> Surroundings:
    """The same, with the title of one of several side-by-side tables."""
    heading = read_heading(title)
    return replace(table, title=title or table.title, stage=heading.stage or table.stage, title_heading=heading)


CONTEXT_FIELDS = {"force": Field.UNIT, "office": Field.UNIT, "industry": Field.INDUSTRY, "site": Field.SITE}
