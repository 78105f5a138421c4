"""What a clause says about how far a project is; plans, negations, conditions and general talk are told apart.

`Step` is finer than what a text's words alone give at one place: the reader combines the cues of a project into one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum

from zhaoyin.domain.atoms.dates import DateAtom
from zhaoyin.domain.value import value
from zhaoyin.engines.reading.first_signs import first_signs, only_at, sorted_by_sign
from zhaoyin.engines.reading.sentences import Clauses


class Step(IntEnum):
    """How far a project is, in order; TERMINATED stands outside it."""

    INTENT = 0
    NEGOTIATING = 1
    SIGNED = 2
    SITED = 3
    LANDED = 4
    CONSTRUCTION = 5
    PRODUCTION = 6
    TERMINATED = 9

    __hash__ = int.__hash__  # that of Enum is written in Python


@value
class Cue:
    """A word at `start`..`end` that says `step`; `weak` cues count only when nothing better is said.

    `sure` is the model's probability of the step, `by_rule` whether a rule says it too; a `hint` is the model's best guess where it is not
    sure, heard only when nothing else is said.
    `land` tells land that was won from a place that was merely chosen: only the former says more than a signature.
    `told_at` is where it is said when that is elsewhere: in the heading above the row.
    """

    start: int
    end: int
    step: Step
    weak: bool = False
    land: bool = False
    sure: float = 0.0
    by_rule: bool = True
    hint: bool = False
    told_at: tuple[int, int] | None = None


_WORDS: tuple[tuple[Step, str], ...] = (
    (
        Step.TERMINATED,
        r"(?:项目|已)转移(?:至|到)|晚了一步|慢了一步|(?:最后|最终|结果|后来)(?:还是)?(?:去|跑|落)(?:了|到|在)了?[^,。;]{0,2}(?:隔壁|邻|别|外地|外省|兄弟)|被人?抢了先|拒了(?:我们|我)|(?:这条)?线断了|别等了|不用等了|终止|关闭了?[^,。;]{0,10}(?:谈判|洽谈)|改落(?!实)|改放[在到]|改设[在到]|(?<=[,。;\s])退出(?=[,。;\s])|(?:已经?)?不做了|(?:正式|已)?(?:给)?(?:回绝|谢绝|劝退|婉谢)|不来我们|(?:隔壁|邻县|外省|别处|别的[县区市地])[^,。;]{0,10}(?:签约?了|落户|注册了|拿地)|(?:原因|项目|已)撤销|取消(?:了)?[^,。;]{0,6}(?:布局|建厂)|(?:撤出|移出|划出|退出|划掉|剔除出?)[^,。;]{0,4}(?:项目库|在谈|名单|盘子|台账)|建议核销|销账|销号|失效|作罢|线索[^,。;]{0,4}(?:关|撤|划掉)|暂不考虑|不考虑[^,。;]{1,6}了|(?:先|暂时|可以)放(?:下|一放)|不再(?:联系|接洽|对接|争取|来)|无限期搁置|书面放弃|予以出库|停止推进|项目(?:已|被)?取消|搁浅|不投了|不来投|清退|土地(?:已)?(?:被)?收回|落户(?:到|在)?(?:外地|外省|外县|他处|别处|邻县)|不再推进|不再洽谈|不谈了|谈崩|撤案|撤项|撤资|撤回投资|取消原?(?:投资|项目|合作|计划)|告吹|黄了|白跑|转(?:去|投)(?!资)|婉拒|线索关闭|不再跟[进踪]|(?:停止|暂停|终止)跟[进踪]|放弃了|已(?:经)?放弃|放弃(?=[,。;\s])|建议销号|已销号|放弃(?:投资|项目|合作|该|落)|已流失|项目流失|"
        r"改投|另投|另选|花落|(?:没|未)(?:有)?谈成|中止|没戏了?|不再考虑|跟[^,。;]{2,10}签了|与[^,。;]{2,10}签走|签给了?(?:别|外|他|邻|隔壁)|签到了(?:别|外|他|邻|隔壁)|落在了外|另选他处|已转往|解除[^,。;]{0,6}(?:协议|合同|合约)|(?:合同|协议|合约)[^,。;]{0,10}(?:解除|终止)|不干了|不再实施|没成(?![立功就行])|不(?:用|必|想)?再(?:往下|继续)?(?:谈|跟|推)|不再继续|别跟了|散了(?=[,。;\s]|$)|对方选(?:择)?了(?!我)|(?:企业|投资方|对方|已|中途|主动)退出(?!机制)|被[^,。]{1,8}(?:抢走|挖走|截胡)|不来了|落户意义不大|退出(?:洽谈|项目)|退出了|出局|解约|作废|注销",
    ),
    (
        Step.PRODUCTION,
        r"投产|投用|投运|批量生产|跑起来|纳统|入统|升规|开始供货|出产品|(?:陆续|正式|顺利|成功)下线|正式开机|投入使用|投入运营|正式生产|投入生产|达产(?!业|品)|试生产|试运行|试产|量产|开业|正式运营|建成运营|(?<!产能)(?<!产能已)满负荷|满产|开始生产|三班倒|出了第一[炉批件台车]|第一[炉批件台][^,。]{0,6}下线|首[批台件][^,。]{0,8}(?:下线|出厂|发货|交付)|"
        r"产品下线|已出货|开始出货|建成(?:了)?(?=[^,。后]{0,6}(?:工厂|分厂|产线|生产线|基地))|开了机|开[了的]火|点[了的]火|开机生产|点火|通线|开纺|开织|开榨|开窑|见了产|(?:已|正式|全部)交付使用|开门迎客|开门营业|(?:正式|已|试)营业|出(?:了|的)?(?:首|第一)(?:批|台|炉|件|锅|窑|车|卷|根|片|瓶|双|辆|罐)|第一[^,。;\d]{0,3}(?:出炉|出窑|出厂|出货|装车)|首[^,。;\d]{0,3}(?:出炉|出窑|装车|发货|发车)|交付(?:了)?(?:\d+|[一二三四五六七八九十百千万]+)余?多?(?:台|辆|套|艘|架)|正常生产|产销两旺|满产满销",
    ),
    (
        Step.CONSTRUCTION,
        r"进入实质性?建设|进入[^,。;]{0,4}(?:安装|施工|建设|装修)(?:调试)?阶段|正(?:在)?(?:抓紧|加紧|加快|全力)(?:施工|建设|安装)|主体(?:已|全部|厂房|结构)*(?:完工|完成|封顶)|钢结构|钢构(?=安装|吊装)|平整(?=场地|土地)|(?:场地|土地)平整|场平|围挡|土建(?!投资|费|成本|单位|设计)|开挖|基坑|开工(?!率|复产|手续|令|许可)|动工|奠基|破土|破的土|动了土|动土|打桩(?!机)|桩基|在建|建设中|正在建设|加紧建设|加快建设|抓紧建设|施工(?!企业|单位|方|队|许可|图|手续)|封顶|安装(?:设备|窑炉|生产线)|正在安装|设备(?:正在|已|陆续)?(?:安装|调试|进场|进厂)|设备到厂|设备都进了|调试|"
        r"装修(?!由|费|款|补|问题|标准|垫)|装饰(?=[,。;])|试车|装好|框架(?:搭|封|起来|立|完|浇|施工)|土方|进场(?!费)|挖机|停工|停建|烂尾|路网完工|主体(?:结构|工程|钢构|完工|在建)|基础完工|厂房改造|在北墙外建|竣工|上(?:大)?[梁樑]|结了?顶|(?:吊|架|立)(?:起|了|上)?(?:钢梁|钢架|钢构|钢柱)|浇(?:筑|完|好|灌)|挖(?:了|好|开)?(?:坑|基槽|地基)|打(?:地基|基础)|铺地坪|环氧地坪|内装|刷墙|机械竣工|桩机|塔吊|打下[^,。;]{0,6}桩|第一根桩|首根桩|土建[^,。;]{0,6}铺开|动土|动了工|开了工|奠了基|改造(?:中|启动|完成|进行)|厂房(?:正在)?(?:改造|加固|装修)|设备(?:已)?(?:陆续)?(?:到场|到位|就位)",
    ),
    (
        Step.LANDED,
        r"(?:项目|新)公司[^,。;]{0,4}成立(?!于|以来|之|时)|成交确认书|[标投](?:得|下|到)[^,。;]{0,8}[地亩]|投地成功|拍下来?(?=[,。;了])|摘地|摘[得到下](?=[^,。;]{0,8}[地亩])|(?:取得|拿到)了?土地|土地出让|不动产权证|交地(?!时间|标准)|(?:完成|通过)(?:项目|立项)备案|备案立项|落户(?!意向|协议|申请|条件|政策)|落地(?!页|有声|率|可能|生根难)|注册(?!资本|资金|地|号|商标|会计|人数|时间)|(?:领|取|拿|办|核发|获|颁|发|换)[^,。;看]{0,10}营业执照|营业执照[^,。;]{0,6}(?:已|办|领|下来|到手|取得|拿到|核发)|(?:完成|办妥|办好|办完)[^,。;]{0,6}(?:公司|工商)?(?:设立|登记)|拿到执照|领照|领执照|领了?证|拿了?证(?!书)|入驻(?!申请|意向|条件|协议|合同|率|手续)|摘牌|拿到地|拿地|竞得|拍得|供地(?!价|条件|政策|指标|问题|方式|时间)|核名|领(?:了|到|取)?(?:营业)?执照|挂牌成立|工商登记|公司登记|登记注册|迁入|引来|安家|取得[^,。;]{0,6}(?:产权证|土地证|使用权)|土地证|揭牌(?=[,。;])|扎根(?!\S{1,3}年)",
    ),
    (
        Step.SITED,
        r"(?:完成|敲定|确定|选定|已|同意)(?:了)?(?:项目)?选址|同意[^,。;]{2,24}选址|(?:场址|厂址|地块|落点|用地)[^,。;]{0,4}(?:确定|敲定|选定|定|圈)(?:在|于|下来|好)|择定|选址(?:在|于|位于)|选址[^,。;]{0,8}(?:通过|获批|批准)|选址(?:已|完成|确定|敲定|落定)|选定(?:了)?(?:地块|厂房|厂址)|地块已(?:选|定)",
    ),
    (
        Step.SIGNED,
        r"签约(?!率|数|额|转化|中心)|签订|签署|签下|签给|签了|签(?:正式|投资|项目|入园|入驻)?(?=协议(?!意向)|合同)|签的(?=[^,。;]{0,4}(?:合同|协议))|签完|签成|签妥|签掉|签好|签毕|签定|落笔(?!前|处)|落了笔|正式签(?:约|订|署)?|签字|(?:合同|协议)(?:已|刚|正式)?(?:签|落定)|入区协议|摘得|牵手成功|达成(?:投资|正式)协议",
    ),
    (
        Step.NEGOTIATING,
        r"在谈|洽谈|谈判|(?<![依法])协商(?!一致|会议|解决|民主)|(?<!地方)(?<!城市)(?<!两地)(?<!之间)(?<!三地)(?<!园区)比选|(?:未|没)(?:有)?(?:最终|完全|最后)?(?:敲定|谈妥|谈拢|商定|谈完|达成一致)|仍有(?:分歧|出入|差距)|(?:存在|还有)分歧|(?:价格|租金|地价|条款)[^,。;]{0,6}分歧|讨价还价|还在磨|谈定|(?:协议|合同|文本)审核|等待[^,。;]{0,8}(?:决策|决定|批准|审批|拍板)|谈妥|谈拢|对接(?!人)|磋商|接洽|商谈|面谈|考察|跟踪|跟进|回访|再等等|未达成|没谈|报价单|算账|视频会|来访|拜访|要求[^,。]{0,8}(?:层高|厂房|土地|租金|电价|免租|政策|办公|交地|返还|平|亩)|要等|"
        r"谈得|谈到|只差|就差|待签|反复谈|几轮|接触|座谈|调研|走访(?!慰问|困难|群众|职工|老)|(?<!后)[再来去]谈(?!话)|(?:暂不|先不|还不)签|合同寄|重新谈|等政策|谈(?=[^,。;话判]{1,10}(?:项目|线|合作|投资))|待签约|等[^,。]{0,6}(?:批复|答复|结果|消息|预算|上会)|推进中|走流程|上会|走审批|在走|拉锯|僵持|搁置|暂缓|土地返还",
    ),
    (
        Step.INTENT,
        r"草签|按意向|达成[^,。;]{0,6}意向|意向(?:书|函|协议|合同)?|框架(?!搭|封|起|立|结构|主体|完|浇|吊|施工|柱|梁)|备忘录|拟(?!签|定于)|计划(?!单列)|打算|准备|宣布|有意|考虑|想(?:在|来|把|拿|投|建|搬|到|要|找)|规划(?!许可|部门?|局|条件|设计|红线|用地|图|委|院|馆|股|科|师)|愿意|看中|看好|都在看|还在看|兴趣|可以同去|一起来|决议|拍板|搬过来|搬来|跟着?过来|跟着?过去|带过来|比选|表达了?[^,。;]{0,6}(?:意愿|意向|兴趣)|停留在意向|(?:记|列|算)(?:作|成|为)[^,。;]{0,2}意向|有(?:个|一个)念头|先记(?:下|为意向|意向)|记下|(?:递|交|提交|递交)了?[^,。;]{0,4}(?:入园|入驻|用地)?申请|(?:只是|仅|有)(?:这个|个|一个)?想法|还在(?:犹豫|观望|考虑)|口头(?:答应|有意|意向)|将(?:投资|建设|在)|"
        r"斥资|携|要(?:建|盖|上|投)|再投|增资|追加|敞口|想过来|汇合|追随而来|跟随而来|抛出",
    ),
)


LAND = re.compile(
    r"成交确认|^[标投](?:得|下|到|地)|拍下|摘地|摘[得到下]|土地|产权证|交地|摘牌|拿到地|拿地|竞得|拍得|供地|使用权"
)
_FIRST = "".join(sorted(set().union(*(first_signs(pattern) for _, pattern in _WORDS))))
_CUE = re.compile(
    f"{only_at(_FIRST)}(?:{sorted_by_sign({str(step.name): pattern for step, pattern in _WORDS}, rooms=4)})"
)
_STEP_OF_GROUP = {name: Step[name.partition("_")[0]] for name in _CUE.groupindex}
_PLANNED = re.compile(
    r"(?:(?:表示|称|说)会|将(?!近|军)|拟|计划|预计|力争|争取|有望|即将|准备|打算|确保|尽快|可望|希望|原定|目标|推动|推到|催到|促成|待|若|如果|一旦|等到|只要|考虑|盼|抓紧|限期|督促|催(?:其|着|他们|企业)?|尽早|请(?!假)|(?<![主需重不])要(?![^,。;]{1,4}的[^,。;]{2,12}$)|能否|是否|何时|几时|什么时候|可以|明确|筹备|想|拟于|择日|择期|下周|下个?月|明年|最快|最迟|届时|[年月]内|加快|"
    r"要求|规划|^\s*(?:正|还|只|就|在)?等|能不能|要么|建议|后可|须|尚需|还需|需(?:要|经|取得|完成|办理|通过|报)|来办|去办|申办|递交[^,。;]{0,4}申请|定于|才能|才会|才可|说好|急着|盼着|同意|(?<![目之此以先提日])前(?![年期后]))(?:[^,。;:]{0,14})$"
)
_NEGATED = re.compile(
    r"(?:影响了?|耽误了?|尚未|还未|暂未|并未|仍未|至今未|未能|未|没有|还没有|还没|没|不|无法|暂缓|推迟|延期|延后|暂停|迟迟未|迟迟没有|不能|拒绝|难以|别(?:写|说|算|提)?|未来(?:得及)?|都没|没能|没有出现在)(?:有)?(?:如期|按期|按时|及时|成功|顺利|正式|完成|最终|实质|再|真正|办理|进场|入场)?$"
)
_NO_LAST = frozenset("场响误了来得及在都约名单上未能有没不法缓迟期后停绝以别写说算提时功利式成终质再正理")
"""Signs that a match of `_NEGATED` ends with."""
_NEGATED_DEAL = re.compile(r"(?:尚未|还未|未|没有|没)(?:与|和|同|跟)[^,。;]{1,16}(?:正式|最终|实质)?$")
"""尚未与当地政府|签署: the no stands before the other party."""
LONGEST_NO = 8
"""Characters before a cue in which a no of `_NEGATED` begins (迟迟没有有如期 is the longest)."""
LONGEST_PLAN = 20
"""Characters before a cue in which a word of `_PLANNED` begins, unless it is the first of the clause behind blanks."""
_PERHAPS_ENDED = re.compile(r"(?:即|就|则|将|若|如|否则|拟|视情|可能|不排除|考虑|建议)[^,。;]{0,6}$")
_A_RISK = re.compile(r"[^,。;]{0,4}(?:可能|风险|倾向|想法|苗头|念头|之虞)")
"""有撤资|可能: it has not ended."""
_OLD_PAPER = re.compile(r"(?:之前的?|原来?的?|旧|老)(?:框架|意向|合同|协议)(?:协议|书)?(?:随之|同时)?$")
"""之前的框架|作废: another paper holds now."""
_DONE = re.compile(r"(?:已|已经|成功|正式|顺利|均已|现已|刚)[^,。;]{0,4}$")
_CUSTOM = re.compile(r"(?:框架|意向|备忘录|战略合作|合作协议书?意向|合作备忘)")
_GENERAL_AFTER = re.compile(
    r"(?:的)?(?:亿元以上|工业|重点|重大|新)?(?:项目(?:\d|[一二三四五六七八九十]+个|库|数|总数|清单)|(?:\d+|[一二三四五六七八九十百]+)\s?余?(?:个|家|项|宗|户|批|场|次|亿元以上))|仪式(?:将|定于)|率|条件|情况|事宜|工作(?!日)|进展|问题|仪式(?:现场)?\s*$"
)


_NOT_CALLED = re.compile(
    r"(?:不|未|别|没)(?:再|能|得|可|要|先)*(?:计入|列入|纳入|算作?|作为?|写|说|报|提|叫)(?:成|作|为)?[^,。;]{0,4}$"
)
"""不计入|签约, 先别写我们|签了: it is not to be called so."""
PUT_OFF = re.compile(
    r"签(?:字|约|署|订)(?:时间|日期|仪式)?(?:又|再|只好|一再)?(?:往后[挪推]|推迟|延后|延期|改期|顺延|押后|泡汤)|"
    r"(?:协议|合同|备忘录)(?:暂|先|还|仍|尚)(?:时|且)?(?:不|未|没有?)(?:能|予|再)?签|"
    r"原(?:约|定|计划|拟|说好?)[^,。;]{0,8}签(?:约|字|署|订)?(?![^,。;|\s])"
)
"""签字往后挪, 协议签署推迟, 协议暂不签署: they still talk."""


def _is_negated(before: str, step: Step) -> bool:
    """Whether a no stands right before the cue, or before the other party of a signature."""
    if before[-1:] in _NO_LAST and _NEGATED.search(before[-LONGEST_NO:]) is not None:
        return True
    return step is Step.SIGNED and _NEGATED_DEAL.search(before) is not None


_TRADED = re.compile(
    r"(?:了)?[^,。;]{0,6}(?:供货|购销|采购|供应|保密|贷款|借款|授信|服务|销售|订货|购房)(?:长单|合同|协议|订单)"
)
"""签下供货合同: goods are sold, no project is signed."""
_NO_PLAN = re.compile(r"(?:暂无|并无|尚无|没有|暂没有|暂时没有|无)[^,。;]{0,4}$")
_EMPTY_FIELD = re.compile(r"(?:时间|日期)?[::]\s?(?:[—–\-/_]+|无|待定|未定)(?:\s|$|[,;。|])")
_OPENS_A_FIELD = frozenset("时日::")
_AFTERWARDS = re.compile(r"(?:运营|达产|投产)?(?:之?后|以后|时|年|前)(?!生)")


_YEAR_SAID = re.compile(r"\d{4}|今年|明年|年")
_AHEAD = re.compile(
    r"(?:将|拟|计划|预计|预期|力争|争取|有望|确保|可望|目标|定于|最迟|最快|今年|年内|到|待|安排)[^,。;]{0,6}$"
)
_BEHIND_AHEAD = re.compile(r"(?:底|末|份|初|中旬)?(?:之?前|将|拟|计划|预计|可|要|就能|即可)")


def looks_back(text: str, atom: DateAtom, published: str) -> bool:
    """京豫酵母3月投产 in a look back printed in January: a month without a year and without a word of planning is last year's."""
    if (
        published[5:7] > "02"
        or atom.first is None
        or (str(atom.first)[5:7] < "04" and str(atom.first)[5:7] <= published[5:7])
    ):
        return False
    if _YEAR_SAID.search(text, atom.start, atom.end) or str(atom.first)[:4] != published[:4]:
        return False
    before = text[max(0, atom.start - 10) : atom.start]
    return not _AHEAD.search(before) and not _BEHIND_AHEAD.match(text, atom.end)


_UNDER_WAY = re.compile(
    r"(?:正在|着手|申请|筹备|正办理?|在办理?|准备|来办|去办|申办|办理)(?:进行|办理|公司|工商|土地|项目|营业|理)*$"
)
"""正在注册公司: what is still being done."""


_AHEAD_PATTERN = r"(?<![上个])月(?:底|末)|(?<!上)下(?:个)?(?:月|周|旬)|(?:春节|年|节|元宵|正月)后|(?:春节|年|腊月)前|国庆(?:节)?[前后]|(?:五一|十一)(?:节)?[前后]|入冬前|开春|来年|届时|雨季后|汛期后|秋收后|次月|下半年"
_AHEAD_WORDS = re.compile(f"{only_at(first_signs(_AHEAD_PATTERN))}(?:{_AHEAD_PATTERN})")
"""Times that are named without a date."""


_NUMERALS = frozenset("0123456789一二三四五六七八九十")


def words_ahead(text: str, published: str | None) -> Iterator[tuple[int, int]]:
    """Spans of words for a time that had not come when the text was printed: 月底打桩, 春节后进场 in a text of autumn."""
    month = int(published[5:7]) if published else 0
    for match in _AHEAD_WORDS.finditer(text):
        word = match[0]
        if word[0] == "月" and text[match.start() - 1 : match.start()] in _NUMERALS:
            continue  # 9月底 is a date of its own
        if text[max(0, match.start() - 2) : match.start()].endswith(("去年", "今年", "上", "截至", "到", "前年", "至")):
            continue
        if "节" in word or "年" in word or word[:2] in {"国庆", "五一", "十一", "元宵", "正月", "腊月"}:
            spring = "春节" in word or word[:1] in "年节元正腊"
            near = month >= 9 or month == 1 if spring else month in ((2, 3, 4) if word[:1] == "五" else (6, 7, 8, 9))
            if not near:
                continue
        if word == "下半年" and month > 6:
            continue
        yield match.span()


def find_cues(text: str, clauses: Clauses, future: list[int]) -> Iterator[Cue]:
    """Cues that say something about the present state; plans become weaker cues or none.

    `future` are the places, in order, of the days and times that had not come when the text was printed.
    """
    for match in _CUE.finditer(text):
        step = _STEP_OF_GROUP[match.lastgroup or ""]
        if step is Step.SIGNED and _TRADED.match(text, match.end()):
            continue
        cue = _judge(text, match, step, clauses, future)
        if cue is not None:
            yield cue


_MERELY = re.compile(r"[^。;\n]{0,16}(?:不过|只|仅|还只)是(?:一?[份张])?[^,。;]{0,3}(?:备忘录|意向|框架)")
"""签下成都锦瓷卫浴——不过是一份备忘录."""
_JUST_PLANNED = frozenset("待拟将")
"""已签约待|开工: what is planned right before the cue is not done."""
_COMING, _PAST = frozenset("来去"), frozenset("了的下过")
"""周五来签合同 has not come, 来签了 has."""


def _less_than_signed(text: str, start: int, end: int, clauses: Clauses) -> Cue | None:
    """A signature that is still to come, or of a paper that binds nobody."""
    opening = clauses.start(start)
    if text[opening:start][-1:] in _COMING and text[end : end + 1] not in _PAST:
        return Cue(start, end, Step.NEGOTIATING, weak=True)
    if _MERELY.match(text, end) or _CUSTOM.search(text[max(opening, start - 6) : min(clauses.end(start), end + 10)]):
        return Cue(start, end, Step.INTENT)
    return None


def _is_taken_back(text: str, end: int, step: Step, before: str) -> bool:
    """开工时间:待定, 暂无计划, 围挡都没打: what stands around the cue takes it back."""
    if text[end : end + 1] in _OPENS_A_FIELD and _EMPTY_FIELD.match(text, end):
        return True
    if step is Step.INTENT and before and _NO_PLAN.search(before):
        return True
    return step in _BUILT and _NOT_DONE.match(text, end) is not None


_BUILT = frozenset({Step.CONSTRUCTION, Step.PRODUCTION, Step.LANDED})
_NOT_DONE = re.compile(r"(?:都|也|还|至今|迟迟)+(?:没有?|未)(?!完全|全部)|还?卡[在住着]")
"""围挡都没打, 执照还没领: the no stands behind the cue."""


def _judge(text: str, match: re.Match[str], step: Step, clauses: Clauses, future: list[int]) -> Cue | None:
    start, end = match.span()
    clause_start = clauses.start(start)
    before = text[clause_start:start]
    negated = _is_negated(before, step)
    if step is Step.TERMINATED:
        conditional = (
            _PERHAPS_ENDED.search(before) is not None
            or _OLD_PAPER.search(before) is not None
            or _A_RISK.match(text, end) is not None
        )
        return None if conditional or negated else Cue(start, end, step)
    if _is_taken_back(text, end, step, before) or (step >= Step.SIGNED and _NOT_CALLED.search(before)):
        return None
    if step >= Step.SIGNED and (
        before.endswith(("另行", "重新", "协议的", "合同的")) or _GENERAL_AFTER.match(text, end)
    ):
        return None
    less = _less_than_signed(text, start, end, clauses) if step is Step.SIGNED else None
    if less is not None:
        return less
    if negated:
        return Cue(start, end, Step.NEGOTIATING) if step in {Step.SIGNED, Step.NEGOTIATING} else None
    if step >= Step.SIGNED:
        opening = 0 if before[:1].isspace() else max(0, len(before) - LONGEST_PLAN)
        planned = (before and _PLANNED.search(before, opening) is not None) or (
            future and bisect_left(future, clause_start) < bisect_left(future, start)
        )
        if planned and (before[-1:] in _JUST_PLANNED or not _DONE.search(before)):
            return Cue(start, end, Step.NEGOTIATING if step is Step.SIGNED else Step.INTENT, weak=True)
        if step in {Step.PRODUCTION, Step.CONSTRUCTION} and _AFTERWARDS.match(text, end):
            return Cue(start, end, Step.INTENT, weak=True) if step is Step.PRODUCTION else None
    if step is Step.LANDED and _UNDER_WAY.search(before):
        return None
    if step is Step.LANDED and LAND.search(match[0]):
        return Cue(start, end, Step.SITED, land=True)
    return Cue(
        start,
        end,
        step,
        weak=step is Step.INTENT
        and not match[0].startswith("达成")
        and match[0] not in {"意向书", "意向函", "意向协议", "意向合同", "草签", "按意向", "框架", "备忘录", "宣布"},
    )
