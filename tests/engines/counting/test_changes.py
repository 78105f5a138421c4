"""Why a figure changed: causes that add up, and the right name for each."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.warehouse.test_warehouse import ZONE, Ledger
from tests.engines.counting.ledgers import Line, make_ledger, make_pack
from tests.engines.counting.test_counting import BY_HAND, YI, line, yuan
from zhaoyin.adapters.warehouse import Question, Warehouse, explain
from zhaoyin.domain.figure import Exclusion
from zhaoyin.domain.period import PartialDate, Period
from zhaoyin.engines.counting import Cause, Explanation, Step, explain_change, load_pack
from zhaoyin.engines.counting.changes import Contribution, total_of

PERIOD = Period.parse("2026-01/2026-05")
NAMES = {"云帆": "p0", "海澜": "p1", "松岭": "p2", "北辰": "p3"}


def _named(lines: list[Line]) -> list[Line]:
    return [Line(o.seq, NAMES[o.project], o.kind, o.occurred, o.payload, o.supersedes) for o in lines]


def _asked(**changes: object) -> Question:
    return Question(**{"zone": ZONE, "pack": load_pack(), "period": PERIOD, **changes})  # type: ignore[arg-type]


def _explained(lines: list[Line], before: Question, after: Question, figure: str) -> Explanation:
    warehouse = Warehouse(None)
    seen = warehouse.catch_up(ZONE, Ledger(lines))
    return explain(warehouse, before, after, figure=figure, last_seq=seen)


def test_it_names_a_new_contract_and_a_corrected_amount() -> None:
    found = _explained(_named(BY_HAND), _asked(known_seq=8), _asked(), "planned_total_of_newly_signed")
    sums = found.causes()
    assert sums[Cause.NEW_EVENT] == (1, 0)  # 松岭 is signed, its amount unknown
    assert sums[Cause.CORRECTION] == (0, Decimal(2 * YI))  # 云帆 is restated


def test_it_names_a_merge_a_period_and_a_pack() -> None:
    merged = [*BY_HAND, Line(14, "松岭", "merged_into", PartialDate.parse("2026-05-31"), {"project": "p0"})]
    by_merge = _explained(_named(merged), _asked(known_seq=13), _asked(), "newly_signed")
    assert by_merge.causes() == {Cause.MERGE: (-1, 0)}
    by_period = _explained(_named(BY_HAND), _asked(), _asked(period=Period.parse("2026-01/2026-06")), "newly_signed")
    assert by_period.causes() == {Cause.PERIOD: (1, 0)}
    by_pack = _explained(_named(BY_HAND), _asked(), _asked(pack=load_pack("start-within-year")), "newly_signed")
    assert by_pack.causes() == {Cause.RULE: (-2, 0)}
    assert {change.after for change in by_pack.changes} == {Exclusion.FOLLOW_UP_MISSING}


def test_it_names_the_amount_that_was_stated_anew() -> None:
    more = [*BY_HAND, line(14, "云帆", "amount_stated", "2026-05-01", **yuan(15 * YI))]
    found = _explained(_named(more), _asked(known_seq=13), _asked(), "planned_total_of_newly_signed")
    assert found.causes() == {Cause.AMOUNT: (0, Decimal(3 * YI))}
    assert found.waterfall(amounts=True) == [("amount", Decimal(12 * YI), Decimal(15 * YI))]


@pytest.mark.parametrize("seed", range(6))
def test_it_adds_up_on_random_ledgers_between_any_two_questions(seed: int) -> None:
    random = Random(seed)
    lines = [one for one in make_ledger(random.choice, projects=8, events=60) if one.recognition is None]
    lines = [Line(n, o.project, o.kind, o.occurred, o.payload) for n, o in enumerate(lines, start=1)]
    before = _asked(pack=make_pack(random.choice), known_seq=random.randrange(len(lines)))
    after = _asked(pack=make_pack(random.choice), period=Period.parse("2026"))
    for figure in ("newly_negotiating", "newly_signed", "planned", "money", "jobs"):
        found = _explained(lines, before, after, figure)
        for place in (0, 1):
            assert sum(sums[place] for sums in found.causes().values()) == found.after[place] - found.before[place]
        bars = found.waterfall()
        assert not bars or bars[-1][2] == found.after[0]


PART = st.builds(
    Contribution,
    weight=st.sampled_from([Decimal(0), Decimal(1), Decimal("0.4"), Decimal("0.3333")]),
    yuan=st.decimals(min_value=0, max_value=10**12, places=6),
    rule=st.sampled_from([None, Exclusion.MERGED, Exclusion.ENDED]),
    event=st.integers(1, 9),
)
SIDE = st.dictionaries(st.sampled_from("abcdef"), PART)


@settings(max_examples=200, deadline=None)
@given(SIDE, SIDE, st.sampled_from(Step))
def test_it_leaves_nothing_unexplained(
    before: dict[str, Contribution], after: dict[str, Contribution], step: Step
) -> None:
    found = explain_change(before, after, step=step)
    projects, amount = total_of(after)[0] - total_of(before)[0], total_of(after)[1] - total_of(before)[1]
    assert sum((change.projects for change in found.changes), Decimal(0)) == projects
    assert sum((change.yuan for change in found.changes), Decimal(0)) == amount
