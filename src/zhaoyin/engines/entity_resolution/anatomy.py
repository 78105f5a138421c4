"""One spelling of a name, and where its place, stem and industry words lie."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from zhaoyin.domain.company_name import INDUSTRY_WORDS, LEGAL_FORMS, parse, word_list

_FOLDED = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDED |= {ord(mark): "" for mark in " \t\r\n\u3000\u00a0\u200b\ufeff·•・.,,。、-—_'\"“”‘’"}
_FOLDED |= {ord("("): "(", ord(")"): ")", ord("〔"): "(", ord("〕"): ")", ord("【"): "(", ord("】"): ")"}
_BRACKET = re.compile(r"\(([^()]*)\)")
_LEGAL = frozenset(LEGAL_FORMS) | {"集团", "控股", "普通合伙", "有限合伙", "特殊普通合伙"}
PLACE_SIGNS = {
    "京": "北京", "津": "天津", "沪": "上海", "渝": "重庆", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "苏": "江苏", "浙": "浙江",
    "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南",
    "川": "四川", "黔": "贵州", "滇": "云南", "陕": "陕西", "陇": "甘肃", "穗": "广州", "甬": "宁波",
}  # fmt: skip
"""One-character names of provinces and cities that a short name may begin with; those that are common in stems (云, 新, 青, 宁) are left out."""
GENERAL_WORDS = INDUSTRY_WORDS | frozenset(
    word_list(
        """投资 开发 发展 证券 银行 保险 信托 期货 国际 中国 服务 产业 传播 股份 控股 集团 管理 咨询 贸易 经济 资源 资产 系统 应用 研究 研发 创新 科学 设计 高新
    时代 世纪 环球 全球 东方 南方 北方 中华 有限 企业 金融 租赁 创业 运营 经营 营销 销售 市场 综合 联合 特种 专用 高速 公路 高科 开采 制品 皮革 黄金 交通 规划
    勘察 勘测 设计 资讯 多媒体 媒体 新媒体 显示 器件 设备 特殊 国有 海运 远洋 航运 运输 铁路 轨道 粮食 种植 养殖 屠宰 化妆品 家具 药物 中药 消防 安防 安全"""
    )
)
"""Words that tell firms of one trade or time apart as little as the trade's own words."""
_MOTHER = "集团"
TOLD_FORMS = ("集团", "控股")
"""Words of the legal form that a short name repeats on purpose. 股份 is none of them: every firm of a list of listed firms has it."""


class Anatomy(NamedTuple):
    """`core` = place + stem + industry words, without the legal form; lengths in characters.

    `place` is all that stands before the stem: regions, 中国, and a mother's name that ends in 集团.
    `forms` has a bit for each word of `TOLD_FORMS` in the legal form.
    """

    core: str
    place: int
    stem: int
    forms: int


@cache
def _places() -> frozenset[str]:
    lines = files("zhaoyin.engines.entity_resolution").joinpath("data/places.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _place_widths() -> dict[str, tuple[int, ...]]:
    """First two characters of a place → lengths to try, longest first."""
    found: dict[str, set[int]] = {}
    for name in _places():
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(widths, reverse=True)) for head, widths in found.items()}


def place_length(text: str) -> int:
    """Length of the place name that `text` begins with, 0 when there is none."""
    if text.startswith("中国"):
        return 2
    for width in _place_widths().get(text[:2], ()):
        if text[:width] in _places():
            return width + (text[width : width + 1] in {"省", "市", "县"})
    return 0


def fold(name: str) -> str:
    """Half width, upper case, no spaces and dots; a place in brackets goes to the front, other brackets are opened."""
    plain = name.translate(_FOLDED).upper()
    if "(" not in plain:
        return plain
    front = ""
    for bracket in _BRACKET.finditer(plain):
        inner = bracket[1]
        if inner in _LEGAL:
            kept = inner if plain[bracket.end() :] in _LEGAL else ""
            plain = plain.replace(bracket[0], kept + " " * (len(bracket[0]) - len(kept)), 1)
        elif inner and place_length(inner) >= len(inner):
            plain, front = plain.replace(bracket[0], " " * len(bracket[0]), 1), front + inner
    return front + plain.replace("(", "").replace(")", "").replace(" ", "")


def dissect(folded: str) -> Anatomy:
    """Anatomy of a folded name; a name that is nothing but a legal form keeps it."""
    parts = parse(folded, place_length=place_length)
    core = parts.place + parts.stem + parts.industry
    while core.endswith(TOLD_FORMS) and len(core) - len(parts.place) > 3:
        core = core[:-2]
    place, stem = len(parts.place), min(len(parts.stem), len(core) - len(parts.place))
    mother = core.find(_MOTHER, place + 1)
    if 0 < mother < len(core) - 3:
        tail = dissect(core[mother + 2 :])
        place, stem = mother + 2 + tail.place, tail.stem
    elif place and len(core) == place + stem and all_general(core[place:]):
        last = _last_place(parts.place)
        place, stem = last, place - last
    legal = folded[len(core) :]
    forms = sum(1 << bit for bit, word in enumerate(TOLD_FORMS) if word in legal)
    return Anatomy(core or folded or "\x00", place, stem, forms)


def _last_place(places: str) -> int:
    """Where the last of several places begins."""
    start = 0
    while (width := place_length(places[start:])) and start + width < len(places):
        start += width
    return start


def all_general(text: str) -> bool:
    """Nothing but words of trades; then what was taken for a place is the stem (兴业皮革科技)."""
    while text:
        width = next((width for width in (4, 3, 2) if text[:width] in GENERAL_WORDS), 0)
        if not width:
            return False
        text = text[width:]
    return True
