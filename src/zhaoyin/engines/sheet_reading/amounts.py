"""Amounts in cells and units in heads: 3.5亿 · 约5-6亿元 · 300万美元左右 · 1亿2000万 · USD 5 million · （万元）."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from zhaoyin.domain.atoms.numbers import han_value
from zhaoyin.domain.money import Currency, Qualifier
from zhaoyin.engines.sheet_reading.texts import is_nothing, squeeze

YUAN, WAN, MILLION, YI = Decimal(1), Decimal(10**4), Decimal(10**6), Decimal(10**8)

_SCALES: dict[str, Decimal] = {
    "万亿": Decimal(10**12), "千亿": Decimal(10**11), "百亿": Decimal(10**10), "十亿": Decimal(10**9), "亿": YI,
    "千万": Decimal(10**7), "百万": MILLION, "十万": Decimal(10**5), "万": WAN, "千": Decimal(1000), "百": Decimal(100),
    "w": WAN, "billion": Decimal(10**9), "bn": Decimal(10**9), "million": MILLION, "mn": MILLION, "mln": MILLION, "m": MILLION,
    "thousand": Decimal(1000), "k": Decimal(1000), "e": YI,
}  # fmt: skip
_CURRENCIES: dict[str, Currency] = {
    "美元": Currency.USD, "美金": Currency.USD, "美刀": Currency.USD, "usdollars": Currency.USD, "dollars": Currency.USD,
    "usd": Currency.USD, "us$": Currency.USD, "$": Currency.USD, "港元": Currency.HKD, "港币": Currency.HKD, "港幣": Currency.HKD,
    "hkd": Currency.HKD, "hk$": Currency.HKD, "欧元": Currency.EUR, "euros": Currency.EUR, "euro": Currency.EUR,
    "eur": Currency.EUR, "€": Currency.EUR, "日元": Currency.JPY, "日圆": Currency.JPY, "日币": Currency.JPY, "jpy": Currency.JPY,
    "yen": Currency.JPY, "新台币": Currency.TWD, "台币": Currency.TWD, "nt$": Currency.TWD, "twd": Currency.TWD,
    "新加坡元": Currency.SGD, "新元": Currency.SGD, "s$": Currency.SGD, "sgd": Currency.SGD, "瑞士法郎": Currency.CHF,
    "瑞郎": Currency.CHF, "chf": Currency.CHF, "人民币": Currency.CNY, "rmb": Currency.CNY, "cny": Currency.CNY, "¥": Currency.CNY,
    "yuan": Currency.CNY, "元": Currency.CNY, "块": Currency.CNY, "圆": Currency.CNY,
}  # fmt: skip
_OTHER_CURRENCIES = re.compile(r"英镑|韩元|韩币|澳元|加元|卢布|泰铢|gbp|krw|aud|cad")


def _either(words: dict[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SCALE = _either({**_SCALES})
_CURRENCY = _either({**_CURRENCIES})
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_HAN = r"[一二两三四五六七八九十百零〇]{1,6}(?=[余多几]?个?(?:亿|千万|百万|万))"
_ONE = re.compile(
    rf"(?P<number>{_ARABIC}|{_HAN})(?P<more>[余多几])?个?(?P<scale>{_SCALE})?(?P<more2>[余多])?"
    rf"(?P<currency>(?:{_CURRENCY}){{1,2}})?(?P<more3>[余多+])?",
    re.I,
)
_DASH = re.compile(r"(?:[-‐‑‒–—―~～〜∼至到])+")
_ABOUT = re.compile(r"(?:约|大约|约为|近|将近|接近|大概|左右|上下|~|≈|approx\.?|about|around|circa)$", re.I)
_MORE = re.compile(
    r"(?:超|超过|逾|不低于|不少于|至少|不小于|(?<!不)大于|(?<!不)高于|突破|≥|>=|>|over|above|morethan|atleast|不下)$",
    re.I,
)
_LESS = re.compile(
    r"(?:不超过|不超|不高于|不多于|不大于|至多|最多|(?<!不)低于|(?<!不)小于|≤|<=|<|upto|below|under|以内)$", re.I
)
_FRONT = re.compile(rf"(?:{_CURRENCY}){{1,2}}[:：]?$", re.I)
_AFTER_ABOUT = re.compile(r"(?:人民币)?(?:左右|上下|前后)")
_AFTER_MORE = re.compile(r"(?:人民币)?(?:以上|及以上|起|\+|余|多)")
_AFTER_LESS = re.compile(r"(?:人民币)?(?:以内|以下|之内)")
_CONVERTED = re.compile(r"折合|折算|折|约合|合人民币|相当于|等值")
_TOTAL_LABEL = re.compile(r"(?:总投资|投资总额|总额|合计|总计|共|总)(?:约|额|为|计|[:：])*")
_PARTS = re.compile(r"一期|二期|三期|首期|固定资产|固投|设备|注册资本|流动资金|建设投资")
_UNIT_AFTER_NO_MONEY = re.compile(
    r"(?:平方|平米|㎡|亩|公顷|人|名|吨|台|套|件|条|辆|间|层|栋|米|家|年|月|日|%|个月|期|号|#|kw|mw|gw)", re.I
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as written. `scale` and `currency` are None when they are not written; `value` and `high` then are bare
    numbers, otherwise already multiplied."""

    value: Decimal
    high: Decimal | None
    scale: Decimal | None
    currency: Currency | None
    qualifier: Qualifier
    start: int = 0
    end: int = 0
    others: tuple["Amount", ...] = ()
    compound: bool = False
    foreign: str = ""


@lru_cache(maxsize=16384)
def read_amount(text: str) -> Amount | None:
    """The main amount of a cell; None when there is none. Further amounts stand in `others`."""
    flat = squeeze(text).lower().translate(_FORMAL)
    if is_nothing(flat) or not re.search(r"[\d一二两三四五六七八九十]", flat):
        return None
    found = [] if _HALF_NUMBER.fullmatch(flat) else amounts_in(flat)
    if not found:
        return None
    main = _in_brackets(flat, _main(flat, found), alone=len(found) == 1)
    rest = tuple(one for one in found if one.start != main.start)
    foreign = _OTHER_CURRENCIES.search(flat)
    return Amount(
        main.value, main.high, main.scale, main.currency, main.qualifier, main.start, main.end, rest, _is_compound(flat, found),
        foreign[0] if foreign else "",
    )  # fmt: skip


_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_HALF_NUMBER = re.compile(r"\D*\d+,\d{1,2}\D*")
"""1,5 may be meant as 1.5 or be a slip: it is no amount."""
_BRACKETED = re.compile(rf"[(\[](?:单位[:：])?({_CURRENCY})[)\]]|({_CURRENCY})$", re.I)


def _in_brackets(flat: str, main: Amount, *, alone: bool) -> Amount:
    """500万(美元): the currency behind the only amount of a cell."""
    unit = (
        re.match(r"[(\[](?:单位[:：])?([^()\[\]]{1,8})[)\]]$", flat[main.end :])
        if alone and main.scale is None
        else None
    )
    named = one_unit(unit[1]) if unit else None
    if named is not None:
        high = None if main.high is None else main.high * named.scale
        currency = main.currency or named.currency
        return replace(main, value=main.value * named.scale, high=high, scale=named.scale, currency=currency)
    found = _BRACKETED.search(flat, main.end) if alone and main.currency is None else None
    if found is None:
        return main
    currency = _currency(found[1] or found[2])
    scale = main.scale if main.scale is not None or currency is Currency.CNY else None
    return replace(main, currency=currency, scale=scale)


def _main(flat: str, found: list[Amount]) -> Amount:
    for one in found:
        label = flat[max(0, one.start - 8) : one.start]
        if _TOTAL_LABEL.search(label) and not _PARTS.search(label):
            return one
    outside = [one for one in found if flat.count("(", 0, one.start) <= flat.count(")", 0, one.start)]
    plain = [one for one in outside if not _CONVERTED.search(flat[max(0, one.start - 6) : one.start])]
    return (plain or outside or found)[0]


def _is_compound(flat: str, found: list[Amount]) -> bool:
    """Several amounts that none of them is clearly the whole: 一期3亿元，二期2亿元; 3亿元+500万美元."""
    if len(found) < 2 or _TOTAL_LABEL.search(flat) or _CONVERTED.search(flat):
        return False
    between = [flat[one.end : two.start] for one, two in pairwise(found)]
    return bool(re.search(r"二期|三期", flat)) or any(re.fullmatch(r"[+＋、和及/]", part) for part in between)


def amounts_in(flat: str) -> list[Amount]:
    """Every amount of squeezed, lower-case text."""
    found: list[Amount] = []
    position = 0
    while match := _ONE.search(flat, position):
        position = max(match.end(), position + 1)
        one, end = _read(flat, match)
        if one is not None:
            found.append(one)
            position = max(position, end)
    return found


def _read(flat: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    start, end = match.start(), match.end()
    value, scale, currency = _part(match)
    if value is None or (start and (flat[start - 1].isdigit() or flat[start - 1] == ".")):
        return None, end
    if not match["scale"] and not match["currency"] and _UNIT_AFTER_NO_MONEY.match(flat, end):
        return None, end
    more = bool(match["more"] or match["more2"] or match["more3"])
    if scale is not None and not match["currency"]:
        value, scale, currency, end = _compounded(flat, end, value, scale)
    high, high_scale, high_currency, end = _range(flat, end)
    if high is not None and scale is None and high_scale is not None:
        value, scale = value * high_scale, high_scale
    elif high is not None and high_scale is None and scale is not None:
        high *= scale
    currency = currency or high_currency
    if high is not None and high <= value:
        high = None
    before = flat[:start]
    front = _FRONT.search(before)
    if front:
        currency = currency or _currency(front[0].rstrip(":："))
        before = before[: front.start()]
    return Amount(value, high, scale, currency, _qualifier(before, flat[end:], more), start, end), end


def _part(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, Currency | None]:
    text = match["number"]
    number = Decimal(text.replace(",", "")) if text[0] in "0123456789." else han_value(text)
    scale = _SCALES.get((match["scale"] or "").lower())
    if match["scale"] and match["scale"].lower() in {"m", "k", "e"} and not match["currency"]:
        scale = scale if match["scale"] != "e" else None
    currency = _currency(match["currency"]) if match["currency"] else None
    if match["currency"] and scale is None:
        scale = YUAN
    return (None if number is None else number * (scale or 1)), scale, currency


def _currency(text: str) -> Currency | None:
    """人民币元 and 元人民币 are yuan; 美元 is dollars."""
    found = [_CURRENCIES[word.lower()] for word in re.findall(_CURRENCY, text, re.I)]
    return next((one for one in found if one is not Currency.CNY), found[0] if found else None)


def _compounded(flat: str, end: int, value: Decimal, scale: Decimal) -> tuple[Decimal, Decimal, Currency | None, int]:
    """1亿2000万元: a second part with a smaller scale follows at once."""
    following = _ONE.match(flat, end)
    if following is not None and following["scale"]:
        part, part_scale, currency = _part(following)
        if part is not None and part_scale is not None and part_scale < scale and part < scale:
            return value + part, scale, currency, following.end()
    return value, scale, None, end


def _range(flat: str, end: int) -> tuple[Decimal | None, Decimal | None, Currency | None, int]:
    dash = _DASH.match(flat, end)
    following = _ONE.match(flat, dash.end()) if dash else None
    if following is None:
        return None, None, None, end
    number, scale, currency = _part(following)
    return number, scale, currency, following.end()


def _qualifier(before: str, after: str, more: bool) -> Qualifier:
    if _LESS.search(before) or _AFTER_LESS.match(after):
        return Qualifier.LESS
    if _MORE.search(before) or _AFTER_MORE.match(after) or more:
        return Qualifier.MORE
    if _ABOUT.search(before) or _AFTER_ABOUT.match(after):
        return Qualifier.ABOUT
    return Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit as a head or title writes it; `currency` None when only 万 or 亿 is written."""

    scale: Decimal
    currency: Currency | None
    text: str


_HEAD_UNIT = re.compile(
    rf"(?P<front>(?:人民币|rmb|cny|usd|us\$|hkd|hk\$|eur|jpy|美元|美金|港元|港币|欧元|日元|\$|€|¥)[:：'’]?)?"
    rf"(?P<number>1000000|100000000|10000|1000|100|10|0000)?"
    rf"(?P<scale>万亿|百亿|十亿|千万|百万|十万|亿|万|千|百|million|billion|thousand|mn|mln|bn|k|m)?"
    rf"(?P<currency>{_CURRENCY})?(?P<tail>人民币|rmb)?",
    re.I,
)
_IN_BRACKETS = re.compile(r"[(\[【{<《]([^()\[\]【】{}<>《》]*)[)\]】}>》]")
_UNIT_LABEL = re.compile(r"(?:货币|金额|计量|投资|资金)?(?:单位|unit)(?:均?为|[:：])?", re.I)
_NOT_MONEY = re.compile(r"(?:万|亿|千|百)?(?:元|美元)?/(?:亩|年|人|吨|平方米|㎡|月)")
_BARE = re.compile(r"(?:万|亿|百万|千万)$")


@lru_cache(maxsize=8192)
def units_in_head(head: str) -> tuple[MoneyUnit, ...]:
    """Units of money in a column head: in brackets, behind a stroke, or at the end (总投资亿元)."""
    flat = squeeze(head).lower()
    if _NOT_MONEY.search(flat):
        return ()
    pieces = _IN_BRACKETS.findall(flat)
    outside = _IN_BRACKETS.sub(" ", flat)
    pieces += re.split(r"[/、,，:：;； ]", outside)[1:]
    found: list[MoneyUnit] = []
    for piece in pieces:
        found += _units_of(_UNIT_LABEL.sub("", piece))
    if not found:
        tail = re.search(rf"((?:十|百|千)?[万亿]?(?:{_CURRENCY})|[万亿])$", outside.strip(), re.I)
        if tail and (tail[0] not in {"元", "块", "圆"} or outside.strip().endswith(("元", "圆"))):
            found += _units_of(tail[0])
    return tuple(dict.fromkeys(found))


def _units_of(piece: str) -> list[MoneyUnit]:
    """万元 · 亿元、万美元 · RMB million; nothing when other words are there."""
    parts = [part for part in re.split(r"[/、,，;；或和及|]", piece) if part]
    found = [one for part in parts if (one := one_unit(part)) is not None]
    return found if found and (len(found) == len(parts) or len(parts) <= 4) else []


@lru_cache(maxsize=4096)
def one_unit(text: str) -> MoneyUnit | None:
    """The unit that the whole text is; None when it is something else (亩, 人, 厂房)."""
    flat = (
        re.sub(
            r"^(?:单位|unit|按|以|均?为|计|约|金额|人民币|外币|内资|外资|总投资|投资额?)[:：]?|[计。.]$",
            "",
            squeeze(text).lower(),
        )
        or squeeze(text).lower()
    )
    match = _HEAD_UNIT.fullmatch(flat)
    if match is None or not flat:
        if flat.startswith("人民币"):
            return one_unit(flat.removeprefix("人民币"))
        return None
    scale = _SCALES.get(match["scale"] or "", YUAN)
    if match["number"]:
        scale *= WAN if match["number"] == "0000" else Decimal(match["number"])
    written = [match[name] for name in ("currency", "tail", "front") if match[name]]
    currency: Currency | None = next(
        (one for word in written if (one := _currency(word.rstrip(":：'’"))) is not Currency.CNY), None
    )
    if currency is None and written:
        currency = Currency.CNY
    if currency is None and not match["scale"]:
        return None
    if not match["currency"] and (match["scale"] or "") in {"千", "百", "m", "k"} and not match["front"]:
        return None
    if "人民币" in squeeze(text) and currency is None:
        currency = Currency.CNY
    return MoneyUnit(scale, currency, text)


_STATED = re.compile(
    r"(?:货币|金额|计量|投资额?|资金|总投资)?(?:单位|unit)s?(?:均|统一)?(?:以|为|是|[:：])+\s*([^()（）。;；\n]{1,24})",
    re.I,
)
_STATED_BY = re.compile(r"(?:均|都|统一|一律)?(?:以|按)([^,，。;；()（）]{1,8})(?:为单位|计|填报|填写)")


@lru_cache(maxsize=4096)
def units_stated(text: str) -> tuple[MoneyUnit, ...]:
    """Units that a line above or below a table states: 单位：亿元、亩、人 · 金额单位：万元 · （亿元）alone."""
    flat = _NOT_MONEY.sub("", squeeze(text).lower())
    found: list[MoneyUnit] = []
    for pattern in (_STATED, _STATED_BY):
        for match in pattern.finditer(flat):
            part = re.split(r"填报|填表|日期|时间|20\d\d|截至|联系", match[1])[0]
            found += _units_of(part)
    if not found:
        for piece in _IN_BRACKETS.findall(flat):
            found += [one for one in _units_of(_UNIT_LABEL.sub("", piece)) if one.text]
    if not found and one_unit(_IN_BRACKETS.sub(r"\1", flat)) is not None:
        found += _units_of(_IN_BRACKETS.sub(r"\1", flat))
    return tuple(dict.fromkeys(found))


_AREA = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<more>[余多])?(?P<scale>万|千)?(?P<unit>亩|公顷|平方公里|平方千米|平方米|平米|㎡|m2|m²|平|ha|mu)?",
    re.I,
)
_MU: dict[str, Decimal] = {
    "亩": Decimal(1), "mu": Decimal(1), "公顷": Decimal(15), "ha": Decimal(15), "平方公里": Decimal(1500), "平方千米": Decimal(1500),
    "平方米": Decimal(3) / 2000, "平米": Decimal(3) / 2000, "㎡": Decimal(3) / 2000, "m2": Decimal(3) / 2000,
    "m²": Decimal(3) / 2000, "平": Decimal(3) / 2000,
}  # fmt: skip


def mu_unit(text: str) -> Decimal | None:
    """How many mu the unit named in a head is; None when no area unit is named."""
    flat = squeeze(text).lower()
    for word in sorted(_MU, key=len, reverse=True):
        if word in flat and (
            len(word) > 2 or word not in {"平", "ha", "mu"} or re.search(rf"[(（/]{word}[)）]?$", flat)
        ):
            scale = 10_000 if f"万{word}" in flat else 1000 if f"千{word}" in flat else 1
            return _MU[word] * scale
    return None


@lru_cache(maxsize=8192)
def read_land(text: str, *, unit: Decimal | None) -> tuple[Decimal, bool] | None:
    """(mu, whether the unit is sure) of a cell; None when it holds no area of land (rented floor is none)."""
    flat = squeeze(text).lower()
    if is_nothing(flat) or (re.search(r"租|厂房|建筑面积|楼", flat) and not re.search(r"用地|亩|占地|征地|供地", flat)):
        return None
    found = [match for match in _AREA.finditer(flat) if not re.match(r"年|月|期|号|块|宗|#", flat[match.end() :])]
    if not found:
        return None
    marked = [match for match in found if match["unit"]]
    match = next((one for one in marked if one["unit"] == "亩"), (marked or found)[0])
    if len(found) > 1 and re.search(r"(?:总|共|合计)", flat):
        match = next((one for one in found if re.search(r"(?:总|共|合计)\D{0,4}$", flat[: one.start()])), match)
    number = Decimal(match["number"].replace(",", "")) * {"万": 10_000, "千": 1000, None: 1, "": 1}[match["scale"]]
    if match["unit"]:
        return number * _MU[match["unit"].lower()], True
    return (number * (unit or 1)), unit is not None


_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([余多])?(万|千|百)?(?:余|多)?(?:人|名|个|位|岗)?")


@lru_cache(maxsize=8192)
def read_count(text: str) -> Decimal | None:
    """Jobs: 约800人 · 1,200 · 300余人 · 1.2千人."""
    flat = squeeze(text).lower()
    match = _COUNT.search(flat)
    if is_nothing(flat) or match is None:
        return None
    for one in _COUNT.finditer(flat):
        if re.match(r"[人名个位岗]", flat[one.end() - 1 :]) or flat[one.end() - 1 : one.end()] in {"人", "名"}:
            match = one
            break
    return Decimal(match[1].replace(",", "")) * {"万": 10_000, "千": 1000, "百": 100}.get(match[3] or "", 1)
