"""Which of a firm's amounts its present project has: what was changed, what was invested long ago, and what is one more project."""

import re
from collections.abc import Callable

from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Mention
from zhaoyin.engines.reading.records import Record
from zhaoyin.engines.reading.sentences import Clauses, InOrder, inside
from zhaoyin.engines.reading.stages import Cue, Step

_NOW = re.compile(
    r"(?:经?核实|核减|核定|审定|实际)[^,。;]{0,6}(?:合同额|总投资|投资额?)?(?:只有|仅有|仅为|为|是)$|(?:缩|减|砍|压|调|改|变更|追加|增加|提高|提升|扩大|做|提|增|加|升|上修|上调|上浮|调增|调高|扩)(?:减|整|低|资)?(?:到|至|为|成了?)(?:了)?约?$|(?:连同|算上)[^。;]{0,16}(?:一共|总共|合计|共)?(?:预备|准备|要)?$|(?:全部)?算下来(?:一共)?要?$|(?:[两三]期|全部|前后|总共|一共|总计|加起来)(?:合计|共计|总计|共|一共)?(?:要|打算|准备|计划|将)?(?:投资?|投了|花|要花|砸)?约?$"
)
_MORE_MONEY = re.compile(
    r"再投|再次|追加|增资|另行|加码|二次投资|第二笔|又(?:和|与|跟|在)[^,。;]{0,8}(?:谈|签|投|建)|这回|这一次|这次|此番|又投|又签|二期"
)
_PLANS_MORE = re.compile(r"(?:打算|准备|计划|拟|想)[^,。;]{0,4}(?:再投|再上|追加|增资|加投|加码|扩建)")
_NEXT_PLANT = re.compile(r"第[二三四五](?:个|家|座)(?:厂|项目|基地|车间)?$")
"""第三个1.5亿元: one more plant."""
_ALREADY_THERE = re.compile(
    r"(?:现有|已有|原有|已建成的|首个|第一个)[^,。;]{0,14}(?:\([^,。;()]{0,8}|(?:项目|工厂|基地)(?:总)?投资)$"
)
"""公司现有舟山基地(投资6.7亿元): another project, and an old one."""
_OTHER_SUMS = re.compile(r"产值|收入|营收|销售|税|利润|产能|出口|资本|持股|基金|订单|租金|房价|工资|保费|授信|贷款")
"""税收由3亿元增至5亿元: what grows there is no investment."""
_MAY_HOLD_NOW = frozenset({AmountRole.INVEST, AmountRole.BARE, AmountRole.OTHER, AmountRole.STATISTIC})
Paid = list[tuple[MoneyAtom, AmountRole]]
"""Amounts of a part of the text with what they are."""


class Instalments:
    """Tells old, present and further amounts of one text's firms apart; `add` takes the records that it makes."""

    def __init__(
        self, facts: Facts, cues: InOrder[Cue], clauses: Clauses, year: int | None, add: Callable[[Record], Record]
    ) -> None:
        self.facts, self.cues, self.clauses, self.year, self._add = facts, cues, clauses, year, add

    def changed(self, paid: Paid) -> MoneyAtom | None:
        """缩到12亿元, 两期合计3.1亿元, 做成了1.05亿元: the amount that holds now, or all parts together."""
        found = None
        for atom, role in paid:
            opening = self.clauses.start(atom.start)
            if (
                role in _MAY_HOLD_NOW
                and _NOW.search(self.facts.text, max(opening, atom.start - 10), atom.start)
                and not _OTHER_SUMS.search(self.facts.text, opening, atom.start)
            ):
                found = atom
        return found

    def tell_history(self, record: Record, paid: Paid, start: int, end: int) -> set[int]:
        """An old investment told in passing is a record of its own, and makes the present one a reinvestment; where the cues stand that are its own."""
        claimed: set[int] = set()
        alone = not any(role in {AmountRole.INVEST, AmountRole.BARE} for _, role in paid)
        for atom, role in paid:
            if role is AmountRole.HISTORY:
                told = inside(self.cues, start if alone else atom.start, end)
                cues = [
                    cue
                    for cue in told
                    if (cue.step is Step.TERMINATED and cue.start >= atom.start)
                    or (alone and cue.step is Step.PRODUCTION and not cue.weak)
                ]
                self._add(
                    Record(list(record.clusters[-1:]), amount=atom, history=True, cues=cues, spans=[(start, end)])
                )
                record.reinvest = record.reinvest or not cues
                claimed.update(cue.start for cue in cues)
        return claimed

    def again_in_stretch(self, record: Record, money: list[MoneyAtom]) -> None:
        """2019年投资8000万元落户,今年准备再投1.2亿元: the first is history, the last is what the record is about."""
        if len(money) < 2 or self.year is None or record.amount is None:
            return
        last = money[-1]
        year = self.year_before(last, money[0].end)
        more = re.search(
            r"再投|追加|增资|扩建|二期|再上|又投|加码",
            self.facts.text[max(money[0].end, last.start - 16) : last.end + 12],
        )
        old = record.amount_year
        if more and old is not None and old < self.year and (year is None or year > old):
            told = inside(self.cues, money[0].start, self.clauses.end(money[0].start))
            cues = [cue for cue in told if cue.step >= Step.SIGNED]
            self._add(
                Record(list(record.clusters[-1:]), amount=money[0], history=True, cues=cues, spans=list(record.spans))
            )
            record.amount, record.amount_year, record.reinvest = last, year, True
            record.ignore_before = max(last.start - 16, self.clauses.start(last.start))

    def older_in_stretch(self, record: Record, money: list[MoneyAtom], end: int) -> set[int]:
        """新工厂总投资1.7亿元,…2020年投的5000万元糕点厂已经满产: the last is the old one; where the cues stand that are its own."""
        last = money[-1]
        year = self.year_before(last, money[0].end)
        if record.amount is not money[0] or year is None or self.year is None or year >= self.year:
            return set()
        if record.amount_year is not None and record.amount_year <= year:
            return set()
        cues = [cue for cue in inside(self.cues, self.clauses.start(last.start), end) if not cue.weak]
        self._add(Record(list(record.clusters[-1:]), amount=last, history=True, cues=cues, spans=[(last.start, end)]))
        record.reinvest = True
        return {cue.start for cue in cues}

    def statistic_as_amount(self, record: Record, paid: Paid, start: int, end: int) -> None:
        """协议金额 of one company's own project was taken for a statistic."""
        if inside(self.facts.counts, start, end):
            return
        for atom, role in paid:
            if role is AmountRole.STATISTIC:
                record.amount = atom

    def year_before(self, atom: MoneyAtom, start: int) -> int | None:
        years = [
            one.first.first.year for one in inside(self.facts.dates, start - 2, atom.start) if one.first is not None
        ]
        return years[-1] if years else None

    def maybe_second(
        self, record: Record, names: list[Mention], money: list[MoneyAtom], start: int, end: int
    ) -> Record:
        """A second amount of the same investor: an old investment becomes history, a further project its own record."""
        if money and record.amount is None and self._runs_already(record, money[0], start):
            return self._add(Record(list(record.clusters), place=record.place, reinvest=True))
        if not money or record.amount is None or money[0].money.value == record.amount.money.value:
            return record
        year = self.year_before(money[0], start)
        now = self.year
        if (
            record.amount_year is not None
            and now is not None
            and record.amount_year < now - 1
            and (year is None or year > record.amount_year)
        ):
            record.history = True
            fresh = Record(list(record.clusters), place=record.place, reinvest=True)
            told = [cue for cue in record.cues if cue.start < self._told_from(record.amount)]
            record.cues, fresh.cues = [cue for cue in record.cues if cue not in told], told
            return self._add(fresh)
        if year is not None and now is not None and year < now and record.amount_year != year:
            old = Record(list(record.clusters), history=True)
            return self._add(old)
        before = self.facts.text[max(start, self.clauses.start(money[0].start) - 24) : money[0].start]
        known = any(not cue.weak and cue.step >= Step.SIGNED for cue in record.cues)
        if known and _MORE_MONEY.search(before) and record.clusters:
            return self._add(Record(list(record.clusters), place=record.place, reinvest=True))
        if _NEXT_PLANT.search(self.facts.text, max(start, money[0].start - 6), money[0].start):
            return self._add(Record(list(record.clusters), place=record.place, reinvest=True))
        if _ALREADY_THERE.search(self.facts.text, max(start, money[0].start - 24), money[0].start):
            return self._add(Record(list(record.clusters), history=True))
        different = names and record.name is not None and names[0].text != record.name.text
        if different and re.search(r"此外|另外|另|同时|还|再|又", self.facts.text[start : money[0].start]):
            fresh = Record(list(record.clusters), reinvest=True)
            return self._add(fresh)
        return record

    def _runs_already(self, record: Record, atom: MoneyAtom, start: int) -> bool:
        """厂子早转起来了,…打算再投600万元: a plant that runs, and one more investment that is only planned."""
        before = self.facts.text[max(start, self.clauses.start(atom.start)) : atom.start]
        runs = any(cue.step is Step.PRODUCTION and not cue.weak for cue in record.cues)
        return runs and _PLANS_MORE.search(before) is not None

    def _told_from(self, atom: MoneyAtom) -> int:
        """Where the sentence of an old amount begins: what stands before is told of the present."""
        return max(self.facts.text.rfind(stop, 0, atom.start) for stop in "。\n") + 1
