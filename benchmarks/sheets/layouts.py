"""Layouts that the engine is developed on."""

import random
from datetime import date
from decimal import Decimal

from benchmarks.sheets.cases import Case
from benchmarks.sheets.columns import (
    Column,
    add,
    amount,
    both,
    contacts,
    day,
    digits,
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
from benchmarks.sheets.projects import Project, projects
from benchmarks.sheets.traps import no_unit, slipped
from benchmarks.sheets.writing import Page, ods, page_html, xls, xlsx
from benchmarks.sheets.writing import text as as_text

HABITS = ("date", "cn", "dot", "slash", "eight", "ym", "cnmonth", "quarter", "serial")


def _rows(
    page: Page,
    columns: list[Column],
    ones: list[Project],
    row: int,
    chance: random.Random,
    *,
    left: int = 0,
    **more: object,
) -> int:
    for number, one in enumerate(ones, start=1):
        add(page, {**write_row(page, row, columns, one, number, chance, left), **more}, row)
        row += 1
    return row


def title_unit(chance: random.Random) -> Case:
    """Title and unit line, totals formula, end note, decoys."""
    page = Page("台账")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        other("建设内容", lambda one, _: one.description),
        money("计划总投资", "planned", "万元", chance.choice(("number", "text", "full"))),
        money("固定资产投资", "fixed", "万元"),
        other("年产值", lambda one, c: c.choice((30000, 80000))),
        other("注册资本（万元）", lambda one, c: c.choice((1000, 5000))),
        day("签约时间", HABITS),
        stage("项目阶段"),
        text("责任单位", "office"),
        other("责任领导", lambda one, _: one.leader),
        text("进展情况", "progress"),
        contacts("联系人及电话", chance.choice(("pairs", "titles", "apart", "dashes"))),
    ]
    page.put(0, 0, "2023年5月招商项目台账")
    page.merges.append((0, 0, 0, len(columns) - 1))
    page.put(1, 0, "填报单位：投资促进局")
    page.put(1, 8, "单位：万元")
    page.put(1, 10, "填报日期：2023年6月2日")
    row = write_head(page, 2, columns)
    ones = projects(chance, 20)
    last = _rows(page, columns, ones, row, chance)
    page.put(last, 0, "合  计")
    page.put(last, 5, plain(sum((one.fixed for one in ones), Decimal(0)) / 10_000))
    page.formulas[last, 5] = f"=SUM(F{row + 1}:F{last})"
    page.put(last + 1, 0, "备注：1.总投资以协议为准；2.本表每月5日前报送。")
    page.put(last + 2, 0, "填表人：" + ones[0].leader)
    page.put(last + 2, 6, "审核人：" + ones[1].leader)
    return Case("title and unit line", "台账.xlsx", xlsx([page]), page.records)


def groups(chance: random.Random) -> Case:
    """Two-level head with the unit in the group head; stage sections; subtotals; numbers restart."""
    page = Page("Sheet1")
    unit = chance.choice(("亿元", "万元"))
    group = f"投资情况（{unit}）"
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资主体", "investor"),
        money("总投资", "planned", unit, group=group),
        money("固定资产投资", "fixed", unit, group=group),
        money("累计到位资金", "funds", unit, group=group),
        text("所属产业", "industry"),
        text("拟选址", "site"),
        text("招商专班", "force"),
        text("进展情况", "progress"),
        other("存在问题", lambda one, c: c.choice(("用地指标不足", "无", "融资进度慢"))),
        other("下步打算", lambda one, c: c.choice(("继续跟进", "加快签约", ""))),
    ]
    page.put(0, 0, "2023年1-5月招商引资项目汇总表")
    row = write_head(page, 1, columns, merged=chance.random() < 0.7)
    parts = (
        ("签约项目", ("signed", "registered", "construction")),
        ("在谈项目", ("negotiating",)),
        ("已终止项目", ("terminated",)),
    )
    style = chance.choice(("一、{}", "（一）{}", "{}", "【{}】"))
    for place, (title, stages) in enumerate(parts):
        ones = projects(chance, 8, stages=stages)
        page.put(row, 0, style.format(title).replace("一", "一二三"[place]) + chance.choice(("", f"（{len(ones)}个）")))
        page.merges.append((row, 0, row, len(columns) - 1))
        start = row + 1
        row = start
        for number, one in enumerate(ones, start=1):
            add(page, {**write_row(page, row, columns, one, number, chance), "stage": one.stage}, row)
            row += 1
        page.put(row, 0, "小计")
        page.put(row, 3, plain(sum((one.planned for one in ones), Decimal(0)) / {"亿元": 10**8, "万元": 10**4}[unit]))
        row += 1
    return Case("group heads and stage sections", "汇总.xlsx", xlsx([page]), page.records)


def industries(chance: random.Random) -> Case:
    """Industry sections holding stage sections; records of one to three rows; an example and instructions."""
    page = Page("综合")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资单位", "investor"),
        money("总投资（亿元）", "planned", "亿元"),
        land("拟用地", "unit"),
        jobs("带动就业", "unit"),
        Column("进展情况", lambda one, _: (None, "", {})),
        other("包联领导", lambda one, _: one.leader),
        text("招引单位", "office"),
        contacts("联系人及电话", "pairs"),
    ]
    page.put(0, 0, "综合台账")
    row = write_head(page, 1, columns)
    page.put(row, 0, "示例")
    for column, value in enumerate(("××公司年产1万吨××项目", "××公司", 1, "10亩"), start=1):
        page.put(row, column, value)
    row += 1
    for place, industry in enumerate(("高端装备产业", "新能源产业", "生物医药产业")):
        page.put(row, 0, f"{'一二三'[place]}、{industry}")
        row += 1
        for inner, (title, stages) in enumerate(
            (("签约项目", ("signed", "construction")), ("在谈项目", ("negotiating",)))
        ):
            page.put(row, 0, f"（{'一二'[inner]}）{title}")
            row += 1
            for number, one in enumerate(projects(chance, 4, stages=stages), start=1):
                gold = write_row(page, row, columns, one, number, chance)
                told = [one.progress] if chance.random() < 0.5 else ["4月：企业来访", f"5月：{one.progress}"]
                for line, words in enumerate(told):
                    page.put(row + line, 6, words)
                add(
                    page,
                    {**gold, "industry": industry, "stage": one.stage, "progress_text": "".join(told)},
                    row,
                    row + len(told) - 1,
                )
                if len(told) > 1:
                    for column in range(len(columns)):
                        if column != 6 and chance.random() < 0.8:
                            page.merges.append((row, column, row + len(told) - 1, column))
                row += len(told)
    page.put(row, 0, "填表说明：")
    page.put(row + 1, 0, "1.总投资指协议约定的计划总投资；2.10亿元以上项目附可研报告。")
    return Case("industry sections, several rows", "综合.xlsx", xlsx([page]), page.records)


def months(chance: random.Random) -> Case:
    """A sheet a month, investor and project in one cell, dates without a year, repeated projects."""
    pages = []
    known: list[Project] = []
    style = chance.choice(("front", "bracket", "lines", "colon"))
    for month in range(1, 5):
        page = Page(f"{month}月")
        columns = [
            serial(),
            both("项目名称", style),
            money("总投资（亿元）", "planned", "亿元"),
            day("签约时间", ("noyear", "month", "dot")),
            text("项目进展", "progress"),
            text("招商专班", "force"),
            text("产业类别", "industry"),
        ]
        page.put(0, 0, f"2023年{month}月签约项目一览表")
        row = write_head(page, 1, columns)
        fresh = projects(chance, 6, stages=("signed", "registered"))
        for one in fresh:
            one.signed = date(2023, month, chance.randrange(1, 28))
        again = chance.sample(known, 2) if len(known) > 4 else []
        for number, one in enumerate([*again, *fresh], start=1):
            add(page, {**write_row(page, row, columns, one, number, chance), "stage": one.stage}, row)
            row += 1
        known += fresh
        page.put(row, 0, "合 计")
        pages.append(page)
    return Case("month sheets", "月度签约.xlsx", xlsx(pages), [record for page in pages for record in page.records])


def in_cells(chance: random.Random) -> Case:
    """Unit inside each cell: ranges, about, dollars; stage only in the progress text; hidden phone column and sheets."""
    pages = []
    for force in ("先进制造专班", "绿色能源专班"):
        page = Page(force)
        columns = [
            serial(),
            text("项目名称", "name"),
            text("投资主体", "investor"),
            money("总投资", "planned", "万元", "rough"),
            other("项目简介", lambda one, _: one.description),
            text("进展情况", "progress"),
            other("牵头单位", lambda one, _: one.office),
            people("联系人"),
            phones("联系电话"),
        ]
        page.put(0, 0, f"{force}项目进展情况表")
        page.put(1, 0, "（截至2023年5月20日）")
        row = write_head(page, 2, columns)
        for number, one in enumerate(projects(chance, 9) + projects(chance, 2, foreign=True), start=1):
            add(
                page,
                {**write_row(page, row, columns, one, number, chance), "stage": one.stage, "task_force_or_unit": force},
                row,
            )
            row += 1
        page.hidden_columns.add(8)
        pages.append(page)
    old = Page("旧表", hidden=True)
    for row, cells in enumerate((("序号", "项目名称", "总投资"), (1, "旧项目", "3亿"))):
        for column, value in enumerate(cells):
            old.put(row, column, value)
    return Case(
        "unit in cells", "专班.xlsx", xlsx([*pages, old]), [record for page in pages for record in page.records]
    )


def foreign(chance: random.Random) -> Case:
    """Three-level head, dollars with other currencies as text, a converted column, hidden rows."""
    page = Page("外资")
    page.put(0, 0, "外资项目台账")
    page.put(1, 0, "2023年5月25日")
    heads = {
        (2, 0): "序号",
        (2, 1): "项目基本情况",
        (3, 1): "项目名称",
        (3, 2): "外方投资者",
        (3, 3): "投资规模",
        (4, 3): "总投资（万美元）",
        (4, 4): "折合人民币（亿元）",
        (2, 5): "推进情况",
        (3, 5): "阶段",
        (3, 6): "具体进展",
        (2, 7): "责任部门",
    }
    for (row, column), head in heads.items():
        page.put(row, column, head)
    page.merges += [
        (2, 0, 4, 0),
        (2, 1, 2, 4),
        (3, 1, 4, 1),
        (3, 2, 4, 2),
        (3, 3, 3, 4),
        (2, 5, 2, 6),
        (3, 5, 4, 5),
        (3, 6, 4, 6),
        (2, 7, 4, 7),
    ]
    for number, one in enumerate(projects(chance, 18, foreign=True), start=1):
        row = number + 4
        words, _, gold = stage("").write(one, chance)
        planned: object = plain(one.planned / 10_000)
        money_gold = amount(one.planned, "USD")
        rate = Decimal("7.0")
        if chance.random() < 0.25:
            code, name, rate = chance.choice(
                (("EUR", "欧元", Decimal("7.6")), ("HKD", "港元", Decimal("0.9")), ("JPY", "日元", Decimal("0.05")))
            )
            planned = f"{chance.choice(('', '约'))}{digits(one.planned / 10_000)}万{name}"
            money_gold = amount(one.planned, code)
        for column, value in enumerate(
            (
                number,
                one.name,
                one.investor,
                planned,
                float(one.planned * rate / 10**8),
                words,
                one.progress,
                one.office,
            )
        ):
            page.put(row, column, value)  # type: ignore[arg-type]
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": money_gold,
                "progress_text": one.progress,
                "task_force_or_unit": one.office,
                **gold,
            },
            row,
        )
    page.hidden_rows |= {8, 9}
    return Case("foreign", "外资.xlsx", xlsx([page]), page.records)


def export(chance: random.Random) -> Case:
    """A system's export: GB18030 text, thousands, planned and actual signing, decoys."""
    page = Page("")

    def planned_day(one: Project, _: random.Random) -> str:
        return f"{one.signed:%Y/%m/%d}" if one.signed else ""

    columns = [
        other("项目编号", lambda one, c: f"ZS2023{c.randrange(10_000):04d}"),
        text("项目名称", "name"),
        stage("项目状态"),
        money("投资额(万元)", "planned", "万元", "text"),
        money("固定资产投资(万元)", "fixed", "万元", "text"),
        other("设备投资(万元)", lambda one, _: plain(one.fixed / 20_000)),
        other("计划签约时间", planned_day),
        day("实际签约时间", ("date",)),
        other("备案日期", lambda one, _: ""),
        text("投资方名称", "investor"),
        text("招引单位", "office"),
        text("所属产业", "industry"),
        text("项目选址位置", "site"),
        land("拟用地面积（亩）"),
        other("拟租厂房面积（㎡）", lambda one, c: c.choice((3000, ""))),
        jobs("预计用工"),
        other("预计年税收(万元)", lambda one, c: c.choice((300, 900))),
        text("最新进展", "progress"),
        other("更新时间", lambda one, _: "2023-06-01 09:15:00"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 25), row, chance)
    data = as_text(page, encoding=chance.choice(("gb18030", "utf-8-sig", "utf-8")))
    return Case("export", "系统导出_20230601.csv", data, page.records)


def old_book(chance: random.Random) -> Case:
    """An old workbook: numbers as text, full width, two columns of the same head."""
    page = Page("重点项目")
    columns = [
        serial(),
        text("项目\n名称", "name"),
        other("项目简介", lambda one, _: one.description),
        text("投资方", "investor"),
        money("计划总投资\n（万元）", "planned", "万元", "full"),
        money("到位资金\n（万元）", "funds", "万元", "text"),
        other("资金到位率", lambda one, _: "35%"),
        stage("当前阶段"),
        text("项目简介", "progress"),
        jobs("用工\n（人）"),
        land("用地\n（亩）"),
        text("责任单位", "office"),
        contacts("联系方式", "titles"),
    ]
    page.put(0, 0, "附件2")
    page.put(1, 0, "重点项目调度表")
    row = write_head(page, 2, columns)
    _rows(page, columns, projects(chance, 20), row, chance)
    page.merges.append((1, 0, 1, 12))
    return Case("old book", "调度.xls", xls([page]), page.records)


def cards(chance: random.Random) -> Case:
    """One form a project, stacked."""
    page = Page("项目卡片")
    row = 0
    for one in projects(chance, 6):
        page.put(row, 0, "招商项目登记卡")
        lines = (
            ("项目名称", one.name, "投资方", one.investor),
            ("总投资（亿元）", plain(one.planned / 10**8), "固定资产投资（亿元）", plain(one.fixed / 10**8)),
            ("所属产业", one.industry, "拟选址", one.site),
            (
                "项目阶段",
                one.stage
                and {
                    "lead": "线索",
                    "negotiating": "在谈",
                    "signed": "签约",
                    "registered": "注册",
                    "construction": "开工",
                    "production": "投产",
                    "terminated": "终止",
                }[one.stage],
                "责任单位",
                one.office,
            ),
            ("联系人", one.contacts[0][0], "联系电话", one.contacts[0][1]),
            ("进展情况", one.progress, "", ""),
        )
        for line, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells):
                page.put(row + line, column, value)
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "fixed_asset_investment": amount(one.fixed),
                "industry": one.industry,
                "site": one.site,
                "stage": one.stage,
                "task_force_or_unit": one.office,
                "contacts": [{"name": one.contacts[0][0], "phone": one.contacts[0][1]}],
                "progress_text": one.progress,
            },
            row + 1,
            row + 6,
        )
        row += 8
    return Case("cards", "卡片.xlsx", xlsx([page]), page.records)


def card_sheets(chance: random.Random) -> Case:
    """One form a sheet."""
    pages = []
    for number, one in enumerate(projects(chance, 4), start=1):
        page = Page(f"项目{number}")
        page.put(0, 0, "项目信息表")
        lines = (
            ("项目名称：", one.name),
            ("投资主体：", one.investor),
            ("计划总投资：", f"{digits(one.planned / 10_000)}万元"),
            ("建设内容：", one.description),
            ("用地面积：", f"{digits(one.land)}亩"),
            ("联系人：", f"{one.contacts[0][0]} {one.contacts[0][1]}"),
            ("目前进展：", one.progress),
        )
        for line, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells):
                page.put(line, column, value)
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "land_mu": float(one.land),
                "contacts": [{"name": one.contacts[0][0], "phone": one.contacts[0][1]}],
                "progress_text": one.progress,
                "stage": one.stage,
            },
            1,
            7,
        )
        pages.append(page)
    return Case("card sheets", "信息表.xlsx", xlsx(pages), [record for page in pages for record in page.records])


def two_lines(chance: random.Random) -> Case:
    """Two rows a record."""
    page = Page("表")
    for line, cells in enumerate(
        (
            ("序号", "项目名称", "总投资（万元）", "责任单位", "进展情况"),
            ("", "投资方", "固定资产投资（万元）", "联系人及电话", "选址"),
        )
    ):
        for column, head in enumerate(cells):
            page.put(line, column, head)
    page.merges.append((0, 0, 1, 0))
    row = 2
    for number, one in enumerate(projects(chance, 10), start=1):
        cell, _, gold = contacts("", "pairs").write(one, chance)
        for line, cells in enumerate(
            (
                (number, one.name, plain(one.planned / 10_000), one.office, one.progress),
                (None, one.investor, plain(one.fixed / 10_000), cell, one.site),
            )
        ):
            for column, value in enumerate(cells):
                page.put(row + line, column, value)  # type: ignore[arg-type]
        page.merges.append((row, 0, row + 1, 0))
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "fixed_asset_investment": amount(one.fixed),
                "task_force_or_unit": one.office,
                "progress_text": one.progress,
                "site": one.site,
                "stage": one.stage,
                **gold,
            },
            row,
            row + 1,
        )
        row += 2
    return Case("two lines", "两行.xlsx", xlsx([page]), page.records)


def ticks(chance: random.Random) -> Case:
    """Stages as columns of √ without a group head."""
    page = Page("进度表")
    words = (
        ("在谈", "negotiating"),
        ("已签约", "signed"),
        ("已注册", "registered"),
        ("已开工", "construction"),
        ("已投产", "production"),
    )
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("投资额（亿元）", "planned", "亿元"),
    ]
    for column, (word, _) in enumerate(words):
        page.put(0, 4 + column, word)
    row = write_head(page, 0, columns)
    only = chance.random() < 0.5
    for number, one in enumerate(projects(chance, 14, stages=tuple(code for _, code in words)), start=1):
        gold = write_row(page, row, columns, one, number, chance)
        reached = [code for _, code in words].index(one.stage)
        for place in [reached] if only else range(reached + 1):
            page.put(row, 4 + place, "√")
        add(page, {**gold, "stage": one.stage}, row)
        row += 1
    return Case("ticks", "进度.xlsx", xlsx([page]), page.records)


def monthly_columns(chance: random.Random) -> Case:
    """Months as columns under one head; funds at two dates."""
    page = Page("调度")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资（万元）", "planned", "万元"),
        other("截至4月底到位资金（万元）", lambda one, _: plain(one.funds / 20_000) if one.funds else None),
        money("截至5月底到位资金（万元）", "funds", "万元"),
        other("3月", lambda one, _: "企业来访", group="进展情况"),
        other("4月", lambda one, _: "继续洽谈", group="进展情况"),
        Column("5月", lambda one, _: (one.progress, "", {"progress_text": one.progress}), "进展情况"),
    ]
    row = write_head(page, 0, columns)
    for number, one in enumerate(projects(chance, 14), start=1):
        add(page, {**write_row(page, row, columns, one, number, chance), "stage": one.stage}, row)
        row += 1
    return Case("monthly columns", "月调度.xlsx", xlsx([page]), page.records)


def across(chance: random.Random) -> Case:
    """Projects in columns."""
    page = Page("横表")
    ones = projects(chance, 5)
    for line, label in enumerate(("序号", "项目名称", "投资方", "总投资（亿元）", "阶段", "责任单位", "进展情况")):
        page.put(line, 0, label)
    for place, one in enumerate(ones, start=1):
        word = stage("").write(one, chance)[0]
        for line, value in enumerate(
            (place, one.name, one.investor, plain(one.planned / 10**8), word, one.office, one.progress)
        ):
            page.put(line, place, value)
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "stage": one.stage,
                "task_force_or_unit": one.office,
                "progress_text": one.progress,
            },
            0,
            6,
            place,
        )
    return Case("across", "横表.xlsx", xlsx([page]), page.records)


def columns_beside(chance: random.Random) -> Case:
    """The same table twice, side by side."""
    page = Page("双栏")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资（亿元）", "planned", "亿元"),
        stage("阶段"),
    ]
    for left in (0, 6):
        write_head(page, 0, columns, left)
        for number, one in enumerate(projects(chance, 8), start=1):
            add(page, write_row(page, number, columns, one, number + left, chance, left), number, None, left)
    return Case("columns beside", "双栏.xlsx", xlsx([page]), page.records)


def prose_cells(chance: random.Random) -> Case:
    """A numbered paragraph a row, stage headings between."""
    page = Page("汇报")
    page.put(0, 0, "招商工作汇报（2023年5月）")
    row = 1
    for title, stages in (("一、签约项目", ("signed",)), ("二、在谈项目", ("negotiating",))):
        page.put(row, 0, title)
        row += 1
        for number, one in enumerate(projects(chance, 5, stages=stages), start=1):
            who, tel = one.contacts[0]
            page.put(
                row,
                0,
                f"{number}.{one.name}。投资方：{one.investor}，总投资{digits(one.planned / 10_000)}万元，其中固定资产投资{digits(one.fixed / 10_000)}万元，占地{digits(one.land)}亩。目前{one.progress}。联系人{who}{tel}。",
            )
            add(
                page,
                {
                    "project_name": one.name,
                    "investor": one.investor,
                    "planned_total_investment": amount(one.planned),
                    "fixed_asset_investment": amount(one.fixed),
                    "land_mu": float(one.land),
                    "progress_text": one.progress,
                    "stage": one.stage,
                    "contacts": [{"name": who, "phone": tel}],
                },
                row,
            )
            row += 1
    return Case("prose in cells", "汇报.xlsx", xlsx([page]), page.records)


def labelled_text(chance: random.Random) -> Case:
    """Chat messages of labelled lines with blank lines between."""
    lines: list[str] = []
    records = []
    for one in projects(chance, 7):
        start = len(lines) + 1
        who, tel = one.contacts[0]
        lines += [
            f"【项目名称】：{one.name}",
            f"【投资方】：{one.investor}",
            f"【总投资】：{digits(one.planned / 10**8)}亿元",
            f"【进展情况】：{one.progress}",
            f"【联系人】：{who} {tel}",
            "",
        ]
        records.append(
            {
                "row": {"sheet": "", "row": start, "last_row": start + 4},
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "progress_text": one.progress,
                "stage": one.stage,
                "contacts": [{"name": who, "phone": tel}],
            }
        )
    return Case("labelled text", "群消息.txt", "\n".join(lines).encode(chance.choice(("utf-8", "gb18030"))), records)


def web(chance: random.Random) -> Case:
    """A web page under the name .xls."""
    page = Page("")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资企业", "investor"),
        money("总投资", "planned", "亿元", group="投资额（亿元）"),
        money("固定资产", "fixed", "亿元", group="投资额（亿元）"),
        stage("状态"),
        text("进展", "progress"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 12), row, chance)
    return Case("web", "导出.xls", page_html(page), page.records)


def open_document(chance: random.Random) -> Case:
    """An OpenDocument sheet with text numbers."""
    page = Page("项目")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资（万元）", "planned", "万元", "text"),
        stage("阶段"),
        contacts("联系人", "reversed"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 12), row, chance)
    return Case("open document", "项目.ods", ods([page]), page.records)


def printed(chance: random.Random) -> Case:
    """Heads repeated on printed pages, page subtotals, blank rows inside."""
    page = Page("打印")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资（亿元）", "planned", "亿元", "mixed"),
        text("镇街", "office"),
        text("当前进展", "progress"),
    ]
    row, number = 0, 0
    page.put(0, 0, "招商项目表")
    row = 1
    for _ in range(3):
        row = write_head(page, row, columns)
        for one in projects(chance, 7):
            number += 1
            add(page, {**write_row(page, row, columns, one, number, chance), "stage": one.stage}, row)
            row += 1
        page.put(row, 1, "本页小计")
        row += 2
    return Case("printed pages", "打印.xlsx", xlsx([page]), page.records)


def bilingual(chance: random.Random) -> Case:
    """Heads in two languages."""
    page = Page("Projects")
    columns = [
        serial("No."),
        text("项目名称 Project Name", "name"),
        text("投资方 Investor", "investor"),
        money("总投资 Total Investment (RMB 100 million)", "planned", "亿元"),
        text("产业 Industry", "industry"),
        stage("阶段 Stage"),
        day("签约日期 Signing Date", ("date", "dot")),
        text("进展 Progress", "progress"),
        people("联系人 Contact"),
        phones("电话 Phone"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 15), row, chance)
    return Case("bilingual", "projects.xlsx", xlsx([page]), page.records)


def formats(chance: random.Random) -> Case:
    """Units as number formats, the literal point between digits."""
    page = Page("格式")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资", "planned", "万元", "format"),
        money("其中：固定资产投资", "fixed", "亿元", "format"),
        day("签约时间", ("monthformat", "date")),
        stage("阶段"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 15), row, chance)
    return Case("number formats", "格式.xlsx", xlsx([page]), page.records)


DEVELOPED = (
    title_unit, groups, industries, months, in_cells, foreign, export, old_book, cards, card_sheets, two_lines, ticks, monthly_columns,
    across, columns_beside, prose_cells, labelled_text, web, open_document, printed, bilingual, formats, no_unit, slipped,
)  # fmt: skip
