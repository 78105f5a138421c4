"""Relations of two firms named one after the other in a sentence, from the words before, between and behind them."""

import re
from collections.abc import Iterator

SELLS = "sells"
BUYS = "buys"
FOLLOWS = "follows"
"""What the head is to the tail."""

Pair = tuple[str, bool]
"""What the head is, and whether the first of the two firms is the head."""

_SERVES = re.compile(r"[^,。;]{0,4}(?:为|给|向|替)")
_WORK = re.compile(r"(?!的)[^,。;]{0,4}(?:供应?|供货|提供|配套|生产|做|送|代工|打|加工|印|开模|装)")
_FETCHES = re.compile(r"[^,。;]{0,10}(?:向|从|跟)")
_FETCHED = re.compile(r"[^,。]{0,4}(?:买|采购|拿|进货?|订|拉|取货|要货)")
_MATERIAL = re.compile(r"(?:用的|原料|材料|料|胶|纸|线|板|坯|件)[^,。;]{0,8}(?:向|从|跟)$")
_FOR = re.compile(r"(?:给|为|替)$")
_MADE_FOR = re.compile(r"(?:供应?|提供|做|生产|配套|打|加工|印)[^。]{1,16}的$")
_ITS_SUPPLIER = re.compile(
    r"[^,。]{0,6}的(?:另一家|一家|主要|重要|核心|大|上游|老)*(?:供应商|供货商|配套企业|上游|配套商)[^,。]{0,3}"
)
_ITS_CUSTOMER = re.compile(r"[^,。]{0,6}的(?:另一家|一家|主要|重要|核心|最?大|下游|老)*(?:客户|买家|下游)[^,。]{0,3}")
_IS = re.compile(r"(?:是|系|为)$")
_WHOSE = re.compile(r"的[^,。;]{0,8}(供应商|供货商|配套商|配套企业|客户|买家)")
_COMES_TOO = re.compile(r"(?:也|会|愿意|一起)[^,。;]{0,4}来|跟随|跟过来|同来|设(?:个|一个)?点")
_TAKES = re.compile(r"(?:一年|每年|每月|直接)?(?:买走|包下|买下|订走|吃下|采购|消化)(?:了)?")
_FROM = re.compile(r"(?:由|从|向|靠)$")
_SUPPLIED = re.compile(r"(?:供应?|供货|提供|拉来?|运来|发船运来|买)")
_TO = re.compile(r"(?:卖给|供给|供应给|供货给|直供|专供|供货|配套)$")


def between_two(before: str, between: str, behind: str, rest: str) -> Iterator[Pair]:
    """给A做…的B, B每月向A买…, 它的货一半卖给A, A的供应商B; `rest` is what follows the second firm in its sentence."""
    if _SERVES.fullmatch(between) and _WORK.match(behind):
        yield SELLS, True
    elif _FETCHES.fullmatch(between) and _FETCHED.match(behind):
        yield (SELLS, False) if _MATERIAL.search(between) else (BUYS, True)
    elif (_FOR.search(before) and _MADE_FOR.match(between)) or _ITS_SUPPLIER.fullmatch(between):
        yield SELLS, False
    elif _ITS_CUSTOMER.fullmatch(between):
        yield BUYS, False
    elif _IS.search(between) and (whose := _WHOSE.match(behind)):
        yield (BUYS if whose[1] in {"客户", "买家"} else SELLS), True
        if _COMES_TOO.search(rest):
            yield FOLLOWS, True
    else:
        yield from _sold(between, behind)


def _sold(between: str, behind: str) -> Iterator[Pair]:
    if _TAKES.fullmatch(between):
        yield BUYS, True
    elif len(between) < 30 and _FROM.search(between) and _SUPPLIED.match(behind):
        yield SELLS, False
    elif len(between) < 60 and _TO.search(between):
        yield SELLS, True
