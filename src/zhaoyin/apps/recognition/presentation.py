"""What the pages of recognition show."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.presentation import localized
from zhaoyin.apps.recognition import access, queries
from zhaoyin.apps.recognition.forms import (
    ARRIVAL_LABELS,
    BASIS_LABELS,
    MATTER_LABELS,
    PROOF_LABELS,
    STATUS_LABELS,
    STATUS_TONES,
    STEP_LABELS,
    StepForm,
)
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.domain.event import LedgerEvent
from zhaoyin.domain.money import number_text
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.domain.recognition import STANDING


def line(row: Recognition) -> dict[str, object]:
    """A request as lists show it."""
    return {
        "row": row,
        "task_force": localized(row.project.task_force),
        "matter": MATTER_LABELS.get(row.matter, row.matter),
        "status": STATUS_LABELS.get(row.status, row.status),
        "tone": STATUS_TONES.get(row.status, "plain"),
        "claimed": PartialDate(row.claimed_on, Precision(row.claimed_precision)),
    }


def step_lines(lines: Sequence[queries.Step]) -> list[dict[str, object]]:
    """The history as the page shows it."""
    return [
        {
            "step": line,
            "label": STEP_LABELS.get(line.event.kind, line.event.kind),
            "files": [{"piece": piece, "proof": PROOF_LABELS.get(piece.proof, piece.proof)} for piece in line.evidence],
            "claimed": line.event.payload.get("claimed_on"),
        }
        for line in lines
    ]


def credit_lines(credit: queries.Credit | None) -> dict[str, object] | None:
    """Shares in percent."""
    if credit is None:
        return None
    return {
        "shares": [{"unit": share.unit, "percent": number_text(Decimal(share.share) * 100)} for share in credit.shares],
        "basis": BASIS_LABELS.get(credit.basis, credit.basis),
        "since": credit.since,
        "changed": credit.all_events > 1,
    }


def arrival_lines(arrivals: Sequence[queries.Arrival]) -> list[dict[str, object]]:
    """Money that arrived; without a voucher it does not count and says so."""
    return [{"row": row, "kind": ARRIVAL_LABELS.get(row.kind, row.kind)} for row in arrivals]


def matters_to_ask(rows: Sequence[Recognition]) -> list[tuple[str, object]]:
    """Matters for which no request stands."""
    standing = {row.matter for row in rows if row.status in STANDING} - {"funds_in_place"}
    return [(matter, label) for matter, label in MATTER_LABELS.items() if matter not in standing]


def missing_words(matter: str, lines: Sequence[queries.Step]) -> str:
    """Which evidence is missing, as one text; "" when nothing is."""
    missing = queries.missing_proofs(matter, lines)
    return _("、").join(str(PROOF_LABELS[proof.value]) for proof in missing)


def detail(viewer: Viewer, row: Recognition, form: StepForm | None = None) -> dict[str, object]:
    """Everything that the page of a request shows; `form` holds what was given when something was wrong with it."""
    may, shown = access.may(viewer, row), line(row)
    lines = queries.steps(zone_id=viewer.zone_id, recognition_id=row.pk)
    if form is None:
        claimed = str(shown["claimed"])
        form = StepForm(
            initial={
                "version": row.version,
                "token": uuid4().hex,
                "recognized_on": claimed if may.approve else "",
                "claimed_on": claimed,
            },
            matter=row.matter if may.resubmit else "",
        )
    return {
        **shown,
        "may": may,
        "form": form,
        "steps": step_lines(lines),
        "missing": missing_words(row.matter, lines),
        "project": row.project,
    }


def credit_initial(
    events: Sequence[LedgerEvent], credit: queries.Credit | None, attracting_unit: UUID | None
) -> dict[str, str]:
    """What the form of credit starts with: what stands, else all of it for the attracting unit since the signing."""
    signed = queries.claimed_day(events, "signed")
    today = clock.today().isoformat()
    initial = {"token": uuid4().hex, "since": str(signed or today), "basis": "first_signing"}
    if credit is not None:
        for place, share in enumerate(credit.shares, start=1):
            initial[f"unit_{place}"] = str(share.unit_id)
            initial[f"share_{place}"] = number_text(Decimal(share.share) * 100)
        initial["basis"], initial["since"] = credit.basis, today
    elif attracting_unit is not None:
        initial["unit_1"], initial["share_1"] = str(attracting_unit), "100"
    return initial
