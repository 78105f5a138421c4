"""Thresholds of sheet reading; each stands with its measurement in `benchmarks/sheets`."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SheetParams:
    """`slip_from`: powers of ten from the column's median from which a value may be a slip of 10^4; `slip_margin`: how much
    nearer it must come when moved; `smallest_median` to `largest_median`: yuan, what the median planned total of a ledger
    can be; `smallest_value` to `largest_value`: yuan, what one planned total without a unit of its own can be; `confident`: a column below this confidence is marked for the person."""

    slip_from: float = 2.4
    slip_margin: float = 0.8
    smallest_median: Decimal = Decimal(3_000_000)
    largest_median: Decimal = Decimal(30_000_000_000)
    smallest_value: Decimal = Decimal(200_000)
    largest_value: Decimal = Decimal(300_000_000_000)
    confident: float = 0.55
    largest_subset: int = 400
