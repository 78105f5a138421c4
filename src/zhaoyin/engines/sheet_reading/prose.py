"""Running text: numbered lists, chat messages and paragraphs that describe one project each, as a grid with a head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zhaoyin.engines.sheet_reading.amounts import amounts_in
from zhaoyin.engines.sheet_reading.context import read_heading
from zhaoyin.engines.sheet_reading.grid import Grid
from zhaoyin.engines.sheet_reading.layout import HeadColumn, Region
from zhaoyin.engines.sheet_reading.meaning import headness
from zhaoyin.engines.sheet_reading.people import phones_in
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, Field, Range
from zhaoyin.engines.sheet_reading.stages import stage_of_text
from zhaoyin.engines.sheet_reading.texts import clean, has_numbering, is_nothing, squeeze, without_numbering

HEADS: dict[Field, str] = {
    Field.PROJECT_NAME: "项目名称", Field.INVESTOR: "投资方", Field.PLANNED_TOTAL: "总投资", Field.FIXED_ASSET: "固定资产投资",
    Field.FUNDS_IN_PLACE: "累计到位资金", Field.STAGE: "项目阶段", Field.SIGNED_ON: "签约时间", Field.INDUSTRY: "所属产业",
    Field.UNIT: "责任单位", Field.CONTACTS: "联系人及电话", Field.SITE: "项目选址", Field.PROGRESS: "进展情况", Field.JOBS: "用工人数",
    Field.LAND: "用地面积（亩）",
}  # fmt: skip
_LABEL = re.compile(
    r"(?:^|[,，;；。|\n\s])\s*(?:[【\[]\s*)?(?P<label>[^\s:：,，;；。【】\[\]|\d]{2,10})(?:\s*[】\]])?\s*[:：]\s*"
)
_COMPANY = (
    r"(?:[\u4e00-\u9fffA-Za-z]{2,24}?(?:[(（][\u4e00-\u9fff]{1,6}[)）])?[\u4e00-\u9fffA-Za-z]{0,14}?"
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|株式会社|集团公司|总公司|公司|集团|研究院|合作社))"
)
_FIRST_COMPANY = re.compile(
    rf"(?:由|投资方(?:为|是)|投资主体(?:为|是)|(?:投资方|投资主体)[:：]?)?(?P<company>{_COMPANY})"
)
_PROJECT_END = r"(?:项目|(?:基地|产业园|生产线|综合体|工程|总部|中心|平台)(?:(?:建设|扩建|技改|升级|改造|[一二三]期)*项目)|(?:基地|产业园|生产线|综合体|工程|总部)(?!项目|建设|扩建))"
_NAMED = re.compile(
    rf"(?:投资(?:建设|兴建)|拟建设?|计划建设|建设|打造|实施|推进|洽谈|的|引进|谈)?[“\"「《](?P<quoted>[^”\"」》]{{3,40}})[”\"」》]|"
    rf"(?:投资(?:约|超)?[^,，。;；]{{0,14}}?(?:元|亿|万|美元))?(?:建设|新建|兴建|实施|打造|的|洽谈|推进|引进)(?P<built>[^,，。;；:：的]{{3,36}}?{_PROJECT_END})|"
    rf"(?P<plain>[^,，。;；:：、()（）]{{3,40}}?{_PROJECT_END})"
)
_TOTAL = re.compile(
    r"(?:计划|预计|拟|协议|合同|项目)?(?:总)?投资(?:总)?(?:额|规模)?(?:约|超|超过|近|为|达|预计|不低于|[:：])*\s*$"
)
_FIXED = re.compile(r"(?:固定资产投资|固投|固定资产)(?:额|约|超|为|达|[:：])*\s*$")
_FUNDS = re.compile(r"(?:到位资金|资金到位|已到位|到资|到账|累计到位|实际到位)(?:累计|约|超|为|达|资金|[:：])*\s*$")
_NOT_TOTAL = re.compile(
    r"(?:产值|税收|销售|收入|利税|纳税|注册资本|注册资金|设备|利润|流动资金|贷款|融资|基金)[^,，。;；]{0,6}$"
)
_LAND = re.compile(
    r"(?:用地|占地|需地|土地|供地|征地|需|用)?(?:面积)?(?:约|近|超)?\s*(\d[\d.,]*\s*(?:余|多)?\s*(?:亩|公顷))"
)
_JOBS = re.compile(
    r"(?:用工|就业|岗位|招工|吸纳|带动)[^,，。;；\d]{0,8}((?:约|近|超)?\d[\d,]*\s*(?:余|多)?\s*(?:人|个|名)?)|(\d[\d,]*)\s*(?:余|多)?(?:人就业|个(?:就业)?岗位|名员工|名工人)"
)
_SITE = re.compile(
    r"(?:选址(?:于|在|位于)?|落户(?:于|在)?|拟选址(?:于|在)?|位于|地点(?:在|为)?|落在|拟落户)\s*[:：]?\s*(?P<site>[^,，。;；:：()（）\s]{2,24}?)(?=[,，。;；\s]|$|总投资|占地|用地|,)"
)
_UNIT = re.compile(
    r"(?:由)?(?P<unit>[\u4e00-\u9fff]{2,12}?(?:专班|局|镇|街道|招商组|管委会|办事处|服务中心))(?:负责|牵头|跟进|对接|跟踪|引荐|承接|招引|推进|在跟)|(?:责任单位|牵头单位|招引单位|专班|跟进单位)(?:为|是|[:：])\s*(?P<unit2>[^,，。;；\s]{2,14})"
)
_PROGRESS = re.compile(
    r"(?:目前|当前|进展(?:情况)?[:：]?|现(?:已|在)|最新进展[:：]?|截至目前)[,，:：]?\s*(?P<progress>[^。\n]{3,160})"
)
_CONTACT = re.compile(
    r"(?:联系人|对接人|负责人|联系|联络人|联系方式)[^\d\n。;；]{0,24}1[3-9]\d[\d\s\-]{8,12}(?:[、,，;； ]+[\u4e00-\u9fff（）()]{2,12}\s*1[3-9]\d[\d\s\-]{8,12})*|[\u4e00-\u9fff]{2,4}(?:[(（][^()（）]{1,8}[)）]|总|经理|董事长|主任)?[:：\s]*1[3-9]\d[\d\s\-]{8,11}"
)
_SIGNED = re.compile(
    r"(?:(?:19|20)\d\d年|\d{1,2}月|(?:19|20)\d\d[./-]\d{1,2})[^,，。;；尚未拟]{0,12}(?:签约|签订|签署)|(?:签约|签订|签署)[^,，。;；]{0,10}?(?:(?:19|20)\d\d[年./-]|\d{1,2}月)[\d月日./-]*"
)
_LONG = 24
_LONG_FIELDS = frozenset({Field.PROGRESS, Field.DESCRIPTION})


@dataclass(slots=True)
class Item:
    """One project's text: where it begins and ends (row, column), and the heading above it."""

    text: str
    row: int
    last_row: int
    column: int
    heading: str = ""


def prose_region(grid: Grid) -> tuple[Grid, Region] | None:
    """A grid with one row a described project; None when the sheet is no prose."""
    items = [item for item in _items(grid) if _describes(item.text)]
    if not items:
        return None
    fields = list(HEADS)
    lines: list[list[Cell]] = [[Cell(head) for head in HEADS.values()]]
    view = Grid(grid.sheet, [], len(fields), origin={})
    assert view.origin is not None
    same_row = len({item.row for item in items}) < len(items)
    heading = ""
    for item in items:
        if item.heading and item.heading != heading:
            heading = item.heading
            view.origin[len(lines), 0] = (item.row, item.column)
            view.places[len(lines)] = (grid.sheet.number_of(item.row), grid.sheet.number_of(item.row), None)
            lines.append([Cell(heading)] + [BLANK] * (len(fields) - 1))
            view.spans[len(lines) - 1, 0] = _wide(len(lines) - 1, len(fields))
        told = facts(item.text)
        number = len(lines)
        for index in range(len(fields)):
            view.origin[number, index] = (item.row, item.column)
        lines.append([Cell(told[field]) if field in told else BLANK for field in fields])
        column = item.column + 1 if same_row else None
        view.places[number] = (grid.sheet.number_of(item.row), grid.sheet.number_of(item.last_row), column)
    view.rows = lines
    heads = [HeadColumn(index, head, "", (head,)) for index, head in enumerate(HEADS.values())]
    return view, Region(0, 0, 1, len(lines), heads, [], 0, len(fields))


def _wide(row: int, width: int) -> Range:
    return Range(row, 0, row, width - 1)


def _items(grid: Grid) -> Iterator[Item]:
    """Paragraphs: a numbered line begins one, further lines belong to it; several in one cell are cut apart."""
    heading = ""
    current: Item | None = None
    blank_before = True
    for row in range(grid.height):
        filled = grid.filled(row)
        if not filled:
            blank_before = True
            continue
        column = filled[0]
        text = "，".join(grid.text(row, one) for one in filled)
        pieces = _cut(text)
        if len(pieces) > 1:
            if current is not None:
                yield current
                current = None
            for piece in pieces:
                yield Item(piece, row, row, column, heading)
            continue
        if _is_heading(text):
            if current is not None:
                yield current
                current = None
            heading = text
            continue
        begins = has_numbering(text) or _describes(text) or _labels(text)
        starts = begins and (has_numbering(text) or current is None or blank_before or _new_project(current.text, text))
        blank_before = False
        if starts:
            if current is not None:
                yield current
            current = Item(text, row, row, column, heading)
        elif current is not None:
            current.text += "\n" + text
            current.last_row = row
    if current is not None:
        yield current


def _cut(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    numbered = [place for place, line in enumerate(lines) if has_numbering(line)]
    if len(numbered) >= 2:
        bounds = [*numbered, len(lines)]
        return ["\n".join(lines[a:b]) for a, b in pairwise(bounds)]
    described = [line for line in lines if _describes(line)]
    return lines if len(described) >= 2 and len(described) == len(lines) else [text]


def _is_heading(text: str) -> bool:
    flat = squeeze(text)
    if len(flat) > 26 or re.search(r"公司|总投资|[。;；]", flat) or phones_in(text):
        return False
    said = read_heading(text)
    return (
        said.stage is not None
        or bool(said.force or said.office or said.industry)
        or re.match(r"^[一二三四五六七八九十]+、", flat) is not None
    )


def _new_project(before: str, text: str) -> bool:
    """A line that names a company and an amount when the paragraph before already has both."""
    return _describes(before) and _describes(text)


def _labels(text: str) -> bool:
    match = _LABEL.match("\n" + text)
    return match is not None and headness(match["label"])[0] >= 0.62


def _describes(text: str) -> bool:
    flat = squeeze(text)
    if len(flat) < 12 or re.match(r"^(?:备?注|说明|填表|单位)[:：]", flat):
        return False
    has_name = re.search(rf"{_PROJECT_END}|{_COMPANY}", flat) is not None
    has_more = (
        bool(amounts_in(flat.lower())) or stage_of_text(flat)[0] is not None or stage_of_text(flat)[1] is not None
    )
    labelled = sum(headness(match["label"])[0] >= 0.62 for match in _LABEL.finditer("\n" + text))
    return (has_name and has_more and len(flat) >= _LONG) or labelled >= 3


def facts(text: str) -> dict[Field, str]:
    """What a paragraph says, each as text that the table reader reads like a cell."""
    text = without_numbering(clean(text))
    found = _labelled(text)
    flat = text.replace("\n", "，")
    if Field.INVESTOR not in found:
        company = _FIRST_COMPANY.search(flat)
        if company:
            found[Field.INVESTOR] = re.sub(
                r"^(?:由|和|与|及|引进|对接|洽谈|是|为|关于|今天|跟|同)", "", company["company"]
            )
    if Field.PROJECT_NAME not in found:
        name = _name(flat, found.get(Field.INVESTOR, ""))
        if name:
            found[Field.PROJECT_NAME] = name
    _amounts(flat, found)
    _places_and_people(flat, found)
    _progress_or_stage(flat, found)
    return {field: value for field, value in found.items() if not is_nothing(value)}


def _places_and_people(flat: str, found: dict[Field, str]) -> None:
    for wanted, rule in ((Field.SITE, _SITE), (Field.UNIT, _UNIT), (Field.PROGRESS, _PROGRESS)):
        match = rule.search(flat) if wanted not in found else None
        if match:
            found[wanted] = next(part for part in match.groups() if part).strip(" ,，")
    land, jobs = _LAND.search(flat), _JOBS.search(flat)
    if land:
        found.setdefault(Field.LAND, land[1])
    if jobs:
        found.setdefault(Field.JOBS, jobs[1] or jobs[2])
    contact = [match[0] for match in _CONTACT.finditer(flat)]
    if contact and Field.CONTACTS not in found:
        found[Field.CONTACTS] = "；".join(contact)


def _progress_or_stage(flat: str, found: dict[Field, str]) -> None:
    signed = _SIGNED.search(flat)
    if signed and not re.search(r"拟|预计|计划|力争|争取|待", flat[max(0, signed.start() - 4) : signed.end()]):
        found.setdefault(Field.SIGNED_ON, signed[0])
    if Field.PROGRESS in found:
        end = r"[。\n]|[,，;；](?=联系人|对接人|联系电话|责任单位|牵头单位|总投资)"
        found[Field.PROGRESS] = re.split(end, found[Field.PROGRESS])[0].strip(" ,，;；")
    elif Field.STAGE not in found:
        told = stage_of_text(squeeze(flat))
        stage = told[0] or told[1]
        if stage is not None:
            found[Field.STAGE] = _STAGE_WORDS[stage.value]


_STAGE_WORDS = {
    "lead": "线索", "negotiating": "在谈", "signed": "签约", "registered": "注册", "construction": "开工", "production": "投产",
    "terminated": "终止",
}  # fmt: skip


def _labelled(text: str) -> dict[Field, str]:
    found: dict[Field, str] = {}
    matches = [match for match in _LABEL.finditer("\n" + text) if headness(match["label"])[0] >= 0.62]
    source = "\n" + text
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(source)
        field = headness(match["label"])[1]
        value = source[match.end() : end].strip(" \n,，;；。|")
        value = (
            re.split(r"[。\n]" if field in _LONG_FIELDS else r"[,，;；。\n]", value)[0].strip()
            if field is not Field.CONTACTS
            else value
        )
        if field is Field.PHONE and Field.CONTACTS in found:
            found[Field.CONTACTS] += " " + value
        elif field is Field.PHONE:
            found[Field.CONTACTS] = value
        elif field in HEADS and value:
            found.setdefault(field, value)
    return found


def _name(flat: str, investor: str) -> str:
    rest = flat.replace(investor, "", 1) if investor else flat
    for match in _NAMED.finditer(rest):
        name = match["quoted"] or match["built"] or match["plain"] or ""
        if match["quoted"] and not re.search(_PROJECT_END, name + rest[match.end() : match.end() + 2]):
            continue
        if match["quoted"] and rest[match.end() : match.end() + 2] == "项目":
            name += "项目"
        name = re.sub(
            r"^(?:拟|计划|预计)?(?:在[^,，]{2,10}?)?(?:投资)?(?:约|超|近)?[\d.,\-~]*(?:亿|万)?(?:美元|港元|欧元|日元|元)?(?:人民币)?(?:投资)?(?:建设|新建|兴建|打造|实施)?(?:的)?",
            "",
            name,
        )
        if re.search(r"(?:几|多|以下|上述|下列|这些|等)个?项目$|^(?:该|本|此|发|新)", name):
            continue
        name = re.sub(r"^(?:(?:想|要|打算|准备|计划|拟)(?:过来|来)?)?(?:投资?|建|做|搞|上)(?:一?个)?", "", name)
        if len(name) >= 3 and name not in {"该项目", "本项目", "此项目", "项目"}:
            return name
    plain = re.search(r"(?:做|搞|建|生产|上)(?P<thing>[^,，。;；:：\d]{2,20}?)(?=[,，。;；]|$)", rest)
    return plain["thing"] if plain and investor else ""


def _amounts(flat: str, found: dict[Field, str]) -> None:
    low = flat.lower()
    spare: str | None = None
    for amount in amounts_in(low):
        if amount.scale is None:
            continue
        before = flat[max(0, amount.start - 14) : amount.start]
        begin = amount.start - len(re.search(r"(?:约|近|超过|超|不低于|逾|人民币|不少于|不超过)*$", before)[0])  # type: ignore[index]
        tail = re.match(r"(?:人民币)?(?:左右|以上|以内|上下)", flat[amount.end :])
        written = flat[begin : amount.end + (len(tail[0]) if tail else 0)]
        if _NOT_TOTAL.search(before):
            continue
        if _FIXED.search(before):
            found.setdefault(Field.FIXED_ASSET, written)
        elif _FUNDS.search(before):
            found.setdefault(Field.FUNDS_IN_PLACE, written)
        elif _TOTAL.search(before):
            found.setdefault(Field.PLANNED_TOTAL, written)
        else:
            spare = spare or written
    if spare and Field.PLANNED_TOTAL not in found:
        found[Field.PLANNED_TOTAL] = spare
