"""Weights of linear models with several classes, a sign's row in one whole number: what a text's signs say together is one sum.

Each class has `WIDTH` bits of the number, in which its weight stands in 1024ths; sums of them are exact, so that the order in which a set gives
its signs changes nothing, and a borrow from the class above is given back when the sum is taken apart.
"""

import struct
from collections.abc import Iterable, Iterator

WIDTH = 32
ONE = 1024
_ZERO = 1 << (WIDTH - 1)

Row = tuple[tuple[int, float], ...]
"""Numbers of classes and their weights; the others weigh nothing."""


def exact(weight: float) -> float:
    """`weight` to the next 1024th."""
    return round(weight * ONE) / ONE


def packed(row: Iterable[tuple[int, float]]) -> int:
    """The row as a whole number; weights to the next 1024th, sums of them below two million."""
    return sum([round(weight * ONE) << (WIDTH * number) for number, weight in row])


class Sums:
    """Takes sums of rows apart."""

    def __init__(self, classes: int) -> None:
        self._bytes = WIDTH // 8 * classes
        self._read = struct.Struct(f"<{classes}I").unpack
        self._zeros = sum(_ZERO << (WIDTH * number) for number in range(classes))

    def of(self, rows: Iterable[int]) -> list[float]:
        """The sum of the rows for each class."""
        lanes = self._read((sum(rows) + self._zeros).to_bytes(self._bytes, "little"))
        return [(lane - _ZERO) / ONE for lane in lanes]

    def row(self, number: int) -> Row:
        """The row that was packed."""
        return tuple([(place, weight) for place, weight in enumerate(self.of((number,))) if weight])


class _Cells(dict[str, int]):
    """Cells of data files (each the class as one digit, then hundredths of its weight), parted by tabs, as packed rows."""

    def __missing__(self, cells: str) -> int:
        first, _, rest = cells.rpartition("\t")
        own = packed([(int(rest[0], 36), int(rest[1:]) / 100)])
        self[cells] = found = own + self[first] if first else own
        return found


def packed_rows(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Sign and row of each line: the sign, then its cells."""
    known = _Cells()
    for line in lines:
        sign, _, cells = line.partition("\t")
        yield sign, known[cells]


def row_line(sign: str, row: Row) -> str:
    """The line of a data file that `packed_rows` reads."""
    return "\t".join([sign, *(f"{_DIGITS[number]}{round(weight * 100)}" for number, weight in row)])


_DIGITS = "0123456789abcdef"
