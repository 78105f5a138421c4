"""Places of a sentence that only a firm fills, however everyday the words it is called by: 由天天果园投资建设, 投资方是嘉彩包装, 与中车株洲所签约."""

import re

from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.name_ends import is_naming
from zhaoyin.engines.reading.tokens import region_length, tokenize
from zhaoyin.engines.reading.vocabulary import COUNTRIES, NEVER_IN_STEMS

_NAME = r"(?P<name>[\u4e00-\u9fff]{3,9}?(?:\([\u4e00-\u9fff]{2,4}\)[\u4e00-\u9fff]{0,4})?)"
_PLACES = (
    (
        "投资",
        re.compile(
            rf"由(?:来自[\u4e00-\u9fff]{{2,4}}的)?{_NAME}(?:独家|独资|全资|全额|斥资|负责)?(?:投资|出资)(?:建设|兴建|兴办|创办|打造|开发|新建|设立|的|约?\d)"
        ),
    ),
    (
        "投",
        re.compile(
            rf"(?:投资(?:方|人|商|主体|单位|企业)|投的人)(?:是|为|系|叫|:)(?:来自)?(?:[\u4e00-\u9fff]{{2,3}}的)?{_NAME}(?=[,。;、(\n]|$)"
        ),
    ),
    (
        "与",
        re.compile(
            rf"(?:(?:^|[,。;:\n日天午晚周旬月了]|政府|管委会|[市县区镇]里?|我[市县区镇]|园区|集团|双方)(?:正式)?)与{_NAME}(?:就[^,。;]{{2,16}}|(?:在|通过|以)[^,。;]{{1,10}})?(?:正式|成功|当场|现场|顺利|再次|也|完成)?(?:签署|签订|签约(?!率)|签定|签了|签下)"
        ),
    ),
    ("立于", re.compile(rf"(?:^|[,。;:\n]){_NAME}(?:成立|创立)于(?=[\d一二去今上])")),
    (
        "随",
        re.compile(
            rf"(?:跟随|追随){_NAME}(?:从[\u4e00-\u9fff]{{2,4}}|自[\u4e00-\u9fff]{{2,4}})?(?:一起|一道|一同)?(?:迁来|而来|过来|前来|搬来|来到|落户|来的)"
        ),
    ),
    (
        "叫",
        re.compile(
            r"(?:公司|企业|厂子?|店|名字|品牌|它|他们)(?:的?名字?)?(?:就|都)?叫(?:做|作)?“(?P<name>[\u4e00-\u9fffA-Za-z]{2,8})”"
        ),
    ),
)
_NO_FIRM = re.compile(
    r"政府|管委|委员|我[市县区镇园们]|本[市县区镇]|对方|双方|各方|他|她|它|其|合作|企业|公司|国资|客商|项目|业主|村|农户|居民|员工|职工|高校|大学|学院|银行|股东|老板|厂家|厂商|客户|供应商|团队|部门|单位|机构|专家|院士|业务|产业|工程"
    r"|[市县区镇乡省局委办部]$|^(?:会|各|多|两|三|几|去年|今年|同期|上年|上月|这|那|该|此|全|原|首|一批|有关|相关|知名|龙头|国内|国外)|资金|资本|财政|基金|商会|协会|(?:部|基地|中心|联盟|专班|小组|工厂|产业园|平台|链主|步伐|脚步)$"
)
"""Whoever else invests or signs."""
SHORTEST = 2
"""Words of a name: one word of the dictionary alone is a thing or a kind of people."""


def place_where_firms_stand(text: str, masked: str, board: Board) -> None:
    """Put a firm on the board in each of those places in which nothing stands yet."""
    for sign, pattern in _PLACES:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            start, end = match.span("name")
            width = region_length(text[start:end])
            if text[start : start + width] in COUNTRIES:
                start += width
            if (sign == "叫" and not text.endswith("公司", start, end)) or _may_be_called_so(masked, start, end):
                _place(text, board, start, end)


def _may_be_called_so(masked: str, start: int, end: int) -> bool:
    if "\x00" in masked[start:end] or _NO_FIRM.search(masked, start, end) is not None:
        return False
    tokens = tokenize(masked, start, end)
    if len(tokens) < SHORTEST or all(token.kind == "s" for token in tokens):
        return False
    for index, token in enumerate(tokens):
        if token.kind in "GZrgF" or (token.kind == "v" and not is_naming(token.text) and not index):
            return False
        if token.kind == "f" and token.text in NEVER_IN_STEMS and token is not tokens[-1]:
            return False
    return True


def _place(text: str, board: Board, start: int, end: int) -> None:
    held = board.touching(start, end)
    if any(one.kind is not Kind.PLACE and not _is_cut(one, board, start, end) for one in held):
        return
    for one in held:
        board.remove(one)
        board.guessed.discard((one.start, one.end))
    if board.place(text, start, end, Kind.COMPANY):
        board.guessed.add((start, end))


def _is_cut(mention: Mention, board: Board, start: int, end: int) -> bool:
    """上海纬|达成立于2008年: the tagger's name is the beginning of the one that stands there."""
    guessed = mention.kind is Kind.COMPANY and (mention.start, mention.end) in board.guessed
    return guessed and mention.start == start and mention.end == end - 1
