"""Relations of a firm to the one the text was just speaking of (its anchor), where a pronoun or nothing stands for the anchor."""

import re
from collections.abc import Iterator

SUPPLIES = "supplies"
SUPPLIED = "supplied"
ANCHOR_SELLS_TO = "buys"
OWNED = "owned"
OWNS = "owns"
"""What the firm is to the anchor; `SUPPLIED`: the anchor sells to it, `ANCHOR_SELLS_TO`: it buys from the anchor, `OWNED`: the anchor is its parent, `OWNS`: it is the anchor's parent."""

_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (SUPPLIED, re.compile(r"(?:卖给|供给|供应给|供货给|销往|配套给)$")),
    (SUPPLIES, re.compile(r"给(?:他|它|公司|厂里)供[^,。;]{1,14},?[^,。;]{0,6}(?:叫|是)$")),
    (SUPPLIES, re.compile(r"(?:其|它的?|所需|公司的?)[^,。;]{0,12},?(?:全部|长期|主要|一直|均|都|大多)*(?:来自|出自)(?:一墙之隔的|隔壁的?|同镇的|本地企业)?$")),
    (SUPPLIES, re.compile(r"[\u4e00-\u9fff]{2,8}出自$")),
    (OWNS, re.compile(r"(?:母公司|控股股东|大股东)(?:为|是|系)?$")),
    (OWNED, re.compile(r"(?:其|它|该公司|公司|集团)(?:在[^,。;]{1,12})?(?:全资|独资|控股|新)(?:设立|成立|注册|组建)(?:了|的)*(?:子公司|新公司|项目公司)?$")),
)  # fmt: skip
_AROUND: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (ANCHOR_SELLS_TO, re.compile(r"(?:^|[,。;“])$"), re.compile(r"(?:今年|去年|每年|每月|当天|上月|已经?|也|就)*从(?:这里|这儿|它|他|他们|该厂)(?:手里|那里|那儿|这里)?[^,。;]{0,4}(?:订|买|采购|拿|拉|进)|当天就[^,。;]{0,4}(?:拉走|买走|订走)|(?:都|也)?是(?:它|他|其|公司|我们)的?[大老]?客户")),
    (ANCHOR_SELLS_TO, re.compile(r"(?:让|被)$"), re.compile(r"(?:拉走|买走|包下|收走|订走|拿走|吃下|包销)")),
    (SUPPLIES, re.compile(r"(?:由|是|交给|交由)(?:隔壁的?|本地的?|意大利|日本|德国)?$"), re.compile(r"(?:来?做|来?加工|送来|送过来|打过来|承做|代工|供应?|提供|供货)(?:的)?[,。;]")),
    (SUPPLIES, re.compile(r"(?:从|向)$"), re.compile(r"(?:进货?|拉来?|买来?|采购|订[货购]?)的?[,。;]")),
    (SUPPLIES, re.compile(r"(?:公司|厂里|项目|产品)的?[^,。;]{1,10},?由[\u4e00-\u9fff]{2,6}的$"), re.compile(r"(?:长期|独家|全部)?(?:供应?|供货|提供|配套|代工)")),
    (SUPPLIED, re.compile(r"(?:作为|是|系)$"), re.compile(r"的[^,。;]{0,8}(?:供应商|供货商|配套商|配套企业)")),
    (SUPPLIES, re.compile(r"(?:其|它的?|所需|原料)[^,。;]{0,12}(?:长期|全部|主要|均|都|一直)?由(?:本地企业)?$"), re.compile(r"(?:长期|独家|全部)?(?:供应?|供货|提供|配套)")),
    (OWNS, re.compile(r"由$"), re.compile(r"(?:全资|绝对|间接|直接)?(?:控股|持股|全资持有|投资设立|出资设立|独资设立)")),
    (SUPPLIES, re.compile(r"(?:供应商|供货商|配套商|配套企业|上游企业|伙伴)(?:—+|、|是)?$"), re.compile(r"[^,。;]{0,10}(?:跟|随|一起来|同来|供|配套)")),
    (OWNS, re.compile(r"被$"), re.compile(r"(?:全资|整体)?(?:收购|并购|控股)")),
    (OWNS, re.compile(r"(?:是|系|为)$"), re.compile(r"的?(?:全资|控股|独资)?(?:子公司|孙公司)")),
)  # fmt: skip
_ROUND = re.compile(r"轮(?:融资|投资|资金)?[^,。;]{0,6}(?:来自|由|投资人|投资方)$|(?:首笔|首轮|头笔)资金来自$|投资人$")
_INTO_IT = re.compile(
    r"(?:领|跟)?投(?:了|过)?(?:它|其|他家|他们)|(?:出|投)了[^,。;]{0,4}(?:第一笔|首笔|天使轮|种子轮|A轮)"
)


def anchored(before: str, after: str) -> Iterator[str]:
    """What the firm between `before` and `after` is to the anchor."""
    for what, pattern in _BEFORE:
        if pattern.search(before):
            yield what
    for what, left, right in _AROUND:
        if left.search(before) and right.match(after):
            yield what


def invested_in_anchor(before: str, after: str) -> bool:
    """Whether the fund between them gave the anchor money: 其天使轮投资人某某创投, 某某创投投了它A轮."""
    return _ROUND.search(before) is not None or _INTO_IT.match(after) is not None
