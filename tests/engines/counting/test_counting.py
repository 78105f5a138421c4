"""Counting: a ledger that a person can check by hand, the oracle, and what must not change a number."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.counting.bench_of_ledgers import check, differences, run
from tests.engines.counting.ledgers import Line, make_ledger, make_pack
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.figure import Exclusion
from zhaoyin.domain.period import PartialDate, Period
from zhaoyin.engines.counting import Count, load_pack, parse_pack
from zhaoyin.engines.counting.params import Excluded, Required

PERIOD = Period.parse("2026-01/2026-05")
YI = 10**8


def line(seq: int, project: str, kind: str, day: str, supersedes: int | None = None, **payload: object) -> Line:
    return Line(seq, project, kind, PartialDate.parse(day), payload, supersedes)


def yuan(value: int, currency: str = "CNY") -> dict[str, object]:
    return {"amount_kind": "planned_total_investment", "amount": {"value": str(value), "currency": currency}}


BY_HAND = [
    line(1, "云帆", "opened", "2026-01-05", task_force="it", industry="chips"),
    line(2, "云帆", "stage_reached", "2026-01-05", stage="negotiating"),
    line(3, "云帆", "amount_stated", "2026-01-05", **yuan(10 * YI)),
    line(4, "云帆", "contract_signed", "2026-03-10", contract_kind="formal"),
    line(5, "海澜", "opened", "2026-02-01", task_force="it", industry="chips"),
    line(6, "海澜", "contract_signed", "2026-04-02", contract_kind="framework"),
    line(7, "松岭", "opened", "2025-11-01", task_force="health", industry="devices"),
    line(8, "松岭", "stage_reached", "2025-11-20", stage="negotiating"),
    line(9, "松岭", "contract_signed", "2026-05-31", contract_kind="formal"),
    line(10, "北辰", "opened", "2026-05-01", task_force="health"),
    line(11, "北辰", "contract_signed", "2026-06-01", contract_kind="formal"),
    line(12, "北辰", "amount_stated", "2026-05-01", **yuan(3_000_000, "USD")),
    line(13, "云帆", "amount_stated", "2026-01-05", 3, **yuan(12 * YI)),
]


def count(lines: list[Line], known: int | None = None, as_of: date | None = None, period: Period = PERIOD) -> Count:
    found = run({"z": lines}, {"z": known or len(lines)}, pack=load_pack(), period=period, as_of=as_of)
    return found.counts["z"]


def test_it_counts_what_a_person_counts_by_hand() -> None:
    figures = count(BY_HAND).figures
    assert figures["newly_negotiating"].total.projects == 2  # 云帆, 海澜; 松岭 was earlier, 北辰 is later
    assert figures["newly_signed"].total.projects == 2  # 云帆, 松岭; 海澜 has a framework paper only
    planned = figures["planned_total_of_newly_signed"].total
    assert (planned.yuan, planned.unknown) == (Decimal(12 * YI), 1)


def test_it_says_which_rule_kept_each_project_out_and_by_which_event() -> None:
    found = run({"z": BY_HAND}, {"z": 13}, pack=load_pack(), period=PERIOD).verdicts["z"]
    said = {v.project: (v.rule, v.event) for v in found if v.figure == "newly_signed"}
    assert said == {
        "云帆": (None, 4),
        "海澜": (Exclusion.OTHER_CONTRACT, 6),
        "松岭": (None, 9),
        "北辰": (Exclusion.AFTER_PERIOD, 11),
    }


def test_it_knows_only_what_was_known_then() -> None:
    earlier = count(BY_HAND, known=8).figures
    assert earlier["newly_signed"].total.projects == 1
    assert earlier["planned_total_of_newly_signed"].total.yuan == 10 * YI


def test_it_shows_foreign_money_apart_when_there_is_no_rate() -> None:
    total = count(BY_HAND, period=Period.parse("2026-06")).figures["planned_total_of_newly_signed"].total
    assert (total.yuan, total.unknown, dict(total.unconverted)) == (0, 0, {"USD": Decimal(3_000_000)})


def test_it_counts_only_up_to_the_as_of_day() -> None:
    cut = count(BY_HAND, as_of=date(2026, 3, 31))
    assert cut.figures["newly_signed"].total.projects == 1
    assert cut.identity.covered == "2026-01-01/2026-03-31"


def test_it_refuses_an_as_of_day_before_the_period() -> None:
    with pytest.raises(InvalidValue):
        count(BY_HAND, as_of=date(2025, 12, 1))


def test_it_gives_the_same_bytes_for_the_same_question() -> None:
    first, second = (run({"z": BY_HAND}, {"z": 13}, pack=load_pack(), period=PERIOD) for _ in range(2))
    texts = [r.counts["z"].canonical(r.verdicts["z"]) for r in (first, second)]
    assert texts[0] == texts[1]
    assert load_pack().sha256 in texts[0]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_it_agrees_with_the_oracle_on_any_ledger(data: st.DataObject) -> None:
    def choose(options: object) -> object:
        return data.draw(st.sampled_from(list(options)))  # type: ignore[call-overload]

    lines = make_ledger(choose, projects=3, events=10)
    assert differences({"z": lines}, {"z": len(lines)}, pack=make_pack(choose), period=PERIOD) == []


@pytest.mark.parametrize("seed", [101, 102])
def test_it_agrees_with_the_oracle_on_hundreds_of_ledgers(seed: int) -> None:
    assert check(seed=seed, ledgers=250) == []


def _pairs(seed: int, extra: object) -> tuple[dict[str, list[Line]], dict[str, int]]:
    """Each ledger twice: as it is ("a…") and with one more line ("b…")."""
    random = Random(seed)
    ledgers: dict[str, list[Line]] = {}
    for n in range(150):
        lines = make_ledger(random.choice)
        ledgers[f"a{n}"] = lines
        ledgers[f"b{n}"] = [*lines, extra(random, lines)]  # type: ignore[operator]
    return ledgers, {zone: len(lines) for zone, lines in ledgers.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_never_counts_more_after_a_merge(seed: int) -> None:
    def merge(random: Random, lines: list[Line]) -> Line:
        names = sorted({one.project for one in lines})
        free = [n for n in names if not any(one.kind == "merged_into" and one.project == n for one in lines)]
        into = [*names, "elsewhere"]
        day = PartialDate(date(2026, 6, 1))
        if not free:
            return Line(len(lines) + 1, names[0], "described", day, {})
        return Line(len(lines) + 1, random.choice(free), "merged_into", day, {"project": random.choice(into)})

    ledgers, known = _pairs(seed, merge)
    counts = run(ledgers, known, pack=make_pack(Random(seed).choice), period=PERIOD).counts
    for n in range(150):
        for name, before in counts[f"a{n}"].figures.items():
            after = counts[f"b{n}"].figures[name].total
            assert after.projects <= before.total.projects
            assert after.yuan <= before.total.yuan


@pytest.mark.parametrize("kind", ["described", "investor_joined", "fixed"])
def test_it_changes_no_number_for_an_event_of_no_concern(kind: str) -> None:
    def harmless(random: Random, lines: list[Line]) -> Line:
        payload: dict[str, object] = {"company": "x"} if kind == "investor_joined" else {"jobs": 10}
        if kind == "fixed":
            payload = {**yuan(5), "amount_kind": "fixed_asset_investment"}
        what = "amount_stated" if kind == "fixed" else kind
        return Line(len(lines) + 1, random.choice(lines).project, what, PartialDate(date(2026, 4, 1)), payload)

    ledgers, known = _pairs(9, harmless)
    counts = run(ledgers, known, pack=load_pack(), period=PERIOD).counts
    for n in range(150):
        assert counts[f"a{n}"].figures == counts[f"b{n}"].figures


def test_it_adds_up_over_the_months_of_a_period() -> None:
    random = Random(4)
    ledgers = {f"z{n}": [_exact(one) for one in make_ledger(random.choice)] for n in range(100)}
    known = {zone: len(lines) for zone, lines in ledgers.items()}
    last = date(2026, 12, 31)
    whole = run(ledgers, known, pack=load_pack(), period=PERIOD, as_of=last).counts
    parts = [run(ledgers, known, pack=load_pack(), period=month, as_of=last).counts for month in PERIOD.months()]
    for zone, counted in whole.items():
        for name, figure in counted.figures.items():
            assert figure.total.projects == sum(part[zone].figures[name].total.projects for part in parts)
            assert figure.total.yuan == sum(part[zone].figures[name].total.yuan for part in parts)


@pytest.mark.parametrize("seed", [5, 6])
def test_its_units_add_up_to_the_total_unless_dual_credit_is_allowed(seed: int) -> None:
    random = Random(seed)
    ledgers = {f"z{n}": make_ledger(random.choice) for n in range(100)}
    known = {zone: len(lines) for zone, lines in ledgers.items()}
    pack = make_pack(random.choice)
    found = run(
        ledgers, known, pack=replace(pack, credit=replace(pack.credit, dual="not_counted_again")), period=PERIOD
    )
    double = run(ledgers, known, pack=replace(pack, credit=replace(pack.credit, dual="allowed")), period=PERIOD)
    for zone, counted in found.counts.items():
        for name, figure in counted.figures.items():
            units = found.tables[zone][name, "units"].values()
            assert sum(share.projects for share in units) == figure.total.projects
            assert sum(share.yuan for share in units) == figure.total.yuan
            assert sum(share.projects for share in double.tables[zone][name, "units"].values()) >= figure.total.projects


def test_it_counts_no_less_without_a_rule() -> None:
    random = Random(8)
    ledgers = {f"z{n}": make_ledger(random.choice) for n in range(100)}
    known = {zone: len(lines) for zone, lines in ledgers.items()}
    strict = make_pack(random.choice)
    plain = replace(strict, excluded=Excluded(), required=Required(), thresholds=())
    counts, more = (run(ledgers, known, pack=pack, period=PERIOD).counts for pack in (strict, plain))
    for zone in ledgers:
        for name, figure in counts[zone].figures.items():
            assert figure.total.projects <= more[zone].figures[name].total.projects


def _exact(one: Line) -> Line:
    return replace(one, occurred=PartialDate(one.occurred.first))


GOOD = """
[pack]
id = "x"
version = "1"
title = "甲"
title_en = "A"
valid_from = 2025-01-01
basis = "依据"
basis_en = "Basis"

[[figure]]
name = "signed"
title = "签约"
title_en = "Signed"
contracts = ["formal"]
"""


@pytest.mark.parametrize(
    ("wrong", "right", "line_number", "fix"),
    [
        ("valid_form = 2025-01-01", "valid_from = 2025-01-01", 7, "valid_from"),
        ('title_em = "Signed"', 'title_en = "Signed"', 14, "title_en"),
        ('contracts = ["formal"]\n[threshold]\nat_least = 0\nfigures = ["signed"]', 'contracts = ["formal"]', 17, ""),
        ('contracts = ["formel"]', 'contracts = ["formal"]', 15, "formal"),
        ("", 'title = "甲"\n', 2, "title"),
        ('contracts = ["formal"]\nreaches = "negotiating"', 'contracts = ["formal"]', 12, "exactly one"),
        ("valid_from = 2025-13-01", "valid_from = 2025-01-01", 7, ""),
    ],
)
def test_it_names_line_and_fix_of_a_mistake_in_a_pack(wrong: str, right: str, line_number: int, fix: str) -> None:
    with pytest.raises(Exception) as caught:
        parse_pack(GOOD.replace(right, wrong), name="x.toml")
    assert caught.value.params["line"] == line_number  # type: ignore[attr-defined]
    assert fix in str(caught.value.params["fix"])  # type: ignore[attr-defined]


def test_it_hashes_what_a_pack_says_and_not_how_it_is_laid_out() -> None:
    plain, spaced = parse_pack(GOOD, name="a"), parse_pack(GOOD.replace("\n", "\n\n") + "# note", name="b")
    assert plain.sha256 == spaced.sha256
    assert parse_pack(GOOD.replace('"1"', '"2"'), name="c").sha256 != plain.sha256
