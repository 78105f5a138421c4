"""Pages of trips: list, set up, candidates, planner, territories, calendar, travel times."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.apps.taskforces.queries import task_force_choices
from zhaoyin.apps.trips import access, actions, planning, presentation, queries, tables
from zhaoyin.apps.trips.arranging import DEFAULTS
from zhaoyin.apps.trips.forms import (
    CampaignForm,
    NewStopForm,
    TravelTableForm,
    TripForm,
    city_code,
    city_list,
    trip_initial,
)
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.domain.errors import DomainError, InvalidValue

MOST_DIGITS = 9


def to(request: ZoneRequest, name: str, *args: object) -> HttpResponseRedirect:
    """A redirect to one of our pages."""
    return HttpResponseRedirect(reverse(f"trips:{name}", args=[request.zone.slug, *args]))


@require_safe
def trip_list(request: ZoneRequest) -> HttpResponse:
    """Trips, the latest first; `?mine=1`, `?campaign=`."""
    mine = request.GET.get("mine") == "1"
    campaign = request.GET.get("campaign", "")
    campaigns = queries.campaigns(zone_id=request.viewer.zone_id)
    known = {str(row.pk) for row in campaigns}
    page = queries.trip_page(
        viewer=request.viewer,
        mine=mine,
        campaign=campaign if campaign in known else "",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    counts = queries.stop_counts([trip.pk for trip in page.rows])
    context = {
        "lines": [presentation.trip_line(trip, counts.get(trip.pk, {})) for trip in page.rows],
        "page": page,
        "mine": mine,
        "campaign": campaign,
        "campaigns": campaigns,
        "may_write": access.may_write(request.viewer),
    }
    return render(request, "trips/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: ZoneRequest) -> HttpResponse:
    """A campaign."""
    access.require_writer(request.viewer)
    form, status = CampaignForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.open_campaign(viewer=request.viewer, **form.cleaned_data)
            except DomainError as error:
                status = put_error(form, error)
            else:
                messages.success(request, _("活动已建立。"))
                return to(request, "list")
    return render(request, "trips/campaign.html", {"form": form}, status=status)


def put_error(form: CampaignForm | TripForm | NewStopForm | TravelTableForm, error: DomainError) -> int:
    """The words of the error at its field; its status."""
    name = str(error.params.get("field", ""))
    form.add_error(name if name in form.fields else None, words(error))
    return status_of(error)


def _trip_form(request: ZoneRequest, initial: dict[str, object] | None = None) -> TripForm:
    viewer = request.viewer
    language = get_language() or "zh-hans"
    return TripForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        campaigns=[(str(row.pk), row.name) for row in queries.campaigns(zone_id=viewer.zone_id)],
        task_forces=[(str(key), str(label)) for key, label in task_force_choices(zone_id=viewer.zone_id, language=language) if key],
        people=queries.people_choices(viewer=viewer),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def trip_new(request: ZoneRequest) -> HttpResponse:
    """Set up a trip."""
    viewer = request.viewer
    access.require_writer(viewer)
    today = clock.today()
    initial: dict[str, object] = {
        **DEFAULTS,
        "starts_on": today,
        "ends_on": today,
        "home": queries.city_of(request.zone.region_code),
        "team_1_name": _("第 %(n)s 组") % {"n": 1},
        "team_1_people": [str(viewer.person_id)],
        "task_force": str(next(iter(scope_of(viewer).member_of), "")),
    }
    form = _trip_form(request, initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                trip = actions.plan_trip(viewer=viewer, draft=form.draft())
            except DomainError as error:
                status = put_error(form, error)
            else:
                messages.success(request, _("行程已建立，先挑要见的人。"))
                return to(request, "candidates", trip.pk)
    return render(request, "trips/form.html", {"form": form, "cities": city_list()}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def trip_edit(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Other days, people, rules."""
    viewer = request.viewer
    trip = access.get_for_change(viewer, trip_id)
    form = _trip_form(request, trip_initial(trip, queries.teams_of(trip)))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = _number(request.POST.get("version") or str(trip.version), "version")
                actions.change_trip(viewer=viewer, trip_id=trip_id, draft=form.draft(), expected_version=version)
            except DomainError as error:
                status = put_error(form, error)
            else:
                messages.success(request, _("已保存。重新排程后生效。"))
                return to(request, "planner", trip_id)
    context = {"form": form, "trip": trip, "cities": city_list()}
    return render(request, "trips/form.html", context, status=status)


def _number(text: str, field: str) -> int:
    """A whole number of at most nine digits; InvalidValue otherwise."""
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise InvalidValue("not-a-number", field=field, value=text[:40])
    return int(text)


@require_POST
def trip_close(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """The trip is over."""
    actions.close_trip(viewer=request.viewer, trip_id=trip_id)
    messages.success(request, _("行程已结束。"))
    return to(request, "report", trip_id)


@require_safe
def planner(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Whom to meet, the map, the days, what was left out and why."""
    viewer = request.viewer
    trip = access.get_visible(viewer, trip_id)
    teams, stops = queries.teams_of(trip), queries.stops_of(trip)
    plan, published = queries.latest_plan(trip), queries.published_plan(trip)
    by_id = {str(stop.pk): stop for stop in stops}
    lines = presentation.stop_lines(stops, plan, published, teams)
    context = {
        "trip": trip,
        "line": presentation.trip_line(trip, {}),
        "teams": teams,
        "lines": lines,
        "left_out": [line for line in lines if line["why"]],
        "days": presentation.timeline(trip, teams, plan, by_id),
        "totals": presentation.totals(plan, stops),
        "map": presentation.route_map(trip, teams, stops, plan),
        "plan": plan,
        "published": published,
        "unpublished": plan is not None and (published is None or published.pk != plan.pk),
        "may_change": access.may_change(viewer, trip),
        "on_the_road": published is not None and trip.starts_on <= clock.today() <= trip.ends_on,
        "cities": city_list(),
    }
    return render(request, "trips/planner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Projects and leads that might be met; the chosen ones are put on the trip."""
    viewer = request.viewer
    trip = access.get_for_change(viewer, trip_id)
    if request.method == "POST":
        return _add_chosen(request, trip_id)
    city = city_code(request.GET.get("city", ""))
    wanted = queries.Wanted(
        q=request.GET.get("q", "").replace("\0", "").strip()[:60],
        city=city,
        kind=request.GET.get("kind", "") if request.GET.get("kind") in {"project", "lead"} else "",
        least=request.GET.get("least", "").strip()[:10],
    )
    found = queries.candidates(viewer=viewer, trip=trip, wanted=wanted)
    context = {
        "trip": trip,
        "lines": [presentation.candidate_line(item) for item in found],
        "wanted": wanted,
        "city_typed": request.GET.get("city", ""),
        "city_unknown": bool(request.GET.get("city", "").strip()) and not city,
        "cities": city_list(),
        "form": NewStopForm(),
    }
    return render(request, "trips/candidates.html", context)


def _add_chosen(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Each one by itself: what is wrong with one does not lose the others."""
    added, problems = 0, []
    for chosen in request.POST.getlist("chosen")[:200]:
        kind, _sep, key = chosen.partition(":")
        try:
            pk = UUID(key)
            draft = actions.StopDraft(
                project_id=pk if kind == "project" else None,
                lead_id=pk if kind == "lead" else None,
                city=city_code(request.POST.get(f"city_{key}", "")),
            )
            actions.add_stop(viewer=request.viewer, trip_id=trip_id, draft=draft)
            added += 1
        except (DomainError, ValueError) as error:
            problems.append(words(error) if isinstance(error, DomainError) else chosen)
    if added:
        messages.success(request, ngettext("加了 %(n)s 个会面。", "加了 %(n)s 个会面。", added) % {"n": added})
    for problem in problems[:5]:
        messages.error(request, problem)
    if not added and not problems:
        messages.error(request, _("没有选中任何一个。"))
    return to(request, "planner" if added else "candidates", trip_id)


@require_POST
def stop_new(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Somebody who is in no list yet."""
    trip = access.get_for_change(request.viewer, trip_id)
    form, status = NewStopForm(request.POST), 422
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.add_stop(viewer=request.viewer, trip_id=trip_id, draft=actions.StopDraft(**given))
        except DomainError as error:
            status = put_error(form, error)
        else:
            messages.success(request, _("已加入。"))
            return to(request, "planner", trip_id)
    context = {
        "trip": trip,
        "lines": [],
        "wanted": queries.Wanted(),
        "cities": city_list(),
        "form": form,
        "only_form": True,
    }
    return render(request, "trips/candidates.html", context, status=status)


@require_POST
def plan(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Make a plan (on the road: plan the rest anew)."""
    try:
        made = planning.make_plan(viewer=request.viewer, trip_id=trip_id)
    except InvalidValue as error:
        messages.error(request, words(error))
    else:
        left = len(made.plan["unserved"])
        said = _("排好了：%(n)s 个会面") % {"n": made.plan["totals"]["meetings"]}
        messages.success(request, said + (_("，%(n)s 个没排上，原因见下。") % {"n": left} if left else _("。")))
    return to(request, "planner", trip_id)


@require_POST
def publish(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """Give the newest plan to the travellers."""
    access.get_for_change(request.viewer, trip_id)
    number = _number(request.POST.get("number", ""), "number")
    planning.publish(viewer=request.viewer, trip_id=trip_id, number=number)
    messages.success(request, _("已发布，同行的人在“今日”和日历里都能看到。"))
    return to(request, "planner", trip_id)


@require_safe
def what_if(request: ZoneRequest, trip_id: UUID) -> HttpResponse:
    """What another day, person or home city would bring (a part of the planner's page)."""
    access.get_for_change(request.viewer, trip_id)
    kind, home = request.GET.get("kind", ""), city_code(request.GET.get("home", ""))
    try:
        tried = planning.try_change(viewer=request.viewer, trip_id=trip_id, kind=kind, home=home)
    except DomainError as error:
        return render(request, "trips/tried.html", {"problem": words(error)})
    labels = {
        "day_more": _("多 1 天"), "day_less": _("少 1 天"), "person_more": _("多 1 组人"),
        "other_home": _("从%(city)s出发") % {"city": request.GET.get("home", "")},
    }  # fmt: skip
    return render(request, "trips/tried.html", {"tried": tried, "fewer": -tried.meetings, "label": labels[kind]})


@require_safe
def territories(request: ZoneRequest) -> HttpResponse:
    """Where people have been, by city and month."""
    found = queries.coverage(viewer=request.viewer)
    url = reverse("trips:list", args=[request.zone.slug])
    context = {
        "table": presentation.coverage_table(found, found.months),
        "map": presentation.coverage_map(found, url),
        "since": found.months[0],
    }
    return render(request, "trips/territories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: ZoneRequest) -> HttpResponse:
    """The viewer's calendar link: made (shown once), renewed, ended."""
    link = ""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            actions.end_feed(viewer=request.viewer)
            messages.success(request, _("日历链接已停用。"))
            return to(request, "calendar")
        secret = actions.make_feed(viewer=request.viewer)
        link = request.build_absolute_uri(reverse("trip-calendar", args=[secret]))
    context = {"link": link, "has_feed": queries.has_feed(viewer=request.viewer)}
    return render(request, "trips/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def travel_times(request: ZoneRequest) -> HttpResponse:
    """The zone's own travel times; bring a table or a timetable."""
    viewer = request.viewer
    access.require_writer(viewer)
    form, status = TravelTableForm(), 200
    if request.method == "POST":
        if request.POST.get("retire"):
            tables.retire_travel_table(viewer=viewer, table_id=_uuid(request.POST["retire"]))
            messages.success(request, _("已停用，以后排程不再使用。"))
            return to(request, "travel")
        form, status = TravelTableForm(request.POST, request.FILES), 422
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                table = tables.add_travel_table(
                    viewer=viewer, name=form.cleaned_data["name"], file_name=upload.name or "", content=upload.read()
                )
            except DomainError as error:
                status = put_error(form, error)
            else:
                messages.success(request, _("读入 %(n)s 条，排程时优先使用。") % {"n": table.rows})
                form, status = TravelTableForm(), 200
    context = {"form": form, "tables": queries.travel_tables(zone_id=viewer.zone_id)}
    return render(request, "trips/travel.html", context, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidValue("not-an-id", field="id", value=text) from error


def day_of(text: str, fallback: date) -> date:
    """A day in the address; the fallback when there is none."""
    if not text:
        return fallback
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue("date-malformed", field="on", value=text) from error
