"""Writes the plan into the ledger, day by day, as the people of the zone would have."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from uuid import UUID

from django.db import transaction

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.accounts.models import Role
from zhaoyin.apps.companies.actions import CompanyDraft, company_events
from zhaoyin.apps.dashboard.demo.campaign import Campaign, Happening, Meeting, Plan, Sign, plan_campaign
from zhaoyin.apps.dashboard.demo.cast import SLUG, Cast, make_cast
from zhaoyin.apps.dashboard.demo.journey import write_journey
from zhaoyin.apps.engagements.actions import EngagementDraft, engagement_events
from zhaoyin.apps.inbox.actions import derive
from zhaoyin.apps.intake.actions import receive_text
from zhaoyin.apps.leads.actions import LeadDraft, open_lead
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.ledger.actions import NewEvent, append, keep_text
from zhaoyin.apps.ledger.queries import head_seq
from zhaoyin.apps.projects.actions import ProjectDraft, project_events
from zhaoyin.apps.zones.ids import new_id
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.evidence import statement_by
from zhaoyin.domain.money import Currency, Money, Unit
from zhaoyin.domain.period import PartialDate

_SUBJECTS = ("company", "project", "recognition", "engagement")
"""Upstream first: a project's row refers to the row of its company."""
STATED = -1
"""Index of a project's first amount, as corrections name it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one project, meeting or lead adds on one day. `index` None: the opening."""

    day: date
    industry: str
    order: int
    plan: Plan | None
    index: int | None = None
    happening: Happening | None = None
    meeting: Meeting | None = None
    sign: Sign | None = None


@dataclass(slots=True)
class Writer:
    """Holds the ids of what was written, for the events that name them."""

    cast: Cast
    campaign: Campaign
    projects: dict[str, UUID] = field(default_factory=dict)
    companies: dict[str, UUID] = field(default_factory=dict)
    known_companies: dict[str, UUID] = field(default_factory=dict)
    written: dict[tuple[str, int], UUID] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(7))

    def jobs(self) -> Iterator[Job]:
        """Everything that is to be written, in the order of the plan."""
        order = 0
        for key, plan in self.campaign.projects.items():
            self.projects[key] = new_id()
            opened = date(self.campaign.year, 1, 3) if plan.imported else plan.opened
            recorded = opened
            yield Job(recorded, plan.industry, order, plan)
            happenings = list(enumerate(plan.events))
            if plan.negotiating is not None:
                talks = Happening(plan.negotiating, plan.negotiating, "stage_reached", {"stage": "negotiating"})
                happenings.insert(0, (-2, talks))
            for index, happening in happenings:
                order += 1
                recorded = max(opened, happening.recorded)
                yield Job(recorded, plan.industry, order, plan, index, happening)
            order += 1
        for meeting in self.campaign.meetings:
            plan, order = self.campaign.projects[meeting.project], order + 1
            day = max(min(meeting.day, self.campaign.today), date(self.campaign.year, 1, 3), plan.opened)
            yield Job(day, plan.industry, order, plan, meeting=meeting)
        for sign in self.campaign.signs:
            order += 1
            yield Job(sign.day, sign.industry, order, None, sign=sign)
        yield from self._merge(order + 1)

    def _merge(self, order: int) -> Iterator[Job]:
        double, twin = self.campaign.merged
        day = date(self.campaign.year, 3, 25)
        merged = Happening(day, day, "merged_into", {"project": twin})
        yield Job(day, self.campaign.projects[double].industry, order, self.campaign.projects[double], 999, merged)

    def write(self) -> None:
        """All jobs, a batch for each day and task force."""
        jobs = sorted(self.jobs(), key=lambda job: (job.day, job.industry, job.order))
        for (day, industry), batch in groupby(jobs, key=lambda job: (job.day, job.industry)):
            self._batch(day, industry, list(batch))

    def _batch(self, day: date, industry: str, batch: list[Job]) -> None:
        moment = (
            time(0, 5)
            if day >= self.campaign.today
            else time(9 + self.random.randint(0, 8), self.random.randint(0, 59))
        )
        actor = self.cast.members[industry][self.random.randrange(7)]
        with clock.at(datetime.combine(day, moment, clock.SHANGHAI)):
            made = [one for job in batch for one in self._events(job, actor)]
            made.sort(key=lambda one: _SUBJECTS.index(one[0].subject_kind))
            rows = append(zone_id=self.cast.zone_id, actor_id=actor, events=[event for event, _name in made])
            for job in batch:
                if job.sign is not None:
                    self._lead(job.sign)
        for row, (_event, name) in zip(rows, made, strict=True):
            if name is not None:
                self.written[name] = row.pk

    def _events(self, job: Job, actor: UUID) -> Iterator[tuple[NewEvent, tuple[str, int] | None]]:
        if job.plan is None:
            return
        if job.meeting is not None:
            for event in self._meeting(job.plan, job.meeting):
                yield event, None
        elif job.happening is not None and job.happening.kind == "recognised":
            for event in self._recognition(job.plan, job.happening):
                yield event, None
        elif job.happening is not None:
            yield self._happening(job.plan, job.happening, actor), (job.plan.key, job.index or 0)
        else:
            for event in self._opening(job.plan, actor):
                first_amount = event.kind == "amount_stated"
                yield event, (job.plan.key, STATED) if first_amount else None

    def _opening(self, plan: Plan, actor: UUID) -> Iterator[NewEvent]:
        said = (statement_by(actor),)
        company = self.known_companies.get(plan.company)
        if company is None:
            company = self.known_companies[plan.company] = new_id()
            draft = CompanyDraft(
                name=plan.company, short_name=plan.short, origin=plan.origin, industry_id=self.cast.industries[plan.industry],
                based_here_since=plan.based_here_since,
            )  # fmt: skip
            yield from company_events(
                zone_id=self.cast.zone_id,
                company_id=company,
                draft=draft,
                occurred=PartialDate(plan.opened),
                evidence=said,
            )
        self.companies[plan.key] = company
        yield from project_events(
            zone_id=self.cast.zone_id,
            project_id=self.projects[plan.key],
            draft=self._draft(plan),
            investors=[company],
            said=said,
            key=None,
        )

    def _draft(self, plan: Plan) -> ProjectDraft:
        return ProjectDraft(
            name=plan.name, product=plan.product, planned_total=money_of(plan.amount_wan, plan.currency), industry_id=self.cast.industries[plan.industry],
            task_force_id=self.cast.task_forces[plan.industry], attracting_unit_id=self.cast.departments[0],
            landing_place_id=self.cast.parks[plan.industry] if plan.signed else None,
            lead_person_id=self.cast.members[plan.industry][plan.member], origin=plan.origin, kind=plan.kind, channel=plan.channel,
            referred_by=self.companies.get(plan.referred_by), jobs=plan.jobs, opened_on=PartialDate(plan.opened),
        )  # fmt: skip

    def _happening(self, plan: Plan, happening: Happening, actor: UUID) -> NewEvent:
        payload = dict(happening.payload)
        if happening.kind == "merged_into":
            payload["project"] = str(self.projects[str(payload["project"])])
        if happening.kind in {"contract_signed", "ended"}:
            words = "合同扫描件已存档。" if happening.kind == "contract_signed" else "对方来电说明，暂不考虑。"
            payload["note"] = keep_text(zone_id=self.cast.zone_id, body=words)
        supersedes = None if happening.corrects is None else self.written[plan.key, happening.corrects]
        return NewEvent(
            subject_kind="project", subject_id=self.projects[plan.key], kind=happening.kind, occurred=PartialDate(happening.day),
            payload=payload, evidence=(statement_by(actor),), supersedes=supersedes,
        )  # fmt: skip

    def _recognition(self, plan: Plan, happening: Happening) -> Iterator[NewEvent]:
        """Asked for by the project's own person, seen by a colleague, decided by the chief, on one day."""
        matter = str(happening.payload["matter"])
        members = self.cast.members[plan.industry]
        people = (members[plan.member], members[(plan.member + 1) % 7], self.cast.chief.person_id)
        subject = new_id()
        for kind, person in zip(("requested", "endorsed", "approved"), people, strict=True):
            payload: dict[str, object] = {"project": str(self.projects[plan.key]), "matter": matter, "by": str(person)}
            if kind == "requested":
                payload["claimed_on"] = happening.day.isoformat()
            yield NewEvent(
                subject_kind="recognition", subject_id=subject, kind=kind, occurred=PartialDate(happening.day), payload=payload,
                evidence=(statement_by(person),),
            )  # fmt: skip

    def _lead(self, sign: Sign) -> None:
        assigned = sign.member is not None
        draft = LeadDraft(
            title=sign.title, investor=sign.company, product=sign.product, origin=sign.origin, channel=sign.channel,
            planned_total=money_of(sign.amount_wan), opened_on=PartialDate(sign.day),
            person_id=self.cast.members[sign.industry][sign.member or 0] if assigned else None,
            task_force_id=self.cast.task_forces[sign.industry] if assigned else None,
        )  # fmt: skip
        open_lead(viewer=self.cast.chief, draft=draft)

    def _meeting(self, plan: Plan, meeting: Meeting) -> list[NewEvent]:
        draft = EngagementDraft(
            form=meeting.form, occurred=PartialDate(meeting.day), project_id=self.projects[plan.key], company_id=self.companies[plan.key],
            place=meeting.place, note=meeting.note, next_step=meeting.step, next_due_on=PartialDate(meeting.due) if meeting.due else None,
        )  # fmt: skip
        return engagement_events(
            zone_id=self.cast.zone_id, engagement_id=new_id(), person_id=self.cast.members[plan.industry][meeting.member], draft=draft,
            held=meeting.day <= self.campaign.today, key=None,
        )  # fmt: skip


def money_of(amount_wan: int | None, currency: str = "CNY") -> Money | None:
    """An amount written in 万; None stays unknown."""
    return None if amount_wan is None else Money(Decimal(amount_wan) * 10_000, Currency(currency), unit=Unit.WAN)


NOTE = (
    "昨晚在深圳和岚陌光电的负责人吃饭,他们想在华东建车载显示模组生产基地,计划投资3亿元左右,用地60亩,下个月来看地。\n"
    "同桌的苏州泓杉精密也在找厂房,投资额没有说。"
)
"""A message as it is typed on a phone; the read one waits for review."""


def _leave_a_note(cast: Cast, today: date) -> None:
    writer = Viewer(
        person_id=cast.members["electronics"][2],
        zone_id=cast.zone_id,
        roles=frozenset({Role.RECRUITER.value}),
        on=today,
    )
    with clock.at(datetime.combine(today, time(0, 6), clock.SHANGHAI)):
        receive_text(viewer=writer, text=NOTE, kind="note", published_on=today)


def load_demo(*, today: date) -> int:
    """Make the demo zone as it stands on `today`; number of events, 0 when it is there already. All or nothing."""
    if zone_by_slug(SLUG) is not None:
        return 0
    campaign = plan_campaign(today)
    start = date(campaign.year, 1, 2)
    at = datetime.combine(start - timedelta(days=1), time(9), clock.SHANGHAI)
    with transaction.atomic():
        cast = make_cast(start=start.replace(day=1), at=at)
        Writer(cast, campaign).write()
        _leave_a_note(cast, today)
        write_journey(cast, today)
        derive(zone_id=cast.zone_id, today=today)
    return head_seq(zone_id=cast.zone_id)
