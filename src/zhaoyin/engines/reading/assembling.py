"""From private findings on canonical text to results on the given text."""

import re
from bisect import bisect_left
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.project.stages import ContractKind, Outcome, ProjectKind, Stage
from zhaoyin.domain.value import value
from zhaoyin.engines.reading.amount_model import base_amounts, settled_roles
from zhaoyin.engines.reading.amounts import AmountRole, amount_roles
from zhaoyin.engines.reading.boilerplate import blank_out, boilerplate_spans
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.clause_stages import ClauseStages
from zhaoyin.engines.reading.confidence import base_confidence
from zhaoyin.engines.reading.facts import Facts, read_facts
from zhaoyin.engines.reading.frames import FrameReader
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.investor_model import Investors, base_investors
from zhaoyin.engines.reading.line_model import judged_lines
from zhaoyin.engines.reading.links import Link
from zhaoyin.engines.reading.masking import LETTERS, Masked, marks_of
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.record_model import Surroundings, base_records, decided, signs_of, words_of
from zhaoyin.engines.reading.records import Record, final_step
from zhaoyin.engines.reading.relation_model import base_relations, likely_links, told_once
from zhaoyin.engines.reading.relations import LinkReader
from zhaoyin.engines.reading.result import (
    AmountFound,
    Confidence,
    DateFound,
    NameFound,
    NumberFound,
    ProjectDraft,
    Reading,
    RelationFound,
    Span,
    StatisticFound,
)
from zhaoyin.engines.reading.sentences import Clauses, InOrder, inside, split_sentences
from zhaoyin.engines.reading.stage_model import base_model
from zhaoyin.engines.reading.stages import Cue, Step
from zhaoyin.engines.reading.statistics import AreaFigure, read_statistics
from zhaoyin.engines.reading.tables import one_line_cards, one_line_tables, parted_tables, upright_tables
from zhaoyin.engines.reading.unwrapping import unwrapped

_STAGES: dict[Step, Stage] = {
    Step.INTENT: Stage.LEAD,
    Step.NEGOTIATING: Stage.NEGOTIATING,
    Step.SIGNED: Stage.SIGNED,
    Step.SITED: Stage.PRE_SIGNING,
    Step.LANDED: Stage.REGISTERED,
    Step.CONSTRUCTION: Stage.CONSTRUCTION_STARTED,
    Step.PRODUCTION: Stage.IN_PRODUCTION,
    Step.TERMINATED: Stage.LEAD,
}
_HEAD_DATE = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_HEAD_LENGTH = 400
_THEME = re.compile(r"(?:集中|举行|举办)[^,。\n]{0,14}(签约|开工|竣工|投产)")
_PAPERS = {
    "框架": ContractKind.FRAMEWORK,
    "战略": ContractKind.FRAMEWORK,
    "意向": ContractKind.INTENT,
    "备忘": ContractKind.INTENT,
}


_MONEY_HOUSE = re.compile(
    r"(?:银行|农商行|农信|信用社|证券|担保|租赁|保险|信托|分行|支行|设计院|研究院|大学|学院|事务所|资本|创投|国投|投资|基金|资管|城投|建投|国控)$"
)


@value
class Decision:
    """A record that is a project: what its cues `said`, the stage that holds, and how sure the model is of it."""

    record: Record
    said: Step | None
    step: Step
    sure: float


def _told_once(decisions: list[Decision]) -> list[Decision]:
    """Without what only repeats the stage of the same firm's priced project."""
    priced = {(cluster.number, one.step) for one in decisions if one.record.amount for cluster in one.record.clusters}
    return [
        one
        for one in decisions
        if one.record.amount is not None
        or len(one.record.clusters) != 1
        or one.record.name is not None
        or (one.record.clusters[0].number, one.step) not in priced
    ]


class Assembler:
    """Turns private findings on canonical text into results on the given text."""

    def __init__(
        self,
        original: str,
        facts: Facts,
        published_on: date | None,
        boilerplate: tuple[tuple[int, int], ...],
        places: list[int] | None,
        limits: ReadingParams,
    ) -> None:
        self.original, self.facts, self.published_on, self.boilerplate = original, facts, published_on, boilerplate
        self.places = places
        self.clauses = Clauses(facts.text)
        self.masked = Masked(facts.text, marks_of(facts, LETTERS))
        self.rule_roles = amount_roles(facts, self.clauses, published_on.year if published_on else None)
        self.roles, self._totals = settled_roles(facts, self.masked, self.rule_roles, limits.amounts or base_amounts())
        self.sentences = split_sentences(facts.text)
        learned = limits.installation.stages if limits.installation is not None else None
        self.stages = ClauseStages(facts, self.clauses, published_on, limits.stages or learned or base_model())
        self.sure = limits.confidence or base_confidence()
        self.records = limits.records or base_records()
        self._investors = Investors(facts, self.masked, limits.investors or base_investors())
        self._limits = limits
        self._surfaces_by_cluster: dict[int, tuple[str, ...]] = {}
        self._amount_at: dict[int, AmountFound] = {}
        self._bare = {atom.start for atom, role in zip(facts.money, self.roles, strict=True) if role is AmountRole.BARE}
        self.dates = tuple(DateFound(self._span(atom.start, atom.end), atom.first, atom.last) for atom in facts.dates)
        self._date_at = {atom.start: found for atom, found in zip(facts.dates, self.dates, strict=True)}
        self._is_canonical = original == facts.text
        self._first_zone = next((one for one in facts.board.mentions if one.kind is Kind.ZONE), None)

    def assemble(self) -> Reading:
        """The whole result."""
        facts = self.facts
        frames = self.frames()
        decisions = self.decisions(frames.read(self.sentences))
        records = [one.record for one in decisions]
        totals = {record.amount.start for record in records if record.amount is not None}
        for atom, role in zip(facts.money, self.roles, strict=True):
            plain = (
                (AmountRole.INVEST if atom.start in totals else AmountRole.OTHER) if role is AmountRole.BARE else role
            )
            self._amount_at[atom.start] = AmountFound(self._span(atom.start, atom.end), atom.money, plain)
        projects = tuple([self._draft(one) for one in decisions])
        settled = settled_names(decisions)
        links = self.links(frames, settled)
        figures = read_statistics(facts, self.rule_roles, self.sentences, self.stages.model)
        figures = [one for one in figures if not _counts_the_listed(one, records)]
        return Reading(
            text=self.original,
            published_on=self.published_on,
            boilerplate=self.boilerplate,
            names=tuple([self._name(mention) for mention in facts.board.mentions]),
            amounts=tuple(self._amount_at.values()),
            dates=self.dates,
            jobs=tuple(self._number(job.start, job.end, job.value) for job in facts.jobs),
            counts=tuple(self._number(count.start, count.end, count.value) for count in facts.counts),
            areas=tuple(self._number(area.start, area.end, area.square_metres) for area in facts.areas),
            projects=projects,
            relations=tuple(self._relation(link) for link in links),
            statistics=tuple(self._statistic(figure) for figure in figures),
        )

    def links(self, frames: FrameReader, settled: frozenset[str]) -> list[Link]:
        """Relations of the text; `settled` as `LinkReader` takes it."""
        reader = LinkReader(self.facts, self.sentences, frames.subsidiaries, settled)
        found = reader.read()
        if len(reader.namers.organisations) < 2:
            return found
        model = self._limits.relations or base_relations()
        return told_once(found, list(likely_links(self.facts, self.sentences, found, reader.namers, model)))

    def frames(self) -> FrameReader:
        """The reader of the records, with the cues of the clauses."""
        cues = self.stages.read(self.sentences)
        year = self.published_on.year if self.published_on else None
        return FrameReader(self.facts, self.roles, cues, self.clauses, year)

    def decisions(self, records: list[Record]) -> list[Decision]:
        """The records that are projects, with their stages."""
        judged = InOrder(self.stages.kept)
        found: list[Decision] = []
        for record, around in zip(records, self.surroundings(records), strict=True):
            signs = signs_of(record, judged, around)
            step, sure = decided(self.records.chances(signs, words_of(record, judged)), signs, around)
            if step is not None:
                found.append(Decision(record, around.said, step, sure))
        return _told_once(found)

    def surroundings(self, records: list[Record]) -> list[Surroundings]:
        """What the record model looks at beside each record."""
        theme = self._theme()
        accepted = sum(record.accepted for record in records)
        roles = dict(zip([atom.start for atom in self.facts.money], self.roles, strict=True))
        found: list[Surroundings] = []
        for number, record in enumerate(records):
            said = final_step(record)
            times: dict[str, int] = {}
            for start, end in record.spans:
                for atom in inside(self.facts.money, start, end):
                    role = roles[atom.start].value
                    times[role] = times.get(role, 0) + 1
            others = (accepted - record.accepted) / max(1, len(records) - 1)
            found.append(
                Surroundings(
                    accepted=record.accepted,
                    said=said,
                    step=_by_rules(record, said, theme),
                    theme=theme,
                    bare=record.amount is not None and record.amount.start in self._bare,
                    total=self._totals.get(record.amount.start, 1.0) if record.amount is not None else 0.0,
                    guessed=self._is_guessed(record),
                    bank=bool(record.clusters) and _MONEY_HOUSE.search(record.clusters[0].mentions[0].text) is not None,
                    investor=self._investors.likeness(record.clusters),
                    roles=times,
                    clusters=len(self.facts.clusters),
                    records=accepted,
                    others_accepted=others,
                    number=number,
                    called=self._is_called_a_project(record),
                )
            )
        return found

    def _is_called_a_project(self, record: Record) -> bool:
        """引来上下游某某、某某等多个项目, 在谈项目某某: the firm's name stands for its project."""
        text = self.facts.text
        for one in record.clusters[0].mentions if record.clusters else ():
            if _CALLED_BEFORE.search(text, max(0, one.start - 8), one.start):
                return True
            if _CALLED_BEHIND.match(text, one.end) and _BROUGHT.search(text, max(0, one.start - 40), one.start):
                return True
        return False

    def _is_guessed(self, record: Record) -> bool:
        """Whether only the tagger sees its names."""
        known_by_tagger = self.facts.board.guessed
        return (
            bool(known_by_tagger)
            and bool(record.clusters)
            and all((one.start, one.end) in known_by_tagger for cluster in record.clusters for one in cluster.mentions)
        )

    def _span(self, start: int, end: int) -> Span:
        if self.places is not None:
            start, end = self.places[start], self.places[end - 1] + 1
        return Span(start, end, self.original[start:end])

    def _words(self, start: int, end: int) -> str:
        """What the text says there, without the breaks that a machine put in."""
        if self.places is None:
            return self.original[start:end]
        return "".join(self.original[place] for place in self.places[start:end])

    def _number(self, start: int, end: int, value: object) -> NumberFound:
        return NumberFound(self._span(start, end), value if isinstance(value, Decimal) else Decimal(str(value)))

    def _name(self, mention: Mention) -> NameFound:
        cluster = self.facts.home.get((mention.start, mention.end))
        thing = f"c{cluster.number}" if cluster is not None else f"{mention.kind}:{mention.text}"
        return NameFound(self._span(mention.start, mention.end), mention.kind, thing)

    def _surfaces(self, record: Record) -> tuple[str, ...]:
        if len(record.clusters) == 1:
            return self._surfaces_of(record.clusters[0])
        return tuple(dict.fromkeys([name for cluster in record.clusters for name in self._surfaces_of(cluster)]))

    def _surfaces_of(self, cluster: Cluster) -> tuple[str, ...]:
        """The longest first, each once."""
        if cluster.number not in self._surfaces_by_cluster:
            names = [self._words(one.start, one.end) for one in sorted(cluster.mentions, key=_width)]
            self._surfaces_by_cluster[cluster.number] = tuple(dict.fromkeys(names))
        return self._surfaces_by_cluster[cluster.number]

    def _where(self, record: Record) -> Mention | None:
        """The leading company's first mention in the record's own words, else its first."""
        if not record.clusters:
            return None
        mentions = record.clusters[0].mentions
        first = [bisect_left(mentions, start, key=_START) for start, _ in record.spans]
        near = [
            at
            for at, (_, end) in zip(first, record.spans, strict=True)
            if at < len(mentions) and mentions[at].start < end
        ]
        return mentions[min(near, default=0)]

    def _theme(self) -> Step | None:
        """What the head of the document says of all its projects (集中签约, 集中开工)."""
        head = self.facts.text.strip()[:160]
        match = _THEME.search(head)
        if match is None:
            return None
        return {"签约": Step.SIGNED, "开工": Step.CONSTRUCTION}.get(match[1], Step.PRODUCTION)

    def _draft(self, decision: Decision) -> ProjectDraft:
        """The draft of a record whose stage is decided."""
        record, step = decision.record, decision.step
        cue = self._deciding(record, step)
        amount = self._amount_at.get(record.amount.start) if record.amount else None
        signs = self._signs(record, cue, decision.sure)
        chances = self.sure.chances(signs)
        where = self._where(record)
        return ProjectDraft(
            companies=self._surfaces(record),
            company=self._span(where.start, where.end) if where else None,
            name=self._span(record.name.start, record.name.end) if record.name else None,
            amount=amount,
            stage=Stage.REGISTERED if step is Step.SITED and cue is not None and cue.land else _STAGES[step],
            contract_kind=self._paper(cue) if step in {Step.INTENT, Step.SIGNED} else None,
            outcome=Outcome.TERMINATED if step is Step.TERMINATED else None,
            stage_span=self._span(*(cue.told_at or (cue.start, cue.end))) if cue else None,
            kind=ProjectKind.REINVESTMENT if record.reinvest and not record.history else ProjectKind.NEW,
            jobs=self._number(record.jobs.start, record.jobs.end, record.jobs.value) if record.jobs else None,
            dated=self._dated(record, cue),
            place=self._place(record),
            confidence=round(chances[-1], 2),
            fields=Confidence(round(chances[0], 2), round(chances[1], 2), round(chances[2], 2)),
            step=step,
            signs=signs,
        )

    def _deciding(self, record: Record, step: Step) -> Cue | None:
        fitting = [cue for cue in record.cues if cue.step is step]
        strong = [cue for cue in fitting if not cue.weak]
        return (strong or fitting or [None])[-1]  # type: ignore[list-item]

    def _paper(self, cue: Cue | None) -> ContractKind | None:
        if cue is None:
            return None
        around = self.facts.text[
            max(self.clauses.start(cue.start), cue.start - 6) : min(self.clauses.end(cue.start), cue.end + 10)
        ]
        if "\t" in around:
            around = self.facts.text[cue.start : cue.end]
        paper = next((kind for word, kind in _PAPERS.items() if word in around), None)
        return paper or (ContractKind.FORMAL if cue.step is Step.SIGNED else None)

    def _dated(self, record: Record, cue: Cue | None) -> DateFound | None:
        if cue is None:
            return None
        near = [atom for atom in record.dates if atom.end <= cue.start + 2 and cue.start - atom.end < 40]
        return self._date_at.get(near[-1].start) if near else None

    def _place(self, record: Record) -> Span | None:
        mention = record.place
        if mention is None:
            mention = self._first_zone
        return self._span(mention.start, mention.end) if mention else None

    def _signs(self, record: Record, cue: Cue | None, sure: float) -> tuple[float, ...]:
        """What `confidence.SIGNS` looks at."""
        said = sum([len(cluster.mentions) for cluster in record.clusters])
        strong = [one for one in record.cues if not one.weak]
        totals = 0
        for start, end in record.spans:
            for atom in inside(self.facts.money, start, end):
                totals += self._amount_at[atom.start].role is AmountRole.INVEST
        guessed = self._is_guessed(record)
        amount = record.amount
        return (
            1.0,
            float(said > 0),
            float(any(part.legal_form for cluster in record.clusters for part in cluster.parts)),
            float(said > 1),
            float(guessed),
            float(amount is None),
            float(amount is not None and amount.start in self._bare),
            float(totals > 1),
            float(cue is not None and not cue.weak),
            float(cue is not None and cue.by_rule and cue.sure > 0),
            float(cue is not None and not cue.by_rule),
            float(len({one.step for one in strong}) > 1),
            round(cue.sure, 6) if cue is not None else 0.0,
            float(record.name is not None),
            min(1.0, len(self.facts.clusters) / 10),
            round(sure, 6),
        )

    def _relation(self, link: Link) -> RelationFound:
        return RelationFound(
            link.kind,
            self._given(link.head),
            None if link.tail is None else self._given(link.tail),
            link.role and self._given((link.role,))[0],
            self._span(link.start, link.end),
        )

    def _given(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Surfaces as they stand in the given text (traditional characters kept)."""
        if self._is_canonical:
            return names
        return tuple(dict.fromkeys(self._original_of(name) for name in names))

    @cached_property
    def _first_with(self) -> dict[str, Mention]:
        """The first mention of each name."""
        return {mention.text: mention for mention in reversed(self.facts.board.mentions)}

    def _original_of(self, name: str) -> str:
        first = self._first_with.get(name)
        return self._words(first.start, first.end) if first is not None else name

    def _statistic(self, figure: AreaFigure) -> StatisticFound:
        count, amount = figure.count, figure.amount
        return StatisticFound(
            indicator=figure.indicator,
            count=self._number(count.start, count.end, count.value) if count else None,
            amount=AmountFound(self._span(amount.start, amount.end), amount.money, AmountRole.STATISTIC)
            if amount
            else None,
            period=self._date_at.get(figure.period.start) if figure.period else None,
            zone=self._span(figure.zone.start, figure.zone.end) if figure.zone else None,
            span=self._span(figure.start, figure.end),
        )


_START = attrgetter("start")


def _width(mention: Mention) -> int:
    """For sorting: the longest first."""
    return mention.start - mention.end


def _by_rules(record: Record, said: Step | None, theme: Step | None) -> Step:
    """The stage by rules alone: what the cues have said in a document of such a theme."""
    if theme is not None and all(cue.hint for cue in record.cues):
        said = None
    if record.history and (said is None or said in {Step.INTENT, Step.NEGOTIATING}):
        said = Step.PRODUCTION
    planned = said is Step.INTENT and not record.reinvest and all(cue.weak for cue in record.cues)
    if theme is not None and (said is None or planned):
        return theme
    return said if said is not None else Step.INTENT


def settled_names(decisions: list[Decision]) -> frozenset[str]:
    """Names of firms with a project that was signed at least and not given up, by what the text says of it."""
    found: set[str] = set()
    for one in decisions:
        told = one.said is not None and Step.SIGNED <= one.said < Step.TERMINATED
        if one.record.accepted and (one.record.history or told):
            found.update(name for cluster in one.record.clusters for name in cluster.names)
    return frozenset(found)


def _counts_the_listed(figure: AreaFigure, records: list[Record]) -> bool:
    """全周新签项目共4个。 behind the four: a sum of what the text itself has listed is no figure of the area."""
    if (
        figure.count is None
        or figure.amount is not None
        or len(records) < LEAST_LISTED
        or figure.count.value != len(records)
    ):
        return False
    return all(record.spans and record.spans[0][0] < figure.count.start for record in records)


_CALLED_BEFORE = re.compile(r"(?:在谈|洽谈|签约|拟签|意向|储备)的?项目$")
_CALLED_BEHIND = re.compile(
    r"(?:[、和及与][^,。;、]{2,16}){0,5}等(?:\d+|多|几|数|[两三四五六七八九十])个(?:[^,。;]{0,4})项目"
)
_BROUGHT = re.compile(r"(?:签约落地|落地|引来|引进|引入|招来|吸引|集聚)了?[^。;,]{0,36}$")
LEAST_LISTED = 3
"""Projects from which on a text lists them."""
_USUAL = ReadingParams()
_NOTHING_LEARNED = Installation()


def analysed(*, problem: ReadingProblem, params: ReadingParams | None = None) -> Assembler:
    """The private findings on a document, for `solve` and for learning; errors as `solve`."""
    limits = params or _USUAL
    _check(problem.text, limits)
    text = upright_tables(one_line_tables(parted_tables(canonical(problem.text))))
    lines = judged_lines(text)
    boilerplate = boilerplate_spans(lines)
    published_on = problem.published_on or _head_date(text, boilerplate)
    body = one_line_cards(blank_out(text, boilerplate))
    compact, places = unwrapped(body)
    learned = limits.installation or _NOTHING_LEARNED
    facts = read_facts(
        compact,
        published_on,
        (*problem.known_companies, *learned.learned),
        problem.known_zones,
        names=limits.names,
        refused=learned.refused,
        tagger=limits.tagger,
    )
    return Assembler(problem.text, facts, published_on, tuple(boilerplate), places, limits)


def _check(text: str, limits: ReadingParams) -> None:
    if not text.strip():
        raise InvalidValue("text-empty", field="text", value="")
    if len(text) > limits.longest_text:
        raise InvalidValue("text-too-long", field="text", value=str(len(text)), largest=str(limits.longest_text))
    if text.count("\x00") * 100 > len(text):
        raise InvalidValue("text-binary", field="text", value=repr(text[:20]))


def _head_date(text: str, boilerplate: list[tuple[int, int]]) -> date | None:
    """The date in the page's head line; never one from the recommendations below the article."""
    closing = next((start for start, end in boilerplate if start > len(text) // 2), len(text))
    match = _HEAD_DATE.search(text, 0, min(_HEAD_LENGTH, closing))
    if match is None:
        return None
    line_start = text.rfind("\n", 0, match.start()) + 1
    line_end = text.find("\n", match.end())
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if len(line) > 80:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
