"""What is counted or headed in a line before its firms and holds for them: 现场签约项目6个, 新开工项目(2个):."""

import re
from collections.abc import Iterator

from zhaoyin.engines.reading.stages import Step

_NUMBERED = r"(?:\d+|[一二两三四五六七八九十]+)(?![期号条楼栋年月日亩层点成])"
_COUNTED_STEP = re.compile(
    rf"(?P<before>签约|签下|签了|新签|签订|落地|开工|竣工|投产|在建|在谈|洽谈)(?:了|的)?(?:[^,。;\d]{{0,6}}项目)?(?:共有?|总共|一共|有|达)?{_NUMBERED}[个家项单宗笔]"
    rf"|{_NUMBERED}个?(?:[^,。;\d]{{0,12}}(?:项目|企业)[^,。;\d]{{0,8}}?|[^,。;\d]{{0,14}}(?:集中|当天|现场|同时|成功|正式|已|当日|一起|同日)+)(?P<behind>签约|开工|竣工|投产|落地|奠基|动工|动了?土|开了工|破土)"
    r"|第[一二三四五六]组(?P<group>签约|开工)|(?P<event>签约|开工|竣工|投产)(?:仪式|环节|大会)?(?:正式)?开始"
    r"|集中(?P<together>签约|开工|竣工|投产|落地|奠基)|(?P<held>签约|开工|奠基|动工|竣工)(?:仪式|大会)[^,。;]{0,14}?(?:举行|举办)"
    r"|(?P<listed>在谈|洽谈|在建|新?签约|新?开工|竣工|投产|落地)(?:项目|企业)(?:中|里|方面)[,:]"
)
"""现场签约项目6个, 12个项目集中开工, 在建项目中: what is counted there holds for the firms named behind it."""
_COUNTED_STEPS = {
    "在谈": Step.NEGOTIATING,
    "洽谈": Step.NEGOTIATING,
    "落地": Step.LANDED,
    "开工": Step.CONSTRUCTION,
    "新开工": Step.CONSTRUCTION,
    "在建": Step.CONSTRUCTION,
    "奠基": Step.CONSTRUCTION,
    "动工": Step.CONSTRUCTION,
    "动了土": Step.CONSTRUCTION,
    "动土": Step.CONSTRUCTION,
    "开了工": Step.CONSTRUCTION,
    "破土": Step.CONSTRUCTION,
    "竣工": Step.PRODUCTION,
    "投产": Step.PRODUCTION,
}
_INLINE_HEADING = re.compile(
    r"\s*(?:【[^】\n]{1,10}】|[(]?[一二三四五六七八九十]{1,3}[)、.])?\s*(?:(?:[本当上](?:月|周|季度?|期)|今年|年内|\d{1,2}月(?:份)?)(?:以来|内)?)?"
    r"(?P<word>(?:已|新)?(?:签约|签|开工|注册|落户|落地|投产|竣工)|在谈|洽谈|在建|意向|流失|终止)"
    r"(?:(?:项目|企业)?\s?\(?\d{1,3}[个家项]\)?|项目|企业|的)?[::]"
)
"""新签约:甲…;乙…。本月开工项目(2个):丙…: what holds for the firms behind it."""
_INLINE_STEPS = {
    "签约": Step.SIGNED,
    "已签": Step.SIGNED,
    "新签": Step.SIGNED,
    "签": Step.SIGNED,
    "开工": Step.CONSTRUCTION,
    "在建": Step.CONSTRUCTION,
    "注册": Step.LANDED,
    "落户": Step.LANDED,
    "落地": Step.LANDED,
    "投产": Step.PRODUCTION,
    "竣工": Step.PRODUCTION,
    "在谈": Step.NEGOTIATING,
    "洽谈": Step.NEGOTIATING,
    "意向": Step.INTENT,
    "流失": Step.TERMINATED,
    "终止": Step.TERMINATED,
}
_NOT_COUNTED = re.compile(r"力争|确保|目标|争取|计划|预计")
REACH = 6
"""Characters before a count in which a target (力争) is looked for."""


def counted_steps(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], Step]]:
    """Place and stage of what is counted in `text[start:end]`, targets aside."""
    for match in _COUNTED_STEP.finditer(text, start, end):
        word = next(word for word in match.groups() if word)
        if not _NOT_COUNTED.search(text, max(start, match.start() - REACH), match.start()):
            yield match.span(), _COUNTED_STEPS.get(word, Step.SIGNED)


def inline_heading(text: str, start: int, end: int) -> tuple[Step, tuple[int, int]] | None:
    """Stage of the heading that opens `text[start:end]`, and where its words stand."""
    headed = _INLINE_HEADING.match(text, start, end)
    return (
        (_INLINE_STEPS[headed["word"][-2:]], (headed.start("word"), headed.end() - 1)) if headed is not None else None
    )
