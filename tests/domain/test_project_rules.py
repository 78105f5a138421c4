"""Rules of a project's history."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.project import ContractKind, ProjectEvent, Stage, check_next, check_payload, replay

NAME = {"text": str(uuid4()), "sha256": "0" * 64}


class Story:
    """A project's history under construction."""

    def __init__(self) -> None:
        self.events: list[ProjectEvent] = []
        self.tell("opened", "2026-01-01", name=NAME)

    def tell(self, kind: str, day: str, supersedes: str | None = None, **payload: Any) -> ProjectEvent:
        event = ProjectEvent(
            id=str(uuid4()), seq=len(self.events) + 1, kind=kind, occurred=PartialDate.parse(day), recorded_on=date(2026, 6, 1),
            payload=check_payload(kind, payload), supersedes=supersedes,
        )  # fmt: skip
        check_next(self.events, event)
        self.events.append(event)
        return event

    @property
    def state(self) -> Any:
        return replay(self.events)


def test_a_framework_agreement_is_not_signed() -> None:
    story = Story()
    story.tell("contract_signed", "2026-02-01", contract_kind="framework")
    assert story.state.stage is Stage.PRE_SIGNING
    story.tell("contract_signed", "2026-03-01", contract_kind="formal")
    assert story.state.stage is Stage.SIGNED
    assert set(story.state.contracts) == {ContractKind.FRAMEWORK, ContractKind.FORMAL}


def test_a_signed_project_does_not_go_back_to_negotiating() -> None:
    story = Story()
    story.tell("contract_signed", "2026-03-01", contract_kind="formal")
    with pytest.raises(DomainError, match="stage-jumps-back"):
        story.tell("stage_reached", "2026-04-01", stage="negotiating")
    story.tell("stage_reached", "2026-02-01", stage="negotiating")
    assert story.state.stage is Stage.SIGNED


@pytest.mark.parametrize("stage", ["lead", "signed", "nonsense", ""])
def test_a_step_names_a_stage_that_has_no_event_of_its_own(stage: str) -> None:
    with pytest.raises(InvalidValue):
        Story().tell("stage_reached", "2026-02-01", stage=stage)


def test_nothing_but_a_resumption_follows_an_end() -> None:
    story = Story()
    story.tell("ended", "2026-02-01", outcome="lost")
    with pytest.raises(DomainError, match="project-has-ended"):
        story.tell("stage_reached", "2026-03-01", stage="negotiating")
    story.tell("resumed", "2026-03-02")
    story.tell("stage_reached", "2026-03-03", stage="negotiating")
    assert story.state.outcome is None


def test_a_corrected_correction_no_longer_stands() -> None:
    story = Story()
    first = story.tell("stage_reached", "2026-02-01", stage="negotiating")
    second = story.tell("stage_reached", "2026-02-02", supersedes=first.id, stage="negotiating")
    third = story.tell("stage_reached", "2026-02-03", supersedes=second.id, stage="negotiating")
    assert str(story.state.stage_since) == "2026-02-03"
    with pytest.raises(DomainError, match="does-not-stand"):
        story.tell("stage_reached", "2026-02-04", supersedes=first.id, stage="negotiating")
    story.tell("retracted", "2026-02-05", supersedes=third.id)
    assert story.state.stage is Stage.LEAD


def test_a_phase_amount_is_not_the_total() -> None:
    story = Story()
    story.tell("amount_stated", "2026-01-02", amount_kind="planned_total_investment", amount={"value": "1000000000"})
    story.tell("amount_stated", "2026-01-03", amount_kind="planned_total_investment", amount={"value": "5"}, phase=1)
    assert story.state.amounts["planned_total_investment"].value == 10**9


def test_a_payload_with_a_stranger_in_it_is_refused() -> None:
    with pytest.raises(InvalidValue, match="payload-field-unknown"):
        check_payload("resumed", {"phone": "13800000000"})
    with pytest.raises(InvalidValue, match="payload-field-missing"):
        check_payload("stage_reached", {})


UNITS = [str(uuid4()), str(uuid4())]


def _divided(*shares: str) -> list[dict[str, str]]:
    return [{"unit": unit, "share": share} for unit, share in zip(UNITS, shares, strict=False)]


def test_a_division_holds_until_another_is_stated() -> None:
    story = Story()
    story.tell("credited", "2026-02-01", shares=_divided("0.60", "0.4"), basis="joint")
    assert [str(share) for _unit, share in story.state.credit] == ["0.6", "0.4"]
    story.tell("credited", "2026-03-01", shares=[], basis="decision")
    assert (story.state.credit, story.state.credit_basis) == ((), None)


@pytest.mark.parametrize(
    ("shares", "basis", "code"),
    [
        (_divided("0.6", "0.5"), "joint", "shares-above-one"),
        (_divided("0"), "joint", "share-out-of-range"),
        (_divided("1.1"), "dual", "share-out-of-range"),
        ([{"unit": UNITS[0], "share": "0.5"}] * 2, "joint", "unit-credited-twice"),
        ("all", "joint", "shares-malformed"),
    ],
)
def test_a_division_of_more_than_one_project_is_refused(shares: object, basis: str, code: str) -> None:
    with pytest.raises(InvalidValue, match=code):
        check_payload("credited", {"shares": shares, "basis": basis})


def test_dual_credit_may_give_a_project_to_two_units() -> None:
    assert check_payload("credited", {"shares": _divided("1", "1"), "basis": "dual"})["basis"] == "dual"


def test_arrivals_add_up_by_kind_and_currency() -> None:
    story = Story()
    for value, currency in (("1000", "CNY"), ("500", "CNY"), ("7", "USD")):
        amount = {"value": value, "currency": currency}
        story.tell("funds_arrived", "2026-02-01", amount=amount, amount_kind="funds_in_place", vouchers=1)
    sums = {code: int(value) for code, value in story.state.arrived["funds_in_place"].items()}
    assert sums == {"CNY": 1500, "USD": 7}
    with pytest.raises(InvalidValue, match="amount-does-not-arrive"):
        check_payload(
            "funds_arrived", {"amount": {"value": "1"}, "amount_kind": "planned_total_investment", "vouchers": 0}
        )


def test_traits_are_a_set_in_one_order() -> None:
    assert check_payload("classified", {"traits": ["ppp", "local_investor", "ppp"]}) == {
        "traits": ["local_investor", "ppp"]
    }
