"""Random small ledgers, made from any source of choices: a hypothesis draw or a seeded generator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.counting.params import Excluded, FigureRule, Pack, Rate, Threshold

Choose = Callable[[Sequence[Any]], Any]
FIRST = date(2025, 11, 1)
STAGES = ["negotiating", "pre_signing", "registered", "construction_started", "in_production"]
TEAMS = ["t1", "t2", "t3", None]
FIELDS = ["i1", "i2", None]
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
    }  # fmt: skip
    return {name: value for name, value in values.items() if choose([True, True, False])}


def _amount(choose: Choose) -> dict[str, Any]:
    stated = {"value": choose(AMOUNTS), "currency": choose(["CNY", "CNY", "CNY", "USD", "EUR"])}
    payload = {
        "amount_kind": choose(["planned_total_investment"] * 3 + ["fixed_asset_investment"]),
        "amount": choose([stated, stated, stated, None]),
    }
    if choose([False, False, False, True]):
        payload["phase"] = choose([0, 1])
    return payload


def _step(choose: Choose, projects: Sequence[str], project: str) -> tuple[str, dict[str, Any]]:
    kind = choose(
        ["stage_reached"] * 4 + ["contract_signed"] * 4 + ["amount_stated"] * 4
        + ["placed", "classified", "ended", "resumed", "merged_into", "unmerged", "described"]
    )  # fmt: skip
    if kind == "stage_reached":
        return kind, {"stage": choose(STAGES)}
    if kind == "contract_signed":
        return kind, {"contract_kind": choose(["intent", "framework", "formal", "formal"])}
    if kind == "amount_stated":
        return kind, _amount(choose)
    if kind == "ended":
        return kind, {"outcome": choose(["lost", "terminated", "withdrawn"])}
    if kind == "merged_into":
        return kind, {"project": choose([*projects, "elsewhere"])}
    if kind in {"placed", "classified"}:
        names = ["task_force"] if kind == "placed" else ["industry", "origin", "kind"]
        values = _classes(choose)
        return kind, {name: values[name] for name in names if name in values}
    return kind, {}


def make_ledger(choose: Choose, *, projects: int = 4, events: int = 24) -> list[Line]:
    """Up to `projects` projects with up to `events` events, a quarter of them corrections and retractions."""
    names = [f"p{n}" for n in range(choose(range(1, projects + 1)))]
    lines: list[Line] = []
    for name in names:
        lines.append(Line(len(lines) + 1, name, "opened", some_day(choose), _classes(choose)))
    for _ in range(choose(range(events))):
        seq = len(lines) + 1
        gone = {line.supersedes for line in lines}
        correctable = [line for line in lines if line.seq not in gone and line.kind not in {"retracted", "opened"}]
        if correctable and choose([True, False, False, False]):
            target = choose(correctable)
            if choose([True, False]):
                lines.append(Line(seq, target.project, "retracted", target.occurred, {}, target.seq))
                continue
            payload = _amount(choose) if target.kind == "amount_stated" else target.payload
            lines.append(Line(seq, target.project, target.kind, some_day(choose), payload, target.seq))
            continue
        project = choose(names)
        kind, payload = _step(choose, names, project)
        lines.append(Line(seq, project, kind, some_day(choose), payload))
    return lines


def make_pack(choose: Choose) -> Pack:
    """One of many packs over two conditions and an amount."""
    figures = (
        FigureRule("newly_negotiating", "新增洽谈", "New", reaches=choose(["negotiating", "construction_started"])),
        FigureRule("newly_signed", "新签约", "Signed", contracts=choose([("formal",), ("framework", "formal")])),
        FigureRule("planned", "计划总投资", "Planned", of="newly_signed", amount="planned_total_investment"),
    )
    excluded = Excluded(
        project_kinds=choose([(), (), ("reinvestment_expansion",)]),
        channels=choose([(), (), ("capital_led",)]),
        industries=choose([(), (), ("code-i1",)]),
        origin_prefixes=choose([(), (), ("37",)]),
        outcomes=choose([(), (), ("lost", "withdrawn")]),
    )
    threshold = choose([None, Threshold(Decimal("100000000"), choose([("newly_signed",), ("newly_negotiating",)]))])
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
        basis_en="Test", figures=figures, amount_kind="planned_total_investment", excluded=excluded,
        thresholds=(threshold,) if threshold else (), rates=rates, sha256="0" * 64,
    )  # fmt: skip
