"""Two projects side by side: a score from 0 to 1 and the reasons for and against. Weights: benchmarks/duplicates/README.md."""

from zhaoyin.engines.entity_resolution.project_rows import Row, flat, pairs

Reasons = tuple[tuple[str, float], ...]

_START = 0.36
_HIGHEST_OF_ANOTHER = 0.65
"""A stated second phase or a part beside it: for a person, whatever else agrees."""
_PHONE, _SAME_PRODUCT, _OTHER_NAMESAKE = 0.15, 0.27, -0.35
_MOST_OF_DETAILS = 0.35
"""Same name, amount, site and date together."""
_SAME_AMOUNT, _NEAR_AMOUNT, _THREEFOLD = 0.002, 0.3, 1.0987
"""Differences of natural logarithms: 0.2 %, about 35 %, three times."""


def compare(one: Row, two: Row, *, others: int = 0, least: float = 0.0) -> tuple[float, Reasons]:
    """Score and reasons, the most telling first; (0, ()) as soon as `least` is out of reach.

    `others`: rows beyond the two that build the same, so that it tells little.
    """
    investor = _same_investor(one, two)
    shared_phone = bool(one.facts.phones) and not one.facts.phones.isdisjoint(two.facts.phones)
    known = _START + (investor or 0.0) + _MOST_OF_DETAILS + (_PHONE if shared_phone else 0.0)
    if known + _SAME_PRODUCT < least or (
        investor is not None and investor <= _OTHER_NAMESAKE and _apart(one, two, least)
    ):
        return 0.0, ()
    product = _weight_of_likeness(_likeness(one, two)) if one.product and two.product else 0.0
    if known + product < least:
        return 0.0, ()
    reasons = [("product", product)]
    if investor is not None:
        reasons.append(("investor" if investor > 0 else "other-investor", investor))
    elif others > 0 and one.product == two.product:
        reasons.append(("common-product", -min(0.34, round(0.06 * others, 2))))
    if shared_phone:
        reasons.append(("same-phone", _PHONE))
    if one.name == two.name and one.name and (len(one.product) >= 4 or investor is not None):
        reasons.append(("same-name", 0.1))
    if one.capacity and two.capacity and one.capacity != two.capacity:
        reasons.append(("other-capacity", -0.12))
    _amounts(one, two, reasons)
    _details(one, two, reasons)
    highest = 1.0
    if one.phase != two.phase or one.added != two.added:
        reasons.append(("other-phase", -0.6) if one.phase != two.phase else ("other-part", -0.4))
        highest = _HIGHEST_OF_ANOTHER
    score = max(0.0, min(highest, _START + sum(weight for _, weight in reasons)))
    if score < least:
        return score, ()
    return score, tuple(sorted((reason for reason in reasons if reason[1]), key=lambda reason: -abs(reason[1])))


def _apart(one: Row, two: Row, least: float) -> bool:
    """Products that begin and end differently are not alike enough to outweigh another investor."""
    return least > 0 and one.product[:2] != two.product[:2] and one.product[-2:] != two.product[-2:]


def _weight_of_likeness(likeness: float) -> float:
    """0.27 for the same, 0.11 at 0.6, -0.05 at 0.35, then steeply down to -0.35: one investor builds many things."""
    if likeness >= 0.6:
        return round(0.11 + 0.4 * (likeness - 0.6), 3)
    if likeness >= 0.35:
        return round(-0.05 + 0.64 * (likeness - 0.35), 3)
    return round(-0.35 + 0.857 * likeness, 3)


def _same_investor(one: Row, two: Row) -> float | None:
    """Weight for or against; None when one of the investors is not known."""
    if one.facts.credit_code and two.facts.credit_code:
        return 0.34 if one.facts.credit_code == two.facts.credit_code else -0.3
    if not one.investor or not two.investor:
        return None
    if one.investor == two.investor:
        return 0.32
    short, long = (one, two) if len(one.stem) <= len(two.stem) else (two, one)
    if len(short.stem) >= 2 and short.stem in long.core:
        return _same_stem(short, long)
    return 0.04 if _one_slip(one, two) else -0.5


def _same_stem(one: Row, two: Row) -> float:
    """Firms that bear one stem: one firm, its short name, a branch of its group, or two firms of two places."""
    short, long = (one, two) if len(one.core) <= len(two.core) else (two, one)
    a, b = one.home, two.home
    if (a == b or not a or not b) and _subsequence(short.core, long.core):
        return 0.29
    agree = not one.trade or not two.trade or not pairs(one.trade).isdisjoint(pairs(two.trade))
    if a and b and a != b:
        return 0.02 if agree else _OTHER_NAMESAKE
    if agree:
        return 0.2
    return 0.08 if a == b and a else -0.08


def _subsequence(short: str, long: str) -> bool:
    at = 0
    for sign in short:
        at = long.find(sign, at) + 1
        if not at:
            return False
    return True


def _one_slip(one: Row, two: Row) -> bool:
    """Names of eight characters and more that differ by one wrong, one missing or two swapped characters."""
    a, b = one.investor, two.investor
    if len(a) > len(b):
        a, b = b, a
    if len(a) < 8 or len(b) - len(a) > 1 or (a[:3] != b[:3] and one.core[-3:] != two.core[-3:]):
        return False
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])


def _likeness(one: Row, two: Row) -> float:
    """Share of common character pairs of what is built, 0 to 1."""
    if one.product == two.product:
        return 1.0
    a, b = pairs(one.product), pairs(two.product)
    common = len(a & b)
    dice = 2 * common / (len(a) + len(b))
    contained = common / min(len(a), len(b)) if min(len(one.product), len(two.product)) >= 3 else 0.0
    return max(dice, 0.85 * contained)


def _amounts(one: Row, two: Row, reasons: list[tuple[str, float]]) -> None:
    apart = abs(one.log_amount - two.log_amount)
    if apart != apart or one.facts.currency != two.facts.currency:
        return
    if apart <= _SAME_AMOUNT:
        reasons.append(("same-amount", 0.12))
    elif apart <= _NEAR_AMOUNT:
        reasons.append(("near-amount", 0.05))
    else:
        reasons.append(("other-amount", -0.08 if apart <= _THREEFOLD else -0.22))


def _details(one: Row, two: Row, reasons: list[tuple[str, float]]) -> None:
    a, b = one.facts, two.facts
    if a.site and b.site:
        same = a.site == b.site or flat(a.site) == flat(b.site)
        reasons.append(("same-site", 0.05) if same else ("other-site", -0.05))
    if a.signed and b.signed:
        near = a.signed.startswith(b.signed) or b.signed.startswith(a.signed)
        apart = -0.06 if a.signed[:7] == b.signed[:7] else -0.14
        reasons.append(("same-date", 0.08) if near else ("other-date", apart))
