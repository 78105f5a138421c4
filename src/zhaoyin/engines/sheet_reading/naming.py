"""Project and investor in one cell: 某某公司年产…项目 · 项目（投资方） · on two lines · 投资方：项目."""

import re
from functools import lru_cache

from zhaoyin.engines.sheet_reading.texts import clean, one_line, without_numbering

_LEGAL = (
    r"(?:(?:集团|控股|实业|发展)?(?:股份)?有限(?:责任)?公司|股份公司|集团公司|总公司|分公司|有限合伙企业|合伙企业|株式会社|研究院|研究所|大学|学院|集团|公司|合作社|"
    r"Co\.?,? ?Ltd\.?|Ltd\.?|Inc\.?|Corp\.?|GmbH|LLC|PLC|Limited|S\.?A\.?|AG)"
)
_FRONT = re.compile(
    rf"^(?P<company>[^，,。;；:：、\n]{{2,40}}?{_LEGAL}(?:[(（][^()（）]{{1,12}}[)）])?)(?P<rest>.+)$", re.I | re.S
)
_ONLY = re.compile(rf"^[^，,。;；\n]{{2,50}}?{_LEGAL}(?:[(（][^()（）]{{1,12}}[)）])?$", re.I)
_BRACKET = re.compile(
    r"^(?P<name>.+?)\s*[(（\[【](?:投资方|投资主体|投资商|投资单位|企业|客商|投资企业|业主|公司|由)?[:：]?(?P<inside>[^()（）\[\]【】]*(?:[(（][^()（）]*[)）][^()（）\[\]【】]*)?)[)）\]】]\s*$",
    re.S,
)
_PROJECT = re.compile(
    r"项目|基地|产业园|工程|生产线|中心|综合体|工厂|总部|平台|扩产|技改|改造|产业化|小镇|电站|社区|物流园|园区|建设|制造|研发|加工"
)
_JOIN = re.compile(r"^(?:[-—–:：、,，/|\s]+|(?:拟|计划)?(?:投资)?(?:建设|兴建|新建|打造|实施)?(?:的)?(?=[^的]))")
_LABELLED = re.compile(r"(?:^|\n|[;；])\s*(?:项目(?:名称)?)[:：]\s*(?P<name>[^\n;；]+)")
_LABELLED_INVESTOR = re.compile(
    r"(?:^|\n|[;；,，(（])\s*(?:投资方|投资主体|投资商|投资单位|企业(?:名称)?|客商|业主单位|公司)[:：]\s*(?P<investor>[^\n;；,，()（）]+(?:[(（][^()（）]{1,8}[)）][^\n;；,，()（）]*)?)"
)


def tidy_name(text: str) -> str:
    """The name without item number, line breaks and stray spaces."""
    return one_line(without_numbering(text.strip())).strip(" ;；,，、。")


@lru_cache(maxsize=65536)
def is_company(text: str) -> bool:
    """True when the whole text is a company's name."""
    return _ONLY.match(one_line(text)) is not None and not re.search(r"项目$", text)


@lru_cache(maxsize=65536)
def split_name(text: str) -> tuple[str, str]:
    """(project name, investor) of a cell that may hold both; investor "" when it holds none."""
    text = clean(text)
    labelled, by = _LABELLED.search("\n" + text), _LABELLED_INVESTOR.search("\n" + text)
    if by and (labelled or by.start() > 0):
        name = labelled["name"] if labelled else text[: max(0, by.start() - 1)].strip(" \n(（;；,，")
        if name:
            return tidy_name(name), one_line(by["investor"]).strip("()（）")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 2:
        one, two = (line.strip(" ()（）[]【】-—:：") for line in lines)
        if is_company(without_numbering(one)) and _PROJECT.search(two):
            return tidy_name(two), without_numbering(one)
        if is_company(_unlabelled(two)) and _PROJECT.search(one):
            return tidy_name(one), _unlabelled(two)
    flat = tidy_name(text)
    inside = _BRACKET.match(flat)
    if inside and is_company(inside["inside"]):
        return tidy_name(inside["name"]), inside["inside"].strip()
    if inside and is_company(inside["name"]) and _PROJECT.search(inside["inside"]):
        return tidy_name(inside["inside"]), inside["name"].strip()
    return _front(flat)


def _unlabelled(text: str) -> str:
    return re.sub(r"^(?:投资方|投资主体|企业|客商|投资商)[:：]", "", text).strip()


def _front(flat: str) -> tuple[str, str]:
    match = _FRONT.match(flat)
    if match is None:
        for sign in ("——", "—", "-", "/", ":", "|"):
            left, found, right = flat.partition(sign)
            if found and is_company(right) and _PROJECT.search(left):
                return tidy_name(left), right.strip()
        return flat, ""
    rest = _JOIN.sub("", match["rest"], count=1).strip()
    while (
        (more := re.match(rf"^(?:股份)?{_LEGAL}", rest))
        and more.end() < len(rest)
        and not match["company"].endswith("公司")
    ):
        rest = rest[more.end() :]
    if not _PROJECT.search(rest) or len(rest) < 3:
        return flat, ""
    return tidy_name(rest), match["company"].strip()
