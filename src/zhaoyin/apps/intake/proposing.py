"""The engine's reading as rows: marks for the page, contents of the drafts. Pure: no database."""

from datetime import date
from typing import Protocol

from zhaoyin import __version__
from zhaoyin.domain.project.stages import Outcome
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import AmountFound, ProjectDraft, Reading, Span, StatisticFound

ENGINE = f"reading {__version__}"


class Known(Protocol):
    """The zone's own names."""

    @property
    def companies(self) -> tuple[str, ...]:
        """Of companies."""

    @property
    def zones(self) -> tuple[str, ...]:
        """Of zones."""


def problem(text: str, published_on: date | None, known: Known) -> ReadingProblem:
    """What the engine is given: the text and the names that the zone knows already."""
    return ReadingProblem(text, published_on, known.companies, known.zones)


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def marks(reading: Reading) -> list[list[object]]:
    """[start, end, kind] of every fact, in order, without overlaps (the longer one stays)."""
    found: list[tuple[int, int, str]] = [(name.span.start, name.span.end, name.kind.value) for name in reading.names]
    found += [(amount.span.start, amount.span.end, "amount") for amount in reading.amounts]
    found += [(day.span.start, day.span.end, "date") for day in reading.dates]
    found += [(number.span.start, number.span.end, "number") for number in (*reading.jobs, *reading.counts)]
    found += [(d.stage_span.start, d.stage_span.end, "stage") for d in reading.projects if d.stage_span]
    kept: list[list[object]] = []
    last = 0
    for start, end, kind in sorted(found, key=lambda mark: (mark[0], -mark[1])):
        if start >= last:
            kept.append([start, end, kind])
            last = end
    return kept


def project_contents(reading: Reading) -> list[dict[str, object]]:
    """Content of each project draft."""
    return [_project(draft, reading) for draft in reading.projects]


def _amount(amount: AmountFound | None) -> dict[str, object] | None:
    return None if amount is None else {"money": amount.money.to_payload(), "span": _span(amount.span)}


def _project(draft: ProjectDraft, reading: Reading) -> dict[str, object]:
    investor = draft.companies[0] if draft.companies else ""
    name = draft.name.text if draft.name else ""
    return {
        "companies": list(draft.companies),
        "investor": investor,
        "company_span": _span(draft.company),
        "name": name,
        "name_span": _span(draft.name),
        "amount": _amount(draft.amount),
        "stage": draft.stage.value,
        "stage_span": _span(draft.stage_span),
        "contract_kind": draft.contract_kind.value if draft.contract_kind else "",
        "ended": draft.outcome is Outcome.TERMINATED,
        "kind": draft.kind.value,
        "jobs": int(draft.jobs.value) if draft.jobs else None,
        "jobs_span": _span(draft.jobs.span) if draft.jobs else None,
        "place": draft.place.text if draft.place else "",
        "place_span": _span(draft.place),
        "dated": str(draft.dated.first) if draft.dated and draft.dated.first else "",
        "dated_span": _span(draft.dated.span) if draft.dated else None,
        "confidence": draft.confidence,
        "sure": {name: round(getattr(draft.fields, name), 3) for name in ("company", "amount", "stage")},
        "relations": _relations(draft, reading),
    }


def _relations(draft: ProjectDraft, reading: Reading) -> list[dict[str, object]]:
    ours = set(draft.companies)
    found: list[dict[str, object]] = []
    for relation in reading.relations:
        if ours & set(relation.head) or (relation.tail and ours & set(relation.tail)):
            found.append(
                {
                    "kind": relation.kind.value, "head": relation.head[0], "tail": relation.tail[0] if relation.tail else "",
                    "role": relation.role, "span": _span(relation.span),
                }
            )  # fmt: skip
    return found


def figure_contents(reading: Reading) -> list[dict[str, object]]:
    """Content of each area figure."""
    return [_figure(figure) for figure in reading.statistics]


def _figure(figure: StatisticFound) -> dict[str, object]:
    return {
        "indicator": figure.indicator.value,
        "count": str(figure.count.value) if figure.count else None,
        "count_span": _span(figure.count.span) if figure.count else None,
        "amount": _amount(figure.amount),
        "period": figure.period.value if figure.period else "",
        "period_span": _span(figure.period.span) if figure.period else None,
        "zone": figure.zone.text if figure.zone else "",
        "zone_span": _span(figure.zone),
        "span": _span(figure.span),
    }


def spans_of(content: dict[str, object]) -> list[tuple[int, int]]:
    """Every span of a draft's content."""
    found: list[tuple[int, int]] = []
    for key, value in content.items():
        span = value.get("span") if isinstance(value, dict) else value if key.endswith("span") else None
        if isinstance(span, list):
            found.append((int(span[0]), int(span[1])))
    return found
