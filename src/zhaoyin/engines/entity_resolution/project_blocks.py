"""Which rows are worth comparing: rows that share a telling word. Work is bounded per row, so it grows with the number of rows."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from zhaoyin.engines.entity_resolution.project_rows import Row

_WORTH = {"c": 6.0, "p": 4.0, "f": 6.0, "s": 3.0, "t": 3.0, "n": 3.0, "x": 3.0}
_PRODUCTS_ASKED = 6
_Places = dict[str, int | list[int]]
"""Most words have one row, which then stands alone: a list for each would be most of the work."""


class Blocks:
    """Rows by their words. A word that more than `largest` rows share tells nothing and is passed over."""

    def __init__(self, rows: Sequence[Row], *, largest: int, kept: int) -> None:
        self._rows, self._largest, self._kept = rows, largest, kept
        self._places: _Places = {}
        for row in rows:
            for word in row.telling_words():
                _put(self._places, word, row.place)
        self._products = Counter(row.product for row in rows)
        self._by_product: _Places | None = None
        self._unknown = _by_product(row for row in rows if not row.stem)

    def candidates(self, row: Row) -> list[int]:
        """Places of at most `kept` rows, those with the most telling words in common."""
        worth: dict[int, float] = {}
        for word in row.telling_words():
            self._count(worth, self._places.get(word), _WORTH[word[0]])
        by_product = self._unknown if row.stem else self._all_products()
        if by_product:
            words = [word for word in row.product_words() if word in by_product]
            words.sort(key=lambda word: (_size(by_product[word]), word))
            for word in words[:_PRODUCTS_ASKED]:
                self._count(worth, by_product[word], 2.0 if word == row.product else 0.3)
        if len(worth) <= self._kept:
            return sorted(worth)
        return sorted(heapq.nsmallest(self._kept, worth, key=lambda place: (-worth[place], place)))

    def alike_in_product(self, row: Row) -> int:
        """How many rows build exactly what `row` builds."""
        return self._products[row.product] if row.product else 0

    def _all_products(self) -> _Places:
        """Made when the first row without an investor asks."""
        if self._by_product is None:
            self._by_product = _by_product(self._rows)
        return self._by_product

    def _count(self, worth: dict[int, float], places: int | list[int] | None, value: float) -> None:
        if places is None:
            return
        if isinstance(places, int):
            worth[places] = worth.get(places, 0.0) + value
            return
        if len(places) > self._largest:
            return
        for place in places:
            worth[place] = worth.get(place, 0.0) + value


def _put(places: _Places, word: str, place: int) -> None:
    held = places.get(word)
    if held is None:
        places[word] = place
    elif isinstance(held, int):
        places[word] = [held, place]
    else:
        held.append(place)


def _size(places: int | list[int]) -> int:
    return 1 if isinstance(places, int) else len(places)


def _by_product(rows: Iterable[Row]) -> _Places:
    found: _Places = {}
    for row in rows:
        for word in row.product_words():
            _put(found, word, row.place)
    return found
