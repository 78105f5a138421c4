"""What a meeting is worth, in points with a reason each. People may set another value by hand.

The points are an order of preference for the planner, not a figure: 100 is a large project just before signing that nobody has
spoken to for two months. The steps follow the thresholds that offices use (亿元, 5, 10, 50 亿) and the clocks of practice (14, 30, 60 days).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

HUNDRED_MILLION = Decimal(10**8)
_AMOUNTS = ((Decimal(50), 40), (Decimal(10), 32), (Decimal(5), 25), (Decimal(1), 15), (Decimal(0), 6))
UNKNOWN_AMOUNT = 8
_STAGES = {"lead": 10, "negotiating": 20, "pre_signing": 30}
LATER_STAGE = 12
"""A signed project is visited to keep it going."""
NEW_LEAD = 12
_SILENCE = ((60, 20), (30, 12), (14, 6))
NEVER_MET = 20
STEP_DUE = 10


@dataclass(frozen=True, slots=True)
class Worth:
    """Points and what they are for: (code, points, number that the words need)."""

    points: Decimal
    reasons: tuple[tuple[str, int, str], ...]


def worth(
    *, planned_yuan: Decimal | None, stage: str, last_contact: date | None, today: date, step_due: bool = False
) -> Worth:
    """Value of a meeting about a project (`stage` as the project's) or a lead (`stage` "" )."""
    reasons: list[tuple[str, int, str]] = []
    if planned_yuan is None:
        reasons.append(("amount_unknown", UNKNOWN_AMOUNT, ""))
    else:
        hundred_millions = planned_yuan / HUNDRED_MILLION
        points = next(points for least, points in _AMOUNTS if hundred_millions >= least)
        reasons.append(("amount", points, format(hundred_millions.quantize(Decimal("0.01")).normalize(), "f")))
    if stage:
        reasons.append((f"stage_{stage}" if stage in _STAGES else "stage_later", _STAGES.get(stage, LATER_STAGE), ""))
    else:
        reasons.append(("new_lead", NEW_LEAD, ""))
    if last_contact is None:
        reasons.append(("never_met", NEVER_MET, ""))
    else:
        days = (today - last_contact).days
        silence = next((points for least, points in _SILENCE if days >= least), 0)
        if silence:
            reasons.append(("silent", silence, str(days)))
    if step_due:
        reasons.append(("step_due", STEP_DUE, ""))
    return Worth(points=Decimal(sum(points for _code, points, _number in reasons)), reasons=tuple(reasons))
