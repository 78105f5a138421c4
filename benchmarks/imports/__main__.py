"""`python -m benchmarks.imports [--rows 50000] [--small]`."""

import argparse
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
STEMS = "云帆澜谷明湃禾序沐泽昱锵珩屿祎弋锦瑾睿澈驭翀屹砼弢煊钰彧旻澔锜沣"
TRADES = ("微电子", "新材料", "生物科技", "智能装备", "精密机械", "新能源", "食品", "汽车部件", "光电", "纺织")
PLACES = ("苏州", "深圳", "宁波", "合肥", "青岛", "武汉", "成都", "无锡", "常州", "东莞")
STAGES = ("在谈", "已签约", "已开工", "已投产")
HEAD = (
    "序号",
    "项目名称",
    "投资方",
    "计划总投资（亿元）",
    "项目状态",
    "签约时间",
    "所属产业",
    "责任专班",
    "用工人数",
    "项目进展",
)
SAMPLE = 200
"""Rows opened one by one for the peer."""


def ledger(rows: int, seed: int = 3) -> bytes:
    """An .xlsx with that many projects."""
    rng, buffer = random.Random(seed), io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        page = book.add_worksheet("台账")
        page.write(0, 0, "招商引资项目台账（截至2026年5月31日）")
        page.write_row(1, 0, HEAD)
        for number in range(rows):
            stem, trade = "".join(rng.choice(STEMS) for _ in range(3)), rng.choice(TRADES)
            stage = rng.choice(STAGES)
            signed = "" if stage == "在谈" else f"2026-0{rng.randint(1, 5)}-{rng.randint(10, 28)}"
            line = (
                number + 1, f"{stem}{trade}第{number}号生产基地项目", f"{rng.choice(PLACES)}{stem}{trade}有限公司",
                round(rng.uniform(0.3, 20), 2), stage, signed, rng.choice(("新一代信息技术", "生命健康", "新材料")),
                rng.choice(("信息技术专班", "生命健康专班")), rng.randint(20, 900), f"{stage}，正在办理第{rng.randint(1, 9)}项手续",
            )  # fmt: skip
            page.write_row(2 + number, 0, line)
    return buffer.getvalue()


def set_up(home: str) -> Any:
    """A zone with an industry, two task forces and a statistician; the statistician as the access gates see them."""
    os.environ["ZHAOYIN_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.conftest import build_world

    world = build_world()
    return world.viewer(world.statistician, on=date(2026, 6, 1))


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """(wall, CPU) seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def run_jobs() -> None:
    """Do whatever waits."""
    from zhaoyin.apps.jobs import actions as jobs
    from zhaoyin.apps.jobs.models import Job

    for pk in Job.objects.filter(state="queued").values_list("id", flat=True):
        jobs.run(job_id=pk)


def one_by_one(viewer: Any) -> float:
    """Seconds a project when each is opened by itself, as from the form."""
    from zhaoyin.apps.projects.actions import ProjectDraft, create_project
    from zhaoyin.domain.money import Money
    from zhaoyin.domain.period import PartialDate

    started = time.perf_counter()
    for number in range(SAMPLE):
        draft = ProjectDraft(
            name=f"逐个录入{number}号项目", investor_names=[f"逐个{number}号有限公司"],
            planned_total=Money.from_payload({"value": "100000000"}), negotiating_on=PartialDate.parse("2026-05-01"),
        )  # fmt: skip
        create_project(viewer=viewer, draft=draft)
    return (time.perf_counter() - started) / SAMPLE


def measure(viewer: Any, data: bytes) -> dict[str, Any]:
    """Dry run, import, and the same file again."""
    from zhaoyin.apps.imports import actions
    from zhaoyin.apps.imports.models import ImportRow
    from zhaoyin.apps.ledger.models import Event
    from zhaoyin.apps.ledger.verification import problems

    upload = actions.Upload("台账.xlsx", data)
    batch = actions.receive_ledgers(viewer=viewer, uploads=[upload], terms=actions.Terms())
    found: dict[str, Any] = {"dry_run": timed(run_jobs)}
    asked = ImportRow.objects.filter(batch=batch).exclude(questions=[]).values_list("id", "questions")
    for pk, questions in asked:
        actions.answer(viewer=viewer, row_id=pk, answers={question["kind"]: "new" for question in questions})
    actions.start_import(viewer=viewer, batch_id=batch.pk)
    found["import"] = timed(run_jobs)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    opened = Event.objects.filter(kind="opened").count()
    again = actions.receive_ledgers(viewer=viewer, uploads=[upload], terms=actions.Terms())
    found["again"] = timed(run_jobs)
    same = ImportRow.objects.filter(batch=again, state="same").count()
    found |= {"opened": opened, "same": same, "problems": problems(zone_id=viewer.zone_id)}
    return found


def main() -> int:
    """0 when everything is there once and, at full size, within the ceilings of floors.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    rows = 1000 if given.small else given.rows
    with tempfile.TemporaryDirectory(prefix="zhaoyin-bench-") as home:
        viewer = set_up(home)
        found = measure(viewer, ledger(rows))
        single = one_by_one(viewer)
    load = os.getloadavg()[0]
    print(f"{rows} rows, load {load:.1f}")
    for name, label in (("dry_run", "dry run"), ("import", "import"), ("again", "the same file again")):
        wall, cpu = found[name]
        print(f"  {label:<20} {wall:7.1f} s wall {cpu:7.1f} s CPU")
    print(f"  {'one by one (peer)':<20} {single * rows:7.1f} s wall, from {SAMPLE} rows")
    print(f"  memory {found['memory_mb']} MB; problems {len(found['problems'])}")
    wrong = [*found["problems"]]
    if (found["opened"], found["same"]) != (rows, rows):
        wrong.append(f"{found['opened']} opened and {found['same']} the same of {rows}")
    if not given.small and rows == 50_000:
        floors = json.loads((HERE / "floors.json").read_text())
        wrong += [
            f"{name} took {found[name][1]:.1f} s CPU"
            for name, most in floors["cpu_seconds"].items()
            if found[name][1] > most
        ]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
