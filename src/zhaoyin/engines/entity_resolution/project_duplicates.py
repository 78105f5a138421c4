"""The same project twice, within a ledger and across ledgers: by investor, what is built, place, amount and time.

Candidates share an investor's stem or a rare pair of characters of the project's name, so the work grows with the number
of rows, not with its square. Each pair carries its score and the reasons for and against; groups are made of pairs
above the threshold, without joining two rows that contradict each other.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two rows that may be one project: `score` from 0 to 1, `reasons` as (code, weight), most telling first."""

    first: str
    second: str
    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class DuplicatesProblem:
    """The rows to compare."""

    projects: tuple[ProjectFacts, ...]


@dataclass(frozen=True, slots=True)
class DuplicatesParams:
    """`accept`: from this score two rows are one project; `review`: from this score they are shown to a person."""

    accept: float = 0.72
    review: float = 0.5
    largest_block: int = 400


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """`pairs` from the review score on, best first; `groups` of keys that are one project."""

    pairs: tuple[DuplicatePair, ...]
    groups: tuple[tuple[str, ...], ...]


def solve_duplicates(*, problem: DuplicatesProblem, params: DuplicatesParams | None = None) -> DuplicatesFound:
    """Groups and pairs of rows that are the same project; deterministic."""
    rules = params or DuplicatesParams()
    rows = [_Row.of(place, facts) for place, facts in enumerate(problem.projects)]
    rarity = _rarity(rows)
    pairs: list[tuple[float, int, int, tuple[tuple[str, float], ...]]] = []
    for one, two in _candidates(rows, rules):
        score, reasons = _compare(rows[one], rows[two], rarity)
        if score >= rules.review:
            pairs.append((score, one, two, reasons))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    keys = [facts.key for facts in problem.projects]
    found = tuple(DuplicatePair(keys[one], keys[two], round(score, 3), reasons) for score, one, two, reasons in pairs)
    return DuplicatesFound(found, tuple(tuple(keys[place] for place in group) for group in _groups(pairs, rules)))


_MARKS = re.compile(r"[\s,，.。、;；:：()（）\[\]【】\"'“”‘’\-—_/]+")
_FILLER = re.compile(
    r"年产(?:约)?[\d.,]+(?:万|千|百|亿)?(?:吨|套|台|件|只|片|盒|箱|支|辆|平方米|米|组|个|块|根|瓶|兆瓦|mw|gw|gwh|条|枚|颗|座|头|株|公斤|升|kg|t)?|(?:研发|生产|制造|加工)?(?:及|和|与)?(?:产业化|智能制造|智能工厂|智能化工厂|生产基地|生产线|研发中心|产业园|示范|扩产|扩建|新建|技改|改造|建设|基地|工厂|配套|投资|生产|制造|研发|加工|智能|项目|工程|总部|园区|一期)",
)  # fmt: skip
_PHASE = re.compile(r"([二三四五六]|2|3|4)期")
_CAPACITY = re.compile(r"年产(?:约)?([\d.,]+(?:万|千|百|亿)?)")
_ADDED = re.compile(r"配套|仓储|物流中心|研究院|分公司|二厂|宿舍|光伏屋顶|食堂|办公楼")


@dataclass(slots=True)
class _Row:
    place: int
    facts: ProjectFacts
    name: str
    product: str
    phase: str
    capacity: str
    added: str
    investor: str
    stem: str
    grams: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, place: int, facts: ProjectFacts) -> "_Row":
        investor = _flat(facts.investor)
        name = _flat(facts.name)
        stem = _stem(investor)
        if investor and name.startswith(investor):
            name = name.removeprefix(investor)
        elif len(stem) >= 2 and stem in name[:12]:
            name = name[name.index(stem) + len(stem) :]
            name = re.sub(r"^.{0,12}?(?:有限公司|公司|集团)", "", name)
        phase = _PHASE.search(name)
        capacity = _CAPACITY.search(name)
        added = _ADDED.search(name)
        product = _FILLER.sub("", _PHASE.sub("", name)) or name
        grams = frozenset(product[at : at + 2] for at in range(len(product) - 1)) or frozenset([product])
        return cls(
            place, facts, name, product, phase[1] if phase else "", capacity[1] if capacity else "", added[0] if added else "",
            investor, stem, grams,
        )  # fmt: skip


def _flat(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    names = [short for short, _ in PROVINCES.values()] + [
        re.sub(r"(?:市|地区|盟|自治州)$", "", city.name) for city in cities().values()
    ]
    return tuple(
        sorted(
            {name for name in names if len(name) >= 2} | {"中国", "日本", "韩国", "德国", "美国", "香港", "新加坡"},
            key=len,
            reverse=True,
        )
    )


@lru_cache(maxsize=65536)
def _stem(investor: str) -> str:
    """What tells the investor from others: 苏州禾瑞精密机械有限公司 → 禾瑞."""

    def width(rest: str) -> int:
        for name in _places():
            if rest.startswith(name):
                return len(name) + (1 if rest[len(name) : len(name) + 1] in {"市", "省"} else 0)
        return 0

    return parse(investor, place_length=width).stem if investor else ""


def _rarity(rows: Sequence[_Row]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row.grams)
    return counted


def _candidates(rows: Sequence[_Row], rules: DuplicatesParams) -> Iterable[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        keys = {f"c:{row.facts.credit_code}"} if row.facts.credit_code else set()
        keys |= {f"p:{phone}" for phone in row.facts.phones if phone}
        if len(row.stem) >= 2:
            keys.add(f"s:{row.stem}")
            keys |= {f"g:{row.stem[at : at + 2]}" for at in range(len(row.stem) - 1)}
        keys.add(f"n:{row.name}")
        if not row.stem:
            keys.add(f"d:{row.product}")
            keys |= {f"w:{row.product[at : at + 2]}" for at in range(min(3, len(row.product) - 1))}
        for key in keys:
            blocks[key].append(row.place)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        places = blocks[key]
        if len(places) < 2 or len(places) > rules.largest_block:
            continue
        for at, one in enumerate(places):
            for two in places[at + 1 :]:
                if (one, two) not in seen:
                    seen.add((one, two))
                    yield one, two


def _compare(one: _Row, two: _Row, rarity: Counter[str]) -> tuple[float, tuple[tuple[str, float], ...]]:
    reasons: list[tuple[str, float]] = []
    investor = _same_investor(one, two)
    product = _likeness(one, two)
    if investor is not None:
        reasons.append(("investor" if investor > 0 else "other-investor", investor))
    reasons.append(("product", round(0.42 * (product - 0.35), 3)))
    if one.name == two.name and one.name and (len(one.product) >= 4 or investor is not None):
        reasons.append(("same-name", 0.1))
    if one.phase != two.phase:
        reasons.append(("other-phase", -0.6))
    if one.added != two.added:
        reasons.append(("other-part", -0.4))
    reasons += _amounts(one, two)
    reasons += _details(one, two)
    if one.capacity and two.capacity and one.capacity != two.capacity:
        reasons.append(("other-capacity", -0.12))
    score = max(0.0, min(1.0, 0.36 + sum(weight for _, weight in reasons)))
    return score, tuple(
        sorted(((code, weight) for code, weight in reasons if weight), key=lambda reason: -abs(reason[1]))
    )


def _same_investor(one: _Row, two: _Row) -> float | None:
    """Weight for or against; None when one of the investors is not known."""
    if one.facts.credit_code and two.facts.credit_code:
        return 0.34 if one.facts.credit_code == two.facts.credit_code else -0.3
    if not one.investor or not two.investor:
        return None
    if one.investor == two.investor:
        return 0.32
    if one.stem and one.stem == two.stem:
        short, long = sorted((one.investor, two.investor), key=len)
        tail = re.sub(r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|集团$", "", short)
        if tail in long or _subsequence(tail, long):
            return 0.29
        return 0.02 if _stated_places(one.investor, two.investor) else 0.12
    if len(one.stem) >= 2 and len(two.stem) >= 2 and (one.stem in two.investor or two.stem in one.investor):
        return 0.2
    return -0.5


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(sign in rest for sign in short)


def _stated_places(one: str, two: str) -> bool:
    """True when both name a place and not the same."""
    a = next((name for name in _places() if one.startswith(name)), "")
    b = next((name for name in _places() if two.startswith(name)), "")
    return bool(a and b and a != b)


def _likeness(one: _Row, two: _Row) -> float:
    """Share of common character pairs of what is built, 0 to 1."""
    if not one.product or not two.product:
        return 0.0
    if one.product == two.product:
        return 1.0
    common = len(one.grams & two.grams)
    dice = 2 * common / (len(one.grams) + len(two.grams))
    contained = common / min(len(one.grams), len(two.grams)) if min(len(one.product), len(two.product)) >= 3 else 0.0
    return max(dice, 0.85 * contained)


def _amounts(one: _Row, two: _Row) -> list[tuple[str, float]]:
    a, b = one.facts.investment, two.facts.investment
    if not a or not b or one.facts.currency != two.facts.currency:
        return []
    ratio = max(a, b) / min(a, b)
    if ratio <= Decimal("1.002"):
        return [("same-amount", 0.12)]
    if ratio <= Decimal("1.35"):
        return [("near-amount", 0.05)]
    return [("other-amount", -0.08 if ratio <= 3 else -0.22)]


def _details(one: _Row, two: _Row) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    a, b = one.facts, two.facts
    if a.phones & b.phones:
        found.append(("same-phone", 0.15))
    if a.site and b.site:
        found.append(("same-site", 0.05) if _flat(a.site) == _flat(b.site) else ("other-site", -0.05))
    if a.signed and b.signed:
        near = a.signed.startswith(b.signed) or b.signed.startswith(a.signed)
        found.append(("same-date", 0.08) if near else ("other-date", -0.06 if a.signed[:7] == b.signed[:7] else -0.14))
    return found


def _groups(pairs: Sequence[tuple[float, int, int, object]], rules: DuplicatesParams) -> list[list[int]]:
    """Best pairs first; a row joins a group when it is not clearly another project than any row already there."""
    scores = {(one, two): score for score, one, two, _ in pairs}
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for score, one, two, _ in pairs:
        if score < rules.accept:
            break
        first, second = group_of.get(one), group_of.get(two)
        if first is not None and first == second:
            continue
        left, right = (
            members.get(first, [one]) if first is not None else [one],
            members.get(second, [two]) if second is not None else [two],
        )
        if any(scores.get((min(a, b), max(a, b)), 0.0) < rules.review for a in left for b in right):
            continue
        joined = sorted({*left, *right})
        number = first if first is not None else second if second is not None else len(members) + len(group_of) + one
        if second is not None and second != number:
            members.pop(second, None)
        members[number] = joined
        for place in joined:
            group_of[place] = number
    return sorted(group for group in members.values() if len(group) > 1)
