"""Pages of people: list, invitation, roles, reset, tokens; the first run and the links that set a password."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhaoyin.apps.accounts import actions, forms, queries
from zhaoyin.apps.accounts.access import ADMINISTERS, GRANTS_RECORDS, Viewer, require, require_role_here
from zhaoyin.apps.ui.components import Filter
from zhaoyin.apps.ui.context import zone_name
from zhaoyin.apps.ui.messages import words
from zhaoyin.domain.errors import DomainError, InvalidValue

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONCE = "one_time_link"


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _slug(request: HttpRequest) -> str:
    return str(request.zone.slug)  # type: ignore[attr-defined]


def add_error(form: Form, error: DomainError) -> None:
    """Put a domain error on the field it names, or on the form."""
    field = str(error.params.get("field", ""))
    field = {"name": "display_name", "role": "roles"}.get(field, field)
    form.add_error(field if isinstance(error, InvalidValue) and field in form.fields else None, words(error))


def _keep_link(request: HttpRequest, person_id: UUID, secret: str) -> None:
    """The link is shown on the next page, once; the session forgets it when it is read."""
    url = request.build_absolute_uri(reverse("invitation", args=[secret]))
    request.session[ONCE] = {"person": str(person_id), "url": url}


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """People of the zone."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="see-people")
    given = {name: request.GET.get(name, "") for name in ("q", "role", "state", "after", "before")}
    page = queries.people_page(
        viewer=viewer, text=given["q"].strip(), role=given["role"], state=given["state"], after=given["after"],
        before=given["before"],
    )  # fmt: skip
    filters = [
        Filter("q", _("姓名、登录名、职务"), given["q"]),
        Filter("role", _("角色"), given["role"], queries.role_choices()),
        Filter(
            "state", _("状态"), given["state"],
            [("active", _("在用")), ("invited", _("已邀请")), ("inactive", _("已停用"))],
        ),
    ]  # fmt: skip
    return render(request, "accounts/people.html", {"page": page, "filters": filters})


@never_cache
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: roles, sign-in, what other apps know of them."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="see-people")
    detail = queries.person_detail(viewer=viewer, person_id=person_id)
    kept = request.session.get(ONCE)
    link = ""
    if kept and kept["person"] == str(person_id):
        link = kept["url"]
        del request.session[ONCE]
    context = {
        "detail": detail,
        "link": link,
        "is_self": viewer.person_id == person_id,
        "invitation_expires": queries.pending_invitation(viewer=viewer, person_id=person_id, at=timezone.now()),
        "days": actions.INVITATION_DAYS,
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody new; the next page shows the one-time link."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="invite")
    form = forms.InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.invite(viewer=viewer, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            _keep_link(request, made.pk, secret)
            messages.success(request, _("已邀请 %(name)s，请把下面的链接交给本人。") % {"name": made.display_name})
            return redirect("people:person", _slug(request), made.pk)
    return _form_page(request, form, _("邀请人员"), _("邀请"), {"existing": True})


@require_http_methods(["GET", "POST"])
def add_existing(request: HttpRequest) -> HttpResponse:
    """Give somebody with an account in another zone roles here."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="invite")
    form = forms.AddExistingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_existing(viewer=viewer, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(name)s 现在可以进入本园区。") % {"name": made.display_name})
            return redirect("people:person", _slug(request), made.pk)
    return _form_page(request, form, _("添加已有账号的人员"), _("添加"))


def _form_page(
    request: HttpRequest, form: Form, title: str, submit: str, extra: dict[str, Any] | None = None
) -> HttpResponse:
    status = 400 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "form_title": title, "submit": submit, **(extra or {})}
    return render(request, "accounts/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Name, title, mail address."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="edit-person")
    detail = queries.person_detail(viewer=viewer, person_id=person_id)
    initial = {"display_name": detail.row.name, "title": detail.row.title, "email": detail.email}
    form = forms.PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_person(viewer=viewer, person_id=person_id, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("people:person", _slug(request), person_id)
    return _form_page(request, form, _("修改 %(name)s") % {"name": detail.row.name}, _("保存"))


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Roles from today on."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="set-roles")
    detail = queries.person_detail(viewer=viewer, person_id=person_id)
    form = forms.RolesForm(request.POST or None, initial={"roles": detail.role_codes})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_roles(viewer=viewer, person_id=person_id, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("角色已更新，今天起生效。"))
            return redirect("people:person", _slug(request), person_id)
    return _form_page(request, form, _("%(name)s 的角色") % {"name": detail.row.name}, _("保存"))


@require_http_methods(["GET", "POST"])
def reactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open the account again."""
    viewer = _viewer(request)
    require(viewer, ADMINISTERS, to="reactivate")
    detail = queries.person_detail(viewer=viewer, person_id=person_id)
    form = forms.RolesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = actions.reactivate(
                viewer=viewer, person_id=person_id, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            add_error(form, error)
        else:
            _keep_link(request, person_id, secret)
            return redirect("people:person", _slug(request), person_id)
    return _form_page(request, form, _("重新启用 %(name)s") % {"name": detail.row.name}, _("启用"))


@require_POST
def reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A new one-time link."""
    try:
        _made, secret = actions.reset(viewer=_viewer(request), person_id=person_id, at=timezone.now())
    except DomainError as error:
        return _refused(request, error, person_id)
    _keep_link(request, person_id, secret)
    return redirect("people:person", _slug(request), person_id)


@require_POST
def deactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """End all roles here."""
    try:
        actions.deactivate(viewer=_viewer(request), person_id=person_id, at=timezone.now())
    except DomainError as error:
        return _refused(request, error, person_id)
    messages.success(request, _("已停用；其记录保留，不能再登录本园区。"))
    return redirect("people:person", _slug(request), person_id)


def _refused(request: HttpRequest, error: DomainError, person_id: UUID) -> HttpResponse:
    """A broken rule goes back to the person's page; everything else (404, 403) has its own page."""
    if type(error) is not DomainError:
        raise error
    messages.error(request, words(error))
    return redirect("people:person", _slug(request), person_id)


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own API tokens; a new one is shown once."""
    viewer = _viewer(request)
    require_role_here(viewer, to="create-token")
    form = forms.TokenForm(request.POST or None, initial={"scopes": ["read"]})
    secret = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ends = given["expires_on"]
        expires_at = timezone.make_aware(datetime.combine(ends, time.max)) if ends else None
        try:
            _token, secret = actions.create_token(
                viewer=viewer,
                name=given["name"],
                scopes=given["scopes"],
                expires_at=expires_at,
                at=timezone.now(),
            )
        except DomainError as error:
            add_error(form, error)
        else:
            form = forms.TokenForm(initial={"scopes": ["read"]})
    context = {
        "form": form,
        "secret": secret,
        "tokens": queries.tokens_of(viewer=viewer),
        "labels": forms.SCOPE_LABELS,
        "now": timezone.now(),
    }
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@require_POST
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    actions.revoke_token(viewer=_viewer(request), token_id=token_id, at=timezone.now())
    messages.success(request, _("令牌已作废。"))
    return redirect("people:tokens", _slug(request))


@require_http_methods(["GET", "POST"])
def grants(request: HttpRequest) -> HttpResponse:
    """Whether the zone above may read the records here, since when, and until when it could."""
    viewer = _viewer(request)
    require(viewer, GRANTS_RECORDS, to="grant-records")
    page = queries.grants_page(viewer=viewer)
    form = forms.GrantForm(request.POST or None, initial={"starts_on": viewer.on})
    if page.parent is not None:
        form.fields["grantee"].choices = [(str(page.parent.pk), zone_name(page.parent))]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.grant_records(
                viewer=viewer, grantee_id=UUID(given["grantee"]), starts_on=given["starts_on"], at=timezone.now()
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("已授权。上级的局长、统计员和审计员可以查看本园区的记录，不能修改。"))
            return redirect("people:grants", _slug(request))
    context = {"form": form, "page": page, "today": viewer.on}
    return render(request, "accounts/grants.html", context, status=400 if form.errors else 200)


@require_POST
def withdraw_grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """End a grant."""
    actions.withdraw_grant(viewer=_viewer(request), grant_id=grant_id, at=timezone.now())
    messages.success(request, _("授权已撤回，立即生效。"))
    return redirect("people:grants", _slug(request))


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of an invitation or reset: set a password, then sign in."""
    found = actions.open_invitation(secret=secret, at=timezone.now())
    form = forms.PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.accept_invitation(secret=secret, password=form.cleaned_data["password"], at=timezone.now())
        except InvalidValue as error:
            add_error(form, error)
        else:
            messages.success(request, _("密码已设置，请登录。登录名：%(name)s") % {"name": made.username})
            return redirect("account_login")
    context = {"form": form, "invited": found.person, "invited_zone": found.zone}
    return render(request, "accounts/invitation.html", context, status=400 if form.errors else 200)


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """An empty installation: make a zone and its first person. Closed as soon as there is a zone."""
    if not queries.installation_is_empty():
        return redirect("root")
    form = forms.FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            zone, made = actions.found_zone(
                slug=given["slug"], name=given["zone_name"], kind=given["kind"], region_code=given["region_code"],
                username=given["username"], display_name=given["display_name"], password=given["password"],
                at=timezone.now(), on=timezone.localdate(), only_if_empty=True,
            )  # fmt: skip
        except DomainError as error:
            add_error(form, error)
        else:
            login(request, made, backend=BACKEND)
            messages.success(request, _("园区已建立。接下来：建单位和产业、建专班、邀请人员。"))
            return redirect("zone:home", zone.slug)
    return render(request, "accounts/first_run.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def root(request: HttpRequest) -> HttpResponse:
    """First run, sign-in, the person's only zone, or a choice."""
    if not request.user.is_authenticated:
        return redirect("first_run" if queries.installation_is_empty() else "account_login")
    return choose_zone(request)


@login_required
def choose_zone(request: HttpRequest) -> HttpResponse:
    """Zones of the person; straight into the only one where they have a role."""
    zones = queries.zones_of(person_id=UUID(str(request.user.pk)), on=timezone.localdate())
    own = [found.zone for found in zones if not found.granted]
    if len(own) == 1:
        return redirect("zone:home", own[0].slug)
    return render(request, "accounts/zones.html", {"zones": zones})
