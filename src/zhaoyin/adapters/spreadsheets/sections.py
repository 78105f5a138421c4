"""Which section of a template a row belongs to: by the stage, the industry or the unit that its heading names."""

import re
from collections.abc import Mapping, Sequence

from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import Reading, StageFound
from zhaoyin.engines.sheet_reading.stages import stage_of_cell, stage_of_heading

_ORDER = tuple(StageFound)
_END = re.compile(r"(?:产业|行业|领域|招商|工作|专班|小组|组|类)+$")


_MARKERS = (
    re.compile(r"[（(][一二三四五六七八九十]"),
    re.compile(r"[一二三四五六七八九十]+[、.．]"),
    re.compile(r"\d+[、.．)）]"),
)


def stands_above(heading: str, following: str) -> bool:
    """Whether a heading is numbered in another way than the one right below it: （一）高端装备 above 1.签约项目."""
    return _marker(heading) != _marker(following)


def _marker(heading: str) -> int:
    return next((place for place, marker in enumerate(_MARKERS) if marker.match(heading.strip())), -1)


def assigned(headings: Sequence[str], rows: Sequence[Mapping[Field, Reading]]) -> list[int | None]:
    """For each row the place of its heading; None when no heading fits, or several do alike. With one heading all rows are under it.

    A stage that has no heading of its own goes under the last one before it (注册 under 签约 when there is no 注册).
    """
    if len(headings) == 1:
        return [0] * len(rows)
    stages = [stage_of_heading(heading) for heading in headings]
    return [_place(headings, stages, row) for row in rows]


def _place(headings: Sequence[str], stages: Sequence[StageFound | None], row: Mapping[Field, Reading]) -> int | None:
    floor = _floor({stage for stage in stages if stage}, stage_of_cell(str(row.get(Field.STAGE, ""))))
    words = [_END.sub("", str(row[name])) for name in (Field.INDUSTRY, Field.UNIT) if row.get(name)]
    scores: dict[int, int] = {}
    for place, (heading, stage) in enumerate(zip(headings, stages, strict=True)):
        if stage is None or stage is floor:
            scores[place] = (stage is not None) + sum(len(word) >= 2 and word in heading for word in words)
    highest = max(scores.values(), default=0)
    best = [place for place, score in scores.items() if score == highest]
    return best[0] if highest and len(best) == 1 else None


def _floor(known: set[StageFound], stage: StageFound | None) -> StageFound | None:
    """The furthest of the headings' stages that the row's stage has reached; an end only under its own heading."""
    if stage is None or stage is StageFound.TERMINATED:
        return stage if stage in known else None
    reached = [one for one in known if one is not StageFound.TERMINATED and _ORDER.index(one) <= _ORDER.index(stage)]
    return max(reached, key=_ORDER.index, default=None)
