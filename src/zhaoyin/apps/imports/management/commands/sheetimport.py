"""`zhaoyin sheet import FILE... --zone Z --as PERSON [--dry-run]`: ledgers into the zone's ledger from the command line."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from zhaoyin.apps.accounts.access import Viewer, enter_zone
from zhaoyin.apps.accounts.models import Person
from zhaoyin.apps.imports import actions, presentation, queries
from zhaoyin.apps.imports.access import get_batch
from zhaoyin.apps.imports.models import BatchState, ImportBatch
from zhaoyin.apps.jobs import actions as jobs
from zhaoyin.apps.jobs.models import Job, JobState
from zhaoyin.apps.jobs.queries import open_job
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError

SHOWN = 20


class Command(BaseCommand):
    """Rows in question are reported and left; answer them on the page of the import, or correct the sheet and run it again."""

    help = "Import project ledgers into a zone (dry run with --dry-run)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument("--zone", required=True, help="the zone's name in the address")
        parser.add_argument("--as", dest="person", required=True, help="user name of the person who imports")
        parser.add_argument("--dry-run", action="store_true", help="report only")
        parser.add_argument("--sender", default="", help="who sent the ledgers")
        parser.add_argument(
            "--date-by-report", action="store_true", help="steps without a day count on the ledger's own date"
        )
        parser.add_argument("--resume", help="id of an import that was stopped: go on with it")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            try:
                self._import(options)
            except DomainError as error:
                raise CommandError(words(error)) from error

    def _import(self, options: dict[str, Any]) -> None:
        person = Person.objects.filter(username=options["person"]).first()
        if person is None:
            raise CommandError(f"no person {options['person']!r}")
        _zone, viewer = enter_zone(person=person, slug=options["zone"], on=timezone.localdate())
        batch = self._batch(viewer, options)
        going = open_job(zone_id=viewer.zone_id, subject_id=batch.pk)
        if going is not None:
            self._run(going.pk, take_over=True)
            batch = get_batch(viewer, batch.pk)
        self._report(viewer, batch)
        if options["dry_run"]:
            return
        if batch.state == BatchState.CHECKED or not options["resume"]:
            self._run(actions.start_import(viewer=viewer, batch_id=batch.pk).pk)
        done = queries.tally(batch=get_batch(viewer, batch.pk))
        self.stdout.write(f"已写入 {done.written} 行，待回答 {done.asked} 行。批次 {batch.pk}")

    def _batch(self, viewer: Viewer, options: dict[str, Any]) -> ImportBatch:
        if options["resume"]:
            return get_batch(viewer, UUID(options["resume"]))
        if not options["files"]:
            raise CommandError("name at least one file, or --resume an import")
        uploads = []
        for name in options["files"]:
            try:
                uploads.append(actions.Upload(Path(name).name, Path(name).read_bytes()))
            except OSError as error:
                raise CommandError(f"{name}: {error.strerror}") from error
        terms = actions.Terms(sender=options["sender"], date_by_report=options["date_by_report"])
        batch = actions.receive_ledgers(viewer=viewer, uploads=uploads, terms=terms)
        for pk in Job.objects.filter(zone_id=viewer.zone_id, subject_id=batch.pk).values_list("id", flat=True):
            self._run(pk)
        return get_batch(viewer, batch.pk)

    def _run(self, job_id: UUID, *, take_over: bool = False) -> None:
        """Do the work here and now, with a bar when somebody is looking."""
        jobs.run(job_id=job_id, tell=self._bar if sys.stderr.isatty() else None, take_over=take_over)
        job = Job.objects.get(pk=job_id)
        if job.state == JobState.FAILED:
            error = job.error or {}
            raise CommandError(words(DomainError(str(error["code"]), **dict(error["params"]))))

    def _bar(self, done: int, total: int) -> None:
        share = done * 40 // max(1, total)
        self.stderr.write(f"\r[{'#' * share}{'.' * (40 - share)}] {done}/{total}", ending="\n" if done >= total else "")

    def _report(self, viewer: Viewer, batch: ImportBatch) -> None:
        found = queries.tally(batch=batch)
        for file in queries.files_of(batch=batch):
            problem = presentation.file_problem(file)
            records = sum(table["records"] for table in file.tables)
            wrong = sum(not check["agrees"] for table in file.tables for check in table["checks"])
            text = problem or f"{records} 个项目，截至 {_day(file.reporting_on)}，合计 {wrong} 处对不上"
            self.stdout.write(f"{file.file_name}：{text}")
        states = found.states
        self.stdout.write(
            f"新增 {states.get('new', 0)} 变更 {states.get('changed', 0)} 相同 {states.get('same', 0)} "
            f"可疑 {states.get('suspicious', 0)} 有误 {states.get('refused', 0)}"
        )
        page = queries.row_page(batch=batch, show="asked")
        names = queries.names_of(zone_id=viewer.zone_id, ids=presentation.ids_in(page.rows))
        for row in page.rows[:SHOWN]:
            for question in presentation.card(row, names).questions:
                why = "；".join(question.why)
                self.stdout.write(f"  第 {row.row} 行 {row.title}：{question.text} {why}")
        for row in queries.row_page(batch=batch, show="refused").rows[:SHOWN]:
            for problem in row.problems:
                self.stdout.write(f"  第 {row.row} 行 {row.title}：{presentation.problem_words(problem)}")


def _day(value: date | None) -> str:
    return value.isoformat() if value else "未知"
