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
from zhaoyin.engines.reading.lexicon import is_trade, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.organisations import place_organisations, runs
from zhaoyin.engines.reading.people import place_people
from zhaoyin.engines.reading.places import place_places, place_towns
from zhaoyin.engines.reading.project_names import place_projects
from zhaoyin.engines.reading.sentences import InOrder
from zhaoyin.engines.reading.tables import Field, find_fields, table_money
from zhaoyin.engines.reading.tagger import place_tagged
from zhaoyin.engines.reading.tokens import Runs, region_length, region_level
from zhaoyin.engines.reading.vocabulary import NAMING_DAYS, SURNAMES

MASK = "\x00"
SURE_NAME = 0.6
"""A name of the tagger needs this probability (benchmarks/reading)."""
_JOB_BEFORE = re.compile(
    r"(?:就业|岗位|用工|员工|吸纳|招(?:聘|工|收)?|新增|增聘|聘用|安置|解决|带动|带来|可带|提供|需要|职工|工人|劳动力|师傅|人员|预计用|用人)[^,。;\d]{0,8}$"
)
_JOB_AFTER = re.compile(r"\s?(?:以上|左右)?(?:的)?(?:就业|岗位|员工|师傅|工人|职工|劳动力|用工|上岗|就近|务工|工作)")
_JOB_MEASURES = frozenset({"人", "名", "个"})
_COUNT_BEFORE = re.compile(
    r"(?:项目|企业|签约|签下来的[::]?|签了?约的?[,:]?|破土的?[::,]?|冒烟的?[::,]?|盖章的项目[,:]?|开工|投产|竣工|在谈|洽谈|新增|线索|客商|拜访|走访|接待|外出|座谈|考察|对接|落地|引进|招引|签订|动了土的[::]?|见了产的[::]?|只有|增加|少了|多了|共|达|注册|入库|完成|我们跑了|看了|"
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
    _drop_speakers(text, board)
    _place_again(text, board)
    for mention in board.of(Kind.COMPANY) if refused else ():
        if mention.text in refused:
            board.remove(mention)
    _take_bracketed_regions(text, board)
    _cut_fronts(text, board)
    _drop_places_and_projects(text, board)
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
        if match is None or not (region_level(match[1]) or 0) >= 1 or mention.text.endswith(("公司", "集团")):
            continue
        for one in board.between(match.start(), match.end()):
            board.remove(one)
        if board.is_free(match.start(), match.end()):
            board.replace(mention, Mention(mention.start, match.end(), Kind.COMPANY, text[mention.start : match.end()]))


_CELL_REST = re.compile(r"[\u4e00-\u9fff]{1,4}(?=[ \t]*\|)")


LONGEST_PRODUCT = 12
_REMARK = re.compile("[,。;:由]")


def _keep_to_columns(text: str, fields: list[Field], board: Board) -> None:
    """No guess of the tagger in a column of products is a firm where another column has the firms."""
    rows = {one.row for one in fields if one.kind == "company"}
    for one in fields if board.guessed else ():
        remark = one.end - one.start > LONGEST_PRODUCT or _REMARK.search(text, one.start, one.end) is not None
        if one.kind in {"project", "text"} and one.row in rows and not remark:
            for mention in board.between(one.start, one.end):
                if (mention.start, mention.end) in board.guessed:
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


_FRONT = re.compile(
    r"(?:[\u4e00-\u9fff]{1,3}(?:县|市|区|镇|旗|州))?(?:除(?!尘|湿|臭|草|虫|锈|冰|菌|味|油)(?=[\u4e00-\u9fff]{3})|举行|举办|买走|买下|包下|订走|吃下|召开|迎来|引进了?|连同|听(?!雨|风|涛|海)|欠|称(?!心)|供(?!销|应)|直投|领投|投了|投给|访(?!问)|跑(?!步)|伙伴|夥伴|后者系|前者系|后者是|前者是|分别向|携手|牵手|房属|房东|房主|贷款行|业主|客户|交由|交给|委托|会同(?!县)|催(?!化)|同业|对手|(?:施工|设计|监理|承建|总包|勘察)(?:单位|方)|总承?包(?=[\u4e00-\u9fff]{4})|开发商|(?:[\u4e00-\u9fff]{2,4})?(?:元件|面板|代工|电池|模组|封装|零件)?(?:厂商|大厂|厂)(?=[\u4e00-\u9fff]{3})|供应商|经销商|运营商|生产商|龙头企业|另一家供应商)"
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,5}[县旗镇区](?=[\u4e00-\u9fff]{3})")


def _of_counties(text: str, mentions: list[Mention]) -> bool:
    """响水县晟钼特材…;阜宁县韶泽纺织…: where firms of several counties are told one after another, the county is none of the name."""
    found = [_COUNTY.match(text, one.start, one.end) for one in mentions]
    named = [one for one, county in zip(mentions, found, strict=True) if county is not None]
    return len({text[one.start : one.start + 2] for one in named}) > 1


def _cut_fronts(text: str, board: Board) -> None:
    """称旭迩电池, 连同吉鸭绿银行: a verb before the name is none of it; 建湖县骏翮通航 without a legal form begins behind the county."""
    several = _of_counties(text, board.of(Kind.COMPANY))
    for mention in board.of(Kind.COMPANY):
        mention = _without_owner(text, board, mention)
        start = mention.start
        front = _FRONT.match(text, start, mention.end)
        if front is not None and mention.end - front.end() >= 3:
            start = front.end()
        start = _behind_its_place(text, mention, start, several=several)
        opened = text.find("(", start, mention.end)
        if opened >= 0 and text.find(")", opened, mention.end) < 0:
            start, cut = (opened + 1, mention.end) if mention.end - opened > opened - start else (start, opened)
        else:
            cut = mention.end
        if start == mention.start and _led_by_middle(text, board, mention):
            start -= 1
        end = cut
        if text.startswith("集团", end) and not mention.text.endswith(("公司", "集团")) and board.is_free(end, end + 2):
            end += 2
        if _trade_goes_on(text, mention) and board.is_free(end, end + 2):
            end += 2
        branch = _BRANCH.match(text, end) if mention.text.endswith(("银行", "农商行", "信用社", "农信")) else None
        if branch is not None and board.is_free(end, branch.end()):
            end = branch.end()
        if text.startswith("厂", end) and _ITS_PLANT.match(text, end) and board.is_free(end, end + 1):
            end += 1
        if (mention.start, mention.end) in board.guessed and (tail := _TAIL.search(text, start, end)) is not None:
            end = tail.start()
        if start != mention.start or end != mention.end:
            board.replace(mention, Mention(start, end, Kind.COMPANY, text[start:end]))
            if (mention.start, mention.end) in board.guessed:
                board.guessed.discard((mention.start, mention.end))
                board.guessed.add((start, end))


def _behind_its_place(text: str, mention: Mention, start: int, *, several: bool) -> int:
    """建湖县|骏翮通航, 走进某某综合保税区|锦穗食品: where the name begins; a cell holds the whole name."""
    if text[start] == "原" and region_length(text[start + 1 : mention.end]):
        return start + 1
    if text[start - 1 : start] in _CELL_EDGES:
        return start
    zone = _ZONE_BEFORE.match(text, start, mention.end)
    if zone is not None and _STANDS_IN.search(text, max(0, start - 4), start):
        return zone.end()
    county = _COUNTY.match(text, start, mention.end)
    if county is not None and region_level(county[0]) is not None and region_length(text[county.end() : mention.end]):
        return county.end()
    if not several or mention.text.endswith(("有限公司", "责任公司")) or text.startswith("(", mention.end):
        return start
    return county.end() if county is not None and region_level(county[0]) is not None else start


_CELL_EDGES = frozenset(":|\t")
_ZONE_BEFORE = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:保税区|开发区|高新区|经开区|产业园区?|工业园区?|科技园|示范区)(?=[\u4e00-\u9fff]{3})"
)
_STANDS_IN = re.compile(r"(?:走进|来到|位于|落户|入驻|进驻|在|到)$")


def _trade_goes_on(text: str, mention: Mention) -> bool:
    """施工方中阜|建工抽调了: a trade between a short name and a verb or a comma belongs to the name."""
    end = mention.end
    if mention.end - mention.start > SHORTEST_WITH_TRADE or not is_trade(text[end : end + 2]):
        return False
    return text[end + 2 : end + 3] in {",", "。", ";"} or words().get(text[end + 2 : end + 4], "")[:1] == "v"


_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:支行|分行|营业部)")
_ITS_PLANT = re.compile("厂(?![房区长家商址内里门前后外边])")
"""博白庞记工艺品|厂: the plant belongs to the name."""
SHORTEST_WITH_TRADE = 3
_TAIL = re.compile(
    r"(?<=[\u4e00-\u9fff]{3})(?:主席|董事长|总裁|总经理|心里|估值|盯住?|主动|那边|这边|老板|自己|原本|意思|态度|方面|动作|[是也则还就都先把将给由被让跟])$"
)
"""What the tagger takes along behind a name."""


def _led_by_middle(text: str, board: Board, mention: Mention) -> bool:
    """中|农良谷: 中 that opens a clause belongs to the name behind it."""
    start = mention.start
    opens = text[start - 1 : start] == "中" and (start == 1 or text[start - 2] in "。,;、:\n(的由与和")
    return opens and board.is_free(start - 1, start)


_NO_FIRM = re.compile(
    r"^[一二三四]期$|^(?:做|卖|烤|买|老|旧)(?!板|百)|(?:人|想|要|催|同)(?:做|买|卖|旧)|(?:旧|老|新|原|分|总)厂$|大[爷妈叔]$|[支干]流$|体育场$|(?:生产|铸造|加工|装配|灌装|包装)线$|奖金$|^催|^称?[一二三四五六七八九十]厂$|(?:称|说|表示|透露|介绍|认为)(?:公司|集团|企业)$|^.得.$|走$|^房(?:钢|屋|产|租|东)|厂(?:量产|动土|投产|开工)$|^(?:桩基|土建|基础|主体|安装|管网|绿化|钢结构|消防|装修|配套)工程$|(?:^|[\u4e00-\u9fff])矿 ?长|^土建|(?:片区|草原|街区|社区|湿地|码头|大道|机场|车站|风景区|景区|村|湖|产业链|产业|产线|项目)$"
)
_ONLY_REGIONS = re.compile(r"[()]")


def _drop_places_and_projects(text: str, board: Board) -> None:
    """19.5亿元的湛江临港物流基地 is what is built, 桑科草原 where: neither is a firm."""
    for mention in board.of(Kind.COMPANY):
        if mention.text.endswith(("公司", "集团")):
            continue
        built = _PRICED.search(text, max(0, mention.start - 4), mention.start) and _BUILT.match(text, mention.end)
        made = _SECOND_COLUMN.search(text, max(0, mention.start - 8), mention.start) and _THIRD_COLUMN.match(
            text, mention.end
        )
        if (
            built
            or made
            or _is_a_person_from(mention.text)
            or _acts_as_a_person(text, board, mention)
            or _NO_FIRM.search(mention.text)
            or not _unregional(mention.text)
            or _is_counted(text, mention)
        ):
            board.remove(mention)
            board.guessed.discard((mention.start, mention.end))
    if board.guessed:
        _drop_made(text, board)


def _drop_made(text: str, board: Board) -> None:
    """Guesses that are what is made at one place are no firm at any."""
    guesses = [one for one in board.of(Kind.COMPANY) if (one.start, one.end) in board.guessed]
    made = {one.text for one in guesses if _is_made(text, board, one)}
    for mention in guesses if made else ():
        if mention.text in made:
            board.remove(mention)
            board.guessed.discard((mention.start, mention.end))


def _acts_as_a_person(text: str, board: Board, mention: Mention) -> bool:
    """段守禄被打动, 崔漾宣布: a name the tagger guessed that begins with a surname and does what people do."""
    guessed = (mention.start, mention.end) in board.guessed and mention.end - mention.start <= LONGEST_PERSON
    return guessed and mention.text[0] in SURNAMES and _PERSON_DOES.match(text, mention.end) is not None


LONGEST_PERSON = 3
_PERSON_DOES = re.compile(
    r"(?:被(?!列|评|认|纳)|把(?!握|关)|掏出|拿出来|搬回|带着|回忆|说|表示|告诉|介绍|透露|认为|坦言|感慨|笑|宣布|告知|答|问|递|踩|指着|掰着|回忆|记得)"
)


def _is_a_person_from(name: str) -> bool:
    """潍坊人耿世泽 is a person, 上海人本轴承 a firm."""
    home, _, person = name.partition("人")
    is_name = len(person) == LONGEST_PERSON and person[0] in SURNAMES and not is_trade(person[1:])
    return is_name and region_level(home) is not None


def _is_made(text: str, board: Board, mention: Mention) -> bool:
    """A guess that is what a firm builds or buys: 在中部|设客服…, 卷簧模具|由某某做, 某某特纸用|接装纸|项目."""
    if _BUILDS_IN.match(_unregional(mention.text)) or _LIVES_THERE.match(text, mention.end):
        return True
    if region_length(mention.text) and _AT.search(text, max(0, mention.start - 2), mention.start):
        return _IS_BUILT.match(text, mention.end) is not None
    if not region_length(mention.text) and _PRICED.search(text, max(0, mention.start - 4), mention.start):
        return _DESCRIBED.match(text, mention.end) is not None
    following = board.at(mention.end + 1)
    if text.startswith("由", mention.end) and following is not None and following.kind is Kind.COMPANY:
        return _MAKES.match(text, following.end) is not None
    if not text.startswith("项目", mention.end) or region_length(mention.text):
        return False
    before = [one for one in board.between(mention.start - 24, mention.start) if one.kind is Kind.COMPANY]
    return bool(before) and _NOTHING_BETWEEN.fullmatch(text, before[-1].end, mention.start) is not None


def _is_counted(text: str, mention: Mention) -> bool:
    """第一台|扁线电机, 2.5亿元|建五轴机床, 杭州云鸢科技的|飞控|项目: what is made or built, whoever thought it a name."""
    before = text[max(0, mention.start - 6) : mention.start]
    if mention.text.endswith(("公司", "集团", "厂")):
        return False
    if _COUNTED_BEHIND.match(text, mention.end) or _is_described(text, mention):
        return True
    if region_length(mention.text):
        return False
    return _SO_MANY.search(before) is not None or (
        _PAID_FOR.search(before) is not None and mention.text[0] in "造建上产盖办搞"
    )


def _is_described(text: str, mention: Mention) -> bool:
    """河南驻马店|植保|无人机|项目: places and trades without a stem say what a project is."""
    if not text.startswith(("项目", "基地", "生产线"), mention.end):
        return False
    left, trades = _unregional(mention.text), 0
    if left == mention.text:
        return False
    while left and (width := next((width for width in (5, 4, 3, 2) if is_trade(left[:width])), 0)):
        left, trades = left[width:], trades + 1
    return not left and trades > 1


_COUNTED_BEHIND = re.compile(r"(?:项目|企业)\d+[个家]")
"""澳门品牌工业|项目12个: what is counted."""
_SO_MANY = re.compile(r"(?:第[一二三四五六七八九十\d]+|[首每这那几两]|\d)(?:台|套|条|辆|件|批|片|根|座|只|枚|艘)$")
_PAID_FOR = re.compile(r"[亿万]元?$|(?:美|欧|日|港)元$")
_AT, _IS_BUILT = (
    re.compile(r"(?:在|于|落户|入驻|进驻|位于)$"),
    re.compile("兴建|建|设|投资|开|办|购|租|征|拿地|买地|落"),
)
_LIVES_THERE = re.compile("[街村镇乡屯庄]")
_MAKES = re.compile("(?:来|独家|长期)?(?:做|供|提供|生产|制造|代工|加工|配套)")
_DESCRIBED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:项目|基地|产线|生产线)")
"""11亿元的|深远海养殖|装备制造项目."""
_NOTHING_BETWEEN = re.compile(r"[\u4e00-\u9fff]{0,6}")
_BUILDS_IN = re.compile("[设建办投找租]")
"""在中部|设客服…: a place and what is built there."""
_SECOND_COLUMN = re.compile(r"有限公司[ \t]{1,3}$")
_THIRD_COLUMN = re.compile(r"[\u4e00-\u9fff]{0,6}[ \t]{1,3}\d")
_PRICED = re.compile(r"(?:[亿万]元?|美元|欧元)的$")
_BUILT = re.compile(r"[\u4e00-\u9fff]{0,2}(?:工程|基地|园|中心|生产线|产线|工厂|车间|枢纽|综合体|库)")


def _unregional(name: str) -> str:
    """What is left of a name without the regions in it."""
    left = _ONLY_REGIONS.sub("", name)
    while left and (width := region_length(left)):
        left = left[width:]
    return left


def _without_owner(text: str, board: Board, mention: Mention) -> Mention:
    """泰和光电系广东泰和控股集团 are two firms: 系 says whose the first one is."""
    at = text.find("系", mention.start + 3, mention.end - 3)
    if at < 0 or not region_length(text[at + 1 : mention.end]):
        return mention
    board.replace(mention, second := Mention(at + 1, mention.end, Kind.COMPANY, text[at + 1 : mention.end]))
    board.place(text, mention.start, at, Kind.COMPANY)
    return second


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
            continue
        for one in held:
            board.remove(one)
        board.place(text, start, end, kind)


_PARTS = re.compile(r"[^/、,\s与]+(?:与(?![^/、,\s]{4})[^/、,\s与]+)*")
_LATIN_PARTS = re.compile(r"[^/、,\t\n]+")


def _place_fields(text: str, fields: list[Field], board: Board) -> None:
    kinds = {"company": Kind.COMPANY, "project": Kind.PROJECT, "person": Kind.PERSON, "agency": Kind.AGENCY}
    for one in fields:
        kind = kinds.get(one.kind)
        if kind is None:
            continue
        parts = _LATIN_PARTS if text[one.start] <= "\u024f" else _PARTS
        for match in parts.finditer(text[one.start : one.end]) if kind is Kind.COMPANY else [None]:
            start = one.start + (match.start() if match else 0)
            end = one.start + match.end() if match else one.end
            note = (_CELL_PAPER if _BRACKETED_FIRM.search(text, start, end) else _CELL_NOTE).search(text, start, end)
            end = note.start() if note is not None else end
            board.place(text, start, end, kind)


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
