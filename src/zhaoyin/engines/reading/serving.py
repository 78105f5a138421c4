"""Firms that serve a project and do not invest in it: who builds, plans, oversees, sells, buys, lets the plant or competes."""

import re
from enum import Enum, auto

_WORKS = "施工|承建|承造|总承?包|分包|监理|代建|勘察|勘测|勘探|EPC"
_ADVISES = (
    "设计|测绘|招标|造价|评估|审计|安装|吊装|检测|环评|能评|安评|编制|咨询|物业|出租|设备|保荐|担保|技术(?:支持|提供)"
)
_WHO = "单位|方|商|公司|机构|企业|院|团队|队伍?|人"
_TRADES_WITH = (
    "(?:最大|主要|老|大|重要|头号|核心|第一大)?(?:的)?"
    "(?:客户|主顾|买家|买主|供应商|供货商|经销商|承包商|分包商|承租方)|(?:竞争)?对手|同行|同业|中介|房东|房主|产权方"
)
_IN_A_ROLE = re.compile(
    rf"(?:(?:{_WORKS})(?:{_WHO})?|(?:{_ADVISES})(?:{_WHO})|{_TRADES_WITH})(?:之一)?(?:则|均|都)?(?:是|为|系|叫|有|包括|:|—+|、)?$"
    r"|(?:干活|包工|施工|承建|盖楼|搭架子|供料|供货|出图|监工|扩路|修路|铺路)(?:的|的是|是|为)(?:本地的?)?$"
    r"|(?:客户|主顾|买家|供应商)(?:就|正|恰恰)?是[^,。;]{1,12}的$"
    r"|原(?:投资方|投资人|股东|业主|东家|承租方)$|(?:供应商|客户|供货商|配套商)(?:动态|情况|反馈|名单):$"
    r"|(?:参照|参考|比照|对标|效仿)$"
    r"|(?:全|都|全部|大半|大都|七成|八成|一半)(?:给|卖|供|交)给?了?(?:旁边|隔壁|附近|同城|邻近)?的?$"
    r"|(?:主供|专供|(?<=[,。;、])供)$"
    r"|(?:供给|卖给|供应给|供货给|销给|销往|发往|运往|运到|出口到|卖到|送往|交给|交付(?:给)?)了?(?:[^,。;]{0,6}的)?$"
)
"""施工单位…, 最大客户…, 干活的是…, 参照…, 一半供给我区的…"""
_BUILDER = re.compile(rf"(?:(?:{_WORKS})(?:{_WHO})?|设计(?:{_WHO}))(?:是|为|系|:)?$")
_BY = re.compile(r"(?:由|交给|交由|委托|聘请|请来?|找来?|是|系)(?:本地的?|隔壁的?)?$")
_DOES = re.compile(
    r"(?:(?:[一二三四五六七八九十\d]+[日天周]内|尽快|限期)[^,。;]{0,8}(?:接|架|拉|迁|改|修|完成|办理|提出|出具)|(?:(?:于|在)[^,。;]{1,8})?(?:来|负责|独家|全程|具体|统一|进场)*(?:持有|施工|承建(?!(?:并|及|和)?运营)|承造|总?承包|总包|监理|设计|出图|代建|搭(?!档|上)|盖|安装|吊装|供货|供应|供(?!应链|热|销)|提供|加固|改造|装修|编制|检测|打理|托管|管理(?!层|人员|团队)|介绍|引荐|推荐|牵线|(?:造|干)(?=的|[,。;])))"
)
"""由…施工, 交给…搭, 是…造的."""
_WORKS_THERE = re.compile(r"(?:负责)?(?:施工|承建|承造|总包|监理|出图)(?=[,。;、的)]|$)")
_LETS = re.compile(r"(?:租自|租的是|(?:厂房|车间|仓库|场地|楼|院子)(?:来自|归|属于?))$")
_STARTS_A_FUND = re.compile(r"(?:管理的|管理人|发起(?:的|设立|成立)?)[^,。;]{0,24}基金")
_FROM = re.compile(
    r"(?:租(?:下|用|了|赁|的是?|自|进)?|借用?|搬进了?|接手了?|盘下了?|原属|原为|(?:厂房|车间|仓库|场地|楼|院子)(?:是|为|来自|归|属于?))$"
)
_PREMISES = re.compile(
    r"(?:现成|闲置|空置|腾出|空出|原来|原有|旧|老|名下)?的?[^,。;]{0,8}(?:厂房|车间|冷库|仓库|旧厂|标准厂|楼|院子|场地|大院|厂区|库房|研发楼)|的[,。;]|[。;]"
)
"""租…现成的冷库, 厂房是…的."""
_WHOSE = re.compile(r"(?:房|楼|仓|车间|院|铺)[^,。;]{0,4}(?:是|归|属于?)$")
_ITS_OWN = re.compile(r"的[,。;]")
_INVESTS = re.compile(
    r"(?:,?\d{4}年)?(?:\d{1,2}月(?:底|初|中旬|上旬|下旬|\d{1,2}日)?)?(?:也|则|已|亦|还|今年|去年|本月|上月|随后|干脆|跟着|(?:于|在)[^,。;]{1,12})*(?:拟|计划|决定)?(?:投资(?!方|人)|签约|签下|签了|落户|落地|入驻|选址|注册|增资|总?投(?!产|标|递|入使用))"
    r"|\((?:总投资|合同投资|计划投资|协议投资|投资)?额?约?[\d.]+[亿万]"
)
_COMES_TOO = re.compile(
    r"(?:也|则|已|亦|还|将|正|今年|去年|本月|上月|随后|干脆|跟着|(?:于|在)[^,。;]{1,12})*(?:拟|计划|动工|开工|租下|买下|拿下|看中|准备|打算|决定|跟来|跟了|跟进|跟着|搬|建厂|建设|设厂|要来|想来|也来|来了|有意|愿意|追)"
    r"|(?:也|则|已|亦|同日|随后|前脚后脚)*(?:开了工|动了土|开了机|投了产|投产|量产)"
    r"|(?:老板|老总|总经理|董事长|厂长|总裁|负责人)?(?:[\u4e00-\u9fff]{2,3})?(?:也|则|已|亦|现场|当场|会后|受访)*(?:透露|表态|表示|证实|宣布|坦言|称|说|放话)[^。;]{0,24}(?:追随|跟|盖|建|设|投|搬|去|来)"
    r"|[、和与及][^,。;]{2,30}(?:先后|相继|陆续|纷纷|接连|接踵|双双|随后都?|都已?)[^,。;]{0,10}(?:落户|落地|入驻|进驻|跟进|跟来|投产|开工|签约|搬)"
    r"|[^,。;]{0,4}(?:早已|早就|已经|[两三四五]年前就?已?|去年就?已?|今年已?)(?:在[^,。;]{1,8})?(?:进驻|落户|投产|量产|开工|入驻)"
    r"|[^。;]{0,24}(?:后者|(?:也|亦)(?:想|要|将|拟|会|跟|来|打算|准备|提出|从中|有意|看中|愿|在谈|在找|在看)|愿意|想一起|一起(?:过来|搬|来)|对方松了?口|松了口)"
)


_ONE_MORE = re.compile(r"(?:另外?一?|[一这两首某])家[^,。;]{0,8}$")
"""另一家检测设备商|某某: what it makes, not whom it serves."""


class Serves(Enum):
    """How a firm serves: it `WORKS` on what is built, or it `TRADES` with the investor (sells, buys, lets, competes)."""

    WORKS = auto()
    TRADES = auto()


_TRIES = re.compile(
    r"(?:[、和与及][^,。;]{2,20})?(?:已|正|也|还)?(?:认证|验证|试用(?!期)|送样测试)|已?(?:与|和|跟)(?:其|它|公司|企业|项目)(?:已)?(?:签(?:订|下|署|了)?|订立)[^,。;]{0,12}(?:合同|协议|订单)"
)
"""正由某某认证, 某某已与其签订仓储服务合同: who buys of it."""
_LANDLORD = re.compile(r"(?:跟|与|和)$")
_LETS_TO = re.compile(
    r"(?:签(?:订|下|署|了)?|谈(?:妥|好|拢)?(?:了)?)[^,。;]{0,6}(?:租赁|租房|厂房租|代工|供货|采购|仓储|物流)[^,。;]{0,4}(?:合同|协议)"
)
"""跟某某签了租赁合同."""
_ASKED = re.compile(r"找(?:了)?(?:本地的?|隔壁的?)?$")
_MADE_BY = re.compile(r"(?:来)?(?:做|代工|加工|供)[,。;”]")
"""机架找某某做."""


def invests(after: str) -> bool:
    """Whether what stands behind a firm says that it invests itself."""
    return _INVESTS.match(after) is not None


def serves(before: str, after: str) -> Serves | None:
    """How the firm between `before` and `after` serves a project that is not its own; None for one that invests or follows."""
    if invests(after):
        return None
    if _STARTS_A_FUND.match(after) is not None:
        return Serves.TRADES
    if _WORKS_THERE.match(after) is not None or _BUILDER.search(before) is not None:
        return Serves.WORKS
    if _BY.search(before) is not None and _DOES.match(after) is not None:
        return None if _COMES_TOO.match(after) else Serves.WORKS
    if _TRIES.match(after) is not None or (_LANDLORD.search(before) is not None and _LETS_TO.match(after) is not None):
        return Serves.TRADES
    if _ASKED.search(before) is not None and _MADE_BY.match(after) is not None:
        return Serves.TRADES
    if _LETS.search(before) is not None:
        return Serves.TRADES
    if _FROM.search(before) is not None and _PREMISES.match(after) is not None:
        return Serves.TRADES
    if _WHOSE.search(before) is not None and _ITS_OWN.match(after) is not None:
        return Serves.TRADES
    if _ONE_MORE.search(before) is not None:
        return None
    return Serves.TRADES if _IN_A_ROLE.search(before) is not None and _COMES_TOO.match(after) is None else None


SIDE = 32
"""Characters on either side of a firm that say how it serves."""


def serves_at(text: str, start: int, end: int) -> Serves | None:
    """How the firm `text[start:end]` serves, by what stands around it; None for one that invests or follows."""
    return serves(text[max(0, start - SIDE) : start], text[end : end + SIDE])


def works(before: str, after: str) -> bool:
    """Whether it builds, plans or oversees what another one invests in, which holds for the whole text."""
    return (_BUILDER.search(before) is not None or _WORKS_THERE.match(after) is not None) and not invests(after)
