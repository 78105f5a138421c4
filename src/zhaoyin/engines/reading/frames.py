"""One record for each project: which amounts, names, stages, jobs and places belong to which investor.

A sentence is cut into stretches, one for each company that acts in it; what stands in a stretch belongs to its company.
Lists (A、B相继…, 分别…) share what follows them. A sentence without a company goes on about the company before it.
"""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from zhaoyin.domain.atoms.counts import CountAtom
from zhaoyin.domain.atoms.dates import DateAtom
from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.aliases import Cluster
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.sections import Sections, is_dialogue
from zhaoyin.engines.reading.sentences import Clauses, Sentence, inside
from zhaoyin.engines.reading.stages import Cue, Step

SURE_OF_A_PROJECT = 0.97
"""A learned cue makes a project by itself, without amount and name, only above this."""
TURNS = 3
"""Turns of a talk over which it goes on about the firm named last."""
LEAST_BARE = 1_000_000
"""Yuan (or what the currency is): below, an amount without a word beside it is no investment."""
NEAR_RECORDS = 60
"""How many records back the same project name is taken up again."""


@dataclass(slots=True, eq=False)
class Record:
    """A project under way of being read; `clusters` are its investors, the first one leads."""

    clusters: list[Cluster]
    name: Mention | None = None
    amount: MoneyAtom | None = None
    amount_year: int | None = None
    cues: list[Cue] = field(default_factory=list)
    jobs: CountAtom | None = None
    place: Mention | None = None
    dates: list[DateAtom] = field(default_factory=list)
    reinvest: bool = False
    history: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)
    ignore_before: int = 0
    lead: list[Cue] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Stretch:
    """A part of a sentence that speaks of `clusters` (none: of a project only)."""

    clusters: list[Cluster]
    start: int
    end: int
    mention: Mention | None
    listed: bool = False


_BANK = re.compile(
    r"(?:银行|农商行|农信|信用社|证券|担保|租赁|保险|信托|分行|支行|设计院|研究院|会计师事务所|律师事务所)$"
)
_OBJECT_BEFORE = re.compile(
    r"(?:给|为|向|从|被|卖给|供给|替|的客户|像|像是|比|如|跟着|毗邻|紧邻|取代|代工的|属于|来自|原|由于|靠近|跟随|追随|供应给|服务于)$"
)
_REINVEST = re.compile(
    r"追加|增资|扩产|扩建|再投(?!诉)|技改|二期|三期|加码|扩能|扩线|老厂|新增[^,。]{0,4}(?:产线|生产线)|再次投资|再建|第二工厂|这一次|新厂|旧厂|改扩建|追投|再加"
)
_SHARED_BEFORE = re.compile(r"均已?|都已?|全部|悉数|相继|先后|双双|一同|分别|等[^,。]{0,12}(?:项目|企业)|集中|成功")
_GATE = re.compile(
    r"合同|协议|签了|签字|厂房|执照|试产|开业|拿地|投资|谈|投|建|项目|招商|签约|落户|落地|开工|产业|企业|公司|园区|开发区|基金|投产|注册|扩产|厂|客商|意向"
)
_STAGE_BEFORE_NAME = re.compile(r"(?:在谈|洽谈|拟签约|签约|意向|在建|开工|投产)(?:中的)?(?:项目|企业|客商)$")
_JOINT_BETWEEN = re.compile(r"^(?:\)?(?:与|和|及|联合|携手|、|/)(?:自然人)?)$")
_SUBSIDIARY = re.compile(
    r"(?:的)?(?:全资|控股|新设|新成立的|下属|旗下)?(?:的)?(?:子公司|孙公司|项目公司|合资公司|全资公司|新公司)[^,。;]{0,3}$|注册(?:成立|设立)?了?$|设立(?:了)?$|成立(?:了)?$|营业执照\($|执照\($|转投资$|组建(?:了)?$|旗下(?:的)?$|新公司叫?$"
)


_ABOUT_THE_AREA = re.compile(r"全市|全县|全区|我市|我县|我区|各乡镇|各县区|累计|同比|会议|项目\d+个|\d+个项目")
_DWELLINGS = re.compile(r"楼盘|首付|售楼|开盘价|房贷|二手房|看房团|商品房")
"""Words of selling flats: what is told there is nobody's investment."""
_LISTING = re.compile(r"分别(?:是|为)|(?:名单|项目|企业|情况|单位)?如下|包括|有[::]|[个家]项目[::]|[::]\s*$")
_FORMER_LATTER = re.compile("前者|后者")


class FrameReader:
    """Reads the records of one text; use `records` after `read`."""

    def __init__(
        self, facts: Facts, roles: list[AmountRole], cues: list[Cue], clauses: Clauses, year: int | None
    ) -> None:
        self.facts, self.roles, self.cues, self.clauses, self.year = facts, roles, cues, clauses, year
        self.records: list[Record] = []
        self.subsidiaries: list[tuple[Cluster, Cluster]] = []
        self._home = {(m.start, m.end): cluster for cluster in facts.clusters for m in cluster.mentions}
        self._companies = facts.board.of(Kind.COMPANY)
        self._projects = facts.board.of(Kind.PROJECT)
        self._led: dict[int, list[Record]] = {}
        self._dropped: set[Record] = set()
        self._role_at = {atom.start: role for atom, role in zip(facts.money, roles, strict=True)}
        self._pending: Mention | None = None
        self._pending_block = -1
        self._topic: list[Cluster] = []
        self._topic_record: Record | None = None
        self._topic_block = -1
        self._issuer = self._announcing()
        self._lead_block = -1
        self._lead_cues: list[Cue] = []
        self._sections = Sections(facts.text)
        self._dialogue = is_dialogue(facts.text)
        self._pair: tuple[list[Cluster], list[Cluster]] | None = None

    def read(self, sentences: list[Sentence]) -> list[Record]:
        """Records in the order in which their projects appear."""
        if not _GATE.search(self.facts.text):
            return []
        for sentence in sentences:
            self._sentence(sentence)
        return self._finished()

    def _announcing(self) -> Cluster | None:
        """The firm of 某某股份有限公司关于…的公告: the whole document speaks of it as 公司."""
        for mention in inside(self._companies, 0, 300):
            title = self.facts.text[mention.end : mention.end + 60].split("\n", 1)[0]
            if re.match(r"\s?关于.{4,56}公告", title):
                return self._home.get((mention.start, mention.end))
        return None

    def _sentence(self, sentence: Sentence) -> None:
        stretches = self._stretches(sentence)
        if sentence.block != self._pending_block:
            self._pending, self._pending_block = None, sentence.block
        if not stretches:
            self._continue(sentence)
            names = inside(self._projects, sentence.start, sentence.end)
            told = names and any(record.name is names[0] for record in self.records[-NEAR_RECORDS:])
            if (
                names
                and not told
                and sentence.end - sentence.start <= 34
                and not (self._topic and self._topic_block == sentence.block)
            ):
                self._pending = names[0]
            return
        self._adopt_bare(sentence, stretches[0])
        if stretches[0].mention is not None:
            self._lead(sentence, stretches[0].mention)
        first = stretches[0]
        if first.mention is not None and self._projects_only(sentence.start, first.start):
            first.start = max(first.start, first.mention.start)
        for stretch in stretches:
            self._fill(stretch, stretches)
        self._share(stretches)
        self._distribute(stretches)
        acting = [stretch.clusters for stretch in stretches if stretch.clusters]
        self._pair = (acting[-2], acting[-1]) if len(acting) >= 2 else None
        self._topic = stretches[-1].clusters if stretches[-1].clusters else self._topic
        self._topic_block = sentence.block

    def _lead(self, sentence: Sentence, first: Mention) -> None:
        """签约的共有四家,分别是: what is said before a list holds for all that is listed in its line."""
        opening = self.facts.text[sentence.start : first.start]
        if _LISTING.search(opening):
            self._lead_block = sentence.block
            self._lead_cues = [cue for cue in inside(self.cues, sentence.start, first.start) if not cue.weak]

    def _adopt_bare(self, sentence: Sentence, first: Stretch) -> None:
        """该项目由…投资建设: the investor of the project that was named before it."""
        bare = self.records[-1] if self.records else None
        lead = self.facts.text[sentence.start : first.mention.start if first.mention else sentence.start]
        if inside(self._projects, sentence.start, sentence.start + len(lead)):
            return
        if (
            bare is not None
            and not bare.clusters
            and re.search(r"该项目|此项目|项目(?:由|投资方|业主)|^\s*由", lead)
            and first.clusters
        ):
            bare.clusters = list(first.clusters)
            self._led.setdefault(first.clusters[0].number, []).append(bare)

    # -- stretches

    def _subjects(self, sentence: Sentence) -> list[Mention]:
        text = self.facts.text
        found: list[Mention] = []
        for mention in inside(self._companies, sentence.start, sentence.end):
            before = text[max(sentence.start, mention.start - 6) : mention.start]
            if _BANK.search(mention.text) and not text.startswith("拟", mention.end):
                continue
            if self._is_speaker(mention) or re.search(r"投给|合作方", before):
                continue
            named = re.search(r"(?:方|单位|主体|业主|企业|公司|商)为$", before) is not None
            if (
                not named
                and _OBJECT_BEFORE.search(before)
                and not text.startswith(",后者", mention.end)
                and not re.match(r"(?:投资|拟|计划|签约)", text[mention.end : mention.end + 4])
            ):
                continue
            found.append(mention)
        return found

    def _is_speaker(self, mention: Mention) -> bool:
        """贝诺斯项目负责人丁伟介绍: the firm speaks, what follows may be about another one."""
        after = self.facts.text[mention.end : mention.end + 24]
        return re.match(
            r"(?:项目)?(?:负责人|总经理|董事长|相关负责人)[\u4e00-\u9fff]{0,4}(?:介绍|说|表示|坦言|透露|告诉)", after
        ) is not None and bool(self._topic)

    def _stretches(self, sentence: Sentence) -> list[Stretch]:
        subjects = self._subjects(sentence)
        stretches: list[Stretch] = []
        for mention in subjects:
            cluster = self._home.get((mention.start, mention.end))
            if cluster is None:
                continue
            last = stretches[-1] if stretches else None
            if last is not None and last.mention is not None:
                between = self.facts.text[last.mention.end : mention.start]
                if cluster in last.clusters:
                    continue
                if self._is_subsidiary(last, mention, between):
                    self.subsidiaries.append((cluster, last.clusters[0]))
                    last.clusters.insert(0, cluster)
                    last.mention = mention
                    continue
                if _JOINT_BETWEEN.match(between.strip()) and self._is_joint(mention, sentence):
                    last.clusters.append(cluster)
                    last.mention = mention
                    continue
            start = (
                sentence.start
                if last is None
                else max(self.clauses.start(mention.start), last.mention.end if last.mention else 0)
            )
            listed = last is not None and last.mention is not None and self._is_listed(last.mention, mention)
            if last is not None and last.mention is not None and self._is_next(last.mention, mention):
                listed = True
            if listed and last is not None and last.mention is not None:
                start = self._edge(last.mention, mention)
            if last is not None:
                last.end = start
            stretches.append(Stretch([cluster], start, sentence.end, mention, listed))
        return stretches

    def _edge(self, left: Mention, right: Mention) -> int:
        """Where the words of the second of two listed firms begin: 甲及在谈项目乙 says 在谈 of the second."""
        own = _STAGE_BEFORE_NAME.search(self.facts.text, left.end, right.start)
        return own.start() if own is not None else right.start

    def _is_listed(self, left: Mention, right: Mention) -> bool:
        between = self.facts.text[left.end : right.start]
        return ("、" in between and "," not in between) or bool(
            re.fullmatch(r"(?:项目)?(?:和|及|与|以及|、)(?:在谈项目|签约项目|企业|客商)?", between)
        )

    def _is_next(self, left: Mention, right: Mention) -> bool:
        """A总投资1.4亿元的甲项目和B总投资11亿元的乙项目: the first one has its own amount or name, the second follows a joining word."""
        between = self.facts.text[left.end : right.start]
        if not between.endswith(("和", "与", "及", "、")) or "," in between:
            return False
        return bool(self._money(left.end, right.start) or inside(self._projects, left.end, right.start))

    def _is_subsidiary(self, last: Stretch, mention: Mention, between: str) -> bool:
        return (
            len(between) <= (90 if "子公司" in between[-12:] else 40)
            and bool(_SUBSIDIARY.search(between))
            and "、" not in between[-3:]
        )

    def _is_joint(self, mention: Mention, sentence: Sentence) -> bool:
        after = self.facts.text[mention.end : min(sentence.end, mention.end + 20)]
        both = re.compile(r"(?:[两双]家(?:企业|公司)?|双方)[^,。;]{0,6}(?:共同|联合|合资|携手)")
        return bool(both.search(self.facts.text, mention.end, sentence.end)) or bool(
            re.match(r"(?:项目)?(?:合作|共同|联合|合资|携手|\(合资\)|共建|合建|双方|组成联合体)", after)
        )

    # -- filling

    def _record_for(self, clusters: list[Cluster]) -> Record:
        candidates = [record for cluster in clusters for record in self._led.get(cluster.number, ())]
        for record in reversed(candidates):
            if not record.history and record.clusters and any(record.clusters[0] is cluster for cluster in clusters):
                if any(c not in record.clusters for c in clusters):
                    record.clusters = [*record.clusters, *(c for c in clusters if c not in record.clusters)]
                return record
        for record in reversed(candidates) if len(clusters) > 1 else ():
            if (
                record.clusters
                and any(record.clusters[0] is cluster for cluster in clusters[1:])
                and record.amount is None
                and record.name is None
            ):
                record.clusters = list(clusters)
                self._led.setdefault(clusters[0].number, []).append(record)
                return record
        return self._add(Record(list(clusters)))

    def _add(self, record: Record) -> Record:
        self.records.append(record)
        if record.clusters:
            self._led.setdefault(record.clusters[0].number, []).append(record)
        return record

    def _fill(self, stretch: Stretch, stretches: list[Stretch]) -> None:
        record = self._record_for(stretch.clusters)
        if self._pending is not None and record.name is None:
            record.name, self._pending = self._pending, None
        record.spans.append((stretch.start, stretch.end))
        if self._lead_cues and self._lead_block == self._pending_block:
            record.lead = self._lead_cues
        self._topic_record = self._fill_record(
            record, stretch.start, stretch.end, shared_money=self._is_distribution(stretches)
        )

    def _is_distribution(self, stretches: list[Stretch]) -> bool:
        if len(stretches) < 2:
            return False
        tail = stretches[-1]
        mention = tail.mention
        return (
            mention is not None
            and tail.listed
            and not any(one.mention is not None and self._money(one.mention.end, one.end) for one in stretches[:-1])
            and re.search(r"分别|前者", self.facts.text[mention.end : tail.end]) is not None
        )

    def _fill_record(self, record: Record, start: int, end: int, *, shared_money: bool = False) -> Record:
        names = list(inside(self._projects, start, end))
        money = self._of_role(start, end, AmountRole.INVEST)
        if not money and record.amount is None:
            bare = self._of_role(start, end, AmountRole.BARE)
            money = [atom for atom in bare if atom.money.value >= LEAST_BARE][:1]
        elif money and record.amount is not None and self._role_at.get(record.amount.start) is AmountRole.BARE:
            record.amount = None
        self._tell_history(record, start, end)
        record = self._maybe_second(record, names, money, start, end)
        if names and record.name is None:
            record.name = names[0]
        if money and record.amount is None and not shared_money:
            record.amount = money[0]
            record.amount_year = self._year_before(record.amount, start)
            self._again_in_stretch(record, money)
        elif record.amount is None and not shared_money and record.name is not None:
            self._statistic_as_amount(record, start, end)
        record.cues += [cue for cue in inside(self.cues, start, end) if cue.start >= record.ignore_before]
        record.jobs = record.jobs or next(iter(inside(self.facts.jobs, start, end)), None)
        record.place = record.place or self._place(start, end)
        record.reinvest = record.reinvest or bool(_REINVEST.search(self.facts.text, start, end))
        record.dates += inside(self.facts.dates, start, end)
        return record

    def _tell_history(self, record: Record, start: int, end: int) -> None:
        """An old investment told in passing is a record of its own, and makes the present one a reinvestment."""
        for atom, role in self._money(start, end):
            if role is AmountRole.HISTORY:
                cues = [cue for cue in inside(self.cues, atom.start, end) if cue.step is Step.TERMINATED]
                self._add(
                    Record(list(record.clusters[-1:]), amount=atom, history=True, cues=cues, spans=[(start, end)])
                )
                record.reinvest = record.reinvest or not cues

    def _of_role(self, start: int, end: int, wanted: AmountRole) -> list[MoneyAtom]:
        return [atom for atom, role in self._money(start, end) if role is wanted]

    def _money(self, start: int, end: int) -> list[tuple[MoneyAtom, AmountRole]]:
        found = inside(self.facts.money, start, end)
        return [(atom, self._role_at[atom.start]) for atom in found]

    def _again_in_stretch(self, record: Record, money: list[MoneyAtom]) -> None:
        """2019年投资8000万元落户,今年准备再投1.2亿元: the first is history, the last is what the record is about."""
        if len(money) < 2 or self.year is None or record.amount is None:
            return
        last = money[-1]
        year = self._year_before(last, money[0].end)
        more = re.search(
            r"再投|追加|增资|扩建|二期|再上|又投|加码",
            self.facts.text[max(money[0].end, last.start - 16) : last.end + 12],
        )
        old = record.amount_year
        if more and old is not None and old < self.year and (year is None or year > old):
            cues = [cue for cue in inside(self.cues, money[0].start, last.start) if cue.step >= Step.SIGNED]
            self._add(
                Record(list(record.clusters[-1:]), amount=money[0], history=True, cues=cues, spans=list(record.spans))
            )
            record.amount, record.amount_year, record.reinvest = last, year, True
            record.ignore_before = last.start - 16

    def _statistic_as_amount(self, record: Record, start: int, end: int) -> None:
        """协议金额 of one company's own project was taken for a statistic."""
        if inside(self.facts.counts, start, end):
            return
        for atom, role in self._money(start, end):
            if role is AmountRole.STATISTIC:
                record.amount = atom

    def _year_before(self, atom: MoneyAtom, start: int) -> int | None:
        years = [
            one.first.first.year for one in inside(self.facts.dates, start - 2, atom.start) if one.first is not None
        ]
        return years[-1] if years else None

    def _maybe_second(
        self, record: Record, names: list[Mention], money: list[MoneyAtom], start: int, end: int
    ) -> Record:
        """A second amount of the same investor: an old investment becomes history, a further project its own record."""
        if not money or record.amount is None or money[0].money.value == record.amount.money.value:
            return record
        year = self._year_before(money[0], start)
        now = self.year
        if (
            record.amount_year is not None
            and now is not None
            and record.amount_year < now - 1
            and (year is None or year > record.amount_year)
        ):
            record.history = True
            fresh = Record(list(record.clusters), place=record.place, reinvest=True)
            return self._add(fresh)
        if year is not None and now is not None and year < now and record.amount_year != year:
            old = Record(list(record.clusters), history=True)
            return self._add(old)
        different = names and record.name is not None and names[0].text != record.name.text
        if different and re.search(r"此外|另外|另|同时|还|再|又", self.facts.text[start : money[0].start]):
            fresh = Record(list(record.clusters), reinvest=True)
            return self._add(fresh)
        return record

    def _place(self, start: int, end: int) -> Mention | None:
        here = self.facts.board.between(start, end)
        zones = [mention for mention in here if mention.kind is Kind.ZONE]
        if zones:
            return zones[0]
        for mention in here:
            before = self.facts.text[max(0, mention.start - 4) : mention.start]
            if mention.kind is Kind.PLACE and re.search(r"(?:在|落户|选址|于|进|入驻|到)$", before):
                return mention
        return None

    # -- lists, continuation, projects without a company

    def _share(self, stretches: list[Stretch]) -> None:
        """What a list shares: cues behind its last member belong to every member without its own."""
        group: list[Stretch] = []
        for stretch in stretches:
            group = [*group, stretch] if stretch.listed else [stretch]
            last = stretch is stretches[-1] or not stretches[stretches.index(stretch) + 1].listed
            head = group[0].mention
            if not last or len(group) < 2 or stretch.mention is None or head is None:
                continue
            tail = list(inside(self.cues, stretch.mention.end, stretch.end))
            lead = list(inside(self.cues, self.clauses.start(head.start), head.start))
            for member in group[1:] if lead else []:
                self._record_for(member.clusters).cues += lead
            for member in group[:-1]:
                own = [
                    cue
                    for cue in inside(self.cues, member.mention.end if member.mention else member.start, member.end)
                    if not cue.weak
                ]
                if tail and not own:
                    self._record_for(member.clusters).cues += tail

    def _distribute(self, stretches: list[Stretch]) -> None:
        """分别投资a和b: amounts in the order of the companies before it."""
        if not self._is_distribution(stretches):
            return
        start = stretches[-1].mention.end if stretches[-1].mention else stretches[-1].start
        money = [
            atom
            for atom, role in self._money(start, stretches[-1].end)
            if role in {AmountRole.INVEST, AmountRole.OTHER, AmountRole.BARE}
        ]
        members = [
            stretch
            for stretch in stretches
            if stretch.listed
            or (stretches.index(stretch) + 1 < len(stretches) and stretches[stretches.index(stretch) + 1].listed)
        ]
        for stretch, atom in zip(members[-len(money) :] if money else [], money, strict=False):
            record = self._record_for(stretch.clusters)
            record.amount = record.amount or atom

    def _continue(self, sentence: Sentence) -> None:
        """A sentence without an acting company: about projects alone, or about the company before it."""
        text = self.facts.text
        if self._deal_out(sentence) or self._projects_only(sentence.start, sentence.end):
            return
        if not self._topic or self._topic_record is None:
            return
        if sentence.block == self._topic_block + 1 and re.match(
            r"\s*(?:(?:本|该)?公司|项目|投资(?:金额|总额|规模)|建设内容|实施地点|标的)",
            text[sentence.start : sentence.start + 8],
        ):
            self._topic_block = sentence.block
        counted = bool(inside(self.facts.counts, sentence.start, sentence.end))
        near = sentence.block == self._topic_block or self._issuer in self._topic
        if counted or not (near or self._goes_on(sentence)):
            return
        if re.match(
            r"\s*(?:全市|全县|全区|我市|我县|下一步|近年来|今年以来|截至[^,。]{0,12},?全|目前全|据统计|此外,全)",
            text[sentence.start : sentence.start + 12],
        ):
            return
        if self._dialogue:
            self._topic_block = sentence.block
        self._topic_record.spans.append((sentence.start, sentence.end))
        self._topic_record = self._fill_record(self._topic_record, sentence.start, sentence.end)

    def _goes_on(self, sentence: Sentence) -> bool:
        """The next turns of a talk, or a next line that says what the record still lacks."""
        if self._sections.is_heading(sentence.start, sentence.end):
            return False
        behind = sentence.block - self._topic_block
        if self._dialogue:
            return 0 < behind <= TURNS
        record = self._topic_record
        if (
            not 0 < behind <= 2
            or record is None
            or _ABOUT_THE_AREA.search(self.facts.text, sentence.start, sentence.end)
        ):
            return False
        told = any(not cue.weak for cue in inside(self.cues, sentence.start, sentence.end))
        paid = any(
            role in {AmountRole.INVEST, AmountRole.BARE} for _, role in self._money(sentence.start, sentence.end)
        )
        return (told and not any(not cue.weak for cue in record.cues)) or (paid and record.amount is None)

    def _deal_out(self, sentence: Sentence) -> bool:
        """前者计划投资7亿元…,后者投资3亿元…: about the last two firms of the sentence before."""
        if self._pair is None or sentence.block != self._topic_block:
            return False
        marks = list(_FORMER_LATTER.finditer(self.facts.text, sentence.start, sentence.end))
        for mark, following in zip_longest(marks, marks[1:]):
            record = self._record_for(self._pair[mark[0] == "后者"])
            end = following.start() if following is not None else sentence.end
            record.spans.append((mark.start(), end))
            self._fill_record(record, mark.start(), end)
        return bool(marks)

    def _projects_only(self, start: int, end: int) -> bool:
        """Records for projects named without a company: 总投资28亿元的…产业园、11亿元的…项目."""
        text = self.facts.text
        names = list(inside(self._projects, start, end))
        made = False
        for mention in names:
            atom = self._amount_beside(mention)
            near = self.records[-NEAR_RECORDS:]
            known = next((one for one in near if one.name is not None and one.name.text == mention.text), None)
            if known is not None:
                made = made or not known.clusters
                continue
            own = re.search(r"(?:其|该|公司|企业|它|,|投资|建设)$", text[max(start, mention.start - 3) : mention.start])
            if atom is None or (own and self._topic and atom.start > mention.start):
                continue
            if self._topic and self._topic_record is not None and self._topic_record.amount is None and len(names) == 1:
                continue
            record = Record([], name=mention, amount=atom)
            stop = next((other.start for other in names if other.start > mention.start), end)
            record.cues += inside(self.cues, atom.start, max(stop, mention.end))
            record.spans.append((start, end))
            self.records.append(record)
            made = True
        return made

    def _amount_beside(self, mention: Mention) -> MoneyAtom | None:
        for atom, role in self._money(mention.start - 60, mention.end + 20):
            between = self.facts.text[atom.end : mention.start]
            if (
                role is AmountRole.INVEST
                and 0 <= mention.start - atom.end <= 6
                and re.match(r"(?:左右|以上)?的", between)
            ):
                return atom
            if (
                role is AmountRole.INVEST
                and 0 <= atom.start - mention.end <= 10
                and "。" not in self.facts.text[mention.end : atom.start]
            ):
                return atom
        return None

    # -- the end

    def _finished(self) -> list[Record]:
        self._merge_by_name()
        self._later_phases()
        self._join_families()
        self._from_headings()
        return [record for record in self.records if record not in self._dropped and self._is_project(record)]

    def _from_headings(self) -> None:
        """【已投产】 above its row tells the stage of a record whose own words tell none."""
        for record in self.records:
            if record.spans and not any(not cue.weak for cue in record.cues):
                start = record.spans[0][0]
                if record.lead:
                    record.cues += record.lead
                    continue
                step = self._sections.step_at(start)
                if step is not None:
                    record.cues.append(Cue(start, start + 1, step))

    def _later_phases(self) -> None:
        """宏砚陶瓷二期 … 二期投资3.8亿元: a later phase is what such a record is about."""
        for record in self.records:
            for start, end in record.spans if record.amount is None else ():
                for atom, role in self._money(start, end):
                    if role is AmountRole.PHASE and re.search(
                        r"[二三四]期[^,。;]{0,8}$", self.facts.text[max(0, atom.start - 14) : atom.start]
                    ):
                        record.amount = record.amount or atom

    def _merge_by_name(self) -> None:
        """A project named without a company and later with one is one record."""
        owned: dict[str, Record] = {}
        for record in self.records:
            if record.clusters and record.name is not None:
                owned.setdefault(record.name.text, record)
        kept: list[Record] = []
        for record in self.records:
            other = None if record.clusters or record.name is None else owned.get(record.name.text)
            if other is None:
                kept.append(record)
            else:
                other.amount = other.amount or record.amount
                other.cues = [*record.cues, *other.cues]
        self.records = kept

    def _join_families(self) -> None:
        """A subsidiary named after its parent (合肥瑞峰 of 瑞峰精工) where the text speaks of 子公司, 转投资, 设立."""
        text = self.facts.text
        known = {(child.number, parent.number) for child, parent in self.subsidiaries}
        for child in self.facts.clusters:
            mention = child.mentions[0]
            before = text[max(0, mention.start - 30) : mention.start]
            abroad = any(part.bracket and part.legal_form for part in child.parts) and "子公司" in text
            if not abroad and not re.search(r"子公司|孙公司|转投资|注册了|设立|项目公司|新公司", before):
                continue
            for parent in self.facts.clusters:
                related = (
                    parent is not child and _share_stem(child, parent) and parent.mentions[0].start < mention.start
                )
                if related and (child.number, parent.number) not in known:
                    self.subsidiaries.append((child, parent))
                    self._add_parent(child, parent)
                    break

    def _add_parent(self, child: Cluster, parent: Cluster) -> None:
        for record in self._led_by(child):
            if parent not in record.clusters:
                record.clusters = [*record.clusters, parent]
            for other in self._led_by(parent):
                if other.history:
                    continue
                if (other.amount is None and other.name is None and record.amount is not None) or (
                    record.amount is None and record.name is None and other.amount is not None
                ):
                    keep, drop = (record, other) if record.amount is not None else (other, record)
                    keep.cues += drop.cues
                    keep.clusters = [*keep.clusters, *(c for c in drop.clusters if c not in keep.clusters)]
                    self._dropped.add(drop)

    def _led_by(self, cluster: Cluster) -> list[Record]:
        led = dict.fromkeys(self._led.get(cluster.number, ()))
        return [one for one in led if one not in self._dropped and one.clusters and one.clusters[0] is cluster]

    def _is_project(self, record: Record) -> bool:
        if any(_DWELLINGS.search(self.facts.text, start, end) for start, end in record.spans):
            return False
        if (
            record.amount is None
            and record.name is None
            and not any(cue.by_rule or cue.sure >= SURE_OF_A_PROJECT for cue in record.cues)
        ):
            return False
        if record.amount is not None and self._role_at.get(record.amount.start) is AmountRole.BARE:
            if not record.cues and record.name is None:
                return False
        elif record.amount is not None:
            return True
        if record.name is not None and record.cues:
            return True
        if record.name is not None and record.clusters:
            return True
        return any(not cue.weak for cue in record.cues) or self._weak_intent(record)

    def _weak_intent(self, record: Record) -> bool:
        """看中, 可以同去, 搬过来: something a firm itself says it will do here."""
        words = {self.facts.text[cue.start : cue.end] for cue in record.cues}
        return bool(
            words
            & {
                "可以同去",
                "一起来",
                "搬过来",
                "搬来",
                "有意",
                "计划",
                "拟",
                "打算",
                "准备",
                "还在看",
                "想过来",
                "汇合",
                "追随而来",
                "跟随而来",
            }
        )


def _share_stem(child: Cluster, parent: Cluster) -> bool:
    stems = {stem[:2] for stem in child.stems}
    return bool(stems & {stem[:2] for stem in parent.stems})


def final_step(record: Record) -> Step | None:
    """The latest state that the cues of a record support; None when they say nothing."""
    actual = [cue for cue in record.cues if not cue.weak]
    if any(cue.step is Step.TERMINATED for cue in actual):
        last = max((cue for cue in actual if cue.step is Step.TERMINATED), key=lambda cue: cue.start)
        after = [
            cue
            for cue in actual
            if cue.start > last.start and cue.step >= Step.SIGNED and cue.step is not Step.TERMINATED
        ]
        return Step.TERMINATED if not after else max(cue.step for cue in after)
    if actual:
        top = max(cue.step for cue in actual)
        if top is Step.SITED and any(cue.step is Step.SIGNED for cue in actual) and not any(cue.land for cue in actual):
            return Step.SIGNED
        early = top <= Step.NEGOTIATING
        return max(actual, key=lambda cue: cue.start).step if early else top
    weak = [cue for cue in record.cues if cue.weak]
    return max((cue.step for cue in weak), default=None)
