"""A project as it is compared: what is built without words that every project has, phase, capacity, and who invests."""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zhaoyin.domain.company_name import parse
from zhaoyin.domain.region import PROVINCES, cities


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of one row. `key` names it to the caller; `investment` in base units of `currency`; `signed` is an ISO
    day, month, quarter or year; empty text and None are unknown."""

    key: str
    name: str
    investor: str = ""
    investment: Decimal | None = None
    currency: str = "CNY"
    site: str = ""
    industry: str = ""
    signed: str = ""
    phones: frozenset[str] = frozenset()
    credit_code: str = ""


_MARKS = re.compile(r"[\s,，.。、;；:：()（）\[\]【】\"'“”‘’\-—_/]+")
_FILLER = re.compile(
    r"年产(?:约)?[\d.,]+(?:万|千|百|亿)?(?:吨|套|台|件|只|片|盒|箱|支|辆|平方米|米|组|个|块|根|瓶|兆瓦|mw|gw|gwh|条|枚|颗|座|头|株|公斤|升|kg|t)?|(?:研发|生产|制造|加工)?(?:及|和|与)?(?:产业化|智能制造|智能工厂|智能化工厂|生产基地|生产线|研发中心|产业园|示范|扩产|扩建|新建|技改|改造|建设|基地|工厂|配套|投资|生产|制造|研发|加工|智能|项目|工程|总部|园区|一期)",
)  # fmt: skip
_PHASE = re.compile(r"([二三四五六]|2|3|4)期")
_CAPACITY = re.compile(r"年产(?:约)?([\d.,]+(?:万|千|百|亿)?)")
_ADDED = re.compile(r"配套|仓储|物流中心|研究院|分公司|二厂|宿舍|光伏屋顶|食堂|办公楼")
_FIRM_IN_NAME = re.compile(r"^.{0,12}?(?:有限公司|公司|集团)")
_BRACKET = re.compile(r"[(（]([^()（）]{1,12})[)）]")
_GENERAL = re.compile(r"(?:投资|发展|开发|国际|服务|管理|咨询|产业|实业|工业|贸易)+$")
_TAIL = re.compile(r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|集团$")


@dataclass(slots=True)
class Row:
    """One project, taken apart. `home` is the place the investor's name begins with, `trade` what stands behind its stem,
    `core` its name without the legal form; `product` is empty for a name that only says 项目, 产业园 and the like; `log_amount` is the natural logarithm of the investment, NaN when it is not known."""

    place: int
    facts: ProjectFacts
    name: str
    product: str
    phase: str
    capacity: str
    added: str
    investor: str
    stem: str
    core: str
    home: str
    trade: str
    log_amount: float

    @classmethod
    def of(cls, place: int, facts: ProjectFacts) -> "Row":
        """Pure; about twenty microseconds."""
        investor = firm(facts.investor)
        stem, core, home, trade = anatomy(investor)
        name, product, phase, capacity, added = _name_parts(flat(facts.name), investor, stem)
        known = facts.investment is not None and facts.investment > 0
        return cls(
            place, facts, name, product, phase, capacity, added, investor, stem, core, home, trade,
            math.log(float(facts.investment or 1)) if known else math.nan,
        )  # fmt: skip

    def telling_words(self) -> Iterator[str]:
        """Words under which the row is found by another one; the telling ones first."""
        if self.facts.credit_code:
            yield f"c:{self.facts.credit_code}"
        for phone in self.facts.phones:
            yield f"p:{phone}"
        stem, product = self.stem, self.product
        if len(stem) >= 2:
            yield f"s:{stem[:2]}"
            if len(stem) > 2:
                yield f"s:{stem[1:3]}"
                yield f"f:{stem}"
            yield f"t:{stem[:2]}{product[:2]}"
        if not stem or not product:
            yield f"n:{self.name}"
            return
        yield f"x:{stem[0]}{product}"
        if stem[-1] != stem[0]:
            yield f"x:{stem[-1]}{product}"

    def product_words(self) -> frozenset[str]:
        """Words of what is built; for rows whose investor is not known on one of the sides."""
        return pairs(self.product) | {self.product} if self.product else frozenset()


def search_words(facts: ProjectFacts) -> tuple[str, ...]:
    """Short texts by which a search index finds projects worth comparing with this one, the telling ones first; at most eight."""
    row = Row.of(0, facts)
    found = [
        row.stem if len(row.stem) >= 2 else "",
        row.product,
        row.stem[:2],
        row.product[:4],
        row.product[-4:],
        row.product[:2],
    ]
    return tuple(dict.fromkeys(word for word in found if len(word) >= 2))


def flat(text: str) -> str:
    """Without marks, white space, width and case."""
    return _MARKS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=65536)
def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; the text itself when it has only one."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def _name_parts(name: str, investor: str, stem: str) -> tuple[str, str, str, str, str]:
    """Name without the investor in front, what is built, phase, capacity, part."""
    if investor and name.startswith(investor):
        name = name.removeprefix(investor)
    elif len(stem) >= 2 and stem in name[:12]:
        name = _FIRM_IN_NAME.sub("", name[name.index(stem) + len(stem) :])
    phase, capacity, added = _PHASE.search(name), _CAPACITY.search(name), _ADDED.search(name)
    product = _FILLER.sub("", _ADDED.sub("", _PHASE.sub("", name)))
    return (
        name,
        product,
        phase[1] if phase else "",
        capacity[1] if capacity else "",
        added[0] if added else "",
    )


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, ...]]:
    """Names of places that firms begin with, longest first, by their first character."""
    names = {short for short, _ in PROVINCES.values()} | {
        re.sub(r"(?:市|地区|盟|自治州)$", "", city.name) for city in cities().values()
    }
    names |= {"中国", "日本", "韩国", "德国", "美国", "香港", "新加坡"}
    found: dict[str, list[str]] = {}
    for name in sorted((name for name in names if len(name) >= 2), key=lambda name: (-len(name), name)):
        found.setdefault(name[0], []).append(name)
    return {sign: tuple(names) for sign, names in found.items()}


def stated_place(firm: str) -> str:
    """The place a firm's name begins with, or ""."""
    return next((name for name in places().get(firm[:1], ()) if firm.startswith(name)), "")


def _place_width(rest: str) -> int:
    name = stated_place(rest)
    return len(name) + (1 if name and rest[len(name) : len(name) + 1] in {"市", "省"} else 0)


@lru_cache(maxsize=65536)
def anatomy(investor: str) -> tuple[str, str, str, str]:
    """苏州禾瑞精密机械有限公司 → stem 禾瑞, core 苏州禾瑞精密机械, home 苏州, trade 精密机械."""
    if not investor:
        return "", "", "", ""
    core = _TAIL.sub("", investor)
    stem = parse(_GENERAL.sub("", core), place_length=_place_width).stem
    return stem, core, stated_place(investor), core.partition(stem)[2] if stem else ""


def firm(written: str) -> str:
    """Name of a firm without marks; a place in brackets goes to the front: 禾瑞（苏州）机械有限公司 → 苏州禾瑞机械有限公司."""
    bracket = _BRACKET.search(written)
    if bracket is None:
        return flat(written)
    rest, inside = flat(_BRACKET.sub("", written)), flat(bracket[1])
    return inside + rest if stated_place(inside) and not stated_place(rest) else rest
