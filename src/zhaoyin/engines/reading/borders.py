"""Where a name begins and ends, when all that finds names has spoken: verbs and roles before it, places, plants and branches behind it."""

import re

from zhaoyin.domain.company_name import LEGAL_FORMS
from zhaoyin.engines.reading.lexicon import is_trade, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.tokens import region_length, region_level
from zhaoyin.engines.reading.vocabulary import COUNTRIES

_FRONT = re.compile(
    r"(?:[\u4e00-\u9fff]{1,3}(?:县|市|区|镇|旗|州)|台湾|香港|日本|韩国|德国|美国)?(?:(?:回程|上午|下午|晚上|中午)?(?:接到?|打|回)(?=[\u4e00-\u9fff]{4,10}电话)|请问(?=[\u4e00-\u9fff]{4})|(?:集团|公司)?(?:所属|下属|旗下)(?=[\u4e00-\u9fff]{4})|像(?=[\u4e00-\u9fff]{5})|[\u4e00-\u9fff]{0,2}品牌(?=[\u4e00-\u9fff]{3})|老(?:搭档|厂)(?=[\u4e00-\u9fff]{4})|送(?=[\u4e00-\u9fff]{4})(?!变电)|约(?=[\u4e00-\u9fff]{4})(?![克翰瑟])|判(?=[\u4e00-\u9fff]{4})|继(?=[\u4e00-\u9fff]{3}(?![续电]))|收到(?=[\u4e00-\u9fff]{3})|(?:项|家|个)(?:待|由|为|是)(?=[\u4e00-\u9fff]{3})|老(?:主顾|客户|东家|伙伴|邻居|对手)(?=[\u4e00-\u9fff]{3})|中文名(?:叫|为)?|(?:制[\u4e00-\u9fff]{1,2}|农机|设备|原料|零售|渠道|贸易|粉体|粉料)商(?=[\u4e00-\u9fff]{3})|除(?!尘|湿|臭|草|虫|锈|冰|菌|味|油)(?=[\u4e00-\u9fff]{3})|会见|见到|来到|走到|看中|相中|瞄上|盯上|看上|见(?!证|龙)(?=[\u4e00-\u9fff]{4})|举行|举办|买走|买下|包下|订走|吃下|召开|迎来|引进了?|连同|听(?!雨|风|涛|海)|欠|称(?!心)|供(?!销|应)|直投|领投|投了|投给|访(?!问)|跑(?!步)|(?:[\u4e00-\u9fff]{2,5})?(?:登记|注册)(?:下来?|了)?(?=[\u4e00-\u9fff]{2})|(?:[\u4e00-\u9fff]{2})?(?:冠名商|赞助商|承办方|协办方)(?=[\u4e00-\u9fff]{3})|伙伴|夥伴|后者系|前者系|后者是|前者是|分别向|携手|牵手|房属|房东|房主|贷款行|台[厂商](?=[\u4e00-\u9fff]{4})|本[区市县镇园](?=[\u4e00-\u9fff]{4})|业主|客户|机构|联合(?=[\u4e00-\u9fff]{4,14}(?:院|所|大学|公司|集团)$)|交由|交给|委托|会同(?!县)|催(?!化)|同业|对手|(?:施工|设计|监理|承建|总包|勘察)(?:单位|方)|总承?包(?=[\u4e00-\u9fff]{4})|开发商|(?:[\u4e00-\u9fff]{2,4})?(?:元件|面板|代工|电池|模组|封装|零件)?(?:厂商|大厂|厂)(?=[\u4e00-\u9fff]{3})|供应商|经销商|运营商|生产商|龙头企业|另一家供应商)"
)


_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,5}[县旗镇区](?=[\u4e00-\u9fff]{3})")


def _of_counties(text: str, mentions: list[Mention]) -> bool:
    """响水县晟钼特材…;阜宁县韶泽纺织…: where firms of several counties are told one after another, the county is none of the name."""
    found = [_COUNTY.match(text, one.start, one.end) for one in mentions]
    named = [one for one, county in zip(mentions, found, strict=True) if county is not None]
    return len({text[one.start : one.start + 2] for one in named}) > 1


LEAST_NAME = 2


def settle_borders(text: str, board: Board) -> None:
    """称旭迩电池, 连同吉鸭绿银行: a verb before the name is none of it; 建湖县骏翮通航 without a legal form begins behind the county."""
    several = _of_counties(text, board.of(Kind.COMPANY))
    for mention in board.of(Kind.COMPANY):
        mention = _without_owner(text, board, mention)
        start, end = _beginning(text, board, mention, several=several)
        end = _ending(text, board, mention, start, end)
        if end - start < LEAST_NAME:
            board.remove(mention)  # of a torn bracket nothing is left
            continue
        if start != mention.start or end != mention.end:
            board.replace(mention, Mention(start, end, Kind.COMPANY, text[start:end]))
            if (mention.start, mention.end) in board.guessed:
                board.guessed.discard((mention.start, mention.end))
                board.guessed.add((start, end))


def _beginning(text: str, board: Board, mention: Mention, *, several: bool) -> tuple[int, int]:
    """Where the name begins, and where it ends if a bracket stays open in it."""
    start, end = mention.start, mention.end
    front = _FRONT.match(text, start, end)
    latin = _COUNTRY_OF_LATIN.match(text, start, end)
    if latin is not None and latin[0] in COUNTRIES:
        start = latin.end()
    if front is not None and end - front.end() >= SHORTEST and text[front.end() : end] not in LEGAL_FORMS:
        start = front.end()
    start = _behind_its_place(text, mention, start, several=several)
    opened = text.find("(", start, end)
    if opened >= 0 and text.find(")", opened, end) < 0:
        start, end = (opened + 1, end) if end - opened > opened - start else (start, opened)
    if start == mention.start and _led_by_middle(text, board, mention):
        start -= 1
    return start, end


def _ending(text: str, board: Board, mention: Mention, start: int, end: int) -> int:
    """With the group, trade, branch or plant that belongs to the name, without the verb the tagger took along."""
    if text.startswith("集团", end) and not mention.text.endswith(("公司", "集团")) and board.is_free(end, end + 2):
        end += 2
    end = _with_company(text, board, mention, end)
    part = _PART_BEHIND.match(text, end) if is_trade(text[end - 2 : end]) else None
    if part is not None and (mention.start, mention.end) not in board.given and board.is_free(end, end + 1):
        end += 1
    if text.startswith(("子", "料"), end) and is_trade(text[end - 2 : end + 1]) and board.is_free(end, end + 1):
        end += 1  # 微电|子, 新材|料
    if _trade_goes_on(text, mention) and board.is_free(end, end + 2):
        end += 2
    joined = _JOINED_WORD.match(text, end) if (mention.start, mention.end) not in board.given else None
    if (
        joined is not None
        and joined[0] in _JOINED_TRADES
        and not mention.text.endswith(_WHOLE)
        and board.is_free(end, joined.end())
    ):
        end = joined.end()
    end = _with_branch(text, board, mention, end)
    if text.startswith("厂", end) and _ITS_PLANT.match(text, end) and board.is_free(end, end + 1):
        end += 1
    if (mention.start, mention.end) in board.guessed or text[end - 1] not in "司团厂":
        institute = _INSTITUTE.match(text, end)
        if institute is not None and board.is_free(end, institute.end()):
            end = institute.end()
    if text[end - 1] in "花投用拿砸" and text[end : end + 1].isdigit() and end - start > SHORTEST:
        end -= 1
    end = _latin_end(text, board, start, end)
    return _without_tail(text, board, mention, start, end)


def _latin_end(text: str, board: Board, start: int, end: int) -> int:
    """Merlin| Foods, Orsa Minore| S.r.l."""
    goes_on = _LATIN_GOES_ON.match(text, end) if text[end - 1].isascii() and text[end - 1].isalpha() else None
    if goes_on is not None and all(one.kind is Kind.COMPANY for one in board.between(end, goes_on.end())):
        for one in board.between(end, goes_on.end()):
            board.remove(one)
        end = goes_on.end()
    if (
        text[end - 1].isascii()
        and (form := _LATIN_FORM.match(text, end)) is not None
        and board.is_free(end, form.end())
    ):
        end = form.end()
    return end


def _with_company(text: str, board: Board, mention: Mention, end: int) -> int:
    """常州联合光伏支架|公司, 黄骅海盐集团|制冷公司."""
    company = _COMPANY_BEHIND.match(text, end) if not mention.text.endswith("公司") else None
    if company is not None and _is_business(company["what"]) and board.is_free(end, company.end()):
        end = company.end()
    if (
        text.startswith("公司", end)
        and text[end - 1] not in "司团厂"
        and board.is_free(end, end + 2)
        and not _ITS_HEADS.match(text, end)
    ):
        end += 2
    return end


def _with_branch(text: str, board: Board, mention: Mention, end: int) -> int:
    """省农担公司|皖北分公司, 鸠江农商银行|大桥支行."""
    office = _OFFICE.match(text, end) if mention.text.endswith(("公司", "事务所", "检修")) else None
    if office is not None and region_length(office["where"]) and board.is_free(office.start("form"), office.end()):
        for one in board.between(end, office.end()):
            board.remove(one)
        end = office.end()
    branch = _BRANCH.match(text, end) if mention.text.endswith(("银行", "农商行", "信用社", "农信")) else None
    if branch is not None and board.is_free(end, branch.end()):
        end = branch.end()
    return end


def _without_tail(text: str, board: Board, mention: Mention, start: int, end: int) -> int:
    """Without the plant, the product or the verb behind the name."""
    if (mention.start, mention.end) in board.guessed:
        behind = _ANOTHER_PLANT.search(text, start, end)
        if behind is None and _GOES_ON_AS_PROJECT.match(text, end):
            behind = _ITS_PRODUCT.search(text, start, end)
        if behind is not None:
            return behind.start()
        end = _before_its_product(text, start, end)
    tail = _TAIL.search(text, start, end) if (mention.start, mention.end) not in board.given else None
    end = end if tail is None else tail.start()
    if text[start - 1 : start] == "由" and text[end : end + 1] in {",", "。", ";"} and text[start:end].endswith("控股"):
        end -= 2  # 由深圳赫光能源|控股,
    if (phase := _PHASE.search(text, start, end)) is not None:
        end = phase.start()
    if _PAPERS.search(text, start, end) and _PAPERS_STAND.match(text, end):
        end -= 2  # 荆州砚湖印染|环保没有指标
    if text.startswith("着", end) and text[end - 1] in "带跟陪" and end - start > SHORTEST:
        end -= 1
    if text[end - 1] == "中" and text.startswith("的", end) and end - start > SHORTEST:
        end -= 1
    return end


def _before_its_product(text: str, start: int, end: int) -> int:
    """驼铃湾乳业|肃北驼奶粉项目: where the trade ends and three characters and more follow that are none, before the word project."""
    if end - start < SHORTEST + SHORTEST_PRODUCT or is_trade(text[end - 2 : end]) or text[end - 1] in _ENDS_A_FIRM:
        return end
    goes_on = _GOES_ON_AS_PROJECT.match(text, end) is not None
    for at in range(start + 4, end - SHORTEST_PRODUCT + 1):
        if is_trade(text[at - 2 : at]) and (goes_on or region_length(text[at:end])):
            return at
    return end


_COUNTRY_OF_LATIN = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[A-Z])")
"""荷兰|Vandermeer: the country stands outside."""
_LATIN_GOES_ON = re.compile(r"(?: (?:&|[A-Z][a-zÀ-ÿ]{2,}))+(?![A-Za-z])")
"""Merlin| Foods."""
_LATIN_FORM = re.compile(
    r"\s?(?:S\.r\.l\.|S\.p\.A\.|GmbH|Co\.,?\s?Ltd\.?|Ltd\.?|Inc\.?|LLC|B\.V\.|N\.V\.|AG|KG|Oy|AB|SAS|Pte\.?)(?![A-Za-z])"
)
"""Orsa Minore| S.r.l."""
_ENDS_A_FIRM = frozenset("业厂社店行司团院所")
SHORTEST_PRODUCT = 3
"""Characters of a product behind a firm's trade."""


def _behind_its_place(text: str, mention: Mention, start: int, *, several: bool) -> int:
    """建湖县|骏翮通航, 走进某某综合保税区|锦穗食品: where the name begins; a cell holds the whole name."""
    if text[start] == "南" and text[start - 1 : start] == "越" and mention.end - start > SHORTEST + 1:
        return start + 1  # 越南|平阳芳草科技
    if text[start] == "原" and region_length(text[start + 1 : mention.end]):
        return start + 1
    if text[start] in "县市区镇" and text[start - 1 : start] in {"我", "本", "该", "全"}:
        return start + 1
    if text[start - 1 : start] in _CELL_EDGES:
        return start
    zone = _ZONE_BEFORE.match(text, start, mention.end)
    if zone is not None and _STANDS_IN.search(text, max(0, start - 4), start):
        return zone.end()
    county = _COUNTY.match(text, start, mention.end)
    if county is not None and region_level(county[0]) is not None and region_length(text[county.end() : mention.end]):
        return county.end()
    if not several or mention.text.endswith(("有限公司", "责任公司")) or text.startswith("(", mention.end):
        return start
    return county.end() if county is not None and region_level(county[0]) is not None else start


_CELL_EDGES = frozenset(":|\t")


_ZONE_BEFORE = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:保税区|开发区|高新区|经开区|产业园区?|工业园区?|科技园|示范区)(?=[\u4e00-\u9fff]{3})"
)


_STANDS_IN = re.compile(r"(?:走进|来到|位于|落户|入驻|进驻|在|到)$")


def _trade_goes_on(text: str, mention: Mention) -> bool:
    """施工方中阜|建工抽调了: a trade between a short name and a verb or a comma belongs to the name."""
    end = mention.end
    if mention.end - mention.start > SHORTEST_WITH_TRADE or not is_trade(text[end : end + 2]):
        return False
    return text[end + 2 : end + 3] in {",", "。", ";"} or words().get(text[end + 2 : end + 4], "")[:1] == "v"


_JOINED_WORD = re.compile(r"[\u4e00-\u9fff]{2}(?=[,。;:、(\s\x00—“”]|[在与和将把已也则昨今明又还刚]|\d|$)")
_JOINED_TRADES = frozenset(
    [
        "设备",
        "服务",
        "流通",
        "育种",
        "机械",
        "装备",
        "器材",
        "制品",
        "用品",
        "仓储",
        "配送",
        "材料",
        "国际",
        "智造",
        "系统",
        "科技",
        "管理",
    ]
)
"""宁夏众盾安全|服务, 嘉兴云鹿半导体|设备: one more word of the trade before a sign or a word of grammar."""
_COMPANY_BEHIND = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,4})(?:有限|分)?公司")
"""诺德维克风电|服务公司, 黄骅海盐集团|制冷公司: a business and the word company belong to the name before them."""


def _is_business(word: str) -> bool:
    return word in _BUSINESSES or is_trade(word)


_BUSINESSES = frozenset(
    ["服务", "贸易", "销售", "运输", "收储", "租赁", "物流", "供销", "开发", "运营", "工程", "配售"]
)
_ITS_HEADS = re.compile("公司(?:管理层|高层|总部|董事|创始人|负责人|代表)")
"""Cotellier|公司管理层: the word of the company's people, no part of the name."""
_PART_BEHIND = re.compile(
    "[料带杆床行柜阀管板膜布纱绳网袋](?=[,。;:、)\n]|(?:的|已|在|和|与|将|把|给|也|谈|报|通话|同意|拟|计划|打算))"
)
"""顺博电缆|料谈了半年, 联美塑料|行也打算: one more character of what it makes, before a sign or a word of grammar."""
_OFFICE = re.compile(r"(?P<where>[\u4e00-\u9fff]{2,4}?)(?P<form>分公司|支公司|分所)")
"""省农担公司|皖北分公司, 大华会计师事务所|郴州分所."""
_WHOLE = ("公司", "集团", "银行", "厂", "中心", "院", "所")
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:支行|分行|营业部)")


_ITS_PLANT = re.compile("厂(?![房区长家商址内里门前后外边])")
"""博白庞记工艺品|厂: the plant belongs to the name."""
_ANOTHER_PLANT = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:第?[一二三四五六七]厂$|做[\u4e00-\u9fff]{2,10}$)")
"""铜先锋箔业|三厂, 荣昌缘丽时装|做女衬衫: which plant, or what it makes."""
_ITS_PRODUCT = re.compile(r"(?<=[\u4e00-\u9fff](?:科技|实业|集团|股份|控股))[\u4e00-\u9fff]{2,4}$")
_GOES_ON_AS_PROJECT = re.compile(r"[\u4e00-\u9fff]{0,4}项目")
"""彧沣能源科技|冷链配送项目: a firm's name ends with its form."""
_INSTITUTE = re.compile(r"(?:研究所|设计(?:研究)?院|研究院(?!项目|落户|建设|揭牌))")
"""松辽农机|研究所: an institute that invests."""


SHORTEST_WITH_TRADE = 3
SHORTEST = 3
"""Characters of a name that a cut must leave."""


_PHASE = re.compile(r"\s?\([一二三四五]期\)$")
_PAPERS = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:消防|环保|材料|能评|环评|安评|土地|规划)$")
_PAPERS_STAND = re.compile("手续|没有?指标|不齐|不全|备案|审批|批复|没批|不过关")
_TAIL = re.compile(
    r"(?<=[\u4e00-\u9fff]{3})(?:独家|合资|主业|技改|松口|主席|董事长|总裁|总经理|心里|估值|用地|扩产|扩能|尚需|仍需|还需|社长[\u4e00-\u9fff]{0,3}|盯住?|主动|那边|这边|老板|自己|原本|意思|态度|方面|动作|出(?:机器|设备|钱|地|人|技术|厂房)|供(?![应销热暖电水气给])[\u4e00-\u9fff]{2,4}|系公司|上?周末|[是也则还就都先把将给由被让跟做在已扩])$"
)
"""What the tagger takes along behind a name."""


def _led_by_middle(text: str, board: Board, mention: Mention) -> bool:
    """中|农良谷: 中 that opens a clause belongs to the name behind it."""
    start = mention.start
    opens = text[start - 1 : start] == "中" and (start == 1 or text[start - 2] in "。,;、:\n(的由与和")
    return opens and board.is_free(start - 1, start)


def _without_owner(text: str, board: Board, mention: Mention) -> Mention:
    """泰和光电系广东泰和控股集团 are two firms: 系 says whose the first one is."""
    at = text.find("系", mention.start + 3, mention.end - 3)
    if at < 0 or not region_length(text[at + 1 : mention.end]):
        return mention
    board.replace(mention, second := Mention(at + 1, mention.end, Kind.COMPANY, text[at + 1 : mention.end]))
    board.place(text, mention.start, at, Kind.COMPANY)
    return second
