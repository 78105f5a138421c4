"""Pages of task forces, industries, units, the roster and hand-over."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhaoyin.adapters.spreadsheets.reading import LARGEST_BYTES, read_grid
from zhaoyin.apps.accounts.access import ADMINISTERS, Viewer, get_person, require
from zhaoyin.apps.accounts.queries import people_choices
from zhaoyin.apps.taskforces import actions, forms, handover, queries
from zhaoyin.apps.taskforces.roster_actions import import_roster
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible, StaleWrite
from zhaoyin.domain.region import cities

Given = dict[str, Any]
Act = Callable[[Given], object]


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _slug(request: HttpRequest) -> str:
    return str(request.zone.slug)  # type: ignore[attr-defined]


def _language() -> str:
    return get_language() or "zh-hans"


def _at(request: HttpRequest, name: str, *args: object) -> str:
    return reverse(f"taskforces:{name}", args=[_slug(request), *args])


def _id(text: object) -> UUID | None:
    return UUID(str(text)) if text else None


def _add_error(form: Form, error: DomainError) -> None:
    field = str(error.params.get("field", ""))
    form.add_error(field if isinstance(error, InvalidValue) and field in form.fields else None, words(error))


def _act(request: HttpRequest, form: Form, act: Act, *, title: str, submit: str, back: str) -> HttpResponse:
    """Show a form; on a good POST do the act and go back. A broken rule stays on the form with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except (NotVisible, NotAllowed, StaleWrite):
            raise
        except DomainError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(back)
    context = {"form": form, "form_title": title, "submit": submit, "back": back}
    return render(request, "taskforces/form.html", context, status=400 if form.errors else 200)


def _administrator(request: HttpRequest, to: str) -> Viewer:
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to=to)
    return viewer


def _today() -> dict[str, object]:
    return {"starts_on": timezone.localdate()}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One industry, one leader in charge, one task force; gaps show."""
    found = queries.overview(viewer=_viewer(request), language=_language())
    return render(request, "taskforces/overview.html", {"overview": found, "edits": _viewer(request).administers})


def _points(codes: Sequence[str]) -> list[dict[str, object]]:
    """Cities among the territories, for the map."""
    english = _language() == "en"
    found = [cities()[code] for code in codes if code in cities()]
    return [
        {
            "name": city.name_en if english else city.name,
            "lon": city.longitude,
            "lat": city.latitude,
            "value": 0,
            "territory": True,
        }
        for city in found
    ]


@require_safe
def task_force(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """Members, sponsors, territories, targets of one task force."""
    page = queries.task_force_page(viewer=_viewer(request), task_force_id=task_force_id, language=_language())
    shown = {code[:2] for code in page.territory_codes}
    data = {
        "units": [{"code": code, "value": 0, "territory": True} for code in sorted(shown)],
        "cities": _points(page.territory_codes),
    }
    context = {
        "page": page,
        "edits": _viewer(request).administers and page.closed_on is None,
        "map": data,
        "indicators": dict(forms.INDICATORS),
    }
    return render(request, "taskforces/task_force.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task_force_new(request: HttpRequest) -> HttpResponse:
    """A new task force."""
    viewer = _administrator(request, "task-force")
    options = queries.industry_choices(zone_id=viewer.zone_id, language=_language())
    form = forms.NewTaskForceForm(
        request.POST or None, choices={"industry": options},
        initial={**_today(), "industry": request.GET.get("industry", "")},
    )  # fmt: skip

    def act(given: Given) -> None:
        actions.save_task_force(
            viewer=viewer, task_force_id=None, name=str(given["name"]), name_en=str(given["name_en"]),
            starts_on=given["starts_on"], industry_id=_id(given["industry"]), at=timezone.now(),
        )  # fmt: skip

    return _act(request, form, act, title=_("新建专班"), submit=_("建立"), back=_at(request, "overview"))


@require_http_methods(["GET", "HEAD", "POST"])
def task_force_edit(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """Name and founding day."""
    viewer = _administrator(request, "task-force")
    form = forms.TaskForceForm(
        request.POST or None, initial=queries.task_force_values(viewer=viewer, task_force_id=task_force_id)
    )

    def act(given: Given) -> None:
        actions.save_task_force(
            viewer=viewer, task_force_id=task_force_id, name=str(given["name"]), name_en=str(given["name_en"]),
            starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    back = _at(request, "task_force", task_force_id)
    return _act(request, form, act, title=_("修改专班"), submit=_("保存"), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def task_force_close(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """Dissolve."""
    viewer = _administrator(request, "task-force")
    queries.task_force_values(viewer=viewer, task_force_id=task_force_id)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        form,
        lambda given: actions.close_task_force(
            viewer=viewer,
            task_force_id=task_force_id,
            on=given["on"],
            at=timezone.now(),
        ),
        title=_("撤销专班"),
        submit=pgettext("close", "撤销"),
        back=_at(request, "overview"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """A new member."""
    viewer = _administrator(request, "members")
    page = queries.task_force_page(viewer=viewer, task_force_id=task_force_id, language=_language())
    choices = {"person": people_choices(viewer=viewer), "home_unit": queries.unit_choices(zone_id=viewer.zone_id)}
    form = forms.MemberForm(request.POST or None, choices=choices, initial=_today())

    def act(given: Given) -> None:
        actions.add_member(
            viewer=viewer, task_force_id=task_force_id, person_id=UUID(str(given["person"])), role=str(given["role"]),
            home_unit_id=_id(given["home_unit"]), starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：添加成员") % {"name": page.name}
    return _act(request, form, act, title=title, submit=_("添加"), back=_at(request, "task_force", task_force_id))


@require_http_methods(["GET", "HEAD", "POST"])
def sponsor_new(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """A leader who takes command."""
    viewer = _administrator(request, "members")
    page = queries.task_force_page(viewer=viewer, task_force_id=task_force_id, language=_language())
    form = forms.SponsorForm(request.POST or None, choices={"person": people_choices(viewer=viewer)}, initial=_today())

    def act(given: Given) -> None:
        actions.add_sponsor(
            viewer=viewer, task_force_id=task_force_id, person_id=UUID(str(given["person"])),
            starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：添加挂帅领导") % {"name": page.name}
    return _act(request, form, act, title=title, submit=_("添加"), back=_at(request, "task_force", task_force_id))


@require_http_methods(["GET", "HEAD", "POST"])
def territory_new(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """A new territory."""
    viewer = _administrator(request, "territories")
    page = queries.task_force_page(viewer=viewer, task_force_id=task_force_id, language=_language())
    choices = {"province": forms.province_choices(_language())}
    form = forms.TerritoryForm(request.POST or None, choices=choices, initial=_today())

    def act(given: Given) -> None:
        actions.add_territory(
            viewer=viewer, task_force_id=task_force_id, region_code=str(given["city"] or given["province"]),
            starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：添加招商区域") % {"name": page.name}
    return _act(request, form, act, title=title, submit=_("添加"), back=_at(request, "task_force", task_force_id))


@require_http_methods(["GET", "HEAD", "POST"])
def target_new(request: HttpRequest, task_force_id: UUID) -> HttpResponse:
    """A target of a year."""
    viewer = _administrator(request, "targets")
    page = queries.task_force_page(viewer=viewer, task_force_id=task_force_id, language=_language())
    form = forms.TargetForm(request.POST or None, initial={"year": timezone.localdate().year})

    def act(given: Given) -> None:
        actions.set_target(
            viewer=viewer, task_force_id=task_force_id, year=int(str(given["year"])),
            indicator=str(given["indicator"]), value=given["value"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：设定目标") % {"name": page.name}
    return _act(request, form, act, title=title, submit=_("保存"), back=_at(request, "task_force", task_force_id))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, task_force_id: UUID, what: str, row_id: UUID) -> HttpResponse:
    """End a membership, a sponsorship, a territory."""
    viewer = _administrator(request, "members")
    queries.task_force_values(viewer=viewer, task_force_id=task_force_id)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        form,
        lambda given: actions.end(
            viewer=viewer,
            what=what,
            row_id=row_id,
            on=given["on"],
            at=timezone.now(),
        ),
        title=_("结束"),
        submit=_("结束"),
        back=_at(request, "task_force", task_force_id),
    )


@require_safe
def industries(request: HttpRequest) -> HttpResponse:
    """Key industries."""
    viewer = _viewer(request)
    return render(
        request, "taskforces/industries.html", {"rows": queries.industries(viewer=viewer), "edits": viewer.administers}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def industry_form(request: HttpRequest, industry_id: UUID | None = None) -> HttpResponse:
    """Add or change an industry."""
    viewer = _administrator(request, "industries")
    initial = queries.industry_values(viewer=viewer, industry_id=industry_id) if industry_id else {}
    form = forms.IndustryForm(request.POST or None, initial=initial)

    def act(given: Given) -> None:
        actions.save_industry(
            viewer=viewer, industry_id=industry_id, code=str(given["code"]), name=str(given["name"]),
            name_en=str(given["name_en"]), gbt4754=str(given["gbt4754"]), at=timezone.now(),
        )  # fmt: skip

    title = _("修改产业") if industry_id else _("新建产业")
    return _act(request, form, act, title=title, submit=_("保存"), back=_at(request, "industries"))


@require_http_methods(["GET", "HEAD", "POST"])
def industry_close(request: HttpRequest, industry_id: UUID) -> HttpResponse:
    """No longer a key industry."""
    viewer = _administrator(request, "industries")
    queries.industry_values(viewer=viewer, industry_id=industry_id)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        form,
        lambda given: actions.close_industry(
            viewer=viewer,
            industry_id=industry_id,
            on=given["on"],
            at=timezone.now(),
        ),
        title=_("停用产业"),
        submit=_("停用"),
        back=_at(request, "industries"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leader(request: HttpRequest, industry_id: UUID) -> HttpResponse:
    """The one leader in charge of an industry."""
    viewer = _administrator(request, "leaders")
    values = queries.industry_values(viewer=viewer, industry_id=industry_id)
    form = forms.LeaderForm(
        request.POST or None, choices={"person": people_choices(viewer=viewer)},
        initial={"person": values["person"], **_today()},
    )  # fmt: skip

    def act(given: Given) -> None:
        actions.set_leader(
            viewer=viewer, industry_id=industry_id, person_id=_id(given["person"]),
            starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：分管领导") % {"name": values["name"]}
    return _act(request, form, act, title=title, submit=_("保存"), back=_at(request, "overview"))


@require_http_methods(["GET", "HEAD", "POST"])
def industry_task_force(request: HttpRequest, industry_id: UUID) -> HttpResponse:
    """The one task force of an industry."""
    viewer = _administrator(request, "task-force")
    values = queries.industry_values(viewer=viewer, industry_id=industry_id)
    options = queries.task_force_choices(zone_id=viewer.zone_id, language=_language())
    form = forms.IndustryTaskForceForm(
        request.POST or None, choices={"task_force": options}, initial={"task_force": values["task_force"], **_today()}
    )

    def act(given: Given) -> None:
        actions.set_task_force(
            viewer=viewer, industry_id=industry_id, task_force_id=_id(given["task_force"]),
            starts_on=given["starts_on"], at=timezone.now(),
        )  # fmt: skip

    title = _("%(name)s：专班") % {"name": values["name"]}
    return _act(request, form, act, title=title, submit=_("保存"), back=_at(request, "overview"))


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The unit tree."""
    viewer = _viewer(request)
    context = {"rows": queries.unit_tree(viewer=viewer), "edits": viewer.administers}
    return render(request, "taskforces/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_form(request: HttpRequest, unit_id: UUID | None = None) -> HttpResponse:
    """Add or change a unit."""
    viewer = _administrator(request, "units")
    initial = queries.unit_values(viewer=viewer, unit_id=unit_id) if unit_id else {}
    others = [pair for pair in queries.unit_choices(zone_id=viewer.zone_id) if pair[0] != str(unit_id)]
    form = forms.UnitForm(request.POST or None, choices={"parent": others}, initial=initial)
    form.fields["parent"].choices[0] = ("", _("（无）"))  # type: ignore[attr-defined]

    def act(given: Given) -> None:
        actions.save_unit(
            viewer=viewer, unit_id=unit_id, name=str(given["name"]), kind=str(given["kind"]),
            parent_id=_id(given["parent"]), at=timezone.now(),
        )  # fmt: skip

    title = _("修改单位") if unit_id else _("新建单位")
    return _act(request, form, act, title=title, submit=_("保存"), back=_at(request, "units"))


@require_http_methods(["GET", "HEAD", "POST"])
def unit_close(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The unit is no more."""
    viewer = _administrator(request, "units")
    queries.unit_values(viewer=viewer, unit_id=unit_id)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    return _act(
        request,
        form,
        lambda given: actions.close_unit(viewer=viewer, unit_id=unit_id, on=given["on"], at=timezone.now()),
        title=_("撤销单位"),
        submit=pgettext("close", "撤销"),
        back=_at(request, "units"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Members from a spreadsheet; the answer names each bad row and shows each new link once."""
    viewer = _administrator(request, "import-roster")
    form = forms.RosterForm(request.POST or None, request.FILES or None)
    result, errors, links = None, [], []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST_BYTES:
                raise InvalidValue("sheet-too-large", field="file", value=upload.name, largest=LARGEST_BYTES)
            grid = read_grid(file_name=upload.name, data=upload.read())
            result = import_roster(viewer=viewer, grid=grid, at=timezone.now())
        except InvalidValue as error:
            _add_error(form, error)
        else:
            errors = [(error.params.get("row"), words(error)) for error in result.errors]
            links = [
                (account, request.build_absolute_uri(reverse("invitation", args=[account.secret])))
                for account in result.accounts
            ]
    context = {"form": form, "result": result, "row_errors": errors, "links": links}
    return render(request, "taskforces/roster.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything of a person goes to another in one act."""
    viewer = _administrator(request, "hand-over")
    leaver = get_person(viewer=viewer, person_id=person_id)
    others = [pair for pair in people_choices(viewer=viewer) if pair[0] != str(person_id)]
    form = forms.HandOverForm(request.POST or None, choices={"to_person": others})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                viewer=viewer, from_person_id=person_id, to_person_id=UUID(form.cleaned_data["to_person"]),
                at=timezone.now(),
            )  # fmt: skip
        except (NotVisible, NotAllowed, StaleWrite):
            raise
        except DomainError as error:
            _add_error(form, error)
        else:
            messages.success(request, _("已交接，记录见下。"))
            return redirect("taskforces:hand_overs", _slug(request))
    held = handover.counts(zone_id=viewer.zone_id, person_id=person_id, on=viewer.on)
    context = {"form": form, "leaver": leaver, "held": held, "total": sum(count for _part, count in held)}
    return render(request, "taskforces/hand_over.html", context, status=400 if form.errors else 200)


@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Records of hand-overs."""
    viewer = _administrator(request, "hand-over")
    labels = {part.key: part.label for part in handover.parts()}
    rows = [
        (line, [(labels.get(key, key), count) for key, count in line.counts.items() if count])
        for line in queries.hand_overs(viewer=viewer)
    ]
    return render(request, "taskforces/hand_overs.html", {"rows": rows})
