"""The registered names, packed: texts, what skipping each character costs, posting lists of character pairs and of starts.

A million names of fourteen characters take about 130 MB; nothing is kept as Python strings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

from zhaoyin.engines.entity_resolution.anatomy import GENERAL_WORDS, dissect, fold

_CHUNK = 10_000
_PARTS = 16
_PIECE = 1 << 18
_CODES = 1 << 16
_PLACE_COST = 0.05
_STEM_COSTS = np.array([0.55, 0.5, 0.36, 0.3, 0.26], np.float32)
_WORD_COST = 0.16
_GENERAL_STEM = 0.55
"""A stem that begins with a general word (南方, 国际) is passed over at about half the cost."""
COST_UNIT = 1 / 255


@dataclass(frozen=True, slots=True)
class Registry:
    """Packed names. Build one with `Registry.of`; it never changes."""

    texts: NDArray[np.uint16]
    text_starts: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    by_hash: NDArray[np.int32]
    cores: NDArray[np.uint16]
    core_starts: NDArray[np.int32]
    costs: NDArray[np.uint8]
    places: NDArray[np.uint8]
    forms: NDArray[np.uint8]
    signatures: NDArray[np.uint64]
    rarity: NDArray[np.float32]
    pair_keys: NDArray[np.uint32]
    pair_starts: NDArray[np.int32]
    pair_names: NDArray[np.int32]
    head_starts: NDArray[np.int32]
    head_names: NDArray[np.int32]
    aliases: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        *,
        aliases: Iterable[tuple[str, str]] = (),
        credit_codes: Mapping[str, int] | None = None,
    ) -> "Registry":
        """Index `names` (numbered from 0). `aliases` are (other name, registered name); one whose registered name is
        not among `names` is ignored. `credit_codes` maps a code to the number of its name.

        About 12 s for a million names on one core.
        """
        packed = _pack(names)
        rarity = _rarity(packed)
        pair_keys, pair_starts, pair_names, costs = _pairs_and_costs(packed, rarity)
        head_starts, head_names = _head_postings(packed)
        order = np.argsort(packed.hashes, kind="stable").astype(np.int32)
        bare = cls(
            texts=packed.texts, text_starts=packed.text_starts, hashes=packed.hashes[order], by_hash=order,
            cores=packed.cores, core_starts=packed.core_starts, costs=costs,
            places=packed.places, forms=packed.forms, signatures=_signatures(packed), rarity=rarity,
            pair_keys=pair_keys, pair_starts=pair_starts, pair_names=pair_names,
            head_starts=head_starts, head_names=head_names,
        )  # fmt: skip
        found: dict[str, tuple[int, ...]] = {}
        for alias, registered in aliases:
            key = fold(alias)
            found[key] = tuple(dict.fromkeys([*found.get(key, ()), *bare.exact(registered)]))
        return _with(bare, {key: numbers for key, numbers in found.items() if numbers}, dict(credit_codes or {}))

    def __len__(self) -> int:
        return len(self.by_hash)

    @property
    def nbytes(self) -> int:
        """Bytes of the packed arrays (alias and code tables apart)."""
        return sum(value.nbytes for name in self.__slots__ if isinstance(value := getattr(self, name), np.ndarray))

    def name(self, number: int) -> str:
        """The name as it was given."""
        return self.texts[self.text_starts[number] : self.text_starts[number + 1]].tobytes().decode("utf-16-le")

    def exact(self, name: str) -> tuple[int, ...]:
        """Numbers of the names that are spelled the same once folded."""
        folded = fold(name)
        key = np.uint64(_hash(folded))
        first = int(np.searchsorted(self.hashes, key))
        last = int(np.searchsorted(self.hashes, key, side="right"))
        return tuple(int(one) for one in self.by_hash[first:last] if fold(self.name(int(one))) == folded)

    def pair(self, first: int, second: int) -> NDArray[np.int32]:
        """Names whose core has these two characters side by side."""
        key = np.uint32(first << 16 | second)
        at = int(np.searchsorted(self.pair_keys, key))
        if at == len(self.pair_keys) or self.pair_keys[at] != key:
            return self.pair_names[:0]
        return self.pair_names[self.pair_starts[at] : self.pair_starts[at + 1]]

    def head(self, character: int) -> NDArray[np.int32]:
        """Names whose core, or stem after the place, begins with this character."""
        return self.head_names[self.head_starts[character] : self.head_starts[character + 1]]


def _with(bare: Registry, aliases: Mapping[str, tuple[int, ...]], codes: Mapping[str, int]) -> Registry:
    arrays = {name: getattr(bare, name) for name in Registry.__slots__}
    return Registry(**(arrays | {"aliases": aliases, "codes": codes}))


def _hash(folded: str) -> int:
    data = folded.encode("utf-16-le", "surrogatepass")
    return crc32(data) << 32 | adler32(data)


def character_bit(codes: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """The bit of the 64-bit signature that stands for each character."""
    mixed = (codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58)
    bits: NDArray[np.uint64] = np.left_shift(np.uint64(1), mixed)
    return bits


@dataclass(frozen=True, slots=True)
class _Packed:
    texts: NDArray[np.uint16]
    text_starts: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    cores: NDArray[np.uint16]
    core_starts: NDArray[np.int32]
    places: NDArray[np.uint8]
    stems: NDArray[np.uint8]
    forms: NDArray[np.uint8]


def _pack(names: Iterable[str]) -> _Packed:
    texts, cores = bytearray(), bytearray()
    text_sizes, core_sizes, hashes, places, stems, forms = [], [], [], [], [], []
    source = iter(names)
    while chunk := list(islice(source, _CHUNK)):
        folded = [fold(name) for name in chunk]
        parts = [dissect(name) for name in folded]
        raw = [name.encode("utf-16-le", "replace") for name in chunk]
        lean = [part.core.encode("utf-16-le", "replace") for part in parts]
        texts += b"".join(raw)
        cores += b"".join(lean)
        text_sizes.append(np.array([len(one) // 2 for one in raw], np.int32))
        core_sizes.append(np.array([len(one) // 2 for one in lean], np.int32))
        hashes.append(np.array([_hash(name) for name in folded], np.uint64))
        places.append(np.array([min(part.place, 255) for part in parts], np.uint8))
        stems.append(np.array([min(part.stem, 255) for part in parts], np.uint8))
        forms.append(np.array([part.forms for part in parts], np.uint8))
    return _Packed(
        texts=np.frombuffer(texts, np.uint16),
        text_starts=_starts(text_sizes),
        hashes=np.concatenate(hashes) if hashes else np.zeros(0, np.uint64),
        cores=np.frombuffer(cores, np.uint16),
        core_starts=_starts(core_sizes).astype(np.int32),
        places=np.concatenate(places) if places else np.zeros(0, np.uint8),
        stems=np.concatenate(stems) if stems else np.zeros(0, np.uint8),
        forms=np.concatenate(forms) if forms else np.zeros(0, np.uint8),
    )


def _starts(sizes: list[NDArray[np.int32]]) -> NDArray[np.int64]:
    return np.cumsum(np.concatenate([np.zeros(1, np.int32), *sizes]), dtype=np.int64)


class _Spread:
    """For every character of `cores`: its name."""

    def __init__(self, packed: _Packed) -> None:
        sizes = np.diff(packed.core_starts)
        self.name = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def _pairs_and_costs(
    packed: _Packed, rarity: NDArray[np.float32]
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """What needs the name of every character, so that it is kept no longer than that."""
    spread = _Spread(packed)
    keys, starts, names, counts = _pair_postings(packed, spread)
    return keys, starts, names, _costs(packed, spread, rarity, counts)


def _pair_postings(
    packed: _Packed, spread: _Spread
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint16]]:
    """Keys, starts, names, and for every character how many names share the pair that begins there (65,535 at most).

    Sorted in sixteen parts by first character, so that sorting needs little memory on top.
    """
    cores = packed.cores
    counts = np.zeros(len(cores), np.uint16)
    ends = np.zeros(len(cores) + 1, np.bool_)
    ends[packed.core_starts] = True
    inside = ~ends[1:]
    histogram = np.cumsum(_frequencies(cores))
    edges = np.searchsorted(histogram, np.linspace(0, max(1, len(cores)), _PARTS + 1)[1:-1])
    bounds = [0, *sorted({int(edge) + 1 for edge in edges}), _CODES]
    names = np.empty(int(inside.sum()), np.int32)
    keys, lengths, filled = [], [], 0
    for low, high in pairwise(bounds):
        at = np.flatnonzero(inside & (cores >= low) & (cores < high)).astype(np.uint64)
        code = cores[at].astype(np.uint64) << np.uint64(48) | cores[at + 1].astype(np.uint64) << np.uint64(32) | at
        code.sort()
        at = code & np.uint64(0xFFFFFFFF)
        pair = (code >> np.uint64(32)).astype(np.uint32)
        first = np.flatnonzero(np.diff(pair, prepend=np.uint32(0)) != 0) if len(pair) else np.zeros(0, np.int64)
        if len(pair) and (not len(first) or first[0] != 0):
            first = np.concatenate([[0], first])
        length = np.diff(np.append(first, len(pair))).astype(np.int32)
        counts[at] = np.repeat(np.minimum(length, _CODES - 1).astype(np.uint16), length)
        keys.append(pair[first])
        lengths.append(length)
        names[filled : filled + len(at)] = spread.name[at]
        filled += len(at)
    return np.concatenate(keys), _starts(lengths).astype(np.int32), names, counts


def _frequencies(cores: NDArray[np.uint16]) -> NDArray[np.int64]:
    """How often each character stands in all cores, counted in pieces: `bincount` widens what it is given."""
    found = np.zeros(_CODES, np.int64)
    for start in range(0, len(cores), _PIECE):
        found += np.bincount(cores[start : start + _PIECE], minlength=_CODES)
    return found


def _rarity(packed: _Packed) -> NDArray[np.float32]:
    """For every character: 1 when no name has it, near 0 when all do."""
    total = max(2, len(packed.places))
    seen = _frequencies(packed.cores)
    share: NDArray[np.float32] = np.log((total + 1) / (np.minimum(seen, total) + 1)).astype(np.float32)
    return share / np.float32(np.log(total + 1))


def general_pairs(cores: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Characters that belong to a general word of two characters."""
    codes = np.sort(
        np.array([ord(word[0]) << 16 | ord(word[1]) for word in GENERAL_WORDS if len(word) == 2], np.uint32)
    )
    found = np.zeros(len(cores), np.bool_)
    for start in range(0, max(0, len(found) - 1), _PIECE):
        stop = min(start + _PIECE, len(found) - 1)
        pair = cores[start:stop].astype(np.uint32) << np.uint32(16) | cores[start + 1 : stop + 1]
        at = np.minimum(np.searchsorted(codes, pair), len(codes) - 1)
        hit = codes[at] == pair
        found[start:stop] |= hit
        found[start + 1 : stop + 1] |= hit
    return found


def _costs(
    packed: _Packed, spread: _Spread, rarity: NDArray[np.float32], counts: NDArray[np.uint16]
) -> NDArray[np.uint8]:
    """What it costs to skip each character: places next to nothing, the first two of a stem much, words little."""
    total = max(2, len(packed.places))
    general = general_pairs(packed.cores)
    costs = np.zeros(len(packed.cores), np.uint8)
    for start in range(0, len(costs), _PIECE):
        part = slice(start, min(start + _PIECE, len(costs)))
        name = spread.name[part]
        place, stem = packed.places[name].astype(np.int32), packed.stems[name].astype(np.int32)
        depth = np.arange(part.start, part.stop, dtype=np.int32) - packed.core_starts[name] - place
        rare = rarity[packed.cores[part]]
        before = counts[max(0, part.start - 1) : part.stop - 1]
        before = np.concatenate([np.zeros(len(rare) - len(before), np.uint16), before])
        shared = np.maximum(counts[part], np.where(depth + place > 0, before, 0))
        common = np.log(np.maximum(shared, 1)) / np.log(total)
        stems = _STEM_COSTS[np.clip(depth, 0, len(_STEM_COSTS) - 1)] * (0.5 + 0.5 * rare)
        stems *= np.where(depth >= 2, 1 - common, np.where(general[part], _GENERAL_STEM, 1))
        word = _WORD_COST * (0.4 + 0.6 * rare)
        cost = np.where((depth >= stem) | ((depth >= 2) & general[part]), word, stems)
        cost = np.where(depth < 0, _PLACE_COST / np.maximum(place, 1), cost)
        costs[part] = np.clip(np.rint(cost / COST_UNIT), 1, 255)
    return costs


def _signatures(packed: _Packed) -> NDArray[np.uint64]:
    total = len(packed.places)
    found = np.zeros(total, np.uint64)
    for start in range(0, total, _PIECE):
        stop = min(start + _PIECE, total)
        edges = packed.core_starts[start : stop + 1]
        bits = character_bit(packed.cores[edges[0] : edges[-1]])
        found[start:stop] = np.bitwise_or.reduceat(bits, edges[:-1] - edges[0])
    return found


def _head_postings(packed: _Packed) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    everyone = np.arange(len(packed.places), dtype=np.int32)
    placed = np.flatnonzero(packed.places).astype(np.int32)
    heads = np.concatenate([everyone, placed])
    starts = packed.core_starts[:-1]
    at = np.concatenate(
        [starts, np.minimum(starts[placed] + packed.places[placed], packed.core_starts[placed + 1] - 1)]
    )
    characters = packed.cores[at] if len(at) else np.zeros(0, np.uint16)
    order = np.argsort(characters, kind="stable")
    sizes = np.bincount(characters, minlength=_CODES).astype(np.int32)
    return _starts([sizes]).astype(np.int32), heads[order]
