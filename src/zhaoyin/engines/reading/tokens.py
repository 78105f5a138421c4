"""Backward longest-match words over runs of Chinese characters: cheap, linear, and good enough to see what is *no* word.

A name's stem is what no dictionary knows; single characters left over (class `x`) are where names are made of.

Classes: s region · t town · i industry word · l legal form · r role · g generic noun · G agency · Z zone · F fund · B bank ending ·
P project head · v verb · n other word · f function word · x unknown single character · a Latin letters and digits · p bracket.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from zhaoyin.domain.company_name import INDUSTRY_WORDS, LEGAL_FORMS, word_list
from zhaoyin.domain.region import PROVINCES
from zhaoyin.engines.reading import vocabulary as words
from zhaoyin.engines.reading.lexicon import data_lines, towns, trades
from zhaoyin.engines.reading.lexicon import words as common_words

_IN_RUN = r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-zÀ-ÿ0-9()·&]"
RUN = re.compile(f"{_IN_RUN}{_IN_RUN}*")
"""The first sign stands by itself: a pattern that begins with a set is sought faster than one that begins with a repetition."""
_LATIN = re.compile(r"[A-Za-z0-9&·.]+")
_FUNCTION_TAGS = frozenset("cpdrumfytqoe")
_REGION_ENDING = re.compile(
    r"(?:维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|(?:[\u4e00-\u9fff]{1,4}族)*自治[州县]|[省市县盟旗]|林区|地区)$"
)
_COMMON_CITIES = frozenset(
    word_list(
        """大名 富裕 平和 南部 中方 新兴 比如 延长 合作 万年 上高 上思 平定 定结 加查 正安 普定 三台 三门 五台 安定 白水 和平 东方 江山 安宁 明光 开原 大安 兴平 天长 北安 铁力 海伦 五常 尚志 同江 凌海 海城 德兴 武穴"""
    )
)


@dataclass(slots=True)
class Token:
    """`text` from `start` (to `end`, exclusive) of class `kind`; never changed, and not frozen only because there are so many."""

    start: int
    end: int
    kind: str
    text: str


class Run(list[Token]):
    """Words of a run between punctuation and atoms, with their classes in one string (`kinds`) that is searched instead of them."""

    __slots__ = ("kinds",)
    kinds: str


class Runs(list[Run]):
    """The runs of a text in their order; classes of words are looked for in all of them at once."""

    __slots__ = ("_kinds", "_starts")

    def __init__(self, runs: Iterable[Run]) -> None:
        super().__init__(runs)
        self._kinds = "\n".join([run.kinds for run in self])
        self._starts = [0, *accumulate([len(run) + 1 for run in self])]

    def find(self, kinds: re.Pattern[str]) -> Iterator[tuple[Run, int]]:
        """Each place where the classes of a run's words match: the run, and the first of the words."""
        for match in kinds.finditer(self._kinds):
            number = bisect_right(self._starts, match.start()) - 1
            yield self[number], match.start() - self._starts[number]

    def having(self, kinds: re.Pattern[str]) -> Iterator[Run]:
        """The runs in which the classes of the words match somewhere."""
        position = 0
        while (match := kinds.search(self._kinds, position)) is not None:
            number = bisect_right(self._starts, match.start()) - 1
            yield self[number]
            position = self._starts[number + 1]


@lru_cache(maxsize=1)
def regions() -> dict[str, int]:
    """Names of regions, full and short → level (0 country or area, 1 province, 2 prefecture, 3 county)."""
    found: dict[str, int] = {}
    known = common_words()
    for line in data_lines("regions.tsv"):
        level, _code, name = line.split("\t")
        found.setdefault(name, int(level))
        short = _REGION_ENDING.sub("", name)
        certain = level != "3" or (name.endswith(("市", "县")) and short not in _COMMON_CITIES)
        if short != name and len(short) >= 2 and (certain or short not in known):
            found.setdefault(short, int(level))
        if (
            level == "3"
            and len(name) > 3
            and name[-1] == "区"
            and name[-2] not in "新矿林城郊工高港"
            and name[:-1] not in known
        ):
            found.setdefault(name[:-1], 3)  # 鲅鱼圈, 石景山
        district = name[:-1] if level == "3" and len(name) == 3 and name[-1] == "区" else ""
        if district in words.DISTRICTS or (district and district not in known and district not in words.NO_DISTRICTS):
            found.setdefault(district, int(level))
    found |= {short: 1 for short, _ in PROVINCES.values()}
    found |= dict.fromkeys([*words.COUNTRIES, *words.AREAS], 0)
    for common in ("城区", "郊区", "矿区", "新区", "市中区", "高新区", "市辖区", "阿里", "大城", "资源"):
        found.pop(common, None)
    return found


@lru_cache(maxsize=1)
def _classes() -> tuple[dict[str, str], dict[str, str | tuple[int, ...]]]:
    """Word → class; and for each ending of two characters the word lengths to try, longest first, or the class of the only word that ends so,
    when it is these two characters.
    """
    common = common_words()
    kinds = {tag: "v" if tag == "v" else "f" if tag in _FUNCTION_TAGS else "n" for tag in set(common.values())}
    classes = dict(zip(common, map(kinds.__getitem__, common.values()), strict=True))
    classes |= {word: "G" for word in common if word[-1] == "局" and len(word) > 2}
    for word in words.STRONG_VERBS:
        classes.setdefault(word, "v")
    for word in (*words.NOT_STEMS, *trades()):
        classes.setdefault(word, "n")
    classes |= dict.fromkeys(words.MEETING_VERBS, "v")
    classes |= dict.fromkeys(words.PROJECT_HEADS, "P")
    classes |= dict.fromkeys((word for word in INDUSTRY_WORDS), "i")
    classes |= dict.fromkeys(regions(), "s")
    classes |= dict.fromkeys(("储运", "设备", "新世纪", "通用", "三峡", "三江", *words.TRADES_LIKE_VERBS), "n")
    classes |= dict.fromkeys(words.GENERIC, "g")
    classes |= dict.fromkeys(words.ROLES, "r")
    classes |= dict.fromkeys((first + last for first in words.ROLE_PARTS[0] for last in words.ROLE_PARTS[1]), "r")
    classes |= dict.fromkeys(words.AGENCY_ENDINGS, "G")
    classes |= dict.fromkeys(words.ZONE_ENDINGS, "Z")
    classes |= dict.fromkeys(words.FUND_ENDINGS, "F")
    classes |= dict.fromkeys(words.BANK_ENDINGS, "B")
    classes |= dict.fromkeys(
        (form for form in LEGAL_FORMS if form not in {"公司", "集团", "控股", "子公司", "分公司"}), "l"
    )
    classes |= {
        "集团": "l",
        "公司": "l",
        "控股": "l",
        "股份": "l",
        "子公司": "g",
        "分公司": "l",
        "支公司": "l",
        "分行": "l",
        "支行": "l",
        "设计院": "l",
        "律师事务所": "l",
        "会计师事务所": "l",
        "集团有限责任公司": "l",
        "集团股份公司": "l",
        "研究院": "l",
    }
    return classes, _endings(classes)


def _endings(classes: Mapping[str, str]) -> dict[str, str | tuple[int, ...]]:
    longer: dict[str, set[int]] = {}
    for word in [word for word in classes if len(word) > 2]:
        longer.setdefault(word[-2:], set()).add(len(word))
    endings: dict[str, str | tuple[int, ...]] = {word: kind for word, kind in classes.items() if len(word) == 2}
    for ending, lengths in longer.items():
        also = (2,) if ending in classes else ()
        endings[ending] = (*sorted(lengths, reverse=True), *also)
    return {ending: found for ending, found in endings.items() if ending[1] != "的" and ending[1] > "\u00ff"}


@lru_cache(maxsize=1)
def _single_classes() -> dict[str, str]:
    """Classes of characters that are left alone; all others are x."""
    classes, _ = _classes()
    return {word: kind for word, kind in classes.items() if len(word) == 1 and word != "的"} | dict.fromkeys(
        words.FUNCTION, "f"
    )


def tokenize(text: str, start: int, end: int) -> Run:
    """Tokens of the run `text[start:end]`, which holds no punctuation but brackets and stands behind some; 的 is never the end of a word."""
    classes, endings = _classes()
    single, doubtful = _single_classes(), _second_characters()
    found = Run()
    position = end
    while position > start:
        begin, kind = position - 2, ""
        word = text[begin:position]
        known = endings.get(word)
        if known is None:
            pass
        elif isinstance(known, str):
            if text[begin] not in doubtful or begin == start or _stands(text, start, begin, position, known):
                kind = known
        else:
            for width in known:
                begin = position - width
                if begin < start:
                    continue
                word = text[begin:position]
                kind = classes.get(word, "")
                if kind:
                    if text[begin] not in doubtful or begin == start or _stands(text, start, begin, position, kind):
                        break
                    kind = ""
        if not kind:
            begin = position - 1
            word = text[begin]
            if word > "\u00ff":
                kind = single.get(word, "x")
            else:
                begin, kind = _latin(text, start, position)
                word = text[begin:position]
        found.append(Token(begin, position, kind, word))
        position = begin
    found.reverse()
    found.kinds = "".join([token.kind for token in found])
    return found


def _stands(text: str, start: int, begin: int, end: int, kind: str) -> bool:
    """Whether the word `text[begin:end]` takes nothing from the word before it: 分行|为, 上海|鲜达."""
    if text[begin] == "投" and text[begin - 1] in "创风":
        return text[begin - 2 : begin] == "科创"
    if text[begin] == "中":
        return text[begin - 1] != "其" or kind != "s"  # 其中|江汉
    if text[begin] == "行":
        return text[begin:end] != "行为" or text[begin - 1] not in "分支银商"
    return not (kind in "nv" and _splits_generic(text, start, begin)) and not _splits_region(
        text, start, begin, kind, _classes()[0]
    )


@lru_cache(maxsize=1)
def _second_characters() -> frozenset[str]:
    """Second characters of provinces and countries of two characters, last ones of `_WHOLE`, and the beginnings of 长武, 行为 and 投向."""
    split = {name[1] for name, level in regions().items() if level <= 2 and len(name) == 2}
    return frozenset({"长", "行", "投", "中", *split, *(word[-1] for word in _WHOLE)})


_WHOLE = frozenset({"企业", "公司", "客户", "总经理", "经理", "老板", "名称", "项目", "董事", "主任", "箱包", "水务"})
"""Words of the trade that lose no character to the word behind them: 企业|大韩, 总经理|宗晓航."""


def _splits_generic(text: str, start: int, begin: int) -> bool:
    """Whether the word that begins there takes the last character of one of `_WHOLE`."""
    if begin == start:
        return False
    return text[begin - 1 : begin + 1] in _WHOLE or text[begin - 2 : begin + 1] in _WHOLE


_LONG_COUNTRIES = frozenset(name for name in words.COUNTRIES if len(name) == 3)
_LONG_PROVINCES = frozenset({"内蒙古", "黑龙江"})
_BEFORE_A_PLACE = frozenset("是家有向在到与由从和及给为对的于至赴去")
"""Right behind one of these a city keeps its second character: 向长治|道地."""
_HEADED = frozenset("市县区局镇乡部处科所院会厂校行组队")
"""副市长|武洪亮: the head of these is no part of the county 长武."""


def _splits_region(text: str, start: int, begin: int, kind: str, classes: dict[str, str]) -> bool:
    """A province or country never loses its second character to the word that begins there (上海|鲜达, 韩国|大星)."""
    if kind == "s" and text[begin] == "长" and begin > start and text[begin - 1] in _HEADED:
        return True
    if begin > start and text[begin - 1 : begin + 2] in _LONG_PROVINCES:
        return True
    level = regions().get(text[begin - 1 : begin + 1], 9)
    if text[begin - 2 : begin + 1] in _LONG_COUNTRIES and kind in "nvi":
        return True
    if kind == "s" and level == 2:
        smaller = regions().get(text[begin : begin + 2]) == 3  # 设立|四平|鲁泰丰
        return smaller or begin - 2 < start or text[begin - 2] in _BEFORE_A_PLACE
    if kind == "s":
        return level == 1
    if level == 2 and kind in "nv" and (begin - 2 < start or text[begin - 2] in _BEFORE_A_PLACE):
        return True
    if level > 1 or kind not in "nvif":
        return False
    return begin - 2 < start or text[begin - 2 : begin] not in classes


def _latin(text: str, start: int, position: int) -> tuple[int, str]:
    """Where the bracket or Latin word that ends at `position` begins, and its class."""
    if text[position - 1] in "()":
        return position - 1, "p"
    begin = position - 1
    while begin > start and ((text[begin - 1] <= "\u00ff" and text[begin - 1] not in "()") or text[begin - 1] == "·"):
        begin -= 1
    return begin, "a"


def region_length(text: str) -> int:
    """Length of the region name that `text` begins with; 0 when there is none."""
    known = regions()
    for width in range(min(8, len(text)), 1, -1):
        if text[:width] in known:
            return width
    return 0


def region_level(text: str) -> int | None:
    """1 province, 2 prefecture, 3 county, 0 country or area; None when it is no region."""
    return regions().get(text)


def is_town(text: str) -> bool:
    """Whether `text` is the name of a town, township or sub-district."""
    return text in towns()


def regions_left(tokens: list[Token], index: int) -> int:
    """Where the regions that stand right before the word at `index` begin; `index` when there are none."""
    while index > 0 and tokens[index - 1].kind == "s":
        index -= 1
    return index
