"""A ledger of any size, the same for the same seed: five events a project, 14 % of the amounts restated later."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

ZONE = UUID(int=7)
RECORDED = datetime(2026, 6, 1, 4, tzinfo=UTC)
FIRST = date(2023, 1, 1)
DAYS = 1400
Row = tuple[object, ...]


class Ledger:
    """Rows in memory, served as the ledger's query would."""

    def __init__(self, *, projects: int, seed: int = 1) -> None:
        self.rows: list[Row] = []
        self._random = Random(seed)
        for number in range(projects):
            self._project(number)

    def head(self) -> tuple[int, str]:
        """Last number and hash."""
        return len(self.rows), str(self.rows[-1][-1])

    def rows_after(self, seq: int) -> Iterator[Row]:
        """Rows with a larger number."""
        return iter(self.rows[seq:])

    def step(self, number: int) -> None:
        """One more event: the project starts building."""
        self._add(number, "stage_reached", FIRST + timedelta(days=DAYS), {"stage": "construction_started"})

    def _project(self, number: int) -> None:
        random = self._random
        day = FIRST + timedelta(days=random.randrange(DAYS - 150))
        team = str(UUID(int=100 + number % 8))
        classes = {"task_force": team, "industry": str(UUID(int=200 + number % 8)), "origin": "3702", "kind": "new"}
        self._add(number, "opened", day, classes)
        stated = self._add(number, "amount_stated", day, self._amount(random))
        self._add(number, "stage_reached", day + timedelta(days=5), {"stage": "negotiating"})
        if random.random() < 0.5:
            self._add(number, "placed", day + timedelta(days=20), {"lead_person": str(UUID(int=300))})
        if random.random() < 0.3:
            self._add(number, "contract_signed", day + timedelta(days=90), {"contract_kind": "formal"})
        if random.random() < 0.14:
            self._add(number, "amount_stated", day, self._amount(random), stated)

    def _amount(self, random: Random) -> dict[str, object]:
        amount = {"value": str(random.randrange(1, 500) * 10**6), "currency": "CNY"}
        return {"amount_kind": "planned_total_investment", "amount": amount}

    def _add(self, number: int, kind: str, day: date, payload: dict[str, object], corrects: UUID | None = None) -> UUID:
        seq = len(self.rows) + 1
        pk = UUID(int=(1 << 100) + seq)
        subject = UUID(int=(1 << 90) + number * 7919)
        text = json.dumps(payload)
        row: Sequence[object] = (
            ZONE, seq, pk, "project", subject, kind, day, "day", RECORDED, text, corrects, f"{seq:064x}",
        )  # fmt: skip
        self.rows.append(tuple(row))
        return pk
