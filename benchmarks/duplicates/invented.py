"""Invented projects, written a second time as another office would write them, and neighbours that are other projects."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.names.invented import Firm
from zhaoyin.engines.entity_resolution.project_rows import ProjectFacts

_MATTER = [
    "铝合金",
    "碳纤维",
    "高强度",
    "不锈钢",
    "可降解",
    "耐高温",
    "医用",
    "车规级",
    "工业级",
    "食品级",
    "柔性",
    "微型",
    "超薄",
    "纳米",
    "精密",
    "电池级",
    "光伏",
    "风电",
    "船用",
    "航空",
    "矿用",
    "家用",
    "低温",
    "高纯",
    "再生",
    "生物基",
    "陶瓷",
    "石英",
    "硅基",
    "钠离子",
]
_THING = [
    "支架",
    "轴承",
    "齿轮",
    "传感器",
    "减速器",
    "控制器",
    "连接器",
    "薄膜",
    "隔膜",
    "涂料",
    "胶粘剂",
    "阀门",
    "水泵",
    "压缩机",
    "电机",
    "逆变器",
    "变压器",
    "电缆",
    "线束",
    "模组",
    "芯片封装",
    "光模块",
    "摄像头",
    "显示屏",
    "机器人",
    "机床",
    "刀具",
    "模具",
    "铸件",
    "锻件",
    "管材",
    "板材",
    "滤芯",
    "试剂",
    "耗材",
    "饲料",
    "预制菜",
    "调味品",
    "茶饮",
    "包装",
    "玻璃",
    "面料",
    "家具",
    "卫浴",
    "灯具",
    "充电桩",
    "叶片",
    "储能柜",
    "换热器",
    "除尘器",
]
_ENDS = ("项目", "生产项目", "生产基地项目", "产业园项目", "研发及产业化项目", "智能制造项目", "")
_UNITS = ["套", "台", "件", "吨", "只", "万套", "万件", "万吨"]
_SITES = ["经开区滨海路", "东部产业园", "临港工业园", "高新区标准厂房", "北区", "青石镇", "西城科技园", "南湖路8号"]
_AMOUNTS = (3000, 5000, 8000, 9500, 12000, 15000, 21800, 30000, 36000, 50000, 65000, 80000, 120000, 200000)


@dataclass(frozen=True)
class Project:
    """What is true; `facts` is how its first office wrote it."""

    firm: Firm
    product: str
    facts: ProjectFacts


def _name(product: str, chance: random.Random) -> str:
    if chance.random() < 0.35:
        return f"年产{chance.choice((1, 2, 5, 10, 30, 50))}{chance.choice(_UNITS)}{product}项目"
    return product + chance.choice(_ENDS)


def _product(chance: random.Random) -> str:
    matter = chance.choice(_MATTER) if chance.random() < 0.75 else ""
    return matter + chance.choice(_THING) + (chance.choice(_THING) if chance.random() < 0.1 else "")


def _month(chance: random.Random) -> str:
    return f"{chance.randrange(2021, 2026)}-{chance.randrange(1, 13):02d}"


def project(key: str, chance: random.Random, *, firm: Firm | None = None, product: str = "") -> Project:
    """One project."""
    firm, product = firm or Firm(chance), product or _product(chance)
    day = _month(chance) + (f"-{chance.randrange(1, 29):02d}" if chance.random() < 0.6 else "")
    facts = ProjectFacts(
        key=key, name=_name(product, chance), investor=firm.full,
        investment=Decimal(chance.choice(_AMOUNTS)) * 10_000 if chance.random() < 0.92 else None,
        site=chance.choice(_SITES) if chance.random() < 0.4 else "",
        signed=day if chance.random() < 0.5 else "",
        phones=frozenset({f"199{chance.randrange(10**8):08d}"}) if chance.random() < 0.3 else frozenset(),
    )  # fmt: skip
    return Project(firm, product, facts)


Rewriting = Callable[[Project, ProjectFacts, random.Random], ProjectFacts]


def _renamed(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    name = _name(one.product, chance)
    if chance.random() < 0.25:
        name = one.firm.stem + name
    return replace(facts, name=name)


def _raised(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    if facts.investment is None:
        return facts
    return replace(facts, investment=facts.investment * chance.choice((110, 120, 130, 80, 90)) / 100)


def _short_investor(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    firm = one.firm
    short = chance.choice([firm.stem + firm.words[0], firm.place + firm.stem, firm.full.removesuffix(firm.form)])
    return replace(facts, investor=short)


def _investor_in_name(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    return replace(facts, name=one.firm.full + facts.name)


def _later(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    return replace(facts, signed=facts.signed[:7], phones=frozenset(), site="")


KNOWN_RULES: dict[str, Sequence[Rewriting]] = {
    "renamed": (_renamed,),
    "raised amount": (_raised,),
    "short investor": (_short_investor,),
    "investor in the name": (_investor_in_name, _later),
    "short investor, raised": (_short_investor, _raised, _later),
}


def _slip_in_investor(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    text, end = facts.investor, len(facts.investor) - len(one.firm.form)
    at = chance.randrange(len(one.firm.place + one.firm.city), end)
    wrong = text[:at] + chance.choice("华瑞鑫盛嘉恒泰和安达") + text[at + 1 :]
    return replace(facts, investor=chance.choice([wrong, text[:at] + text[at + 1 :]]))


def _no_investor(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    return replace(facts, investor="")


def _other_form(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    firm = one.firm
    brackets = firm.stem + f"（{firm.place}）" + "".join(firm.words) + firm.form if firm.place else firm.full
    group = firm.place + firm.stem + "集团"
    return replace(facts, investor=chance.choice([brackets, group]))


def _longer_product(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    return replace(facts, name=chance.choice(["新型", "绿色", "高端", ""]) + one.product + "及配件生产线建设项目")


def _half_amount(one: Project, facts: ProjectFacts, chance: random.Random) -> ProjectFacts:
    return facts if facts.investment is None else replace(facts, investment=facts.investment / 2)


HELD_OUT_RULES: dict[str, Sequence[Rewriting]] = {
    "slip in the investor": (_slip_in_investor, _later),
    "other form of the investor": (_other_form,),
    "longer name": (_longer_product, _later),
    "half the amount": (_renamed, _half_amount),
    "no investor, same name": (_no_investor,),
    "slip, renamed": (_slip_in_investor, _renamed),
}


def again(one: Project, key: str, rule: Sequence[Rewriting], chance: random.Random) -> ProjectFacts:
    """The same project as another office writes it."""
    facts = replace(one.facts, key=key)
    for rewrite in rule:
        facts = rewrite(one, facts, chance)
    return facts


def _neighbour_firm(firm: Firm, chance: random.Random) -> Firm:
    other = Firm(chance, stem=firm.stem)
    while other.place == firm.place:
        other = Firm(chance, stem=firm.stem)
    return other


def other(one: Project, key: str, chance: random.Random) -> ProjectFacts:
    """Another project that is easily taken for this one: a second phase, another product, another firm, a part beside it."""
    kind = chance.randrange(5)
    if kind == 0:
        return replace(one.facts, key=key, name=one.product + "二期项目")
    if kind == 1:
        return replace(project(key, chance, firm=one.firm).facts, phones=one.facts.phones)
    if kind == 2:
        return replace(project(key, chance, product=one.product).facts, investment=one.facts.investment)
    if kind == 3:
        return project(key, chance, firm=_neighbour_firm(one.firm, chance), product=one.product).facts
    return replace(one.facts, key=key, name=one.product + "仓储物流中心项目", investment=Decimal(20_000_000))
