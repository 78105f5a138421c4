"""The mirror: tails, saves, loads, notices another ledger; the warehouse: same answers, step by step or at once."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Thread
from uuid import UUID

import pytest

from tests.engines.counting.ledgers import Line, make_ledger, make_pack
from zhaoyin.adapters.warehouse import Question, Warehouse, mirror
from zhaoyin.domain.period import PartialDate, Period
from zhaoyin.engines.counting import load_pack

ZONE = UUID(int=1)
PERIOD = Period.parse("2026-01/2026-05")
RECORDED = datetime(2026, 6, 1, 4, tzinfo=UTC)


def _subject(line: Line, names: dict[str, int]) -> tuple[str, UUID]:
    if line.recognition is None:
        return "project", UUID(int=names[line.project])
    return "recognition", UUID(int=5_000 + names[line.project] * 10 + int(line.recognition[-1]))


class Ledger:
    """Rows as the ledger's query gives them."""

    def __init__(self, lines: list[Line], mark: str = "a") -> None:
        self.rows: list[tuple[object, ...]] = []
        self.mark = mark
        self.reads = 0
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        names = {"elsewhere": 900, **{f"p{n}": n + 1 for n in range(50)}}
        payload = dict(line.payload)
        if "project" in payload:
            payload["project"] = str(UUID(int=names[payload["project"]]))
        self.rows.append(
            (
                ZONE, line.seq, UUID(int=10_000 + line.seq), *_subject(line, names), line.kind,
                line.occurred.first, line.occurred.precision.value, RECORDED, json.dumps(payload),
                UUID(int=10_000 + line.supersedes) if line.supersedes else None, f"{line.seq:0>63x}{self.mark}",
            )
        )  # fmt: skip

    def head(self) -> tuple[int, str]:
        return (len(self.rows), str(self.rows[-1][-1])) if self.rows else (0, "")

    def rows_after(self, seq: int) -> Iterable[tuple[object, ...]]:
        self.reads += 1
        return iter(self.rows[seq:])


def question(**changes: object) -> Question:
    return Question(**{"zone": ZONE, "pack": load_pack(), "period": PERIOD, **changes})  # type: ignore[arg-type]


def test_it_counts_an_empty_ledger() -> None:
    warehouse = Warehouse(None)
    seen = warehouse.catch_up(ZONE, Ledger([]))
    counted = warehouse.count(question(), last_seq=seen)
    assert (seen, counted.figures["newly_signed"].total.projects) == (0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_it_says_the_same_event_by_event_as_all_at_once(seed: int) -> None:
    random = Random(seed)
    lines, pack = make_ledger(random.choice, projects=8, events=60), make_pack(random.choice)
    ledger, stepwise = Ledger([]), Warehouse(None)
    for line in lines:
        ledger.add(line)
        seen = stepwise.catch_up(ZONE, ledger)
        asked = question(pack=pack)
        by_step = stepwise.count(asked, last_seq=seen)
        listed = stepwise.verdicts(asked, last_seq=seen)
    fresh = Warehouse(None)
    seen = fresh.catch_up(ZONE, ledger)
    assert by_step == fresh.count(asked, last_seq=seen)
    assert listed == fresh.verdicts(asked, last_seq=seen)
    for cutoff in (len(lines) // 2, len(lines) - 1):
        part = Warehouse(None)
        part.catch_up(ZONE, Ledger(lines[:cutoff]))
        known_then = fresh.count(question(pack=pack, known_seq=cutoff), last_seq=seen)
        assert known_then == part.count(asked, last_seq=cutoff)


def test_it_loads_saved_segments_and_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "SAVE_AFTER", 5)
    lines = make_ledger(Random(3).choice, projects=8, events=60)
    first = Warehouse(tmp_path)
    for cut in range(1, len(lines) + 1):
        first.catch_up(ZONE, Ledger(lines[:cut]))
    whole = Ledger(lines)
    expected = first.count(question(), last_seq=len(lines))
    second = Warehouse(tmp_path)
    seen = second.catch_up(ZONE, whole)
    assert second.count(question(), last_seq=seen) == expected
    assert list(tmp_path.rglob("*.parquet"))
    assert not list(tmp_path.rglob("*.draft"))


@pytest.mark.parametrize("damage", ["another ledger", "shorter ledger", "broken file"])
def test_it_throws_away_what_does_not_continue_the_ledger(tmp_path: Path, damage: str) -> None:
    lines = make_ledger(Random(5).choice, projects=8, events=60)
    Warehouse(tmp_path).rebuild(ZONE, Ledger(lines))
    ledger = Ledger(lines)
    if damage == "another ledger":
        ledger = Ledger(lines[:-1], mark="b")
        ledger.add(lines[-1])
    elif damage == "shorter ledger":
        ledger = Ledger(lines[: len(lines) // 2])
    else:
        next(iter(tmp_path.rglob("*.parquet"))).write_bytes(b"not parquet")
    warehouse, fresh = Warehouse(tmp_path), Warehouse(None)
    seen = warehouse.catch_up(ZONE, ledger)
    fresh.catch_up(ZONE, ledger)
    assert seen == ledger.head()[0]
    assert warehouse.count(question(), last_seq=seen) == fresh.count(question(), last_seq=seen)


def test_it_notices_a_ledger_that_was_rolled_back_while_it_ran() -> None:
    lines = make_ledger(Random(8).choice, projects=8, events=60)
    warehouse, fresh = Warehouse(None), Warehouse(None)
    warehouse.count(question(), last_seq=warehouse.catch_up(ZONE, Ledger(lines)))
    other = Ledger(lines[: len(lines) // 2], mark="c")
    seen = warehouse.catch_up(ZONE, other)
    fresh.catch_up(ZONE, other)
    assert warehouse.count(question(), last_seq=seen) == fresh.count(question(), last_seq=seen)


def test_it_reads_nothing_when_nothing_is_new() -> None:
    ledger = Ledger(make_ledger(Random(3).choice))
    warehouse = Warehouse(None)
    warehouse.catch_up(ZONE, ledger)
    reads = ledger.reads
    warehouse.catch_up(ZONE, ledger)
    assert ledger.reads == reads


def test_it_never_goes_back_when_several_threads_ask_at_once() -> None:
    lines = make_ledger(Random(11).choice, projects=8, events=60)
    ledger, warehouse = Ledger([]), Warehouse(None)
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(40):
                seen = warehouse.catch_up(ZONE, ledger)
                counted = warehouse.count(question(), last_seq=seen)
                assert counted.identity.last_seq >= seen
        except BaseException as error:
            failed.append(error)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for line in lines:
        ledger.add(line)
    for thread in threads:
        thread.join()
    assert failed == []
    fresh = Warehouse(None)
    seen = warehouse.catch_up(ZONE, ledger)
    fresh.catch_up(ZONE, ledger)
    assert warehouse.count(question(), last_seq=seen) == fresh.count(question(), last_seq=seen)
    assert warehouse.mirror.position(ZONE)[0] == 0


def test_it_takes_a_recognition_as_an_event_of_its_project() -> None:
    def told(seq: int, kind: str, day: str, recognition: str | None = None, **payload: object) -> Line:
        return Line(seq, "p0", kind, PartialDate.parse(day), payload, None, recognition)

    about = {"project": "p0", "matter": "signed"}
    amount = {"value": "500000000", "currency": "CNY"}
    lines = [
        told(1, "opened", "2026-01-05"),
        told(2, "amount_stated", "2026-01-05", amount_kind="planned_total_investment", amount=amount),
        told(3, "contract_signed", "2026-01-20", contract_kind="formal"),
        told(4, "stage_reached", "2026-02-10", stage="filed"),
        told(5, "stage_reached", "2026-03-10", stage="construction_started"),
        told(6, "approved", "2026-04-02", "p0-1", **about),
    ]
    asked = question(pack=load_pack("city-recognition-date"))
    warehouse = Warehouse(None)
    seen = warehouse.catch_up(ZONE, Ledger(lines))
    found = warehouse.count(asked, last_seq=seen).figures["newly_signed"]
    assert [(cell.month, cell.quantity.projects) for cell in found.cells] == [("2026-04", 1)]
    revoked = [*lines, told(7, "revoked", "2026-05-02", "p0-1", **about)]
    seen = warehouse.catch_up(ZONE, Ledger(revoked))
    after = warehouse.count(asked, last_seq=seen).figures["newly_signed"]
    assert (after.total.projects, after.excluded["conditions_unmet"]) == (0, 1)
