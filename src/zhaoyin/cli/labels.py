"""The label scheme of the reading benchmark, mapped here at the edge from the engine's own results."""

from zhaoyin.domain.money import Money
from zhaoyin.domain.project.stages import ContractKind, Outcome, ProjectKind, Stage
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.result import AmountFound, ProjectDraft, Reading, RelationFound, StatisticFound

TYPES = {
    Kind.COMPANY: "COM",
    Kind.FUND: "FUND",
    Kind.AGENCY: "GOV",
    Kind.ZONE: "ZONE",
    Kind.PLACE: "LOC",
    Kind.PERSON: "PER",
    Kind.ROLE: "ROLE",
    Kind.PROJECT: "PROJ",
}


def labels(reading: Reading) -> dict[str, object]:
    """Entities, projects, relations and stats of one document."""
    return {
        "entities": _entities(reading),
        "projects": [_project(draft) for draft in reading.projects],
        "relations": [_relation(relation) for relation in reading.relations],
        "stats": [_statistic(statistic) for statistic in reading.statistics],
        "boilerplate": [list(span) for span in reading.boilerplate],
    }


def stage_label(draft: ProjectDraft) -> str:
    """The benchmark's word for a draft's stage; a framework or intention paper is `intent`."""
    if draft.outcome is Outcome.TERMINATED:
        return "terminated"
    if draft.stage is Stage.SIGNED and draft.contract_kind in {ContractKind.INTENT, ContractKind.FRAMEWORK}:
        return "intent"
    return draft.step.name.lower()


def _money(money: Money) -> dict[str, object]:
    return {
        "lo": float(money.value),
        "hi": float(money.high if money.high is not None else money.value),
        "cur": money.currency.value,
        "qual": money.qualifier.value,
    }


def _amount(amount: AmountFound | None) -> dict[str, object] | None:
    return None if amount is None else _money(amount.money)


def _entities(reading: Reading) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for name in reading.names:
        span = name.span
        found.append(
            {"type": TYPES[name.kind], "start": span.start, "end": span.end, "text": span.text, "id": name.thing}
        )
    for amount in reading.amounts:
        span = amount.span
        entry: dict[str, object] = {"type": "MON", "start": span.start, "end": span.end, "text": span.text}
        found.append(entry | _money(amount.money) | {"role": amount.role.value})
    for moment in reading.dates:
        span = moment.span
        found.append({"type": "DATE", "start": span.start, "end": span.end, "text": span.text, "value": moment.value})
    for kind, numbers in (("JOB", reading.jobs), ("CNT", reading.counts)):
        for number in numbers:
            span = number.span
            found.append(
                {"type": kind, "start": span.start, "end": span.end, "text": span.text, "value": float(number.value)}
            )
    return sorted(found, key=lambda entry: (int(str(entry["start"])), int(str(entry["end"]))))


def _project(draft: ProjectDraft) -> dict[str, object]:
    return {
        "companies": list(draft.companies),
        "name": draft.name.text if draft.name else None,
        "amount": _amount(draft.amount),
        "stage": stage_label(draft),
        "kind": "reinvest" if draft.kind is ProjectKind.REINVESTMENT else "new",
        "jobs": float(draft.jobs.value) if draft.jobs else None,
        "date": draft.dated.value if draft.dated else None,
        "place": draft.place.text if draft.place else None,
        "confidence": draft.confidence,
    }


def _relation(relation: RelationFound) -> dict[str, object]:
    found: dict[str, object] = {"type": relation.kind.value, "head": list(relation.head)}
    if relation.role:
        found["role"] = relation.role
    return found | {"tail": list(relation.tail) if relation.tail is not None else None}


def _statistic(statistic: StatisticFound) -> dict[str, object]:
    return {
        "indicator": statistic.indicator.value,
        "count": float(statistic.count.value) if statistic.count else None,
        "amount": _amount(statistic.amount),
        "period": statistic.period.value if statistic.period else None,
        "zone": statistic.zone.text if statistic.zone else None,
    }
