"""Kill -9 the ledger again and again while it appends batches, and see that it is whole every time.

    make crash ARGS="--kills 1000 --seed 1"

Each round forks a writer that appends batches and says so on a pipe after each commit; it is killed at a random moment.
Then every batch that was acknowledged must be there, no batch may be there in part, and `ledger verify` must find nothing.
`--mutant NAME` breaks the ledger on purpose (no transaction, head kept apart, acknowledged too early, projection left
out): the loop must then find the breakage; `--mutants` tries them all. Runs on SQLite, and on PostgreSQL when
ZHAOYIN_DATABASE_URL names one.
"""

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from uuid import UUID, uuid4

MUTANTS = ("no-transaction", "head-first", "early-word", "no-projection")


def _set_up(home: str) -> UUID:
    os.environ["ZHAOYIN_HOME"] = home
    os.environ.setdefault("ZHAOYIN_SECRET_KEY", "crash-loop")
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from zhaoyin.apps.zones.models import Zone

    call_command("migrate", verbosity=0)
    zone = Zone.objects.create(slug=f"crash-{uuid4().hex[:8]}", name="崩溃测试区", created_at=timezone.now())
    connection.close()
    return zone.pk


def _batch(zone_id: UUID, rng: random.Random) -> tuple[str, int, list[object]]:
    from zhaoyin.apps.ledger.actions import NewEvent, keep_text
    from zhaoyin.domain.period import PartialDate

    batch_id, subject, day = uuid4().hex, uuid4(), PartialDate.parse("2026-01-05")
    opened = {"name": keep_text(zone_id=zone_id, body="断电项目")}
    events = [
        NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="opened",
            occurred=day,
            payload=opened,
            idempotency_key=f"{batch_id}:0",
        )
    ]
    size = rng.randint(2, 12)
    events += [
        NewEvent(
            subject_kind="project",
            subject_id=subject,
            kind="described",
            occurred=day,
            payload={"jobs": n},
            idempotency_key=f"{batch_id}:{n}",
        )
        for n in range(1, size)
    ]
    return batch_id, size, list(events)


@contextlib.contextmanager
def _nothing(*_args: object, **_more: object) -> Iterator[None]:
    yield


def _break(mutant: str) -> None:
    from zhaoyin.apps.ledger import actions
    from zhaoyin.apps.ledger.models import Event

    if mutant in {"no-transaction", "head-first"}:
        actions.connection.features.has_select_for_update = False  # a lock needs a transaction
    if mutant == "no-transaction":
        actions.transaction.atomic = _nothing  # type: ignore[assignment]

        def one_by_one(rows: list[Event], **_more: object) -> None:
            for row in rows:
                row.save(force_insert=True)
                time.sleep(0.002)

        Event.objects.bulk_create = one_by_one  # type: ignore[assignment, method-assign]
    elif mutant == "head-first":
        actions.transaction.atomic = _nothing  # type: ignore[assignment]
        create = Event.objects.bulk_create

        def late(rows: list[Event], **more: object) -> object:
            actions.Head.objects.filter(zone_id=rows[0].zone_id).update(seq=rows[-1].seq, hash=rows[-1].hash)
            time.sleep(0.01)
            return create(rows, **more)  # type: ignore[arg-type]

        Event.objects.bulk_create = late  # type: ignore[assignment, method-assign]
    elif mutant == "no-projection":
        actions._project = lambda *_: None


def _write(zone_id: UUID, pipe: int, seed: int, mutant: str) -> None:
    from zhaoyin.apps.ledger.actions import append

    _break(mutant)
    rng = random.Random(seed)

    def say(batch: str, size: int) -> None:
        os.write(pipe, f"{batch} {size}\n".encode())

    while True:
        batch_id, size, events = _batch(zone_id, rng)
        if mutant == "early-word":
            say(batch_id, size)
            time.sleep(0.005)
        append(zone_id=zone_id, actor_id=None, events=events)  # type: ignore[arg-type]
        if mutant != "early-word":
            say(batch_id, size)


def _round(zone_id: UUID, seed: int, mutant: str) -> dict[str, int]:
    """Batches (id → size) that the writer acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _write(zone_id, writing, seed, mutant)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(random.Random(seed).uniform(0.01, 0.25))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as lines:
        return {line.split()[0]: int(line.split()[1]) for line in lines if line.endswith("\n")}


def _problems(zone_id: UUID, said: dict[str, int]) -> list[str]:
    from django.db import connection

    from zhaoyin.apps.ledger import verification
    from zhaoyin.apps.ledger.models import Event

    there: dict[str, int] = {}
    for key in Event.objects.filter(zone_id=zone_id).values_list("idempotency_key", flat=True):
        there[str(key).split(":")[0]] = there.get(str(key).split(":")[0], 0) + 1
    found = [
        f"batch {batch}: {there.get(batch, 0)} of {size} events"
        for batch, size in said.items()
        if there.get(batch) != size
    ]
    found += verification.problems(zone_id=zone_id)
    connection.close()
    return found


def run(*, kills: int, seed: int, mutant: str = "") -> tuple[int, int, list[str]]:
    """(kills done, batches acknowledged, problems found); stops at the first problem."""
    with tempfile.TemporaryDirectory(prefix="zhaoyin-crash-") as home:
        zone_id = _set_up(home)
        said: dict[str, int] = {}
        every = max(5, kills // 20)
        for number in range(kills):
            said.update(_round(zone_id, seed * 1_000_003 + number, mutant))
            last = number == kills - 1
            found = _problems(zone_id, said) if mutant or last or number % every == every - 1 else []
            if found:
                return number + 1, len(said), found
        return kills, len(said), []


def main() -> int:
    """0 when the ledger was whole after every kill, or when every mutant was caught."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutant", choices=MUTANTS, default="")
    parser.add_argument("--mutants", action="store_true", help="try every mutant in a process of its own")
    given = parser.parse_args()
    if given.mutants:
        caught = True
        for mutant in MUTANTS:
            code = os.spawnv(
                os.P_WAIT,
                sys.executable,
                [sys.executable, __file__, "--mutant", mutant, "--kills", str(given.kills), "--seed", str(given.seed)],
            )
            caught = caught and code == 0
        return 0 if caught else 1
    kills, batches, found = run(kills=given.kills, seed=given.seed, mutant=given.mutant)
    what = f"mutant {given.mutant}" if given.mutant else "the ledger"
    print(f"{what}: {kills} kills, {batches} batches acknowledged, {len(found)} problems")
    for line in found[:5]:
        print(f"  {line}")
    return int(not found) if given.mutant else int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
