"""Runs the engine over many ledgers at once, each a zone of one table, and compares with the oracle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from statistics import median

import ibis

from tests.engines.counting import oracle
from tests.engines.counting.ledgers import Line, make_ledger, make_pack
from zhaoyin.adapters.warehouse.backends import fetch, load
from zhaoyin.domain.figure import Verdict
from zhaoyin.domain.period import Period
from zhaoyin.engines.counting import (
    Count,
    Pack,
    RatioValue,
    Share,
    Solution,
    StageTime,
    event_columns,
    solve,
)

CODES = {"i1": "code-i1", "i2": "code-i2"}


@dataclass
class Run:
    """What the engine said of each zone."""

    verdicts: dict[str, list[Verdict]]
    counts: dict[str, Count]
    tables: dict[str, dict[tuple[str, str], dict[str | None, Share]]]
    ratios: dict[str, dict[str, RatioValue]]
    stages: dict[str, tuple[StageTime, ...]]


def run(
    ledgers: Mapping[str, Sequence[Line]],
    known: Mapping[str, int],
    *,
    pack: Pack,
    period: Period,
    as_of: date | None = None,
    connection: ibis.BaseBackend | None = None,
) -> Run:
    """Count all zones in one go, on DuckDB unless another connection is given."""
    rows = [
        event_columns(
            zone=zone,
            seq=line.seq,
            project=line.project,
            kind=line.kind,
            occurred=line.occurred,
            payload=line.payload,
            supersedes=line.supersedes,
            recognition=line.recognition,
        )
        for zone, lines in ledgers.items()
        for line in lines
    ]
    connection = connection or ibis.duckdb.connect()
    tables = load(connection, rows, known)
    solution = solve(tables.problem(pack=pack, period=period, as_of=as_of, industry_codes=CODES))
    return _read(solution, connection, ledgers, known)


def _read(
    solution: Solution, connection: ibis.BaseBackend, ledgers: Mapping[str, Sequence[Line]], known: Mapping[str, int]
) -> Run:
    names = [
        "verdicts",
        "totals",
        "units",
        "sizes",
        "stage_times",
        *(["cohorts"] if "cohorts" in solution.expressions else []),
    ]
    by_zone: dict[str, dict[str, list[dict[str, object]]]] = {zone: {name: [] for name in names} for zone in ledgers}
    for name in names:
        for row in fetch(connection, solution.expressions[name]):
            by_zone[row["zone"]][name].append(row)
    counts = {zone: solution.count(rows["totals"], last_seq=known[zone]) for zone, rows in by_zone.items()}
    return Run(
        verdicts={zone: solution.verdicts(rows["verdicts"]) for zone, rows in by_zone.items()},
        counts=counts,
        tables={zone: _tables(solution, rows) for zone, rows in by_zone.items()},
        ratios={zone: solution.ratios(counts[zone], rows.get("cohorts", [])) for zone, rows in by_zone.items()},
        stages={zone: solution.stage_times(rows["stage_times"]) for zone, rows in by_zone.items()},
    )


def _tables(
    solution: Solution, rows: Mapping[str, list[dict[str, object]]]
) -> dict[tuple[str, str], dict[str | None, Share]]:
    """Each figure's units and size bands, months summed."""
    found: dict[tuple[str, str], dict[str | None, Share]] = {}
    for rule in solution.problem.pack.figures:
        for name in ("units", "sizes"):
            summed = found.setdefault((rule.name, name), {})
            for (key, _month), share in solution.table(name, rows[name], rule.name).items():
                summed[key] = summed.get(key, Share()) + share
    return found


def differences(
    ledgers: Mapping[str, Sequence[Line]],
    known: Mapping[str, int],
    *,
    pack: Pack,
    period: Period,
    as_of: date | None = None,
) -> list[str]:
    """A line for each thing in which engine and oracle disagree."""
    ours = run(ledgers, known, pack=pack, period=period, as_of=as_of)
    wrong: list[str] = []
    for zone, lines in ledgers.items():
        truth = oracle.verdicts(lines, known=known[zone], pack=pack, period=period, as_of=as_of, codes=CODES)
        flows = {rule.name for rule in pack.bases if rule.funds}
        expected = {
            (figure, f.project): (f.rule, f.event, f.task_force, f.industry)
            + (() if figure in flows else f.money[pack.amount_kind][0][:2])
            for figure, findings in truth.items()
            for f in findings
        }
        said = {
            (v.figure, v.project): (v.rule.value if v.rule else "", v.event, v.task_force, v.industry)
            + (() if v.figure in flows else (v.amount, v.currency))
            for v in ours.verdicts[zone]
        }
        if said != expected:
            odd = [key for key in sorted({*said, *expected}) if said.get(key) != expected.get(key)]
            wrong += [f"{zone} {key}: engine {said.get(key)}, oracle {expected.get(key)}" for key in odd]
        wrong += [f"{zone} {line}" for line in _sums(ours, zone, truth, pack)]
        members, _ = oracle.groups(oracle.stories(lines, known[zone]))
        for ratio in pack.ratios:
            expected_ratio = oracle.cohort(truth, members, ratio.numerator, ratio.denominator)
            if ours.ratios[zone][ratio.name].numerator != expected_ratio:
                wrong.append(f"{zone} {ratio.name}: engine {ours.ratios[zone][ratio.name]}, oracle {expected_ratio}")
        days = oracle.stage_days(lines, known[zone], as_of or period.last_day)
        expected_days = {
            stage: (len(d), Decimal(median(d)) if d else None, still) for stage, (d, still) in days.items()
        }
        said_days = {one.stage: (one.n, one.median, one.still) for one in ours.stages[zone]}
        if said_days != expected_days:
            wrong.append(f"{zone} stages: engine {said_days}, oracle {expected_days}")
    return wrong


def _sums(ours: Run, zone: str, truth: Mapping[str, list[oracle.Finding]], pack: Pack) -> list[str]:
    """Totals of every figure, its units and its size bands."""
    wrong = []
    for rule in pack.figures:
        findings, kind = truth[rule.base], rule.amount or pack.amount_kind
        figure = ours.counts[zone].figures[rule.name].total
        got = (figure.projects, figure.yuan, figure.unknown, dict(figure.unconverted))
        expected = oracle.totals(findings, kind)
        if got != expected and (rule.amount or not rule.funds):
            wrong.append(f"{rule.name}: engine {got}, oracle {expected}")
        if rule.amount or not rule.funds:
            units = {
                unit: (share.projects, share.yuan) for unit, share in ours.tables[zone][rule.name, "units"].items()
            }
            if units != oracle.units(findings, kind):
                wrong.append(f"{rule.name} units: engine {units}, oracle {oracle.units(findings, kind)}")
        if not rule.amount:
            bands = {band: share.projects for band, share in ours.tables[zone][rule.name, "sizes"].items()}
            expected_bands = {None if band < 0 else str(band): n for band, n in oracle.sizes(findings).items()}
            if bands != expected_bands:
                wrong.append(f"{rule.name} sizes: engine {bands}, oracle {expected_bands}")
    return wrong


PERIODS = ["2026-01/2026-05", "2026", "2026-02", "2025-12/2026-01", "2026-Q1", "2026-03-03"]


def check(*, seed: int, ledgers: int) -> list[str]:
    """Differences over a number of random ledgers under one random pack, period, as-of day and known-at cutoffs."""
    random = Random(seed)
    made = {f"z{n:04d}": make_ledger(random.choice) for n in range(ledgers)}
    known = {
        zone: random.choice([len(lines), len(lines), random.randint(0, len(lines))]) for zone, lines in made.items()
    }
    period = Period.parse(random.choice(PERIODS))
    as_of = random.choice([None, None, date(2026, 3, 15), date(2026, 12, 31)])
    if as_of is not None and as_of < period.start:
        as_of = None
    return differences(made, known, pack=make_pack(random.choice), period=period, as_of=as_of)
