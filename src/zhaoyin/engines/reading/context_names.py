"""Names that no ending gives away by itself: a place before them or an act behind them does.

Words of the dictionary before a trade (起点机器人, 九月灯饰), a place with unknown characters and a noun (中山澜铠灯具城), and funds by
what funds do (鹭江观澜创投领投).
"""

import re
from collections.abc import Iterator

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.lexicon import trades
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.name_ends import is_naming, without_description
from zhaoyin.engines.reading.tokens import Run, Runs, Token, region_length, region_level, regions_left
from zhaoyin.engines.reading.vocabulary import AREAS, COUNTRIES, NEVER_IN_STEMS, NOT_STEMS

Span = tuple[int, int, Kind]
"""Start and end in the masked text, and what stands there."""
_FUND = re.compile("F")
_BEHIND_A_PLACE, _STEM_AND_TRADE = re.compile("[sf]xx[xni]"), re.compile("[in](?<=[nxsfiv].)")
"""Classes of words without which `_regional_names` and `_plain_names` find nothing."""


def names_in_context(masked: str, token_runs: Runs) -> Iterator[Span]:
    """Names that a place before them or an act behind them gives away."""
    for tokens in token_runs.having(_BEHIND_A_PLACE):
        yield from _regional_names(tokens)
    for tokens in token_runs.having(_FUND):
        yield from _funds_that_act(masked, tokens)
    for tokens in token_runs.having(_STEM_AND_TRADE):
        yield from _plain_names(masked, tokens)
    for tokens in token_runs.having(_AREA_AND_TRADE):
        yield from _area_names(masked, tokens)
    yield from _city_firms(masked)


_ACTS_AS_FIRM = re.compile(
    r"(?:公司|集团)?(?:的)?(?:C[ET]O|CFO|COO|总监|副总裁|董秘|创始人|创办人|老板|老总|负责人|董事长|总经理|厂长|总裁|代办员|法人代表|联合创始人|副总)"
    r"|(?:也|则|就|还|又|今年|去年|昨天|今天|上周|本周|目前|现在|已经?|刚|正|随后|此前|一直)?"
    r"(?:把|要求|答应|宣布|拿出|缓缴|投资(?!额|规模|强度)|拟|计划|打算|准备|首批|首台|首条|第一批|表示|回复|来函|提出|决定|入驻|签(?!约率)|落户|搬(?!运)|函告|来函|送来|派出|各投|停了|停工|新注册|没戏|获|嫌|不来|来了|去了|申请|租下?了|看中|选定|选址|拿到|完成了?|追加|增资|竞得|摘得|回了|承诺|撤|放弃|掏|追投|牵手|携手)"
    r"|(?:随后|先后|相继|也|紧跟着|跟着)*(?:跟来|跟了?过来|跟进|而来|搬来|签约|签了|签下)|也?在\x00+(?:与|和|同|签)"
    r"|,(?:签约额|协议额|总?投资|计划投资)"
    r"|(?:[总]?投资)?\x00+(?:的|,|、|建|项目)|\(\x00"
)
_OPENS_A_NAME = frozenset("由与和跟给同向为是到在及")
_NO_STEM = frozenset(
    word_list(
        """智能 高端 新型 精密 大型 中型 小型 现代 绿色 特色 传统 高性能 国产 进口 主要 一批 多家 本地 周边 国内 国外 相关 有关 配套 核心 关键 重点 重大 优质 先进 高效 特种 专用 通用 新兴 未来
    主导 支柱 龙头 上游 下游 整车 自动 全自动 半自动 数字 电动 新能源 节能 环保 生态 有机 天然 家用 商用 民用 军用 医用 工业 农业 商业 其他 其它 部分 全部 所有 不少 许多 这些 那些 这家 那家 该厂 多个 每家
    一家 两家 三家 几家 各类 各种 同类 出口 外贸 乡镇 集体 国有 民营 外资 合资 中小 规上 园区 县里 市里 区里 当地 我县 我市 我区 全县 全市 全区 产业 行业 企业 项目 工厂 公司 车间 设备 生产 研发 销售 加工 制造
    新建 扩建 改建 二期 一期 三期 首期 年产 日产 固态 液态 柔性 超高 低温 高温 高压 低压 超薄 轻型 重型 微型 可降解 高精度 车规级 食品级 电子级 医药级 锂电 光伏 风电 氢能 储能 半导体 海上 陆上 户外 室内 水上"""
    )
)


_AREA_AND_TRADE = re.compile("s[in]")
_GIVES = frozenset({"跟投", "投资", "注资", "牵手", "引进", "参投", "领投", "走访", "拜访"})


_CITY_FIRMS = re.compile(
    r"(?:城投|国投|产投|交投|建投|水投|文旅投|农投|文投|金控|国控|城建投|高投|经开投|国资运营|城发|产控)(?:集团|公司)?"
)
"""What the firms are called that a city owns: 樟树城投, 盐城国投."""


def _city_firms(masked: str) -> Iterator[Span]:
    """A region and what its own firm is called."""
    for match in _CITY_FIRMS.finditer(masked):
        for width in (4, 3, 2):
            start = match.start() - width
            if start >= 0 and region_length(masked[start : match.start()]) == width:
                yield start, match.end(), Kind.COMPANY
                break


def _area_names(masked: str, tokens: Run) -> Iterator[Span]:
    """滇西玻璃坐不住了, 跟投岳麓微电: an area or a district instead of a stem, where the whole acts or gets money."""
    for match in _AREA_AND_TRADE.finditer(tokens.kinds):
        area, index = tokens[match.start()], match.start() + 1
        if area.text not in AREAS and region_level(area.text) != 3:
            continue
        last = index
        while last + 1 < len(tokens) and _is_trade(tokens[last + 1], trades()) and len(tokens[last + 1].text) > 1:
            last += 1
        if not _is_trade(tokens[index], trades()) or len(tokens[index].text) < 2:
            continue
        left = tokens[match.start() - 1].text if match.start() else ""
        end = tokens[last].end
        acts = _ACTS_AS_FIRM.match(masked, end) is not None or _MOVES.match(masked, end) is not None
        acts = acts or _ROLE_NEXT.match(masked, end) is not None
        if (acts and left in _BEFORE_AN_AREA) or (left in _GIVES and last + 1 == len(tokens)):
            yield area.start, end, Kind.COMPANY


_BEFORE_AN_AREA = frozenset(
    {"", "的", "与", "和", "由", "陪同", "对接", "拜访", "走访", "联系", "会见", "接待", "考察"}
)
_ROLE_NEXT = re.compile("(?:常务)?副?(?:总经理|董事长|总裁|厂长|总监)")
_MOVES = re.compile("坐不住|联合投资|联合建设|也跟|跟了?过来|随之")


def _plain_names(masked: str, tokens: Run) -> Iterator[Span]:
    """起点机器人创始人, 瀚海氢能\x00的, 泉州七匹马鞋材: words of the dictionary before a trade are a name behind a place, or where they open a clause and what follows acts."""
    known = trades()
    for match in _STEM_AND_TRADE.finditer(tokens.kinds):
        index = match.start()
        trade = tokens[index]
        if len(trade.text) < 2 or not (trade.kind == "i" or (trade.kind == "n" and trade.text in known)):
            continue
        first = index
        while first and _may_be_stem(tokens[first - 1]) and trade.start - tokens[first - 1].start <= 4:
            if tokens[first - 1].kind == "s" and trade.start - tokens[first].start >= 2:
                break
            first -= 1
        if not 2 <= trade.start - tokens[first].start <= 4 or all(
            _is_trade(token, known) for token in tokens[first:index]
        ):
            continue
        last = index
        while last + 1 < len(tokens) and _is_trade(tokens[last + 1], known) and len(tokens[last + 1].text) > 1:
            last += 1
        region = first > 0 and tokens[first - 1].kind == "s" and tokens[first - 1].text not in COUNTRIES
        linked = first > 1 and tokens[first - 1].text == "的" and tokens[first - 2].kind == "s"
        end = _plain_end(masked, tokens, index, last, first, region=region or linked)
        if end is not None:
            begin = tokens[regions_left(tokens, first) if region else first].start
            yield begin, without_description(tokens, begin, end), Kind.COMPANY


_GRAMMAR = frozenset("再又也还已将正就都才只更最很太不没了着过给把被让向的") | frozenset(
    ["一个", "一家", "一批", "这个", "这家", "那家", "多个", "多家", "其中", "已经", "没有", "我们", "他们"]
)


_NEVER_A_STEM = _OPENS_A_NAME | _NO_STEM | _GRAMMAR


def _may_be_stem(token: Token) -> bool:
    return (token.kind in "nxsfi" or (token.kind == "v" and is_naming(token.text))) and token.text not in _NEVER_A_STEM


def _is_trade(token: Token, known: frozenset[str]) -> bool:
    return token.kind == "i" or token.text in known


def _plain_end(masked: str, tokens: list[Token], index: int, last: int, first: int, *, region: bool) -> int | None:
    """Where such a name ends: with its trade words when what follows acts, or when it stands behind a place and no product goes on."""
    if tokens[first].kind == "f" and (tokens[first].text in NEVER_IN_STEMS or tokens[first].text in BARE_COUNTS):
        return None
    left = tokens[first - 1].text if first and tokens[first - 1].text != ")" else ""
    if not region and left and left not in _OPENS_A_NAME and left not in {"的", "同意", "来自"}:
        return None
    for place in range(last, index - 1, -1):
        end = tokens[place].end
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if _ACTS_AS_FIRM.match(masked, end):
            return end
        if region and (following is None or following.kind in "vf" or following.text == "项目"):
            return end
        if (
            not left
            and following is not None
            and any(token.text == "项目" for token in tokens[place + 1 : place + 4])
            and _ITEM_MARK.search(masked, max(0, tokens[first].start - 4), tokens[first].start)
        ):
            return end
    return None


_ITEM_MARK = re.compile(r"(?:\d[.、)]|[一二三四五六七八九十][)、]|[;;▲●◎·※—-]|^)\s*$")
BARE_COUNTS = frozenset("这那该每各某本此其几两一二")


_ACTS_AS_FUND = re.compile(
    r"(?:[^,。;\n]{0,8})(?:领投|跟投|参投|投资了|投了|入股|注资|出资|直投|募|规模|完成备案|合伙人|管理|发起|设立|独家投|投给|股权|\(有限合伙)"
)
_NAMES_A_FUND = re.compile(
    r"(?:领投方|跟投方|投资方|投资人|股东|由|与|、|和|其中,?|引入|引进|来自|获|获得|得到|基金)[为是::]?$"
)
_GENERAL_FUNDS = frozenset(
    word_list(
        """政府 产业 引导 股权 国有 社会 专项 市级 区级 县级 省级 国家 该 这只 一只 首只 两只 多只 子 母 各类 天使 风险 创业 投资 发展 科技 扶持 有关 相关 我市 我县 我区 全市 全县
    工业 合作 绿色 外资 民间 社保 公积金 注册 固定 流动 人力 自有 社会化 市场化 专业 知名 头部 金融 龙头"""
    )
)
LONGEST_FUND_STEM = 8


def _funds_that_act(masked: str, tokens: list[Token]) -> Iterator[Span]:
    """鹭江观澜创投领投, 由润泓创投出资: words of the dictionary before 创投 or 基金 are its name where it does what funds do."""
    for index, token in enumerate(tokens):
        if token.kind != "F":
            continue
        first = index
        while (
            first
            and tokens[first - 1].kind in "xnisa"
            and tokens[first - 1].text not in _GENERAL_FUNDS
            and token.start - tokens[first - 1].start <= LONGEST_FUND_STEM
        ):
            first -= 1
        stem = token.start - tokens[first].start
        if stem < 2 or (first and tokens[first - 1].text in _GENERAL_FUNDS):
            continue
        if _ACTS_AS_FUND.match(masked, token.end) or _NAMES_A_FUND.search(
            masked, max(0, tokens[first].start - 8), tokens[first].start
        ):
            yield tokens[first].start, token.end, Kind.FUND


def _regional_names(tokens: Run) -> Iterator[Span]:
    """中山澜铠灯具城, 东莞长安镇的精奕模塑, 衢州的粹谷生鲜: a place, two or three unknown characters and a noun."""
    for match in _BEHIND_A_PLACE.finditer(tokens.kinds):
        position = match.start()
        direct = tokens[position].kind == "s" and tokens[position].text not in COUNTRIES
        linked = (
            tokens[position].text == "的"
            and position > 0
            and (tokens[position - 1].kind == "s" or tokens[position - 1].text in {"镇", "乡", "街道"})
        )
        if not direct and not linked:
            continue
        last = position + 1
        while last < len(tokens) and tokens[last].kind == "x" and last - position <= 4:
            last += 1
        unknown = last - position - 1
        if not 2 <= unknown <= 3 or last >= len(tokens):
            continue
        noun = tokens[last]
        if noun.kind not in {"n", "i"} or len(noun.text) < 2 or noun.text in NOT_STEMS or noun.text in _NO_TRADE:
            continue
        if tokens[position + 1].text in "新老大小首该本全各某旧":
            continue
        first = regions_left(tokens, position) if direct else position + 1
        yield tokens[first].start, noun.end, Kind.COMPANY


_NO_TRADE = frozenset(
    [
        "一体化",
        "项目",
        "政府",
        "书记",
        "领导",
        "干部",
        "同志",
        "人民",
        "群众",
        "大桥",
        "大道",
        "公路",
        "铁路",
        "高速",
        "机场",
        "车站",
        "大学",
        "学院",
        "学校",
        "医院",
        "法院",
        "中心",
        "广场",
        "小区",
        "景区",
        "水库",
        "流域",
        "地区",
        "方向",
        "方面",
        "路口",
        "交通",
        "历史",
        "文化",
        "经济",
        "话音",
        "电话",
        "手机",
    ]
)
