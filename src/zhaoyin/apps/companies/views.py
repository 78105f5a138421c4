"""Pages of companies."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.apps.accounts.requests import ZoneRequest
from zhaoyin.apps.companies import access, actions, queries
from zhaoyin.apps.companies.forms import NAME_USES, CompanyForm, ContactForm, NameForm
from zhaoyin.apps.companies.likeness import alike
from zhaoyin.apps.taskforces.queries import industry_choices
from zhaoyin.apps.ui.components import Filter
from zhaoyin.apps.ui.messages import status_of, words
from zhaoyin.apps.ui.regions import province_options, region_name
from zhaoyin.domain.errors import DomainError


def _to(request: ZoneRequest, company_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("companies:detail", args=[request.zone.slug, company_id]))


def _industries(request: ZoneRequest) -> list[tuple[str, str]]:
    return industry_choices(zone_id=request.viewer.zone_id, language=get_language() or "zh-hans")


@require_safe
def company_list(request: ZoneRequest) -> HttpResponse:
    """Companies by name; filters in the URL, keyset pages."""
    viewer = request.viewer
    given = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "origin", "industry")}
    page = queries.company_page(
        viewer=viewer,
        wanted=queries.CompanyFilter(**given),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    provinces = [(code, str(name)) for code, name in province_options() if code]
    filters = [
        Filter("q", _("关键词"), given["q"]),
        Filter("origin", _("所在地"), given["origin"], provinces),
        Filter("industry", _("产业"), given["industry"], _industries(request)),
    ]
    rows = [{"company": row, "origin": region_name(row.origin)} for row in page.rows]
    context = {
        "rows": rows, "page": page, "filters": filters, "narrowed": any(given.values()), "may_write": viewer.has(access.WRITES),
    }  # fmt: skip
    return render(request, "companies/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_new(request: ZoneRequest) -> HttpResponse:
    """Register a company."""
    viewer = request.viewer
    access.require_writer(viewer)
    if request.method != "POST":
        form = CompanyForm(initial={"token": uuid4().hex}, industries=_industries(request))
        return render(request, "companies/form.html", {"form": form})
    form = CompanyForm(request.POST, industries=_industries(request))
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        draft = actions.CompanyDraft(
            name=given["name"],
            short_name=given["short_name"],
            credit_code=given["credit_code"],
            origin=given["origin"],
            industry_id=UUID(given["industry"]) if given["industry"] else None,
        )
        try:
            company_id = actions.register_company(viewer=viewer, draft=draft, idempotency_key=given["token"] or None)
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("企业已登记。"))
            return _to(request, company_id)
    found = alike(zone_id=viewer.zone_id, name=form.data.get("name", ""))
    return render(request, "companies/form.html", {"form": form, "alike": found}, status=status)


def _field(form: CompanyForm | ContactForm | NameForm, error: DomainError) -> str | None:
    name = str(error.params.get("field", ""))
    return name if name in form.fields else None


@require_safe
def company_alike(request: ZoneRequest) -> HttpResponse:
    """Fragment: companies that may be the one that is being typed."""
    access.require_writer(request.viewer)
    found = alike(zone_id=request.viewer.zone_id, name=request.GET.get("name", ""))
    return render(request, "companies/alike.html", {"alike": found})


@require_safe
def company_detail(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Names, code, contacts (masked by role), and the panels of downstream apps."""
    viewer = request.viewer
    company = access.get_visible(viewer, company_id)
    uses = dict(NAME_USES)
    context = {
        "company": company,
        "origin": region_name(company.origin),
        "names": [
            (uses.get(row.use, row.use), row.name) for row in queries.names_of(viewer=viewer, company_id=company_id)
        ],
        "contacts": queries.contact_lines(viewer=viewer, company_id=company_id),
        "may_write": viewer.has(access.WRITES),
    }
    return render(request, "companies/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_edit(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Change facts of a company; a stale form answers 409 with what was typed."""
    viewer = request.viewer
    company = access.get_for_change(viewer, company_id)
    current = {
        "name": company.name, "credit_code": company.credit_code, "origin": company.origin,
        "industry": str(company.industry_id or ""), "version": company.version, "token": uuid4().hex,
    }  # fmt: skip
    offered = _industries(request)
    if company.industry is not None and current["industry"] not in {value for value, _label in offered}:
        offered = [*offered, (str(company.industry_id), company.industry.name)]
    if request.method != "POST":
        form = CompanyForm(initial=current, industries=offered, editing=True)
        return render(request, "companies/form.html", {"form": form, "company": company})
    form = CompanyForm(request.POST, initial=current, industries=offered, editing=True)
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        changes: dict[str, object] = {
            name: given[name] or None for name in ("credit_code", "origin", "industry") if given[name] != current[name]
        }
        try:
            actions.describe_company(
                viewer=viewer,
                company_id=company_id,
                changes=changes,
                new_name=given["name"],
                expected_version=given["version"],
                idempotency_key=given["token"] or None,
            )
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return _to(request, company_id)
    return render(request, "companies/form.html", {"form": form, "company": company}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def company_merge(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Which company this one really is: the likely ones, or a search; one click merges, and it can be undone."""
    viewer = request.viewer
    company = access.get_for_change(viewer, company_id)
    if request.method == "POST":
        into = UUID(request.POST["into"]) if _is_id(request.POST.get("into", "")) else UUID(int=0)
        actions.merge_company(viewer=viewer, company_id=company_id, into=into)
        messages.success(request, _("已合并。两条记录都保留，可以取消合并。"))
        return _to(request, into)
    query = request.GET.get("q", "").strip()[:80]
    likely = [one for one in alike(zone_id=viewer.zone_id, name=query or company.name, limit=8) if one.id != company_id]
    context = {"company": company, "likely": likely, "query": query}
    return render(request, "companies/merge.html", context)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
def company_unmerge(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Undo a merge."""
    actions.unmerge_company(viewer=request.viewer, company_id=company_id)
    messages.success(request, _("已取消合并。"))
    return _to(request, company_id)


@require_http_methods(["GET", "HEAD", "POST"])
def company_name(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Add another name."""
    viewer = request.viewer
    company = access.get_for_change(viewer, company_id)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_name(
            viewer=viewer, company_id=company_id, name=form.cleaned_data["name"], use=form.cleaned_data["use"]
        )
        messages.success(request, _("已保存。"))
        return _to(request, company_id)
    context = {"form": form, "company": company, "heading": _("添加别名")}
    return render(request, "companies/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: ZoneRequest, company_id: UUID) -> HttpResponse:
    """Add a contact with source, basis and retention."""
    viewer = request.viewer
    company = access.get_for_change(viewer, company_id)
    form = ContactForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_contact(viewer=viewer, company_id=company_id, draft=actions.ContactDraft(**form.cleaned_data))
        except DomainError as error:
            form.add_error(_field(form, error), words(error))
            status = status_of(error)
        else:
            messages.success(request, _("联系人已保存。"))
            return _to(request, company_id)
    return render(
        request, "companies/form.html", {"form": form, "company": company, "heading": _("添加联系人")}, status=status
    )


@require_POST
def contact_remove(request: ZoneRequest, company_id: UUID, contact_id: UUID) -> HttpResponse:
    """Take a contact's personal data away."""
    actions.remove_contact(viewer=request.viewer, company_id=company_id, contact_id=contact_id, at=timezone.now())
    messages.success(request, _("联系人的个人信息已清除。"))
    return _to(request, company_id)
