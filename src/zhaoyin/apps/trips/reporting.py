"""Papers of a trip: the two pages before a meeting, each fact with its source; the report written from the notes."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.companies.queries import ContactLine, contacts_of
from zhaoyin.apps.engagements.forms import FORM_LABELS
from zhaoyin.apps.engagements.models import Engagement
from zhaoyin.apps.engagements.queries import of_company, of_project
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.forms import CHANNEL_LABELS, KIND_LABELS, STAGE_LABELS
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.queries import HistoryLine, history_lines
from zhaoyin.apps.sources.models import Document as SourceDocument
from zhaoyin.apps.trips import queries
from zhaoyin.apps.trips.arranging import is_past, slots_of
from zhaoyin.apps.trips.forms import city_words
from zhaoyin.apps.trips.models import Stop, Trip, TripPlan
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import Period
from zhaoyin.domain.region import region_name
from zhaoyin.engines.briefing import Document, Problem, solve
from zhaoyin.engines.briefing.problem import FactRow, VisitRow

LINES = 8
FACT_KINDS = frozenset({"opened", "described", "classified", "amount_stated", "stage_reached", "contract_signed", "progress_noted"})  # fmt: skip


def _tongue(language: str) -> str:
    return "en" if language.startswith("en") else "zh"


def contacts_at(*, viewer: Viewer, stop: Stop) -> list[ContactLine]:
    """Whom to call; numbers masked for who may not see them."""
    return phones_of(viewer=viewer, stops=[stop])[str(stop.pk)]


def phones_of(*, viewer: Viewer, stops: Sequence[Stop]) -> dict[str, list[ContactLine]]:
    """Stop id → contacts of its company, numbers masked for who may not see them; one query."""
    ids = [stop.company_id for stop in stops if stop.company_id]
    found = contacts_of(viewer=viewer, company_ids=ids) if ids else {}
    return {str(stop.pk): found.get(stop.company_id, []) if stop.company_id else [] for stop in stops}


def facts_of(*, viewer: Viewer, stop: Stop, language: str) -> list[FactRow]:
    """What is known of the project or lead, each fact with where it stands."""
    with override(language):
        if stop.project is not None:
            return _project_facts(stop.project)
        return _lead_facts(stop)


def _project_facts(project: Project) -> list[FactRow]:
    lines = [line for line in history_lines(zone_id=project.zone_id, project_id=project.pk) if not line.struck]
    sources = _sources(project.zone_id, lines)
    facts: list[FactRow] = []
    about = _("项目与投资方")
    opening = next((line for line in lines if line.event.kind == "opened"), None)
    where = sources.get(opening.event.id, "") if opening else ""
    day = opening.event.occurred.first if opening else None
    if project.investor is not None:
        origin = region_name(project.investor.origin, english=not in_chinese())
        named = f"{project.investor.name}（{origin}）" if origin else project.investor.name
        facts.append(FactRow(topic=about, text=_("投资方：%(name)s") % {"name": named}, source=where, day=day))
    plain = [
        (_("产品：%(x)s"), project.product), (_("性质：%(x)s"), KIND_LABELS.get(project.kind, "")),
        (_("渠道：%(x)s"), CHANNEL_LABELS.get(project.channel, "")), (_("预计用工 %(x)s 人"), project.jobs or ""),
        (_("用地 %(x)s 亩"), project.land_mu or ""), (_("意向选址：%(x)s"), project.site),
    ]  # fmt: skip
    facts += [FactRow(topic=about, text=words % {"x": value}, source=where, day=day) for words, value in plain if value]
    for line in lines:
        fact = _event_fact(line, sources.get(line.event.id, ""))
        if fact is not None:
            facts.append(fact)
    return facts


def _event_fact(line: HistoryLine, source: str) -> FactRow | None:
    payload, day = line.event.payload, line.event.occurred.first
    if line.event.kind == "amount_stated" and isinstance(payload.get("amount"), dict):
        amount = Money.from_payload(dict(payload["amount"]))  # type: ignore[call-overload]
        said = {
            "planned_total_investment": _("计划总投资"), "fixed_asset_investment": _("固定资产投资"), "funds_in_place": _("到位资金"),
        }.get(str(payload["amount_kind"]), _("金额"))  # fmt: skip
        text = f"{said} {wording.money(amount)}"
        return FactRow(topic=_("投资"), text=text, source=source, day=day)
    if line.event.kind == "stage_reached":
        stage = STAGE_LABELS.get(str(payload["stage"]), payload["stage"])
        return FactRow(topic=_("进展"), text=_("进入“%(stage)s”") % {"stage": stage}, source=source, day=day)
    if line.event.kind == "contract_signed":
        return FactRow(topic=_("进展"), text=_("签订合同或协议"), source=source, day=day)
    if line.event.kind == "progress_noted" and line.note:
        return FactRow(topic=_("进展"), text=line.note, source=source, day=day)
    return None


def _sources(zone_id: UUID, lines: Sequence[HistoryLine]) -> dict[str, str]:
    """Event id → where it stands: a document by name, or a person's word; one query."""
    ids = {str(item["document"]) for line in lines for item in line.evidence if item.get("document")}
    rows = SourceDocument.objects.filter(zone_id=zone_id, pk__in=ids).values_list("pk", "title", "file_name")
    names = {str(pk): title or file_name or _("来件") for pk, title, file_name in rows}
    found = {}
    for line in lines:
        document = next((str(item["document"]) for item in line.evidence if item.get("document")), "")
        said = _("%(who)s登记") % {"who": line.who}
        found[line.event.id] = f"《{names[document]}》" if document in names else said
    return found


def _lead_facts(stop: Stop) -> list[FactRow]:
    lead = stop.lead
    if lead is None:
        return []
    document = SourceDocument.objects.filter(pk=lead.document_id).first() if lead.document_id else None
    source = f"《{document.title or document.file_name or _('来件')}》" if document else _("线索登记")
    rows = [
        (_("客商：%(x)s"), lead.investor_name), (_("产品：%(x)s"), lead.product), (_("意向落地：%(x)s"), lead.place),
        (_("预计用工 %(x)s 人"), lead.jobs or ""),
    ]  # fmt: skip
    return [
        FactRow(topic=_("线索"), text=words % {"x": value}, source=source, day=lead.opened_on)
        for words, value in rows
        if value
    ]


def _visit_rows(viewer: Viewer, stop: Stop) -> tuple[VisitRow, ...]:
    rows: list[Engagement] = []
    if stop.project_id:
        rows = of_project(viewer=viewer, project_id=stop.project_id, limit=LINES)
    elif stop.company_id:
        rows = of_company(viewer=viewer, company_id=stop.company_id, limit=LINES)
    return tuple(
        VisitRow(
            day=row.occurred_on,
            company=stop.title,
            place=city_words(row.place[:4]) if row.place else "",
            people=row.person.display_name,
            note=row.note,
            outcome=row.note[:80] or str(FORM_LABELS.get(row.form, "")),
            next_step=row.next_step,
            due_on=row.next_due_on,
        )
        for row in rows
        if row.status == "held"
    )


def meeting_briefing(*, viewer: Viewer, stop: Stop, language: str) -> Document:
    """At most two pages: who they are, what they want, what was said, each fact with its source."""
    on = _day_of(stop)
    with override(language):
        problem = Problem(
            kind="meeting",
            zone=_zone_name(stop.trip),
            issued_on=clock.today(),
            period=Period(on, on + timedelta(days=1)),
            language=_tongue(language),
            subject=stop.title,
            facts=tuple(facts_of(viewer=viewer, stop=stop, language=language)),
            visits=_visit_rows(viewer, stop),
        )
        return solve(problem)


def _day_of(stop: Stop) -> date:
    slot = slots_of(queries.published_plan(stop.trip) or queries.latest_plan(stop.trip)).get(str(stop.pk))
    return slot.day if slot else stop.trip.starts_on


def _zone_name(trip: Trip) -> str:
    return trip.zone.name if in_chinese() else trip.zone.name_en or trip.zone.name


def trip_report(*, viewer: Viewer, trip: Trip, language: str) -> Document:
    """What came of the trip, from the notes of its meetings."""
    with override(language):
        problem = Problem(
            kind="trip",
            zone=_zone_name(trip),
            issued_on=clock.today(),
            period=Period(trip.starts_on, trip.ends_on + timedelta(days=1)),
            language=_tongue(language),
            team=trip.task_force.name if trip.task_force else "",
            subject=trip.name,
            visits=tuple(_held(trip)),
        )
        return solve(problem)


def _held(trip: Trip) -> list[VisitRow]:
    stops = [stop for stop in queries.stops_of(trip) if stop.engagement_id]
    notes = queries.notes_of(trip)
    names = queries.names_of_people({person for stop in stops for person in stop.attended})
    rows = []
    for stop in stops:
        note = notes[stop.engagement_id] if stop.engagement_id else None
        if note is None:
            continue
        rows.append(
            VisitRow(
                day=note.occurred_on,
                company=stop.company.name if stop.company else stop.title,
                place=city_words(stop.city),
                project=stop.project.name if stop.project else "",
                people=_("、").join(sorted(names.get(person, "") for person in stop.attended)),
                note=note.note,
                outcome=note.note[:60],
                next_step=note.next_step,
                due_on=note.next_due_on,
                responsible=note.next_person.display_name if note.next_person else "",
            )
        )
    return sorted(rows, key=lambda row: (row.day, row.company))


def _missed(trip: Trip, published: TripPlan | None) -> frozenset[str] | None:
    """Meetings whose time in the published plan has passed; None (all) when the trip is over."""
    if trip.state == "closed" or trip.ends_on < clock.today():
        return None
    return frozenset(key for key, slot in slots_of(published).items() if is_past(slot, clock.now()))


def report_page(*, viewer: Viewer, trip: Trip) -> dict[str, object]:
    """What the report's page shows: visits, who attended how many, what was planned and did not happen, costs of the plan."""
    stops = queries.stops_of(trip)
    visits = _held(trip)
    teams = queries.teams_of(trip)
    members = {str(m.person_id): m.person.display_name for team in teams for m in team.members.all()}
    attended = {key: sum(1 for stop in stops if key in stop.attended) for key in members}
    published = queries.published_plan(trip)
    waiting = [stop for stop in stops if stop.state in {"candidate", "confirmed"}]
    missed = _missed(trip, published)
    return {
        "visits": visits,
        "attendance": [(name, attended[key]) for key, name in sorted(members.items(), key=lambda item: item[1])],
        "not_held": [stop for stop in waiting if missed is None or str(stop.pk) in missed],
        "to_come": [stop for stop in waiting if missed is not None and str(stop.pk) not in missed],
        "called_off": [stop for stop in stops if stop.state == "cancelled"],
        "planned": published.plan["totals"] if published else None,
    }
