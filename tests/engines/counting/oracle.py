"""The same counting in plain Python, project by project, written from docs/algorithms/counting.md and not from the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from tests.engines.counting.ledgers import Line
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting.params import Condition, FigureRule, Pack, Threshold

ORDER = ["lead", "negotiating", "pre_signing", "signed", "registered", "filed", "construction_started", "completed",
         "in_production", "in_statistics", "full_capacity"]  # fmt: skip
FIELD_KINDS = {"opened", "placed", "classified", "described"}
Shares = dict[str | None, Decimal]


@dataclass
class Story:
    """A project's standing lines in the order in which they happened; those of its recognitions apart."""

    name: str
    lines: list[Line] = field(default_factory=list)
    decisions: list[Line] = field(default_factory=list)

    def value(self, wanted: str, day: date) -> tuple[Any, int | None]:
        """What `wanted` was at the end of the day, else what was first said of it later; with the line's number."""
        return _holding(
            [line for line in self.lines if wanted in line.payload and line.kind in FIELD_KINDS], day, wanted
        )

    def stated(self, kind: str, day: date, phase: int) -> tuple[Decimal | None, str | None, int | None]:
        """Amount, currency and line in force on the day."""
        if kind == "jobs":
            jobs, seq = self.value("jobs", day)
            return (None, None, seq) if jobs is None else (Decimal(jobs), "JOBS", seq)
        said = [one for one in self.lines if one.kind == "amount_stated" and one.payload["amount_kind"] == kind]
        own = [one for one in said if phase and one.payload.get("phase") == phase]
        money, seq = _holding(own or [one for one in said if not one.payload.get("phase")], day, "amount")
        return (None, None, seq) if money is None else (Decimal(money["value"]), money["currency"], seq)

    def first(self, condition: Condition, since: date, as_of: date) -> Line | None:
        """The first line that meets the condition."""
        lines = [line for line in self.lines if _meets(condition, line)]
        if condition.recognised:
            back = {
                one.recognition
                for one in self.decisions
                if one.kind in {"revoked", "withdrawn"} and one.occurred.first <= as_of
            }
            lines = [
                one for one in self.decisions
                if one.kind == "approved" and one.payload["matter"] in condition.recognised and one.recognition not in back
            ]  # fmt: skip
        return next((line for line in lines if line.occurred.first >= since), None)


def _holding(said: list[Line], day: date, wanted: str) -> tuple[Any, int | None]:
    until = [line for line in said if line.occurred.first <= day]
    chosen = until[-1] if until else said[0] if said else None
    return (None, None) if chosen is None else (chosen.payload[wanted], chosen.seq)


def _meets(condition: Condition, line: Line) -> bool:
    if condition.contracts:
        return line.kind == "contract_signed" and line.payload["contract_kind"] in condition.contracts
    if condition.reaches:
        return reached(line) >= ORDER.index(condition.reaches)
    if condition.stage:
        return reached(line) == ORDER.index(condition.stage)
    if condition.funds:
        return (
            line.kind == "funds_arrived"
            and line.payload["amount_kind"] in condition.funds
            and line.payload["vouchers"] >= condition.vouchers
        )
    return line.kind in condition.events


def reached(line: Line) -> int:
    """How far the line brings its project (-1: nowhere)."""
    if line.kind == "stage_reached":
        return ORDER.index(line.payload["stage"])
    if line.kind == "contract_signed":
        return 3 if line.payload["contract_kind"] == "formal" else 2
    return -1


@dataclass
class Finding:
    """What the oracle says of a project in a figure. `money`: amount, currency, rate by kind of amount, several for arrivals."""

    project: str
    rule: str
    event: int | None
    task_force: str | None
    industry: str | None
    money: dict[str, list[tuple[Decimal | None, str | None, Decimal | None]]]
    shares: Shares
    size: int
    moment: tuple[date, int] | None = None
    unfit: str = ""
    came: bool = False


def stories(lines: Sequence[Line], known: int) -> dict[str, Story]:
    """Standing lines by project."""
    seen = [line for line in lines if line.seq <= known]
    corrected = {line.supersedes for line in seen if line.supersedes is not None}
    found: dict[str, Story] = {}
    for line in sorted(seen, key=lambda one: (one.occurred.first, one.seq)):
        if line.seq in corrected or line.kind == "retracted":
            continue
        story = found.setdefault(line.project, Story(line.project))
        (story.decisions if line.recognition else story.lines).append(line)
    return found


@dataclass
class Count:
    """One question put to one story."""

    story: Story
    rule: FigureRule
    pack: Pack
    period: Period
    as_of: date
    codes: Mapping[str, str]

    @property
    def until(self) -> date:
        """Day after the last that is covered."""
        return min(self.period.end, self.as_of + timedelta(days=1))

    def deciding(self) -> tuple[Line | None, Line | None, bool]:
        """The line that decides, the one that shows what is not met, and whether something needed is not met."""
        since = date(self.period.start.year, 1, 1) if self.rule.once == "year" else date.min
        met = [(c.name, self.story.first(c, since, self.as_of)) for c in self.pack.conditions_of(self.rule)]
        if len(met) == 1:
            return met[0][1], None, bool(self.rule.needs) and met[0][1] is None
        there = [line for _name, line in met if line is not None]
        order = sorted(there, key=lambda line: (line.occurred.first, line.seq))
        absent = len(there) < len(met)
        if self.rule.date == "last":
            return (None if absent else order[-1]), None, absent
        chosen = (order[0] if order else None) if self.rule.date == "first" else dict(met)[self.rule.date]
        if absent:
            return None, _shown(met, chosen, self.as_of), True
        late = [line for line in there if line is not chosen and line.occurred.first > self.as_of]
        return (None, late[0], True) if late else (chosen, None, False)

    def follow_up(self, decided: Line | None) -> tuple[str, int | None]:
        """The first interval that does not hold."""
        named = {condition.name: condition for condition in self.pack.conditions}

        def at(name: str) -> Line | None:
            return decided if name == "counted" else self.story.first(named[name], date.min, self.as_of)

        for interval in self.rule.intervals:
            start, to = at(interval.start), at(interval.to)
            if start is None or to is None or to.occurred.first > self.as_of:
                return "follow_up_missing", decided.seq if decided else None
            one, other = start.occurred.first, to.occurred.first
            late = (
                other > one and other.year != one.year if interval.calendar_year else (other - one).days > interval.days
            )
            if late:
                return "follow_up_late", to.seq
        return "", None

    def line_of(self, kind: str, day: date) -> tuple[Decimal | None, str | None, Decimal | None, int | None]:
        """Amount, currency, rate and line of a kind of amount, or of what stands in for it."""
        project_kind = self.story.value("kind", day)[0] or "new"
        use = next(
            (s.amount for s in self.pack.substitutes if s.instead_of == kind and project_kind in s.project_kinds), kind
        )
        amount, currency, seq = self.story.stated(use, self.as_of, self.pack.phase)
        return amount, currency, self.rate(currency, day), seq

    def rate(self, currency: str | None, day: date) -> Decimal | None:
        """Yuan for one unit on the day."""
        found = [rate.yuan for rate in self.pack.rates if rate.currency == currency and rate.from_day <= day]
        return found[-1] if found else None

    def threshold(self, day: date) -> tuple[str, int | None]:
        """What the first threshold that speaks of the project says."""
        for one in self.pack.thresholds:
            amount, currency, rate, seq = self.line_of(one.amount or self.pack.amount_kind, day)
            if not self.speaks(one, currency, day):
                continue
            yuan = worth(amount, currency, rate)
            if one.currency:
                return ("below_threshold", seq) if amount is not None and amount < one.at_least else ("", None)
            if amount is None:
                return "amount_unknown", seq
            if yuan is None:
                return "amount_unconverted", seq
            return ("below_threshold", seq) if yuan < one.at_least else ("", None)
        return "", None

    def speaks(self, one: Threshold, currency: str | None, day: date) -> bool:
        """Whether the threshold is about the project."""
        kind, industry = self.story.value("kind", day)[0] or "new", self.story.value("industry", day)[0]
        return (
            self.rule.name in one.figures
            and (not one.project_kinds or kind in one.project_kinds)
            and (not one.industries or self.codes.get(industry or "") in one.industries)
            and (not one.currency or currency == one.currency)
        )

    def unfit(self, day: date, decided: Line | None, moves: list[Line]) -> tuple[str, int | None]:
        """First rule that does not look at the period and keeps the project out; its line."""
        out, need, story = self.pack.excluded, self.pack.required, self.story
        kind, kind_seq = story.value("kind", day)
        kind = kind or "new"
        traits, traits_seq = story.value("traits", day)
        traits = set(traits or [])
        channel, channel_seq = story.value("channel", day)
        industry, industry_seq = story.value("industry", day)
        origin, origin_seq = story.value("origin", day)
        ends = [line for line in story.lines if line.kind in {"ended", "resumed"} and line.occurred.first <= self.as_of]
        outcome = ends[-1].payload.get("outcome") if ends else None
        checks: list[tuple[bool, str, int | None]] = [
            (kind in out.project_kinds, "project_kind_excluded", kind_seq),
            (bool(traits & {*out.traits}), "trait_excluded", traits_seq),
            (channel in out.channels, "channel_excluded", channel_seq),
            (self.codes.get(industry or "") in out.industries, "industry_excluded", industry_seq),
            (any((origin or "-").startswith(p) for p in out.origin_prefixes), "origin_excluded", origin_seq),
            (bool(need.project_kinds) and kind not in need.project_kinds, "not_as_required", kind_seq),
            (bool(need.traits) and not traits & {*need.traits}, "not_as_required", traits_seq),
            (bool(need.channels) and channel not in need.channels, "not_as_required", channel_seq),
            (outcome in out.outcomes, "ended", ends[-1].seq if ends else None),
            (need.monthly_report and self.silent(), "not_reported_monthly", moves[-1].seq),
        ]
        for holds, name, event in checks:
            if holds:
                return name, event
        name, event = self.follow_up(decided)
        return (name, event) if name else self.threshold(day)

    def silent(self) -> bool:
        """Whether nothing is dated in some full month of the year so far, from the project's first month on."""
        months = [line.occurred.first.year * 12 + line.occurred.first.month for line in self.story.lines]
        after = self.as_of + timedelta(days=1)
        last = after.year * 12 + after.month - 1
        owed = range(max(self.as_of.year * 12 + 1, min(months)), last + 1)
        return any(month not in months for month in owed)

    def size(self, day: date) -> int:
        """Size band, -1 when it cannot be told."""
        amount, currency, rate, _ = self.line_of(self.pack.amount_kind, day)
        yuan = worth(amount, currency, rate)
        return -1 if yuan is None else sum(yuan >= bound for bound in self.pack.size_bounds)

    def shares(self, day: date) -> Shares:
        """Units and their parts of the project."""
        stated = [line for line in self.story.lines if line.kind == "credited"]
        until = [line for line in stated if line.occurred.first <= self.as_of]
        chosen = until[-1] if until else stated[0] if stated else None
        policy = self.pack.credit
        parts = [(one["unit"], Decimal(one["share"])) for one in chosen.payload["shares"]] if chosen else []
        if chosen is None or not parts:
            unit = self.story.value("attracting_unit", day)[0]
            return {unit if policy.without == "attracting_unit" else None: Decimal(1)}
        if chosen.payload["basis"] == "joint" and policy.joint == "equal":
            each = (Decimal(1) / len(parts)).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
            parts = [(unit, 1 - each * (len(parts) - 1) if n == 0 else each) for n, (unit, _) in enumerate(parts)]
        if chosen.payload["basis"] == "transfer" and policy.transfer:
            parts = [(unit, share) for (unit, _), share in zip(parts, policy.transfer, strict=False)]
        found: Shares = {}
        left = Decimal(1)
        for unit, share in parts:
            taken = share if policy.dual == "allowed" else min(share, left)
            left -= taken
            if taken:
                found[unit] = taken
        if left > 0:
            found[None] = left
        return found

    def arrivals(self) -> list[Line]:
        """Arrivals that count, inside the covered days."""
        condition = Condition("", funds=self.rule.funds, vouchers=self.rule.vouchers)
        met = [line for line in self.story.lines if _meets(condition, line)]
        return [one for one in met if one.occurred.first >= self.period.start and one.occurred.end <= self.until]


def _shown(met: list[tuple[str, Line | None]], chosen: Line | None, as_of: date) -> Line | None:
    """The line of the first condition, in the pack's order, that is not met in time; None when it is not met at all."""
    for _name, line in met:
        if line is None or (line is not chosen and line.occurred.first > as_of):
            return line
    return None


def worth(amount: Decimal | None, currency: str | None, rate: Decimal | None) -> Decimal | None:
    """In yuan; None when it is not known or has no rate."""
    if amount is None or currency in {"CNY", "JOBS"}:
        return amount
    return None if rate is None else amount * rate


def judge(count: Count) -> Finding:
    """The project alone, merges not looked at."""
    story, rule = count.story, count.rule
    decided, shown, unmet = count.deciding()
    turn = decided
    inside = count.arrivals() if rule.funds else []
    if inside:
        decided = inside[0]
    moves = [line for line in story.lines if line.kind in {"opened", "stage_reached", "contract_signed"}]
    day = decided.occurred.first if decided else count.as_of
    why, why_event = count.unfit(day, decided, moves)
    money: dict[str, list[tuple[Decimal | None, str | None, Decimal | None]]] = {}
    for kind in count.pack.measures:
        money[kind] = [count.line_of(kind, day)[:3]]
        if rule.funds:
            sums: dict[tuple[str, Decimal | None], Decimal] = {}
            for one in inside:
                currency = one.payload["amount"]["currency"]
                key = (currency, count.rate(currency, one.occurred.first))
                sums[key] = sums.get(key, Decimal(0)) + Decimal(one.payload["amount"]["value"])
            money[kind] = [(value, currency, rate) for (currency, rate), value in sums.items()]
    found = Finding(
        story.name, why, why_event, story.value("task_force", day)[0], story.value("industry", day)[0], money,
        count.shares(day), count.size(day), moment=(turn.occurred.first, turn.seq) if turn else None, unfit=why,
        came=decided is not None and decided.occurred.first <= count.as_of,
    )  # fmt: skip
    if unmet:
        found.rule, found.event = "conditions_unmet", shown.seq if shown else moves[-1].seq
        return found
    if decided is None:
        found.rule, found.event = _never(story, rule, moves)
        return found
    dated = ""
    if decided.occurred.end <= count.period.start:
        dated = "before_period"
    elif decided.occurred.first >= count.until:
        dated = "after_period"
    elif decided.occurred.first < count.period.start or decided.occurred.end > count.until:
        dated = "date_too_vague"
    if dated or not why:
        found.rule, found.event = dated, decided.seq
    return found


def _never(story: Story, rule: FigureRule, moves: list[Line]) -> tuple[str, int]:
    other = [line for line in story.lines if line.kind == "contract_signed"] if rule.contracts else []
    if other:
        return "other_contract_kind", other[0].seq
    bare = [one for one in story.lines if one.kind == "funds_arrived" and one.payload["amount_kind"] in rule.funds]
    return ("no_vouchers", bare[0].seq) if bare else ("not_reached", moves[-1].seq)


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
        judged = {name: judge(Count(story, rule, pack, period, day, codes or {})) for name, story in found.items()}
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


Totals = tuple[int, Decimal, int, dict[str, Decimal]]


def totals(findings: Sequence[Finding], kind: str) -> Totals:
    """Projects, yuan, unknown, unconverted of what counts."""
    projects, yuan, unknown, foreign = 0, Decimal(0), 0, {}
    for finding in findings:
        if finding.rule:
            continue
        projects += 1
        for amount, currency, rate in finding.money[kind]:
            value = worth(amount, currency, rate)
            if amount is None:
                unknown += 1
            elif value is not None:
                yuan += value
            else:
                foreign[str(currency)] = foreign.get(str(currency), Decimal(0)) + amount
    return projects, yuan, unknown, foreign


def units(findings: Sequence[Finding], kind: str) -> dict[str | None, tuple[Decimal, Decimal]]:
    """Projects and yuan by credited unit."""
    found: dict[str | None, tuple[Decimal, Decimal]] = {}
    for finding in findings:
        if finding.rule:
            continue
        yuan = sum((worth(*one) or Decimal(0) for one in finding.money[kind]), Decimal(0))
        for unit, share in finding.shares.items():
            projects, sums = found.get(unit, (Decimal(0), Decimal(0)))
            found[unit] = (projects + share, sums + yuan * share)
    return found


def sizes(findings: Sequence[Finding]) -> dict[int, int]:
    """Projects by size band."""
    found: dict[int, int] = {}
    for finding in findings:
        if not finding.rule:
            found[finding.size] = found.get(finding.size, 0) + 1
    return found


def cohort(
    result: Mapping[str, list[Finding]], members: Mapping[str, list[tuple[int, str]]], above: str, below: str
) -> int:
    """Of the projects that count in `below`, those of whose group one has come as far as `above`."""
    group = {name: canonical for canonical, names in members.items() for _, name in names}
    there = {"merged", "not_reached", "other_contract_kind", "conditions_unmet", "no_vouchers"}
    came = {group.get(f.project, f.project) for f in result[above] if not f.unfit and f.rule not in there and f.came}
    return sum(not f.rule and group.get(f.project, f.project) in came for f in result[below])


def stage_days(lines: Sequence[Line], known: int, as_of: date) -> dict[str, tuple[list[int], int]]:
    """Days of the projects that went on, and how many are still there, by stage."""
    found = stories(lines, known)
    members, _ = groups(found)
    gone = {name for canonical, names in members.items() for _, name in names if name != canonical}
    result: dict[str, tuple[list[int], int]] = {}
    for story in found.values():
        if story.name in gone:
            continue
        exact = [
            o
            for o in story.lines
            if reached(o) >= 0 and (o.occurred.end - o.occurred.first).days == 1 and o.occurred.first <= as_of
        ]
        for rank, stage in enumerate(ORDER):
            came = [one.occurred.first for one in exact if reached(one) == rank]
            left = [one.occurred.first for one in exact if reached(one) > rank]
            if not came or (left and left[0] < came[0]):
                continue
            days, still = result.get(stage, ([], 0))
            result[stage] = (days, still + 1) if not left else ([*days, (left[0] - came[0]).days], still)
    return result
