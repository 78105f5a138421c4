"""Fields of ledger remarks (企业:… 投资额(万元):…) and of tables flattened to lines with one head line."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.domain.atoms.numbers import DIGITS
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Currency, Money, Unit
from zhaoyin.domain.value import value

_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"(?:项目|落户|入驻|引进|签约|拟引进|洽谈|目标|在谈|意向|用地|拟落户)(?:企业|单位|公司|客商)(?:名称)?|单位|(?:企业|公司)名|企业(?:名称)?|投资方(?:名称)?|(?:项目|投资|建设|申报)主体|投资单位|投资企业|现投资方|外方|中方|外资方|投资人|(?:境内|国内|本地)?(?:实施|承接|承办)主体|落地公司|项目公司|项目业主|落户企业|企业(?:全称|简称)|建设单位|客商(?:名称)?|单位名称|公司(?:名称)?|投资商|业主(?:单位|企业)?|承建企业|实施主体",
        "company",
    ),
    (r"项目(?:名称)?|(?:投资)?标的(?:名称)?|备案项目名称|拟投项目|拟建项目", "project"),
    (
        r"(?:项目)?(?:计划|协议|拟|预计|意向|合同)?总?投资?(?:总?额|规模|金额)|(?:项目)?(?:计划|协议|拟|预计|意向|合同)?总?投资|(?:拟|计划|意向)投|金额|计划总投资|总投资|计划投|拟投|总盘子?|总额|(?:合同|协议|签约)(?:总?额|金额)|(?:投资|合作)?额度|计划投入|(?:投资)?体量|投资概算",
        "invest",
    ),
    (
        r"(?:(?:所处|当前|目前)?(?:环节|阶段)|本旬|本期|本周(?:变化)?|本季度|眼下|走到哪一步|现状|近况|(?:履约|落实|兑现|建设)情况|目前(?:状况|情况|状态)|进展|形象进度|当前状态|核对结果|核实情况|(?:当前|最新|本周|本月|本旬|本期|眼下|近期)(?:状态|情况|动态)|节点|情况|项目进展|目前进展|状态|项目状态|(?:当前|目前|最新|眼下|工程|本月|本周)?(?:项目|工作|推进|建设)?(?:进展|进度)(?:情况)?|推进情况|最新进展|目前状态|项目现状)",
        "stage",
    ),
    (r"签约时间|签约日期|落地时间|签约日|投产日|最近联系|开工时间|时间|日期|登记日期", "date"),
    (r"责任人|经办|经办人|跟踪人|跟踪|专员|联系人|招商员|对接人|跟进人|洽谈人", "person"),
    (
        r"包联部门|包联单位|包抓部门|包抓单位|牵头部门|牵头|责任单位|专班|责任部门|包保单位|包保部门|服务单位|牵头单位|招引单位|引进单位|引荐(?:人|单位)?|推荐人|帮扶单位",
        "agency",
    ),
    (
        r"(?:\d{4}年|今年|年内|当年)?(?:计划|完成)投资(?:计划)?|(?:截?至)?\d{1,2}月(?:底|末)?(?:累计)?完成(?:投资)?|本年计划|本年到位|其中外资|外资额|已花|已投|已?到位(?:资金)?|注资到位|到资|实缴|年度计划|累计完成|当年计划|已完成(?:投资)?|本月完成|累计投资|年度投资|完成投资|固定资产投资|到位资金|其中固投|固投",
        "other_money",
    ),
    (r"注册资本", "capital"),
    (r"用工|用工人数|新增就业|招工(?:人数)?", "jobs"),
    (r"序号?|行号|编号|代码|项次|线索编号|项目编号", "number"),
    (
        r"施工单位|监理单位|总包(?:单位)?|设计单位|承建单位|参建单位(?:/其他)?|(?:包抓|包联|包保|包挂|牵头|帮扶|责任|分管|联系|挂钩|挂包|市级|县级|区级)?领导|(?:包抓|包联|包保)(?:人|干部|责任人)|备注|来自|从哪来|(?:主要)?(?:做什么|干什么)|来源|行业|中旬|国别|来源国|说明|荐引|内容|主要内容|产品|县区|区县|县市区?|市县|乡镇|镇街|填报单位|报送单位|所在地|落户地|落户地点|资金来源|项目内容|拟建内容|拟建项目内容|入库类别|建设内容|地点|建设地点|选址|产业|所属产业|来源地|区域|类别|性质|电话|联系方式|用地.*|面积",
        "text",
    ),
    (
        r"供货(?:给|对象|企业|方向|客户)|供(?:应)?给|配套(?:给|对象|主机厂?)|服务对象|(?:对应|所属|关联|所在|配套)?(?:链主|主机厂)(?:企业)?|(?:主要|下游|核心)客户",
        "customer",
    ),
    (
        r"往后|上(?:旬|期|月|周|季度)(?:状态|进展)?|存在(?:困难|问题)|问题|下周(?:动作|计划)|下步(?:动作|打算|计划)|下一步(?:工作|计划)?|卡点|堵点|难点|诉求|需协调事项",
        "aside",
    ),
)
_KIND = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, (pattern, _) in enumerate(_KINDS)))
_PROJECT_OF_FIRM = re.compile(r"项目(?:\((?:企业|单位|公司|业主)(?:名称)?\)|[/及](?:企业|单位|公司|业主))")
"""项目(企业): firms are named there."""
_SOME_FIRM = re.compile("[\u4e00-\u9fff]{2,4}(?:企业|公司)(?:名称)?")
"""线索企业, 重点企业名称."""
_AGREED = re.compile("(?:约定|合同|承诺|计划|目标|要求|应达|序时)(?:进度|节点|状态|时限)")
_SOME_STATE = re.compile("[\u4e00-\u9fff]{1,4}(?:状态|进展|现状|进度)")
"""约定进度 is what was to be, 年底状态 what is."""
_BRACKET = re.compile(r"\(.*?\)|/(?:万|亿)(?:美|欧)?元$|\s")
_CELL = re.compile(r"[A-Z][A-Za-zÀ-ÿ.&'-]*(?: [A-Z][A-Za-zÀ-ÿ.&'-]*)+(?:\([^()\s]{1,8}\))?(?=[ \t|]|$)|[^\s|]+")
"""Words of a Latin name are one cell."""
_WIDE_CELL = re.compile(r"[^\s|](?:(?! {2}|\t|\||\n).)*(?<!\s)")
LEAST_GAPS = 12
"""So many gaps of three blanks and more part cells: single blanks inside of them are a machine's."""
_TAB_CELL = re.compile(r"[^\s|](?:[^\t\n|]*[^\s|])?")
_SLASH_CELL = re.compile(r"(?!/)[^\s/](?:(?! / )[^\n])*")
_BAR_CELL = re.compile(r"[^\s|](?:[^|\n]*[^\s|])?")
LONGEST_LABEL = 24
"""Characters of a label or column head with its bracket."""
_LABEL = re.compile(
    r"(?:^|(?<=[\s;,。|]))(?P<label>[\u4e00-\u9fff]{2,8})(?:\((?P<unit>万元|亿元|万美元|元|万欧元)\))?[::]\s?(?P<value>(?=[^\s;,。|])(?:\d{1,3}(?:,\d{3})+)?[^\s;,。|]*)"
)
_MONEY_UNIT = r"(?P<unit>万元|亿元|万美元|万欧元|元)"
_UNIT_NOTE = re.compile(
    rf"(?:(?:金额|投资额?|总投资|资金)?单位|(?:填报)?口径|金额|投资额|总投资)(?:[::]|(?:除[^,。;\n]{{1,6}}外,?)?(?:均|统一|全部)?(?:为|以|按|是))?\s?(?:人民币)?{_MONEY_UNIT}|"
    rf"\((?:单位[::]?\s?)?(?:人民币)?{_MONEY_UNIT.replace('unit', 'bracketed')}(?:人民币)?\)[ \t]*$",
    re.MULTILINE,
)
"""The unit of the bare numbers below: 金额单位:万元, or (万元) at the end of a title."""
_NOTED = ("单位", "金额", "口径", "元)", "投资额", "总投资")
"""One of these stands in every note of a unit."""
_ROW_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s|[\[(【]?\d{1,3}[\])】.、|]|[\[(【]?[A-Za-z]{1,4}-?\d{1,4}[\])】.、|\s]|[①-⑳]|\d{1,3}\s|[●■◆▲·-])"
)
_BARE_NUMBER = re.compile(
    r"(?:(?<=[|/\t ])|^)(?<!\d/)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=[ \t]*(?:[|/\t ]|$))"
)
_SPENT = re.compile(
    r"(?:已完成|已投入?|到位|完成|已到位|授信|实缴|累计|贷款)(?:投资)?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=[ \t]*(?:[|/,。;]|$|[ \t]))"
)
_TOTALLED = re.compile(
    r"(?:计划)?(?:总投资|投资总?额)[::]?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=[ \t]*(?:[|/,。;]|$|[ \t]))"
)
"""总投资1.6 below a note of the unit."""
_UNITS: dict[str, tuple[Decimal, Currency, Unit]] = {
    "万元": (Decimal(10**4), Currency.CNY, Unit.WAN), "亿元": (Decimal(10**8), Currency.CNY, Unit.YI),
    "万美元": (Decimal(10**4), Currency.USD, Unit.WAN), "元": (Decimal(1), Currency.CNY, Unit.YUAN),
    "万欧元": (Decimal(10**4), Currency.EUR, Unit.WAN),
}  # fmt: skip
_NUMBER = re.compile(rf"{DIGITS}$")
_NUMBER_IN_CELL = re.compile(rf"(?P<number>{DIGITS})(?:\([^()]*\))?$")
"""3.8(其中一期1.5): the number before the bracket is the total."""
_ARROW = re.compile("→|➔|➡")
"""3.6→4.2: what stands behind it holds now."""
MONEY_KINDS = frozenset({"invest", "other_money", "capital"})


@value
class Field:
    """A value whose meaning its label or column head gives; `row` counts the rows (records) of the document."""

    row: int
    kind: str
    start: int
    end: int
    unit: str = ""


def kind_of(label: str) -> str:
    """Meaning of a label or column head; empty when unknown."""
    return _kind_of(label) if len(label) <= LONGEST_LABEL else ""


@lru_cache(maxsize=4096)
def _kind_of(label: str) -> str:
    if _PROJECT_OF_FIRM.fullmatch(label):
        return "company"
    bare = _BRACKET.sub("", label)
    match = _KIND.fullmatch(bare)
    if match is None:
        if _AGREED.fullmatch(bare):
            return "aside"
        return "company" if _SOME_FIRM.fullmatch(bare) else "stage" if _SOME_STATE.fullmatch(bare) else ""
    return _KINDS[int((match.lastgroup or "k0")[1:])][1]


_CARD_LINE = re.compile(
    r"[ \t]*(?:\d{1,2}[.、)]|[·●-])?[ \t]*(?P<label>[\u4e00-\u9fff]{2,8})(?:\([^()\n]{1,6}\))?[::]\s?\S"
)
LONGEST_CARD_LINE = 160


def one_line_cards(text: str) -> str:
    """A record written as one label a line becomes one line, its breaks commas; the text keeps its length.

    A label that comes again begins the next record. Only blocks that name a company or project and one thing more are touched.
    """
    if text.count("\n") < 2 or text.count(":") < 3:
        return text
    joined: list[int] = []
    breaks: list[int] = []
    labels: list[str] = []
    position = 0
    for line in [*text.split("\n"), ""]:
        match = _CARD_LINE.match(line) if ":" in line and len(line) <= LONGEST_CARD_LINE else None
        kind = kind_of(match["label"]) or ("text" if labels else "") if match is not None else ""
        if not kind or (kind not in {"text", "aside"} and kind in labels):
            joined += _inner_breaks(breaks, labels)
            breaks, labels = [], []
        if kind:
            breaks.append(position - 1)
            labels.append(kind)
        position += len(line) + 1
    if not joined:
        return text
    signs = list(text)
    for place in joined:
        signs[place] = ","
    return "".join(signs)


def upright_tables(text: str) -> str:
    """A table whose cells stand one under another gets a line for each row, its cells parted by tabs; the text keeps its length.

    The head stands in one line (编号/项目/投资主体/…) or one name a line; a row begins with its number.
    """
    if text.count("\n") + 1 < 2 * LEAST_COLUMNS:
        return text
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    signs: list[str] = []
    changed = False
    at = 0
    while at < len(lines):
        head = _upright_head(lines, at)
        if head is not None and not _ROW_NUMBER.fullmatch(lines[min(head[0], len(lines) - 1)].strip()):
            head = None
        plain = _unnumbered_head(lines, at) if head is None else None
        if head is None and plain is None:
            at += 1
            continue
        signs = signs or list(text)
        behind, columns = head if head is not None else (at + (plain or 0), plain or 0)
        row = behind
        kinds = [kind_of(line.strip()) for line in lines[at:behind]] if plain else []
        while row + columns <= len(lines) and (plain or _ROW_NUMBER.fullmatch(lines[row].strip())):
            if not all(lines[one].strip() for one in range(row, row + columns)):
                break
            if plain and not _SUM.fullmatch(lines[row + kinds.index("invest")].strip()):
                break  # notes below the table
            for one in range(row, row + columns - 1):
                signs[starts[one + 1] - 1] = "\t"
            row += columns
        if row > behind:
            changed = True
            for place in range(starts[at], starts[behind] - 1):
                if signs[place] in "/\n、":
                    signs[place] = "\t"
        at = max(row, behind)
    return "".join(signs) if changed else text


_ROW_NUMBER = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、]?")


def _upright_head(lines: list[str], at: int) -> tuple[int, int] | None:
    """Line behind the head that begins at `at`, and its number of columns."""
    for sign in "/、":
        names = lines[at].strip().split(sign) if sign in lines[at] else []
        if len(names) >= LEAST_COLUMNS and _is_head(names):
            return at + 1, len(names)
    if len(lines[at]) > LONGEST_LABEL or not kind_of(lines[at].strip()):
        return None
    names = []
    for line in lines[at : at + LONGEST_HEAD]:
        if not line.strip() or len(line) > LONGEST_LABEL or _ROW_NUMBER.fullmatch(line.strip()):
            break
        names.append(line.strip())
    if len(names) >= LEAST_COLUMNS and _is_head(names):
        return at + len(names), len(names)
    return None


def _unnumbered_head(lines: list[str], at: int) -> int | None:
    """Columns of a head, one name a line, whose rows have no number: as many as make every row's sum a number."""
    if len(lines[at]) > LONGEST_LABEL or kind_of(lines[at].strip()) not in {"company", "project"}:
        return None
    for columns in range(LEAST_COLUMNS, LONGEST_HEAD):
        names = [line.strip() for line in lines[at : at + columns]]
        kinds = [kind_of(name) for name in names]
        if (
            len(names) < columns
            or any(not name or len(name) > LONGEST_LABEL for name in names)
            or "invest" not in kinds
        ):
            continue
        sums = [line.strip() for line in lines[at + columns + kinds.index("invest") :: columns]]
        rows = next((number for number, cell in enumerate(sums) if not _SUM.fullmatch(cell)), len(sums))
        if rows >= 2 and sum(1 for kind in kinds if kind) * 2 >= columns:
            return columns
    return None


_SUM = re.compile(r"[\d,.]{1,14}(?:万元|亿元|万|亿|万美元)?|[—-]+")


def parted_tables(text: str) -> str:
    """A table whose cells are parted by slashes, commas or semicolons gets tabs; the text keeps its length.

    Its head is understood, and each of its rows has as many cells as the head.
    """
    if "编号" not in text and "序号" not in text and "企业" not in text and "项目" not in text:
        return text
    lines = text.split("\n")
    sign, columns = "", 0
    for number, line in enumerate(lines):
        for one in "/,;":
            follows = number + 1 < len(lines) and lines[number + 1].count(one) == line.count(one) >= LEAST_COLUMNS - 1
            if follows and f" {one} " not in line and _is_head(line.strip().split(one)):
                sign, columns = one, line.count(one)
        if sign and line.count(sign) == columns:
            lines[number] = line.replace(sign, "\t")
    return "\n".join(lines) if columns else text


def _is_head(names: list[str]) -> bool:
    kinds = [kind_of(name.strip()) for name in names]
    return bool({"company", "project"} & set(kinds)) and sum(1 for kind in kinds if kind) * 3 >= len(kinds) * 2


LEAST_COLUMNS = 4
LEAST_BARS = 2
"""Strokes between the rows of a table that stands in one line."""
LONGEST_HEAD = 14


def one_line_tables(text: str) -> str:
    """A table whose rows follow one another in one line (序号 项目 … 1 甲 … 2 乙 …, or 企业 投资 进展 | 甲 … | 乙 …) gets a line for each row; the text keeps its length."""
    if "序号" not in text and " 1 " not in text and text.count(" | ") < LEAST_BARS:
        return text
    breaks: list[int] = []
    position = 0
    for line in text.split("\n"):
        if line.count(" ") > 2 * LEAST_COLUMNS:
            breaks += [position + at for at in _row_breaks(line)]
        if line.count(" | ") >= LEAST_BARS and _is_head(line[: line.index(" | ")].split()):
            breaks += [position + match.start() + 1 for match in re.finditer(r" \| ", line)]
        position += len(line) + 1
    if not breaks:
        return text
    signs = list(text)
    for place in breaks:
        signs[place] = "\n"
    return "".join(signs)


def _row_breaks(line: str) -> list[int]:
    """Where the head and each numbered row begin: the blank before them."""
    cells = [(match.start(), match[0]) for match in _CELL.finditer(line)]
    words = [word for _, word in cells]
    for first in (index for index, word in enumerate(words) if word == "1"):
        head = first
        while head and first - head < LONGEST_HEAD and kind_of(words[head - 1]):
            head -= 1
        kinds = {kind_of(word) for word in words[head:first]}
        if first - head < LEAST_COLUMNS or not {"company", "project"} & kinds:
            continue
        rows, following = [first], 2
        for index in range(first + 1, len(words)):
            if words[index] == str(following) and index - rows[-1] >= LEAST_COLUMNS - 1:
                rows.append(index)
                following += 1
        if len(rows) < 2:
            continue
        return [cells[index][0] - 1 for index in ([head] if head else []) + rows]
    return []


def _inner_breaks(breaks: list[int], labels: list[str]) -> list[int]:
    """The line breaks inside a card; none when the labels are no record."""
    named = {"company", "project"} & set(labels)
    if len(labels) >= 3 and named and set(labels) - {"text", "aside", "person", "agency", *sorted(named)[:1]}:
        return breaks[1:]
    return []


def find_fields(text: str) -> list[Field]:
    """Fields of labelled remarks and flattened tables, in the order of the text."""
    found = _in_noted_units(text, list(_labelled(text)))
    found += _tabular(text, len(found) + 1)
    found += _under_a_note(text, found)
    named = {one.row for one in found if one.kind in {"company", "project"}}
    found = [replace(one, kind="company") if one.kind == "customer" and one.row not in named else one for one in found]
    return sorted(found, key=lambda one: one.start)


def _in_noted_units(text: str, labelled: list[Field]) -> list[Field]:
    """单位:万元 … 总投资:7200: a label without a unit has that of the note above it."""
    bare = [one for one in labelled if one.kind in MONEY_KINDS and not one.unit]
    notes = [(note.end(), _note_unit(note)) for note in _UNIT_NOTE.finditer(text)] if bare else []
    if not notes:
        return labelled
    found: list[Field] = []
    for one in labelled:
        unit = next((unit for place, unit in reversed(notes) if place <= one.start), "")
        found.append(replace(one, unit=unit) if one.kind in MONEY_KINDS and not one.unit else one)
    return found


def _note_unit(note: re.Match[str]) -> str:
    return note["unit"] or note["bracketed"]


def _under_a_note(text: str, known: list[Field]) -> list[Field]:
    """Bare numbers of rows without a head that is understood, below a note of their unit: the first is the total, the others are something else."""
    if not any(word in text for word in _NOTED):
        return []
    found: list[Field] = []
    notes = [(match.end(), _note_unit(match)) for match in _UNIT_NOTE.finditer(text)]
    if not notes:
        return found
    below = notes[0][1] if len(notes) == 1 and _FOOT.match(text, text.rfind("\n", 0, notes[0][0]) + 1) else ""
    taken = {one.start for one in known if one.kind in MONEY_KINDS}
    position, unit, row = 0, "", max((one.row for one in known), default=0)
    for line in text.split("\n"):
        end = position + len(line)
        unit = next((name for place, name in reversed(notes) if place <= position), below)
        begins = _ROW_BEGINS.match(line) if unit else None
        covered = any(position <= start < end for start in taken) if unit else False
        parted = _is_parted(line) if unit else False
        if unit and not covered and (begins is not None or parted):
            first = begins.end() if begins is not None else line.find("|")
            cells = list(_BARE_NUMBER.finditer(line, max(first, 0)))
            row += 1
            for number, match in enumerate(cells):
                kind = "other_money" if number else "invest"
                found.append(Field(row, kind, position + match.start("number"), position + match.end("number"), unit))
        for match in _TOTALLED.finditer(line) if unit and not covered else ():
            row += 1
            found.append(Field(row, "invest", position + match.start("number"), position + match.end("number"), unit))
        for match in _SPENT.finditer(line) if unit else ():
            found.append(
                Field(row, "other_money", position + match.start("number"), position + match.end("number"), unit)
            )
        position = end + 1
    return found


def _is_parted(line: str) -> bool:
    """Cells between bars or strokes, or a short row of words parted by blanks with one number among them."""
    if max(line.count("|"), line.count(" / ")) >= LEAST_COLUMNS - 1:
        return True
    cells = line.split()
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    return 3 <= len(cells) <= LONGEST_HEAD and numbers == 1 and not line[:1].isdigit() and "。" not in line


_FOOT = re.compile(r"[ \t]*(?:注|说明|备注)[::]")
"""注:单位亿元: below the rows that it holds for."""


def _labelled(text: str) -> Iterator[Field]:
    if text.count(":") + text.count("：") < 2:
        return
    row = 0
    position = 0
    for line in text.split("\n"):
        if line.count(":") + line.count("：") < 2:
            position += len(line) + 1
            continue
        matches = [(match, kind_of(match["label"])) for match in _LABEL.finditer(line)]
        kinds = {kind for _, kind in matches if kind}
        if len(kinds - {"text", "aside"}) >= 2 and kinds & {"company", "project"}:
            row += 1
            for match, kind in matches:
                if kind and not (kind in {"company", "project"} and len(match["value"]) > 30):
                    yield Field(
                        row, kind, position + match.start("value"), position + match.end("value"), match["unit"] or ""
                    )
        position += len(line) + 1


def _tabular(text: str, first_row: int) -> Iterator[Field]:
    if text.count(" ") + text.count("|") + text.count("\t") < 2:
        return
    heads: list[tuple[str, str]] | None = None
    note = _UNIT_NOTE.search(text) if any(word in text for word in _NOTED) else None
    unit, row, position = (_note_unit(note) if note else ""), first_row, 0
    wide = text.count("   ") > LEAST_GAPS
    for line in text.split("\n"):
        if heads is None and line.count(" ") + line.count("|") + line.count("\t") < 2:
            position += len(line) + 1
            continue
        parts = (
            _TAB_CELL
            if line.count("\t") > 1
            else _WIDE_CELL
            if wide and "   " in line
            else _SLASH_CELL
            if line.count(" / ") > 2
            else _BAR_CELL
            if line.count("|") > 2
            else _CELL
        )
        cells = [(match.start(), match.end()) for match in parts.finditer(line)]
        if heads and heads[0][0] in {"company", "project"} and len(cells) > 2 and _COUNTED.fullmatch(line, *cells[0]):
            cells = cells[1:]
        names = [line[start:end] for start, end in cells]
        kinds = [kind_of(name) for name in names]
        if (
            len(kinds) >= 3
            and sum(1 for kind in kinds if kind) * 3 >= len(kinds) * 2
            and {"company", "project"} & set(kinds)
        ):
            heads = [(kind, _head_unit(name) or unit) for kind, name in zip(kinds, names, strict=True)]
        elif heads and cells and len(cells) >= len(heads) - 2 and _looks_like_row(names, heads):
            row += 1
            yield from _row(line, cells, heads, row, position)
        elif heads and len(line.strip()) > 40 and "。" in line:
            heads = None
        position += len(line) + 1


_COUNTED = re.compile(r"\d{1,3}[.、]?")
"""The number of a row below a head that has no name for it."""


def _head_unit(name: str) -> str:
    match = re.search(r"[(/](万元|亿元|万美元|元|万欧元)\)?$", name)
    return match[1] if match else ""


def _looks_like_row(names: list[str], heads: list[tuple[str, str]]) -> bool:
    starts_with_number = bool(
        re.fullmatch(r"[A-Za-z]{0,3}-?\d{1,4}\.?|[①-⑳]|[一二三四五六七八九十]{1,3}|[\[(]\d{1,3}[\])]", names[0])
    )
    return starts_with_number if heads[0][0] == "number" else any(_NUMBER.match(name) for name in names)


def _row(
    line: str, cells: list[tuple[int, int]], heads: list[tuple[str, str]], row: int, position: int
) -> Iterator[Field]:
    """Columns before the first free-text column are counted from the left, those behind it from the right."""
    free = next((index for index, (kind, _) in enumerate(heads) if kind == "stage"), len(heads) - 1)
    behind = len(heads) - free - 1
    for index, (kind, unit) in enumerate(heads):
        if index < free and index < len(cells):
            start, end = cells[index]
        elif index == free and free < len(cells) - behind:
            start, end = cells[free][0], cells[len(cells) - behind - 1][1]
        elif index > free and len(cells) - (len(heads) - index) > free:
            start, end = cells[len(cells) - (len(heads) - index)]
        else:
            continue
        if kind and not (kind in {"company", "project"} and re.fullmatch(r"[\d,.—-]+", line[start:end])):
            yield Field(row, kind, position + start, position + end, unit)


def table_money(text: str, fields: list[Field]) -> Iterator[MoneyAtom]:
    """Bare numbers whose unit stands in their label, column head or the note above the table."""
    for one in fields:
        written = text[one.start : one.end]
        changed = _ARROW.search(written)
        match = _NUMBER_IN_CELL.match(written[changed.end() :] if changed is not None else written)
        if one.kind not in MONEY_KINDS or match is None or one.unit not in _UNITS:
            continue
        factor, currency, unit = _UNITS[one.unit]
        value = Decimal(match["number"].replace(",", "")) * factor
        if not value:
            continue
        try:
            start = one.start + (changed.end() if changed is not None else 0)
            yield MoneyAtom(start, start + match.end("number"), Money(value, currency, unit=unit))
        except InvalidValue:
            continue
