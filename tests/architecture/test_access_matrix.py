"""Every address and every API route: another zone and another task force see nothing (404), a stranger signs in first."""

import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhaoyin.config.api import api

OWN = {
    "project_id",
    "event_id",
    "engagement_id",
    "lead_id",
    "draft_id",
    "batch_id",
    "file_id",
    "import_row_id",
    "briefing_id",
}
"""Arguments that name something of one task force."""


def page_routes() -> list[tuple[str, tuple[str, ...]]]:
    """(qualified name, argument names) of every zone page."""

    def walk(patterns: Any, prefix: str, namespace: str) -> Iterator[tuple[str, str, str]]:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from walk(entry.url_patterns, route, space)
            elif isinstance(entry, URLPattern) and entry.name:
                yield f"{namespace}{entry.name}", route, namespace

    found = []
    for name, route, _space in walk(get_resolver().url_patterns, "", ""):
        if "zone_slug" in route and not route.startswith("api/"):
            names = tuple(part.split(":")[-1].split(">")[0] for part in route.split("<")[1:])
            found.append((name, names[1:]))
    return sorted(set(found))


def api_routes() -> list[tuple[str, str, tuple[str, ...]]]:
    """(method, path, argument names) of every zone route of the API, from its own schema."""
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        names = tuple(part.split("}")[0] for part in path.split("{")[1:])
        if "zone_slug" in names:
            found += [(method.upper(), path, tuple(n for n in names if n != "zone_slug")) for method in methods]
    return sorted(found)


PAGES, ROUTES = page_routes(), api_routes()
NAMING = [(name, names) for name, names in PAGES if any(n.endswith("_id") for n in names)]


@pytest.fixture
def things(world: Any, at: Any) -> dict[str, Any]:
    """One of everything, in 李's task force."""
    from zhaoyin.apps.accounts.models import ApiToken, RecordGrant
    from zhaoyin.apps.companies.actions import ContactDraft, add_contact
    from zhaoyin.apps.engagements.actions import EngagementDraft, record_engagement
    from zhaoyin.apps.inbox.models import DueItem
    from zhaoyin.apps.ledger import clock
    from zhaoyin.apps.ledger.models import Event
    from zhaoyin.apps.projects.actions import ProjectDraft, create_project
    from zhaoyin.apps.projects.models import Project
    from zhaoyin.apps.sources.actions import receive
    from zhaoyin.domain.period import PartialDate

    viewer = world.viewer(world.li)
    draft = ProjectDraft(
        name="云帆功率器件项目", investor_names=["云帆微电有限公司"], task_force_id=world.task_force.pk, lead_person_id=world.li.pk,
        negotiating_on=PartialDate.parse("2026-01-05"),
    )  # fmt: skip
    project_id = create_project(viewer=viewer, draft=draft)
    company_id = Project.objects.get(pk=project_id).investor_id
    assert company_id is not None
    meeting = EngagementDraft(form="visit", occurred=PartialDate.parse("2026-01-06"), project_id=project_id)
    contact = ContactDraft(name="钱某", source="名片", basis="consent", keep_until=date.today() + timedelta(days=400))
    item = DueItem.objects.create(
        zone=world.zone, key="k", kind="next_step", owner=world.li, subject_kind="project", subject_id=project_id,
        since_on=date(2026, 1, 1), due_at=clock.now(),
    )  # fmt: skip
    token = ApiToken.objects.create(
        zone=world.zone, person=world.li, name="t", token_hash="0" * 64, created_at=clock.now()
    )
    made: dict[str, Any] = {
        "project_id": project_id,
        "company_id": company_id,
        "contact_id": add_contact(viewer=viewer, company_id=company_id, draft=contact),
        "engagement_id": record_engagement(viewer=viewer, draft=meeting),
        "event_id": Event.objects.filter(zone=world.zone, subject_id=project_id, kind="stage_reached").get().pk,
        "item_id": item.pk,
        "person_id": world.wang.pk,
        "unit_id": world.unit.pk,
        "industry_id": world.industry.pk,
        "task_force_id": world.task_force.pk,
        "token_id": token.pk,
        "grant_id": RecordGrant.objects.create(
            zone=world.zone, grantee=world.other_zone, starts_on=date(2026, 1, 1)
        ).pk,
        "row_id": world.task_force.memberships.first().pk,
        "what": "member",
        "document_id": receive(viewer=viewer, kind="paste", content="一段文字".encode(), text="一段文字").pk,
    }
    made.update(extra_things(world, made))
    return made


def extra_things(world: Any, made: dict[str, Any]) -> dict[str, Any]:
    """A lead and a proposal of 李's task force."""
    from zhaoyin.apps.intake.actions import receive_text
    from zhaoyin.apps.intake.models import Draft
    from zhaoyin.apps.leads.actions import LeadDraft, open_lead

    viewer = world.viewer(world.li)
    text = "5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。"
    document = receive_text(viewer=viewer, text=text, kind="paste", published_on=date(2026, 5, 8)).document
    batch, file, line = imported(world)
    lead = LeadDraft(title="特种陶瓷", investor="昱锵新材料", task_force_id=world.task_force.pk)
    return {
        "lead_id": open_lead(viewer=viewer, draft=lead),
        "draft_id": Draft.objects.filter(reading__document=document)[0].pk,
        "document_id": document.pk,
        "batch_id": batch,
        "file_id": file,
        "import_row_id": line,
        "briefing_id": briefed(world),
    }


def briefed(world: Any) -> UUID:
    """A briefing of 李's."""
    from zhaoyin.apps.briefings import actions
    from zhaoyin.apps.briefings.queries import parse_wanted

    found = actions.compose(viewer=world.viewer(world.li), zone=world.zone, wanted=parse_wanted({"kind": "stuck"}))
    return found.pk


def imported(world: Any) -> tuple[UUID, UUID, UUID]:
    """A checked import of 李's: its batch, its file, one of its rows."""
    from tests.apps.imports.ledgers import MAY, sheet
    from zhaoyin.apps.imports import actions
    from zhaoyin.apps.imports.models import ImportFile, ImportRow
    from zhaoyin.apps.jobs import actions as jobs
    from zhaoyin.apps.jobs.models import Job

    terms = actions.Terms(task_force_id=world.task_force.pk)
    batch = actions.receive_ledgers(
        viewer=world.viewer(world.li), uploads=[actions.Upload("a.xlsx", sheet(MAY))], terms=terms
    )
    jobs.run(job_id=Job.objects.get(subject_id=batch.pk).pk)
    return batch.pk, ImportFile.objects.get(batch=batch).pk, ImportRow.objects.filter(batch=batch)[0].pk


def arguments(names: tuple[str, ...], things: dict[str, Any]) -> list[Any]:
    """Values for a route's arguments; an unknown name gets an id that nothing has."""
    return [things.get(name, UUID(int=7)) for name in names]


METHODS = ("get", "post")


@pytest.mark.parametrize(("name", "names"), PAGES, ids=[name for name, _ in PAGES])
def test_a_page_is_not_there_for_a_stranger(
    world: Any, things: dict[str, Any], name: str, names: tuple[str, ...]
) -> None:
    address = reverse(name, args=[world.zone.slug, *arguments(names, things)])
    stranger, nobody, other_force = world.client(world.stranger), Client(), world.client(world.zhao)
    for method in METHODS:
        assert getattr(stranger, method)(address).status_code == 404, f"{method} from another zone"
        answer = getattr(nobody, method)(address)
        assert answer.status_code == 302, f"{method} by nobody"
        assert "/accounts/login/" in answer["Location"]
        if OWN & set(names):
            assert getattr(other_force, method)(address).status_code in {404, 405}, f"{method} from another task force"


@pytest.mark.parametrize(("name", "names"), NAMING, ids=[name for name, _ in NAMING])
def test_another_zones_object_is_not_there_in_ones_own_zone(
    world: Any, things: dict[str, Any], name: str, names: tuple[str, ...]
) -> None:
    address = reverse(name, args=[world.other_zone.slug, *arguments(names, things)])
    client = world.client(world.stranger)
    assert client.get(address).status_code in {404, 405}
    assert client.post(address).status_code in {404, 405}


@pytest.mark.parametrize(("method", "path", "names"), ROUTES, ids=[f"{m} {p}" for m, p, _ in ROUTES])
def test_an_api_route_is_not_there_for_a_stranger(
    world: Any, things: dict[str, Any], method: str, path: str, names: tuple[str, ...]
) -> None:
    address = path.replace("{zone_slug}", world.zone.slug)
    for name, value in zip(names, arguments(names, things), strict=True):
        address = address.replace("{" + name + "}", str(value))
    call = method.lower()
    stranger, nobody = world.client(world.stranger), Client()
    extra = {"content_type": "application/json", "data": "{}"} if method != "GET" else {}
    assert getattr(nobody, call)(address, **extra).status_code == 401
    assert getattr(stranger, call)(address, **extra).status_code == 404
    if OWN & set(names):
        body = (
            {"content_type": "application/json", "data": '{"kind":"resumed","occurred":"2026-01-09"}'}
            if method != "GET"
            else {}
        )
        assert getattr(world.client(world.zhao), call)(address, **body).status_code in {404, 422}


READS_ONLY = ("auditor", "fund_manager", "site_manager")
ONES_OWN = {"people:tokens"}
"""Forms for oneself."""
BODY = {
    "table": "Sheet1|0",
    "choices": {},
    "answers": {},
    "answer": "dismissed",
    "shares": [],
    "basis": "joint",
    "since": "2026-01-09",
    "value": "1",
    "on": "2026-01-09",
    "matter": "signed",
    "claimed_on": "2026-01-09",
    "note": "一句话",
    "step": "endorsed",
    "number": "1",
    "name": "偷建",
    "investor": "偷建",
    "text": "一段文字",
    "occurred": "2026-01-09",
    "reason": "lost",
}
REFUSED = {403, 404, 405}


@pytest.mark.parametrize("role", READS_ONLY)
def test_who_only_reads_writes_nothing(world: Any, things: dict[str, Any], role: str) -> None:
    """Every form and every writing route refuses; the ledger, the documents and the people stay as they were."""
    from zhaoyin.apps.accounts.models import Person, ZoneRole

    person = Person.objects.create_user("reader", "correct-horse-9", display_name="何")
    ZoneRole.objects.create(zone=world.zone, person=person, role=role, starts_on=date(2025, 1, 1))
    client, before = world.client(person), counted()
    for name, names in PAGES:
        address = reverse(name, args=[world.zone.slug, *arguments(names, things)])
        if name not in ONES_OWN:
            assert client.post(address, {"kind": "paste", "text": "一段文字"}).status_code in REFUSED, name
    for method, path, names in ROUTES:
        address = path.replace("{zone_slug}", world.zone.slug)
        for name, value in zip(names, arguments(names, things), strict=True):
            address = address.replace("{" + name + "}", str(value))
        if method != "GET":
            body = json.dumps({**BODY, "kind": "paste" if path.endswith("documents") else "resumed"})
            form = upload_form(method, path)
            if form is None:
                answer = getattr(client, method.lower())(address, body, content_type="application/json")
            else:
                answer = client.post(address, form)
            assert answer.status_code in REFUSED, path
    assert counted() == before


def upload_form(method: str, path: str) -> dict[str, Any] | None:
    """What a route that takes files is sent: a file for each file field, a word for each other; None for a route without files."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    schema = api.get_openapi_schema()["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    if "multipart/form-data" not in schema:
        return None
    fields = schema["multipart/form-data"]["schema"].get("properties", {})
    form: dict[str, Any] = {}
    for name, field in fields.items():
        if field.get("format") == "binary" or field.get("items", {}).get("format") == "binary":
            form[name] = SimpleUploadedFile("a.xlsx", b"PK")
        elif field.get("type") == "string":
            form[name] = "x"
    return form


def counted() -> list[int]:
    """Rows of everything that belongs to a zone, and people with their roles."""
    from zhaoyin.apps.accounts.models import Person, ZoneRole
    from zhaoyin.apps.zones.guards import zone_models

    counts = [model._default_manager.count() for model in zone_models()]
    return [*counts, Person.objects.count(), ZoneRole.objects.count()]


def test_an_administrator_sees_no_project_by_that_role(world: Any, things: dict[str, Any]) -> None:
    client = world.client(world.admin)
    assert client.get(reverse("projects:detail", args=[world.zone.slug, things["project_id"]])).status_code == 404
    assert "云帆功率" not in client.get(reverse("projects:list", args=[world.zone.slug])).content.decode()


def test_the_matrix_knows_every_page_of_the_program() -> None:
    names = {name for name, _ in PAGES}
    assert {"projects:list", "projects:detail", "companies:detail", "zone:home"} <= names
    assert len(list(itertools.chain(PAGES, ROUTES))) > 40
