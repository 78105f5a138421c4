"""Short names of firms: a region, a stem that no dictionary knows, and the word of a trade (延舒汽车部件; not 智能装备)."""

from collections.abc import Iterator

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.context_names import Span
from zhaoyin.engines.reading.lexicon import trades
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.name_ends import is_naming, is_soft, without_country
from zhaoyin.engines.reading.tokens import Run, Token, regions_left
from zhaoyin.engines.reading.vocabulary import NOT_STEMS, STRONG_VERBS

NAME_ENDINGS = frozenset(
    word_list(
        """科技 生物 电子 医疗 精密 机械 新材 新材料 能源 木业 铝业 铜业 药业 制药 纺织 智能 微电子 半导体 光电 电气
    电器 重工 装备 环保 食品 化工 信息 软件 网络 集团 实业 工贸 机电 材料"""
    )
)
_PRODUCT_NEXT = frozenset(
    word_list("""产业 行业 产品 领域 市场 人才 企业 技术 学院 大学 专业 赛道 设备 集群 产业链 链 制造业 板块 公司""")
)


def short_names(tokens: Run) -> Iterator[Span]:
    """Each of the run that ends in words of a trade."""
    index = 0
    while (index := tokens.kinds.find("i", index)) >= 0:
        last = index
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].kind == "i"
            and not tokens[last].text.endswith(("科技", "实业", "工贸"))
        ):
            last += 1
        found = _short_name(tokens, index, last)
        if found is not None:
            yield found
        index = last + 1


def _short_name(tokens: list[Token], index: int, last: int) -> Span | None:
    """Span of region + stem + industry words `index`..`last`."""
    first, position, unknown, known, region = index, index - 1, 0, 0, False
    while position >= 0:
        token = tokens[position]
        if token.kind == "s":
            first, region = regions_left(tokens, position), True
            break
        if token.text in {"见", "访"} and position > 0 and tokens[position - 1].kind == "s":
            break
        opens = _opens_behind_region(tokens, position, unknown) or _opens_the_run(tokens, position, index)
        if token.kind == "x" or is_soft(tokens, position) or opens:
            unknown += 1
        elif (
            token.kind in {"n", "v"}
            and known == 0
            and len(token.text) == 2
            and _word_in_stem(tokens, position, unknown)
        ):
            known += 2
        else:
            break
        first, position = position, position - 1
    if tokens[first].kind == "f" and not _opens_the_run(tokens, first, index):
        first, unknown = first + 1, unknown - 1
    two_regions = region and index - first >= 2 and tokens[index - 1].kind == "s" and len(tokens[index].text) >= 2
    first = _after_trade_end(tokens, without_country(tokens, first), index)
    if last + 1 < len(tokens) and tokens[last + 1].kind == "P" and not region:
        return None
    if unknown > 5 or not (unknown >= 2 or (region and unknown + known >= 2) or two_regions):
        return None
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    goes_on = [token.text for token in tokens[last + 1 : last + 4]]
    if not region and last + 1 < len(tokens) and tokens[last + 1].kind == "x" and "项目" in goes_on:
        return None
    if following in _PRODUCT_NEXT and not region and unknown < 2:
        return None
    return tokens[first].start, _short_end(tokens, first, index, last), Kind.COMPANY


def _opens_behind_region(tokens: list[Token], position: int, unknown: int) -> bool:
    """温州正泽阀门: a function character between a region and unknown ones begins the stem."""
    token = tokens[position]
    return (
        unknown > 0
        and token.kind == "f"
        and len(token.text) == 1
        and (position > 0 and tokens[position - 1].kind == "s")
        and token.text in "正全新和大双三万千百同中"
    )


def _opens_the_run(tokens: list[Token], position: int, index: int) -> bool:
    """比克新能源, 中锂新材, 港资|百福嘉纸品: a function character that opens a run, one unknown one and the trade."""
    if tokens[position].text not in _FIRST_OF_STEMS or (position and tokens[position - 1].kind != "g"):
        return False
    between = tokens[position + 1 : index]
    if tokens[position].text == "三" and between and between[0].text in _COUNTED_BY:
        return False
    return 0 < len(between) < 3 and all(token.kind == "x" for token in between) and len(tokens[index].text) > 1


_FIRST_OF_STEMS = frozenset("比万千百同中三")
_COUNTED_BY = frozenset("家个期条座台套项批大类次位名号层成年月日度")
"""三家新能源企业 counts; 三浦田工业 and 三岛密封 are named so."""


def _after_trade_end(tokens: list[Token], first: int, index: int) -> int:
    """IC厂曜芯科技, 载板商景灏电子: the name begins behind 厂 or 商."""
    for position in range(first, index - 2):
        if tokens[position].text in {"厂", "商"} and all(token.kind == "x" for token in tokens[position + 1 : index]):
            return position + 1
    return first


def _word_in_stem(tokens: list[Token], position: int, unknown: int) -> bool:
    """A dictionary word inside a stem: right after a region (宏业), or after two unknown characters (砺原齿轮)."""
    if position == 0 or tokens[position].text in STRONG_VERBS or tokens[position].text in NOT_STEMS:
        return False
    left = tokens[position - 1].kind
    two_left = position > 1 and left == "x" and tokens[position - 2].kind in {"x", "s"}
    behind_region = left == "s" and (tokens[position].kind == "n" or is_naming(tokens[position].text))
    return behind_region or (two_left and unknown == 0)


def _short_end(tokens: list[Token], first: int, index: int, last: int) -> int:
    """Where the short name ends: before the description of a project that goes on (凯米尔生物 | 诊断试剂项目)."""
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    described = tokens[last].end - tokens[index].end
    made = last + 2 < len(tokens) and following in {"研发", "生产", "制造", "加工", "研制"}
    if (
        made
        and any(token.kind == "P" or token.text == "项目" for token in tokens[last + 2 : last + 4])
        and tokens[index].start - tokens[first].start >= 3
    ):
        return tokens[index].start
    headed = last + 2 < len(tokens) and (tokens[last + 2].text == "项目" or tokens[last + 2].kind == "P")
    if headed and last > index and tokens[last + 1].kind in {"v", "n"} and tokens[last + 1].text not in STRONG_VERBS:
        return tokens[last - 1].end
    if following in {"项目", "生产线", "生产基地"} and described >= 4 and tokens[index].text in NAME_ENDINGS:
        return tokens[index].end
    return tokens[_further_trade(tokens, last)].end


_PARTS = frozenset("锁板机车泵阀管线箱柜炉灯表具膜瓷纸")
_NAME_IS_OVER = frozenset(
    {"科技", "实业", "工贸", "水务", "集团", "能源", "环保", "医药", "生物", "股份", "新材", "新材料", "材料", "化工"}
)
_MADE_NEXT = frozenset({"项目", "产业", "制造", "生产", "研发", "加工", "领域", "行业", "产品", "技术", "设备"})


def _further_trade(tokens: list[Token], last: int) -> int:
    """涵曜激光|雷达, 铂鸢智能|锁: one more word of a trade belongs to the name when no description of a project goes on."""
    if last + 1 >= len(tokens) or tokens[last].text in _NAME_IS_OVER:
        return last
    following = tokens[last + 1]
    if following.text not in (trades() if len(following.text) > 1 else _PARTS):
        return last
    behind = tokens[last + 2] if last + 2 < len(tokens) else None
    if behind is not None and (behind.kind in "niPgx" or behind.text in _MADE_NEXT):
        return last
    return last + 1
