"""Pages of one meeting: details, confirmation, note, briefing; the day's list on the phone; the report."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.adapters.office import FORMS, draw
from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.trips import access, actions, presentation, queries, reporting
from zhaoyin.apps.trips.forms import NoteForm, StopForm, city_list, windows_text
from zhaoyin.apps.trips.views import day_of, to
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError, InvalidValue

_OPEN = ("city", "address", "value", "duration_minutes", "windows", "must", "pinned_on", "pinned_at")


def _stop_form(request: ZoneRequest, stop: object, *, posted: bool) -> StopForm:
    row = access.get_stop(request.viewer, stop.pk)  # type: ignore[attr-defined]
    teams = queries.teams_of(row.trip)
    people = [(str(m.person_id), m.person.display_name) for team in teams for m in team.members.all()]
    others = [(str(one.pk), one.title[:40]) for one in queries.stops_of(row.trip) if one.pk != row.pk]
    initial = {
        "city": row.city,
        "address": row.address,
        "value": format(row.value.normalize(), "f"),
        "duration_minutes": row.duration_minutes,
        "windows": windows_text(row.windows),
        "must": row.must,
        "needs": row.needs,
        "after": str(row.after_id or ""),
        "pinned_team": str(row.pinned_team_id or ""),
        "pinned_on": row.pinned_on,
        "pinned_at": "" if row.pinned_at is None else f"{row.pinned_at // 60:02d}:{row.pinned_at % 60:02d}",
        "forbidden": row.forbidden,
        "version": row.version,
    }
    return StopForm(
        request.POST if posted else None,
        initial=initial,
        year=row.trip.starts_on.year,
        teams=[(str(team.pk), team.name) for team in teams],
        people=people,
        others=others,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: ZoneRequest, stop_id: UUID) -> HttpResponse:
    """Everything about one meeting; POST changes its details."""
    viewer = request.viewer
    stop = access.get_stop(viewer, stop_id)
    may_change = access.may_change(viewer, stop.trip)
    form = _stop_form(request, stop, posted=request.method == "POST")
    status = 200
    if request.method == "POST":
        access.get_stop_for_change(viewer, stop_id)
        status = 422
        if form.is_valid():
            try:
                actions.change_stop(
                    viewer=viewer,
                    stop_id=stop_id,
                    change=_change(form),
                    expected_version=form.cleaned_data["version"],
                )
            except DomainError as error:
                name = str(error.params.get("field", ""))
                form.add_error(name if name in form.fields else None, words(error))
                status = status_of(error)
            else:
                messages.success(request, _("已保存。重新排程后生效。"))
                return to(request, "stop", stop_id)
    context = {
        "stop": stop,
        "trip": stop.trip,
        "form": form,
        "may_change": may_change,
        "facts": reporting.facts_of(viewer=viewer, stop=stop, language=get_language() or "zh-hans"),
        "contacts": reporting.contacts_at(viewer=viewer, stop=stop),
        "line": presentation.stop_lines([stop], queries.latest_plan(stop.trip), queries.published_plan(stop.trip), [])[:1],
        "engagement": queries.notes_of(stop.trip).get(stop.engagement_id) if stop.engagement_id else None,
        "cities": city_list(),
        "forms": list(FORMS)[:1] + list(FORMS)[2:],
    }  # fmt: skip
    return render(request, "trips/stop.html", context, status=status)


def _change(form: StopForm) -> actions.StopChange:
    given = form.cleaned_data
    return actions.StopChange(
        given=frozenset({*_OPEN, "pinned_team_id", "forbidden", "needs", "after_id"}),
        pinned_team_id=UUID(given["pinned_team"]) if given["pinned_team"] else None,
        after_id=UUID(given["after"]) if given["after"] else None,
        forbidden=given["forbidden"],
        needs=given["needs"],
        **{name: given[name] for name in _OPEN},
    )


@require_POST
def stop_pin(request: ZoneRequest, stop_id: UUID) -> HttpResponse:
    """Pin to a team and day, forbid a team, must-go: what the planner's page sends, by dragging or by its menu."""
    stop = access.get_stop_for_change(request.viewer, stop_id)
    act = request.POST.get("act", "")
    if act == "pin":
        change = actions.StopChange(
            given=frozenset({"pinned_team_id", "pinned_on", "pinned_at"}),
            pinned_team_id=_optional_id(request.POST.get("team", "")),
            pinned_on=day_of(request.POST.get("day", ""), clock.today()) if request.POST.get("day") else None,
        )
    elif act == "unpin":
        change = actions.StopChange(given=frozenset({"pinned_team_id", "pinned_on", "pinned_at"}))
    elif act in {"forbid", "allow"}:
        team = request.POST.get("team", "")
        named = set(stop.forbidden) | {team} if act == "forbid" else set(stop.forbidden) - {team}
        change = actions.StopChange(given=frozenset({"forbidden"}), forbidden=named)
    elif act in {"must", "may"}:
        change = actions.StopChange(given=frozenset({"must"}), must=act == "must")
    else:
        raise InvalidValue("not-an-option", field="act", value=act)
    actions.change_stop(viewer=request.viewer, stop_id=stop_id, change=change)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, _("已保存。重新排程后生效。"))
    return to(request, "planner", stop.trip_id)


def _optional_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise InvalidValue("not-an-id", field="team", value=text) from error


@require_POST
def stop_answer(request: ZoneRequest, stop_id: UUID) -> HttpResponse:
    """Confirmed, called off, or open again."""
    stop = access.get_stop_for_change(request.viewer, stop_id)
    state = request.POST.get("state", "")
    actions.answer_stop(viewer=request.viewer, stop_id=stop_id, state=state)
    said = {"confirmed": _("已记为确认。"), "cancelled": _("已取消；重新排程会把空出来的时间用上。")}
    messages.success(request, said.get(state, _("已改回待约。")))
    return to(request, "stop" if state != "cancelled" else "planner", stop.pk if state != "cancelled" else stop.trip_id)


@require_http_methods(["GET", "HEAD", "POST"])
def stop_note(request: ZoneRequest, stop_id: UUID) -> HttpResponse:
    """A note in a minute; the page also sends it later when there is no network."""
    viewer = request.viewer
    stop = access.get_stop_for_change(viewer, stop_id)
    people = [
        (str(m.person_id), m.person.display_name) for team in queries.teams_of(stop.trip) for m in team.members.all()
    ]
    if request.method != "POST":
        initial = {"on": clock.today(), "token": uuid4().hex, "attended": [key for key, _name in people]}
        return render(request, "trips/note.html", {"form": NoteForm(initial=initial, people=people), "stop": stop})
    form, status = NoteForm(request.POST, people=people), 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_visit(
                viewer=viewer,
                stop_id=stop_id,
                note=actions.VisitNote(
                    on=given["on"],
                    note=given["note"],
                    attended=[UUID(key) for key in given["attended"]],
                    next_step=given["next_step"],
                    next_due_on=given["next_due_on"],
                ),
                idempotency_key=given["token"],
            )
        except DomainError as error:
            name = str(error.params.get("field", ""))
            form.add_error(name if name in form.fields else None, words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已记下，也写进了项目的会面记录。"))
            return to(request, "day", stop.trip_id)
    return render(request, "trips/note.html", {"form": form, "stop": stop}, status=status)


@require_safe
def trip_day(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """The phone's page on the road: one day's meetings with everything that one needs; `?on=`."""
    viewer = request.viewer
    trip = access.get_visible(viewer, trip_id)
    inside = min(max(clock.today(), trip.starts_on), trip.ends_on)
    on = day_of(request.GET.get("on", ""), inside)
    meetings = queries.published_meetings(zone_id=viewer.zone_id, trip_ids=[trip.pk], since=on, until=on)
    context = {
        "trip": trip,
        "on": on,
        "before": on - timedelta(days=1) if on > trip.starts_on else None,
        "after": on + timedelta(days=1) if on < trip.ends_on else None,
        "lines": [presentation.meeting_line(meeting, request.zone.slug) for meeting in meetings],
        "phones": reporting.phones_of(viewer=viewer, stops=[meeting.stop for meeting in meetings]),
        "may_change": access.may_change(viewer, trip),
        "published": trip.state != "draft",
    }
    return render(request, "trips/day.html", context)


@require_safe
def stop_briefing(request: ZoneRequest, stop_id: UUID, form: str) -> HttpResponse:
    """The two pages before a meeting, as Word or PDF."""
    stop = access.get_stop(request.viewer, stop_id)
    document = reporting.meeting_briefing(viewer=request.viewer, stop=stop, language=get_language() or "zh-hans")
    return _file(draw(document, form), form, f"{stop.title[:40]}")


@require_safe
def trip_report(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """What came of the trip: attendance, meetings, next steps."""
    viewer = request.viewer
    trip = access.get_visible(viewer, trip_id)
    context = {"trip": trip, **reporting.report_page(viewer=viewer, trip=trip)}
    return render(request, "trips/report.html", context)


@require_safe
def trip_report_file(request: ZoneRequest, trip_id: UUID, form: str) -> HttpResponse:
    """The report as Word, PDF or workbook."""
    trip = access.get_visible(request.viewer, trip_id)
    document = reporting.trip_report(viewer=request.viewer, trip=trip, language=get_language() or "zh-hans")
    return _file(draw(document, form), form, trip.name[:40])


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMS[form])
    response.headers["Content-Disposition"] = _disposition(f"{name}.{form}")
    return response


def _disposition(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
