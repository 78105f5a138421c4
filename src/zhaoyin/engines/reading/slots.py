"""Lists whose items each begin with a firm: where most of them do, the others do too, however odd their firms are called."""

import re
from collections.abc import Iterator, Sequence

from zhaoyin.engines.reading.mentions import Board, Kind
from zhaoyin.engines.reading.sections import ITEM
from zhaoyin.engines.reading.tagger import chances_of_names
from zhaoyin.engines.reading.tokens import Run, region_length
from zhaoyin.engines.reading.vocabulary import COUNTRIES

LEAST_ITEMS, LEAST_FIRMS = 3, 2
"""Items of a list, and how many of them must begin with a firm that is known."""
LEAST_SHARE = 0.4
"""Share of the items that begin with a known firm."""
SHORTEST, LONGEST = 3, 10
"""Characters of a name that only its place in the list gives away."""
LIKELY = 0.25
"""Chance of its words from which on the tagger says where such a name ends."""
_HEAD = re.compile(r"[\u4e00-\u9fffA-Za-z]+(?:\([\u4e00-\u9fff]{2,4}\))?(?=[。,::;(\n\s—]|$)")
_NO_HEAD = re.compile(
    r"^[听看访到去在跟]|情况|工作|项目|问题|会议|建设|要求|下步|下一步|其他|其它|总体|说明|数据|方面|片区|合计|小结|事项|通报|汇报|基本|背景|主要|重点|推进|建议|任务|措施|安排|服务|环境|政策|招商|资金|全市|全县|全区|时间|地点|签约|开工|投产|在谈|镇$|乡$|县$|市$|区$|局$|委$|办$|部$|街道$|管委会$"
)


def place_in_slots(text: str, masked: str, token_runs: Sequence[Run], board: Board, model: bytes | None) -> None:
    """Put a firm at the beginning of each item of such a list that has none."""
    for slots in _lists(text):
        firms = [one for one in slots if _firm_at(board, one)]
        if len(slots) < LEAST_ITEMS or len(firms) < max(LEAST_FIRMS, LEAST_SHARE * len(slots)):
            continue
        ends_alone = all(_HEAD.match(text, one) for one in firms)
        for slot in slots:
            if slot in firms:
                continue
            end = _end(text, masked, token_runs, board, slot, model, alone=ends_alone)
            if end is not None:
                _put(text, board, slot, end)


def _lists(text: str) -> Iterator[list[int]]:
    """Where the items of each kind of mark begin, behind their marks."""
    kinds: dict[str, list[int]] = {}
    for mark in ITEM.finditer(text):
        sign = mark.group().strip()
        if sign:
            kinds.setdefault(_kind(sign), []).append(mark.end())
    yield from kinds.values()


def _kind(sign: str) -> str:
    """One letter for each sort of mark: 一、 and 二、 are the same, （一） is another."""
    return re.sub("[一二三四五六七八九十]+", "H", re.sub(r"\d+", "D", sign)) + ("R" if sign.endswith("关于") else "")


def _firm_at(board: Board, slot: int) -> bool:
    one = board.at(slot)
    return one is not None and one.kind is Kind.COMPANY and one.start == slot


def _end(
    text: str, masked: str, token_runs: Sequence[Run], board: Board, slot: int, model: bytes | None, *, alone: bool
) -> int | None:
    """Where the name at `slot` ends: where the tagger's chances fall, or where the head of the item does."""
    line = text.find("\n", slot)
    words = chances_of_names(masked, token_runs, board, slot, line if line >= 0 else len(text), model)
    end = slot
    for start, stop, chance in words:
        if start != end or chance < LIKELY:
            break
        end = stop
    if end - slot >= SHORTEST and _NO_HEAD.search(text, slot, end) is None:
        return end
    head = _HEAD.match(text, slot)
    if head is None or not alone or not SHORTEST <= head.end() - slot <= LONGEST or _NO_HEAD.search(head[0]):
        return None
    return head.end()


def _put(text: str, board: Board, start: int, end: int) -> None:
    width = region_length(text[start:end])
    if text[start : start + width] in COUNTRIES:
        start += width
    held = board.touching(start, end)
    if any(one.kind not in {Kind.PLACE, Kind.PROJECT, Kind.COMPANY} for one in held):
        return
    if any(one.kind is Kind.COMPANY and (one.start, one.end) not in board.guessed for one in held):
        return
    for one in held:
        board.remove(one)
        board.guessed.discard((one.start, one.end))
    if board.place(text, start, end, Kind.COMPANY):
        board.guessed.add((start, end))
