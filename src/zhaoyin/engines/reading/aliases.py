"""Names without an ending, aliases, and which mentions are one company.

Bare names (数澜云, 鲸屿) are runs of two to four unknown characters with a cue beside them; declared ones (以下简称, 全称,
证券简称) need none. Every short name that a known full or regional name can have is then looked for in the whole text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

import ahocorasick

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.lexicon import is_trade, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster, clusters_of, drafted
from zhaoyin.engines.reading.tokens import Run, Runs, Token, region_length, region_level, regions
from zhaoyin.engines.reading.vocabulary import COMMON_SURNAMES, COUNTRIES, SOFT, ZONE_ENDINGS

_DECLARED = re.compile(
    r"(?:以下简称|简称|又称|全称|下称|中文名|股名)(?:为|:|叫)?\s?[“\"']?(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)[”\"'),、\s](?!公告)"
)
_PARENT_STOCK = re.compile(r"证券简称[::]\s?(?P<name>[\u4e00-\u9fffA-Za-z]{3,6})(?![\u4e00-\u9fff])")
_NO_SHORT_NAMES = frozenset(["公司", "本公司", "甲方", "乙方", "集团", "区", "县", "市"])
_CUE_BEFORE = frozenset(
    word_list(
        """拜访 走访 考察 对接 引进 引入 洽谈 签约 回访 企业 客商 老企业 上游 下游 客户 供应商 龙头 巨头 公司 投资
    牵手 携手 联合 入股 合作方 老客户 子公司 母公司 股东 跟踪 洽商 会见 约见 拟引进 对方 负责 建议 收购 邀请
    关于 单位 链主 上下游"""
    )
)
_CALLED = frozenset({"叫", "叫做", "名叫", "是家叫", "全名", "名为"})
_CUE_BEFORE_CHARS = frozenset("见访投签和与引谈给对跟向由卖")
_CUE_AFTER = frozenset(
    word_list(
        """项目 集团 宣布 计划 拟 已 投资 携 负责人 董事长 总经理 创始人 落地 落户 签约 表示 股份 将 追加 增资 落子
    开工 投产 选择 决定 今年 去年 等 准备 打算 总部 方面 工厂 基地 科技 参与 入驻 把 还 则 的 就 也 建议 请
    报 由 在"""
    )
)
_STRONG_AFTER = frozenset(
    word_list(
        """项目 集团 宣布 计划 拟 投资 携 负责人 董事长 总经理 创始人 落户 签约 表示 股份 追加 增资 总部 入驻 落子
    把 准备 将 已"""
    )
)
_GAP = re.compile(r"\((?:全称|以下简称|简称|下称|证券简称|股票简称|股名|中文名|又称)[::为]?\s?[“\"]?")
_INNER = SOFT - frozenset("和以于之为而与")
"""What may stand between the unknown characters of a bare name."""
_THE_WHOLE = re.compile("[全各该本我][市县区旗州镇省乡]")
"""全旗新|签约, 我县新|引进: no name begins so."""
_NOT_NAMES = frozenset(
    ["新签", "新春", "喷布", "熔喷布", "加盟", "微信", "微博", "抖音", "新浪", "腾讯网", "钕铁硼", "伺服器"]
)


_CHEMISTRY = frozenset("磷酸铁锂锰钴镍硅碳钠氢氧氯氟钛铝铜锌镁硫钙钾铵烯烷醇酯醚胺酚酮醛腈钒")
"""磷酸铁锂, 聚碳酸酯: three of these make a substance and no firm."""


def occurrences(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where the names stand, leftmost and longest first, without overlaps."""
    wanted = sorted(names)
    if not wanted:
        return []
    automaton = ahocorasick.Automaton()
    for name in wanted:
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    return [(last + 1 - length, last + 1) for last, length in automaton.iter_long(text)]


@lru_cache(maxsize=8)
def _known_automaton(names: tuple[str, ...]) -> ahocorasick.Automaton:
    """Names given by the user; words that every text uses and names of regions are left out."""
    automaton = ahocorasick.Automaton()
    for name in names:
        flat = canonical(name.strip())
        if len(flat) >= 2 and flat not in words() and flat not in regions():
            automaton.add_word(flat, len(flat))
    if len(automaton):
        automaton.make_automaton()
    return automaton


def known_occurrences(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the user's names stand; a Latin one is never a part of a longer word."""
    automaton = _known_automaton(names)
    for last, length in automaton.iter_long(text) if len(automaton) else ():
        start, end = last + 1 - length, last + 1
        around = (text[start - 1 : start] + text[start], text[end - 1] + text[end : end + 1])
        if not any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in around):
            yield start, end


def place_bare_names(text: str, token_runs: Runs, board: Board) -> None:
    """Declared short names, and runs of unknown characters with a cue beside them."""
    for pattern in (_DECLARED, _PARENT_STOCK) if "称" in text or "名" in text else ():
        for match in pattern.finditer(text):
            if match["name"] not in _NO_SHORT_NAMES and board.place(text, *match.span("name"), Kind.COMPANY):
                board.given.add(match.span("name"))
    for tokens in token_runs.having(_MAY_HOLD_NAMES):
        if tokens.kinds.startswith("ni"):
            _listed_after_company(text, tokens, board)
        for first, last in _unknown_runs(tokens):
            start, end = tokens[first].start, tokens[last].end
            if (
                board.is_free(start, end)
                and not ((owner := board.at(start - 1)) and owner.kind is Kind.COMPANY)
                and text[start:end] not in _NOT_NAMES
                and _THE_WHOLE.match(text, start) is None
                and _has_cue(text, tokens, first, last, board)
            ):
                region = (
                    first > 0
                    and tokens[first - 1].kind == "s"
                    and tokens[first - 1].text not in COUNTRIES
                    and board.is_free(tokens[first - 1].start, start)
                )
                board.place(text, tokens[first - 1].start if region else start, end, Kind.COMPANY)


def _listed_after_company(text: str, tokens: list[Token], board: Board) -> None:
    """江苏昆岳互联、劲力传动等: a dictionary word with an industry word (the classes of `tokens` begin with ni), in a list behind a company."""
    if len(tokens[0].text) != 2:
        return
    before = board.at(tokens[0].start - 2)
    following = tokens[2].text if len(tokens) > 2 else ""
    if (
        text[tokens[0].start - 1 : tokens[0].start] == "、"
        and before is not None
        and before.kind is Kind.COMPANY
        and following in {"等", "", "项目", "和"}
    ):
        board.place(text, tokens[0].start, tokens[1].end, Kind.COMPANY)


_MAY_HOLD_NAMES = re.compile("^ni|x.?x", re.MULTILINE)
"""Classes of the words without which a run has no bare name."""
_UNKNOWN = re.compile("x(?:x|.(?=x))*")
"""Unknown characters, and others right before one: they may be soft."""


def _unknown_runs(tokens: Run) -> Iterator[tuple[int, int]]:
    index = 0
    while (found := _UNKNOWN.search(tokens.kinds, index)) is not None:
        index = last = found.start()
        while last + 1 < found.end() and (tokens[last + 1].kind == "x" or tokens[last + 1].text in _INNER):
            last += 1
        if 2 <= tokens[last].end - tokens[index].start <= 4:
            yield index, last
        index = last + 1


SAID_AGAIN = 20_000
"""Characters on both sides in which a name that is said again is looked for."""


def _has_cue(text: str, tokens: list[Token], first: int, last: int, board: Board) -> bool:
    before = tokens[first - 1].text if first else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    length = tokens[last].end - tokens[first].start
    if sum(sign in _CHEMISTRY for sign in text[tokens[first].start : tokens[last].end]) >= 3:
        return False
    known = words()
    if any(text[begin : begin + 2] in known for begin in range(tokens[first].start, tokens[last].end - 1)):
        return False
    person = (
        text[tokens[first].start] in COMMON_SURNAMES
        and length == 3
        and after not in _STRONG_AFTER
        and before not in _CUE_BEFORE
    )
    begin, name = tokens[first].start, text[tokens[first].start : tokens[last].end]
    if length >= 3 and not person and text.count(name, max(0, begin - SAID_AGAIN), begin + SAID_AGAIN) >= 2:
        return True
    opens = first == 0 or tokens[first - 1].kind == "s"
    bracket = after == "(" and text.startswith(("(全称", "(简称", "(以下"), tokens[last].end)
    if bracket or (after in {"项目", "集团"} and length >= 2 and not _is_descriptive(text, tokens, first)):
        return True
    if before in _CALLED and length >= 2:
        return True
    if before in _CUE_BEFORE and length >= 3:
        return after in _CUE_AFTER or after == "" or length == 3
    if opens and length >= 3 and after in _STRONG_AFTER:
        return True
    neighbour = board.at(tokens[first].start - 2) or board.at(tokens[last].end + 1)
    listed = (
        text[tokens[first].start - 1 : tokens[first].start] == "、"
        or text[tokens[last].end : tokens[last].end + 1] == "、"
    )
    return bool(listed and neighbour and neighbour.kind is Kind.COMPANY and length >= 3)


def _is_descriptive(text: str, tokens: list[Token], first: int) -> bool:
    """氢能重卡项目: unknown characters that go on from a descriptive word."""
    return first > 0 and tokens[first - 1].kind in {"n", "i"}


def place_zone_names(text: str, board: Board) -> None:
    """三山经开区 for 芜湖三山经开区: a zone's name without its leading region, in the whole text."""
    short: set[str] = set()
    for mention in board.of(Kind.ZONE):
        width = region_length(mention.text)
        if width and len(mention.text) - width >= 4 and mention.text[width:] not in ZONE_ENDINGS:
            short.add(mention.text[width:])
    for start, end in occurrences(text, short):
        board.place(text, start, end, Kind.ZONE)


def cluster_companies(text: str, board: Board) -> list[Cluster]:
    """Companies and banks of the text; short names are looked for and placed first."""
    _place_parents(text, board)
    _place_short_names(text, board)
    mentions: dict[str, list[Mention]] = {}
    for mention in board.of(Kind.COMPANY):
        mentions.setdefault(mention.text, []).append(mention)
    clusters = clusters_of(mentions)
    _join_declared(text, clusters)
    join_beginnings(clusters)
    for cluster in clusters:
        cluster.mentions.sort(key=_START)
    return [cluster for cluster in clusters if cluster.mentions]


_START = attrgetter("start")


def _place_parents(text: str, board: Board) -> None:
    """海豚泳池设备新注册海豚(泗洪)水处理有限公司: what opens the clause before and bears the same stem is the parent."""
    for mention in board.of(Kind.COMPANY):
        founded = text[mention.start - 3 : mention.start]
        if not founded.endswith(("注册", "设立", "成立", "立了", "册了")):
            continue
        stem = mention.text[: mention.text.find("(")] if "(" in mention.text else drafted(mention.text).part.stem
        opening = max(text.rfind(sign, max(0, mention.start - LONGEST_PARENT), mention.start) for sign in "。;,\n:")
        start = opening + 1
        if opening >= 0 and len(stem) >= LEAST_STEM and text.startswith(stem, start):
            named = _FOUNDER.match(text, start + len(stem), mention.start)
            if named is not None:
                board.place(text, start, named.end(), Kind.COMPANY)


LONGEST_PARENT, LEAST_STEM = 24, 2
_FOUNDER = re.compile(r"[\u4e00-\u9fff]{2,6}?(?=(?:在[\u4e00-\u9fff]{2,6})?(?:新|全资)?(?:设立|成立|注册))")


LEAST_AGAIN = 4
"""Characters of a name that is looked for wherever it stands, so that no short name is found inside it."""


def _is_a_place(text: str, name: str, short: str) -> bool:
    """黎塘 of 黎塘水泥 where the text speaks of 黎塘工业园区, 喀左 of 喀左紫陶 where something is 在喀左: a place, and no short name."""
    if not name.startswith(short):
        return False
    at = text.find(short)
    while at >= 0:
        behind = text[at + SHORT_PLACE : at + SHORT_PLACE + 2]
        own = text.startswith(name, at)
        if not own and (behind[:1] in _PLACE_GOES_ON or behind in _ZONE_GOES_ON or text[at - 1 : at] in _STANDS_AT):
            return True
        at = text.find(short, at + SHORT_PLACE)
    return False


SHORT_PLACE = 2
_PLACE_GOES_ON, _STANDS_AT = frozenset("县镇乡村港籍"), frozenset("在于赴抵")
_ZONE_GOES_ON = frozenset(["工业", "经济", "经开", "高新", "开发", "街道", "新区"])


_LEVELS = frozenset("县旗镇乡")
"""三江县 is where 三江县糖厂 stands, whatever lists of places say."""


def _place_short_names(text: str, board: Board) -> None:
    names = {mention.text for mention in board.of(Kind.COMPANY)}
    wanted = {
        short
        for name in names
        for short in drafted(name).short
        if short[-1] not in _LEVELS and (len(short) != SHORT_PLACE or not _is_a_place(text, name, short))
    }
    if wanted:
        wanted |= {name for name in names if len(name) >= LEAST_AGAIN}
    for start, end in occurrences(text, wanted) if wanted else ():
        if not board.is_free(start, end):
            old = board.at(start)
            wider = (
                old is not None
                and old.kind in {Kind.PLACE, Kind.PERSON, Kind.COMPANY}
                and old.end - old.start < end - start
                and old.start >= start
                and old.end <= end
            )
            cut = (
                old is not None
                and old.start == start
                and (old.start, old.end) in board.guessed
                and (words().get(text[end : old.end], "")[:1] in {"v", "d"} or text[end : old.end] in _SINGLE_VERBS)
                and not is_trade(text[end : old.end])
            )
            if old is None or not (wider or cut):
                continue
            board.guessed.discard((old.start, old.end))
            board.remove(old)
        board.place(text, start, end, Kind.COMPANY)
    _place_words_as_names(text, board, names)


_SINGLE_VERBS = frozenset("定配说要想供投拿签去来")
"""蹑云|定哪儿: what the tagger takes along behind a short name."""
_ACTS_IN = re.compile(r"(?:^|[,。;:“\n]|[给替为陪盯]|跟着|随着|冲着|如果|只要|带动)$")
_ACTS = re.compile(
    r"(?:一(?:动|开工|签|来|定)|的(?:人|老板|厂长|客户|订单|意思|用量|项目|协议|合同|厂房)|说(?![明法])|表示|自己|方面|那边|打算|开工|投产|签约?了|做(?![为好大强])|供(?!应链)[\u4e00-\u9fff]|定(?:哪|在|了))"
)


def _place_words_as_names(text: str, board: Board, names: set[str]) -> None:
    """灯语一动, 给灯语做灯罩 where a firm is called 中山灯语照明: a stem that is a word too is its name where it acts or is served."""
    known = words()
    stems = {part.stem for part in (drafted(name).part for name in names) if part.stem != part.full}
    risky = {stem for stem in stems if len(stem) == SHORT_PLACE and stem in known and region_level(stem) is None}
    for start, end in occurrences(text, risky) if risky else ():
        acts = _ACTS.match(text, end) is not None and _ACTS_IN.search(text, max(0, start - 2), start) is not None
        if acts and board.is_free(start, end):
            board.place(text, start, end, Kind.COMPANY)


SHORTEST_BEGINNING, LONGEST_BEGINNING = 2, 4


def join_beginnings(clusters: list[Cluster]) -> None:
    """热浪 is 热浪剧场 when no other firm of the text begins so, whatever word its name goes on with."""
    if len(clusters) < 2:
        return
    begun: dict[str, set[int]] = {}
    for number, cluster in enumerate(clusters):
        for name in cluster.names:
            for start in {0, region_length(name)}:
                for width in range(SHORTEST_BEGINNING, min(LONGEST_BEGINNING, len(name) - start - 1) + 1):
                    begun.setdefault(name[start : start + width], set()).add(number)
    for number, short in enumerate(clusters):
        name = next(iter(short.names)) if len(short.names) == 1 else ""
        homes = begun.get(name, set()) - {number}
        if len(homes) == 1 and (home := clusters[homes.pop()]).mentions:
            _join(home, short)


def _join(cluster: Cluster, other: Cluster) -> None:
    cluster.mentions += other.mentions
    cluster.names |= other.names
    cluster.parts += other.parts
    other.mentions, other.names, other.parts = [], set(), []


def _join_declared(text: str, clusters: list[Cluster]) -> None:
    """鸿准达(全称东莞市鸿准达智能装备有限公司), 某某股份有限公司(以下简称“某某”) are one."""
    begins = {mention.start: cluster for cluster in clusters for mention in cluster.mentions}
    for cluster in clusters:
        for mention in list(cluster.mentions):
            gap = _GAP.match(text, mention.end)
            foreign = text.startswith("(", mention.end) and text[mention.end + 1 : mention.end + 2].isascii()
            if gap is None and not foreign and not (mention.text.isascii() and text.startswith("(", mention.end)):
                continue
            other = begins.get(gap.end() if gap is not None else mention.end + 1)
            if other is not None and other is not cluster:
                _join(cluster, other)
