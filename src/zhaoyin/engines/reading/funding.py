"""Words by which a fund's money reaches a firm and a bank lends to one; `before` and `after` stand around the name."""

import re

_INTO = re.compile(
    r"(?:一?张给|笔给|打进|打入|投进了?|转给了?|注资|拿下|投资|投给|投了|入股|领投|直投|参股|注资|给了|增资|进了|认购|认缴|一家是|另一家是|第[一二三四]笔是?)(?:了)?(?:[^,。;]{0,4}|(?:做|搞|造)[^,。;]{1,10}的)?$"
)
_LISTED = re.compile(r"投资|投给|入股|落地|投了|交割")
_PAID = re.compile(
    r"(?:最快)?,?\d[^,。;]{0,8}(?:万|亿)[^,。;]{0,4}(?:当天|下午|已经|都|,)*[^,。;]{0,6}(?:到了?账|打完|交割|到位|进了?账)|账户|账上|(?:的)?(?:股权投资)|(?:完成|支付|拨付|实缴|注入)[^,。;]{0,10}(?:出资|投资|注资|增资)|的[^,。;]{0,4}轮(?:融资)?(?:领投|跟投|投资)|(?:和[^,。;]{2,12})?各?(?:得|获)(?:投|注资)?\d"
)
_NOT_YET = re.compile(r"还在|尽调|没动|不好说|条款清单|没出|没投|排队")
_GIVES = re.compile(
    r"(?:还|也|另|又|单独|追加|跟着|搭车|随后|一起|再|同步|当场|已经?|一口气|同期|[去今]年底?|[\d一二三四五六七八九十]+月|[上本]月|披露|宣布|将|拟)*"
    r"(?:跟投|跟了|补了|投了|入股|领投|领了?的|领的|投资|参投|直投|给了|跟进|接了,打进去|掏了?(?=\d)|出手|参与(?=\d)|配套(?=\d)|签[了订署][^。;]{0,10}(?:投资协议|股权)|注资|投进[来去]?的|以[^,。;]{1,10}(?:认缴|认购|入股)|(?:同时)?进了|的?,?\d[^,。;]{1,8}元?(?:打进|跟进))"
)
_TOGETHER = re.compile(r"(?:一道|同一天|同时|一起|同轮)[^,。;]{0,4}(?:还有|的是|的有)(?:[^,。;]{0,4})?$")
LENDERS = re.compile(r"(?:银行|农商行|农信社?|信用社|城商行|商行|合作联社|分行|支行|商银|商業銀行)$")
_LENDS = re.compile(r"贷|银团|授信|配|借给|放了|放给|信用额度|融资\d|流贷")


_TOWARDS = re.compile(r"[向对给]$")
_PUTS_IN = re.compile(r"(?:完成|追加)?[^,。;\d]{0,4}(?:注资|增资|投资?(?!产|入使用|建)|追加|出资|入股)")
"""向某某|注资, 对某某|增资."""
_WITH, _SIGNS = re.compile(r"[与和同跟]$"), re.compile(r"签(?:了|订|署|下)?[^。;]{0,10}(?:投资|股权|入股)")
"""与某某|签股权投资协议."""


def reaches(before: str, after: str, opening: str, *, in_list: bool) -> bool:
    """Whether money of the fund spoken of reaches the firm; `opening` is the sentence up to the firm."""
    listed = in_list and _LISTED.search(opening) is not None
    paid = _PAID.match(after) is not None
    towards = _TOWARDS.search(before) is not None and _PUTS_IN.match(after) is not None
    towards = towards or (_WITH.search(before) is not None and _SIGNS.match(after) is not None)
    return (_INTO.search(before) is not None or listed or paid or towards) and _NOT_YET.search(after) is None


def gives(before: str, after: str) -> bool:
    """Whether a fund between them gives money to the firm spoken of."""
    return _GIVES.match(after) is not None or _TOGETHER.search(before) is not None


def is_main(name: str) -> bool:
    """Whether a fund of that name is what a text is about, rather than a house that manages or joins."""
    return name.endswith("基金")


def lends(after: str) -> bool:
    """Whether a bank before `after` lends."""
    return _LENDS.search(after) is not None
