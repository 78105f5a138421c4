"""Recognition: who may take which step after which, whatever comes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.period import PartialDate
from zhaoyin.domain.recognition import (
    ASKED,
    RECOGNITION_EVENTS,
    RecognitionMatter,
    RecognitionStatus,
    check_next_recognition,
    check_recognition_payload,
    replay_recognition,
)

PEOPLE = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(4)]
PROJECT = "00000000-0000-7000-8000-0000000000aa"
NOTE = {"text": PROJECT, "sha256": "0" * 64}
KINDS = sorted(set(RECOGNITION_EVENTS) - {"retracted"})


def event(seq: int, kind: str, by: str, on: str = "2026-05-06", **more: object) -> LedgerEvent:
    payload: dict[str, object] = {"project": PROJECT, "matter": "signed", "by": by, **more}
    if kind in {"requested", "resubmitted"}:
        payload.setdefault("claimed_on", "2026-05-03")
    if kind in {"returned", "refused", "revoked"}:
        payload["note"] = NOTE
    supersedes = payload.pop("supersedes", None)
    return LedgerEvent(
        id=f"e{seq}",
        seq=seq,
        kind=kind,
        occurred=PartialDate.parse(on),
        recorded_on=date(2026, 5, 6),
        payload=check_recognition_payload(kind, payload),
        supersedes=str(supersedes) if supersedes else None,
    )


def history(*steps: tuple[str, str]) -> list[LedgerEvent]:
    events: list[LedgerEvent] = []
    for seq, (kind, by) in enumerate(steps, start=1):
        new = event(seq, kind, by)
        check_next_recognition(events, new)
        events.append(new)
    return events


def test_it_is_recognised_after_two_reviews_by_two_others() -> None:
    state = replay_recognition(history(("requested", PEOPLE[0]), ("endorsed", PEOPLE[1]), ("approved", PEOPLE[2])))
    assert state.status is RecognitionStatus.APPROVED
    assert (state.requested_by, state.endorsed_by, state.decided_by) == tuple(PEOPLE[:3])
    assert str(state.recognized_on) == "2026-05-06"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([("endorsed", PEOPLE[1])], "recognition-not-requested"),
        ([("requested", PEOPLE[0]), ("approved", PEOPLE[2])], "recognition-step-not-possible"),
        ([("requested", PEOPLE[0]), ("endorsed", PEOPLE[0])], "recognition-own-request"),
        ([("requested", PEOPLE[0]), ("endorsed", PEOPLE[1]), ("approved", PEOPLE[1])], "recognition-two-levels"),
        ([("requested", PEOPLE[0]), ("endorsed", PEOPLE[1]), ("approved", PEOPLE[0])], "recognition-own-request"),
        ([("requested", PEOPLE[0]), ("requested", PEOPLE[0])], "recognition-step-not-possible"),
        ([("requested", PEOPLE[0]), ("refused", PEOPLE[1]), ("resubmitted", PEOPLE[0])], "recognition-step-not-possible"),
    ],
)  # fmt: skip
def test_it_refuses_a_step_out_of_turn(steps: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        history(*steps)
    assert caught.value.code == code


def test_it_refuses_a_decision_before_the_day_it_is_about() -> None:
    events = history(("requested", PEOPLE[0]), ("endorsed", PEOPLE[1]))
    with pytest.raises(DomainError, match="recognized-before-it-happened"):
        check_next_recognition(events, event(3, "approved", PEOPLE[2], on="2026-05-02"))
    check_next_recognition(events, event(3, "approved", PEOPLE[2], on="2026-05-03"))


def test_it_corrects_the_day_of_a_decision_but_not_to_before_the_claim() -> None:
    events = history(("requested", PEOPLE[0]), ("endorsed", PEOPLE[1]), ("approved", PEOPLE[2]))
    better = event(4, "approved", PEOPLE[2], on="2026-05-04", supersedes="e3")
    check_next_recognition(events, better)
    assert str(replay_recognition([*events, better]).recognized_on) == "2026-05-04"
    with pytest.raises(DomainError, match="recognized-before-it-happened"):
        check_next_recognition(events, event(4, "approved", PEOPLE[2], on="2026-04-30", supersedes="e3"))


def test_it_takes_the_day_away_when_the_recognition_is_revoked() -> None:
    steps = [("requested", 0), ("endorsed", 1), ("approved", 2), ("revoked", 3)]
    state = replay_recognition(history(*[(kind, PEOPLE[who]) for kind, who in steps]))
    assert state.status is RecognitionStatus.REVOKED
    assert state.recognized_on is None


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(PEOPLE)), max_size=14))
def test_it_is_approved_only_by_the_third_of_three_people(steps: list[tuple[str, str]]) -> None:
    events: list[LedgerEvent] = []
    for seq, (kind, by) in enumerate(steps, start=1):
        new = event(seq, kind, by)
        try:
            check_next_recognition(events, new)
        except DomainError:
            continue
        events.append(new)
        state = replay_recognition(events)
        if state.status is RecognitionStatus.APPROVED:
            assert len({state.requested_by, state.endorsed_by, state.decided_by}) == 3
            assert state.recognized_on is not None
        else:
            assert state.recognized_on is None


def test_it_asks_for_some_evidence_in_every_matter() -> None:
    assert set(ASKED) == set(RecognitionMatter)
