"""Area statistics: indicator, count, amount, period and zone (新增在谈项目46个, 实际利用外资2.35亿美元)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from zhaoyin.domain.atoms.counts import CountAtom
from zhaoyin.domain.atoms.dates import DateAtom
from zhaoyin.domain.atoms.money import MoneyAtom
from zhaoyin.engines.reading.amounts import AmountRole
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.sentences import Sentence, inside
from zhaoyin.engines.reading.stage_model import CLASSES, StageModel


class Indicator(StrEnum):
    """What an area statistic measures."""

    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    LANDED = "landed"
    CONSTRUCTION = "construction"
    PRODUCTION = "production"
    FDI = "fdi"
    FUNDS_ARRIVED = "funds_arrived"


@dataclass(slots=True)
class AreaFigure:
    """One figure of a zone or place; `count` or `amount` may be missing."""

    indicator: Indicator
    start: int
    end: int
    count: CountAtom | None = None
    amount: MoneyAtom | None = None
    period: DateAtom | None = None
    zone: Mention | None = None


_I = Indicator
_WORDS: tuple[tuple[Indicator, str], ...] = (
    (_I.NEGOTIATING, r"在谈|谈着|洽谈|接洽|在跟踪|跟踪洽谈"),
    (_I.PRODUCTION, r"投产|投用|达产|见了产|竣工|冒烟|出(?:了)?产品"),
    (_I.CONSTRUCTION, r"开工|动工|破土|动了?土|在建|复工建设|奠基"),
    (_I.LANDED, r"落地|落户|注册|入驻|新设立?|新增(?:外资|港资|台资)企业|引进[^,。;\d]{0,10}企业|新引进"),
    (
        _I.SIGNED,
        r"签约|签下来|签字盖章|盖了?章|合同项目|签了约|(?:落了笔的?|签的?)?(?:合同|协议),?$|签(?:了|成|妥|定)?(?:的)?\)?(?:只|仅|才|共|有)*$|合同签了|签订|签下|签署|新签|引进(?!省外|国内|资金)|招引(?!项目办)",
    ),
)
_INDICATOR = re.compile("|".join(f"(?P<{name.value}>{pattern})" for name, pattern in _WORDS))
_TARGET = re.compile(
    r"(?:力争|确保|目标|争取|要再|定的数是|全年(?:要|计划)|计划(?:引进|签约|开工|新)|预计(?:全年|年内))[^。;]{0,16}$"
)
_AIM = re.compile(r"力争|确保|争取")
_REACHED = re.compile(r"已|完成|实现|同比|截至|增长")
_FOREIGN = re.compile(
    r"(?:利用|使用|到账|引进)?(?:境外)?(?:(?<!省)(?<!市)外|[港台侨]|境外)资(?!金)[^,。;、]{0,6},?$|现汇进资[^,。]{0,3}$|外商(?:直接)?投资[^,。;、]{0,4}$|FDI[^,。]{0,4}$"
)
_ARRIVED = re.compile(
    r"(?:进账|到位(?:资金)?|省外资金|市外资金|县外资金|利用[^,。;]{0,4}内资|内资|到账|到资|省际资金|境内资金)[^,。;、]{0,8},?$"
)
_CHANGED = re.compile(r"(?:增加|减少|同比)[^,。]{0,3}$")
_DIFFERENCE = re.compile(r"(?:增加|少了|减少|多了|净增|同比(?:增|多)[^,。]{0,2}|分别)\s?$")
_PAPERS = re.compile(r"合同|协议")
_MEASURES = frozenset(["个", "家", "项", "宗", "户"])
_VISIT = re.compile(r"(?:拜访|走访|对接(?:洽谈)?了?|接待|考察|座谈|跑了|看了|会见)[^,。;]{0,6}$")


_BY_CLASS = {
    "negotiating": _I.NEGOTIATING,
    "signed": _I.SIGNED,
    "land": _I.LANDED,
    "landed": _I.LANDED,
    "construction": _I.CONSTRUCTION,
    "production": _I.PRODUCTION,
}
SURE_OF_THE_INDICATOR = 0.8
"""Needed by the stage model for 机器转起来的11个, where no word of the trade names the figure."""
_LEAD_IN = re.compile(r"[\s,。;:、(—-]*(?:其中|另有|还有|其余)?")
_TALLY = re.compile(r"(?:的|了|有|只|仅|才|共|占|\)|:|,)*$")
_TALLIED = re.compile(r"(?:的|了|有|只|仅|才|共|占|\)|:|,)$")


def read_statistics(
    facts: Facts, listed: list[AmountRole], sentences: list[Sentence], model: StageModel | None = None
) -> list[AreaFigure]:
    """Figures in the order of the text; `model` reads free turns of phrase beside figures that are known."""
    if not facts.counts and not _of_an_area(facts, listed):
        return []
    roles = {atom.start: role for atom, role in zip(facts.money, listed, strict=True)}
    found: list[AreaFigure] = []
    period: DateAtom | None = None
    zone: Mention | None = None
    for sentence in sentences:
        period = _period(facts, sentence) or period
        found += _in_sentence(facts, roles, sentence, found, period, zone, model)
        zone = _leading_zone(facts, sentence) or zone
    return found


def _of_an_area(facts: Facts, listed: list[AmountRole]) -> bool:
    """Whether an amount may be a figure of an area."""
    if not listed:
        return False
    if AmountRole.STATISTIC in listed or AmountRole.BARE in listed:
        return True
    return _FROM_ABROAD.search(facts.text) is not None or _MONEY_COMES.search(facts.text) is not None


_FROM_ABROAD = re.compile("外|[港台侨]资|FDI|进资")
"""One of them stands in every match of `_FOREIGN`."""
_MONEY_COMES = re.compile("进账|到位|资金|内资|到账|到资")
"""One of them stands in every match of `_ARRIVED`."""


def _period(facts: Facts, sentence: Sentence) -> DateAtom | None:
    for atom in inside(facts.dates, sentence.start, sentence.end):
        if "同期" not in facts.text[atom.start : atom.end]:
            return atom
    return None


def _leading_zone(facts: Facts, sentence: Sentence) -> Mention | None:
    for mention in facts.board.between(sentence.start, sentence.end):
        if mention.kind in {Kind.ZONE, Kind.PLACE}:
            return mention
    return None


def _in_sentence(
    facts: Facts,
    roles: dict[int, AmountRole],
    sentence: Sentence,
    before: list[AreaFigure],
    period: DateAtom | None,
    zone: Mention | None,
    model: StageModel | None,
) -> list[AreaFigure]:
    found: list[AreaFigure] = []
    last: Indicator | None = before[-1].indicator if before and before[-1].end > sentence.start - 60 else None
    for count in inside(facts.counts, sentence.start, sentence.end):
        if count.measure not in _MEASURES and not (
            count.measure == "份" and _PAPERS.search(facts.text, max(sentence.start, count.start - 12), count.start)
        ):
            continue
        indicator = _indicator_of(facts, sentence, count, last, found or before)
        if indicator is None and model is not None and (found or before):
            indicator = _in_other_words(facts, sentence, count, model)
        if indicator is None:
            continue
        last = indicator
        place = _zone_near(facts, sentence, count.start) or zone
        found.append(AreaFigure(indicator, count.start, count.end, count=count, period=period, zone=place))
    for atom in inside(facts.money, sentence.start, sentence.end):
        if not found and before and _names_the_contracts(facts.text, before[-1], atom):
            before[-1].amount, before[-1].end = atom, atom.end
        else:
            _attach_amount(facts, atom, roles[atom.start], sentence, found, period, zone)
    return found


def _indicator_of(
    facts: Facts, sentence: Sentence, count: CountAtom, last: Indicator | None, earlier: list[AreaFigure]
) -> Indicator | None:
    text = facts.text
    left = text[max(sentence.start, count.start - 26) : count.start]
    right = text[count.end : min(sentence.end, count.end + 10)]
    if (
        _is_target(text, sentence, count.start)
        or _DIFFERENCE.search(left)
        or _VISIT.search(left)
        or re.search(r"(?:增加|减少|多|少)了?\s?$", left[-4:])
    ):
        return None
    companies = [
        one
        for one in facts.board.between(max(sentence.start, count.start - 20), count.start)
        if one.kind is Kind.COMPANY
    ]
    if companies or re.search(r"等\s?$", left):
        return None
    previous = max((other.end for other in inside(facts.counts, sentence.start, count.start)), default=sentence.start)
    near = text[max(previous, count.start - 26) : count.start]
    matches = [match for match in _INDICATOR.finditer(near) if not _NOT_YET.search(near, 0, match.start())]
    if not matches and _PART_OF.search(near):
        return None
    if matches:
        return Indicator(matches[-1].lastgroup or "signed")
    after = _INDICATOR.search(right)
    if (
        after is not None
        and after.start() <= 6
        and re.match(
            r"(?:亿元以上|重点|重大|产业|工业|招商|招商引资|优质|[^,。;\d]{0,8}(?=项目))?(?:项目)?(?:集中|成功|已经?|全部|正式|当天|同时|当日)*(?:签约|开工|投产|落地|竣工|出产品)",
            right,
        )
    ):
        return Indicator(after.lastgroup or "signed")
    listed = earlier and re.search(r"(?:、|,|只有|和|及)[^。;]{0,14}$", near) is not None
    return last if listed and last is not None and _zone_near(facts, sentence, count.start) is not None else None


_NOT_YET = re.compile("(?:未|尚未|没有?)$")
_PART_OF = re.compile("(?:其中|其余|另有)[^,。;]{0,10}$|合计$")
"""其中工业项目45个: a part of what was counted, no figure of its own."""


def _in_other_words(facts: Facts, sentence: Sentence, count: CountAtom, model: StageModel) -> Indicator | None:
    """铲子下了地的24个: what the stage model makes of the words right before the count."""
    text = facts.text
    before = max((other.end for other in inside(facts.counts, sentence.start, count.start)), default=sentence.start)
    edge = max(text.rfind(sign, before, count.start) for sign in ",。;:") + 1
    start = max(before, edge)
    said = _TALLY.sub("", _LEAD_IN.sub("", text[start : count.start], count=1))
    if not 3 <= len(said) <= 16 or _TALLIED.search(text, start, count.start) is None:
        return None
    if _is_target(text, sentence, count.start) or facts.board.between(start, count.start) or _VISIT.search(said):
        return None
    chances = model.probabilities(said)
    best = max(range(len(CLASSES)), key=chances.__getitem__)
    return _BY_CLASS.get(CLASSES[best]) if chances[best] >= SURE_OF_THE_INDICATOR else None


def _is_target(text: str, sentence: Sentence, position: int) -> bool:
    """力争签约40个,其中…,到位内资60亿元: an aim holds until the sentence says that something was reached."""
    aims = list(_AIM.finditer(text, sentence.start, position))
    if _TARGET.search(text[max(sentence.start, position - 26) : position]):
        return True
    return bool(aims) and _REACHED.search(text, aims[-1].end(), position) is None


def _zone_near(facts: Facts, sentence: Sentence, position: int) -> Mention | None:
    near = [one for one in facts.board.between(sentence.start, position) if one.kind in {Kind.ZONE, Kind.PLACE}]
    return near[-1] if near else None


def _attach_amount(
    facts: Facts,
    atom: MoneyAtom,
    role: AmountRole,
    sentence: Sentence,
    found: list[AreaFigure],
    period: DateAtom | None,
    zone: Mention | None,
) -> None:
    text = facts.text
    left = text[max(sentence.start, atom.start - 26) : atom.start]
    foreign = _FOREIGN.search(left) if _FROM_ABROAD.search(left) else None
    arrived = _ARRIVED.search(left)
    beside = (
        role in {AmountRole.BARE, AmountRole.INVEST}
        and _right_behind(text, found, atom)
        and not _company_before(facts, sentence, atom.start)
    )
    if foreign is None and arrived is None and role is not AmountRole.STATISTIC and not beside:
        ahead = _of_the_following(text, found, atom) if role is AmountRole.BARE else None
        if ahead is not None:
            ahead.amount, ahead.start = atom, atom.start
        return
    if _is_target(text, sentence, atom.start) or _CHANGED.search(left):
        return
    place = _zone_near(facts, sentence, atom.start) or zone
    if foreign is not None and "省外" not in foreign[0]:
        found.append(AreaFigure(Indicator.FDI, atom.start, atom.end, amount=atom, period=period, zone=place))
    elif (
        arrived is not None
        and role in {AmountRole.ARRIVED, AmountRole.STATISTIC}
        and not _company_before(facts, sentence, atom.start)
    ):
        found.append(AreaFigure(Indicator.FUNDS_ARRIVED, atom.start, atom.end, amount=atom, period=period, zone=place))
    elif (ahead := _of_the_following(text, found, atom)) is not None:
        ahead.amount, ahead.start = atom, atom.start
    elif role is AmountRole.STATISTIC or beside:
        for figure in reversed(found):
            if figure.count is not None and figure.count.end <= atom.start:
                if figure.amount is None and not re.search(r"[。;]", text[figure.count.end : atom.start]):
                    figure.amount, figure.end = atom, atom.end
                return


_OF_THE_CONTRACTS = re.compile(r"[^。;]{0,12};(?:合同|协议|签约)(?:总|投资|金额|资金|引资|额){1,2}")


def _names_the_contracts(text: str, figure: AreaFigure, atom: MoneyAtom) -> bool:
    """新签项目74个,同比多出21个;合同总投资405.8亿元: the amount names the contracts that were counted."""
    return (
        figure.indicator is Indicator.SIGNED
        and figure.count is not None
        and figure.amount is None
        and _OF_THE_CONTRACTS.fullmatch(text, figure.count.end, atom.start) is not None
    )


def _of_the_following(text: str, found: list[AreaFigure], atom: MoneyAtom) -> AreaFigure | None:
    """总投资41亿元的12个项目集中开工: the amount stands before its count."""
    for figure in found:
        if figure.count is not None and figure.amount is None and text[atom.end : figure.count.start] == "的":
            return figure
    return None


def _right_behind(text: str, found: list[AreaFigure], atom: MoneyAtom) -> bool:
    """签11个、30.5亿元: an amount that no word names right behind a figure."""
    return any(
        one.count is not None and text[one.count.end : atom.start] in {"、", ",", "/", ",合", ",共", ",计"}
        for one in found[-1:]
    )


def _company_before(facts: Facts, sentence: Sentence, position: int) -> bool:
    return any(one.kind in {Kind.COMPANY, Kind.FUND} for one in facts.board.between(sentence.start, position))
