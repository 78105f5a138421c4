"""Kill -9 an import and its undo again and again, and see that nothing is lost and nothing is there twice.

    python tools/crash_import.py --kills 100 --rows 3000 --seed 1

A ledger of invented projects is imported by a child process that is killed at random moments and started again until it is done; then the same
for the undo. Afterwards every row is one project, `ledger verify` finds nothing, and after the undo there is no project and no company.
Runs on SQLite, and on PostgreSQL when ZHAOYIN_DATABASE_URL names one.
"""

import argparse
import io
import os
import random
import signal
import sys
import tempfile
import time
from uuid import UUID, uuid4

import xlsxwriter

STEMS = "云帆澜谷明湃禾序沐泽昱锵珩屿祎弋锦瑾睿澈驭翀屹砼弢煊钰彧旻澔锜沣"
HEAD = ("序号", "项目名称", "投资方", "计划总投资（亿元）", "项目状态", "签约时间", "用工人数", "项目进展")


def ledger(rows: int, rng: random.Random) -> bytes:
    """An .xlsx with that many projects."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("台账")
        page.write(0, 0, "招商引资项目台账（截至2026年5月31日）")
        page.write_row(1, 0, HEAD)
        for number in range(rows):
            stem = "".join(rng.choice(STEMS) for _ in range(3))
            firm = f"{stem}{number}号电子有限公司"
            line = (
                number + 1,
                f"{stem}{number}号封装项目",
                firm,
                round(rng.uniform(0.3, 9), 2),
                "已签约",
                "2026-05-12",
                number % 700,
                "已签约",
            )
            page.write_row(2 + number, 0, line)
    return buffer.getvalue()


def set_up(home: str) -> tuple[UUID, UUID]:
    """A zone with its statistician; their ids."""
    os.environ["ZHAOYIN_HOME"] = home
    os.environ.setdefault("ZHAOYIN_SECRET_KEY", "crash-loop")
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.utils import timezone

    from zhaoyin.apps.accounts.models import Person, Role, ZoneRole
    from zhaoyin.apps.zones.models import Zone

    call_command("migrate", verbosity=0)
    zone = Zone.objects.create(slug=f"kill-{uuid4().hex[:8]}", name="断电测试区", created_at=timezone.now())
    person = Person.objects.create_user(f"stat-{uuid4().hex[:8]}", "correct-horse-9", display_name="吴")
    ZoneRole.objects.create(zone=zone, person=person, role=Role.STATISTICIAN, starts_on=date(2025, 1, 1))
    return zone.pk, person.pk


def child(job_id: UUID) -> None:
    """Do the work as a new process would."""
    from django.db import connections

    from zhaoyin.apps.jobs import actions as jobs

    connections.close_all()
    jobs.run(job_id=job_id, take_over=True)
    os._exit(0)


def until_done(job_id: UUID, kills: int, rng: random.Random) -> int:
    """Kill the worker at random moments, `kills` times at most, then let it finish; how often it was killed."""
    from django.db import connections

    from zhaoyin.apps.jobs import actions as jobs
    from zhaoyin.apps.jobs.models import Job

    jobs.MOST_ATTEMPTS = kills + 10
    killed = 0
    while True:
        connections.close_all()
        pid = os.fork()
        if pid == 0:
            child(job_id)
        if killed < kills:
            time.sleep(rng.uniform(0.05, 0.9))
            os.kill(pid, signal.SIGKILL)
            killed += 1
        os.waitpid(pid, 0)
        if Job.objects.get(pk=job_id).state not in {"queued", "running"}:
            return killed


def wrong(zone_id: UUID, rows: int) -> list[str]:
    """What is not as it should be after the import."""
    from django.db.models import Count

    from zhaoyin.apps.imports.models import ImportRow
    from zhaoyin.apps.ledger.models import Event
    from zhaoyin.apps.ledger.verification import problems
    from zhaoyin.apps.projects.models import Project

    found = problems(zone_id=zone_id)
    events = Event.objects.filter(zone_id=zone_id)
    for kind in ("opened", "contract_signed", "amount_stated"):
        number = events.filter(kind=kind).count()
        if number != rows:
            found.append(f"{number} events {kind} for {rows} rows")
    if events.filter(kind="registered").count() != rows:
        found.append("companies are missing or twice")
    twice = Project.objects.filter(zone_id=zone_id, void=False).values("name").annotate(n=Count("id")).filter(n__gt=1)
    if twice.exists():
        found.append(f"{twice.count()} projects are there twice")
    waiting = ImportRow.objects.filter(zone_id=zone_id, applied_at__isnull=True).count()
    return [*found, f"{waiting} rows were not written"] if waiting else found


def left(zone_id: UUID) -> list[str]:
    """What an undo has left."""
    from zhaoyin.apps.companies.models import Company
    from zhaoyin.apps.ledger.verification import problems
    from zhaoyin.apps.projects.models import Project

    found = problems(zone_id=zone_id)
    for model in (Project, Company):
        number = model.objects.filter(zone_id=zone_id, void=False).count()
        if number:
            found.append(f"{number} rows of {model.__name__} are left")
    return found


def main() -> int:
    """0 when everything is there once, and after the undo nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="zhaoyin-kill-") as home:
        zone_id, person_id = set_up(home)
        from datetime import date

        from zhaoyin.apps.accounts.access import viewer_of
        from zhaoyin.apps.imports import actions, applying, undoing
        from zhaoyin.apps.imports.models import ImportRow
        from zhaoyin.apps.jobs.models import Job

        applying.CHUNK = undoing.CHUNK = 50
        viewer = viewer_of(person_id=person_id, zone_id=zone_id, on=date.today())
        upload = actions.Upload("台账.xlsx", ledger(given.rows, rng))
        batch = actions.receive_ledgers(viewer=viewer, uploads=[upload], terms=actions.Terms())
        killed = until_done(Job.objects.get(subject_id=batch.pk).pk, given.kills // 5, rng)
        for pk, questions in ImportRow.objects.filter(batch=batch).exclude(questions=[]).values_list("id", "questions"):
            actions.answer(viewer=viewer, row_id=pk, answers={question["kind"]: "new" for question in questions})
        killed += until_done(actions.start_import(viewer=viewer, batch_id=batch.pk).pk, given.kills * 3 // 5, rng)
        found = wrong(zone_id, given.rows)
        killed += until_done(actions.start_undo(viewer=viewer, batch_id=batch.pk).pk, given.kills // 5, rng)
        found += left(zone_id)
    print(f"{killed} kills, {given.rows} rows: {len(found)} problems", *found[:10], sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
