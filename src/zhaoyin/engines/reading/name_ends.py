"""Where a short name ends when what the project makes goes on behind it: 温州创力锁业|智能锁项目."""

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.lexicon import is_trade
from zhaoyin.engines.reading.tokens import Token

JOINS_A_TRADE = frozenset(
    word_list(
        """科技 机械 装备 制造 电子 材料 新材料 新材 设备 股份 集团 实业 工业 技术 模具 五金 制品 部件 零部件 配件 器材 工程 器械 仪器 仪表 自动化 食品 化工 能源
    信息 软件 网络 系统 贸易 商贸 物流 服务 文化 农业 生态 环保 环境 建材 包装 印刷 服饰 家居 照明 电器 电气 重工 精密 医疗 医药 药业 生物 电源 传动 动力 汽车 数控 机器人 机电 机床 光电
    公司 有限公司 有限责任公司 股份有限公司 用品"""
    )
)
"""Trades that stand as the second word of a name (精密机械, 光电科技)."""
_PROJECTS = frozenset({"项目", "生产线", "产线", "生产基地", "技改"})
LEAST_STEM = 2
LOOK_AHEAD = 4
"""Words behind a name among which its project is looked for."""


def without_description(tokens: list[Token], start: int, end: int) -> int:
    """Where the name `start`..`end` (without a legal form) of this run ends when a described project follows it directly."""
    last = next((index for index, token in enumerate(tokens) if token.end == end), -1)
    first = next((index for index, token in enumerate(tokens) if token.start == start), -1)
    if first < 0 or last <= first or not _is_project_near(tokens, last):
        return end
    stem = 0
    for place in range(first, last):
        token, following = tokens[place], tokens[place + 1]
        if token.kind == "s":
            continue
        said_again = len(token.text) > 1 and any(other.text == token.text for other in tokens[place + 1 : last + 1])
        if stem >= LEAST_STEM and said_again and is_trade(token.text):
            return token.end
        if stem >= LEAST_STEM and len(token.text) > 1 and is_trade(token.text):
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
