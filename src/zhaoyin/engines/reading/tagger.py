"""Names of firms that no ending gives away, by a small conditional random field over the words of a sentence.

Its training texts are made by `tools/train_reading.py` from frames in our own words and invented names. It sees each word's class, its
neighbours and what the rules have placed there, and runs only over sentences that pass a cheap gate.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhaoyin.engines.reading.lexicon import common_characters, is_trade, trades, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.name_model import NameModel, base_names, own_names
from zhaoyin.engines.reading.tokens import Run, Token, region_length, region_level
from zhaoyin.engines.reading.vocabulary import COUNTRIES

_SIGNS = frozenset(".#")
"""Classes of what stands between the words: a sign, and what is masked."""
_SHOWN = frozenset("nvfgrGZFBPils") | _SIGNS
_PLACED = {
    Kind.COMPANY: "C",
    Kind.FUND: "U",
    Kind.AGENCY: "G",
    Kind.ZONE: "Z",
    Kind.PERSON: "R",
    Kind.ROLE: "O",
    Kind.PLACE: "L",
    Kind.PROJECT: "P",
}
_GAP = re.compile(r"[\x00]+|\s+|[^\x00\s]")


def with_gaps(masked: str, start: int, end: int, tokens: Sequence[Token]) -> list[Token]:
    """The words of `masked[start:end]` with the signs between them; `tokens` are those words."""
    found: list[Token] = []
    position = start
    for token in tokens:
        if token.start > position:
            _gap(masked, position, token.start, found)
        found.append(token)
        position = token.end
    _gap(masked, position, end, found)
    return found


def _gap(masked: str, start: int, end: int, found: list[Token]) -> None:
    for match in _GAP.finditer(masked, start, end):
        first = masked[match.start()]
        kind, text = ("#", "#") if first == "\x00" else (".", " " if first.isspace() else first)
        found.append(Token(match.start(), match.end(), kind, text))


def _shapes(tokens: Sequence[Token]) -> list[str]:
    """Class and length of each word; a word of a trade is i, an unknown character that few words hold y, a sign itself."""
    known, common = trades(), common_characters()
    found: list[str] = []
    for token in tokens:
        kind, text = token.kind, token.text
        if kind in _SIGNS:
            found.append(text)
            continue
        if kind == "n":
            kind = "i" if text in known else "n"
        elif kind == "x":
            kind = "x" if text in common else "y"
        found.append(f"{kind}{len(text)}" if len(text) < 4 else f"{kind}4")
    return found


def token_features(tokens: Sequence[Token], board: Board) -> list[list[str]]:
    """Features of each word; what stands on the board is one of them."""
    shapes = ["^^", "^", *_shapes(tokens), "$", "$$"]
    said = ["^^", "^", *[token.text if token.kind in _SHOWN else token.kind for token in tokens], "$", "$$"]
    placed = ["-", *_marks(tokens, board), "-"]
    shape_pairs = [f"{left}|{right}" for left, right in pairwise(shapes)]
    word_pairs = [f"{left}|{right}" for left, right in pairwise(said)]
    frames = _run_frames(tokens)
    return [
        [
            "k" + shapes[at + 2],
            "w" + said[at + 2],
            "a" + shapes[at + 1],
            "b" + shapes[at + 3],
            "c" + said[at + 1],
            "d" + said[at + 3],
            "e" + shape_pairs[at + 1],
            "f" + shape_pairs[at + 2],
            "g" + shape_pairs[at],
            "h" + shape_pairs[at + 3],
            "j" + word_pairs[at],
            "l" + word_pairs[at + 3],
            "m" + token.text[-1],
            *frames[at],
            "n" + placed[at + 1],
            f"o{placed[at]}{placed[at + 1]}{placed[at + 2]}",
        ]
        for at, token in enumerate(tokens)
    ]


def _marks(tokens: Sequence[Token], board: Board) -> list[str]:
    """For each word what stands on the board there: b or i and the kind."""
    found = ["-"] * len(tokens)
    index, count = 0, len(tokens)
    for mention in board.between(tokens[0].start, tokens[-1].end) if tokens else ():
        start, end, kind = mention.start, mention.end, _PLACED[mention.kind]
        while index < count and tokens[index].start < start:
            index += 1
        if index < count and tokens[index].start == start:
            found[index] = "b" + kind
            index += 1
        while index < count and tokens[index].start < end:
            found[index] = "i" + kind
            index += 1
    return found


def _run_frames(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """For each word: the signs around its run, and how far it is from the run's edges."""
    found: list[tuple[str, ...]] = []
    start, count = 0, len(tokens)
    while start < count:
        end = start
        while end < count and tokens[end].kind not in _SIGNS:
            end += 1
        left = "".join([token.text for token in tokens[max(0, start - 2) : start]]) or "^"
        right = "".join([token.text for token in tokens[end : end + 2]]) or "$"
        before, around = left[-1], left[-1] + right[0]
        for index in range(start, end):
            first, last = index - start, end - 1 - index
            near, far = "01234"[first] if first < 4 else "4", "01234"[last] if last < 4 else "4"
            found.append(
                (f"p{near}{left}", f"q{far}{right}", f"r{near}{far}{around}", f"s{near}{tokens[index].kind}{before}")
            )
        if end < count:
            found.append(())
        start = end + 1
    return found


def tagged(model: NameModel, tokens: Sequence[Token]) -> list[tuple[int, int, float]]:
    """Start, end and the least probability of its words, of every firm found in the sentence that the model has read."""
    found: list[tuple[int, int, float]] = []
    for words_of in model.firms():
        least = 1.0
        for place, chance in words_of:
            doubt = TALK if tokens[place].kind in "vfrg" and len(tokens[place].text) < 3 else 0.0
            least = min(least, chance - doubt)
        found.append((tokens[words_of[0][0]].start, tokens[words_of[-1][0]].end, least))
    return found


def _refuted(model: NameModel, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Those of the rules' names of which the tagger is sure that no word of theirs is one of a firm's."""
    index = 0
    for mention in mentions:
        while index < len(tokens) and tokens[index].start < mention.start:
            index += 1
        least = 1.0
        while index < len(tokens) and tokens[index].start < mention.end and least >= SURE_OF_NO_NAME:
            least = min(least, model.outside[index])
            index += 1
        if least >= SURE_OF_NO_NAME:
            yield mention


def place_tagged(
    masked: str, token_runs: Sequence[Run], board: Board, least: float, model: bytes | None = None
) -> None:
    """Put the tagger's names on the board where the rules have none, or a part of one, and take off it what is none; `model` None is the engine's own."""
    names = own_names(model) if model else base_names()
    runs = iter(token_runs)
    waiting = next(runs, None)
    refuted: list[Mention] = []
    for start, end in sentence_spans(masked):
        tokens: list[Token] = []
        signs = ""
        while waiting is not None and (not waiting or waiting[0].start < end):
            tokens += waiting
            signs += _signs(waiting) + "\n"
            waiting = next(runs, None)
        if not tokens:
            continue
        doubtful = [one for one in board.between(start, end) if _may_be_refuted(one, board)]
        orphans = _orphans(signs, tokens, board, money=masked.find("\x00", start, end) >= 0)
        if not orphans and not doubtful:
            continue
        parts = with_gaps(masked, start, end, tokens)
        names.read(token_features(parts, board))
        for begin, stop, sure in tagged(names, parts) if orphans else ():
            plain = all(_kind(token) not in "xa" for token in tokens if begin <= token.start < stop)
            if sure >= (SURE_OF_PLAIN if plain else least) and stop - begin >= 2:
                _put(masked, begin, stop, board, sure)
        refuted += _refuted(names, parts, doubtful)
    _take_off(board, refuted)


def chances_of_names(
    masked: str, token_runs: Sequence[Run], board: Board, start: int, end: int, model: bytes | None
) -> list[tuple[int, int, float]]:
    """Start and end of the words of the sentence that begins at `start`, and the chance of each to be one of a firm's."""
    stop = _STOP.search(masked, start, end)
    end = stop.end() if stop is not None else end
    tokens = [token for run in token_runs if run and start <= run[0].start < end for token in run if token.end <= end]
    if not tokens:
        return []
    names = own_names(model) if model else base_names()
    parts = with_gaps(masked, start, end, tokens)
    names.read(token_features(parts, board))
    return [(part.start, part.end, 1 - names.outside[index]) for index, part in enumerate(parts)]


def _may_be_refuted(mention: Mention, board: Board) -> bool:
    """Whether only a rule says that it is a firm: no legal form, no column, no list of the user and no 简称 does."""
    return (
        mention.kind is Kind.COMPANY
        and not mention.text.endswith(("公司", "集团"))
        and (mention.start, mention.end) not in board.given
        and len(common_characters().intersection(mention.text)) > len(mention.text) - SURELY_A_NAME
    )


def _take_off(board: Board, refuted: list[Mention]) -> None:
    """Remove what is no name wherever it stands; a name that holds at one place holds at all."""
    if not refuted:
        return
    places = {(one.start, one.end) for one in refuted}
    held = {one.text for one in board.of(Kind.COMPANY) if (one.start, one.end) not in places}
    for one in refuted:
        if one.text not in held and board.at(one.start) == one:
            board.remove(one)


def _signs(run: Run) -> str:
    """The classes (`_kind`) of a run's words."""
    if "x" not in run.kinds and "a" not in run.kinds:
        return run.kinds
    return "".join([_kind(one) if (kind := one.kind) == "x" or kind == "a" else kind for one in run])


def _orphans(signs: str, tokens: Sequence[Token], board: Board, *, money: bool) -> bool:
    """Whether a trade is named or two unknown words stand together where nothing has been placed, or there is money without a firm.

    `signs` are the classes (`_kind`) of the words, with a line break behind each run.
    """
    rare = "x" in signs or "a" in signs
    if not rare and not money and "i" not in signs and "sn" not in signs:
        return False
    if board.between(tokens[0].start, tokens[-1].end):
        marks = _marks(tokens, board)
        placed = "".join(marks)
        told = "C" in placed or "P" in placed
        left = iter(marks)
        signs = "".join([sign if sign == "\n" or next(left) == "-" else "#" for sign in signs])
    else:
        told = False
    if money and not told:
        return True
    return "i" in signs or "n#" in signs or "sn" in signs or (rare and _TOGETHER.search(signs) is not None)


def _kind(token: Token) -> str:
    """The class of the word; c for an everyday character and for a number."""
    if token.kind == "x":
        return "c" if token.text in EVERYDAY else "x"
    return "c" if token.kind == "a" and not token.text[0].isalpha() else token.kind


_TOGETHER = re.compile(r"[xa][xilasnc]|[ilsnc][xla]")
"""Classes of two words of which one is unknown or Latin and the other may be a part of its name, or that end in a legal form."""
EVERYDAY = frozenset(
    "总新条市县区镇乡村达产签约处量转投邻待略完通看房人拟先平满林立机站老姓顾想盘子汇报堆电压铸氢刚要地厂楼层吨台套亩栋号期批户次项件万元年月日周天早晚昨今明前后"
    "东西南北中左右里边间路桥河山口大小多少高低长短好坏快慢远近真假全部半各某另再还已将正在曾刚才就都只最更很太又也不没有无非是为做办搞干打建盖修装拆搬运送到来去回进出上下起落开关停"
    "走跑坐站住吃喝说讲谈问答听写读看见找选定给拿用买卖租借还付收交缴领取发批审核查验改换加减增缩升降涨跌涉及占等均共达超约近逾余仅称据悉由被让使令请邀组招引聚推促抓盯守护扶帮助供求需缺急盼"
    "单双首末第一二三四五六七八九十百千亿几两每本该此其他她它我你们咱谁何哪什么怎样个位名家种类款型级类度比率额费价税利息款金钱货车船路线网云水电气热煤油粮食衣鞋纸布铁铜钢铝木石土沙"
)
"""Single characters of everyday sentences; two that are not among them, side by side, may be a name."""


SURE_OF_NO_NAME = 0.97
"""Needed to take a name of the rules off the board."""
SURELY_A_NAME = 2
"""A name with so many characters that few words hold is one, whatever the tagger thinks."""
SURE_OF_PLAIN = 0.7
"""Needed for a name whose words all stand in the dictionary."""
TALK = 0.2
"""Taken off where a verb or a word of grammar stands inside the name."""
SURE_AGAINST_RULES = 0.9
SURE_TO_WIDEN = 0.7
SURE_OF_THE_END = 0.96
"""Needed to put a name where the rules have another one, or a part of it (benchmarks/reading)."""


def _trimmed(masked: str, start: int, end: int) -> tuple[int, int]:
    """The name without signs, pointing words, countries and phases at its edges."""
    while end - start > 2 and (masked[start] in _EDGE or masked[start] == ")"):
        start += 1
    while end - start > 2 and (masked[end - 1] in _EDGE or (masked[end - 1] == ")" and "(" not in masked[start:end])):
        end -= 1
    if masked[start] in "那这" and end - start > 3:
        start += 1
    phase = _PHASE_END.search(masked, start, end)
    if phase is not None and phase.start() - start >= 2:
        end = phase.start()
    width = region_length(masked[start:end])
    if width and masked[start : start + width] in COUNTRIES and end - start - width >= 3:
        start += width
    return start, end


def _put(masked: str, start: int, end: int, board: Board, sure: float) -> None:
    start, end = _trimmed(masked, start, end)
    before = board.at(start - 2) if masked[start - 1 : start].isspace() else board.at(start - 1)
    if before is not None and before.kind is Kind.COMPANY and before.end <= start:
        return
    if (
        _TELLS.search(masked, start, end)
        or masked[start:end].endswith(_NO_NAME_ENDS)
        or (end - start <= 4 and masked[start] in _DESCRIBING and _is_plain(masked[start + 1 : end]))
    ):
        return
    if (masked[start - 1 : start] == "\x00" and masked[start] in _BUILT_WITH) or _IS_A_PRODUCT.match(masked, start):
        return
    held = board.touching(start, end)
    if len(held) == 1 and start < held[0].start and masked[held[0].start - 1] in "县旗镇":
        start = held[0].start
    if any(one.start == start and one.end == end and one.kind in {Kind.COMPANY, Kind.FUND} for one in held):
        return
    if held and (sure < _needed(masked, held, start, end) or any(one.kind in {Kind.AGENCY, Kind.FUND} for one in held)):
        return
    for one in held:
        board.remove(one)
    kind = Kind.FUND if masked[start:end].endswith(_FUND_ENDS) else Kind.COMPANY
    if board.place(masked, start, end, kind):
        board.guessed.add((start, end))


def _is_plain(rest: str) -> bool:
    """Whether a dictionary knows what stands behind a describing character: 旧|机床, 新|产线; not 大|彰纱线."""
    return rest in words() or is_trade(rest)


_PHASE_END = re.compile(r"(?:[一二三四]期)?(?:项目|工程)$")
_MADE = re.compile(r"[^,。;、\x00]{0,4}(?:项目|基地|产线|生产线|中心|车间|工厂)")
_NO_NAME_ENDS = (
    "部门",
    "单位",
    "名称",
    "情况",
    "地点",
    "时间",
    "进度",
    "金额",
    "明细",
    "原本",
    "政府",
    "方面",
    "路上",
    "乡",
    "镇",
    "县",
    "园区",
    "新区",
    "开发区",
    "小镇",
    "新城",
    "收费站",
)
_TELLS = re.compile(r"新签|签约|开工|投产|招商(?!局集团)|镇街|官宣|微信|首根|首台|首批|名下|审判长|当庭|乡贤")
"""Words of the trade's own talk: no name holds them."""
_FUND_ENDS = ("基金", "创投", "资本")
_DESCRIBING = frozenset("旧新老大小各某本该双多两几全首单整")
"""旧机床 and 新产线 are things; no short name begins so."""
_BUILT_WITH = frozenset("造做建上产盖办搞")
"""38亿日元造谐波减速器: behind an amount stands what it builds."""
_IS_A_PRODUCT = re.compile(
    "小型|大型|中型|微型|轻型|重型|新型|全自动|半自动|高端|后道|前道|车用|船用|家用|医用|工业级|车规级|电池级|电子级"
)
"""小型侧扫声呐, 后道组件: what is made."""
_EDGE = frozenset(" \t\u3000>\uff5c|·")


def _is_its_region(cut: str) -> bool:
    """与|广州|欧铂门窗有限公司: the region of a name is not cut off."""
    return region_length(cut) == len(cut) and cut not in COUNTRIES and cut not in {"台湾", "香港", "澳门"}


def _needed(masked: str, held: list[Mention], start: int, end: int) -> float:
    """How sure the tagger must be to replace what the rules have placed."""
    if len(held) == 1 and held[0].kind is Kind.COMPANY:
        old = held[0]
        if old.text.endswith(("有限公司", "责任公司")) and ")" in old.text and old.start == start and end < old.end:
            return 1.1
        if (
            old.text.endswith("公司")
            and old.end == end
            and old.start < start
            and _is_its_region(masked[old.start : start])
        ):
            return 1.1
        if old.end == end and old.start > start:
            return 1.1 if region_level(old.text[:2]) == 1 else SURE_TO_WIDEN
        if old.start == start:
            return 1.1 if _MADE.match(masked, end) else SURE_OF_THE_END
    return SURE_AGAINST_RULES


_STOP = re.compile(r"[。!?;\n](?:[^\S\n]*(?:【[^】\n]{1,10}】|[●▲■◆▍▪•◎★]|\d{1,2}:\d{2}))*")
"""The end of a sentence, with the mark of the item that begins behind it."""


def sentence_spans(masked: str) -> list[tuple[int, int]]:
    """Where the sentences of the masked text begin and end."""
    found: list[tuple[int, int]] = []
    position = 0
    for match in _STOP.finditer(masked):
        if match.end() - position > 1:
            found.append((position, match.end()))
        position = match.end()
    if position < len(masked):
        found.append((position, len(masked)))
    return found
