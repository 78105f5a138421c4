"""Compiling the kernels once. Numba keys its cache on the file of a function, not on what it calls, so old entries are cleared first."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def warm() -> None:
    """Removes compiled kernels that are older than any source beside them, then runs each kernel once."""
    cache = HERE / "__pycache__"
    newest = max(path.stat().st_mtime for path in HERE.glob("*.py"))
    compiled = [path for path in cache.glob("*.nb?") if path.suffix in {".nbi", ".nbc"}] if cache.exists() else []
    if any(path.stat().st_mtime < newest for path in compiled):
        for path in compiled:
            path.unlink(missing_ok=True)
    from zhaoyin.engines.routing.orienteering import Orienteering
    from zhaoyin.engines.routing.params import RouteParams
    from zhaoyin.engines.routing.problem import Meeting, Mode, Problem, Team, TravelOption
    from zhaoyin.engines.routing.solve import solve

    team = Team(id="t", home="a", first_day=date(2026, 3, 2), last_day=date(2026, 3, 3))
    meetings = tuple(
        Meeting(id=str(number), city="ab"[number % 2], value=Decimal(number), duration_minutes=90)
        for number in range(12)
    )
    ways = tuple(TravelOption(origin=a, destination=b, mode=Mode.RAIL, minutes=120) for a, b in ("ab", "ba"))
    problem = Problem(teams=(team,), meetings=meetings, travel=ways)
    solve(problem=problem, params=RouteParams(iterations=40, prove_up_to=0))
    zero = np.zeros(3, np.int64)
    points = Orienteering(
        travel=np.ones((3, 3), np.int64),
        service=zero,
        opens=zero,
        closes=zero + 100,
        profit=np.array([0.0, 1.0, 1.0]),
        teams=1,
        seed=1,
    )
    points.run(2, 1.0, 1.0)
