"""What the layout says: headings that give the stage of the rows below them, and texts in which people talk by turns."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import chain

from zhaoyin.engines.reading.stages import Step

_HEADINGS: tuple[tuple[Step, str], ...] = (
    (Step.TERMINATED, "终止|已终止|销号|剔除|已剔除|流失|退出|已退出|不予认定|中止|撤销|取消|出库"),
    (Step.PRODUCTION, "已投产|投产|建成|已建成|新投产|竣工投产|投产达产|达产|已达产|量产|已投用"),
    (Step.CONSTRUCTION, "在建|开工|已开工|新开工|续建|在建项目|开工建设|建设中|停工"),
    (Step.LANDED, "落地|已落地|已注册|注册|落户|已落户"),
    (Step.SIGNED, "新签|已签|签约|已签约|新签约|签约未开工|签约待开工|正式签约"),
    (Step.NEGOTIATING, "在谈|洽谈|正在洽谈|拟签约|待签约|重点在谈|深度洽谈"),
    (Step.INTENT, "意向|线索|储备|谋划|有意向"),
)
_STEP_OF = {word: step for step, words in _HEADINGS for word in words.split("|")}
_HEADING = re.compile(
    r"^[^\S\n]*+(?=\S)[\s【\[(☆★■●◆▲※一二三四五六七八九十\d、.)）]{0,60}"
    r"(?P<word>[\u4e00-\u9fff]{2,6}?)(?:类|的)?(?:项目|企业)?(?:清单|名单|情况|[((]?(?:共)?\d+[个家项]?[))]?)?[\s】\]):]*$",
    re.MULTILINE,
)
"""Begins at no blank line, and passes over so many signs at most: a page half of which is blanked out would be run through from each of its lines."""
_TITLE = re.compile(
    r"(?P<word>"
    + "|".join(sorted(_STEP_OF, key=len, reverse=True))
    + r")(?:重点|亿元以上|工业|产业)?(?:项目|企业)?(?:清单|名单|一览表?|台账|汇总表?)"
)
_INTRO = re.compile(
    r"(?P<word>"
    + "|".join(sorted(_STEP_OF, key=len, reverse=True))
    + r")(?:重点|亿元以上|工业|产业)?项目\d+[个项][^。;\n]{0,40}[::][ \t]*\n"
)
_DONE_TODAY = re.compile(
    r"(?<![要拟将未没])(?P<word>签约?|开工|投产|落地)(?:了|下了?)?(?:俩|仨|[两三四五六七八九十\d]+[个单家项笔])[^。;\n,]{0,12}\n"
)
"""今天签了俩: above its rows."""
_ROW = re.compile(
    r"[ \t]*(?:\d{1,2}[.、)]|\d\ufe0f?\u20e3|[((]?[一二三四五六七八九十\d]{1,3}[)、)]|[●■◆▲•·\-—★])[^\n]*(?:\n|$)"
)
_TURN = re.compile(
    r"^\s*(?:\[[^\]\n]{1,20}\]\s*)?(?:问|答|记者|(?!\d{1,2}:)[^\s::,。;、]{1,10})(?:\([^)\n]{1,20}\))?[::]"
    r"|^\s*\d{1,2}:\d{2}(?::\d{2})?\s+[\u4e00-\u9fffA-Za-z-]{1,8}\s+(?=\S)",
    re.MULTILINE,
)
_TURNS_LEAST = 3
ITEM = re.compile(
    r"^[^\S\n]*(?:[●▲■◆▍▪•◎★][^\S\n]*(?:\d{1,2}:\d{2})?|\d{1,2}:\d{2}|\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.](?!\d)|(?:议题|第)[一二三四五六七八九十]+[项::、,]?|\d{1,2}[^\S\n]+(?=[\u4e00-\u9fffA-Z])(?![个家项月年日号亿万人台套吨条批次名]))[^\S\n]*(?:关于)?",
    re.MULTILINE,
)
"""Marks of items: （三）, 4., ●, 14:55, 议题二:."""


class Sections:
    """Headings of one text, looked for when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _found(self) -> list[tuple[int, Step | None, tuple[int, int] | None]]:
        """Where each heading ends, its stage and its place; one that gives no stage ends the one above it."""
        text = self._text
        found: list[tuple[int, Step | None, tuple[int, int] | None]] = []
        marks: set[str] = set()
        for match in _HEADING.finditer(text):
            step = _STEP_OF.get(match["word"])
            mark = _mark(match[0][: match.start("word") - match.start()])
            if step is not None:
                found.append((match.end(), step, _bare(match)))
                marks.add(mark)
            elif match["word"] and found and (mark in marks or re.match(r"\s*[【\[]", match[0])):
                found.append((match.end(), None, None))
        found += [(match.end(), _STEP_OF[match["word"]], match.span()) for match in _TITLE.finditer(text)]
        for match in chain(_INTRO.finditer(text), _DONE_TODAY.finditer(text)):
            end = match.end()
            row = _ROW.match(text, end)
            if row is None:
                continue
            found.append((match.end(), _STEP_OF.get(match["word"], Step.SIGNED), _bare(match)))
            while row is not None and row.end() > end:
                end = row.end()
                row = _ROW.match(text, end)
            found.append((end, None, None))
        return sorted(found, key=lambda one: one[0])

    @cached_property
    def _edges(self) -> list[int]:
        return [place for place, _, _ in self._found]

    def is_heading(self, start: int, end: int) -> bool:
        """Whether a heading ends in `start`..`end`."""
        return bisect_right(self._edges, start) < bisect_right(self._edges, end)

    def step_at(self, position: int) -> tuple[Step | None, tuple[int, int] | None]:
        """The stage that the heading above `position` gives, and where that heading stands."""
        index = bisect_right(self._edges, position) - 1
        return self._found[index][1:] if index >= 0 else (None, None)


def _bare(heading: re.Match[str]) -> tuple[int, int]:
    """Where the heading's words stand, without the marks around them."""
    said = heading[0]
    end = heading.start() + len(said.rstrip(" \t\n】]:"))
    return heading.start("word"), end


def _mark(sign: str) -> str:
    """What stands before a heading, its number aside; a heading without a mark has none that another could share."""
    return re.sub(r"[一二三四五六七八九十\d]+", "1", sign.strip()) or " "


def is_dialogue(text: str) -> bool:
    """Whether people talk by turns (a chat, an interview)."""
    if text.count("\n", 0, 4000) < _TURNS_LEAST - 1:
        return False
    turns = sum(1 for _ in _TURN.finditer(text, 0, 4000))
    return turns >= _TURNS_LEAST and turns * 2 >= text.count("\n", 0, 4000)
