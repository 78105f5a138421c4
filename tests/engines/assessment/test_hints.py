"""Hints: each kind on an example that a person can check, and no hint about ordinary projects."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.engines.assessment.hints import HintKind, ProjectGiven, Statement, binomial_tail, hints

TODAY = date(2026, 6, 1)
YI = Decimal(10**8)


def kinds(projects: list[ProjectGiven]) -> list[HintKind]:
    return [hint.kind for hint in hints(projects, today=TODAY)]


def signed(name: str, on: date, yuan: Decimal, *groups: str, unit: str = "甲") -> ProjectGiven:
    return ProjectGiven(id=name, unit=unit, groups=groups, yuan=yuan, signed_on=on, stage="signed")


def test_it_asks_about_a_second_signing_of_the_same_group_for_nearly_the_same_amount() -> None:
    one = signed("a", date(2025, 3, 1), 5 * YI, "g")
    found = hints([one, signed("b", date(2026, 4, 1), Decimal("5.5") * YI, "g", unit="乙")], today=TODAY)
    assert [(hint.kind, hint.projects, hint.unit) for hint in found] == [(HintKind.SIGNED_BEFORE, ("b", "a"), "乙")]
    assert kinds([one, signed("b", date(2026, 4, 1), 9 * YI, "g")]) == []
    assert kinds([one, signed("b", date(2026, 4, 1), 5 * YI, "h")]) == []


def test_it_asks_about_much_more_investment_a_mu_than_usual() -> None:
    usual = [
        ProjectGiven(id=f"p{n}", unit="甲", industry="i", yuan=YI * (n + 1), land_mu=Decimal(25 * (n + 1) + n)) for n in range(9)
    ]  # fmt: skip
    odd = ProjectGiven(id="odd", unit="甲", industry="i", yuan=50 * YI, land_mu=Decimal(20))
    found = hints([*usual, odd], today=TODAY)
    assert [(hint.kind, hint.projects) for hint in found] == [(HintKind.DENSE, ("odd",))]
    assert found[0].facts["per_mu"] == "25000"
    assert kinds(usual) == []


def test_it_asks_about_long_silence_in_negotiation() -> None:
    old = ProjectGiven(
        id="a", unit="甲", stage="negotiating", negotiating_since=TODAY - timedelta(days=200), last_progress_on=TODAY - timedelta(days=61)
    )  # fmt: skip
    assert kinds([old]) == [HintKind.STALE]
    assert kinds([ProjectGiven(id="a", unit="甲", stage="signed", negotiating_since=old.negotiating_since, last_progress_on=old.last_progress_on)]) == []  # fmt: skip


def test_it_asks_about_a_unit_whose_amounts_are_all_round() -> None:
    others = [ProjectGiven(id=f"o{n}", unit="乙", yuan=Decimal(12_340_000 + n * 7_110_000)) for n in range(20)]
    own = [ProjectGiven(id=f"r{n}", unit="甲", yuan=YI * (n + 1)) for n in range(12)]
    found = hints([*others, *own], today=TODAY)
    assert [(hint.kind, hint.unit) for hint in found] == [(HintKind.ROUND, "甲")]
    assert kinds([*others, *own[:9]]) == []


def test_it_asks_about_an_amount_raised_in_the_last_days_of_a_quarter() -> None:
    late = (Statement(on=date(2026, 1, 5), yuan=2 * YI), Statement(on=date(2026, 3, 28), yuan=3 * YI))
    assert kinds([ProjectGiven(id="a", unit="甲", statements=late)]) == [HintKind.RAISED_LATE]
    early = (late[0], Statement(on=date(2026, 3, 10), yuan=3 * YI))
    assert kinds([ProjectGiven(id="a", unit="甲", statements=early)]) == []
    december = (late[0], Statement(on=date(2026, 12, 31), yuan=3 * YI))
    assert kinds([ProjectGiven(id="a", unit="甲", statements=december)]) == [HintKind.RAISED_LATE]


def test_an_answer_holds_until_the_facts_change() -> None:
    old = ProjectGiven(
        id="a", unit="甲", stage="negotiating", negotiating_since=TODAY - timedelta(days=200), last_progress_on=TODAY - timedelta(days=61)
    )  # fmt: skip
    today = hints([old], today=TODAY)[0]
    tomorrow = hints([old], today=TODAY + timedelta(days=1))[0]
    assert today.fingerprint == tomorrow.fingerprint
    assert today.facts["days"] != tomorrow.facts["days"]


def test_it_is_quiet_about_ordinary_units() -> None:
    random = Random(7)
    alarms = 0
    for _zone in range(200):
        projects = [
            ProjectGiven(
                id=str(n), unit=random.choice("甲乙丙丁"), industry=random.choice("xy"),
                yuan=Decimal(random.choice([10**8, 2 * 10**8, 5 * 10**8]) if random.random() < 0.4 else random.randrange(10**7, 10**9, 10**6)),
            )
            for n in range(80)
        ]  # fmt: skip
        alarms += sum(hint.kind is HintKind.ROUND for hint in hints(projects, today=TODAY))
    assert alarms <= 4


@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.01, 0.99))
def test_the_tail_is_a_chance_and_falls_with_the_hits(hits: int, more: int, share: float) -> None:
    tries = hits + more
    tail = binomial_tail(hits, tries, share)
    assert -1e-9 <= tail <= 1 + 1e-9
    assert binomial_tail(hits + 1, tries, share) <= tail + 1e-12
