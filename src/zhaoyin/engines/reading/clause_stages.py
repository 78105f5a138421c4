"""The cues of a text: each clause is masked, judged by the rules and by the learned model together."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise, zip_longest

from zhaoyin.domain.atoms.dates import DateAtom
from zhaoyin.domain.value import value
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.masking import DAY, FUNDS_AS_FIRMS, Masked, marks_of
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.sentences import Clauses, InOrder, Sentence, inside
from zhaoyin.engines.reading.stage_model import CLASSES, STEPS, StageModel
from zhaoyin.engines.reading.stages import PUT_OFF, Cue, Step, find_cues, looks_back, words_ahead


@value
class Judged:
    """A clause as the model saw it, and what it thought."""

    start: int
    end: int
    masked: str
    rules: tuple[str, ...]
    chances: tuple[float, ...]


_LISTED = re.compile(r"[、和与及\s]*")
_PAPER = re.compile(r"意向[书函协合]|达成[^,。;]{0,6}意向|草签|按意向|框架|备忘录|宣布|初签|意向金")
_IF = re.compile(
    r"再不(?!来|谈|跟)|否则|不然|如果|假如|一旦|(?<![类似])若(?!干)|要是|只要(?![\d一二两三四五六七八九十几半])"
)
_PERHAPS_IF = re.compile("再不|否则|不然|如果|假如|一旦|若|要是|只要")
"""What `_IF` begins with, whatever follows."""
_PURPOSE = re.compile(
    r"[约共总投资额计划拟将用,]*M[^了已正完]{0,3}(?:建|建设|新建|上|上马|打造|造|做)[^了已正完]*|(?:依次|分别|各自?|主要|用于)建设[^了已正完]*"
    r"|(?:C?(?:拟|计划|将)?在[Z\u4e00-\u9fff]{1,8}投资|规划)?(?:建设|新建)[^了已正完]{2,30}(?:中心|线|基地|车间|厂房|平台|园区?|库|楼|设施|装置)"
)
"""M建烘干设备基地, 依次建设某某生产线: what the money is for, no word of how far it is."""
_OLD_PLANT = re.compile(r"(?:老|旧)(?:厂|车间|产?线|基地)")
"""老厂房不停产: where the firm is now is not the project."""
_FACTS = frozenset({"signed", "sited", "landed", "construction", "production"})
_PAPERWORK = re.compile(
    r"(?:目前|现|还)?(?:正在|正|在)(?:抓紧|加紧|加快)?(?:办理?|申办|跑|补办|走)[^,。;了完]{0,10}(?:许可证?|手续|环评|能评|安评|备案|审批|批复|流程)|"
    r"经?[^,。;]{0,8}(?:董事会|经理办公会|股东大?会|党委会)(?:批准|审议通过|审议批准|通过|同意)|[^,。;]{0,6}(?:正在|正|还在)(?:出|画|做|改)[^,。;了完]{0,4}(?:施工图|设计图|图纸|设计方案)|"
    r"授权[^,。;]{1,16}(?:洽商|洽谈|签署|签订|办理)[^,。;]*"
)
"""正在办理施工许可: papers under way are no step."""
_PERMITS = re.compile(r"(?:目前|现|还)?(?:正在|在|处于)?(?:施工许可|报建|报批|图审|审图|能评|环评)(?:阶段|中)")
_A_THING = re.compile(
    r"C的[^已正了开投达竣在上出建进装把用又花下吊打]{2,10}(?:线|项目|基地|厂|车间|工厂)|首批N[^,。]{0,6}投M|有?(?:专)?(?:做|造|供)[^,。了]{1,10}的C"
)
"""C的出口包装线, 有做电缆卷筒的C: who or what, no word of how far it is."""
_A_REQUEST = re.compile(
    r"(?:请(?![到来客进])|(?:会议|现场)?责成|责令|督促|敦促|要求)[^,。;了]{1,14}(?:办|做|出具|协调|落实|配合|尽快|完成|提出|拿出)"
)
"""请发改局办备案, 责成规划部三日内出具意见: what is asked for is not done."""
_WHERE_ONLY = re.compile(r"[^,。;]{0,16}(?:坐落(?:于|在)|位于|地处|落址于?)[^,。;了]{1,12}")
"""C的生产基地坐落于Z: where it stands."""
_PAYS_OUT = re.compile(r"完成[^,。;]{0,6}(?:笔|轮|次)(?:投放|出资|投资|融资|增资|注资)")
"""C上周完成第二笔投放: a fund's money."""
_SAYS_NO = re.compile(
    r"(?:没有?|暂?无|并无)[^,。;了]{0,4}(?:打算|计划|考虑)[,。;]?$|"
    r"(?:影响|耽误|制约)了?[^,。;]{0,4}(?:开工|施工|建设|投产|签约|进度|落地)"
)
"""C暂时没有扩产打算, 影响开工: nothing is planned or done."""
_A_REASON = re.compile(r"嫌|因|由于|理由|原因|说是|说我们")
"""某某黄了,嫌地贵: why it ended."""
_TO_BE_FOUNDED = re.compile(r"(?:将|拟|计划|准备)(?:在[^,。;]{1,8})?(?:另行?|新)?(?:设立|成立|注册|组建|新设)(?!了)")
_NOT_COUNTED = re.compile(r"不算(?:数|开工|投产|签约)?$|(?:^|\d)等[^,。]{2,10}再")
"""打围墙不算, 等桩机进场再报."""
_NOT_GIVEN_UP = re.compile(
    r"(?:尚|还|暂|并)?(?:未|没有?|不)(?:撤销?|退出|终止|放弃|取消)|不再(?:加码|扩产|追加|增资|列表|列入|调度|上报)|接着干|再干$"
)
"""未退出, 不再加码, 疫情解除后接着干."""
_UNFINISHED = re.compile(r"(?:的|由|是|给|向|与|和|跟)$")
"""C的铝管由邻县的: words before the next firm that say nothing by themselves."""
_OWNER_ONLY = re.compile(r"C(?:下属|旗下|所属|全资|控股|名下)的?$")
"""首期已开放的P由C下属的: what follows is told of another firm."""
_NOT_YET = re.compile(
    r"(?:都|还|也|尚|仍|一直|至今|迟迟)(?:没有?|未)(?:能|曾)?[^,。;了]{0,4}(?:注册|开工|动工|签|投产|落地|落户|供地|办)"
)
"""至今公司都没注册."""
_RENTS = re.compile(r"租[^,。]{0,14}(?:厂房|厂|楼|车间|跨|平|㎡|房)|押金")
_COMES_IN = re.compile("注册|执照|入驻|落户|搬|进驻|迁|公司|装修")
"""租的是标准厂房: a place to work in, not a firm that has come."""
_WHAT_IT_DOES = re.compile(r"[^已正开始恢复投满]{2,12}(?:生产|加工|制造|组装|分装)")
"""羽绒服生产: what a firm does, in a row of a list."""
_SHELL = re.compile(r"(?:[一二三]期)?(?:标准)?(?:厂房|主体|车间|大楼)[^投产]{0,4}(?:建成|完工|建好|盖好)了?")
"""一期厂房已建成: a building is done, nothing is made yet."""
_TENTATIVE = re.compile(r"暂定|初定|拟定|初步(?:选|定)|意向地块|备选")
"""暂定落在滨湖板块: no site yet."""
_TAKEN_BACK = re.compile(r"取消[^,]{0,3}(?:优惠|奖|补|资格|称号)|退[还了]?[^,]{0,2}(?:定金|订金|保证金|押金|诚意金)$")
"""A favour or a deposit taken back is not the project given up."""
_SIGNED_AND_LANDED = re.compile(r"签约(?:并)?(?:落地|落户|入驻)")
_SENTENCE_END = re.compile(r"[。!?;\n]")
_ONCE_DONE = re.compile(r"(?:建成|达产|投产|投用|完工|运营|实施)(?:达产|投产|运营|达效|以)?后")
REACH = 8
"""Sentences behind one with a firm or a project that can still speak of it."""
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff\d)元])[ \t]+(?:/[ \t]+)?(?=[\u4e00-\u9fff\d(])")
LEAST_BLANKS = 2
_TRIM = " ,。;:、\n!?—"
LEAST_HINT = 0.15
"""From this chance on a clause's likeliest step is kept as a hint."""
SURE_ALONE = 0.9
SURE_BESIDE_RULES = 0.6
"""Below these the rules' own cues stand (benchmarks/reading)."""
SURE_AGAINST_A_PLAN = 0.97
"""Needed to say that something has happened where the rules see a plan, a condition or a no."""
SURE_OF_NOTHING = 0.8
"""A cue of the rules is dropped when the model is this sure that the clause says nothing (benchmarks/reading)."""


_EITHER_OR_CALLED = re.compile(r"是[^,。;]{1,6}还是|执照上(?:叫|写|是)|工商名|注册名|公司全名")
"""到底是开工还是投产 is a question; what a firm is called in the register says nothing of its project."""
SURE_OF_TALKS = 0.9
"""Needed by the model to see mere talks where the rules see a signature."""
_OF_A_FIRM = re.compile(r"(?:了)?的")
LONGEST_LABEL = 6
"""A word of this length before a colon is a label (开工:—) and tells nothing by itself."""
SHORT = 12
"""Clauses up to this length come again and again (总投资M): what the model thinks of them is remembered."""


Thought = tuple[tuple[float, ...], float, str]
"""Chances of the classes, the highest, and its class."""


_NOTHING = (1.0, *(0.0 for _ in CLASSES[1:]))
"""Chances of a clause that tells nothing, whatever the model thinks of it."""


def _thought(model: StageModel, masked: str, keys: tuple[str, ...]) -> Thought:
    chances = model.probabilities(masked, keys)
    sure = max(chances)
    return chances, sure, CLASSES[chances.index(sure)]


_short = lru_cache(maxsize=8192)(_thought)
_KEYS = {(step, weak): f"{int(step)}{'w' if weak else ''}" for step in Step for weak in (False, True)}
"""How the model is told of the rules' cues."""


_SOON = {
    "签约": Step.SIGNED,
    "拿地": Step.SITED,
    "摘牌": Step.SITED,
    "落地": Step.LANDED,
    "注册": Step.LANDED,
    "开工": Step.CONSTRUCTION,
    "动工": Step.CONSTRUCTION,
    "封顶": Step.CONSTRUCTION,
    "投产": Step.PRODUCTION,
    "试产": Step.PRODUCTION,
    "量产": Step.PRODUCTION,
    "投用": Step.PRODUCTION,
}
_SO_SOON = re.compile(
    rf"从[^,。;]{{1,10}}到(?:正式|建成|主体)?(?P<what>{'|'.join(_SOON)})[^,。;]{{0,4}}(?:只|仅|才|共|总共|前后|不到|不过)*(?:用|花|历时|耗时)"
)
"""从签约到投产只用了113天: how far it is."""


def _acts(masked: str, rules: list[Cue]) -> bool:
    """A firm and its project in one clause with a rule's fact: the model has no say that it is nothing."""
    return "C" in masked and ("P" in masked or "项目" in masked) and any(not cue.weak for cue in rules)


def _ends_late(text: str, atom: DateAtom, published_on: date) -> bool:
    """本月底 in a text of that month has not come."""
    first = atom.first
    return (
        first is not None
        and text[atom.end - 1] in "底末"
        and (first.first.year, first.first.month) == (published_on.year, published_on.month)
    )


_STALLED = re.compile(r"(?:被迫|临时|已经?|又|全面)?停(?:工|建|摆|了|下来)")
_OVER = re.compile(r"终止|解除|不干|不来|放弃|不投|退出|收回|清退|转[去到]|拆")
"""装修被迫停工, 因施工方退场停了: a stalled site, unless it is over."""
_PUT_THERE = re.compile(r"(?:厂|基地|项目|车间|总部)(?:就|将|要|定)?(?:放|摆|落|选|定)在(?!建)")
"""装配厂就放在园区东北角: where it will be."""
_URGED = re.compile(
    r"(?:后面|后续|接下来|下一?步|随后|再|马上|赶紧|抓紧|尽快|尽早|力争|争取|加快|就|要|得)+(?:开工|动工|签约|签|注册|投产|拿地|摘牌|落地|进场|办证|供地|挂牌)"
)
"""后面抓紧开工: nothing has begun."""


def _less_far(masked: str, label: str) -> str:
    """A building that is done makes nothing yet, and a site that is tentative is a plan."""
    if label == "production" and _SHELL.fullmatch(masked):
        return "construction"
    if label == "terminated" and _STALLED.search(masked) and not _OVER.search(masked):
        return "construction"
    if label == "production" and _PUT_THERE.search(masked):
        return "sited"
    if label == "landed" and _LAND_PAPER.search(masked) and "营业执照" not in masked:
        return "sited"
    return "plan" if label in {"sited", "land"} and _TENTATIVE.search(masked) else label


NEAR_END = 24
"""Characters before a reason in which the project was called off."""


def _moved(chances: tuple[float, ...], old: str, new: str) -> tuple[float, ...]:
    """The chances with that of one class given to another."""
    given = list(chances)
    first, second = CLASSES.index(old), CLASSES.index(new)
    given[first], given[second] = 0.0, given[second] + given[first]
    return tuple(given)


_LAND_PAPER = re.compile(r"(?:用地|工程)?规划(?:许可证?|证)|不动产权?证|土地证|用地批(?:复|准)")


class ClauseStages:
    """Judges the clauses of one text."""

    def __init__(self, facts: Facts, clauses: Clauses, published_on: date | None, model: StageModel) -> None:
        self.facts, self.clauses, self.model = facts, clauses, model
        published = published_on.isoformat() if published_on else None
        comes = [
            atom
            for atom in facts.dates
            if published_on
            and published
            and atom.first is not None
            and (atom.first.first > published_on or _ends_late(facts.text, atom, published_on))
            and not looks_back(facts.text, atom, published)
        ]
        later = {atom.start for atom in comes}
        ahead = list(words_ahead(facts.text, published))
        days = [atom.start for atom in comes if published_on and atom.first and atom.first.first > published_on]
        self.rules = InOrder(find_cues(facts.text, clauses, sorted([*days, *(start for start, _ in ahead)])))
        dated = {atom.start for atom in facts.dates}
        marks = [
            (start, end, "F" if letter == DAY and start in later else letter)
            for start, end, letter in marks_of(facts, FUNDS_AS_FIRMS)
        ]
        self._text = Masked(facts.text, [*marks, *((start, end, "F") for start, end in ahead if start not in dated)])
        self._firms = facts.companies
        self.kept: list[Judged] = []
        """Every clause that was judged, in the order of the text."""
        self._blanks = " " in facts.text or "\t" in facts.text
        self._asks = "?" in facts.text or "？" in facts.text
        self._ifs = [match.start() for match in _PERHAPS_IF.finditer(facts.text)]

    def read(self, sentences: list[Sentence]) -> list[Cue]:
        """Cues in the order of the text."""
        found: list[Cue] = []
        told = InOrder(one for one in self.facts.board.mentions if one.kind in {Kind.COMPANY, Kind.PROJECT})
        left = 0
        for sentence, following in zip_longest(sentences, sentences[1:]):
            left = REACH if inside(told, sentence.start, sentence.end) else left - 1
            opens = left <= 0 and following is not None and inside(told, following.start, following.end)
            if left > 0 or opens:
                for start, end in self._pieces(sentence):
                    found += self._judge(start, end)
        return found

    def _pieces(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Clauses of the sentence, cut before a second firm that is not merely listed."""
        position = sentence.start
        several = len(inside(self._firms, position, sentence.end)) > 1
        while position < sentence.end:
            end = min(self.clauses.end(position), sentence.end)
            start = position
            for left, right in pairwise(inside(self._firms, position, end)) if several else ():
                if not _LISTED.fullmatch(self.facts.text, left.end, right.start):
                    yield from self._cells(start, right.start)
                    start = right.start
            if self._blanks:
                yield from self._cells(start, end)
            else:
                yield start, end
            position = end

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A row whose cells are parted by blanks speaks cell by cell."""
        if self.facts.text.find(" ", start, end) < 0 and self.facts.text.find("\t", start, end) < 0:
            yield start, end
            return
        gaps = list(_BLANK.finditer(self.facts.text, start, end))
        if len(gaps) < LEAST_BLANKS:
            yield start, end
            return
        for gap in gaps:
            if gap.start() > start:
                yield start, gap.end()
                start = gap.end()
        yield start, end

    def masked(self, start: int, end: int) -> str:
        """`text[start:end]` with names, money, days and numbers as letters."""
        return self._text.piece(start, end).strip(_TRIM)

    def _hint(self, start: int, end: int, chances: tuple[float, ...]) -> list[Cue]:
        """The likeliest step of a clause that the model does not dare to judge."""
        if chances[0] + chances[1] > 1 - LEAST_HINT:
            return []
        best = max(range(2, len(CLASSES)), key=chances.__getitem__)
        if chances[best] < LEAST_HINT or self._conditional(start, end):
            return []
        return [Cue(start, end, STEPS[CLASSES[best]], True, CLASSES[best] == "land", chances[best], False, True)]

    def _conditional(self, start: int, end: int) -> bool:
        """如果…,企业将正式签约: what follows an if in its sentence is no fact."""
        if not self._ifs:
            return False
        text = self.facts.text
        opening = (
            max(
                text.rfind("。", max(0, start - 80), start), text.rfind("\n", max(0, start - 80), start), start - 80, -1
            )
            + 1
        )
        first = bisect_left(self._ifs, opening)
        return first < len(self._ifs) and self._ifs[first] < end and _IF.search(text, opening, end) is not None

    def _asked(self, start: int) -> bool:
        """通电算投产? A question tells no fact; a headline with its answer behind it is short and stands in a line of its own."""
        text = self.facts.text
        stop = _SENTENCE_END.search(text, start)
        return stop is not None and stop[0] in "??" and stop.start() - start < 40

    def _promised(self, start: int) -> bool:
        """全部建成后可年产…,实现产值M: what follows the completion of a plan has not come yet."""
        text = self.facts.text
        opening = max(text.rfind(stop, max(0, start - 80), start) for stop in "。\n;")
        return _ONCE_DONE.search(text, max(opening, start - 80, 0), start) is not None

    def _told_beside(self, rules: list[Cue], step: Step, sure: float, end: int) -> list[Cue]:
        """上月签约的某某将于F动工 and 当月洽谈、当月签约: a fact of the rules that a plan or talks beside it do not take back."""
        facts = [cue for cue in rules if not cue.weak and cue.step >= Step.SIGNED]
        if facts and sure < SURE_OF_TALKS:
            return rules
        facts = [cue for cue in facts if cue.step < Step.TERMINATED]
        if not facts:
            return []
        owned = [cue for cue in facts if _OF_A_FIRM.match(self.facts.text, cue.end, min(end, cue.end + 3))]
        return rules if any(self._names_a_firm(cue.end + 1) for cue in owned) else []

    def _names_a_firm(self, position: int) -> bool:
        return any(position <= one.start <= position + 1 for one in inside(self._firms, position, position + 2))

    def _tells_nothing(self, start: int, masked: str, label: str) -> bool:
        """Whether the model takes for a fact what is a promise, a purpose, another plant or a favour taken back."""
        if label in {"production", "construction"} and (self._promised(start) or _PURPOSE.fullmatch(masked)):
            return True
        if label in _FACTS and (
            _PAPERWORK.fullmatch(masked) or _PERMITS.fullmatch(masked) or _NOT_COUNTED.search(masked)
        ):
            return True
        if label in _FACTS and (_A_REQUEST.match(masked) or _WHERE_ONLY.fullmatch(masked) or _PAYS_OUT.search(masked)):
            return True
        if label == "negotiating" and _A_REASON.match(masked) and self._ended_before(start):
            return True
        if label == "landed" and _TO_BE_FOUNDED.search(masked):
            return True
        if label in {"production", "construction"} and _A_THING.fullmatch(masked):
            return True
        if label == "landed" and _RENTS.search(masked) and not _COMES_IN.search(masked):
            return True
        if label == "terminated" and (_NOT_GIVEN_UP.search(masked) or _UNFINISHED.search(masked)):
            return True
        if label in _FACTS and (_NOT_YET.search(masked) or _OWNER_ONLY.search(masked)):
            return True
        if label == "production" and _WHAT_IT_DOES.fullmatch(masked):
            return True
        if label == "production":
            return _OLD_PLANT.match(masked) is not None
        return label == "terminated" and _TAKEN_BACK.search(masked) is not None

    def _ended_before(self, start: int) -> bool:
        return any(cue.step is Step.TERMINATED for cue in inside(self.rules, max(0, start - NEAR_END), start))

    def _less_far(self, label: str) -> str:
        """The class of the clause kept last, and the chance with it, where its words tell less than the model thinks."""
        judged = self.kept[-1]
        nearer = _less_far(judged.masked, label)
        if nearer != label:
            self.kept[-1] = replace(judged, chances=_moved(judged.chances, label, nearer))
        return nearer

    def _said_plainly(self, start: int, end: int, rules: list[Cue]) -> list[Cue] | None:
        """What a clause tells that needs no model: a question or a no nothing, a signature that is put off talks; None when it does."""
        if (self._asks and self._asked(start)) or _EITHER_OR_CALLED.search(self.facts.text, start, end):
            return []
        soon = _SO_SOON.search(self.facts.text, start, end)
        if soon is not None:
            return [Cue(soon.start("what"), soon.end("what"), _SOON[soon["what"]])]
        late = PUT_OFF.search(self.facts.text, start, end)
        if late is not None:
            return [Cue(late.start(), late.end(), Step.NEGOTIATING)]
        if all(cue.weak for cue in rules) and _SAYS_NO.search(self.facts.text, start, end):
            return []
        return None

    def _judge(self, start: int, end: int) -> list[Cue]:
        rules = list(inside(self.rules, start, end))
        plain = self._said_plainly(start, end, rules)
        if plain is not None:
            return plain
        masked = self.masked(start, end)
        if not rules and (len(masked) < 2 or (len(masked) <= LONGEST_LABEL and self.facts.text[end - 1] == ":")):
            return []
        keys = tuple([_KEYS[cue.step, cue.weak] for cue in rules]) if rules else ()
        if _URGED.fullmatch(masked):
            return rules
        chances, sure, label = (_short if len(masked) <= SHORT else _thought)(self.model, masked, keys)
        self.kept.append(Judged(start, end, masked, keys, chances))
        if label == "none" and sure >= SURE_OF_NOTHING and not _acts(masked, rules):
            kept = [cue for cue in rules if cue.weak and cue.step is Step.INTENT]
            return kept or self._hint(start, end, chances)
        if not rules and self._tells_nothing(start, masked, label):
            self.kept[-1] = Judged(start, end, masked, keys, _NOTHING)
            return []
        if not rules or label == "terminated":
            label = self._less_far(label)
        if label == "none" or sure < (SURE_BESIDE_RULES if rules else SURE_ALONE):
            return rules or self._hint(start, end, self.kept[-1].chances)
        step = STEPS[label]
        if (
            rules
            and step >= Step.SIGNED
            and all(cue.weak or cue.step < Step.SIGNED for cue in rules)
            and sure < SURE_AGAINST_A_PLAN
        ):
            return rules
        if step is Step.SIGNED and rules and _SIGNED_AND_LANDED.search(self.facts.text, start, end):
            return rules
        if step < Step.SIGNED and (kept := self._told_beside(rules, step, sure, end)):
            return kept
        same = [cue for cue in rules if cue.step is step]
        weak = (
            label == "plan"
            or self._conditional(start, end)
            or (step is Step.INTENT and not _PAPER.search(self.facts.text, start, end))
        )
        if same:
            higher = [cue for cue in rules if not cue.weak and step < cue.step < Step.TERMINATED] if not weak else []
            return [*(Cue(cue.start, cue.end, step, weak, label == "land", sure) for cue in same), *higher]
        lead = len(self.facts.text[start:end]) - len(self.facts.text[start:end].lstrip(_TRIM))
        body = self.facts.text[start + lead : end].rstrip(_TRIM)
        return [Cue(start + lead, start + lead + max(1, len(body)), step, weak, label == "land", sure, by_rule=False)]
