"""Amounts of money: 12亿元 · 30,000万元 · 一亿二千万 · 1500万至2000万元 · 10亿+ · 新台币14.6亿元 · US$5 million.

The span holds number, unit and currency word; 约/超/不低于/左右 stand outside it and become the qualifier, an inner 余/多
becomes "more". Size classes (10亿元以上项目, 百亿级) are no amounts. An amount above `money.LARGEST` is dropped: nothing
safe can be said about it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhaoyin.domain.atoms.numbers import HAN_DIGITS, NUMBER, scaled_value
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Currency, Money, Qualifier, Unit
from zhaoyin.domain.value import value


@value
class MoneyAtom:
    """`text[start:end]` reads as `money`."""

    start: int
    end: int
    money: Money


_CURRENCY_WORDS: dict[str, Currency] = {
    "元人民币": Currency.CNY, "人民币": Currency.CNY, "美元": Currency.USD, "美金": Currency.USD, "美刀": Currency.USD,
    "欧元": Currency.EUR, "日元": Currency.JPY, "日圆": Currency.JPY, "港元": Currency.HKD, "港币": Currency.HKD,
    "新台币": Currency.TWD, "台币": Currency.TWD, "新币": Currency.SGD, "新加坡元": Currency.SGD, "新元": Currency.SGD,
    "坡币": Currency.SGD, "瑞士法郎": Currency.CHF, "瑞郎": Currency.CHF, "元": Currency.CNY, "块钱": Currency.CNY,
    "块": Currency.CNY,
}  # fmt: skip
_PREFIXES: dict[str, Currency] = {
    "人民币": Currency.CNY, "RMB": Currency.CNY, "CNY": Currency.CNY, "¥": Currency.CNY, "￥": Currency.CNY,
    "新台币": Currency.TWD, "台币": Currency.TWD, "NT$": Currency.TWD, "TWD": Currency.TWD,
    "美元": Currency.USD, "美金": Currency.USD, "US$": Currency.USD, "USD": Currency.USD, "$": Currency.USD,
    "HK$": Currency.HKD, "HKD": Currency.HKD, "港币": Currency.HKD, "港元": Currency.HKD,
    "S$": Currency.SGD, "SGD": Currency.SGD, "新加坡元": Currency.SGD, "EUR": Currency.EUR, "€": Currency.EUR,
    "欧元": Currency.EUR, "JPY": Currency.JPY, "日元": Currency.JPY, "CHF": Currency.CHF, "瑞士法郎": Currency.CHF,
}  # fmt: skip
_BARE = frozenset({"元", "块", "块钱"})
_WORDS = "|".join(
    f"{word}(?![宵旦月件素器首])" if word == "元" else word for word in sorted(_CURRENCY_WORDS, key=len, reverse=True)
)
"""元 begins other words too: 4,400 元宵节前签."""
_FRONT = "|".join(re.escape(word) for word in sorted(_PREFIXES, key=len, reverse=True))
_FRONT_LAST = frozenset(word[-1] for word in _PREFIXES)
_SCALE = r"(?:万亿|千亿|百亿|千万|百万|亿|万|(?<=\d)w(?![A-Za-z瓦/]))"
_TENTH = r"(?:(?<=[亿万])[1-9](?![\d.,%]|\s?[余多]?[个家项期年月日号亿万千百十吨台套条平亩人名户至~-]))"
_ONE = rf"{NUMBER}\s?[余多来几]?\s?个?\s?{_SCALE}?"
_AMOUNT = re.compile(
    rf"(?P<front>(?:{_FRONT})\s?)?"
    rf"(?P<low>{NUMBER}\s?[余多来几]?\s?个?\s?(?P<low_scale>{_SCALE})?(?(low_scale)(?:{NUMBER}\s?(?:千万|百万|万|千(?=[元块]))|{_TENTH})?)\s?[余多]?)"
    rf"(?P<low_word>{_WORDS})?"
    rf"(?:\s?(?P<dash>[-—–~～至到])\s?(?P<high>{_ONE}))?"
    rf"(?P<tail>[余多]?)\s?(?P<word>{_WORDS})?(?P<plus>\+)?"
)
_ENGLISH = re.compile(
    rf"(?P<front>{_FRONT})?\s?(?P<low>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>million|billion|mn|bn|m\b)"
    r"(?:\s?(?P<word>yuan|RMB|CNY|USD|US dollars|dollars|euros?|EUR))?",
    re.IGNORECASE,
)
_ENGLISH_SCALE = re.compile(r"[mbMB](?:(?<=[\d,].)|(?<=[\d,]\s.))")
"""Million and billion behind a number, as `_ENGLISH` has them."""
_FIRST_WORDS = "".join(sorted({word[0] for word in _CURRENCY_WORDS}))
_BEHIND_FRONT = re.escape("".join(sorted(_FRONT_LAST)))
_NO_PLAIN_END = rf"[\d\s{HAN_DIGITS[1:-1]}亿万w余多来几个,.+mMbB~～至到—–{_FIRST_WORDS}-]"
_MARKS = re.compile(
    rf"[\d一二两三四五六七八九十](?:(?<![{_BEHIND_FRONT}\s].)"
    rf"(?P<plain>(?:(?<=\d)\d{{0,14}}|(?<!\d){HAN_DIGITS}{{0,8}})个?)(?!{_NO_PLAIN_END}))?"
)
"""Where an amount can begin. `plain` is set for a number (2024年, 一期, 46个) with neither a currency before it nor a scale, currency or range behind
it: no amount begins in it, and it is passed over whole."""
_NOT_MONEY_AFTER = re.compile(
    r"\s?(?:余|多)?(?:个(?!亿|百分)|名|人|户|家|平|㎡|方|立方|吨|台|套|辆|亩|公顷|头|根|件|片|米|锭|把(?!握)|听|匹|幢|间|层|只|支|颗|块|枚|张|箱|瓶|盒|包(?!括|含)|袋|罐|盆|尾|粒|株|羽|份"
    r"|册|次|条|项|艘|架|座|组|千瓦|瓦|伏|度|标|千米|公里|字|粉|用户|户|单|册|岁|年|月|天|小时|分钟|桶|卷|升|克|斤|公斤|GW|MW|KW|kW|k㎡"
    r"|大卡|级|像素|粉丝|次|节|双|幅|棵|盏|门|种|期|倍|股|级|后端|里(?!设备|面|头|有|的|占|\d)|步|m|M|G|W|T|t|P|A|V|安时|KVA|kVA|标箱|TEU)"
)
_COUNTED_PIECES = re.compile(r"[\u4e00-\u9fff]{1,3}(?:板|地|砖|片|牌|屏|料|石|布|玻璃)")
_READERS = ("阅读", "浏览", "点击", "播放", "粉丝", "转发", "点赞", "观看", "阅读量", "播放量", "浏览量")
"""Before a bare number of 万: people who looked, no money."""
_SIZE_CLASS_AFTER = re.compile(
    r"(?:级|规模级|\s?(?:\(含\)|含)?(?:以上|及以上|以下)(?:的|\(含\))?[^,。;:!?、\s\d]{0,8}?(?:项目|企业|大项目|工程|个\b|\d|[一二三四五六七八九十]+个))"
)
_SIZE_CLASS_BEFORE = re.compile(r"(?:个|类|批|条|投资)?(?:超|过|超过|逾)$")
_PROJECT_NEXT = re.compile(r"(?:的)?[^,。;:!?、\s\d]{0,4}项目(?!投资|总)")
_ABOUT, _MORE, _LESS = Qualifier.ABOUT, Qualifier.MORE, Qualifier.LESS
_BEFORE: tuple[tuple[str, Qualifier], ...] = (
    ("不超过", _LESS), ("不高于", _LESS), ("不多于", _LESS), ("至多", _LESS), ("最多", _LESS), ("上限为", _LESS), ("上限", _LESS),
    ("不低于", _MORE), ("不少于", _MORE), ("至少", _MORE), ("超过", _MORE), ("突破", _MORE), ("高达", Qualifier.EXACT),
    ("大约", _ABOUT), ("约为", _ABOUT), ("接近", _LESS), ("将近", _LESS), ("大概", _ABOUT), ("估计", _ABOUT), ("约合", _ABOUT),
    ("约", _ABOUT), ("超", _MORE), ("逾", _MORE), ("过", _MORE), ("近", _LESS), ("上", _MORE),
)  # fmt: skip
_BEFORE_LAST = frozenset(word[-1] for word, _ in _BEFORE)
_AFTER = re.compile(r"\s?(?:人民币)?(左右|上下|以上|以内|以下|起步|起|出头|不到|多一点|开外)")
_AFTER_QUALIFIER = {"左右": _ABOUT, "上下": _ABOUT, "以内": _LESS, "以下": _LESS}


def find_money(text: str, *, default: Currency = Currency.CNY) -> Iterator[MoneyAtom]:
    """Every amount in `text`, left to right, without overlaps; `default` is the currency of a bare 元 or none."""
    position = 0
    in_english = _ENGLISH_SCALE.search(text) is not None
    while (mark := _MARKS.search(text, position)) is not None:
        if mark["plain"] is not None:
            position = mark.end()
            continue
        start = mark.start()
        atom, position = _read_at(text, _front_start(text, start, position), start, default, in_english=in_english)
        if atom is not None:
            yield atom


def _front_start(text: str, start: int, floor: int) -> int:
    sign = text[start - 1 : start] if start > floor else ""
    if sign not in _FRONT_LAST and not sign.isspace():
        return start
    window = text[max(floor, start - 5) : start]
    if window.rstrip()[-1:] not in _FRONT_LAST:
        return start
    for word in _PREFIXES:
        if window.rstrip().endswith(word):
            return start - (len(window) - len(window.rstrip())) - len(word)
    return start


def _read_at(text: str, begin: int, start: int, default: Currency, *, in_english: bool) -> tuple[MoneyAtom | None, int]:
    """The atom that begins at `begin` (its digits at `start`), and where to go on."""
    english = _ENGLISH.match(text, begin) if in_english and text[start].isascii() else None
    if english is not None:
        return _english_atom(english), english.end()
    match = _AMOUNT.match(text, begin)
    if match is None and begin != start:
        match = _AMOUNT.match(text, start)
    if match is None or match.end("low") <= start:
        return None, start + 1
    atom = _atom(text, match, default)
    if atom is not None:
        return atom, atom.end
    return None, max(match.end("low"), start + 1)


def _english_atom(match: re.Match[str]) -> MoneyAtom | None:
    scale = Decimal(10**9) if match["scale"].lower().startswith("b") else Decimal(10**6)
    word = (match["word"] or "").lower()
    front = _PREFIXES.get((match["front"] or "").strip())
    named = {
        "y": Currency.CNY,
        "r": Currency.CNY,
        "c": Currency.CNY,
        "u": Currency.USD,
        "d": Currency.USD,
        "e": Currency.EUR,
    }
    currency = front or named.get(word[:1])
    if currency is None:
        return None
    value = Decimal(match["low"].replace(",", "").rstrip(".")) * scale
    return _safe(match.start("low"), match.end(), value, None, currency, Qualifier.EXACT, Unit.MILLION)


def _atom(text: str, match: re.Match[str], default: Currency) -> MoneyAtom | None:
    """Money of one match, or None when it is a count, a size class or no number."""
    word = match["word"] or match["low_word"]
    front = (match["front"] or "").strip()
    low_scale, dash = match["low_scale"], match["dash"]
    if not (word or front or low_scale or dash):
        return None
    high_text = match["high"] if dash and _is_range(match) else None
    end = _end(match, high_text)
    scaled = low_scale is not None or bool(high_text and re.search(_SCALE, high_text))
    if not word and not front and (not scaled or _NOT_MONEY_AFTER.match(text, end)):
        return None
    if word in {"块", "元"} and not scaled and not front and _is_plain_count(match["low"]):
        return None
    if word in _BARE and text.startswith(("素", "件", "器"), end):
        return None
    if word == "块" and _COUNTED_PIECES.match(text, end):
        return None
    if not word and not front and text[max(0, match.start("low") - 4) : match.start("low")].rstrip().endswith(_READERS):
        return None
    if _is_size_class(text, match.start("low"), end):
        return None
    low, high = _values(match["low"], high_text, low_scale)
    if low is None:
        return None
    currency = _CURRENCY_WORDS[word] if word and word not in _BARE else _PREFIXES.get(front, default)
    qualifier = _qualifier(text, match, begin=match.start("front") if front else match.start("low"), end=end)
    return _safe(match.start("low"), end, low, high, currency, qualifier, _unit(low_scale))


def _is_range(match: re.Match[str]) -> bool:
    return bool(match["dash"] and match["high"]) and (bool(match["word"]) or bool(re.search(_SCALE, match["high"])))


def _end(match: re.Match[str], high_text: str | None) -> int:
    if match["dash"] and not high_text:
        return match.end("low_word") if match["low_word"] else match.start("low") + len(match["low"].rstrip())
    if match["word"] or match["plus"]:
        return match.end()
    last = match.end("high") if high_text else (match.end("low_word") if match["low_word"] else match.end("low"))
    if match["tail"]:
        last = match.end("tail")
    return match.start("low") + len(match.string[match.start("low") : last].rstrip())


def _is_plain_count(low: str) -> bool:
    return re.fullmatch(r"[一二两三四五六七八九十]", low.strip()) is not None


_COUNTED_ABOVE = re.compile(r"(?:个|类|批|大|些)(?:投资)?(?:超|过|超过|逾)$")
_ABOVE_LAST = frozenset("超过逾")
_LAST_SCALE = re.compile(rf"({_SCALE})\s?$")


def _is_size_class(text: str, start: int, end: int) -> bool:
    if _SIZE_CLASS_AFTER.match(text, end):
        return True
    if text[start - 1 : start] not in _ABOVE_LAST:
        return False
    before = text[max(0, start - 4) : start]
    return bool(_COUNTED_ABOVE.search(before)) and bool(_PROJECT_NEXT.match(text, end))


def _values(low_text: str, high_text: str | None, low_scale: str | None) -> tuple[Decimal | None, Decimal | None]:
    low = scaled_value("".join(low_text.split()))
    if high_text is None:
        return low, None
    high = scaled_value("".join(high_text.split()))
    scale = _LAST_SCALE.search(high_text.rstrip("余多个 "))
    if low is not None and scale is not None and low_scale is None:
        low *= scaled_value("1" + scale[1]) or Decimal(1)
    if low is not None and high is not None and high < low:
        return low, None
    return low, high


def _qualifier(text: str, match: re.Match[str], *, begin: int, end: int) -> Qualifier:
    if match["plus"] or match["tail"] or "余" in match["low"] or "多" in match["low"]:
        return Qualifier.MORE
    after = _AFTER.match(text, end)
    if after is not None:
        return _AFTER_QUALIFIER.get(after[1], Qualifier.MORE)
    before = text[max(0, begin - 8) : begin].rstrip().removesuffix("人民币").removesuffix("新台币")
    if before[-1:] not in _BEFORE_LAST:
        return Qualifier.EXACT
    for word, qualifier in _BEFORE:
        if before.endswith(word):
            return qualifier
    return Qualifier.EXACT


def _unit(scale: str | None) -> Unit:
    if scale is None:
        return Unit.YUAN
    return Unit.YI if "亿" in scale else Unit.WAN


def _safe(
    start: int, end: int, low: Decimal, high: Decimal | None, currency: Currency, qualifier: Qualifier, unit: Unit
) -> MoneyAtom | None:
    try:
        return MoneyAtom(start, end, Money(low, currency, qualifier, unit, high))
    except InvalidValue:
        return None
