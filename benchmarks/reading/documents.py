"""Fills the templates: invented firms, amounts and the gold records, with exact offsets."""

import random
import re
from dataclasses import dataclass, field

from benchmarks.reading.templates import TEMPLATES, Template

PLACES = [
    "苏州",
    "无锡",
    "常州",
    "南通",
    "宁波",
    "温州",
    "东莞",
    "佛山",
    "青岛",
    "烟台",
    "合肥",
    "芜湖",
    "长沙",
    "株洲",
    "武汉",
    "襄阳",
    "重庆",
    "成都",
    "西安",
    "洛阳",
]
STEMS = [
    "鋆澔",
    "砼澍",
    "旻晖",
    "镧钰",
    "弋阑",
    "翀驭",
    "昶弢",
    "钊珩",
    "珅玖",
    "淼垚",
    "曦屿",
    "祎澜",
    "锜屹",
    "霂寰",
    "彧沣",
    "沄泽",
    "煊阔",
    "瑨邑",
    "衡砚",
    "赟拓",
    "祺岚",
    "澈屿",
    "峣锦",
    "骥旸",
]
TRADES = [
    "精密机械",
    "新材料科技",
    "生物科技",
    "电子科技",
    "智能装备",
    "环保科技",
    "汽车部件",
    "光电科技",
    "食品",
    "纺织",
    "医疗器械",
    "能源科技",
    "轴承",
    "泵业",
    "包装",
]
FORMS = ["有限公司", "股份有限公司", "有限责任公司"]
COPIES = 8


@dataclass(slots=True)
class Document:
    """Text with gold spans (start, end, type), records, links, figures and boilerplate; `complete` when every link is labelled."""

    name: str
    pub: str
    text: str
    held_out: bool
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    amounts: list[tuple[float, str]] = field(default_factory=list)
    records: list[tuple[frozenset[str], float | None, str]] = field(default_factory=list)
    links: list[tuple[str, frozenset[str], frozenset[str]]] = field(default_factory=list)
    figures: list[tuple[str, float | None, float | None]] = field(default_factory=list)
    boilerplate: list[tuple[int, int]] = field(default_factory=list)
    complete: bool = False
    roles: bool = False
    """Whether who holds which role is labelled too."""


def documents(seed: int = 20260101) -> list[Document]:
    """Every template, `COPIES` times."""
    source = random.Random(seed)
    return [_fill(template, copy, source) for template in TEMPLATES for copy in range(COPIES)]


def _fill(template: Template, copy: int, source: random.Random) -> Document:
    stems = source.sample(STEMS, 6)
    firms = {
        key: (source.choice(PLACES), stems[index], source.choice(TRADES), source.choice(FORMS))
        for index, key in enumerate("abcd")
    }
    amounts: dict[str, tuple[str, float]] = {}
    document = Document(f"{template.name}-{copy}", template.pub, "", template.held_out)
    position = 0
    for match in re.finditer(r"<([A-Z]+):([^>]+)>", template.text):
        document.text += template.text[position : match.start()]
        surface = _surface(match[1], match[2], firms, amounts, source)
        start = len(document.text)
        document.text += surface
        document.spans.append((start, len(document.text), match[1]))
        if match[1] == "MON":
            document.amounts.append((amounts[match[2]][1], "CNY"))
        position = match.end()
    document.text += template.text[position:]
    _gold(document, template, firms, amounts)
    return document


def _surface(
    kind: str,
    key: str,
    firms: dict[str, tuple[str, str, str, str]],
    amounts: dict[str, tuple[str, float]],
    source: random.Random,
) -> str:
    if kind == "COM" and key.split(".")[0] in firms:
        return _company(key, firms)
    if kind != "MON":
        return key
    if key not in amounts:
        whole, tenth = source.randint(1, 40), source.randint(1, 9)
        forms = (
            (f"{whole}亿元", whole * 1e8), (f"{whole}.{tenth}亿元", (whole * 10 + tenth) * 1e7),
            (f"{whole * 100:,}万元", whole * 1e6), (f"{whole * 1000}万元", whole * 1e7),
        )  # fmt: skip
        amounts[key] = source.choice(forms)
    return amounts[key][0]


def _company(key: str, firms: dict[str, tuple[str, str, str, str]]) -> str:
    place, stem, trade, form = firms[key.split(".")[0]]
    if key.endswith(".b"):
        return stem
    return stem + trade if key.endswith(".s") else place + stem + trade + form


def _names(key: str, firms: dict[str, tuple[str, str, str, str]]) -> frozenset[str]:
    if key.startswith("="):
        return frozenset({key[1:]})
    base = key.split(".")[0]
    return frozenset({_company(base + ending, firms) for ending in ("", ".s", ".b")})


def _gold(
    document: Document,
    template: Template,
    firms: dict[str, tuple[str, str, str, str]],
    amounts: dict[str, tuple[str, float]],
) -> None:
    for key, amount, stage in template.records:
        document.records.append((_names(key, firms), amounts[amount][1] if amount else None, stage))
    for kind, head, tail in template.links:
        document.links.append((kind, _names(head, firms), _names(tail, firms)))
    for indicator, count, amount in template.figures:
        document.figures.append((indicator, count, amounts[amount][1] if amount else None))
    if template.style == "news_page":
        document.boilerplate = [(document.text.index("责任编辑"), len(document.text))]
