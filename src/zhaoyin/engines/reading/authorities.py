"""Agencies and zones by their endings."""

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.context_names import Span
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.name_ends import LONGEST_NAME, is_soft, leftwards
from zhaoyin.engines.reading.tokens import Token, regions_left
from zhaoyin.engines.reading.vocabulary import BARE_AGENCIES

_AGENCY_WORDS = frozenset(
    word_list(
        """投资 促进 合作 发展 保障 管理 监督 服务 规划 建设 执法 运输 应急 统计 审批 改革 招引 招商 审计 教育 开发
    市场 引资 经济 外事 合作和 商务 财政"""
    )
)
_UPPER = frozenset("县市区省镇乡州旗")


def agency(tokens: list[Token], index: int) -> Span | None:
    """Span of the agency that ends at `index`; None for a bare 管委会."""
    first, position, content = index, index - 1, 0
    while position >= 0 and tokens[index].end - tokens[position].start <= LONGEST_NAME:
        token = tokens[position]
        if (
            token.kind in {"s", "Z", "n", "i"}
            or token.text in _AGENCY_WORDS
            or (token.kind == "G" and token.text != "局")
        ):
            content += len(token.text)
        elif token.text in _UPPER:
            first = position
            position -= 1
            if position >= 0 and tokens[position].kind == "s":
                first = regions_left(tokens, position)
            break
        elif (
            token.text in {"和", "与"}
            and (content or len(tokens[index].text) >= 6)
            and position > 0
            and tokens[position + 1].kind != "s"  # 某某新材料与|温州商会
            and tokens[position - 1].kind in {"n", "i", "v"}
        ):
            pass
        elif (token.kind == "x" or token.text == "中") and content and _zone_between(tokens, position, index):
            content += 1
        else:
            break
        first, position = position, position - 1
    while first < index and tokens[first].text in {"和", "与"}:
        first += 1
    if first == index and tokens[index].text in BARE_AGENCIES:
        return None
    if tokens[index].end - tokens[first].start < 3 or (first == index and len(tokens[index].text) < 3):
        return None
    only_upper = index - first == 1 and tokens[first].text in _UPPER and tokens[index].text in BARE_AGENCIES
    return None if only_upper else (tokens[first].start, tokens[index].end, Kind.AGENCY)


def _zone_between(tokens: list[Token], position: int, index: int) -> bool:
    return any(token.kind == "Z" for token in tokens[position:index])


def zone(tokens: list[Token], index: int) -> Span | None:
    """A zone or park with a stem of its own: a region or two unknown characters before the ending."""
    first, unknown, region = index, 0, False
    for position, token in leftwards(tokens, index):
        if token.kind == "s":
            first, region = regions_left(tokens, position), True
            break
        if token.kind == "x" or (token.kind == "f" and _is_stem_of_zone(tokens, position)):
            unknown += 1
        elif token.kind not in {"i", "n", "Z"} or token.text in {
            "全市",
            "我区",
            "全区",
            "国家级",
            "省级",
            "市级",
            "本地",
            "各",
            "重点",
        }:
            break
        first = position
    if (first == index and tokens[index].text not in {"光谷", "科学城"}) or not (region or unknown >= 2):
        return None
    last = index
    if index + 2 < len(tokens) and tokens[index + 1].kind == "x" and not region:
        last = index
    for ahead in range(index + 1, min(index + 4, len(tokens))):
        if tokens[ahead].text == "基地" and ahead > index + 1:
            last = ahead
        if tokens[ahead].kind not in {"x", "P", "s"}:
            break
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if following == "项目":
        return None
    return tokens[first].start, tokens[last].end, Kind.ZONE


def _is_stem_of_zone(tokens: list[Token], position: int) -> bool:
    """A function word inside a zone's stem; 中 also begins one (中新苏滁高新区)."""
    begins = tokens[position].text == "中" and tokens[position + 1].kind == "x"
    return begins or is_soft(tokens, position) or _numeral_stem(tokens, position)


def _numeral_stem(tokens: list[Token], position: int) -> bool:
    return (
        tokens[position].text in "三五九八六四七二一"
        and tokens[position + 1].kind == "x"
        and position > 0
        and tokens[position - 1].kind == "s"
    )
