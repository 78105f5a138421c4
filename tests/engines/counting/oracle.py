"""The same counting in plain Python, project by project, written from docs/algorithms/counting.md and not from the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.engines.counting.ledgers import Line
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting.params import FigureRule, Pack

ORDER = ["lead", "negotiating", "pre_signing", "signed", "registered", "filed", "construction_started", "completed",
         "in_production", "in_statistics", "full_capacity"]  # fmt: skip


@dataclass
class Story:
    """A project's standing lines in the order in which they happened."""

    name: str
    lines: list[Line]

    def value(self, field: str, day: date) -> tuple[Any, int | None]:
        """What `field` was at the end of the day, else what was first said of it later; with the line's number."""
        said = [line for line in self.lines if field in line.payload and line.kind in FIELD_KINDS]
        until = [line for line in said if line.occurred.first <= day]
        chosen = until[-1] if until else said[0] if said else None
        return (None, None) if chosen is None else (chosen.payload[field], chosen.seq)

    def amount(self, kind: str, day: date) -> tuple[Decimal | None, str | None, int | None]:
        """Amount, currency and line in force on the day."""
        said = [
            line
            for line in self.lines
            if line.kind == "amount_stated" and line.payload["amount_kind"] == kind and not line.payload.get("phase")
        ]
        until = [line for line in said if line.occurred.first <= day]
        chosen = until[-1] if until else said[0] if said else None
        if chosen is None:
            return None, None, None
        money = chosen.payload["amount"]
        if money is None:
            return None, None, chosen.seq
        return Decimal(money["value"]), money["currency"], chosen.seq


FIELD_KINDS = {"opened", "placed", "classified", "described"}


@dataclass
class Finding:
    """What the oracle says of a project in a figure."""

    project: str
    rule: str
    event: int | None
    month: str | None
    task_force: str | None
    industry: str | None
    amount: Decimal | None
    currency: str | None
    rate: Decimal | None
    moment: tuple[date, int] | None = None
    unfit: str = ""


def stories(lines: Sequence[Line], known: int) -> dict[str, Story]:
    """Standing lines by project."""
    seen = [line for line in lines if line.seq <= known]
    corrected = {line.supersedes for line in seen if line.supersedes is not None}
    found: dict[str, Story] = {}
    for line in sorted(seen, key=lambda one: (one.occurred.first, one.seq)):
        if line.seq in corrected or line.kind == "retracted":
            continue
        found.setdefault(line.project, Story(line.project, [])).lines.append(line)
    return found


def reached(line: Line) -> int:
    """How far the line brings its project (0: nowhere)."""
    if line.kind == "stage_reached":
        return ORDER.index(line.payload["stage"])
    if line.kind == "contract_signed":
        return 3 if line.payload["contract_kind"] == "formal" else 2
    return -1


def meets(rule: FigureRule, line: Line) -> bool:
    """Whether the line fulfils the figure's condition."""
    if rule.contracts:
        return line.kind == "contract_signed" and line.payload["contract_kind"] in rule.contracts
    return reached(line) >= ORDER.index(rule.reaches)


def unfit(
    story: Story, rule: FigureRule, pack: Pack, day: date, as_of: date, codes: Mapping[str, str]
) -> tuple[str, int | None, Decimal | None]:
    """First rule, other than those about dates, that keeps the project out; its line; the rate used."""
    amount, currency, stated = story.amount(pack.amount_kind, as_of)
    rate = None
    for known in pack.rates:
        if known.currency == currency and known.from_day <= day:
            rate = known.yuan
    checks: list[tuple[bool, str, int | None]] = []
    out = pack.excluded
    kind, seq = story.value("kind", day)
    checks.append(((kind or "new") in out.project_kinds, "project_kind_excluded", seq))
    channel, seq = story.value("channel", day)
    checks.append((channel in out.channels, "channel_excluded", seq))
    industry, seq = story.value("industry", day)
    checks.append((codes.get(industry or "") in out.industries, "industry_excluded", seq))
    origin, seq = story.value("origin", day)
    checks.append((any((origin or "-").startswith(p) for p in out.origin_prefixes), "origin_excluded", seq))
    ends = [line for line in story.lines if line.kind in {"ended", "resumed"} and line.occurred.first <= as_of]
    outcome = ends[-1].payload.get("outcome") if ends else None
    checks.append((outcome in out.outcomes, "ended", ends[-1].seq if ends else None))
    if pack.thresholds and rule.name in pack.thresholds[0].figures:
        yuan = None if amount is None else amount if currency == "CNY" else amount * rate if rate else None
        checks.append((amount is None, "amount_unknown", stated))
        checks.append((yuan is None, "amount_unconverted", stated))
        checks.append((yuan is not None and yuan < pack.thresholds[0].at_least, "below_threshold", stated))
    for holds, name, event in checks:
        if holds:
            return name, event, rate
    return "", None, rate


def judge(story: Story, rule: FigureRule, pack: Pack, period: Period, as_of: date, codes: Mapping[str, str]) -> Finding:
    """The project alone, merges not looked at."""
    first = next((line for line in story.lines if meets(rule, line)), None)
    day = first.occurred.first if first else as_of
    why, why_event, rate = unfit(story, rule, pack, day, as_of, codes)
    amount, currency, _ = story.amount(pack.amount_kind, as_of)
    finding = Finding(
        story.name, why, why_event, first and f"{first.occurred.first:%Y-%m}", story.value("task_force", day)[0],
        story.value("industry", day)[0], amount, currency, rate,
        moment=(first.occurred.first, first.seq) if first else None, unfit=why,
    )  # fmt: skip
    contracts = [line for line in story.lines if line.kind == "contract_signed"]
    if first is None:
        if rule.contracts and contracts:
            finding.rule, finding.event = "other_contract_kind", contracts[0].seq
        else:
            moves = [line for line in story.lines if line.kind in {"opened", "stage_reached", "contract_signed"}]
            finding.rule, finding.event = "not_reached", moves[-1].seq
        return finding
    start, end = period.start, min(period.end, date.fromordinal(as_of.toordinal() + 1))
    dated = ""
    if first.occurred.end <= start:
        dated = "before_period"
    elif first.occurred.first >= end:
        dated = "after_period"
    elif first.occurred.first < start or first.occurred.end > end:
        dated = "date_too_vague"
    if dated or not why:
        finding.rule, finding.event = dated, first.seq
    return finding


def groups(found: Mapping[str, Story]) -> tuple[dict[str, list[tuple[int, str]]], dict[str, int]]:
    """Canonical project → members with their distance from it, and the number of each member's merge line."""
    said: list[tuple[int, str, str]] = []
    for story in found.values():
        lines = [line for line in story.lines if line.kind in {"merged_into", "unmerged"}]
        if lines and lines[-1].kind == "merged_into":
            said.append((lines[-1].seq, story.name, lines[-1].payload["project"]))
    into: dict[str, str] = {}
    numbers: dict[str, int] = {}

    def path(name: str) -> list[str]:
        return [name, *path(into[name])] if name in into else [name]

    for seq, name, target in sorted(said):
        if name not in path(target):
            into[name], numbers[name] = target, seq
    members: dict[str, list[tuple[int, str]]] = {}
    for name in {*into, *into.values()}:
        members.setdefault(path(name)[-1], []).append((len(path(name)) - 1, name))
    return members, numbers


def verdicts(lines: Sequence[Line], *, known: int, pack: Pack, period: Period, as_of: date | None = None,
             codes: Mapping[str, str] | None = None) -> dict[str, list[Finding]]:  # fmt: skip
    """Findings by base figure."""
    found = stories(lines, known)
    day = as_of or period.last_day
    members, merge_lines = groups(found)
    result: dict[str, list[Finding]] = {}
    for rule in pack.bases:
        judged = {name: judge(story, rule, pack, period, day, codes or {}) for name, story in found.items()}
        for names in members.values():
            able = [(depth, judged[n].moment, n) for depth, n in names if n in judged and not judged[n].unfit]
            able = [one for one in able if one[1]]
            if not able:
                continue
            speaker = min(able)[2]
            for _, name in names:
                if name in judged and name != speaker:
                    judged[name].rule = "merged"
                    judged[name].event = merge_lines.get(name, merge_lines.get(speaker))
        result[rule.name] = list(judged.values())
    return result


def totals(findings: Sequence[Finding]) -> tuple[int, Decimal, int, dict[str, Decimal]]:
    """Projects, yuan, unknown, unconverted of what counts."""
    projects, yuan, unknown, foreign = 0, Decimal(0), 0, {}
    for finding in findings:
        if finding.rule:
            continue
        projects += 1
        if finding.amount is None:
            unknown += 1
        elif finding.currency == "CNY":
            yuan += finding.amount
        elif finding.rate is not None:
            yuan += finding.amount * finding.rate
        else:
            foreign[finding.currency] = foreign.get(finding.currency, Decimal(0)) + finding.amount
    return projects, yuan, unknown, foreign
