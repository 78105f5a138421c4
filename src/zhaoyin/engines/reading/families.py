"""What is settled when a text has been read: records of one name or family are joined, headings and leads are heard, what is no project goes."""

import re

from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import LENDERS
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.records import MoneyRoles, Record
from zhaoyin.engines.reading.sections import Sections
from zhaoyin.engines.reading.sentences import inside
from zhaoyin.engines.reading.stages import Cue, Step

_FOUNDED = re.compile(r"成立|执照|注册|设立|登记|注资")
_CHILD = re.compile(r"子公司|孙公司|转投资|注册了|设立|项目公司|新公司")
_STANDS_FOR_ALL = re.compile(r"[二三四]期[^,。;]{0,8}$|(?:固定资产投资|固投)[^,。;\d]{0,6}$")
"""Sums that are all a text tells of a project: its later phase, its fixed assets."""
MOST_ADOPTED = 2
"""More projects without a firm are a list, not one firm's."""
_STATE_LABEL = re.compile(r"[。;,\s](?:项目|目前|当前)?(?:状态|阶段)\s?:\s?(?P<state>[^。;,\s]{2,8})[。;]?\s*$")
_ENDS = re.compile(r"关于(?:终止|解除|取消)[^。\n]{2,40}公告")
HEAD = 300
"""Characters in which a document says what it announces."""
OLD = 2
"""Years before the text from which on a deed is an old one."""
SENTENCE = 120
SURE_OF_A_PROJECT = 0.97
"""A learned cue makes a project by itself, without amount and name, only above this."""
_DWELLINGS = re.compile(
    r"楼盘|首付(?!款|[了约共]?\d)|售楼|开盘价|房贷|二手房|看房团|商品房|楼面价|起拍价|网签|开盘|首套房|被告|原告|庭审|履约保函|一审|判决"
)
"""Words of selling flats and of courts: what is told there is nobody's investment."""


class RecordFinisher:
    """Finishes the records of one text."""

    def __init__(
        self,
        facts: Facts,
        money: MoneyRoles,
        records: list[Record],
        led: dict[int, list[Record]],
        subsidiaries: list[tuple[Cluster, Cluster]],
        sections: Sections,
        year: int | None = None,
    ) -> None:
        self.facts, self.money, self.records, self.subsidiaries = facts, money, records, subsidiaries
        self._led, self._sections, self._year = led, sections, year
        self._dropped: set[Record] = set()

    def finished(self) -> list[Record]:
        """The records in the order of the text; `accepted` says whether the rules take one for a project."""
        self._merge_by_name()
        self._later_phases()
        self._join_families()
        self._of_a_child()
        self._ended()
        self._told_in_passing()
        self._adopt_by_the_only_firm()
        self._forget_old_times()
        self._stays_ended()
        self._from_headings()
        self._from_labels()
        kept = [record for record in self.records if record not in self._dropped]
        for record in kept:
            record.accepted = self._is_project(record)
        return [record for record in kept if not self._of_dwellings(record)]

    def _adopt_by_the_only_firm(self) -> None:
        """院子里还要加盖一座车间,打算再投9500万元: a project without a firm is that of the only firm named before it."""
        firms = [one for one in self.facts.companies if not LENDERS.search(one.text)]
        bare = [record for record in self.records if not record.clusters and record.spans]
        if not firms or len(bare) > MOST_ADOPTED:
            return
        for record in bare:
            before = {
                self.facts.home[one.start, one.end].number
                for one in firms
                if one.start < record.spans[0][0] and (one.start, one.end) in self.facts.home
            }
            if len(before) == 1 and record.amount is not None:
                number = before.pop()
                owner = next(cluster for cluster in self.facts.clusters if cluster.number == number)
                record.clusters = [owner]
                record.reinvest = True
                self._led.setdefault(number, []).append(record)

    def _stays_ended(self) -> None:
        """终止在富源投资的项目。该项目2018年签约: what is told of an earlier year takes up nothing again."""
        now = self._year
        for record in self.records if now is not None else ():
            ends = [cue.start for cue in record.cues if cue.step is Step.TERMINATED and not cue.weak]
            later = [cue for cue in record.cues if ends and cue.start > ends[-1] and cue.step is not Step.TERMINATED]
            old = [cue for cue in later if (year := self._year_told(cue.start)) is not None and now and year < now]
            if old and len(old) == len([cue for cue in later if not cue.weak]):
                record.cues = [cue for cue in record.cues if cue not in old]

    def _forget_old_times(self) -> None:
        """1994年做出第一批挂锁…。9月18日,新厂打下第一根桩: what a firm did long before its present investment says nothing of that."""
        last = None if self._year is None else self._year - OLD
        if last is None or not any(one.first and one.first.first.year <= last for one in self.facts.dates):
            return
        for record in self.records:
            amount = record.amount
            if amount is None or record.history or len(record.cues) < 2:
                continue
            years = [(cue, self._year_told(cue.start)) for cue in record.cues]
            old = [
                cue
                for cue, year in years
                if year is not None and year <= last and cue.end <= amount.start and not cue.weak
            ]
            if old and any(cue not in old and not cue.weak for cue in record.cues):
                record.cues = [cue for cue in record.cues if cue not in old]

    def _year_told(self, position: int) -> int | None:
        """The year of the last date before `position` in its sentence."""
        text = self.facts.text
        start = max(text.rfind(mark, max(0, position - SENTENCE), position) for mark in "。\n;") + 1
        dates = [one for one in inside(self.facts.dates, max(start, position - SENTENCE), position) if one.first]
        return dates[-1].first.first.year if dates and dates[-1].first else None

    def _from_headings(self) -> None:
        """【已投产】 above its row tells the stage of a record whose own words tell none."""
        for record in self.records:
            start = record.spans[0][0] if record.spans else -1
            under, place = record.heading, record.heading_at
            if record.spans and under is None:
                under, place = self._sections.step_at(start)
            early = under is not None and under <= Step.NEGOTIATING  # 线索清单 says little
            if under is not None and not any(not cue.weak and (cue.by_rule or early) for cue in record.cues):
                record.cues = [Cue(start, start + 1, under, told_at=place)]
            elif record.spans and not any(not cue.weak for cue in record.cues):
                if record.lead or record.titled:
                    record.cues += record.lead or record.titled
                    continue
                step, place = self._sections.step_at(start)
                if step is not None:
                    record.cues.append(Cue(start, start + 1, step, told_at=place))

    def _from_labels(self) -> None:
        """…待办:约某某谈排污余量。状态:洽谈中: the word for how far it is at the end of a remark is of its first project, whatever else it tells."""
        text = self.facts.text.strip()
        labels = list(_STATE_LABEL.finditer(self.facts.text)) if "\n" not in text else []
        records = [record for record in self.records if record not in self._dropped and record.clusters]
        if len(labels) != 1 or not records:
            return
        start, end = labels[0].span("state")
        told = [cue for record in records for cue in record.cues if start <= cue.start < end and not cue.weak]
        if told:
            for record in records:
                record.cues = [cue for cue in record.cues if cue not in told]
            records[0].cues = told

    def _later_phases(self) -> None:
        """宏砚陶瓷二期 … 二期投资3.8亿元: a later phase is what such a record is about."""
        for record in self.records:
            for start, end in record.spans if record.amount is None else ():
                for atom, role in self.money.inside(start, end):
                    before = self.facts.text[max(0, atom.start - 14) : atom.start]
                    if role is AmountRole.PHASE and _STANDS_FOR_ALL.search(before):
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
        if len(self.facts.clusters) < 2:
            return
        text = self.facts.text
        of_children = "子公司" in text
        known = {(child.number, parent.number) for child, parent in self.subsidiaries}
        by_stem: dict[str, list[Cluster]] = {}
        for cluster in self.facts.clusters:
            for start in sorted({stem[:2] for stem in cluster.stems}):
                by_stem.setdefault(start, []).append(cluster)
        for child in self.facts.clusters:
            mention = child.mentions[0]
            before = text[max(0, mention.start - 30) : mention.start]
            bracketed = any(part.bracket and part.legal_form for part in child.parts)
            near = text[max(0, mention.start - 40) : mention.end + 16]
            abroad = bracketed and (of_children or _FOUNDED.search(near) is not None)
            founded = abroad or _CHILD.search(before) is not None
            if not founded and not any(part.legal_form and (part.place or part.bracket) for part in child.parts):
                continue
            near_ones = {one.number: one for stem in child.stems for one in by_stem.get(stem[:2], ())}
            for _, parent in sorted(near_ones.items()):
                related = parent is not child and parent.mentions[0].start < mention.start
                if not founded and (any(part.legal_form for part in parent.parts) or _same_place(child, parent)):
                    continue
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
                same_name = record.name is None or other.name is None or record.name.text == other.name.text
                if same_name and (other.amount is None or record.amount is None):
                    keep, drop = (record, other) if record.amount is not None else (other, record)
                    keep.cues += drop.cues
                    keep.clusters = [*keep.clusters, *(c for c in drop.clusters if c not in keep.clusters)]
                    self._dropped.add(drop)

    def _of_a_child(self) -> None:
        """全资子公司甲拟投资…。近日,甲取得施工许可证: what is told of the child alone goes on about the project of parent and child."""
        known = {(child.number, parent.number) for child, parent in self.subsidiaries}
        children = {child for child, _ in known}
        for record in self.records if known else ():
            if len(record.clusters) != 1 or record.clusters[0].number not in children:
                continue
            if record in self._dropped or record.history:
                continue
            own = record.clusters[0]
            for other in self.records:
                joint = other is not record and other not in self._dropped and not other.history
                one_sum = (other.amount is None) != (record.amount is None)
                parents = any((own.number, one.number) in known for one in other.clusters)
                if joint and one_sum and own in other.clusters and parents:
                    other.cues = sorted([*other.cues, *record.cues], key=lambda cue: cue.start)
                    other.spans += record.spans
                    other.name, other.amount = other.name or record.name, other.amount or record.amount
                    self._dropped.add(record)
                    break

    def _ended(self) -> None:
        """曾签署投资合同,拟投资10亿元…。双方签署终止协议: the old project with its amount is the one that was given up."""
        for record in self.records:
            ended = any(cue.step is Step.TERMINATED and not cue.weak for cue in record.cues)
            if not ended or record.amount is not None or record in self._dropped or len(record.clusters) == 0:
                continue
            old = [
                one
                for one in self.records
                if one.history
                and one.amount is not None
                and one not in self._dropped
                and one.clusters
                and one.clusters[0] in record.clusters
                and not one.cues
            ]
            if not old and announces_an_end(self.facts.text):
                self._end_of_the_only(record)
            if len(old) == 1:
                record.amount, record.spans = old[0].amount, [*old[0].spans, *record.spans]
                self._dropped.add(old[0])

    def _end_of_the_only(self, record: Record) -> None:
        """由全资子公司…投资80,000万元。…双方签署终止协议: the firm that announces ends the one project of it or its child that the text prices."""
        priced = [
            one
            for one in self.records
            if one is not record
            and one.amount is not None
            and not one.history
            and one not in self._dropped
            and any(cluster in one.clusters for cluster in record.clusters)
        ]
        if len(priced) == 1 and len(priced[0].clusters) > 1:
            priced[0].cues = [*priced[0].cues, *record.cues]
            priced[0].spans += record.spans
            self._dropped.add(record)

    def _told_in_passing(self) -> None:
        """原是甲拿的地,那家企业当年说要投6000万元,…合同解除: what is told beside a project that was given up is the same one."""
        gone = [one for one in self.records if one.history and any(cue.step is Step.TERMINATED for cue in one.cues)]
        for record in self.records if gone else ():
            bare = record.amount is None and record.name is None and not record.history and len(record.clusters) == 1
            if bare and any(one.clusters == record.clusters and set(one.spans) & set(record.spans) for one in gone):
                self._dropped.add(record)

    def _led_by(self, cluster: Cluster) -> list[Record]:
        led = dict.fromkeys(self._led.get(cluster.number, ()))
        return [one for one in led if one not in self._dropped and one.clusters and one.clusters[0] is cluster]

    def _of_dwellings(self, record: Record) -> bool:
        return any(_DWELLINGS.search(self.facts.text, start, end) for start, end in record.spans)

    def _is_project(self, record: Record) -> bool:
        if (
            record.amount is None
            and record.name is None
            and not any(cue.by_rule or cue.sure >= SURE_OF_A_PROJECT for cue in record.cues)
        ):
            return False
        if record.amount is not None and self.money.at.get(record.amount.start) is AmountRole.BARE:
            if not _said(record) and record.name is None:
                return False
        elif record.amount is not None:
            return True
        if record.name is not None and _said(record):
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
                "愿意",
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


def _same_place(one: Cluster, other: Cluster) -> bool:
    """Whether both names hold the same place."""
    places = [{part.place or part.bracket for part in cluster.parts} - {""} for cluster in (one, other)]
    return bool(places[0] & places[1])


def _said(record: Record) -> bool:
    return any(not cue.hint for cue in record.cues)


def announces_an_end(text: str) -> bool:
    """关于终止对外投资的公告: what the whole document is about."""
    return _ENDS.search(text, 0, HEAD) is not None
