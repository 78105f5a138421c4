"""Edges of names: where a short one ends when what the project makes goes on behind it (温州创力锁业|智能锁项目), what a stem may hold, countries before it."""

from collections.abc import Iterator

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.lexicon import is_trade
from zhaoyin.engines.reading.tokens import Token
from zhaoyin.engines.reading.vocabulary import COUNTRIES, SOFT

JOINS_A_TRADE = frozenset(
    word_list(
        """科技 机械 装备 制造 电子 材料 新材料 新材 设备 股份 集团 实业 工业 技术 模具 五金 制品 部件 零部件 配件 器材 工程 器械 仪器 仪表 自动化 食品 化工 能源
    信息 软件 网络 系统 贸易 商贸 物流 服务 文化 农业 生态 环保 环境 建材 包装 印刷 服饰 家居 照明 电器 电气 重工 精密 医疗 医药 药业 生物 电源 传动 动力 汽车 数控 机器人 机电 机床 光电
    公司 有限公司 有限责任公司 股份有限公司 用品"""
    )
)
"""Trades that stand as the second word of a name (精密机械, 光电科技)."""
_PROJECTS = frozenset({"项目", "生产线", "产线", "生产基地", "技改"})
LONGEST_NAME = 24
"""Characters that a name may have from its first to its ending."""
LEAST_STEM = 2
LOOK_AHEAD = 4
"""Words behind a name among which its project is looked for."""


def without_description(tokens: list[Token], start: int, end: int) -> int:
    """Where the name `start`..`end` (without a legal form) of this run ends when a described project follows it directly."""
    last = next((index for index, token in enumerate(tokens) if token.end == end), -1)
    first = next((index for index, token in enumerate(tokens) if token.start == start), -1)
    if first < 0 or last <= first:
        return end
    near = _is_project_near(tokens, last)
    stem = 0
    for place in range(first, last):
        token, following = tokens[place], tokens[place + 1]
        if token.kind == "s":
            continue
        said_again = len(token.text) > 1 and any(other.text == token.text for other in tokens[place + 1 : last + 1])
        if stem >= LEAST_STEM and said_again and is_trade(token.text):
            return token.end
        if near and stem >= LEAST_STEM and len(token.text) > 1 and is_trade(token.text):
            again = following.text == token.text
            if again or token.text.endswith("业") or (len(following.text) > 1 and following.text not in JOINS_A_TRADE):
                return token.end
        stem += len(token.text)
    return end


def _is_project_near(tokens: list[Token], last: int) -> bool:
    behind = tokens[last + 1 : last + 1 + LOOK_AHEAD]
    if len(behind) == 1 and behind[0].text == "(":
        return True
    return any(token.text in _PROJECTS or (token.kind == "P" and token.text.endswith("项目")) for token in behind)


_NAMING = frozenset(
    "昂立扬联创驰骋奔腾骏运达通汇聚融恒盛兴隆昌瑞安康泰和合信诚德嘉佳美华丰裕源润泽鸿鼎宏博远腾飞跃翔凯胜利顺捷迅迈拓领航启明晟辉耀光新欣立正中天海江山金银宝玉龙凤麒麟鹏虎众邦力强威特优卓越超群冠亚太平东南西北星"
    "月云雨春秋福禄寿喜吉祥如意大同共进步升高登峰开元亨贞永久长乐成"
)
"""Characters that verbs in names are made of: 联创, 运达, 启航."""
_NO_NAMES = frozenset(
    word_list(
        """开通 成立 创立 合成 建成 升高 提高 达成 创新 合同 同意 中和 成长 升级 开启 启动 共同 进行 长大 高升 运行 通过"""
    )
)


def is_naming(word: str) -> bool:
    """Whether a verb of the dictionary is made of characters that names are made of (联创, 启明)."""
    return _NAMING.issuperset(word) and word not in _NO_NAMES


def leftwards(tokens: list[Token], index: int) -> Iterator[tuple[int, Token]]:
    """The words before the ending at `index`, the nearest first, as far as a name may reach."""
    for position in range(index - 1, -1, -1):
        if tokens[index].end - tokens[position].start > LONGEST_NAME:
            return
        yield position, tokens[position]


def is_soft(tokens: list[Token], index: int) -> bool:
    """A function character inside a stem: an unknown character stands on its left."""
    return len(tokens[index].text) == 1 and tokens[index].text in SOFT and index > 0 and tokens[index - 1].kind == "x"


_OVERSEAS = frozenset({"香港", "澳门", "台湾"})


def without_country(tokens: list[Token], first: int) -> int:
    """A country before the name stands outside it, and 香港 behind 中国 too."""
    while tokens[first].text in COUNTRIES and first + 1 < len(tokens) and tokens[first].end - tokens[first].start >= 2:
        first += 1
    overseas = first and tokens[first].text in _OVERSEAS and tokens[first - 1].text == "中国"
    return first + 1 if overseas and tokens[first + 1].kind != "l" else first
