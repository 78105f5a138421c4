"""Ledgers put together at random: order of columns, wordings, place of the unit, sections, totals, decoys, file kind.

Two pools of wordings: one to develop on, one held out.
"""

import random
from collections.abc import Callable
from decimal import Decimal

from benchmarks.sheets.cases import Case
from benchmarks.sheets.columns import (
    SCALES,
    Column,
    add,
    both,
    contacts,
    day,
    jobs,
    land,
    money,
    other,
    people,
    phones,
    plain,
    serial,
    stage,
    text,
    write_head,
    write_row,
)  # fmt: skip
from benchmarks.sheets.projects import STAGES, Project, projects
from benchmarks.sheets.writing import Page, ods, page_html, xls, xlsx
from benchmarks.sheets.writing import text as as_text


def _pools(known: str, other: str) -> tuple[list[str], list[str]]:
    """Wordings to develop on and held-out ones, each separated by bars."""
    return known.split("|"), other.split("|")


POOLS: dict[str, tuple[list[str], list[str]]] = {
    "name": _pools("项目名称|项目|招商项目名称|拟建项目名称|引进项目名称|项目（企业）名称", "洽谈项目名称|签约项目全称|产业项目名称|重点项目|意向项目名称|招引项目"),
    "investor": _pools("投资方|投资主体|投资企业|投资商名称|项目业主|客商名称", "投资方（全称）|来访企业|出资企业名称|项目投资主体|合作企业名称|投资公司名称"),
    "planned": _pools("总投资|计划总投资|投资总额|协议投资额|项目总投资额|预计投资", "拟投资总额|合同约定总投资|意向总投资|投资规模（总投资）|计划投入总额|项目投资总规模"),
    "fixed": _pools("固定资产投资|其中：固定资产|固投|固定资产投资额", "其中固定资产投入额|计划固投额|其中：固资投资|固定资产部分"),
    "funds": _pools("到位资金|累计到位资金|实际到位资金|资金到位额", "截至目前到位资金|已到位金额|累计到资额|开工以来累计到位"),
    "stage": _pools("项目阶段|当前状态|推进阶段|项目状态", "目前所处阶段|推进状态（阶段）|项目进展阶段|现处阶段"),
    "signed": _pools("签约时间|签约日期|协议签订时间|合同签订日期", "签约具体日期|正式签约日期|投资协议签订时间|签订合同时间"),
    "industry": _pools("所属产业|产业类别|行业|产业链", "产业归类|所在行业|所属产业集群|对应产业链"),
    "office": _pools("责任单位|招引单位|牵头单位|承接单位", "主要责任单位|招商责任单位|具体负责单位|落实单位"),
    "site": _pools("选址|拟选址|建设地点|落户园区", "意向选址地块|拟落位区域|项目落地地点|计划选址"),
    "progress": _pools("进展情况|目前进展|最新进展|工作进展", "现阶段进展情况|推进工作情况|具体推进情况|近期工作进展"),
    "contacts": _pools("联系人及电话|联系方式|企业联系人及电话|项目联系人", "客商联系人及方式|企业方对接人电话|投资方负责人及联系方式|联络人及手机"),
    "jobs": _pools("用工人数|带动就业|预计用工", "可提供就业岗位数|就业带动人数|新增用工"),
    "land": _pools("用地面积（亩）|拟用地（亩）|占地（亩）", "土地需求面积（亩）|项目占地面积（亩）|计划用地规模（亩）"),
}  # fmt: skip
DECOYS: list[tuple[str, Callable[[Project, random.Random], object]]] = [
    ("年产值（万元）", lambda one, c: c.choice((30000, 120000))), ("预计税收（万元）", lambda one, c: c.choice((500, 3000))),
    ("注册资本（万元）", lambda one, c: c.choice((1000, 5000))), ("建筑面积（㎡）", lambda one, c: c.choice((20000, 8000))),
    ("其中设备投资（万元）", lambda one, c: plain(one.fixed / 20000)), ("分管领导", lambda one, c: one.leader),
    ("存在问题", lambda one, c: c.choice(("用地指标不足", "无", "环评滞后"))), ("下步计划", lambda one, c: c.choice(("加快签约", "继续跟进"))),
    ("主要建设内容", lambda one, c: one.description), ("项目来源", lambda one, c: c.choice(("自行接洽", "上级推荐"))),
    ("是否外资", lambda one, c: "否"), ("备案日期", lambda one, c: c.choice(("2023-02-01", ""))), ("备注", lambda one, c: c.choice(("", "重点"))),
    ("投资强度（万元/亩）", lambda one, c: c.choice((300, 450))), ("计划开工时间", lambda one, c: c.choice(("2023年9月", "2024年3月"))),
]  # fmt: skip


def _column(field: str, head: str, unit: str, style: str, chance: random.Random) -> list[Column]:
    habits = ("date", "cn", "dot", "slash", "eight", "ym", "cnmonth", "noyear", "month", "quarter")
    if field in {"planned", "fixed", "funds"}:
        return [money(head, field, unit, style)]
    if field == "stage":
        return [stage(head)]
    if field == "signed":
        return [day(head, tuple(chance.sample(habits, 3)))]
    if field == "contacts":
        if chance.random() < 0.3:
            return [people("联系人"), phones("联系电话")]
        return [contacts(head, chance.choice(("pairs", "titles", "apart", "reversed", "dashes")))]
    if field == "jobs":
        return [jobs(head, chance.choice(("number", "unit")))]
    if field == "land":
        return [land(head, "number")]
    return [text(head, field)]


def mixed(chance: random.Random, *, held_out: bool) -> Case:
    """One random ledger."""
    unit = chance.choice(("万元", "万元", "亿元"))
    place = chance.choice(("head", "head", "group", "line", "title", "cell", "row"))
    style = "unit" if place == "cell" else chance.choice(("number", "number", "text", "full", "mixed"))

    def head(field: str) -> str:
        words = chance.choice(POOLS[field][held_out])
        if place == "head" and field in {"planned", "fixed", "funds"}:
            words += chance.choice(("（{}）", "({})", "/{}", "\n（{}）", "【{}】")).format(unit)
        return words

    fields = [
        "name",
        "investor",
        "planned",
        *(
            one
            for one in (
                "fixed",
                "funds",
                "stage",
                "signed",
                "industry",
                "office",
                "site",
                "progress",
                "contacts",
                "jobs",
                "land",
            )
            if chance.random() < 0.6
        ),
    ]
    joined = chance.random() < 0.2
    columns = [serial()] if chance.random() < 0.85 else []
    parts: list[list[Column]] = []
    for field in fields:
        if field == "investor" and joined:
            continue
        parts.append(
            [both(head("name"), chance.choice(("front", "bracket", "lines")))]
            if field == "name" and joined
            else _column(field, head(field), unit, style, chance)
        )
    first, rest = parts[0], parts[1:]
    rest += [[other(words, make)] for words, make in chance.sample(DECOYS, chance.randrange(0, 5))]  # type: ignore[arg-type]
    if chance.random() < 0.6:
        chance.shuffle(rest)
    columns += [column for part in [first, *rest] for column in part]
    if place == "group":
        columns = [
            Column(one.head, one.write, f"投资情况（{unit}）") if one.head in _money_heads(held_out) else one
            for one in columns
        ]
    return _written(chance, columns, fields, unit, place, held_out)


def _money_heads(held_out: bool) -> set[str]:
    return {words for field in ("planned", "fixed", "funds") for words in POOLS[field][held_out]}


def _written(
    chance: random.Random, columns: list[Column], fields: list[str], unit: str, place: str, held_out: bool
) -> Case:
    page = Page(chance.choice(("Sheet1", "台账", "项目表")))
    row = write_head(page, _lines(page, chance, columns, unit, place), columns, merged=chance.random() < 0.8)
    if place == "row":
        for offset, column in enumerate(columns):
            if column.head in _money_heads(held_out):
                page.put(row, offset, chance.choice(("（{}）", "{}")).format(unit))
        row += 1
    sections = "stage" not in fields and chance.random() < 0.6
    total = chance.random() < 0.6
    everything, row = _body(page, chance, columns, fields, row, sections=sections)
    index = next(
        offset for offset, column in enumerate(columns) if column.head.startswith(tuple(POOLS["planned"][held_out]))
    )
    if total and place != "cell":
        page.put(row, 0, chance.choice(("合计", "总计", "合 计")))
        if index:
            page.put(row, index, plain(sum((one.planned for one in everything), Decimal(0)) / SCALES[unit]))
        row += 1
    if chance.random() < 0.3:
        page.put(row, 0, "注：以上数据由各单位填报。")
    return _file(chance, page)


def _lines(page: Page, chance: random.Random, columns: list[Column], unit: str, place: str) -> int:
    """Title and line above the head; the next row."""
    row = 0
    title = (
        f"2023年{chance.choice(('招商引资项目', '重点招商项目', '招商'))}{chance.choice(('台账', '情况表', '汇总表'))}"
    )
    if place in {"line", "title"} or chance.random() < 0.7:
        page.put(row, 0, title + (f"（单位：{unit}）" if place == "title" else ""))
        if chance.random() < 0.7:
            page.merges.append((row, 0, row, len(columns) - 1))
        row += 1
    if place == "line" or chance.random() < 0.4:
        page.put(row, 0, "填报单位：招商局")
        page.put(row, 2, "填报时间：2023年6月5日")
        if place == "line":
            page.put(row, len(columns) - 1, f"{chance.choice(('单位：', '金额单位：', '单位:'))}{unit}")
        row += 1
    return row


def _body(
    page: Page, chance: random.Random, columns: list[Column], fields: list[str], row: int, *, sections: bool
) -> tuple[list[Project], int]:
    """The records, under section headings or not; the next row."""
    groups: list[tuple[str, tuple[str, ...]]] = [("", STAGES)]
    if sections:
        groups = [("一、签约项目", ("signed", "registered")), ("二、在谈项目", ("negotiating",))]
    everything: list[Project] = []
    for heading, stages in groups:
        if heading:
            page.put(row, 0, heading)
            row += 1
        ones = projects(chance, chance.randrange(6, 15), stages=stages)
        everything += ones
        for number, one in enumerate(ones, start=1):
            gold = write_row(page, row, columns, one, number, chance)
            if "stage" not in fields:
                gold["stage"] = _stage(one, fields, sections=sections)
            add(page, {key: value for key, value in gold.items() if value is not None}, row)
            row += 1
    return everything, row


def _stage(one: Project, fields: list[str], *, sections: bool) -> str | None:
    """What the ledger can show: progress says all; a signing date says signed; a section gives its floor."""
    if "progress" in fields:
        return one.stage
    if sections:
        return "negotiating" if one.stage == "negotiating" else "signed"
    return "signed" if "signed" in fields and one.signed is not None else None


def _file(chance: random.Random, page: Page) -> Case:
    kind = chance.choice(("xlsx", "xlsx", "xlsx", "xls", "csv", "html", "ods"))
    if kind in {"csv", "html"}:
        page.name = ""
        for record in page.records:
            record["row"]["sheet"] = ""  # type: ignore[index]
    if kind == "csv":
        line, lines = 1, []
        for cells in page.grid():
            lines.append(line)
            line += 1 + sum(value.count("\n") for value in cells)
        for record in page.records:
            record["row"]["row"] = lines[record["row"]["row"] - 1]  # type: ignore[index]
        return Case("mixed", "台账.csv", as_text(page, encoding=chance.choice(("gb18030", "utf-8-sig"))), page.records)
    if kind == "html":
        return Case("mixed", "台账.xls", page_html(page), page.records)
    data = {"xlsx": xlsx, "xls": xls, "ods": ods}[kind]([page])
    return Case("mixed", f"台账.{kind}", data, page.records)


def mixed_known(chance: random.Random) -> Case:
    """Random, with the wordings to develop on."""
    return mixed(chance, held_out=False)


def mixed_other(chance: random.Random) -> Case:
    """Random, with wordings that are held out."""
    return mixed(chance, held_out=True)
