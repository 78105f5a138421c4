"""Why a figure is not what it was: the difference of two runs as causes, project by project, that add up to it exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from zhaoyin.domain.figure import Exclusion


class Cause(StrEnum):
    """Why a project's part in a figure changed; the order is that of a waterfall."""

    NEW_EVENT = "new_event"
    CORRECTION = "correction"
    MERGE = "merge"
    RECOGNITION = "recognition"
    CREDIT = "credit"
    MOVED = "moved"
    AMOUNT = "amount"
    RATE = "rate"
    RULE = "rule"
    PERIOD = "period"


class Step(StrEnum):
    """In what two runs differ: what was known, the exchange rates, the pack, the period or as-of day."""

    KNOWN = "known"
    RATES = "rates"
    PACK = "pack"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A project's part in a figure: `weight` (1, a credited share, or 0 when it does not count here) times one project and `yuan`.

    `amounts`: the amounts as stated, with currency and rate, to tell a new rate from a new amount.
    """

    weight: Decimal
    yuan: Decimal
    rule: Exclusion | None = None
    event: int | None = None
    amounts: tuple[tuple[Decimal | None, str | None, Decimal | None], ...] = ()


ABSENT = Contribution(Decimal(0), Decimal(0), Exclusion.NOT_REACHED)
Side = Mapping[str, Contribution]


@dataclass(frozen=True, slots=True)
class News:
    """An event that one of two runs knew and the other did not."""

    seq: int
    kind: str
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One cause for one project: what it adds to the number of projects and to the yuan."""

    project: str
    cause: Cause
    projects: Decimal
    yuan: Decimal
    before: Exclusion | None
    after: Exclusion | None
    event: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Totals of both runs and the changes between them: the changes add up to the difference, in projects and in yuan."""

    before: tuple[Decimal, Decimal]
    after: tuple[Decimal, Decimal]
    changes: tuple[Change, ...]
    _sums: dict[Cause, tuple[Decimal, Decimal]] = field(default_factory=dict, compare=False, repr=False)

    def causes(self) -> dict[Cause, tuple[Decimal, Decimal]]:
        """Projects and yuan by cause, in the order of a waterfall; causes without effect are left out."""
        if not self._sums:
            for cause in Cause:
                mine = [change for change in self.changes if change.cause is cause]
                if mine:
                    self._sums[cause] = _summed((change.projects, change.yuan) for change in mine)
        return self._sums

    def waterfall(self, *, amounts: bool = False) -> list[tuple[str, Decimal, Decimal]]:
        """Bars (cause, from, to) that lead from the first total to the second."""
        place = 1 if amounts else 0
        level, bars = self.before[place], []
        for cause, sums in self.causes().items():
            bars.append((cause.value, level, level + sums[place]))
            level += sums[place]
        return bars


def _summed(pairs: Iterable[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    projects, yuan = Decimal(0), Decimal(0)
    for one, other in pairs:
        projects, yuan = projects + one, yuan + other
    return projects, yuan


def total_of(side: Side) -> tuple[Decimal, Decimal]:
    """Projects and yuan of a run."""
    return _summed((one.weight, one.weight * one.yuan) for one in side.values())


def explain_change(
    before: Side, after: Side, *, step: Step, news: Mapping[str, Sequence[News]] | None = None
) -> Explanation:
    """Two runs that differ in one respect. `news`: by project, what one of them knew and the other did not."""
    changes: list[Change] = []
    for project in sorted({*before, *after}):
        old, new = before.get(project, ABSENT), after.get(project, ABSENT)
        changes += _project(project, old, new, step, (news or {}).get(project, ()))
    return Explanation(total_of(before), total_of(after), tuple(changes))


def explain_steps(sides: Sequence[Side], steps: Sequence[Step], news: Mapping[str, Sequence[News]]) -> Explanation:
    """Runs that differ in several respects: one run for each respect changed in turn, `sides` one more than `steps`."""
    changes: list[Change] = []
    for n, step in enumerate(steps):
        changes += explain_change(sides[n], sides[n + 1], step=step, news=news).changes
    return Explanation(total_of(sides[0]), total_of(sides[-1]), tuple(changes))


def _project(project: str, old: Contribution, new: Contribution, step: Step, news: Sequence[News]) -> list[Change]:
    def change(cause: Cause, projects: Decimal, yuan: Decimal) -> Change:
        return Change(project, cause, projects, yuan, old.rule, new.rule, new.event if new.event else old.event)

    came = bool(new.weight) != bool(old.weight)
    parts: list[Change] = []
    if came:
        cause = _membership(old, new, step, news)
        parts.append(change(cause, new.weight - old.weight, new.weight * new.yuan - old.weight * old.yuan))
    elif new.weight:
        moved = new.weight - old.weight
        parts.append(change(_other(step, Cause.CREDIT), moved, moved * old.yuan))
        parts.append(change(_worth(old, new, step, news), Decimal(0), new.weight * (new.yuan - old.yuan)))
    return [part for part in parts if part.projects or part.yuan]


def _other(step: Step, known: Cause) -> Cause:
    return {Step.PACK: Cause.RULE, Step.PERIOD: Cause.PERIOD, Step.RATES: Cause.RATE}.get(step, known)


def _membership(old: Contribution, new: Contribution, step: Step, news: Sequence[News]) -> Cause:
    """Why a project came in or went out."""
    if step is not Step.KNOWN:
        return _other(step, Cause.NEW_EVENT)
    if old.rule is None and new.rule is None:
        credited = any(one.kind == "credited" for one in news)
        return Cause.CREDIT if credited else Cause.MOVED
    if Exclusion.MERGED in {old.rule, new.rule}:
        return Cause.MERGE
    decided = next((one for one in news if one.seq in {new.event, old.event}), None)
    if decided is not None and not decided.corrects:
        return _of_kind(decided.kind)
    if any(one.corrects for one in news):
        return Cause.CORRECTION
    kinds = [_of_kind(one.kind) for one in news]
    return next((cause for cause in (Cause.RECOGNITION, Cause.MERGE, Cause.AMOUNT) if cause in kinds), Cause.NEW_EVENT)


def _of_kind(kind: str) -> Cause:
    if kind.startswith("recognition_"):
        return Cause.RECOGNITION
    return {
        "merged_into": Cause.MERGE, "unmerged": Cause.MERGE, "amount_stated": Cause.AMOUNT, "credited": Cause.CREDIT,
    }.get(kind, Cause.NEW_EVENT)  # fmt: skip


def _worth(old: Contribution, new: Contribution, step: Step, news: Sequence[News]) -> Cause:
    """Why a project that counts in both is worth more or less."""
    if step is not Step.KNOWN:
        return _other(step, Cause.AMOUNT)
    stated = [[part[:2] for part in side.amounts] for side in (old, new)]
    if stated[0] == stated[1] and old.amounts != new.amounts:
        return Cause.RATE
    if any(one.corrects for one in news):
        return Cause.CORRECTION
    return Cause.NEW_EVENT if any(one.kind == "funds_arrived" for one in news) else Cause.AMOUNT


def contributions(
    rows: Iterable[Mapping[str, object]], *, rates: Sequence[Decimal], measure: int = 0
) -> dict[str, Contribution]:
    """Parts of projects from fetched `verdicts` rows of one figure; `weight` 1 for what counts. `measure`: which amount."""
    tail = f"_{measure}" if measure else ""
    found: dict[str, Contribution] = {}
    for row in rows:
        project, rule = str(row["project"]), Exclusion(str(row["rule"])) if row["rule"] else None
        currency, place = str(row[f"currency{tail}"] or ""), int(str(row[f"rate{tail}"]))
        amount = Decimal(str(row[f"amount{tail}"])) if currency else None
        rate = Decimal(1) if currency in {"CNY", "JOBS"} else rates[place] if place >= 0 else None
        worth = amount * rate if amount is not None and rate is not None and rule is None else Decimal(0)
        event = None if row["event"] is None else int(str(row["event"]))
        part: tuple[tuple[Decimal | None, str | None, Decimal | None], ...] = ((amount, currency or None, rate),)
        known = found.get(project)
        if known is not None:
            part, worth = tuple(sorted((*known.amounts, *part), key=str)), known.yuan + worth
        found[project] = Contribution(Decimal(0 if rule else 1), worth, rule, event, part)
    return found
