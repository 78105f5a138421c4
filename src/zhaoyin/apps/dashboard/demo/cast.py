"""The zone of the demo: its units, industries, task forces, 28 people with their leaders, and the sign-ins."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.actions import accept_invitation, found_zone, invite
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.dashboard.demo.campaign import INDUSTRIES
from zhaoyin.apps.dashboard.demo.names import Names
from zhaoyin.apps.taskforces import actions as teams
from zhaoyin.apps.zones.models import Zone

SLUG = "demo"
PASSWORD = "zhaoyin-demo"  # noqa: S105 - shown to everybody; a zone with demo accounts is served on 127.0.0.1 only
SIGN_INS: tuple[tuple[str, str], ...] = (
    ("chief", "局长：全部数据"),
    ("leader", "新一代信息技术专班负责人"),
    ("recruiter", "新一代信息技术专班招商人员"),
    ("statistician", "统计员：全部数据，可更正"),
    ("fund", "基金经理"),
    ("site", "载体管理员"),
    ("service", "企业服务专员"),
    ("auditor", "审计员：只读"),
    ("admin", "系统管理员：看不到项目"),
)
"""Login name and what it shows; the password of all is `PASSWORD`."""

TEAMS = {
    "electronics": ("新一代信息技术", "New-generation IT", "新一代信息技术专班", "New-generation IT task force"),
    "equipment": ("高端装备制造", "High-end equipment", "高端装备制造专班", "High-end equipment task force"),
    "health": ("生命大健康", "Life and health", "生命大健康专班", "Life and health task force"),
    "services": ("现代服务业", "Modern services", "现代服务业专班", "Modern services task force"),
}
LEADERS = (
    ("闻远", "管委会副主任、投资促进局局长"),
    ("章序", "管委会副主任"),
    ("鹿鸣", "管委会副主任"),
    ("白榆", "党工委委员"),
)
DEPARTMENTS = (
    "投资促进局",
    "科技与经济发展局",
    "财政金融局",
    "自然资源和规划分局",
    "行政审批服务局",
    "党群工作部",
    "人力资源部",
)
PARKS = ("信息技术产业园", "装备制造产业园", "生命健康产业园", "云谷科创中心")
TERRITORIES = {
    "electronics": (("11", 1), ("31", 1), ("4403", 1), ("44", 3), ("32", 3), ("61", 3), ("21", 6)),
    "equipment": (("31", 1), ("32", 3), ("13", 3), ("61", 3), ("21", 5), ("22", 6), ("23", 6)),
    "health": (("11", 1), ("31", 1), ("32", 3), ("33", 4), ("22", 6)),
    "services": (("11", 1), ("44", 1), ("13", 3), ("37", 1), ("21", 6)),
}
"""Region code and month in which the task force began to work there."""
TARGETS: dict[str, tuple[str, str, str]] = {
    "electronics": ("100", "24", "60"),
    "equipment": ("90", "20", "45"),
    "health": ("70", "15", "50"),
    "services": ("60", "12", "20"),
}
"""Newly in negotiation, newly signed, planned total in 亿元, of the year."""


@dataclass(slots=True)
class Cast:
    """Ids of what was made."""

    zone_id: UUID
    chief: Viewer
    industries: dict[str, UUID] = field(default_factory=dict)
    task_forces: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, list[UUID]] = field(default_factory=dict)
    departments: list[UUID] = field(default_factory=list)
    parks: dict[str, UUID] = field(default_factory=dict)


def make_cast(*, start: date, at: datetime) -> Cast:
    """The zone with everybody in it, as of the first day of the campaign."""
    zone, chief = found_zone(
        slug=SLUG, name="云湾高新技术产业开发区", name_en="Yunwan High-tech Zone", region_code="37", username="chief",
        display_name=LEADERS[0][0], password=PASSWORD, at=at, on=start, roles=(Role.BUREAU_CHIEF,),
    )  # fmt: skip
    Zone.objects.filter(pk=zone.pk).update(is_demo=True)
    viewer = Viewer(person_id=chief.pk, zone_id=zone.pk, roles=frozenset({Role.BUREAU_CHIEF.value}), on=start)
    cast = Cast(zone.pk, viewer)
    _units(cast, at)
    _offices(cast, at)
    leaders = [
        chief.pk,
        *(_person(cast, f"vice{n}", name, Role.AUDITOR, at, title) for n, (name, title) in enumerate(LEADERS[1:], 1)),
    ]
    _teams(cast, start, at, leaders)
    return cast


def _person(cast: Cast, username: str, name: str, role: Role, at: datetime, title: str = "") -> UUID:
    person, secret = invite(viewer=cast.chief, username=username, display_name=name, roles=[role], at=at, title=title)
    if username in dict(SIGN_INS):
        accept_invitation(secret=secret, password=PASSWORD, at=at)
    return person.pk


def _units(cast: Cast, at: datetime) -> None:
    for name in DEPARTMENTS:
        unit = teams.save_unit(viewer=cast.chief, unit_id=None, name=name, kind="department", parent_id=None, at=at)
        cast.departments.append(unit.pk)
    for code, name in zip(INDUSTRIES, PARKS, strict=True):
        unit = teams.save_unit(viewer=cast.chief, unit_id=None, name=name, kind="park", parent_id=None, at=at)
        cast.parks[code] = unit.pk


def _offices(cast: Cast, at: datetime) -> None:
    for username, name, role in (
        ("statistician", "简数", Role.STATISTICIAN), ("fund", "钱正清", Role.FUND_MANAGER), ("site", "祝园", Role.SITE_MANAGER),
        ("service", "安小满", Role.SERVICE_OFFICER), ("auditor", "严明", Role.AUDITOR), ("admin", "卫宁", Role.ADMINISTRATOR),
    ):  # fmt: skip
        _person(cast, username, name, role, at)


def _teams(cast: Cast, start: date, at: datetime, leaders: list[UUID]) -> None:
    people = Names(Random(0)).people()
    for place, code in enumerate(INDUSTRIES):
        name, name_en, team, team_en = TEAMS[code]
        industry = teams.save_industry(
            viewer=cast.chief, industry_id=None, code=code, name=name, name_en=name_en, at=at
        )
        force = teams.save_task_force(
            viewer=cast.chief,
            task_force_id=None,
            name=team,
            name_en=team_en,
            starts_on=start,
            at=at,
            industry_id=industry.pk,
        )
        cast.industries[code], cast.task_forces[code] = industry.pk, force.pk
        teams.set_leader(viewer=cast.chief, industry_id=industry.pk, person_id=leaders[place], starts_on=start, at=at)
        teams.add_sponsor(viewer=cast.chief, task_force_id=force.pk, person_id=leaders[place], starts_on=start, at=at)
        _members(cast, code, people[place * 7 : place * 7 + 7], start, at)
        for region, month in TERRITORIES[code]:
            teams.add_territory(
                viewer=cast.chief,
                task_force_id=force.pk,
                region_code=region,
                starts_on=start.replace(month=month),
                at=at,
            )
        values = zip(("newly_negotiating", "newly_signed", "planned_total_investment"), TARGETS[code], strict=True)
        for indicator, value in values:
            teams.set_target(
                viewer=cast.chief,
                task_force_id=force.pk,
                year=start.year,
                indicator=indicator,
                value=Decimal(value),
                at=at,
            )


def _members(cast: Cast, code: str, names: list[str], start: date, at: datetime) -> None:
    cast.members[code] = []
    for number, name in enumerate(names):
        username = {("electronics", 0): "leader", ("electronics", 2): "recruiter"}.get(
            (code, number), f"{code}{number}"
        )
        role = Role.TASK_FORCE_LEADER if number == 0 else Role.RECRUITER
        person = _person(cast, username, name, role, at)
        place = "leader" if number == 0 else "deputy" if number == 1 else "member"
        teams.add_member(
            viewer=cast.chief, task_force_id=cast.task_forces[code], person_id=person, role=place, starts_on=start, at=at,
            home_unit_id=cast.departments[number],
        )  # fmt: skip
        cast.members[code].append(person)
