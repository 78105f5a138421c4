"""How long and how to search."""

from collections.abc import Callable
from dataclasses import dataclass

NO_LIMIT = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteParams:
    """Limits of one run. The engine has no clock of its own: with `clock` (seconds, never decreasing) `seconds` counts, without
    it the run is `iterations` long and the same on every machine. `stop` is asked about a hundred times a second; once it says
    true the best plan so far is returned. `explain` also finds the reason for each meeting left out.
    """

    seconds: float = 1.0
    clock: Callable[[], float] | None = None
    iterations: int = 20_000
    seed: int = 1
    stop: Callable[[], bool] | None = None
    explain: bool = True
    most_explained: int = 400
    prove_up_to: int = 12
    """Single-team problems with at most so many meetings are solved exactly."""
