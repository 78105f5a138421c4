"""Companies, banks and funds by their endings, with those of other modules; the left edge is found word by word.

A name ends in a legal form, an industry word or an ending (银行, 基金, 局, 开发区). Going left from there, regions and
unknown characters belong to it, verbs, prepositions and generic nouns end it. A short name without a region needs a stem
that no dictionary knows, so 智能装备 is no company and 延舒汽车部件 is one.
"""

import re
from collections.abc import Iterator

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.authorities import agency, zone
from zhaoyin.engines.reading.context_names import Span, names_in_context
from zhaoyin.engines.reading.mentions import Board, Kind
from zhaoyin.engines.reading.name_ends import (
    LONGEST_NAME,
    is_naming,
    is_soft,
    leftwards,
    without_country,
    without_description,
)
from zhaoyin.engines.reading.plants import plants
from zhaoyin.engines.reading.short_names import short_names
from zhaoyin.engines.reading.tokens import RUN, Run, Runs, Token, region_level, regions_left, tokenize
from zhaoyin.engines.reading.vocabulary import (
    COUNTRIES,
    NAMING_DAYS,
    NEVER_IN_STEMS,
    STRONG_VERBS,
)

WEAK_FORMS = frozenset(
    {"股份", "设计院", "研究院", "公司", "集团", "控股", "分行", "支行", "分公司", "支公司", "总公司", "集团公司"}
)
_REGIONAL_BANKS = frozenset(
    {"农村商业银行", "农商银行", "农商行", "村镇银行", "商业银行", "城商行", "农信社", "农信", "银行", "商银"}
)
LONGEST_STEM = 12
_LATIN_NAME = re.compile(
    r"[A-Z](?<![A-Za-zÀ-ÿ][A-Z])[A-Za-zÀ-ÿ]{2,}(?:(?:[ &·-]{1,2}| & )[A-Z][A-Za-zÀ-ÿ]{1,})+(?![A-Za-zÀ-ÿ])(?:\.? (?:Co\.,? ?)?(?:Ltd|Inc|LLC|Corp)\.?|,? (?:GmbH|AG|SE|AB|Oy|A/S|ApS|Pte\.? Ltd\.?|S\.p\.A\.|B\.V\.))?"
)
_TECHNICAL = re.compile(r"(?:(?:Mini|Micro|Smart|Type|Wi|Mini-?)[ -]?)+[A-Z]{2,5}(?:[ -][A-Z0-9]+)*")
"""Mini LED, Micro OLED: what is made, not who makes it."""
_OFFICE_BEFORE = re.compile(r"(?:总裁|总经理|董事长|总监|代表|经理|创始人|主席|博士|教授|社长|会长|CEO)\s?$")
"""总经理Anke Vogt: a person."""
_LEGAL, _AGENCY_OR_MONEY, _ZONE = re.compile("l"), re.compile("[GBF]"), re.compile("Z")
"""Classes of words that end a name, in the order in which they are tried."""
_TRADE = re.compile("i")


def runs(masked: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """Token lists of the runs between punctuation and atoms in `masked[start:end]`."""
    for match in RUN.finditer(masked, start, len(masked) if end is None else end):
        yield tokenize(masked, match.start(), match.end())


def place_organisations(masked: str, token_runs: Runs, board: Board) -> None:
    """Put every organisation with an ending on the board; full names first, then endings, then short names."""
    for endings in (_LEGAL, _AGENCY_OR_MONEY, _ZONE):
        for tokens, index in token_runs.find(endings):
            _place(masked, board, _by_ending(tokens, index))
    for found in plants(masked, token_runs):
        _place(masked, board, found)
    for tokens in token_runs.having(_TRADE):
        for start, end, kind in short_names(tokens):
            if not _behind_company(board, start):
                _place(masked, board, (start, without_description(tokens, start, end), kind))
    for found in names_in_context(masked, token_runs):
        _place(masked, board, found)
    for match in _LATIN_NAME.finditer(masked):
        if (
            not _behind_company(board, match.start())
            and not _TECHNICAL.fullmatch(match[0])
            and not _OFFICE_BEFORE.search(masked, max(0, match.start() - 5), match.start())
        ):
            _place(masked, board, (match.start(), match.end(), Kind.COMPANY))


def _by_ending(tokens: list[Token], index: int) -> Span | None:
    """The name that ends in the ending at `index`."""
    kind = tokens[index].kind
    if kind == "l":
        return None if _goes_on_to_group(tokens, index) else _legal_name(tokens, index)
    if kind == "G":
        return agency(tokens, index)
    if kind == "Z":
        return zone(tokens, index)
    if kind == "B" and tokens[index].text == "农信" and index + 1 < len(tokens) and tokens[index + 1].text == "银行":
        return None  # 广元农信|银行
    return _with_stem(tokens, index, Kind.COMPANY if kind == "B" else Kind.FUND)


def _goes_on_to_group(tokens: list[Token], index: int) -> bool:
    """某某控股|集团: the name ends with the group."""
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return tokens[index].text in {"控股", "股份"} and following.startswith("集团")


def _place(masked: str, board: Board, found: Span | None) -> None:
    if found is not None and found[1] - found[0] <= LONGEST_NAME + 8:
        board.place(masked, *found)


def _behind_company(board: Board, start: int) -> bool:
    """Right behind a company's name stands what it makes: 某某铜业有限公司高精铜箔项目."""
    before = board.at(start - 1)
    return before is not None and before.kind is Kind.COMPANY


def _open_bracket(tokens: list[Token], index: int) -> int:
    """Index of the bracket that closes at `index`, when little stands inside; -1 otherwise."""
    for back in range(index - 1, max(-1, index - 5), -1):
        if tokens[back].text == "(":
            return back
        if tokens[back].kind == "p":
            return -1
    return -1


_HOLDING_WORDS = frozenset(
    {
        "安装",
        "服务",
        "运输",
        "租赁",
        "加工",
        "制造",
        "销售",
        "运营",
        "养殖",
        "种植",
        "检测",
        "投资",
        "发展",
        "建设",
        "管理",
        "开发",
        "贸易",
        "合作",
    }
)


def _region_in_bracket(tokens: list[Token], index: int) -> bool:
    """循环时代(宜宾)资源有限公司: a place in brackets in the middle of a name, 鲁信达(董家口)智能制造有限公司 also one that no list knows."""
    opening = _open_bracket(tokens, index)
    inside = tokens[opening + 1 : index]
    if opening <= 0 or not inside:
        return False
    if all(token.kind == "s" for token in inside):
        return True
    width = inside[-1].end - inside[0].start
    return (
        tokens[opening - 1].kind in "xi" and width <= LONGEST_TOWN and inside[0].kind == "x" and inside[0].text != "简"
    )


def _legal_name(tokens: list[Token], index: int) -> Span | None:
    """Span of the name that ends in the legal form at `index`."""
    end = tokens[index].end
    position, first, length, has_unknown, has_region = index - 1, index, 0, False, False
    bracketed = tokens[index - 1].text == ")"
    weak = tokens[index].text in WEAK_FORMS
    while position >= 0 and end - tokens[position].start <= LONGEST_NAME:
        token = tokens[position]
        if token.text == ")" and (length == 0 or _region_in_bracket(tokens, position)):
            opening = _open_bracket(tokens, position)
            if opening <= 0:
                break
            has_region = has_region or length > 0
            bracketed = bracketed or has_region or _region_in_bracket(tokens, position)
            first, position = opening, opening - 1
            continue
        if token.kind == "l" and length == 0 and weak and token.text in {"控股", "股份"}:
            first, position = position, position - 1
            continue
        if token.kind == "s" and not _inside_a_stem(tokens, position):
            first, has_region = regions_left(tokens, position), True
            if position - first == 1 and length == 0:
                length = len(token.text)
            if not _is_branch(tokens, first, position, index):
                break
            has_unknown = has_unknown or tokens[first - 1].kind == "B"
            position, length = first - 1, length + 2
            continue
        if not _belongs(tokens, position, length, bracketed=bracketed) or (
            weak and _parts_a_weak_name(token, tokens[index])
        ):
            break
        has_unknown = has_unknown or token.kind in {"x", "a"}
        length += len(token.text)
        first, position = position, position - 1
    if not has_region and not weak:
        first, has_region = _region_further_left(tokens, first, index)
    first = without_country(tokens, first)
    stem = tokens[index].start - tokens[first].start
    if stem < 2 or (length == 0 and not has_region):
        return None
    held = has_region and tokens[index - 1].text == "控股"
    if weak and not held and not (has_unknown and length >= 2) and not (has_region and length >= 2):
        return None
    name = "".join(token.text for token in tokens[first : index + 1])
    fund = name.endswith("合伙企业") and re.search(r"投资|基金|创投", name) is not None
    return tokens[first].start, end, Kind.FUND if fund else Kind.COMPANY


def _is_branch(tokens: list[Token], first: int, last: int, index: int) -> bool:
    """宕渠银行|达州|支行, 蒙原乳业|磴口|有限公司: a name in front of the place that stands before the form."""
    if first == 0 or tokens[first - 1].kind == "B":
        return first > 0
    return last + 1 == index and first == last and tokens[first - 1].kind in "ix"


def _inside_a_stem(tokens: list[Token], position: int) -> bool:
    """由婺|江安|颐养老: a county behind an unknown character that a word of grammar opens is none."""
    if position == 0 or tokens[position - 1].kind != "x" or region_level(tokens[position].text) != 3:
        return False
    return len(tokens[position].text) == 2 and (position == 1 or tokens[position - 2].kind == "f")


def _parts_a_weak_name(token: Token, form: Token) -> bool:
    return token.kind in {"v", "P"} and form.text not in {"设计院", "研究院"} and token.text not in _HOLDING_WORDS


def _region_further_left(tokens: list[Token], first: int, index: int) -> tuple[int, bool]:
    """广西靖西铝都循环科技有限公司: a full legal name goes back to its region over words that grammar does not part."""
    position = first - 1
    while position >= 0 and tokens[index].end - tokens[position].start <= LONGEST_NAME:
        token = tokens[position]
        if token.kind == "s" and token.text not in COUNTRIES:
            return regions_left(tokens, position), True
        nicknamed = token.text == "都" and position > 0 and tokens[position - 1].kind == "x"  # 铝都, 瓷都
        if (
            (token.kind not in "nvixPBF" and not nicknamed)
            or token.text in STRONG_VERBS
            or token.text in _NOT_IN_A_NAME
        ):
            break
        position -= 1
    return first, False


_NOT_IN_A_NAME = frozenset({"项目", "企业", "公司", "投资", "签约", "引进", "落户", "来自", "客商", "招商"})


def _belongs(tokens: list[Token], position: int, length: int, *, bracketed: bool = False) -> bool:
    token = tokens[position]
    if token.text == "产业" and (tokens[position + 1].kind == "l" or tokens[position + 1].text in _HELD):
        return True
    if token.kind in {"x", "i", "n", "B", "F", "Z", "P"}:
        return not ((token.kind == "n" and length >= LONGEST_STEM) or token.text in _NO_PART)
    if token.kind == "a":
        return token.text[0].isalpha()
    if token.kind == "s":
        return _inside_a_stem(tokens, position)
    if token.text in _SURVEYS and tokens[position + 1].text in {*_SURVEYS, "研究院", "设计院"}:
        return True
    if token.kind == "v" and (is_naming(token.text) or tokens[position + 1].text == "中心"):
        return True  # 珠宝|鉴定|中心
    if token.kind == "v":
        near_region = bracketed or (position > 0 and tokens[position - 1].kind == "s")
        return ((length < 2 or near_region) and token.text not in STRONG_VERBS) or (
            length < 2 and token.text in _HOLDING_WORDS
        )
    if token.kind == "f":
        if token.text in NAMING_DAYS or (
            position == 0 and token.text in "正全新大双三万千百同" and _unknown(tokens, 1)
        ):
            return True
        first_of_stem = token.text == "中" and length > 0 and tokens[position + 1].kind == "x"
        return is_soft(tokens, position) or first_of_stem or _stem_behind_region(tokens, position, length)
    return False


def _unknown(tokens: list[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].kind == "x"


_HELD = frozenset({"投资", "发展", "控股"})
"""泸州酒城产业|投资|集团."""
LONGEST_TOWN = 4
_SURVEYS = frozenset({"勘察", "勘测", "设计", "规划", "测绘"})
_NO_PART = frozenset({"名称", "名字", "实际", "方为", "企业", "公司", "资企业", "外企"})
_GRAMMAR_WORDS = frozenset(
    word_list(
        """首家 首批 首个 多家 几家 各类 有关 相关 这家 那家 该家 一批 一家 全部 所有 其他 其它 部分 两家 三家 某些 一些 本土 以及 或者 还有 包括"""
    )
)
_COUNTED = re.compile(r"[双三四五六七八九百千万][^家个名所些批位种项条大座期次年月者成分方套类款倍届层级]")


def _stem_behind_region(tokens: list[Token], position: int, length: int) -> bool:
    """长沙三湘, 温州正力, 浙江双元, 常州万帮: right behind a region or its first character a function word is a stem's."""
    text = tokens[position].text
    if length == 0:
        return False
    if position == 0 and text in "同中大新全正和一":
        return tokens[1].kind == "x" and len(tokens) > 2 and tokens[2].kind in "xi"
    if position == 0 or (text == "三" and tokens[position - 1].kind == "g"):
        behind = tokens[position + 1]
        return text in "三五六七八九百千万" and behind.kind == "x" and behind.text not in "家个"
    left = tokens[position - 1].kind
    if len(text) == 1:
        if text in NEVER_IN_STEMS or tokens[position + 1].text in {"家", "个"}:
            return False
        return left == "s" or (left == "x" and position > 1 and tokens[position - 2].kind == "s")
    return left == "s" and (
        _COUNTED.fullmatch(text) is not None
        or (len(text) == 2 and text not in _GRAMMAR_WORDS and tokens[position + 1].kind in "ixn")
    )


def _counts_nothing(tokens: list[Token], position: int) -> bool:
    """由三|江绿能产业基金: a numeral before an unknown character that is no measure begins the name."""
    following = tokens[position + 1]
    return (
        tokens[position].text in "三双九五大"
        and following.kind == "x"
        and following.text not in "家只支个笔期年月日次批名位"
    )


def _with_stem(tokens: list[Token], index: int, kind: Kind) -> Span | None:
    """A bank or fund: needs a region or two unknown characters before its ending."""
    first, unknown, region = index, 0, False
    for position, token in leftwards(tokens, index):
        if token.kind == "s":
            first, region = regions_left(tokens, position), True
            break
        if token.kind == "x" or is_soft(tokens, position) or _counts_nothing(tokens, position):
            unknown += 1
        elif token.kind not in {"i", "n", "F", "B"} and not (token.kind == "v" and token.text not in STRONG_VERBS):
            break
        first = position
    while first < index and tokens[first].kind in {"v"}:
        first += 1
    stem = tokens[index].start - tokens[first].start
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if region and stem >= 2 and tokens[index].text in _REGIONAL_BANKS and tokens[first].text not in COUNTRIES:
        return tokens[first].start, tokens[index].end, kind
    if (
        following in {"代码", "简称", "业", "法", "市场", "账户"}
        or stem < 2
        or (unknown < 2 and not (region and unknown + (stem >= 4) >= 1))
    ):
        return None
    if tokens[index].text in {"股权投资", "资本", "创业投资", "风险投资"} and index == len(tokens) - 1 and unknown < 3:
        return None
    if tokens[index].text in {"资本", "担保", "租赁", "保险"} and unknown < 2:
        return None
    return tokens[first].start, tokens[index].end, kind
