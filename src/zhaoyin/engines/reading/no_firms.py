"""What was taken for a firm and is none: what is built or made, where it stands, who speaks."""

import re

from zhaoyin.engines.reading.lexicon import is_trade, towns, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.tokens import region_length, region_level
from zhaoyin.engines.reading.vocabulary import RARER_SURNAMES, SURNAMES

_NO_FIRM = re.compile(
    r"^(.)\1$|^[\u4e00-\u9fff]{2,8}[市盟州][\u4e00-\u9fff]{2,6}[县旗镇乡区]$|[园厂县市区镇]里$|^[\d\W]+$|^(?:投产|开工|建成|签约|落地|达产|开业)(?:后|前|时)$|^(?:头号|一号|重点|民生|样板|龙头)工程$|^建强|^[一二三四]期$|^别[报说写来]|^房公司$|驻[\u4e00-\u9fff]{1,3}(?:招商|办|联络)|^[\u4e00-\u9fff]{1,4}[区县市镇岛乡](?:新建|建)(?!设|业|华|安|材|工|筑|峰|新|国|明|平|东|伟|辉|宏|信|强|隆|兴|中|邦|发|丰|友|科|达|德)|^(?:做|卖|烤|买|旧)(?!板|百|粮|字|街|凤|庙|河|山)|(?:人|想|要|催|同)(?:做|买|卖|旧)|(?:旧|老|新|原|分|总)厂$|大[爷妈叔]$|[支干]流$|体育场$|(?:生产|铸造|加工|装配|灌装|包装)线$|奖金$|^催|^称?[一二三四五六七八九十]厂$|(?:称|说|表示|透露|介绍|认为)(?:公司|集团|企业)$|^.得.$|走$|^房(?:钢|屋|产|租|东)|厂(?:量产|动土|投产|开工)$|(?<![线电])[路街巷]$|^(?:场平|土方|桩基|土建|基础|主体|安装|管网|绿化|钢结构|消防|装修|配套)工程$|(?:^|[\u4e00-\u9fff])矿 ?长|^土建|^新址|^(?:力争|确保|争取|统筹|主打|主营|主攻|原募投|包抓|包联)|^\d+(?:\.\d+)?[A-Za-z]{1,4}$|^有限空间|^(?:大|小)?(?:儿子|女儿|弟弟|哥哥|姐姐|妹妹|妻子|丈夫|父亲|母亲|老婆|老公|爱人|侄子|外甥|女婿)|^(?:机票|车票|住宿|差旅|餐费)|投建|(?:新台|人民|港)币$|本(?:公司|集团)$|^[市县区省州](?:工信|发改|住建|经信|科)委$|(?:融媒|新闻网|日报)讯$|(?:创业板|主板|科创板|上市)公司$|^建(?:大|新|分|总|小)[\u4e00-\u9fff]{0,4}厂$|指挥部$|摩擦$|^援[疆藏青]|^[头第]一[炉批车锅窑茬]|(?:云邸|公馆|名邸|华府|雅苑|府邸|花园|小区)$|考察团$|组团$|船队$|绿化$|^表中|^谈(?=[^氏]{3})|^[\u4e00-\u9fff]{0,3}称(?:集团|公司)$|^(?:[两几]|\d+)[台套条座]|子公司$|^(?:产控|产投|平台|总包|国资|园区|监理|施工)公司$|(?:日报|晚报|早报|晨报|都市报|商报)|(?:湖|江|河|海)(?:畔|边|滨)$|^[佢它他她你我](?:哋|们)$|^20\d\d$|(?:干部|口音|个税|亲戚|领导|局长|书记)$|(?:片区|草原|街区|社区|湿地|码头|大道|机场|车站|风景区|景区|度假区|口岸|村|湖|产业链|产业|产线|项目)$"
)


_OLD = re.compile("老(?!板|百|粮|字|街|凤|庙|河|山)")


def _is_merely_old(name: str) -> bool:
    """老化工厂 is a plant, 老井坊酒业 a firm: between 老 and the trade stand two characters that are no word."""
    if _OLD.match(name) is None:
        return False
    width = next((width for width in (4, 3, 2) if is_trade(name[-width:])), 0)
    stem = name[1 : len(name) - width]
    return not width or len(stem) < LEAST_OLD_STEM or stem in words() or is_trade(stem)


LEAST_OLD_STEM = 2


_BARE_PLANTS = frozenset(["", "厂", "工厂", "新厂", "老厂", "分厂", "基地", "总部"])
"""What is left of 淮安厂 without its place: where it stands, not who it is."""
_MAKES_IT = re.compile(
    r"(?:年产(?:能)?[\d.一二三四五六七八九十百千万亿]+(?:万|亿|千|百)?(?:吨|套|台|件|只|片|米|辆|支|双|瓶|块|箱|平方米|立方米|万千瓦时)(?:高端?|新型)?"
    r"|(?:做|产|卖|用)的(?:就)?是|(?<![叫定看])做|(?<![量投复停转])生产|制造|加工|组装|研发|种植|养殖|正在调平|连|调试|年春装|开春装)$"
)
"""年产10万吨|高铝砖, 做|压砖机模具: what is made stands behind it."""


def _is_a_plant_of(text: str, board: Board, mention: Mention) -> bool:
    """天津醭醭生物的|益生菌厂|: a plant without a place of its own, of the firm before it."""
    where = _unregional(mention.text[:-1]) if mention.text.endswith("厂") else ""
    if where and where != mention.text[:-1] and any(where + level in towns() for level in ("镇", "街道", "乡")):
        return True  # 东莞|长安|厂
    if not mention.text.endswith("厂") or region_length(mention.text) or (mention.start, mention.end) in board.given:
        return False
    owner = board.at(mention.start - 2) if text[mention.start - 1 : mention.start] == "的" else None
    if owner is not None and owner.kind is Kind.COMPANY:
        return True
    what = mention.text[:-1]
    if 1 < len(what) < LONGEST_PLANT and any(one.text.endswith(what) for one in board.of(Kind.COMPANY)):
        return True  # 黔阿妹酸汤 … 酸汤厂
    return len(mention.text) <= LONGEST_PLANT and is_trade(mention.text[:-1])


LONGEST_PLANT = 4
"""Characters of 模具厂, 益生菌厂: what is made there and nothing else."""


_MADE_OF = re.compile(r"(?:生产|做|制造|加工|组装|造)[^,。;]{1,10}的$|(?:运来|进口|引进|买来|购进|采购|定制|订购)的$")
"""生产喷水织机的|储纬器: a machine of the kind."""


_FOR_A_TRADE = re.compile(r"[\u4e00-\u9fff]{2,4}[配供做][\u4e00-\u9fff]{1,4}$")


def _serves_a_trade(text: str, mention: Mention) -> bool:
    """给|卫浴配阀芯|的开平水顺五金: for whom somebody works."""
    if text[mention.start - 1 : mention.start] not in {"给", "为", "替"} or text[mention.end : mention.end + 1] != "的":
        return False
    return _FOR_A_TRADE.fullmatch(mention.text) is not None


def _is_object(text: str, mention: Mention) -> bool:
    """What is made, without a place or a legal form in it, and no firm."""
    if region_length(mention.text) or text.startswith(("公司", "集团", "董事", "总经理"), mention.end):
        return False
    if (
        len(mention.text) <= LONGEST_PERSON
        and mention.text[-1] in "器机仪"
        and _MADE_OF.search(text, max(0, mention.start - 16), mention.start)
    ):
        return True
    return _MAKES_IT.search(text, max(0, mention.start - 16), mention.start) is not None


_GENERIC = re.compile(
    "(?:兹提述)?本公司|(?:产控|产投|平台|总包|国资|园区|监理|施工|物业|水务|电力|供电|燃气|热力|运营|项目|开发)公司"
)
"""平台公司: which one, everybody there knows."""


def _tells_what_it_makes(text: str, board: Board, mention: Mention) -> bool:
    """苏州擎蕊生物药业股份有限公司(擎蕊生物)。|双抗药物|,意向投资12亿元: the words behind a firm that is a sentence by itself."""
    if text[mention.start - 1 : mention.start] != "。" or region_length(mention.text):
        return False
    if text[mention.end : mention.end + 1] not in {",", "。"}:
        return False
    owner = board.at(mention.start - 2) or (board.at(mention.start - 3) if text[mention.start - 2] == ")" else None)
    return owner is not None and owner.kind is Kind.COMPANY and (mention.start, mention.end) not in board.given


_VENUE = re.compile(r"(?:主持)?(?:召开|举行|举办|开幕|落幕)")


def _is_a_venue(text: str, mention: Mention) -> bool:
    """在|日照港湾大酒店|主持召开会议: where people met."""
    return text[mention.start - 1 : mention.start] == "在" and _VENUE.match(text, mention.end) is not None


_MEETING = re.compile(
    r"[^与和及在参出亮由为向携的将应是又也已举承赴到,。;、(“\n]{0,8}(?:大会堂|招商大会|博览会|洽谈会|交易会|推介会|论坛|峰会|展览会|大赛|商会|联合会)"
)


def _is_a_meeting(text: str, mention: Mention) -> bool:
    """井冈山(吉安)电子|信息产业招商大会: the name of a meeting or of a society begins with a trade."""
    return _MEETING.match(text, mention.end) is not None or _MEETING.fullmatch(mention.text) is not None


_STANDS_AT = re.compile(r"(?:位于|坐落于|坐落在|地处|毗邻|紧邻)$")


def _is_a_place(text: str, mention: Mention) -> bool:
    """吴江盛泽, a town behind its county; 位于|枝江市姚家港, where a project stands."""
    width = region_length(mention.text)
    rest = mention.text[width:]
    if not width or is_trade(rest[-2:]):
        return False
    if _STANDS_AT.search(text, max(0, mention.start - 3), mention.start):
        return True
    if rest.endswith(("港", "岛")) and len(rest) <= LONGEST_PERSON:
        return True  # 北海|铁山港
    return bool(region_level(mention.text[:width])) and any(rest + level in towns() for level in ("镇", "街道", "乡"))


_ONLY_REGIONS = re.compile(r"[()]")


def drop_no_firms(text: str, board: Board) -> None:
    """19.5亿元的湛江临港物流基地 is what is built, 桑科草原 where: neither is a firm."""
    people = {one.text for one in board.of(Kind.PERSON)}
    acting = {one.text for one in board.of(Kind.COMPANY) if _acts_as_a_person(text, board, one)}
    longer = [one.text for one in board.of(Kind.COMPANY) if one.text not in acting] if acting else []
    people |= {name for name in acting if not any(name in one for one in longer)}  # 云泊说, and 宁夏云泊算力
    for mention in board.of(Kind.COMPANY):
        if _GENERIC.fullmatch(mention.text) and (mention.start, mention.end) not in board.given:
            board.remove(mention)
            continue
        if mention.text.endswith(("公司", "集团")):
            continue
        built = _PRICED.search(text, max(0, mention.start - 4), mention.start) and _BUILT.match(text, mention.end)
        made = _SECOND_COLUMN.search(text, max(0, mention.start - 8), mention.start) and _THIRD_COLUMN.match(
            text, mention.end
        )
        if (
            built
            or made
            or mention.text in people
            or _is_a_person_from(mention.text)
            or _NO_FIRM.search(mention.text)
            or _is_merely_old(mention.text)
            or _unregional(mention.text) in _BARE_PLANTS
            or _is_object(text, mention)
            or _serves_a_trade(text, mention)
            or _is_a_plant_of(text, board, mention)
            or _tells_what_it_makes(text, board, mention)
            or _is_a_venue(text, mention)
            or _is_a_meeting(text, mention)
            or _is_a_place(text, mention)
            or _is_counted(text, mention)
            or _is_a_zone(text, mention)
            or (mention.text[0] in _MEASURES and text[mention.start - 1 : mention.start].isdigit())
            or _is_paid_for(text, board, mention)
        ):
            board.remove(mention)
            board.guessed.discard((mention.start, mention.end))
            if mention.text in people:
                board.place(text, mention.start, mention.end, Kind.PERSON)
    if board.guessed:
        _drop_made(text, board)


def _drop_made(text: str, board: Board) -> None:
    """Guesses that are what is made at one place are no firm at any."""
    guesses = [one for one in board.of(Kind.COMPANY) if (one.start, one.end) in board.guessed]
    made = {one.text for one in guesses if _is_made(text, board, one)}
    for mention in guesses if made else ():
        if mention.text in made:
            board.remove(mention)
            board.guessed.discard((mention.start, mention.end))


def _acts_as_a_person(text: str, board: Board, mention: Mention) -> bool:
    """段守禄被打动, 崔漾宣布: a name the tagger guessed that begins with a surname and does what people do."""
    if (
        mention.end - mention.start <= LONGEST_PERSON
        and mention.text[0] in _FIRST_OF_A_NAME
        and _IS_ONE_OF.search(text, max(0, mention.start - 7), mention.start)
    ):
        return True
    guessed = (mention.start, mention.end) in board.guessed and mention.end - mention.start <= LONGEST_PERSON
    if mention.end - mention.start <= LONGEST_PERSON and _SO_OLD.match(text, mention.end):
        return True
    if mention.text[0] not in _FIRST_OF_A_NAME or mention.end - mention.start > LONGEST_PERSON:
        return False
    if len(mention.text) == LONGEST_PERSON and not is_trade(mention.text[1:]) and _IS_SOMEBODY.match(text, mention.end):
        return True
    does = _PERSON_DOES if mention.text[0] in SURNAMES else _SPEAKS_FREELY
    return guessed and does.match(text, mention.end) is not None


LONGEST_PERSON = 3
_FIRST_OF_A_NAME = SURNAMES | RARER_SURNAMES
_IS_ONE_OF = re.compile(
    r"(?:走出去的|老乡|大户|农户|户主|村民|农民|老人|渔民|选手|医生|老师|师傅|浙商|徽商|苏商|晋商|豫商|闽商|台商|港商|侨商)$"
    r"|(?:同事|同学|老乡|朋友|老板|主管|经理|厂长|组长|小伙|姑娘|[她他])[^。;,]{0,2},?叫$"
)
"""种粮大户黄满仓, 浙商朱永炜."""
_SO_OLD = re.compile(r"[,,]?(?:今年|现年)?[一二三四五六七八九十\d]{1,3}岁")
"""她叫苏罕,三十四岁."""


_PERSON_DOES = re.compile(
    r"(?:(?:还|也)?记得|想把|被(?!列|评|认|纳)|把(?!握|关)|掏出|拿出来|搬回|带着|回忆|说|表示|告诉|介绍|透露|认为|坦言|感慨|笑|宣布|告知|答|问|递|踩|指着|掰着|回忆|记得)"
)


_IS_SOMEBODY = re.compile(
    r"自己(?:掏|攒|的|也|出|办|开)|的(?:头衔|老家|父亲|母亲|妻子|丈夫|儿子|女儿|爱人)|开玩笑|笑着|笑道"
)
_SPEAKS_FREELY = re.compile(r"(?:苦|一|大|也|又)?(?:说|笑|答|问|叹|坦言|感慨|回忆|开玩笑)")


def _is_a_person_from(name: str) -> bool:
    """潍坊人耿世泽 is a person, 上海人本轴承 a firm."""
    home, _, person = name.partition("人")
    is_name = len(person) == LONGEST_PERSON and person[0] in SURNAMES and not is_trade(person[1:])
    return is_name and region_level(home) is not None


def _is_made(text: str, board: Board, mention: Mention) -> bool:
    """A guess that is what a firm builds or buys: 在中部|设客服…, 卷簧模具|由某某做, 某某特纸用|接装纸|项目."""
    if _BUILDS_IN.match(_unregional(mention.text)) or _LIVES_THERE.match(text, mention.end):
        return True
    if region_length(mention.text) and _AT.search(text, max(0, mention.start - 2), mention.start):
        return _IS_BUILT.match(text, mention.end) is not None
    if not region_length(mention.text) and _PRICED.search(text, max(0, mention.start - 4), mention.start):
        return _DESCRIBED.match(text, mention.end) is not None
    owner = board.at(mention.start - 2) if text[mention.start - 1] == "的" else None
    if owner is not None and owner.kind is Kind.COMPANY and _DEVICE.match(text, mention.end):
        return True
    if _GOODS_OF.search(text, max(0, mention.start - 5), mention.start) and _SOLD.match(text, mention.end):
        return True
    following = board.at(mention.end + 1)
    if _IN_A_FIELD.search(text, max(0, mention.start - 6), mention.start):
        return True
    if text.startswith("由", mention.end) and following is not None and following.kind is Kind.COMPANY:
        return _MAKES.match(text, following.end) is not None
    if not text.startswith("项目", mention.end) or region_length(mention.text):
        return False
    before = [one for one in board.between(mention.start - 24, mention.start) if one.kind is Kind.COMPANY]
    return bool(before) and _NOTHING_BETWEEN.fullmatch(text, before[-1].end, mention.start) is not None


_GOODS_OF = re.compile(r"(?:该|本|这家)(?:公司|企业|厂)的$")
_SOLD = re.compile(
    r"[,,]?(?:主要|全部|大多|大部分|都|已|每年|一半|近|约|[一二三四五六七八九]成(?:多|以上)?)*(?:供|卖|销|出口|发往|用于)"
)
"""该公司的预浸料主要供给某某."""
_IN_A_FIELD = re.compile(r"(?:项目名称|建设内容|主要产品|产品|建设规模)[::]\s?$")
"""项目名称:|高密度封装|基板生产项目: what is made."""
_MEASURES = frozenset("号栋幢层座吨台条套亩年月日家个期")
"""3|号库钢结构: a number stands before it."""


def _is_a_zone(text: str, mention: Mention) -> bool:
    """澄迈老城科技|新城, 德清地理信息|小镇: where it stands."""
    return region_length(mention.text) > 0 and _ZONE_GOES_ON.match(text, mention.end) is not None


_ZONE_GOES_ON = re.compile("大厦|会展|广场|新城|小镇|科学城|产业园|园区|保税区|港区|示范区")


def _is_counted(text: str, mention: Mention) -> bool:
    """第一台|扁线电机, 2.5亿元|建五轴机床, 杭州云鸢科技的|飞控|项目: what is made or built, whoever thought it a name."""
    before = text[max(0, mention.start - 6) : mention.start]
    if mention.text.endswith(("公司", "集团", "厂")):
        return False
    if _COUNTED_BEHIND.match(text, mention.end) or _is_described(text, mention):
        return True
    if region_length(mention.text):
        return False
    return _SO_MANY.search(before) is not None or (
        _PAID_FOR.search(before) is not None and mention.text[0] in "造建上产盖办搞"
    )


def _is_described(text: str, mention: Mention) -> bool:
    """河南驻马店|植保|无人机|项目: places and trades without a stem say what a project is."""
    if not text.startswith(("项目", "基地", "生产线"), mention.end):
        return False
    left, trades = _unregional(mention.text), 0
    if left == mention.text:
        return False
    while left and (width := next((width for width in (5, 4, 3, 2) if is_trade(left[:width])), 0)):
        left, trades = left[width:], trades + 1
    return not left and trades > 1


_COUNTED_BEHIND = re.compile(r"(?:项目|企业|投产|签约|开工|落地|竣工)\d+[个家项]")
"""澳门品牌工业|项目12个: what is counted."""


_SO_MANY = re.compile(
    r"(?:第[一二三四五六七八九十\d]+|[首每这那几两]|\d|[再新上加添]一)(?:台|套|条|辆|件|批|片|根|座|只|枚|艘)$"
)


_PAID_FOR = re.compile(r"[亿万]元?$|(?:美|欧|日|港)元$")


_AT, _IS_BUILT = (
    re.compile(r"(?:在|于|落户|入驻|进驻|位于)$"),
    re.compile("兴建|建|设|投资|开|办|购|租|征|拿地|买地|落"),
)


_LIVES_THERE = re.compile("[街村镇乡屯庄]")


_PAYS = re.compile(
    r"(?:拟|要|想|将)(?:投|建|投建|投资)的|"
    r"(?:计划|拟)?(?:总)?(?:投资|投入|斥资)(?:约|超|近)?[\d.,一二三四五六七八九十百千两]+[亿万]?(?:元|美元|欧元|港元|日元)?的"
)


def _is_paid_for(text: str, board: Board, mention: Mention) -> bool:
    """唐山立信焊材投资1.9亿元的|药芯焊丝|项目."""
    if region_length(mention.text) or not text.startswith(("项目", "基地", "产线", "生产线"), mention.end):
        return False
    before = [one for one in board.between(mention.start - 40, mention.start) if one.kind is Kind.COMPANY]
    return bool(before) and _PAYS.fullmatch(text, before[-1].end, mention.start) is not None


_DEVICE = re.compile(r"[\u4e00-\u9fff]{0,4}(?:项目|基地|产线|生产线|工厂|车间|器件)")
"""镓度微电子的|氮化镓射频|器件项目."""
_MAKES = re.compile("(?:来|独家|长期)?(?:做|供|提供|生产|制造|代工|加工|配套)")


_DESCRIBED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:项目|基地|产线|生产线)")
"""11亿元的|深远海养殖|装备制造项目."""


_NOTHING_BETWEEN = re.compile(r"[\u4e00-\u9fff]{0,6}")


_BUILDS_IN = re.compile("[设建办投找租]")
"""在中部|设客服…: a place and what is built there."""


_SECOND_COLUMN = re.compile(r"有限公司[ \t]{1,3}$")


_THIRD_COLUMN = re.compile(r"[\u4e00-\u9fff]{0,6}[ \t]{1,3}\d")


_PRICED = re.compile(r"(?:[亿万]元?|美元|欧元)的$")


_BUILT = re.compile(r"[\u4e00-\u9fff]{0,2}(?:工程|基地|园|中心|生产线|产线|工厂|车间|枢纽|综合体|库)")


def _unregional(name: str) -> str:
    """What is left of a name without the regions in it."""
    left = _ONLY_REGIONS.sub("", name)
    while left and (width := region_length(left)):
        left = left[width:]
    return left
