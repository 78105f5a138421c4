"""Atoms of the text, and the names in it: everything that stands in the text itself, before anything is linked."""

import re
from bisect import bisect_left
from collections import Counter
from datetime import date

from zhaoyin.domain.atoms.areas import AreaAtom, find_areas
from zhaoyin.domain.atoms.counts import CountAtom, find_counts
from zhaoyin.domain.atoms.dates import DateAtom, find_dates
from zhaoyin.domain.atoms.money import MoneyAtom, find_money
from zhaoyin.domain.company_name import word_list
from zhaoyin.domain.money import Currency
from zhaoyin.domain.value import value
from zhaoyin.engines.reading.aliases import (
    cluster_companies,
    known_occurrences,
    occurrences,
    place_bare_names,
    place_zone_names,
)
from zhaoyin.engines.reading.borders import settle_borders
from zhaoyin.engines.reading.firm_places import place_where_firms_stand
from zhaoyin.engines.reading.lexicon import is_trade
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.no_firms import drop_no_firms
from zhaoyin.engines.reading.organisations import place_organisations, runs
from zhaoyin.engines.reading.people import place_people
from zhaoyin.engines.reading.places import place_places, place_towns
from zhaoyin.engines.reading.project_names import place_projects
from zhaoyin.engines.reading.sentences import InOrder
from zhaoyin.engines.reading.slots import place_in_slots
from zhaoyin.engines.reading.tables import Field, find_fields, table_money
from zhaoyin.engines.reading.tagger import place_tagged
from zhaoyin.engines.reading.tokens import Runs, region_level
from zhaoyin.engines.reading.vocabulary import NAMING_DAYS

MASK = "\x00"
SURE_NAME = 0.6
"""A name of the tagger needs this probability (benchmarks/reading)."""
_JOB_BEFORE = re.compile(
    r"(?:就业|岗位|用工|员工|吸纳|招(?:聘|工|收)?|新增|增聘|聘用|安置|解决|带动|带来|可带|提供|需要|职工|工人|劳动力|师傅|人员|预计用|用人)[^,。;\d]{0,8}$"
)
_JOB_AFTER = re.compile(r"\s?(?:以上|左右)?(?:的)?(?:就业|岗位|员工|师傅|工人|职工|劳动力|用工|上岗|就近|务工|工作)")
_JOB_MEASURES = frozenset({"人", "名", "个"})
_COUNT_BEFORE = re.compile(
    r"(?:项目|企业|在建|谈着的?|签约|签下来的[::]?|签了?约的?[,:]?|破土的?[::,]?|冒烟的?[::,]?|盖章的项目[,:]?|开工|投产|竣工|在谈|洽谈|新增|线索|客商|拜访|走访|接待|外出|座谈|考察|对接|落地|引进|招引|签订|动了土的[::]?|见了产的[::]?|只有|增加|少了|多了|共|达|注册|入库|完成|我们跑了|看了|"
    r"储备|推进|实施|活动|会议|会|招商|举办|组织|协议|合同|超|约|,|、|:|\))(?:[^,。;\d]{0,6})$"
)
_COUNT_AFTER = re.compile(
    r"\s?(?:余)?(?:亿元以上|工业|重点|重大|产业|招商|外资|优质|在谈|签约|新|好|大|意向|投资)?(?:类)?(?:项目|企业|客商|线索|批次|合同|协议|场|家企业)|里面|[,。;、:)\s]|$|的?企业|、|次"
)
_TALLIED = re.compile(r"(?:的|了)(?:只|仅|才|有|共)?$")
"""机器转起来的11个; 签了9个."""
_COUNT_MEASURES = frozenset(word_list("""个 家 批 批次 条 场 项 次 户 宗 笔 组 家次 人次 支 份"""))


@value
class Facts:
    """What the text says by itself; offsets into the text."""

    text: str
    money: InOrder[MoneyAtom]
    dates: InOrder[DateAtom]
    jobs: InOrder[CountAtom]
    counts: InOrder[CountAtom]
    areas: list[AreaAtom]
    board: Board
    clusters: list[Cluster]
    fields: list[Field]
    companies: InOrder[Mention]
    projects: InOrder[Mention]
    home: dict[tuple[int, int], Cluster]
    """Start and end of a company's mention → its cluster."""


def read_facts(
    text: str,
    published_on: date | None,
    known_companies: tuple[str, ...] = (),
    known_zones: tuple[str, ...] = (),
    *,
    names: bytes | None = None,
    refused: frozenset[str] = frozenset(),
    tagger: bool = True,
) -> Facts:
    """Atoms and names of canonical `text` whose boilerplate is blanked out."""
    state = names_by_rules(text, published_on, known_companies, known_zones)
    board, token_runs = state.board, state.token_runs
    if tagger:
        place_tagged(state.masked, token_runs, board, SURE_NAME, names)
        place_in_slots(text, state.masked, token_runs, board, names)
    place_where_firms_stand(text, state.masked, board)
    _drop_speakers(text, board)
    _place_again(text, board)
    for mention in board.of(Kind.COMPANY) if refused else ():
        if mention.text in refused:
            board.remove(mention)
    _take_bracketed_regions(text, board)
    settle_borders(text, board)
    drop_no_firms(text, board)
    _fill_cells(text, board)
    _keep_to_columns(text, state.fields, board)
    place_zone_names(text, board)
    clusters = cluster_companies(text, board)
    _projects_called_zones(text, board)
    place_projects(text, token_runs, board)
    place_places(text, token_runs, board)
    areas = list(find_areas(text))
    return Facts(
        text,
        InOrder(state.money),
        InOrder(state.dates),
        InOrder(state.jobs),
        InOrder(state.counts),
        areas,
        board,
        clusters,
        state.fields,
        InOrder(board.of(Kind.COMPANY)),
        InOrder(board.of(Kind.PROJECT)),
        {(one.start, one.end): cluster for cluster in clusters for one in cluster.mentions},
    )


@value
class Named:
    """Atoms, words and the names that the rules find."""

    masked: str
    token_runs: Runs
    board: Board
    money: list[MoneyAtom]
    dates: list[DateAtom]
    jobs: list[CountAtom]
    counts: list[CountAtom]
    fields: list[Field]


def names_by_rules(
    text: str,
    published_on: date | None = None,
    known_companies: tuple[str, ...] = (),
    known_zones: tuple[str, ...] = (),
) -> Named:
    """The atoms of canonical `text` and the names that rules and the user's lists give."""
    default = Currency.TWD if "台币" in text else Currency.CNY
    fields = find_fields(text)
    money = list(find_money(text, default=default))
    if fields:
        money = _without_overlaps(sorted([*money, *table_money(text, fields)], key=lambda atom: atom.start))
    taken = [(atom.start, atom.end) for atom in money]
    dates = [
        atom
        for atom in find_dates(text, published_on)
        if not _hits(taken, atom.start, atom.end) and not _names_a_firm(text, atom)
    ]
    taken += [(atom.start, atom.end) for atom in dates]
    taken.sort()
    jobs, counts = _counts(text, taken)
    masked = _masked(text, sorted([*taken, *((atom.start, atom.end) for atom in (*jobs, *counts))]))
    board = Board()
    token_runs = Runs(runs(masked))
    _place_fields(text, fields, board)
    place_towns(text, board)
    place_organisations(masked, token_runs, board)
    _place_known(masked, board, known_companies, Kind.COMPANY)
    _place_known(masked, board, known_zones, Kind.ZONE)
    place_people(text, token_runs, board)
    place_bare_names(text, token_runs, board)
    return Named(masked, token_runs, board, money, dates, jobs, counts, fields)


def _names_a_firm(text: str, atom: DateAtom) -> bool:
    """明天铜箔, 九月灯饰: a day or month right before a word of a trade is a name."""
    if text[atom.start : atom.end] not in NAMING_DAYS:
        return False
    return any(is_trade(text[atom.end : atom.end + width]) for width in (4, 3, 2))


_SPEAKER = re.compile(
    r"^\s*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?(?P<name>[\u4e00-\u9fffA-Za-z]{2,8})(?:\s*(?:\d{1,2}月\d{1,2}日\s*)?\d{1,2}:\d{2}|[::]|\s*\(\d{1,2}:\d{2}\))",
    re.MULTILINE,
)
LEAST_TURNS = 2


def _drop_speakers(text: str, board: Board) -> None:
    """葛东林 08:41 and 小祁: begin the turns of a talk: no firms, wherever they are named in it."""
    if ":" not in text:
        return
    turns = Counter(match["name"] for match in _SPEAKER.finditer(text))
    speakers = {name for name, times in turns.items() if times >= LEAST_TURNS}
    for mention in board.of(Kind.COMPANY) if speakers else ():
        if mention.text in speakers:
            board.remove(mention)
            board.guessed.discard((mention.start, mention.end))


def _place_again(text: str, board: Board) -> None:
    """A name the tagger saw once is found wherever it stands free."""
    names = {text[start:end] for start, end in board.guessed if end - start >= 3}
    for start, end in occurrences(text, names) if names else ():
        if board.place(text, start, end, Kind.COMPANY):
            board.guessed.add((start, end))


_CELL_NOTE = re.compile(r"\([^()]{2,12}\)$")
_CELL_PAPER = re.compile(r"\((?:合资|暂定|合作|联合体?|各半|各一半|双方各[^()]{1,4}|筹建?)\)$")
_BRACKETED_FIRM = re.compile(r"\([\u4e00-\u9fff]{2,4}\)(?:$|[\u4e00-\u9fff])")
_BRACKETED = re.compile(r"\(([\u4e00-\u9fff]{2,5})\)")


def _take_bracketed_regions(text: str, board: Board) -> None:
    """维勒纳制动(荆门): the place in brackets belongs to the name, a country does not."""
    for mention in board.of(Kind.COMPANY):
        match = _BRACKETED.match(text, mention.end)
        if (
            match is None
            or not (region_level(match[1]) or 0) >= 1
            or match[1][-1] in "县区市旗"
            or mention.text.endswith(("公司", "集团"))
        ):
            continue
        for one in board.between(match.start(), match.end()):
            board.remove(one)
        if board.is_free(match.start(), match.end()):
            board.replace(mention, Mention(mention.start, match.end(), Kind.COMPANY, text[mention.start : match.end()]))


_CELL_REST = re.compile(r"[\u4e00-\u9fff]{1,4}(?=[ \t]*\|)")


LONGEST_PRODUCT = 12
_REMARK = re.compile("[,。;:由]")


def _keep_to_columns(text: str, fields: list[Field], board: Board) -> None:
    """Nothing without a legal form in a column of products is a firm where another column has the firms."""
    rows = {one.row for one in fields if one.kind == "company"}
    for one in fields if rows else ():
        remark = one.end - one.start > LONGEST_PRODUCT or _REMARK.search(text, one.start, one.end) is not None
        if one.kind in {"project", "text", "aside"} and one.row in rows and not remark:
            for mention in board.between(one.start, one.end):
                if mention.kind is Kind.COMPANY and not mention.text.endswith(("公司", "集团")):
                    board.remove(mention)
                    board.guessed.discard((mention.start, mention.end))


def _fill_cells(text: str, board: Board) -> None:
    """12 合肥安泰消防器材 | 干粉灭火器: a firm that begins a cell between bars goes on to the bar."""
    if text.count("|") < LEAST_BARS:
        return
    for mention in board.of(Kind.COMPANY):
        rest = _CELL_REST.match(text, mention.end)
        if (
            rest is not None
            and board.is_free(rest.start(), rest.end())
            and _CELL_BEGINS.search(text, max(0, mention.start - 6), mention.start)
        ):
            board.replace(mention, Mention(mention.start, rest.end(), Kind.COMPANY, text[mention.start : rest.end()]))


LEAST_BARS = 4
_CELL_BEGINS = re.compile(r"(?:\||^|\n|\n[^\n|]{0,4}\d[.、]?)[ \t]*$")


def _projects_called_zones(text: str, board: Board) -> None:
    """总投资28亿元的岱山绿色石化配套产业园 is what is built, not where."""
    for zone in board.of(Kind.ZONE):
        if re.search(r"[元亿万]的$", text[max(0, zone.start - 2) : zone.start]) and zone.text.endswith("园"):
            board.replace(zone, Mention(zone.start, zone.end, Kind.PROJECT, zone.text))


def _place_known(text: str, board: Board, names: tuple[str, ...], kind: Kind) -> None:
    """The user's own names wherever they stand, unless a longer name holds them."""
    if not names:
        return
    for start, end in known_occurrences(text, names):
        held = board.between(start, end)
        if any(one.end - one.start == end - start for one in held):
            board.given.add((start, end))
            continue
        for one in held:
            board.remove(one)
        if board.place(text, start, end, kind):
            board.given.add((start, end))


_SUMS = frozenset(["合计", "小计", "总计", "共计", "同上"])
"""What stands in the column of firms of a row that sums."""
_PARTS = re.compile(r"[^/、,\s与]+(?:与(?![^/、,\s]{4})[^/、,\s与]+)*")
_LATIN_PARTS = re.compile(r"[^/、,\t\n]+")
_TORN = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,3} (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) [\u4e00-\u9fff]{1,3}(?![\u4e00-\u9fff])"
)
"""鼎盈 橡胶: a piece that is too short for a firm of its own."""


def _place_fields(text: str, fields: list[Field], board: Board) -> None:
    kinds = {
        "company": Kind.COMPANY,
        "customer": Kind.COMPANY,
        "project": Kind.PROJECT,
        "person": Kind.PERSON,
        "agency": Kind.AGENCY,
    }
    rows = {one.row for one in fields if one.kind == "company"}
    for one in fields:
        kind = kinds.get(one.kind)
        if kind is None or (kind is Kind.PROJECT and one.row not in rows):
            continue
        parts = _LATIN_PARTS if text[one.start] <= "\u024f" or _TORN.search(text, one.start, one.end) else _PARTS
        for match in parts.finditer(text[one.start : one.end]) if kind is Kind.COMPANY else [None]:
            start = one.start + (match.start() if match else 0)
            end = one.start + match.end() if match else one.end
            if text[start:end] in _SUMS:
                continue
            note = (_CELL_PAPER if _BRACKETED_FIRM.search(text, start, end) else _CELL_NOTE).search(text, start, end)
            end = note.start() if note is not None else end
            if board.place(text, start, end, kind):
                board.given.add((start, end))


def _without_overlaps(atoms: list[MoneyAtom]) -> list[MoneyAtom]:
    kept: list[MoneyAtom] = []
    for atom in atoms:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _hits(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, start))
    near = taken[max(0, index - 1) : index + 1]
    return any(begin < end and start < stop for begin, stop in near)


def _counts(text: str, taken: list[tuple[int, int]]) -> tuple[list[CountAtom], list[CountAtom]]:
    jobs: list[CountAtom] = []
    counts: list[CountAtom] = []
    for atom in find_counts(text):
        if _hits(taken, atom.start, atom.end):
            continue
        before, after = text[max(0, atom.start - 16) : atom.start], text[atom.end : atom.end + 12]
        if atom.measure in _JOB_MEASURES and _is_job(atom, before, after):
            jobs.append(atom)
        elif atom.measure in _COUNT_MEASURES and _is_count(text, atom, before, after):
            counts.append(atom)
    return jobs, counts


def _is_job(atom: CountAtom, before: str, after: str) -> bool:
    if atom.measure == "个":
        return bool(re.search(r"岗位[^,。;\d]{0,4}$", before)) or bool(
            re.match(r"\s?(?:以上|左右)?(?:的)?(?:就业|工作)?(?:岗位|机会)", after)
        )
    return bool(_JOB_BEFORE.search(before) or _JOB_AFTER.match(after)) and not re.search(
        r"(?:一行|带队|代表团)$", before
    )


def _is_count(text: str, atom: CountAtom, before: str, after: str) -> bool:
    written = text[atom.start : atom.end]
    small_word = re.match(r"[一二两三几]", written) is not None
    if after.startswith(
        (
            "百分点",
            "月",
            "亿",
            "小时",
            "工作日",
            "多月",
            "产业",
            "领域",
            "方面",
            "专班",
            "分管",
            "招引专班",
            "季度",
            "车间",
            "人口",
        )
    ):
        return False
    if (
        small_word
        and atom.measure in {"个", "家", "项", "次", "份", "条", "支", "组", "户", "笔", "场", "批"}
        and atom.value < 20
    ):
        return False
    if _TALLIED.search(before) and after[:1] in {"", ",", "。", ";", "、", ":", "\n"}:
        return True
    return (bool(_COUNT_BEFORE.search(before)) and bool(_COUNT_AFTER.match(after))) or bool(
        re.match(r"(?:亿元以上|工业|重点|重大|产业|招商)?项目", after)
    )


def _masked(text: str, taken: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in taken:
        if start < position:
            continue
        parts += [text[position:start], MASK * (end - start)]
        position = end
    return "".join([*parts, text[position:]])
