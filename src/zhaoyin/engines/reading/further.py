"""Where words about a firm's project turn to another one of the same firm: at another place, a later phase, one more base."""

import re

from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.records import MoneyRoles, Record
from zhaoyin.engines.reading.sentences import Clauses, InOrder, inside
from zhaoyin.engines.reading.stages import Cue, Step

_ANOTHER_OF_IT = re.compile(
    r"(?:其|它|该公司|公司|企业|集团)(?:在|位于)?[^,。;]{0,8}?的?另(?:外)?(?:一|有一)?(?:个|座|处|条|家|期)?(?:项目|工厂|基地|生产线|产线|厂)"
    r"|(?:至于|另外|此外),?(?:公司|其|它)?(?:在|位于)[^,。;]{2,10}的[^,。;]{0,10}(?:厂|工厂|基地|项目|生产线)"
)
_LATER_PHASE = re.compile(r"(?:(?<=[,。;\s])|其|该项目|的|洽谈|启动|谋划|筹划|筹备|推进)(?P<word>[二三四]期)")
A_PRICE = frozenset({AmountRole.INVEST, AmountRole.PHASE, AmountRole.BARE})
"""What can be the total of a phase."""
_FIRST_PHASE = re.compile(r"\s*(?:项目|该项目|其)?一期(?:工程|项目)?[^,。;]{0,14}(?:投产|建成|投用|投入使用|运行),")
A_BASE = re.compile(r"\s*[\u4e00-\u9fff]{2,8}(?:基地|工厂|厂区),")
"""新疆库尔勒基地,16.4亿元: opens what is told of one base."""


class FurtherProjects:
    """Finds such turns in one text."""

    def __init__(self, text: str, money: MoneyRoles, cues: InOrder[Cue], clauses: Clauses) -> None:
        self._text, self._money, self._cues, self._clauses = text, money, cues, clauses

    def turn(self, record: Record, start: int, end: int) -> int:
        """Where in `start`..`end`, which belongs to `record`, another project is spoken of; `end` when nowhere."""
        other = _ANOTHER_OF_IT.search(self._text, start, end) or self._other_base(record, start, end)
        if other is None and record.amount is not None and self.tells_first_phase(start, end):
            return start if record.spans[:-1] else end
        cut = self._clauses.start(other.start()) if other is not None else self._next_phase(record, start, end)
        if cut == end:
            return end
        tells = self._money.inside(cut, end) or any(not one.weak for one in inside(self._cues, cut, end))
        return end if not tells or (cut == start and not record.spans[:-1]) else cut

    def tells_first_phase(self, start: int, end: int) -> bool:
        """一期工程2020年投产,投资12.5亿元: behind what is told of a later phase."""
        first = _FIRST_PHASE.match(self._text, start, end)
        return first is not None and any(role in A_PRICE for _, role in self._money.inside(first.end(), end))

    def _other_base(self, record: Record, start: int, end: int) -> re.Match[str] | None:
        """新疆库尔勒基地,16.4亿元 behind 连云港基地,总投资21亿元: one more of the same firm's, at another place."""
        base = A_BASE.match(self._text, start, end)
        if base is None or (record.amount is None and all(cue.weak for cue in record.cues)):
            return None
        return base

    def _next_phase(self, record: Record, start: int, end: int) -> int:
        """一期8000万元货场去年投运;二期再投2亿元,还没签: where what is told of a phase behind one that runs begins; `end` when nowhere."""
        phase = _LATER_PHASE.search(self._text, start, end)
        if phase is None:
            return end
        cut = self._clauses.start(phase.start("word"))
        runs = [*record.cues, *inside(self._cues, start, cut)]
        if not any(cue.step is Step.PRODUCTION and not cue.weak for cue in runs):
            return end
        told = [*(one for one in record.spans if one != (start, end)), (start, cut)]
        first = [atom for one in told for atom, role in self._money.inside(*one) if role in A_PRICE]
        if not any(role in A_PRICE for _, role in self._money.inside(cut, end)) or not (first or record.amount):
            return end
        record.amount = record.amount or first[0]
        return cut
