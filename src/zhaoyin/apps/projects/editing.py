"""Between the edit form and the ledger: what the form starts from, and which of its fields became events."""

from decimal import Decimal
from uuid import uuid4

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.projects import actions
from zhaoyin.apps.projects.forms import ProjectForm, money_initial
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.projects.presentation import amount
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Unit, number_text, range_from_text

PLAIN = frozenset(
    {
        "task_force", "lead_person", "attracting_unit", "landing_place", "industry", "origin", "kind", "name", "product", "site",
        "jobs", "land_mu", "channel",
    }
)  # fmt: skip
"""Fields of the form that are fields of a `ProjectChange`; the amount is put together from four."""
IDS = ("industry", "task_force", "lead_person", "attracting_unit", "landing_place")


def present(project: Project) -> dict[str, tuple[str, str]]:
    """What each select has now: offered too when it is closed, gone, or of another task force."""
    rows = {name: getattr(project, name) for name in IDS}
    return {name: (str(row.pk), str(row)) for name, row in rows.items() if row is not None}


def initial(project: Project) -> dict[str, object]:
    """What the edit form shows first."""
    plain = ("name", "product", "site", "kind", "origin", "channel", "jobs", "version")
    found: dict[str, object] = {name: getattr(project, name) for name in plain}
    found["land_mu"] = land(project.land_mu)
    found.update({name: str(getattr(project, f"{name}_id") or "") for name in IDS})
    found.update(money_initial(amount(project)))
    found["token"] = uuid4().hex
    return found


def land(value: Decimal | None) -> str | None:
    """Mu without trailing zeros."""
    return None if value is None else number_text(value)


def typed_amount(text: str, unit: str) -> Decimal | None:
    """Low end of what is typed in an amount field, in base units; None while it is no amount yet."""
    try:
        return range_from_text(text)[0] * Unit(unit or "1e8").factor if text.strip() else None
    except (InvalidValue, ValueError):
        return None


def _text(value: object) -> str:
    """As a form shows it: unknown is empty, 0 is not."""
    return "" if value is None else str(value)


def save(*, viewer: Viewer, project: Project, form: ProjectForm) -> None:
    """Only what differs from the row becomes an event."""
    given, current = form.cleaned_data, initial(project)
    changed = {name for name in form.fields if name in current and _text(given.get(name)) != _text(current[name])}
    fields = changed & PLAIN
    written = changed & {"amount", "amount_unit", "amount_currency", "amount_qualifier"}
    if written and given["money"] != amount(project):
        fields.add("planned_total")
    change = actions.ProjectChange(
        given=frozenset(fields),
        name=given["name"],
        product=given["product"],
        site=given["site"],
        industry_id=form.chosen("industry"),
        task_force_id=form.chosen("task_force"),
        lead_person_id=form.chosen("lead_person"),
        attracting_unit_id=form.chosen("attracting_unit"),
        landing_place_id=form.chosen("landing_place"),
        origin=given["origin"],
        kind=given["kind"],
        channel=given["channel"],
        jobs=given["jobs"],
        land_mu=land(given["land_mu"]),
        planned_total=given["money"],
    )
    actions.change_project(
        viewer=viewer,
        project_id=project.pk,
        change=change,
        expected_version=given["version"],
        idempotency_key=given["token"] or None,
    )
