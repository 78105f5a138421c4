"""Who owns, founds or pays for what is spoken of: parents, children and investors that are told of beside a project."""

import re
from enum import Enum, auto

_ITS_OWNER = re.compile(
    r"\s*(?:据悉,|据了解,)?(?:该|这家)?(?:公司|企业|后者|它|(?<=该)司)(?:(?:系|是)?由|系|是|为)(?:[\u4e00-\u9fff]{2,3}(?=[A-Z])|香港|台湾|新加坡|日本|韩国|德国|法国|英国|美国|泰国|马来西亚)?"
)
_ITS_PAYER = re.compile(
    r"\s*(?:(?:该|本|此)?项目[^。;\n]{0,80}[,、]|(?:这|该|本)(?:条|座|个)?(?:项目|线|产线|生产线|工厂|厂|基地|工程))由(?:其)?(?:母公司|控股股东)?|\s*这是(?:其)?(?:[\u4e00-\u9fff]{2,3})?母公司"
)
"""该项目总投资约22亿元,…,由某某集团全额出资."""
_ITS_INVESTOR = re.compile(r"\s*(?:该|本|此)?项目[^。;\n]{0,60}[,、]投资方(?:为|是|系)?")
"""项目总投资4.2亿元,投资方某某集团来看了三趟."""
_OWNS_IT = re.compile(
    r"(?:计划|拟)?投资(?:(?:建设|兴建|新建)?(?=[,。])|(?=约?近?超?\d))|(?:全资|独资|控股|全额)?(?:设立|出资|投资设立|控股|持有|成立|组建)|(?:在[^,。;]{1,8})?(?:投资|出资)?(?:设立|成立|注册)的[^,。;]{0,8}公司|在[^,。;]{1,8}的(?:第[一二三四五]|首)(?:座|个|家|条)|(?:在[^,。;]{1,6})?的?(?:第[一二三四五]家|又一家|另一家|一家)?(?:全资|控股|独资)?(?:子|孙|项目)公司"
)
_HOLDS = re.compile(
    r"(?:全额|全资|独资)(?:出资|投资)|(?:全资|独资|控股)?(?:设立|投资设立|控股|持有|成立|组建)|(?:在[^,。;]{1,8})?(?:投资|出资)?(?:设立|成立|注册)的|[^,。;]{0,14}(?:子|孙)公司"
)
"""By these words the firm is the child of the one before them, not only its project paid by it."""
_CHILD_OF_TOPIC = re.compile(
    r"(?:挂牌)?(?:成立|注册|设立|组建|登记)(?:成立|下来)?(?:了|的)?(?:一家|一个|新)?(?:全资)?(?:子公司|新公司|项目公司|公司)?[,:]?(?:名字?叫|取名|名为|叫|公司名称为?)?$|(?:名字?叫|取名为?|公司名称为?)$|(?:^|[,。;])\s?(?:其|该|新设)?项目公司(?:名?[为叫是])?$"
)
_THROUGH_A_CHILD = re.compile(r"(?:通过|由)(?:其|旗下)?(?:在华|境内|本地)?的?(?:全资|控股)?子公司$")
"""法方将通过其在华全资子公司某某投资4500万欧元."""
_CHILD_OF_ISSUER = re.compile(r"公司的?(?:全资|控股)(?:子|孙)公司$")
_WHAT_IT_IS = re.compile(r"\s*(?:据悉|据了解|(?:公开)?资料显示|天眼查)[^。;]{0,24}(?:系|是|为)[^。;]{2,30}子公司")
"""据悉,某某系某集团的全资子公司,于今年3月注册成立: who the firm is, no news of its project."""
_LED_BY = re.compile(r"(?:旗下|下属|所属)的?$")


class Tie(Enum):
    """How a firm is tied to the one spoken of: it `OWNS` it, or it only `PAYS` for its project."""

    OWNS = auto()
    PAYS = auto()


def tie(text: str, start: int, name: tuple[int, int], *, near: bool) -> Tie | None:
    """What the sentence that begins at `start` says of the first firm in it (at `name`) and the one spoken of before; None for nothing.

    `near` says whether the words 该项目 can mean the project spoken of, which has no sum yet.
    """
    begin, end = name
    if _ITS_OWNER.fullmatch(text, start, begin) and _OWNS_IT.match(text, end):
        return Tie.OWNS
    if near and _ITS_INVESTOR.fullmatch(text, start, begin):
        return Tie.PAYS
    if not near or not _ITS_PAYER.fullmatch(text, start, begin) or not _OWNS_IT.match(text, end):
        return None
    owns = text.endswith(("母公司", "控股股东"), start, begin) or _HOLDS.match(text, end) is not None
    return Tie.OWNS if owns else Tie.PAYS


def founds(lead: str) -> bool:
    """企业上月已挂牌成立|某某公司: whether the firm behind `lead` is a new one of the firm spoken of."""
    return _CHILD_OF_TOPIC.search(lead) is not None


def acts_through(lead: str) -> bool:
    """Whether the firm spoken of acts through its child behind `lead`."""
    return _THROUGH_A_CHILD.search(lead) is not None


def is_child_of_issuer(lead: str) -> bool:
    """本公司全资子公司|某某: a child of the firm that announces."""
    return _CHILD_OF_ISSUER.search(lead) is not None


def is_led(text: str, start: int, end: int) -> bool:
    """某集团旗下|某新材: whether the firm at `end` is told as one of a group's."""
    return _LED_BY.search(text, start, end) is not None


def is_background(text: str, start: int, end: int) -> bool:
    """Whether a sentence only says who the firm is."""
    return _WHAT_IT_IS.match(text, start, end) is not None
