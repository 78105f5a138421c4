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
