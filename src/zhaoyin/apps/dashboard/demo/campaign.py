"""The plan of the campaign: which project does what on which day. Pure, and the same for the same day and seed.

January to May give 162 newly in negotiation and 29 newly signed by the quotas below, which follow the article; the amounts of
the 29 are drawn at random and brought to its 5.84 bn yuan. Nothing is written down as a figure: the counting engine finds them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from zhaoyin.apps.dashboard.demo.names import CITIES, Names

WAN = 10_000
NEGOTIATING = {
    "electronics": (8, 10, 20, 9, 7),
    "equipment": (7, 8, 7, 11, 12),
    "health": (5, 6, 5, 10, 9),
    "services": (4, 4, 4, 8, 8),
}
SIGNED = {
    "electronics": (1, 2, 3, 3, 2),
    "equipment": (1, 1, 1, 2, 3),
    "health": (1, 0, 1, 2, 2),
    "services": (0, 1, 1, 1, 1),
}
CARRIED = {("electronics", 1), ("equipment", 1), ("health", 1), ("electronics", 2), ("services", 2)}
"""Signed in January or February after talks of the year before: one in each of these (industry, month)."""
PLANNED_WAN = 584_000
LATER_NEGOTIATING, LATER_SIGNED = (7, 6, 5, 4), (2, 1, 1, 1)
"""A month after May, by industry in the order of NEGOTIATING."""
INDUSTRIES = tuple(NEGOTIATING)
REGIONS = {
    1: ["1101", "3101", "4403", "4403", "4419", "3702"],
    3: ["4403", "4419", "3205", "3201", "6101", "1301", "3101", "3701"],
    5: ["3205", "3201", "3202", "6101", "1301", "2101", "2102", "4403", "1101"],
    7: ["2101", "2102", "2201", "2301", "3205", "3301", "4403", "6101", "3101"],
}
"""From that month on: where the investors come from; the map of the campaign grows as in the article."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a project: when it happened, when it was written down. `corrects`: index of the one it corrects."""

    day: date
    recorded: date
    kind: str
    payload: dict[str, object]
    corrects: int | None = None


@dataclass(slots=True)
class Plan:
    """One project."""

    key: str
    industry: str
    company: str
    short: str
    name: str
    product: str
    origin: str
    opened: date
    negotiating: date | None
    member: int
    amount_wan: int | None
    currency: str = "CNY"
    kind: str = "new"
    channel: str = "outreach"
    referred_by: str = ""
    based_here_since: str = ""
    signed: date | None = None
    ended: bool = False
    jobs: int = 0
    imported: bool = False
    carried: bool = False
    events: list[Happening] = field(default_factory=list)

    def add(
        self, day: date, kind: str, recorded: date | None = None, corrects: int | None = None, **payload: object
    ) -> int:
        """Append; its index."""
        self.events.append(Happening(day, max(recorded or day, day), kind, payload, corrects))
        return len(self.events) - 1


@dataclass(frozen=True, slots=True)
class Meeting:
    """An engagement with a project."""

    project: str
    day: date
    form: str
    place: str
    member: int
    note: str = ""
    step: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A lead that nobody has followed to its end; `member` None: still in the pool."""

    day: date
    industry: str
    company: str
    title: str
    product: str
    origin: str
    channel: str
    amount_wan: int | None
    member: int | None


@dataclass(slots=True)
class Campaign:
    """The whole story."""

    year: int
    today: date
    projects: dict[str, Plan] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    merged: tuple[str, str] = ("", "")


def campaign_year(today: date) -> int:
    """The year of today, or the one before while today lies before June."""
    return today.year if today.month >= 6 else today.year - 1


class Planner:
    """Draws the plan, step by step, from one seeded source."""

    def __init__(self, today: date, seed: int = 20220614) -> None:
        self.random = Random(seed)
        self.names = Names(self.random)
        self.today = today
        self.campaign = Campaign(campaign_year(today), today)

    def plan(self) -> Campaign:
        """Everything."""
        self._year_before()
        for month in range(1, 6):
            self._negotiating(month, {name: counts[month - 1] for name, counts in NEGOTIATING.items()})
        self._signings()
        self._famous()
        self._amounts()
        self._leads()
        self._papers()
        self._mistakes()
        self._later_months()
        self._afterwards()
        self._counted()
        self._meetings()
        self._signs()
        return self.campaign

    def first_of(self, month: int) -> date:
        """First day of that month of the campaign; 13 is January of the following year."""
        return date(self.campaign.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

    def day(self, month: int, first: int, last: int) -> date:
        """A day of that month, `first` to `last`."""
        return self.first_of(month).replace(day=self.random.randint(first, last))

    def _new(self, industry: str, opened: date, negotiating: date | None, **changes: object) -> Plan:
        brand, city = self.names.brand(), self.random.choice(REGIONS[self._phase(opened)])
        trade, product = self.names.trade(industry), self.names.product(industry)
        values: dict[str, object] = {
            "key": f"p{len(self.campaign.projects):03d}", "industry": industry, "company": f"{CITIES[city][0]}{brand}{trade}有限公司",
            "short": brand + trade, "name": f"{brand}{trade}{product}项目", "product": product, "origin": city, "opened": opened,
            "negotiating": negotiating, "member": self.random.randrange(7), "jobs": self.random.choice([30, 50, 80, 120, 200, 300, 500]),
            "amount_wan": self.random.choice([None, *(n * 1000 for n in (3, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50))]),
            "channel": self.random.choice(["outreach"] * 5 + ["recommended", "investor_referral", "other"]),
        }  # fmt: skip
        project = Plan(**{**values, **changes})  # type: ignore[arg-type]
        self.campaign.projects[project.key] = project
        return project

    def _phase(self, day: date) -> int:
        """Which of REGIONS holds on the day."""
        if day.year != self.campaign.year:
            return 1 if day.year < self.campaign.year else max(REGIONS)
        return max(start for start in REGIONS if start <= day.month)

    def _lag(self, day: date) -> date:
        return min(day + timedelta(days=self.random.choice([0, 0, 0, 1, 1, 2])), self.today)

    def _negotiating(self, month: int, counts: dict[str, int]) -> None:
        last = 28 if self.first_of(month).replace(day=28) <= self.today else self.today.day
        for industry, count in counts.items():
            for _ in range(count):
                first, until = (3, 22) if (industry, month) == ("electronics", 3) else (2, max(last, 2))
                day = self.day(month, min(first, until), until)
                opened = max(day - timedelta(days=self.random.randint(0, 9)), date(self.campaign.year, 1, 2))
                self._new(industry, opened, day)

    def _year_before(self) -> None:
        year = self.campaign.year - 1
        for number in range(20):
            day = date(year, self.random.randint(9, 12), self.random.randint(1, 28))
            project = self._new(INDUSTRIES[number % 4], day - timedelta(days=6), day, imported=True)
            if number >= 14:
                self._sign(project, date(year, 12, self.random.randint(22, 30)))
        for industry, _month in sorted(CARRIED):
            day = date(year, 11, self.random.randint(1, 28))
            self._new(industry, day - timedelta(days=6), day, imported=True, carried=True, amount_wan=None)

    def _sign(self, project: Plan, day: date) -> None:
        project.signed = day
        recorded = self._lag(day)
        if project.imported and day.year < self.campaign.year:
            recorded = date(self.campaign.year, 1, 3)
        project.add(day, "contract_signed", recorded, contract_kind="formal")

    def _free(self, industry: str, before: date) -> list[Plan]:
        return [
            project
            for project in self.campaign.projects.values()
            if project.industry == industry and project.negotiating and project.negotiating <= before
            and not project.signed and not project.imported
        ]  # fmt: skip

    def _signings(self) -> None:
        for industry, counts in SIGNED.items():
            for month, count in enumerate(counts, start=1):
                for number in range(count):
                    day = self.day(month, 20 if month == 1 else 16, 28)
                    if number == 0 and (industry, month) in CARRIED:
                        carried = [p for p in self.campaign.projects.values() if p.carried and not p.signed]
                        self._sign(next(p for p in carried if p.industry == industry), day)
                    else:
                        self._sign(self.random.choice(self._free(industry, day - timedelta(days=12))), day)

    def _signed(self, industry: str = "") -> list[Plan]:
        """Signed January to May, by day."""
        found = [p for p in self.campaign.projects.values() if p.signed and p.signed.year == self.campaign.year]
        return sorted((p for p in found if not industry or p.industry == industry), key=lambda p: (p.signed, p.key))

    def _famous(self) -> None:
        """The article's stories: the digital park, the old firm and its follower, two chains, five with equity and loan."""
        park = self._signed("electronics")[1]
        park.short, park.company, park.origin = "云谷数智", "北京云谷数智科技有限公司", "1101"
        park.name, park.product, park.jobs = "云谷数字产业园项目", "人工智能训练基地、电商运营基地", 3000
        old = self._signed("health")[2]
        old.short, old.company, old.origin = "澜溪医械", "云湾澜溪医疗器械有限公司", "37"
        old.name, old.product = "澜溪医械自主知识产权医疗器械生产基地（增资扩产）", "医疗器械生产基地"
        old.kind, old.channel, old.based_here_since = (
            "reinvestment_expansion",
            "reinvestment_expansion",
            str(self.campaign.year - 11),
        )
        follower = next(
            p
            for p in self._free("health", date(self.campaign.year, 5, 10))
            if p.negotiating and p.negotiating.month == 5
        )
        follower.name, follower.product, follower.amount_wan = "珩舟医疗器械研发生产项目", "医疗器械研发生产", 100_000
        follower.short, follower.company, follower.origin = "珩舟医疗", "苏州珩舟医疗科技有限公司", "3205"
        follower.channel, follower.referred_by = "investor_referral", old.key
        follower.add(date(self.campaign.year, 5, 26), "stage_reached", stage="pre_signing")
        self._chain(self._signed("electronics")[0], "昱帆电子", 2)
        self._chain(self._signed("electronics")[3], "砺禾微电子", 2)
        for project in [p for p in self._signed() if p not in (park, old) and not p.referred_by][4:24:4]:
            project.channel = "capital_led"

    def _chain(self, anchor: Plan, short: str, followers: int) -> None:
        anchor.short, anchor.company, anchor.name = short, f"深圳{short}有限公司", f"{short}{anchor.product}项目"
        anchor.origin = "4403"
        day = anchor.signed or anchor.opened
        pulled = [
            p
            for p in self._free("electronics", date(self.campaign.year, 5, 28))
            if p.negotiating and p.negotiating > day
        ]
        for project in [p for p in pulled if not p.referred_by][:followers]:
            project.channel, project.referred_by = "chain_based", anchor.key

    def _amounts(self) -> None:
        """Planned totals of the 29: the two of a billion, the others at random, together 5.84 bn."""
        signed = self._signed()
        famous = [p for p in signed if p.kind == "reinvestment_expansion" or p.jobs == 3000]
        for project in famous:
            project.amount_wan = 100_000
        others = [p for p in signed if p not in famous]
        left = PLANNED_WAN - 100_000 * len(famous)
        weights = [self.random.choice([2, 3, 4, 5, 6, 8, 10, 14]) for _ in others]
        given = [left * weight // sum(weights) // 500 * 500 for weight in weights]
        given[0] += left - sum(given)
        for project, amount in zip(others, given, strict=True):
            project.amount_wan = amount

    def _leads(self) -> None:
        """Signs that have not become talks."""
        months = [month for month in range(1, 13) if date(self.campaign.year, month, 20) <= self.today]
        for number in range(26):
            opened = self.day(months[number % len(months)], 3, 20)
            self._new(INDUSTRIES[number % 4], opened, None, channel="recommended")

    def _papers(self) -> None:
        """Framework agreements, which are not contracts."""
        for industry in INDUSTRIES:
            for project in self._free(industry, date(self.campaign.year, 4, 20))[:3]:
                day = (project.negotiating or project.opened) + timedelta(days=self.random.randint(15, 30))
                project.add(day, "contract_signed", self._lag(day), contract_kind="framework")

    def _mistakes(self) -> None:
        """What was written down wrongly and corrected by the end of May, so that what was known when differs."""
        year = self.campaign.year
        typo = next(p for p in self._signed() if p.signed and p.signed.month == 3)
        right = typo.amount_wan or 0
        typo.amount_wan = right * 10
        amount = {"amount_kind": "planned_total_investment", "amount": money_wan(right)}
        typo.add(typo.opened, "amount_stated", date(year, 4, 20), -1, **amount)
        late = next(p for p in self._signed() if p.signed and p.signed.month == 4)
        place = next(n for n, event in enumerate(late.events) if event.kind == "contract_signed")
        wrong = late.events[place]
        late.events[place] = Happening(date(year, 3, 30), wrong.recorded, "contract_signed", wrong.payload)
        late.add(wrong.day, "contract_signed", date(year, 5, 6), place, contract_kind="formal")
        free = [p for p in self._free("equipment", date(year, 4, 1)) if not p.events]
        paper = free[0].add(date(year, 4, 26), "contract_signed", date(year, 4, 27), contract_kind="formal")
        free[0].add(date(year, 4, 26), "retracted", date(year, 5, 12), paper)
        free[0].add(date(year, 4, 26), "contract_signed", date(year, 5, 12), contract_kind="framework")
        twin = next(p for p in self._free("electronics", date(year, 2, 20)) if not p.events)
        double = self._new("electronics", twin.opened, twin.negotiating)
        double.company, double.short, double.origin = twin.company, twin.short, twin.origin
        double.name, double.product = f"{twin.short}{twin.product}基地", twin.product
        double.amount_wan, double.member, double.ended = twin.amount_wan, twin.member, True
        self.campaign.merged = (double.key, twin.key)

    def _later_months(self) -> None:
        for month in range(6, 24):
            first = self.first_of(month)
            if first >= self.today:
                break
            now = (first.year, first.month) == (self.today.year, self.today.month)
            part = min(1.0, self.today.day / 28) if now else 1.0
            counts = {name: round(n * part) for name, n in zip(INDUSTRIES, LATER_NEGOTIATING, strict=True)}
            self._negotiating(month, counts)
            for industry, count in zip(INDUSTRIES, LATER_SIGNED, strict=True):
                for _ in range(count):
                    day = self.day(month, 8, 27)
                    free = [p for p in self._free(industry, day - timedelta(days=20)) if not p.ended]
                    if day <= self.today and free:
                        self._sign(self.random.choice(free), day)
                        if free:
                            self._known(free)

    def _known(self, projects: list[Plan]) -> None:
        for project in projects:
            if project.signed and project.amount_wan is None:
                project.amount_wan = self.random.choice([3000, 6000, 12000, 20000])

    def _afterwards(self) -> None:
        """What follows: registration to production for the signed, an end for some of the others, signs of life."""
        moving: list[Plan] = []
        for project in self.campaign.projects.values():
            if project.ended or project.negotiating is None:
                continue
            if project.signed:
                self._build(project, project.signed)
            elif not project.referred_by and self.random.random() < 0.5:
                self._lose(project)
            if not project.ended:
                moving.append(project)
        stuck = set(self.random.sample(range(len(moving)), 16))
        for number, project in enumerate(moving):
            last = max([project.negotiating or project.opened, *(event.day for event in project.events)])
            if number not in stuck and (self.today - last).days > 20:
                day = self.today - timedelta(days=self.random.randint(1, 24))
                project.add(day, "described", jobs=project.jobs + 10)

    def _counted(self) -> None:
        """What other rule packs look at: starts recognised, money arrived with and without vouchers, traits, an increment.

        Drawn from a source of its own and never later than what the project shows anyway, so that the story stays as it is.
        """
        random = Random(29)
        signed = self._signed()
        for number, project in enumerate(signed):
            start = next((e.day for e in project.events if e.payload.get("stage") == "construction_started"), None)
            last = max(event.day for event in project.events)
            if start is None or start + timedelta(days=2) > last:
                continue
            if number % 4 != 3:
                day = min(start + timedelta(days=random.randint(6, 15)), last)
                project.add(day, "recognised", matter="signed")
                project.add(day, "recognised", matter="started")
            arrived = money_wan((project.amount_wan or 1000) * random.choice([10, 20, 30]) // 100)
            vouchers = 0 if number % 5 == 4 else random.randint(1, 3)
            day = min(start + timedelta(days=random.randint(1, 20)), last)
            project.add(day, "funds_arrived", amount=arrived, amount_kind="funds_in_place", vouchers=vouchers)
        for project, trait in zip(signed[3::9], ("local_relocation", "real_estate", "small_services"), strict=False):
            project.add(project.signed or project.opened, "classified", traits=[trait])
        old = next(project for project in signed if project.kind == "reinvestment_expansion")
        day = old.signed or old.opened
        old.add(day, "amount_stated", amount_kind="increment_investment", amount=money_wan(60_000))

    def _build(self, project: Plan, signed: date) -> None:
        day = signed
        steps = [("registered", 8, 20), ("filed", 10, 25), ("construction_started", 25, 60), ("completed", 70, 130)]
        for stage, least, most in [*steps, ("in_production", 20, 50)]:
            day = day + timedelta(days=self.random.randint(least, most))
            if day > self.today:
                return
            recorded = date(self.campaign.year, 1, 3) if day.year < self.campaign.year else self._lag(day)
            project.add(day, "stage_reached", recorded, stage=stage)

    def _lose(self, project: Plan) -> None:
        last = max([project.negotiating or project.opened, *(event.recorded for event in project.events)])
        day = max(last, date(self.campaign.year, 1, 10)) + timedelta(days=self.random.randint(45, 120))
        if day <= self.today:
            project.ended = True
            project.add(day, "ended", outcome=self.random.choice(["lost", "lost", "withdrawn"]))

    def _meetings(self) -> None:
        self.campaign.meetings.extend(self._journey())
        for project in self.campaign.projects.values():
            if project.negotiating is None or project.imported:
                continue
            form = self.random.choice(["visit", "visit", "hosted_visit", "online", "call"])
            place = project.origin if form == "visit" else ""
            self.campaign.meetings.append(Meeting(project.key, project.negotiating, form, place, project.member))
        alive = [p for p in self.campaign.projects.values() if p.negotiating and not p.ended and not p.signed]
        for project in self.random.sample(alive, min(24, len(alive))):
            held = max(project.negotiating or project.opened, self.today - timedelta(days=self.random.randint(2, 12)))
            step = self.random.choice(
                ["带样品回访", "送用地方案", "约负责人来区考察", "补报投资测算", "对接上下游企业"]
            )
            due = self.today + timedelta(days=self.random.randint(-2, 9))
            note = "对方关注用地、用工和配套，约定下次见面的内容。"
            self.campaign.meetings.append(
                Meeting(project.key, held, "call", "", project.member, note, step, max(due, held))
            )
        for project in self.random.sample(alive, min(8, len(alive))):
            day = self.today + timedelta(days=self.random.randint(1, 8))
            self.campaign.meetings.append(Meeting(project.key, day, "visit", project.origin, project.member))

    def _signs(self) -> None:
        """Leads of the last ten days: some in the pool, most with somebody."""
        for number in range(14):
            industry = INDUSTRIES[number % 4]
            day = self.today - timedelta(days=self.random.randint(0, 9))
            city = self.random.choice(REGIONS[self._phase(day)])
            short = self.names.brand() + self.names.trade(industry)
            product = self.names.product(industry)
            self.campaign.signs.append(
                Sign(
                    day=day,
                    industry=industry,
                    company=f"{CITIES[city][0]}{short}有限公司",
                    title=f"{short}拟建{product}",
                    product=product,
                    origin=city,
                    channel=self.random.choice(["outreach", "recommended", "investor_referral"]),
                    amount_wan=self.random.choice([None, 5000, 10000, 20000, 30000]),
                    member=None if number % 5 == 0 else self.random.randrange(7),
                )
            )

    def _journey(self) -> Iterator[Meeting]:
        """One pair of colleagues meets 37 projects in 20 days, 3 to 22 March, in Shenzhen three times, Jinan and Qingdao between."""
        year = self.campaign.year
        met = [
            p for p in self.campaign.projects.values()
            if p.industry == "electronics" and p.negotiating and not p.imported and p.key != self.campaign.merged[0]
            and date(year, 1, 1) <= p.negotiating <= date(year, 3, 22)
        ][:37]  # fmt: skip
        route = (
            ["4403"] * 5
            + ["3701"] * 2
            + ["4403", "4403", "4419", "4403", "4403"]
            + ["3702"] * 2
            + ["4403"] * 4
            + ["4419"] * 2
        )
        for number, project in enumerate(sorted(met, key=lambda p: (p.negotiating, p.key))):
            day = date(year, 3, 3 + min(number * 20 // 37, 19))
            day = max(day, project.opened)
            note = "上门对接：了解产品、产能和选址要求，介绍园区上下游企业。"
            yield Meeting(project.key, day, "visit", route[day.day - 3], 0 if number % 2 else 1, note)


def money_wan(value: int) -> dict[str, object]:
    """Payload of an amount that was written in 万元."""
    return {"value": str(value * WAN), "currency": "CNY", "qualifier": "=", "unit": "1e4"}


def plan_campaign(today: date) -> Campaign:
    """The campaign as it stands on `today`."""
    return Planner(today).plan()
