"""Names of projects: a descriptive part with a head (项目, 产线, 基地, 工厂 …), ended on the left by verbs, 的 and names."""

import re

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.mentions import Board, Kind
from zhaoyin.engines.reading.tokens import Runs, Token
from zhaoyin.engines.reading.vocabulary import STRONG_VERBS

_EMPTY = frozenset(
    word_list(
        """重点 重大 新 老 大 好 在谈 在建 签约 新签约 开工 新开工 洽谈 招商 招引 招商引资 产业 工业 外资 内资 投资
    建设 总投资 该 本 此 个 亿元 续建 优质 储备 意向 拟 落地 集中 合作 相关 有关 部分 某些 有的 二期 一期 三期 期 首个 全部
    多个 一批 县域 全市 全县 全区 省级 市级 制造业 工业类 服务业 外来 亿元以上 单个 单体 主导 主导产业 新增
    竣工 投产 达产 储 线索 推介 现场 入库 上 此项 上述 目标 项目 引领性 标志性 高质量 大项目 名 成熟 前期
    后续 拟建 具体 实施 分 新签 拟签约 已签约 未开工 促 抓 谋划 超 过 企业 集团 公司 关键 核心 头部 产业链
    链主 补链 强链 扩产"""
    )
)
_GENERAL_VERBS = frozenset(
    word_list(
        """推动 加快 促进 抓好 保障 争取 力促 谋划 储备 申报 承接 跟踪 盯紧 盘活 带来 完成 参观 观摩 调研 听取 研究 讨论 围绕 聚焦 锁定 瞄准 入选 列入 获批 启动 重启 接手 牵头 承担 参与 涉及
    包括 属于 作为 成为 依托 看到 走进 来到 确保 力争 推进 落实 做好 抓 盯 促成 招引 争创 带动 吸引 导入 储备 对接 梳理 策划 评审 通过 审批 备案 立项 核准 决定 同意 介绍 考察 关注 支持 服务 上报 签下
    负责 主导 承建 竞得 取得 收购 控股 参股 入股 出资 投向 布点 选址 落实 参建 援建 追加 增资 续建 复工 停工 停建 缓建 撤销 取消 终止 暂停 放弃 外迁 搬迁 回迁 返乡 创业 招商 洽商 谈成 跟进"""
    )
)
_BREAKING_VERBS = _GENERAL_VERBS | STRONG_VERBS - frozenset(
    ["制造", "研发", "生产", "配套", "运营", "管理", "服务", "建设", "供应"]
)
_INSIDE_VERBS = frozenset(
    word_list(
        """制造 研发 生产 加工 处理 处置 利用 回收 存储 储存 养殖 种植 检测 检验 组装 装配 封装 测试 配送 精拉 充电
    注塑 植入 诊断 采样 定制 物流 包装 标注 训练 培训 配套 综合 装备 运营 服务 管理 接头 镀膜"""
    )
)
LONGEST_PROJECT = 26
_MAY_BE_HEAD = re.compile("[PZgx](?:(?<!x)|(?<=ix))")
"""Classes of the words that end a project's name: a head, a park, 项目 (a generic noun), 厂 behind a trade."""


_PRICED = re.compile(r"[亿万]元?的(?P<name>[\u4e00-\u9fff]{3,22})(?=[、,。;…]|$)")
LEAST_PRICED = 2
_GOES_ON = re.compile(r"已|正[在式]?|将|则|刚|分别|(?:项目|产业园|基地|中心|生产线).")
"""The sentence goes on behind the name: 6.4亿元的氢能专用车项目|正在浇筑二层楼板."""


def _place_priced(text: str, board: Board) -> None:
    """35亿元的…项目、7.2亿元的…产业园、5400万元的…中心……: what stands in a list of priced things is a project."""
    for line in re.finditer(r"[^。\n]+", text) if "元的" in text else ():
        found = list(_PRICED.finditer(text, line.start(), line.end()))
        for match in found if len(found) >= LEAST_PRICED else ():
            if _GOES_ON.search(match["name"]):
                continue
            board.place(text, match.start("name"), match.end("name"), Kind.PROJECT)


def place_projects(text: str, token_runs: Runs, board: Board) -> None:
    """Put every project name on the board."""
    _place_priced(text, board)
    for tokens, index in reversed(list(token_runs.find(_MAY_BE_HEAD))):
        token = tokens[index]
        factory = token.text == "厂" and index > 0 and tokens[index - 1].kind == "i"
        if factory or token.kind == "P" or token.text == "项目" or (token.kind == "Z" and token.text.endswith("园")):
            _project(text, tokens, index, board)


def _project(text: str, tokens: list[Token], index: int, board: Board) -> None:
    head = tokens[index]
    if not board.is_free(head.start, head.end):
        return
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if (
        following in {"负责人", "经理", "部", "总投资", "建设"}
        and head.text == "项目"
        and following != "总投资"
        and following != "建设"
    ):
        return
    first = _left_edge(text, tokens, index, board)
    if first < index and tokens[first].kind == "g":
        first += 1
    start, end = tokens[first].start, head.end
    described = text[start : head.start]
    if head.text == "项目" or head.kind == "P":
        described = described or (
            head.text.removesuffix("项目")
            if head.kind == "P" and head.text.endswith("项目") and len(head.text) > 4
            else ""
        )
    alone = first == index
    known_compound = head.text in {"中央厨房", "换电站"}
    if alone and not known_compound:
        return
    if not known_compound and (len(described) < 2 or described in _EMPTY or _all_empty(tokens[first:index])):
        return
    if head.text != "项目" and not head.text.endswith("项目") and not known_compound and len(described) < 3:
        return
    if end - start <= LONGEST_PROJECT:
        board.place(text, start, end, Kind.PROJECT)


def _all_empty(tokens: list[Token]) -> bool:
    return all(
        token.text in _EMPTY or token.kind in {"v", "f", "s", "g"} or (token.kind == "x" and len(tokens) == 1)
        for token in tokens
    )


def _left_edge(text: str, tokens: list[Token], index: int, board: Board) -> int:
    first, position = index, index - 1
    while position >= 0 and tokens[index].end - tokens[position].start <= LONGEST_PROJECT:
        token = tokens[position]
        if not board.is_free(token.start, token.end):
            break
        if token.kind == "p" or (token.text in _EMPTY and token.kind != "i"):
            break
        if token.text in _BREAKING_VERBS or (
            token.kind == "v"
            and token.text not in _INSIDE_VERBS
            and not _opens(tokens, position)
            and not _fills_run(text, tokens, index)
            and not _compound(tokens, position)
        ):
            break
        if token.kind in {"f", "g", "r", "G"} and not _inner(tokens, position, index):
            break
        if (
            token.kind == "x"
            and token.text
            in {
                "赴",
                "拟",
                "投",
                "建",
                "总",
                "租",
                "签",
                "携",
                "首",
                "新",
                "本",
                "盖",
                "购",
                "万",
                "元",
                "月",
                "年",
                "日",
                "受",
                "称",
                "约",
                "拿",
            }
            and not _inner_x(tokens, position)
        ):
            break
        if token.kind == "a" and token.text.isdigit():
            break
        first, position = position, position - 1
    return first


def _fills_run(text: str, tokens: list[Token], index: int) -> bool:
    """The run is nothing but the name (新能源重卡改装项目)."""
    if tokens[index].text != "项目" or (tokens[0].start > 0 and text[tokens[0].start - 1] not in ".、\n):。 "):
        return False
    return (
        index == len(tokens) - 1
        and index >= 2
        and all(token.kind in {"n", "i", "x", "v", "P", "a"} for token in tokens[:index])
    )


def _compound(tokens: list[Token], position: int) -> bool:
    """A verb right behind an industry word names a product with it: 半导体清洗设备."""
    return position > 0 and tokens[position - 1].kind == "i"


def _opens(tokens: list[Token], position: int) -> bool:
    """A verb that begins the description: 的介入导丝产线."""
    return position > 0 and tokens[position - 1].text == "的"


def _inner(tokens: list[Token], position: int, index: int) -> bool:
    """A function character between two descriptive words: 人工智能应用及训练基地, 电商和物流园."""
    if tokens[position].text not in {"及", "与", "和", "用"} or position == 0 or position + 1 >= index + 1:
        return False
    left, right = tokens[position - 1], tokens[position + 1]
    return (
        tokens[position].text in {"及", "用"}
        and left.kind in {"n", "i", "x", "v"}
        and right.kind in {"n", "i", "v", "x", "P"}
        and left.text not in _BREAKING_VERBS
    )


def _inner_x(tokens: list[Token], position: int) -> bool:
    return tokens[position].text in {"新", "首", "总"} and position > 0 and tokens[position - 1].kind in {"n", "i"}
