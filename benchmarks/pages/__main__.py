"""`python -m benchmarks.pages [--small]`."""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

HERE = Path(__file__).parent
PEERS = {"list": "Tryton 24, DjangoCRM 1,191", "search": "Tryton 251, DjangoCRM 1,607", "dashboard": "Tryton 181"}
PLACES = [
    "东湾",
    "西岭",
    "南屿",
    "北原",
    "青禾",
    "云帆",
    "海澜",
    "沃野",
    "星河",
    "松涛",
    "锦程",
    "启明",
    "长风",
    "远岫",
    "清源",
    "朗润",
    "恒岳",
    "嘉木",
    "晨曦",
    "瑞景",
]
THINGS = [
    "微电",
    "智造",
    "新材",
    "生物",
    "光电",
    "机器人",
    "储能",
    "医疗",
    "物联",
    "精密",
    "数据",
    "航材",
    "芯片",
    "软件",
    "电池",
    "传感",
    "医药",
    "装备",
    "检测",
    "环保",
]


def set_up(home: str) -> None:
    """Django on an empty database in `home`."""
    os.environ["ZHAOYIN_HOME"] = home
    os.environ.setdefault("ZHAOYIN_SECRET_KEY", "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhaoyin.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(world: Any, projects: int, companies: int, rng: random.Random) -> list[UUID]:
    """Companies and projects through the ledger; ids of the projects."""
    from zhaoyin.apps.companies.actions import CompanyDraft, company_events
    from zhaoyin.apps.ledger.actions import append
    from zhaoyin.apps.projects.actions import ProjectDraft, project_events
    from zhaoyin.apps.zones.ids import new_id
    from zhaoyin.domain.evidence import statement_by
    from zhaoyin.domain.money import Money, Unit
    from zhaoyin.domain.period import PartialDate

    said, zone_id, first = (statement_by(world.chief.pk),), world.zone.pk, date(2025, 1, 1)
    firms = [new_id() for _ in range(companies)]
    batch: list[Any] = []

    def flush(at_least: int) -> None:
        if len(batch) >= at_least:
            append(zone_id=zone_id, actor_id=world.chief.pk, events=batch)
            batch.clear()

    for number, pk in enumerate(firms):
        name = f"{rng.choice(PLACES)}{rng.choice(THINGS)}{number}有限公司"
        batch += company_events(zone_id=zone_id, company_id=pk, draft=CompanyDraft(name=name, origin=rng.choice(["31", "32", "37", "44"])), occurred=PartialDate(first), evidence=said)  # fmt: skip
        flush(3000)
    ids: list[UUID] = []
    for number in range(projects):
        pk = new_id()
        ids.append(pk)
        day = first + timedelta(days=rng.randrange(500))
        more: list[tuple[str, PartialDate, dict[str, object]]] = []
        if rng.random() < 0.25:
            more.append(
                (
                    "contract_signed",
                    PartialDate(min(day + timedelta(days=60), date(2026, 5, 30))),
                    {"contract_kind": "formal"},
                )
            )
        mine = rng.random() < 0.5
        draft = ProjectDraft(
            name=f"{rng.choice(PLACES)}{rng.choice(THINGS)}{rng.choice(THINGS)}项目{number}",
            planned_total=Money(value=Decimal(rng.randrange(1, 500)) * 10**7, unit=Unit.YI)
            if rng.random() < 0.9
            else None,
            industry_id=(world.industry if mine else world.other_industry).pk,
            task_force_id=(world.task_force if mine else world.other_task_force).pk,
            lead_person_id=(world.li if mine else world.zhao).pk,
            opened_on=PartialDate(day),
            negotiating_on=PartialDate(day),
            origin="31",
            more=more,
        )
        batch += project_events(
            zone_id=zone_id, project_id=pk, draft=draft, investors=[rng.choice(firms)], said=said, key=None
        )
        flush(3000)
    flush(1)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def measured(ask: Callable[[int], Any], times: int) -> tuple[float, float]:
    """Median and 95th percentile of CPU milliseconds."""
    for number in range(5):
        ask(number)
    spent: list[float] = []
    for number in range(times):
        start = time.process_time()
        answer = ask(number)
        spent.append((time.process_time() - start) * 1000)
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"status {answer.status_code}")
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def questions(world: Any, ids: list[UUID], rng: random.Random) -> dict[str, tuple[Any, Callable[[int], Any]]]:
    """Page → (client, request number n)."""
    from django.urls import reverse

    li, chief, slug = world.client(world.li), world.client(world.chief), world.zone.slug
    mine = [str(pk) for pk in ids]
    list_url = reverse("projects:list", args=[slug])
    new_url = reverse("projects:new", args=[slug])

    def create(n: int) -> Any:
        data = {
            "name": f"新建{n}{rng.random()}", "investor": f"新投资方{n}{rng.random()}有限公司", "amount": "2", "amount_unit": "1e8", "amount_currency": "CNY",
            "amount_qualifier": "=", "kind": "new", "task_force": str(world.task_force.pk), "lead_person": str(world.li.pk), "token": str(rng.random()),
        }  # fmt: skip
        return li.post(new_url, data)

    def firm(n: int) -> str:
        return f"{rng.choice(PLACES)}{rng.choice(THINGS)}{n * 7}有限公司"

    def similar(n: int) -> Any:
        typed = {
            "name": f"{rng.choice(PLACES)}{rng.choice(THINGS)}{rng.choice(THINGS)}项目",
            "amount": "2",
            "amount_unit": "1e8",
        }
        return chief.get(reverse("projects:similar", args=[slug]), {**typed, "investor": firm(n)})

    found: dict[str, tuple[Any, Callable[[int], Any]]] = {
        "list": (li, lambda n: li.get(list_url)),
        "list, all zone": (chief, lambda n: chief.get(list_url)),
        "filter + sort": (
            li,
            lambda n: li.get(list_url, {"stage": "signed", "sort": "-planned", "industry": str(world.industry.pk)}),
        ),
        "search": (li, lambda n: li.get(reverse("zone:search", args=[slug]), {"q": rng.choice(PLACES)})),
        "search in list": (chief, lambda n: chief.get(list_url, {"q": rng.choice(THINGS)[:2]})),
        "palette": (chief, lambda n: chief.get(reverse("zone:palette", args=[slug]), {"q": rng.choice(PLACES)})),
        "board": (li, lambda n: li.get(reverse("projects:board", args=[slug]))),
        "project page": (chief, lambda n: chief.get(reverse("projects:detail", args=[slug, rng.choice(mine)]))),
        "create": (li, create),
        "duplicate warning": (chief, similar),
        "company warning": (chief, lambda n: chief.get(reverse("companies:alike", args=[slug]), {"name": firm(n)})),
    }
    from django.urls import NoReverseMatch

    try:
        dashboard = reverse("dashboard:home", args=[slug])
    except NoReverseMatch:
        return found
    found["dashboard"] = (chief, lambda n: chief.get(dashboard))
    return found


def main() -> int:
    """1 when a ceiling is broken in a full run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--companies", type=int, default=20_000)
    given = parser.parse_args()
    projects, companies = (2_000, 400) if given.small else (given.projects, given.companies)
    with tempfile.TemporaryDirectory(prefix="zhaoyin-bench-") as home:
        set_up(home)
        from django.db import connection

        from tests.conftest import build_world

        rng, world = random.Random(20260601), build_world()
        start = time.perf_counter()
        ids = fill(world, projects, companies, rng)
        built = time.perf_counter() - start
        print(
            f"{connection.vendor}: {projects:,} projects, {companies:,} companies built in {built:.1f} s; load {os.getloadavg()[0]:.2f}"
        )
        ceilings = json.loads((HERE / "floors.json").read_text())[connection.vendor]
        broken = False
        print(f"{'page':<18}{'CPU ms':>9}{'p95':>9}{'ceiling':>9}   peers, ms (measured earlier)")
        for name, (_client, ask) in questions(world, ids, rng).items():
            median, high = measured(ask, given.times)
            ceiling = ceilings.get(name)
            over = not given.small and ceiling is not None and median > ceiling
            broken = broken or over
            print(
                f"{name:<18}{median:>9.1f}{high:>9.1f}{ceiling or '':>9}{' !' if over else '  '} {PEERS.get(name.split(',')[0], '')}"
            )
        connection.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
