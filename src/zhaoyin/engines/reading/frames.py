"""One record for each project: which amounts, names, stages, jobs and places belong to which investor.

A sentence is cut into stretches, one for each company that acts in it; what stands in a stretch belongs to its company.
Lists (A、B相继…, 分别…) share what follows them. A sentence without a company goes on about the company before it.
"""

import re
from functools import cached_property
from itertools import zip_longest

from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.counted import counted_steps, inline_heading
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.families import RecordFinisher, announces_an_end
from zhaoyin.engines.reading.further import A_BASE, A_PRICE, FurtherProjects
from zhaoyin.engines.reading.instalments import Instalments
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.owners import (
    Tie,
    acts_through,
    founds,
    is_background,
    is_child_of_issuer,
    is_led,
    tie,
)
from zhaoyin.engines.reading.records import MoneyRoles, Record, Stretch
from zhaoyin.engines.reading.sections import ITEM, Sections, is_dialogue
from zhaoyin.engines.reading.sentences import Clauses, InOrder, Sentence, inside
from zhaoyin.engines.reading.stages import Cue, Step
from zhaoyin.engines.reading.stretches import StretchFinder

LONGEST_ASIDE = 80
"""Characters of a cell of a column that tells of another time."""
TURNS = 3
"""Turns of a talk over which it goes on about the firm named last."""
LEAST_PAID = 50_000
"""Below (in whatever currency), an amount is a price or a fee."""
LEAST_BARE = 1_000_000
"""Yuan (or what the currency is): below, an amount without a word beside it is no investment."""
NEAR_RECORDS = 60
"""How many records back the same project name is taken up again."""
_REINVEST = re.compile(
    r"追加|增资|扩产|扩建|再投(?!诉)|技改|二期|三期|加码|扩能|扩线|老厂|新增[^,。]{0,4}(?:产线|生产线)|再次投资|再建|第二工厂|这一次|新厂|旧厂|改扩建|追投|再加"
)
_GATE = re.compile(
    r"合同|协议|签了|签字|厂房|执照|试产|开业|拿地|投资|谈|投|建|项目|招商|签约|落户|落地|开工|产业|企业|公司|园区|开发区|基金|投产|注册|扩产|厂|客商|意向"
)
_ABOUT_THE_AREA = re.compile(
    r"^\s*(?:目前,?|今年,?|截至[^,。]{2,10},)?我[市县区](?!招商)|全市|全县|全区|各乡镇|各县区|累计|同比|会议|项目\d+个|\d+个项目"
)
_LISTING = re.compile(r"分别(?:是|为)|(?:名单|项目|企业|情况|单位)?如下|包括|有[::]|[个家]项目[::]|[::]\s*$")
_SAME_PROJECT = re.compile(
    r"\s*[“\"]?(?:目前|现在|当前|截至目前|如今)?,?(?:该|本|此|整个)?(?:项目|中心|工厂|厂房|基地|生产线|[一二]期工程)(?!负责|建设(?:指挥|单位)|清单)"
)
_ITS_TOTAL = re.compile(r"\s*(?:该|本|此|整个)?(?:项目|基地|工厂|园区)(?:预计|计划|估算|概算)?总?投资(?!促进)")
"""项目计划总投资4.5亿元,…建挤压线6条: what is counted there is the project's own."""
_OF_ALL = re.compile(
    r"[,;](?:以上|上述|这)?(?:(?:[两双三四五六七八九十]|\d{1,2})(?:家|个项目|者|企)(?:企业|公司|项目)?(?:[均都皆也]|全部|已)|(?:双双|先后|相继|悉数|一并)(?!在[^,。;]{2,12}(?:投资|建设))|[均都皆](?:已|在|于|与))[^,。;]{2,30}"
)
"""…,两家均签了正式合同: what the last words of a list tell of all its firms."""
_GOES_ON_LISTING = re.compile(r"\s*(?:这?其中|签约项目中|项目中|包括|主要有)")
_DEALT = re.compile(r"分别|前者|依次|各自?投资?")
_SEVERAL = re.compile(r"(?:[两三四五六七八九十]|\d+)(?:单|个(?:大)?项目|家企业|个(?:大)?单)|集中|一批|多个项目")
_FORMER_LATTER = re.compile("前者|后者")
_AMONG = re.compile(r"其中|包括|有|分别|是|为|的")
_STOCK = re.compile(r"(?:证券|股票)简称[::]\s?")
_ITS_FIRM = re.compile(r"\s*(?:该|这家)?(?:公司|企业)(?!们)")
NEAR_MARK, LEAST_ITEMS = 12, 2
"""Characters behind a mark in which an item names its firm, and how many such items make a list of firms."""
LONGEST_TITLE = 40
LONGEST_HEADING = 90
"""Characters of the heading of an announcement, its blanks and line breaks too."""
_BLANKS = re.compile(r"\s+")
_ANNOUNCES = re.compile(
    r"(?:董事会)?[::]?关于[^。;]{4,60}公告|(?:董事会)?(?:第[^。;,]{1,14}次)?[^。;,]{0,10}会议决议公告|(?:关于)?[^。;,]{0,12}自愿(?:性)?公告|\d{4}年(?:半?年度|第[一三]季度)报告"
)
LEAST_BODY = 40
_TITLE_SIGN = re.compile("[。;|\t]|^\\s*(?:[\\d一二三四五六七八九十]+[、.)]|[(【●■◆▲·-])")
_DISCLOSED_BEFORE = re.compile(
    r"\s*(?:本)?公司(?:曾?于)?(?:\d{4}年|此前|前期)[^,。;]{0,16}(?:披露|公告|投资)[^。;]{0,30}(?:项目|生产线|基地)"
)
"""公司2021年5月披露的在…投资2600万元的铸件项目: another project of the firm that announces."""


class FrameReader:
    """Reads the records of one text; use `records` after `read`."""

    def __init__(
        self, facts: Facts, roles: list[AmountRole], cues: list[Cue], clauses: Clauses, year: int | None
    ) -> None:
        self.facts, self.cues, self.clauses, self.year = facts, InOrder(cues), clauses, year
        self.records: list[Record] = []
        self._companies, self._projects = facts.companies, facts.projects
        self._led: dict[int, list[Record]] = {}
        self._money = MoneyRoles(facts, roles)
        self._sums = Instalments(facts, self.cues, clauses, year, self._add)
        self._further = FurtherProjects(facts.text, self._money, self.cues, clauses)
        self._finder = StretchFinder(facts, clauses, self._money)
        self._pending: Mention | None = None
        self._pending_block = -1
        self._topic: list[Cluster] = []
        self._topic_record: Record | None = None
        self._topic_block = -1
        told = {one.row for one in facts.fields if one.kind == "stage"}
        self._asides = InOrder(one for one in facts.fields if one.kind == "aside" and one.row in told)
        self._issuer = self._announcing()
        self._lead_block = -1
        self._lead_cues: list[Cue] = []
        self._sections = Sections(facts.text)
        self._dialogue = is_dialogue(facts.text)
        self._opening: Sentence | None = None
        self._pair: tuple[list[Cluster], list[Cluster]] | None = None
        self._title_end = self._title()
        self._counted: list[Cue] = []
        self._counted_block = -1
        self._headed: Step | None = None
        self._heading_at = (-1, -1)

    def _title(self) -> int:
        """Where the headlines end: short lines without a full stop above the first long one."""
        if self._dialogue:
            return 0
        position = end = 0
        for line in self.facts.text.split("\n", 8)[:8]:
            if line.strip():
                if len(line) > LONGEST_TITLE or _TITLE_SIGN.search(line):
                    return end if len(line) >= LEAST_BODY else 0
                end = position + len(line) + 1
            position += len(line) + 1
        return 0

    def read(self, sentences: list[Sentence]) -> list[Record]:
        """Records in the order in which their projects appear."""
        if not (self._companies and self.facts.money) and not _GATE.search(self.facts.text):
            return []
        for sentence in sentences:
            self._sentence(sentence)
        ending = RecordFinisher(
            self.facts, self._money, self.records, self._led, self._finder.subsidiaries, self._sections, self.year
        )
        records = ending.finished()
        self._hear_before(records)
        return records

    def _hear_before(self, records: list[Record]) -> None:
        """吊车在吊装最后一榀屋架。这里要建的是某某的基地: what a line tells before it names its only firm is told of that firm."""
        told = [one for one in records if one.accepted and one.clusters and not one.history]
        if len(told) != 1 or not told[0].spans or any(not cue.weak for cue in told[0].cues):
            return
        start = told[0].spans[0][0]
        line = max(self.facts.text.rfind("\n", 0, start) + 1, self._title_end)
        before = [cue for cue in inside(self.cues, line, start) if not cue.weak and cue.step >= Step.SITED]
        if before and not inside(self._companies, line, start):
            told[0].cues += before
            told[0].spans.append((before[0].start, start))

    @property
    def subsidiaries(self) -> list[tuple[Cluster, Cluster]]:
        """Child and parent, as far as `read` has found them."""
        return self._finder.subsidiaries

    def _listed(self) -> Cluster | None:
        """The firm of 证券简称:某某 in the head of a record of talks with investors: its bases are told of without its name."""
        stock = _STOCK.search(self.facts.text, 0, 300)
        here = inside(self._companies, stock.end(), stock.end() + 2) if stock is not None else ()
        return self.facts.home.get((here[0].start, here[0].end)) if here else None

    def _announcing(self) -> Cluster | None:
        """The firm of 某某股份有限公司关于…的公告: the whole document speaks of it as 公司."""
        for mention in inside(self._companies, 0, 300) if "公告" in self.facts.text else ():
            title = _BLANKS.sub("", self.facts.text[mention.end : mention.end + LONGEST_HEADING])
            if _ANNOUNCES.match(title):
                return self.facts.home.get((mention.start, mention.end))
        return None

    def _sentence(self, sentence: Sentence) -> None:
        stretches = self._finder.find(sentence, has_topic=bool(self._topic))
        first_firm = stretches[0].mention.start if stretches and stretches[0].mention else sentence.end
        self._count_lead(sentence, first_firm)
        if sentence.block != self._pending_block:
            self._pending, self._pending_block = None, sentence.block
        if not stretches:
            self._opening = sentence
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
        if self._owned_by(sentence, stretches[0]):
            return
        self._adopt_bare(sentence, stretches[0])
        self._child_of_topic(sentence, stretches[0])
        if stretches[0].mention is not None:
            self._lead(sentence, stretches[0].mention)
        first = stretches[0]
        if first.mention is not None and self._projects_only(sentence.start, first.start):
            first.start = max(first.start, first.mention.start)
        latter = self._latter_part(sentence, stretches)
        dealt = self._dealt(stretches)
        for stretch in stretches:
            self._fill(stretch, shared_money=stretch in dealt)
        self._share(stretches)
        self._told_of_all(stretches)
        self._distribute(dealt)
        self._hear_opening(sentence, stretches)
        acting = [stretch.clusters for stretch in stretches if stretch.clusters]
        self._pair = (acting[-2], acting[-1]) if len(acting) >= 2 else None
        if latter is not None and self._pair is not None:
            self._deal_marks(latter, sentence.end)
        self._topic = stretches[-1].clusters if stretches[-1].clusters else self._topic
        self._topic_block = sentence.block

    def _count_lead(self, sentence: Sentence, end: int) -> None:
        """Remember what is counted before the firms of the line: 现场签约项目6个,…。其中,甲…;乙…."""
        listing = sentence.block == self._counted_block + 1 and _GOES_ON_LISTING.match(self.facts.text, sentence.start)
        if listing:
            self._counted_block = sentence.block
        if sentence.block != self._counted_block:
            self._counted, self._counted_block, self._headed = [], sentence.block, None
        headed = inline_heading(self.facts.text, sentence.start, sentence.end)
        if headed is not None:
            self._headed, self._heading_at = headed
        found = list(counted_steps(self.facts.text, sentence.start, end))
        if not found:
            return
        among = end < sentence.end and _AMONG.search(self.facts.text, found[-1][0][0], end) is not None
        if len({step for _, step in found}) == 1 or among:
            place, step = found[-1]
            self._counted = [Cue(place[0], place[0] + 1, step, told_at=place)]
        else:
            self._counted = []

    def _child_of_topic(self, sentence: Sentence, first: Stretch) -> None:
        """企业上月已挂牌成立某某公司: the new firm belongs to the one spoken of before."""
        if (
            first.mention is None
            or not self._topic
            or self._headed is not None
            or not first.clusters
            or first.clusters[0] in self._topic
            or len(first.clusters) > 1
        ):
            return
        lead = self.facts.text[max(sentence.start, first.mention.start - 20) : first.mention.start]
        mark = ITEM.match(self.facts.text, sentence.start)
        if lead.endswith(":") and mark is not None and mark.group().strip():
            return  # 二、注册:某某: the next item
        issued = self._issuer is not None and not self._priced and is_child_of_issuer(lead)
        through = self._issuer is None and acts_through(lead)
        if issued or through or founds(lead):
            parent = self._topic[-1] if self._issuer is None or not issued else self._issuer
            earlier = [
                self.facts.home.get((one.start, one.end))
                for one in inside(self._companies, sentence.start, first.mention.start)
            ]
            parent = next((one for one in reversed(earlier) if one is not None), parent)
            self._finder.subsidiaries.append((first.clusters[0], parent))
            first.clusters = [first.clusters[0], parent, *first.clusters[1:]]

    @property
    def _priced(self) -> bool:
        """Whether any record has its amount."""
        return any(record.amount is not None for record in self.records)

    def _owned_by(self, sentence: Sentence, first: Stretch) -> bool:
        """该公司由某某集团全资设立,项目总投资…: the owner joins the record of the firm spoken of, which goes on."""
        record, mention = self._topic_record, first.mention
        if record is None or mention is None or len(first.clusters) != 1 or first.clusters[0] in self._topic:
            return False
        owner = first.clusters[0]
        if record.amount is not None and self._money.of(AmountRole.INVEST, mention.end, sentence.end):
            if record.clusters and tie(self.facts.text, sentence.start, (mention.start, mention.end), near=False):
                self._finder.subsidiaries.append((record.clusters[0], owner))
                first.clusters = [record.clusters[0], owner]  # the sum is of another project of the two
            return False
        near = record.amount is None and sentence.block - self._topic_block in {0, 1}
        tied = tie(self.facts.text, sentence.start, (mention.start, mention.end), near=near)
        if tied is None:
            return False
        if tied is Tie.OWNS:
            self._finder.subsidiaries.append((record.clusters[0] if record.clusters else owner, owner))
        record.clusters = [*record.clusters, owner]
        record.spans.append((sentence.start, sentence.end))
        self._topic_record = self._fill_record(record, sentence.start, sentence.end)
        self._topic_block = sentence.block
        return True

    def _latter_part(self, sentence: Sentence, stretches: list[Stretch]) -> list[re.Match[str]] | None:
        """A、B随后跟来,前者…,后者…: what 前者 and 后者 tell is taken from the stretch of B."""
        last = stretches[-1]
        if len(stretches) < 2 or last.mention is None:
            return None
        marks = list(_FORMER_LATTER.finditer(self.facts.text, last.mention.end, sentence.end))
        if not marks:
            return None
        last.end = marks[0].start()
        return marks

    def _deal_marks(self, marks: list[re.Match[str]], end: int) -> None:
        """Fill the records of the last two firms from the parts that begin at the marks."""
        for mark, following in zip_longest(marks, marks[1:]):
            if self._pair is None:
                return
            record = self._record_for(self._pair[mark[0] == "后者"])
            stop = following.start() if following is not None else end
            record.spans.append((mark.start(), stop))
            self._fill_record(record, mark.start(), stop)

    def _hear_opening(self, sentence: Sentence, stretches: list[Stretch]) -> None:
        """现场签下三单。甲、乙、丙分别投资…: what the sentence before tells of several holds for each that says nothing."""
        opening = self._opening
        if opening is None or opening.block != sentence.block:
            return
        if self.facts.text.find("。", opening.end, sentence.start) >= 0:
            return  # what a semicolon parts is still of the same list
        if not _SEVERAL.search(self.facts.text, opening.start, opening.end):
            return
        told = [
            cue for cue in inside(self.cues, opening.start, opening.end) if not cue.weak and cue.step >= Step.SIGNED
        ]
        for stretch in stretches if told else ():
            record = self._record_for(stretch.clusters)
            if not any(not cue.weak for cue in record.cues):
                record.cues += told

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

    def _record_of_child(self, stretch: Stretch) -> Record | None:
        """某集团旗下某新材投资6.6亿元的…: a child with a sum of its own is none of its parent's project told before."""
        if stretch.mention is None or len(stretch.clusters) != 2:
            return None
        child, parent = stretch.clusters
        led = is_led(self.facts.text, stretch.start, stretch.mention.start)
        known = self._led.get(parent.number, ()) if led else ()
        if not known or child.number in self._led or any(child in one.clusters or one.amount is None for one in known):
            return None
        paid = any(role is AmountRole.INVEST for _, role in self._money.inside(stretch.start, stretch.end))
        return self._add(Record([child])) if paid else None

    def _add(self, record: Record) -> Record:
        self.records.append(record)
        if record.clusters:
            self._led.setdefault(record.clusters[0].number, []).append(record)
        return record

    def _fill(self, stretch: Stretch, *, shared_money: bool) -> None:
        record = self._record_of_child(stretch) or self._record_for(stretch.clusters)
        if self._pending is not None and record.name is None:
            record.name, self._pending = self._pending, None
        record.spans.append((stretch.start, stretch.end))
        if record.heading is None and self._headed is not None:
            record.heading, record.heading_at = self._headed, self._heading_at
        if self._lead_cues and self._lead_block == self._pending_block:
            record.lead = self._lead_cues
        elif self._counted and not record.lead:
            record.lead = self._counted
        self._topic_record = self._fill_both(record, stretch.start, stretch.end, shared_money=shared_money)

    def _fill_both(self, record: Record, start: int, end: int, *, shared_money: bool = False) -> Record:
        """其在德清的另一个项目因为客户流失,决定不做了: what the same words tell of another project of the firm is a record of its own."""
        cut = self._further.turn(record, start, end)
        if cut == end:
            return self._fill_record(record, start, end, shared_money=shared_money)
        if record.spans and record.spans[-1] == (start, end):
            record.spans[-1:] = [(start, cut)] if cut > start else []
        if cut > start:
            self._fill_record(record, start, cut, shared_money=shared_money)
        second = self._add(Record(list(record.clusters), reinvest=True, spans=[(cut, end)]))
        if cut == start and self._further.tells_first_phase(start, end):
            second.amount = next((atom for atom, role in self._money.inside(cut, end) if role in A_PRICE), None)
        return self._fill_record(second, cut, end)

    def _dealt(self, stretches: list[Stretch]) -> list[Stretch]:
        """The members of a list whose amounts stand behind it (A、B、C分别投资…); none when every firm has its own."""
        if len(stretches) < 2:
            return []
        group: list[Stretch] = []
        for stretch, following in zip_longest(stretches, stretches[1:]):
            group = [*group, stretch] if stretch.listed else [stretch]
            if len(group) < 2 or stretch.mention is None or (following is not None and following.listed):
                continue
            own = any(one.mention is not None and self._money.inside(one.mention.end, one.end) for one in group[:-1])
            if not own and _DEALT.search(self.facts.text, stretch.mention.end, stretch.end):
                return group
        return []

    def _fill_record(self, record: Record, start: int, end: int, *, shared_money: bool = False) -> Record:
        names = list(inside(self._projects, start, end))
        claimed: set[int] = set()
        paid = [
            one
            for one in self._money.inside(start, end)
            if one[0].money.value >= LEAST_PAID and not self._finder.is_aside(one[0].start)
        ]
        money = [atom for atom, role in paid if role is AmountRole.INVEST]
        if not money and record.amount is None:
            bare = [atom for atom, role in paid if role is AmountRole.BARE]
            money = [atom for atom in bare if atom.money.value >= LEAST_BARE][:1]
        elif money and record.amount is not None and self._money.at.get(record.amount.start) is AmountRole.BARE:
            record.amount = None
        if paid:
            changed = self._sums.changed(paid)
            if changed is not None:
                record.amount, money = changed, []
            claimed = self._sums.tell_history(record, paid, start, end)
        record = self._sums.maybe_second(record, names, money, start, end)
        if names and record.name is None:
            record.name = names[0]
        if money and record.amount is None and not shared_money:
            record.amount = money[0]
            record.amount_year = self._sums.year_before(record.amount, start)
            self._sums.again_in_stretch(record, money)
            if len(money) > 1:
                claimed |= self._sums.older_in_stretch(record, money, end)
        elif record.amount is None and not shared_money and record.name is not None:
            self._sums.statistic_as_amount(record, paid, start, end)
        told = [
            cue
            for cue in inside(self.cues, start, end)
            if cue.start >= record.ignore_before
            and cue.start not in claimed
            and not self._heading_at[0] <= cue.start <= self._heading_at[1]
            and not self._finder.is_aside(cue.start)
            and not (self._asides and self._is_of_another_time(cue.start))
        ]
        if any(not one.weak for one in record.cues) and is_background(self.facts.text, start, end):
            told = [cue for cue in told if cue.step is not Step.LANDED]
        record.cues += [cue for cue in told if cue.start >= self._title_end]
        record.titled += [cue for cue in told if cue.start < self._title_end and not cue.weak]
        if record.jobs is None and self.facts.jobs:
            record.jobs = next(iter(inside(self.facts.jobs, start, end)), None)
        record.place = record.place or self._place(start, end)
        record.reinvest = record.reinvest or bool(_REINVEST.search(self.facts.text, start, end))
        record.dates += inside(self.facts.dates, start, end)
        return record

    def _is_of_another_time(self, position: int) -> bool:
        """下周动作, 上季度, 存在问题: a column that does not tell how far it is now."""
        return any(one.end > position for one in inside(self._asides, position - LONGEST_ASIDE, position + 1))

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
        if len(stretches) < 2:
            return
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

    def _told_of_all(self, stretches: list[Stretch]) -> None:
        """甲投资3亿元…,乙投资2亿元…,两家均签了正式合同: holds for each that says nothing itself."""
        last = stretches[-1].mention
        if len(stretches) < 2 or last is None:
            return
        words = _OF_ALL.search(self.facts.text, last.end, stretches[-1].end)
        told = [one for one in inside(self.cues, *words.span()) if not one.weak] if words is not None else []
        for stretch in stretches[:-1] if told else ():
            record = self._record_for(stretch.clusters)
            if not any(not cue.weak for cue in record.cues):
                record.cues += told

    def _distribute(self, members: list[Stretch]) -> None:
        """分别投资a和b: amounts in the order of the companies before it."""
        tail = members[-1] if members else None
        if tail is None or tail.mention is None:
            return
        money = [
            atom
            for atom, role in self._money.inside(tail.mention.end, tail.end)
            if role in {AmountRole.INVEST, AmountRole.OTHER, AmountRole.BARE}
        ]
        for stretch, atom in zip(members[-len(money) :] if money else [], money, strict=False):
            record = self._record_for(stretch.clusters)
            record.amount = record.amount or atom

    def _continue(self, sentence: Sentence) -> None:
        """A sentence without an acting company: about projects alone, or about the company before it."""
        text = self.facts.text
        if self._deal_out(sentence) or self._projects_only(sentence.start, sentence.end):
            return
        self._turn_to_speaker(sentence)
        listed = self._listed() if not self._topic and A_BASE.match(text, sentence.start, sentence.end) else None
        if listed is not None:
            self._topic, self._topic_record, self._topic_block = [listed], self._record_for([listed]), sentence.block
        if not self._topic or self._topic_record is None:
            return
        if sentence.block == self._topic_block + 1 and re.match(
            r"\s*(?:(?:本|该)?公司|项目|投资(?:金额|总额|规模)|建设内容|实施地点|标的)",
            text[sentence.start : sentence.start + 8],
        ):
            self._topic_block = sentence.block
        if self._issuer is not None and self._priced and _DISCLOSED_BEFORE.match(text, sentence.start, sentence.end):
            paid = self._money.inside(sentence.start, sentence.end)
            if any(role is AmountRole.HISTORY for _, role in paid):
                self._sums.tell_history(Record([self._issuer]), paid, sentence.start, sentence.end)
                return
            self._topic_record = self._add(Record([self._issuer], history=True, spans=[(sentence.start, sentence.end)]))
            self._fill_record(self._topic_record, sentence.start, sentence.end)
            return
        counted = inside(self.facts.counts, sentence.start, sentence.end) and not _ITS_TOTAL.match(text, sentence.start)
        near = (sentence.block == self._topic_block or self._issuer in self._topic) and not self._is_another_item(
            sentence.start
        )
        if counted or not (near or self._goes_on(sentence) or self._is_the_end(sentence)):
            return
        if re.match(
            r"\s*(?:全市|全县|全区|我市|我县|下一步|近年来|今年以来|截至[^,。]{0,12},?全|目前全|据统计|此外,全)",
            text[sentence.start : sentence.start + 12],
        ):
            return
        if self._dialogue:
            self._topic_block = sentence.block
        self._topic_record.spans.append((sentence.start, sentence.end))
        self._topic_record = self._fill_both(self._topic_record, sentence.start, sentence.end)

    def _is_the_end(self, sentence: Sentence) -> bool:
        """关于终止对外投资的公告…双方签署终止协议: the end of the project of the firm that announces or of its child, told in a later line."""
        told = self._issuer is not None and sentence.block > self._topic_block and announces_an_end(self.facts.text)
        text = self.facts.text
        child = any(text.endswith("子公司", 0, one.start) for cluster in self._topic for one in cluster.mentions)
        return (told and child) and any(
            cue.step is Step.TERMINATED and not cue.weak for cue in inside(self.cues, sentence.start, sentence.end)
        )

    def _goes_on(self, sentence: Sentence) -> bool:
        """The next turns of a talk, or a next line that says what the record still lacks."""
        if self._sections.is_heading(sentence.start, sentence.end) or self._is_another_item(sentence.start):
            return False
        behind = sentence.block - self._topic_block
        if self._dialogue:
            return 0 < behind <= TURNS
        record = self._topic_record
        if (
            behind == 1
            and record is not None
            and _SAME_PROJECT.match(self.facts.text, sentence.start, sentence.end)
            and not _ABOUT_THE_AREA.search(self.facts.text, sentence.start, sentence.end)
        ):
            return True
        if (
            not 0 < behind <= 2
            or record is None
            or _ABOUT_THE_AREA.search(self.facts.text, sentence.start, sentence.end)
            or _SEVERAL.search(self.facts.text, sentence.start, sentence.end)
        ):
            return False
        told = any(not cue.weak for cue in inside(self.cues, sentence.start, sentence.end))
        paid = any(
            role in {AmountRole.INVEST, AmountRole.BARE} for _, role in self._money.inside(sentence.start, sentence.end)
        )
        lacks = record.heading is None and not any(not cue.weak for cue in record.cues)
        return (told and lacks) or (paid and record.amount is None)

    def _turn_to_speaker(self, sentence: Sentence) -> None:
        """某某总经理苏慕白说。公司…: it is the speaker's firm that goes on."""
        speaker = self._finder.speaking
        self._finder.speaking = None
        if speaker is None or not _ITS_FIRM.match(self.facts.text, sentence.start):
            return
        firm = self.facts.home.get((speaker.start, speaker.end))
        if firm is None or self.facts.text.find("\n", speaker.end, sentence.start) >= 0 or firm in self._topic:
            return
        self._topic, self._topic_record, self._topic_block = [firm], self._record_for([firm]), sentence.block

    def _is_another_item(self, position: int) -> bool:
        """七、某某产业园,2.2亿元 below items that each begin with their firm: whoever it is about, it is not the firm of the item above."""
        mark = ITEM.match(self.facts.text, position)
        return mark is not None and mark.group().strip() != "" and self._firm_items

    @cached_property
    def _firm_items(self) -> bool:
        """Whether the items of the text begin with firms."""
        found = 0
        for mark in ITEM.finditer(self.facts.text):
            found += bool(inside(self._companies, mark.end(), mark.end() + NEAR_MARK))
            if found >= LEAST_ITEMS:
                return True
        return False

    def _deal_out(self, sentence: Sentence) -> bool:
        """前者计划投资7亿元…,后者投资3亿元…: about the last two firms of the sentence before."""
        if self._pair is None or sentence.block != self._topic_block:
            return False
        marks = list(_FORMER_LATTER.finditer(self.facts.text, sentence.start, sentence.end))
        self._deal_marks(marks, sentence.end)
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
            own = re.search(
                r"(?:其|该|公司|企业|它|,|投资|建设|再上|再建|新上|上马|扩建)$",
                text[max(start, mention.start - 3) : mention.start],
            )
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
        for atom, role in self._money.inside(mention.start - 60, mention.end + 20):
            between = self.facts.text[atom.end : mention.start]
            if (
                role in {AmountRole.INVEST, AmountRole.BARE}
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
