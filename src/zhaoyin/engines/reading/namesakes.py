"""Which names are one firm's: same name, or its short name, with no different place or trade.

A name is drafted once: with all the words under which a shorter name of its firm is looked for. Names come longest first, so only a
shorter name has to be found among longer ones, and most are found by one look at a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from zhaoyin.domain.company_name import CompanyName, parse
from zhaoyin.engines.reading.lexicon import common_characters, trades, words
from zhaoyin.engines.reading.mentions import Mention
from zhaoyin.engines.reading.tokens import region_length, regions

LONGEST_SHORT_NAME = 12
LEAST_WITH_PRODUCT = 6
"""Characters of a stem that may end in what is made: 东方兴穗 of 东方兴穗|玉米|机械."""
LEAST_BEGINNING = 4
"""So many first characters of a long stem without a trade name the firm: 佳航再生 of 佳航再生资源集团."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions that name one company; `names` are its surfaces in canonical text."""

    number: int
    mentions: list[Mention] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    parts: list[CompanyName] = field(default_factory=list)

    @property
    def stems(self) -> set[str]:
        """Stems of two and more characters."""
        return {part.stem for part in self.parts if len(part.stem) >= 2}


@dataclass(slots=True, eq=False)
class Draft:
    """A name with the words under which shorter names of its firm are looked for."""

    part: CompanyName
    short: tuple[str, ...]
    """Names it goes by that no text uses otherwise."""
    called: tuple[str, ...]
    """Names that are its own whatever is known of them."""
    begins: tuple[str, ...]
    """Beginnings of stem and trade that name it when nothing else stands in them."""
    inner: tuple[str, ...]
    """Beginnings of its stem behind the first two characters, which may be a place: 砺原 of 褒河砺原."""
    is_bare: bool
    """Neither place nor bracket nor legal form."""


@lru_cache(maxsize=4096)
def drafted(name: str) -> Draft:
    """The draft of a name."""
    part = parse(name, place_length=region_length)
    called = (*part.short_names, *_bare_stems(part))
    taken, common = regions(), words()
    stem, body = part.stem, part.stem + part.industry
    least = LEAST_BEGINNING if not part.industry and len(stem) > LEAST_BEGINNING else max(3, len(stem))
    return Draft(
        part,
        tuple(one for one in called if len(one) <= LONGEST_SHORT_NAME and one not in taken and one not in common),
        called,
        tuple(body[:width] for width in range(least, len(body) + 1)) if len(stem) >= 2 else (),
        () if part.place else tuple(stem[2:width] for width in range(4, len(stem) + 1)),
        not (part.legal_form or part.place or part.bracket) and len(name) >= 3,
    )


def _bare_stems(name: CompanyName) -> list[str]:
    """What is left of a name without trade and place where no register tells them apart: 瓷渡 of 瓷渡文创, 骁驰 of 浔阳骁驰车灯."""
    stem = name.stem
    if not name.industry:
        ends = trades()
        width = next((width for width in (5, 4, 3, 2) if stem[-width:] in ends and len(stem) - width >= 2), 0)
        stem = stem[: len(stem) - width]
    found = [stem] if stem != name.stem else []
    if len(stem) >= 4:
        found.append(stem[:2])
    if len(stem) in {4, 5} and not name.place:
        found.append(stem[2:])
    known, common = words(), common_characters()
    if len(stem) >= LEAST_WITH_PRODUCT and stem[-2:] in known and stem[-4:-2] not in known:
        found.append(stem[:-2])
    return [
        one
        for one in found
        if common.isdisjoint(one)
        or not any(one[at : at + 2] in known for at in range(len(one) - 1))
        or (len(one) >= LEAST_BEGINNING and one[-2:] not in known)
    ]


Home = tuple[Cluster, CompanyName]


class Namesakes:
    """The clusters so far, found by the names of their firms; names must come longest first."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._last: tuple[Cluster, Draft] | None = None
        """The name that came last: its words are needed only when another name comes."""
        self._called: dict[str, Cluster] = {}
        self._begins: dict[str, Cluster] = {}
        self._inner: dict[str, list[Home]] = {}
        self._stems: dict[str, list[Home]] = {}
        self._starts: dict[str, list[Home]] = {}

    def add(self, draft: Draft) -> Cluster:
        """The oldest cluster of the name's firm, which knows the name from now on."""
        home = self._home(draft)
        if home is None:
            home = Cluster(len(self.clusters))
            self.clusters.append(home)
        home.names.add(draft.part.full)
        home.parts.append(draft.part)
        self._last = home, draft
        return home

    def _learn(self, home: Cluster, draft: Draft) -> None:
        part = draft.part
        for known, keys in ((self._called, draft.called), (self._begins, draft.begins)):
            for key in keys:
                if known.setdefault(key, home).number > home.number:
                    known[key] = home
        for key in draft.inner:
            self._inner.setdefault(key, []).append((home, part))
        if len(part.stem) >= 2:
            self._stems.setdefault(part.stem, []).append((home, part))
        if part.legal_form and len(part.stem) > LEAST_BEGINNING:
            self._starts.setdefault(part.stem[:2], []).append((home, part))

    def _home(self, draft: Draft) -> Cluster | None:
        if self._last is None:
            return None
        self._learn(*self._last)
        part = draft.part
        found = [self._called[part.full]] if part.full in self._called else []
        found += [home for home, other in self._stems.get(part.stem, ()) if _is_namesake(part, other)]
        if draft.is_bare:
            found += [home for home, other in self._starts.get(part.full[:2], ()) if _is_shortened(part, other)]
            found += [self._begins[part.full]] if part.full in self._begins else []
            found += [home for home, other in self._inner.get(part.stem, ()) if _is_cut(part, other)]
        return min(found, key=lambda home: home.number, default=None)


def _is_namesake(part: CompanyName, other: CompanyName) -> bool:
    """Whether two names of one stem differ in nothing that tells firms apart."""
    both_legal = bool(part.legal_form) and bool(other.legal_form)
    bare = "公司" in {part.legal_form, other.legal_form}
    cut = (
        part.legal_form in {"股份", "集团", "控股"}
        and other.legal_form.startswith(part.legal_form)
        and not part.industry
    )
    if (both_legal and not bare and not cut) or (part.place and other.place and part.place != other.place):
        return False
    if (
        not part.industry
        or not other.industry
        or part.industry.startswith(other.industry)
        or other.industry.startswith(part.industry)
    ):
        return True
    return bool(set(part.industry) & set(other.industry)) and (not part.legal_form) != (not other.legal_form)


def _is_shortened(short: CompanyName, long: CompanyName) -> bool:
    """嫩北酿造 of 嫩北高粱酿造科技有限公司: the beginning of the full name and a later word of it."""
    rest = short.full[2:]
    return len(short.full) >= LEAST_BEGINNING and rest in (long.stem + long.industry)[2:]


def _is_cut(short: CompanyName, long: CompanyName) -> bool:
    """Whether the trade of a name that stands inside another one is also the other's: 诺脉医疗 of 长安诺脉医疗, 砺原机床 of 褒河砺原齿轮机床."""
    if len(short.full) >= len(long.full):
        return False
    return not short.industry or long.full.endswith(short.industry) or long.industry.startswith(short.industry)


def clusters_of(mentions: Mapping[str, list[Mention]]) -> list[Cluster]:
    """Clusters of the mentions, given by name in the order of the text."""
    namesakes = Namesakes()
    for name in sorted(mentions, key=lambda name: (-len(name), mentions[name][0].start)):
        namesakes.add(drafted(name)).mentions.extend(mentions[name])
    return namesakes.clusters
