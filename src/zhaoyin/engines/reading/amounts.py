"""What each amount is: total investment, phase, output, tax, capital, fund size, equity, loan, statistic, arrived, other."""

import re
from enum import StrEnum

from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.first_signs import first_signs, only_at
from zhaoyin.engines.reading.funding import LENDERS
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.sentences import Clauses, inside


class AmountRole(StrEnum):
    """Only `INVEST` can become a project's planned total."""

    INVEST = "invest"
    PHASE = "phase"
    OUTPUT = "output"
    TAX = "tax"
    CAPITAL = "capital"
    FUND_SIZE = "fund_size"
    EQUITY = "equity"
    LOAN = "loan"
    STATISTIC = "stat_total"
    ARRIVED = "arrived"
    HISTORY = "history"
    OTHER = "other"
    BARE = "bare"
    """No word says what it is; a record without a total takes it. Never in results: there it is `INVEST` or `OTHER`."""

    __hash__ = str.__hash__  # that of Enum is written in Python


_R = AmountRole
_QUALIFIERS = r"(?:大概|大约|大致|初步|还是|仍是|仍为|依然是|预估|估计|暂定|差不多|报的是|定在|约在|约|超|超过|近|达|达到|高达|为|是|在|有|共|总计|合计|不低于|不少于|不超过|不到|不足|未到|接近|将近|最高|最多|至少|突破|逾|仅|人民币|新台币|上看|可达|将达|预计|大约|每年|按|的|:|\(|\s|了|再|各|要)*"
_BEFORE: tuple[tuple[AmountRole, str], ...] = (
    (_R.CAPITAL, r"注册资(?:本|金)|资本额|实缴(?:资本)?|认缴(?:资本)?"),
    (_R.OTHER, r"拿到了?|交易(?:总)?(?:金额|价款)|运费[^,。;\d]{0,3}|作价|土地(?:出让)?价?款|出让(?:金|价款)|地价款?|成交(?:总)?价款?|补交|买地|征地款?|拿地|前期(?:支出|投入)|赔偿?了?|每(?:克|斤|公斤|吨|平|平方米|亩|件|只|台|套|瓶|度|方|张|位|人)|答应(?:先)?给|先给|(?:采购|供货|销售|购销|订货|设备)合同(?:总)?(?:金额|额|总价)?|进度款|工程款|尾款|货款|欠款|履约保函|保函|赔偿|索赔|罚金"),
    (_R.PHASE, r"[一二三四首]期[^,。;\d]{0,8}(?:投资?|投入)|[一二三四首]期(?:工程|项目)?(?:计划)?(?:总)?(?:投资|投入)?|固定资产(?:投资)?|固投|设备(?:投资|投入)|其中(?:一期|首期|设备|土建|固定资产)?(?:投资)?|首期(?:投资)?(?:已完成)?|购买?设备|买设备|先期(?:投资|投入)?|年度(?:计划)?投资|本年(?:计划)?投资|第[一二三]阶段[^,。;\d]{0,4}(?:投资?|投入)?"),
    (_R.TAX, r"税收|税[^,。;\d]{0,3}[缴交纳]了?|缴了|纳税(?:额)?|利税|缴税|上缴税(?:金|收)|税金|年税"),
    (_R.OUTPUT, r"(?:年)?(?:总)?产值|(?:年)?(?:营业|销售|主营业务)?收入|(?:年)?营收|(?:年)?销售(?:额|收入)?|产出|产能价值|营业额|出口(?:额)?|卖了|交易额|订单(?:额|金额)?|流水|实现营收|全年营收(?:上看)?"),
    (_R.ARRIVED, r"利用(?:区外|市外|县外|省外)?内资|进账|到位(?:资金)?(?:内资|外资)?|到账|实际到资|到资|引进(?:国内)?(?:省外|市外|县外)(?:境内)?(?:到位)?资金|(?:省外|市外|县外|国内省外|省际)(?:到位)?资金|首笔外汇|设备款到位|已到位"),
    (_R.STATISTIC, r"票面|利用(?:省外|市外|县外|境外)?外资|实际使用外资|外资|(?:签约|协议|合同)(?:总)?(?:金额|投资额?|引资额?)|协议总投资|签约总(?:额|投资)|合同利用外资|合同额|协议额|引资(?:额)?|外商直接投资|到账外资"),
    (_R.LOAN, r"贷款|授信|放贷|贷|信贷(?:资金)?|融资贷款|担保|配贷|再配"),
    (_R.EQUITY, r"基金(?:[去今前]年|\d{4}年|先后|随后|当时)*(?:又|再|也)*(?:投资?[了过]?|出资|注资)了?|拿[了到](?:它|基金|他们)(?:的)?|(?:[A-F]|天使|种子|Pre-?[A-F])\+?轮[^。;]{0,10}|融资|股权投资|入股|领投|跟投|参股|战略投资|投给[^,。;]{2,12}的|出资入股|直投|认购"),
    (_R.FUND_SIZE, r"(?:基金)?(?:总)?(?<!投资)规模|(?:基金)?首期(?:规模)?(?:已完成)?|母基金|子基金|认缴出资|募集|募资"),
    (_R.OTHER, r"装修(?:就)?花(?:了|掉|去)?|前期费用|已支付|支付|融资额?(?=\d)|估值|欠(?:着|下|款)?|诚意金|违约金|定金|订金|保证金|押金|退(?:还|款|了)|兜里|赚了|亏了|身上|(?<=[\u4e00-\u9fff])(?<![拿掏付支投推产进超提])出|[蚀亏]了|每年(?:都)?(?:拿出|投入|投|掏出)|罚|均价|总价|单价|租金|奖补资金|补助资金|奖励资金|扶持资金|补贴|奖励|奖补|补助|罚款|运费|工资|年薪|赔了|头款|首付|降到|涨到|从|价格|成本|折腾掉|市值|估值|利润|净利(?:润)?|自有|罚没|标的|亏损|欠|成交价|节约|节省|省下|(?:单?价格?|租金|电价|地价)[^,。;\d]{0,4}(?:压|砍|谈|降|减|涨|加|让)(?:到|至|为)|(?<!计划)(?<!拟)出资|电费|油钱|费用|起步价|采购(?:额)?|身家|套现|借给|退税|免税|降费|已完成投资|累计完成投资|完成投资|累计完成"),
    (_R.BARE, r"累计投资|实际投入|已累计投入|累计投入|已投入|实际投资|先后投入|已投"),
    (_R.INVEST, r"总投资(?:额)?|投资口径|总投(?:资)?口径|(?:工程)?总造价|全案(?:预估)?|总预算|总盘子|(?<!财政)(?<!年度)(?<!全年)预算|估算|备[好下足]了?|拨[了出]|带着|揣着|(?:要|共|将|又)?花(?:了|费|掉|去|下)?|用掉|用去|搭进去|(?<!签约)(?<!协议)(?<!合同)金额|投资概算|投资(?:总额|规模|额)?|投入|总投(?!产)|投|斥资|豪掷|砸下|砸|掏出|掏|拿出|携|盘子|增资|追加|加码|(?:全部)?(?:建成|建完|做完|建下来)(?:大?约|估计)?(?:要|需)|追加投资|投的是?|翻到|重金|用|计划投资|耗资|总投入|投了|预算数|工程概算|预算投|前后花|总共花|一共投|调[整减增]?(?:为|至|到)|降为|升为|增为|核减为|缩减(?:为|至)|缩到|砍到|压到|减到|砸进去|投进去|押在|全押|投下去的|增加到|追加到"),
)  # fmt: skip
_BEFORE_RULES = tuple(
    (role, re.compile(rf"{only_at(first_signs(pattern))}(?:{pattern}){_QUALIFIERS}$"), first_signs(pattern))
    for role, pattern in _BEFORE
)
_AFTER: tuple[tuple[AmountRole, str], ...] = (
    (_R.INVEST, r"出来(?=[,。;建办投做上])|(?:一次|一步)性?(?:投足|到位|投完|投入)|投(?:在|到|我们|咱|给我们|过来)|(?:人民币)?(?:将)?(?:投入|用于)[^,。;]{0,14}(?:建设|新建|项目)"),
    (_R.OTHER, r"的?本金|(?:的?(?:价格|总价))?(?:成功)?(?:成交|竞得|摘得|拍得|购得|买下(?![^,。;]{0,8}(?:厂|楼|车间|园|生产线)))|\s?(?:/|一|每)(?:平|亩|吨|套|台|月|年|人|度|方|次|件)|[^,。;\d\x00]{0,4}(?:补贴|补助|奖补)|起(?!步|点)|的(?:奖励|补贴|租金|奖补|订单|合同额)|套现|一平|(?:的)?(?:履约)?(?:保函|进度款|尾款|工程款|欠款|货款|诚意金|保证金|定金|订金|违约金|罚款|订单|单子|差价|货(?:款|物)?(?=[,。;]))"),
    (_R.LOAN, r"(?:左右|以上)?(?:的)?(?:贷款|授信|信贷|低息贷|流贷|经营贷|信用贷)"),
    (_R.EQUITY, r"(?:的)?(?:投资款|股权款|投资交割)|,[^,。;]{0,8}(?:交割|划了?过去|打了?款|打过去)|(?:的)?(?:股权(?:投资)?|战略投资|入股|领投|(?:同股)?跟投|增资扩股|首笔股权)"),
    (_R.FUND_SIZE, r"(?:的)?(?:基金|规模|产业基金|首期规模|母基金)"),
    (_R.TAX, r"(?:以上)?(?:的)?(?:税收|利税|税)"),
    (_R.OUTPUT, r"(?:以上)?(?:的)?(?:产值|营收|销售|年产值|销售收入)"),
    (_R.CAPITAL, r"(?:的)?注册资本"),
)  # fmt: skip
_AFTER_ANY = re.compile("|".join(f"(?P<r{number}>{pattern})" for number, (_, pattern) in enumerate(_AFTER)))
_AGREED = re.compile(r"(?:签约|合同|协议|引资)(?:总)?(?:金额|投资额?|额)")
_NO_INVESTMENT = re.compile(
    r"(?:增|减|降|涨|卖|赚|亏|(?<![印棉提绣雕兰菊鲜])花(?![园边卉生色样椒岗茶纹布艺])|付|收(?![获割藏纳]))[^,。]{0,4}$"
)
_DEALT_OUT = re.compile(r"投资额?[^。;,]{0,4}分别[^。;]{0,40}$|分别(?:计划)?投资[^。;]{0,40}$")

_AGGREGATE = re.compile(
    r"(?:签约|签下|开工|竣工|投产|在谈|洽谈|新增|引进|项目|共|累计|集中|合计|涉及|总计|落地|储备)[^。;]{0,30}?(?:\d|[一二三四五六七八九十百]|\x01)[^。;]{0,16}?(?:个|项|宗|家|余个)(?:[^。;]{0,26}?)$"
)


def amount_roles(facts: Facts, clauses: Clauses, year: int | None) -> list[AmountRole]:
    """Role of each of `facts.money`, in order."""
    fields = {one.start: one.kind for one in facts.fields}
    by_field = {"invest": _R.INVEST, "other_money": _R.OTHER, "capital": _R.CAPITAL}
    roles: list[AmountRole] = []
    for atom in facts.money:
        field_role = by_field.get(fields.get(atom.start, ""))
        role = field_role or _role(facts, atom.start, atom.end, clauses)
        if role in {_R.INVEST, _R.PHASE} and _is_history(
            facts, atom.start, year, facts.text[max(0, atom.start - 40) : atom.start]
        ):
            role = _R.HISTORY
        roles.append(role)
    return roles


def _role(facts: Facts, start: int, end: int, clauses: Clauses) -> AmountRole:
    text = facts.text
    if _PUT_UP.search(text, max(clauses.start(start), start - 8), start) and _BUILDS.match(text, end):
        return _R.INVEST
    opening = max(clauses.start(start), start - 34)
    given = _GIVEN_TO.search(text, opening, start) and text.find("母公司", opening, start) < 0
    if given or (_OF_A_CONTRACT.match(text, end) and _fund_in_clause(facts, opening, start)):
        return _R.EQUITY
    following = _AFTER_ANY.match(text, end)
    if following is not None:
        return _AFTER[int((following.lastgroup or "r0")[1:])][0]
    before = text[max(clauses.start(start), start - 24) : start]
    sentence_before = text[max(0, start - 70) : start]
    sentence_before = sentence_before[max(sentence_before.rfind("。"), sentence_before.rfind("\n")) + 1 :]
    if before in _PARTS:
        return _R.PHASE
    signs = frozenset(before)
    for role, pattern, openings in _BEFORE_RULES:
        if not signs.isdisjoint(openings) and pattern.search(before):
            if role is _R.INVEST and _is_a_funds(facts, before, max(clauses.start(start), start - 24), start):
                return _R.EQUITY
            if role is _R.INVEST:
                return _invest_kind(facts, start, end, sentence_before)
            if role is _R.PHASE and "首期" in before[-8:] and _near_fund(facts, start):
                return _R.FUND_SIZE
            if role is _R.FUND_SIZE and not _near_fund(facts, start):
                return _size(before)
            if role is _R.STATISTIC and _AGREED.search(before) and not _counts_near(facts, start):
                return _R.INVEST
            return role
    return _role_alone(facts, start, end, clauses, before, sentence_before)


_OF_A_CONTRACT = re.compile(r"的(?:投资|股权)(?:协议|合同)")


def _fund_in_clause(facts: Facts, start: int, end: int) -> bool:
    """与某某创投签了|5000万元|的投资协议: a fund's money."""
    return any(one.kind is Kind.FUND for one in facts.board.between(start, end))


_PARTS = frozenset({"设备", "土建", "厂房", "装修", "流动资金"})
"""设备5300万元, by itself: a part of the total."""
_PAYS = re.compile(r"(?:也|又|跟着|搭车|随后|再)*(?:投资?[了过]?|注资[了过]?|出资[了过]?|投[出进]去?)(?:约|近|超)?")


def _is_a_funds(facts: Facts, before: str, opening: int, start: int) -> bool:
    """Whether what is called invested is a fund's money that buys shares."""
    bought = before.endswith("金额") or _INTO_A_FIRM.search(before) is not None
    return (bought and _near_fund(facts, start)) or _a_fund_pays(facts, opening, start)


def _a_fund_pays(facts: Facts, opening: int, start: int) -> bool:
    """某某母基金投了3000万元: a fund's money, nobody's project."""
    funds = [one for one in facts.board.between(opening, start) if one.kind is Kind.FUND]
    return bool(funds) and _PAYS.fullmatch(facts.text, funds[-1].end, start) is not None


def _size(before: str) -> AmountRole:
    """What 规模 and 首期 mean where no fund is near."""
    if "期" in before[-8:]:
        return _R.PHASE
    return _R.BARE if _ITS_SIZE.search(before) else _R.OTHER


_ITS_SIZE = re.compile(r"(?:^|[,。;:、]|项目|总|投资|建设)规模[^,。;]{0,4}$")
"""规模约3000万元: a project's, where no fund is near; not 资产规模, 产值规模."""
_ROUND = re.compile(
    r"(?:[A-F]\+?|天使|种子|Pre-?[A-F]|战略)轮?(?:轮|投资|融资)(?:轮)?(?:投资|融资|资金)?(?:[^,。;]{0,6}(?:交割|到账|完成|关闭))?,?(?:合计|共|总额)?$"
)
"""完成对某某的B轮投资,1.2亿元: an amount that is a clause by itself behind a round."""
_FOR_THE_LAND = re.compile(
    r"(?:地块?|用地|\d亩)[^,。;]{0,8}(?:拍下来?|竞得|摘得|摘下|成交|挂完|拿下|买下来?)[^,。;]{0,3},$|(?:网拍|竞拍|拍卖|竞价)[^。;]{0,16},$|(?:竞得|摘得|拍得|购得|受让)[^。;]{0,20}[地亩块],$"
)
"""把厂房地给拍下来了,3720万, 网拍结束,某某中的,5210万元: the price of land."""
_PUT_UP = re.compile(r"(?:出资|以|用)(?:约|近|超)?$")
_INTO_A_FIRM = re.compile(
    r"(?:向|给|对)[^,。;]{2,20}(?:投了?|投资|追加|注入|增资)了?(?:人民币|新台币)?$|一起(?:追加|投资?)了?$"
)
"""向某某投了, 又与某某创投一起追加: a fund's money."""
_GIVEN_TO = re.compile(
    r"向[^,。;]{2,24}(?:增资|注资)(?:了)?$|增资(?:扩股)?(?:协议|合同),(?:出资|投资?|首笔)?(?:了)?$|(?<!资本)注资(?:了)?$"
)
_BUILDS = re.compile(
    r"(?:人民币)?(?:左右)?(?:,?在[^,。;]{1,14},?)?(?:全资)?(?:兴办|创办|建设|建起|建成|建了|新建|扩建|兴建|投建|设立|打造|升级|上了?一条|买下[^,。;]{0,8}(?:厂|楼|车间))(?!基金)"
)
"""出资3.2亿元建设, 以3500万元在某镇建起: what is paid for something built is its investment."""


def _is_cell(facts: Facts, start: int, end: int) -> bool:
    """Between bars, or between blanks or in brackets with a firm before it: 某某公司(3.7亿元), 某某公司 隔膜涂覆 2.6亿 主体完工."""
    left, right = facts.text[start - 1 : start], facts.text[end : end + 1]
    if left == "(" and right == ")":
        before = facts.board.at(start - 2)
        return before is not None and before.kind is Kind.COMPANY
    if left != " " or right not in {" ", "\n", ""}:
        return left == "|" == right
    line = facts.text.rfind("\n", max(0, start - 60), start) + 1 or max(0, start - 60)
    return any(one.kind is Kind.COMPANY for one in facts.board.between(line, start))


def _role_alone(facts: Facts, start: int, end: int, clauses: Clauses, before: str, sentence_before: str) -> AmountRole:
    """Role of an amount that no word names: it heads a project, is dealt out or stands by itself."""
    text = facts.text
    bank = facts.board.at(start - 2) if text[start - 1 : start] == "(" else None
    if bank is not None and LENDERS.search(bank.text):
        return _R.LOAN
    cell = _is_cell(facts, start, end)
    if cell or _DEALT_OUT.search(sentence_before):
        return _R.INVEST
    if _starts_project(text, end):
        return _invest_kind(facts, start, end, sentence_before)
    if not before.strip(",合计共约出手金额") and _ROUND.search(sentence_before[: len(sentence_before) - len(before)]):
        return _R.EQUITY
    if not before and _FOR_THE_LAND.search(sentence_before):
        return _R.OTHER
    if _NO_INVESTMENT.search(before):
        return _R.OTHER
    if _stands_alone(facts, start, end, clauses):
        return _R.INVEST
    return _R.STATISTIC if _counts_near(facts, start) else _R.BARE


_PROJECT_BEGINS = re.compile(
    r"(?:左右|以上)?的(?:大|新)?项目|(?:左右|以上)?的[^,。;]{2,26}(?:项目|基地|产线|生产线|中心|园|工厂|车间)|(?:左右|以上)?的[^,。;的]{2,12}(?:厂(?![商家])|酒庄|庄园|仓|馆)|[^,。;的\d]{2,12}项目|(?:左右)?(?:大单|投资|的大项目)"
)


def _starts_project(text: str, end: int) -> bool:
    return _PROJECT_BEGINS.match(text, end) is not None


_SENTENCE_END = re.compile(r"[。!?\n]")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)余?[家个][^。;]{0,16}$")
_HISTORY = re.compile(
    r"\((?:19|20)\d{2}年[^,。)]{0,6}$|继(?!续|而)[^,。]{0,10}\d{4}年|上一?个(?:厂|项目|基地)|第一笔|起步|这家[^,。]{0,3}企业?(?:带着|来到)|头一次|头一回|第[一二三]次是|首次是|最早(?:一次|的)|上一次|前一次|进来|最初|当初|当年|时只|起家|曾|披露|原来|创办|刚来|第一次|首次|首期投资(?:仅|只)|那时|落户之初"
)


def _is_history(facts: Facts, start: int, year: int | None, before: str) -> bool:
    """An investment of an earlier year that is told as the past."""
    before = _SENTENCE_END.split(before)[-1]
    if year is None or not _HISTORY.search(before):
        return False
    return any(
        one.first is not None and one.first.first.year < year for one in inside(facts.dates, start - len(before), start)
    )


def _invest_kind(facts: Facts, start: int, end: int, before: str) -> AmountRole:
    """A total of counted projects is a statistic, not one project's investment."""
    if _starts_project(facts.text, end):
        return _R.INVEST
    listed = "等" in before and _AND_OTHERS.search(before) is not None
    return _R.STATISTIC if listed or _counts_near(facts, start) else _R.INVEST


MOST_PROJECTS = 3_000
"""机架1.2万个: more than so many are no projects of an area."""


def _counts_near(facts: Facts, start: int) -> bool:
    """A count of projects shortly before, and no company or project name between it and the amount."""
    near = [atom for atom in inside(facts.counts, start - 45, start) if start - 32 <= atom.end <= start]
    if not near or re.search(r"[。\n]", facts.text[near[-1].end : start]):
        return False
    if near[-1].value > MOST_PROJECTS or re.search(r"批次|批|条|场|次|人", near[-1].measure):
        return False
    between = facts.board.between(near[-1].end, start)
    return not any(mention.kind in {Kind.COMPANY, Kind.PROJECT} for mention in between)


def _near_fund(facts: Facts, start: int) -> bool:
    if any(mention.kind is Kind.FUND for mention in facts.board.between(start - 110, start)):
        return True
    return "基金" in facts.text[max(0, start - 40) : start]


def _stands_alone(facts: Facts, start: int, end: int, clauses: Clauses) -> bool:
    """An amount that is a clause by itself (意向书签了,2800万元) beside a company."""
    text = facts.text
    if re.search(r"(?:签|协议|意向|合同|落户|注册|开工|项目|租)[^。;\n]{0,30},$", text[max(0, start - 40) : start]):
        return re.fullmatch(r"\s?(?:左右|以上|上下)?[,。;、\n)(]?", text[end : end + 1]) is not None
    clause = text[clauses.start(start) : clauses.end(start)].strip(" ,。;:、\n左右以上约超()")
    companies = facts.board.between(max(0, start - 60), start)
    return len(clause) <= end - start + 2 and any(mention.kind is Kind.COMPANY for mention in companies)
