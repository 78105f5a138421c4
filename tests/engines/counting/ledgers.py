"""Random small ledgers, made from any source of choices: a hypothesis draw or a seeded generator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.counting.params import (
    Condition,
    CreditPolicy,
    Excluded,
    FigureRule,
    Interval,
    Pack,
    Rate,
    Ratio,
    Required,
    Substitute,
    Threshold,
)

Choose = Callable[[Sequence[Any]], Any]
FIRST = date(2025, 11, 1)
STAGES = ["negotiating", "pre_signing", "registered", "construction_started", "in_production"]
TEAMS = ["t1", "t2", "t3", None]
FIELDS = ["i1", "i2", None]
UNITS = ["u1", "u2", None]
SHARES = [
    ("joint", [["u1", "0.6"], ["u2", "0.4"]]),
    ("joint", [["u2", "0.3"], ["u3", "0.3"], ["u1", "0.3"]]),
    ("dual", [["u1", "1"], ["u2", "1"]]),
    ("dual", [["u1", "0.7"], ["u2", "0.6"]]),
    ("transfer", [["u3", "0.5"], ["u1", "0.5"]]),
    ("decision", []),
]
ORIGINS = ["37", "3702", "11", "32", None]
AMOUNTS = ["0", "1", "5000000", "99999999.99", "100000000", "100000001", "230000000", "1000000000000000"]


@dataclass(frozen=True)
class Line:
    """One event of a project."""

    seq: int
    project: str
    kind: str
    occurred: PartialDate
    payload: dict[str, Any]
    supersedes: int | None = None
    recognition: str | None = None


def some_day(choose: Choose) -> PartialDate:
    """A day, month, quarter or year around the period."""
    day = FIRST + timedelta(days=choose(range(300)))
    kind = choose(["day"] * 6 + ["month", "quarter", "year"])
    if kind == "month":
        return PartialDate(day.replace(day=1), Precision.MONTH)
    if kind == "quarter":
        return PartialDate(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), Precision.QUARTER)
    if kind == "year":
        return PartialDate(date(day.year, 1, 1), Precision.YEAR)
    return PartialDate(day)


def _classes(choose: Choose) -> dict[str, Any]:
    values = {
        "task_force": choose(TEAMS), "industry": choose(FIELDS), "origin": choose(ORIGINS),
        "kind": choose(["new", "new", "reinvestment_expansion"]), "channel": choose(["outreach", "capital_led"]),
        "attracting_unit": choose(UNITS), "traits": choose([[], ["ppp"], ["local_investor"], ["real_estate", "ppp"]]),
        "jobs": choose([None, 0, 30, 500]),
    }  # fmt: skip
    return {name: value for name, value in values.items() if choose([True, True, False])}


def _amount(choose: Choose) -> dict[str, Any]:
    stated = {"value": choose(AMOUNTS), "currency": choose(["CNY", "CNY", "CNY", "USD", "EUR"])}
    payload = {
        "amount_kind": choose(["planned_total_investment"] * 3 + ["fixed_asset_investment", "increment_investment"]),
        "amount": choose([stated, stated, stated, None]),
    }
    if choose([False, False, False, True]):
        payload["phase"] = choose([0, 1])
    return payload


def _step(choose: Choose, projects: Sequence[str], project: str) -> tuple[str, dict[str, Any]]:
    kind = choose(
        ["stage_reached"] * 4 + ["contract_signed"] * 4 + ["amount_stated"] * 4
        + ["funds_arrived", "funds_arrived", "credited", "recognition", "recognition", "progress_noted"]
        + ["placed", "classified", "ended", "resumed", "merged_into", "merged_into", "unmerged", "described"]
    )  # fmt: skip
    if kind == "stage_reached":
        return kind, {"stage": choose(STAGES)}
    if kind == "contract_signed":
        return kind, {"contract_kind": choose(["intent", "framework", "formal", "formal"])}
    if kind == "amount_stated":
        return kind, _amount(choose)
    if kind == "funds_arrived":
        money = {"value": choose(AMOUNTS), "currency": choose(["CNY", "CNY", "USD", "EUR"])}
        which = choose(["funds_in_place", "funds_in_place", "foreign_capital_utilised"])
        return kind, {"amount": money, "amount_kind": which, "vouchers": choose([0, 1, 3])}
    if kind == "credited":
        basis, shares = choose(SHARES)
        return kind, {"basis": basis, "shares": [{"unit": unit, "share": share} for unit, share in shares]}
    if kind == "ended":
        return kind, {"outcome": choose(["lost", "terminated", "withdrawn"])}
    if kind == "merged_into":
        return kind, {"project": choose([*projects, "elsewhere"])}
    if kind in {"placed", "classified"}:
        names = ["task_force", "attracting_unit"] if kind == "placed" else ["industry", "origin", "kind", "traits"]
        values = _classes(choose)
        return kind, {name: values[name] for name in names if name in values}
    if kind == "described":
        return kind, {"jobs": choose([None, 7, 80])}
    return kind, {}


def _recognition(choose: Choose, seq: int, project: str) -> Line:
    """A step of one of the project's two requests."""
    kind = choose(["requested", "approved", "approved", "approved", "revoked"])
    number = choose([1, 2])
    payload = {"project": project, "matter": "signed" if number == 1 else choose(["started", "filed"])}
    return Line(seq, project, kind, some_day(choose), payload, recognition=f"{project}-{number}")


def make_ledger(choose: Choose, *, projects: int = 4, events: int = 44) -> list[Line]:
    """Up to `projects` projects with up to `events` events, a quarter of them corrections and retractions."""
    names = [f"p{n}" for n in range(choose(range(1, projects + 1)))]
    lines: list[Line] = []
    for name in names:
        lines.append(Line(len(lines) + 1, name, "opened", some_day(choose), _classes(choose)))
    for _ in range(choose(range(events // 3, events))):
        seq = len(lines) + 1
        gone = {line.supersedes for line in lines}
        correctable = [line for line in lines if line.seq not in gone and line.kind not in {"retracted", "opened"}]
        if correctable and choose([True, False, False, False]):
            target = choose(correctable)
            if choose([True, False]):
                empty = {"project": target.project, "matter": "signed"} if target.recognition else {}
                gone_line = Line(
                    seq, target.project, "retracted", target.occurred, empty, target.seq, target.recognition
                )
                lines.append(gone_line)
                continue
            payload = _amount(choose) if target.kind == "amount_stated" else target.payload
            again = Line(seq, target.project, target.kind, some_day(choose), payload, target.seq, target.recognition)
            lines.append(again)
            continue
        project = choose(names)
        kind, payload = _step(choose, names, project)
        if kind == "recognition":
            lines.append(_recognition(choose, seq, project))
            continue
        lines.append(Line(seq, project, kind, some_day(choose), payload))
    return lines


CONDITIONS = (
    Condition("formal", "合同", "Contract", contracts=("formal",)),
    Condition("paper", "协议", "Paper", contracts=("framework", "formal")),
    Condition("registered", "注册", "Registered", stage="registered"),
    Condition("started", "开工", "Started", reaches="construction_started"),
    Condition("recognised", "认定", "Recognised", recognised=("signed", "started")),
    Condition("paid", "到账", "Paid", funds=("funds_in_place",), vouchers=1),
    Condition("entered", "入账", "Entered", events=("opened",)),
)
NOTHING: tuple[tuple[str, ...], ...] = ((),) * 6
"""Most packs have few rules, so that something counts."""
PLANNED, FIXED = "planned_total_investment", "fixed_asset_investment"
INCREMENT = "increment_investment"


def _signed(choose: Choose) -> FigureRule:
    """The figure of signing, plain or of several conditions."""
    names = ("newly_signed", "新签约", "Signed")
    intervals = choose(
        [
            (),
            (),
            (Interval("formal", "started", calendar_year=True),),
            (Interval("entered", "counted", days=60), Interval("paper", "registered", days=100)),
        ]
    )
    if choose([True, False]):
        return FigureRule(*names, contracts=choose([("formal",), ("framework", "formal")]), intervals=intervals)
    needs = choose([("formal",), ("formal", "registered"), ("paper", "started", "recognised"), ("recognised", "paid")])
    date_of = choose(["last", "first", *needs]) if len(needs) > 1 else "last"
    return FigureRule(*names, needs=needs, date=date_of, intervals=intervals, once=choose(["ever", "year"]))


def _thresholds(choose: Choose) -> tuple[Threshold, ...]:
    plain = Threshold(Decimal("100000000"), choose([("newly_signed",), ("newly_negotiating", "arrived")]))
    return choose(
        [
            (),
            (),
            (plain,),
            (Threshold(Decimal("4000000"), ("newly_signed",), project_kinds=("reinvestment_expansion",)), plain),
            (Threshold(Decimal("6000000"), plain.figures, currency="USD"), plain),
            (Threshold(Decimal("90000000"), ("newly_signed",), industries=("code-i2",), amount=FIXED),),
        ]
    )


def make_pack(choose: Choose) -> Pack:
    """One of many packs over several conditions, amounts and rules."""
    figures = (
        FigureRule("newly_negotiating", "新增洽谈", "New", reaches=choose(["negotiating", "construction_started"]),
                   once=choose(["ever", "ever", "year"])),
        _signed(choose),
        FigureRule("arrived", "到账", "Arrived", funds=("funds_in_place",), vouchers=choose([0, 1, 2])),
        FigureRule("planned", "计划总投资", "Planned", of="newly_signed", amount=PLANNED),
        FigureRule("fixed", "固定资产", "Fixed", of="newly_negotiating", amount=FIXED),
        FigureRule("jobs", "用工", "Jobs", of="newly_signed", amount="jobs"),
        FigureRule("money", "到位资金", "Money", of="arrived", amount="funds_in_place"),
    )  # fmt: skip
    excluded = Excluded(
        project_kinds=choose([*NOTHING, ("reinvestment_expansion",)]),
        channels=choose([*NOTHING, ("capital_led",)]),
        industries=choose([*NOTHING, ("code-i1",)]),
        origin_prefixes=choose([*NOTHING, ("37",)]),
        outcomes=choose([*NOTHING, ("lost", "withdrawn")]),
        traits=choose([*NOTHING, ("ppp",), ("real_estate", "later_phase")]),
    )
    required = Required(
        project_kinds=choose([*NOTHING, ("new",)]),
        channels=choose([*NOTHING, ("outreach",)]),
        traits=choose([*NOTHING, ("local_investor",)]),
        monthly_report=choose([False] * 9 + [True]),
    )
    rates = choose(
        [
            (),
            (
                Rate("USD", date(2025, 1, 1), Decimal("7.1234"), "s"),
                Rate("USD", date(2026, 2, 1), Decimal("6.9"), "s"),
            ),
        ]
    )
    return Pack(
        id="random", version="1", title="随机", title_en="Random", valid_from=date(2025, 1, 1), basis="测试",
        basis_en="Test", figures=figures, amount_kind=PLANNED, excluded=excluded, required=required,
        thresholds=_thresholds(choose), rates=rates, conditions=CONDITIONS, phase=choose([0, 0, 1]),
        substitutes=choose([(), (), (Substitute(("reinvestment_expansion",), PLANNED, INCREMENT),)]),
        credit=CreditPolicy(
            without=choose(["attracting_unit", "nobody"]), dual=choose(["not_counted_again", "allowed"]),
            joint=choose(["as_stated", "equal"]), transfer=choose([(), (Decimal("0.3"), Decimal("0.7"))]),
        ),
        ratios=(Ratio("rate", "签约率", "Signing", "newly_signed", "newly_negotiating", cohort=True),),
        size_bounds=choose([(), (Decimal("5000000"), Decimal("100000000"))]), sha256="0" * 64,
    )  # fmt: skip
