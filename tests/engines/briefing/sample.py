"""A bulletin that can be checked by hand, with everything that a sentence must cope with. Invented names."""

from datetime import date
from decimal import Decimal
from typing import Any

from zhaoyin.domain.period import Period
from zhaoyin.engines.briefing.problem import (
    Amount,
    Basis,
    CauseRow,
    FactRow,
    FigureRow,
    FunnelRow,
    Problem,
    ProjectRow,
    TeamRow,
    Value,
    VisitRow,
)

D = Decimal
PERIOD = Period.parse("2026-01/2026-05")


def basis(**changes: Any) -> Basis:
    given: dict[str, Any] = {
        "pack": "county-contract-date", "pack_title": "县级示例包：按合同签订日", "pack_version": "2025.1", "pack_sha256": "ab" * 32,
        "pack_basis": "新签约以正式投资合同的签订日期为准。", "covered": PERIOD, "as_of": date(2026, 5, 31), "last_seq": 812,
        "engine": "counting/1", "figures_sha256": "cd" * 32,
    }  # fmt: skip
    return Basis(**{**given, **changes})


def months(*numbers: int) -> tuple[tuple[str, Value], ...]:
    return tuple((f"2026-{n:02d}", Value(projects=k)) for n, k in enumerate(numbers, 1))


def problem(kind: str = "bulletin", language: str = "zh", **changes: Any) -> Problem:
    figures = (
        FigureRow(name="newly_negotiating", title="新增洽谈项目", measure="projects", value=Value(projects=162), last_year=Value(projects=150), months=months(21, 30, 36, 40, 35), target=D(400)),
        FigureRow(name="newly_signed", title="新签约项目", measure="projects", value=Value(projects=29), last_year=Value(projects=32), months=months(3, 5, 6, 8, 7), target=D(80)),
        FigureRow(
            name="planned_total", title="新签约计划总投资", measure="amount", target=D("12000000000"),
            value=Value(projects=29, yuan=D("5840000000"), unknown=3, unconverted=(("USD", D("12000000")),)), last_year=Value(projects=32, yuan=D("4000000000")),
        ),
    )  # fmt: skip
    teams = (
        TeamRow(name="新一代信息技术专班", values={"newly_signed": Value(projects=12), "newly_negotiating": Value(projects=60)}, targets={"newly_signed": D(25), "newly_negotiating": D(100)}),
        TeamRow(name="高端装备制造专班", values={"newly_signed": Value(projects=8)}, targets={"newly_signed": D(25)}),
        TeamRow(name="现代服务业专班", values={"newly_signed": Value(projects=9)}, targets={}),
    )  # fmt: skip
    rows = (
        ProjectRow(name="样例功率器件项目", stage="签约", team="新一代信息技术专班", industry="新一代信息技术", origin="深圳", amount=Amount(value=D(10**9), qualifier="~"), day=date(2026, 3, 2)),
        ProjectRow(name="样例医疗器械项目", stage="签约", team="高端装备制造专班", industry="生命大健康", origin="苏州", day=date(2026, 4, 12)),
    )  # fmt: skip
    stuck = (
        ProjectRow(name="样例物流项目", stage="洽谈", team="现代服务业专班", amount=Amount(value=D("420000000")), silent_days=63, progress="3月1日到访一次", next_step="电话回访", responsible="王"),
        ProjectRow(name="样例数据中心项目", stage="拟签约", team="新一代信息技术专班", silent_days=41),
    )  # fmt: skip
    progress = (
        ProjectRow(name="样例功率器件项目", stage="洽谈", team="新一代信息技术专班", progress="双方就厂房改造方案交换意见", difficulty="电力增容需协调", next_step="带样品回访", due_on=date(2026, 6, 3), responsible="李"),
        ProjectRow(name="样例物流项目", stage="洽谈", team="现代服务业专班"),
    )  # fmt: skip
    visits = (
        VisitRow(day=date(2026, 5, 12), company="云岚微电有限公司", place="深圳", project="样例功率器件项目", people="李、王", note="对方希望7月前看厂房。{not_a_figure}", outcome="同意6月到访", next_step="寄送园区资料", due_on=date(2026, 5, 20), responsible="王"),
        VisitRow(day=date(2026, 5, 11), company="海棠智造有限公司", place="东莞"),
    )  # fmt: skip
    facts = (
        FactRow(topic="企业概况", text="注册资本2亿元，员工600人。", source="企业官网“关于我们”", day=date(2026, 4, 2)),
        FactRow(topic="企业诉求", text="需要双回路供电。", source="5月12日会面记录"),
    )
    given: dict[str, Any] = {
        "kind": kind, "language": language, "zone": "云岚高新区", "issued_on": date(2026, 6, 1), "period": PERIOD, "basis": basis(),
        "figures": figures, "teams": teams, "signed": rows, "signed_total": 29, "stuck": stuck, "progress": progress, "visits": visits,
        "facts": facts, "time_share": D(151 * 100) / 365,
        "funnel": (FunnelRow(label="线索", reached=300), FunnelRow(label="洽谈", reached=230), FunnelRow(label="签约", reached=60)),
        "causes": (CauseRow(label="新签约", projects=4, yuan=D(10**9)), CauseRow(label="合并", projects=-1)), "hidden": 1,
    }  # fmt: skip
    return Problem(**{**given, **changes})
