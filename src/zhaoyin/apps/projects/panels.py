"""What projects show on pages of the shell: menu, search, the company page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING
from zhaoyin.apps.companies.queries import contacts_of
from zhaoyin.apps.projects import access, presentation, queries
from zhaoyin.apps.ui.slots import Ask, MenuItem, Panel, SearchHit


def menu_item(ask: Ask) -> MenuItem | None:
    """项目 in the rail, for everybody but an administrator without another role."""
    if ask.zone is None or ask.viewer.roles == {"administrator"}:
        return None
    url = reverse("projects:list", args=[ask.zone.slug])
    return MenuItem(label=pgettext("menu", "项目"), url=url, icon="briefcase", on_phone=True)


def create_item(ask: Ask) -> MenuItem | None:
    """新建项目."""
    if ask.zone is None or not ask.viewer.has(WRITES_EVERYTHING | access.WORKS_IN_TASK_FORCE):
        return None
    return MenuItem(label=_("新建项目"), url=reverse("projects:new", args=[ask.zone.slug]), icon="circle-plus")


def search(ask: Ask, query: str, limit: int) -> Sequence[SearchHit]:
    """Projects that match."""
    if ask.zone is None:
        return []
    hits: list[SearchHit] = []
    for shown in presentation.rows(queries.found(viewer=ask.viewer, query=query, limit=limit), ask.zone.slug):
        project = shown.project
        detail = " · ".join(part for part in (shown.stage, project.investor.name if project.investor else "") if part)
        hits.append(
            SearchHit(kind=pgettext("menu", "项目"), title=project.name, url=shown.url, detail=detail, icon="briefcase")
        )
    return hits


def company_projects(ask: Ask) -> Panel | None:
    """Projects of a company that the viewer may see."""
    if ask.subject_id is None:
        return None
    found = queries.of_company(viewer=ask.viewer, company_id=ask.subject_id)
    rows = presentation.rows(found, ask.zone.slug)
    return Panel(
        title=pgettext("menu", "项目"),
        template="projects/company_panel.html",
        context={"rows": rows},
        icon="briefcase",
        count=len(rows),
    )


def people(ask: Ask) -> Panel | None:
    """Investors and their contacts, phones masked by role."""
    if ask.subject_id is None:
        return None
    companies = queries.investors_of(viewer=ask.viewer, project_id=ask.subject_id)
    contacts = contacts_of(viewer=ask.viewer, company_ids=[company.pk for company in companies])
    lines = [(company, contacts[company.pk]) for company in companies]
    return Panel(
        title=_("投资方与联系人"),
        template="projects/people_panel.html",
        context={"lines": lines},
        icon="address-book",
        count=len(companies),
    )


def documents(ask: Ask) -> Panel | None:
    """What the history names as evidence."""
    if ask.subject_id is None:
        return None
    found = queries.documents_of(viewer=ask.viewer, project_id=ask.subject_id)
    return Panel(
        title=_("佐证文件"),
        template="projects/documents_panel.html",
        context={"documents": found},
        icon="paperclip",
        count=len(found),
    )
