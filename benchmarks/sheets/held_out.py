"""Layouts and wordings that were written before the engine was tried on generated ledgers, and are scored apart.

Nobody tunes to them: their errors are looked at only when a release's numbers are written down.
"""

import random
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
from benchmarks.sheets.writing import Page, page_html, xls, xlsx
from benchmarks.sheets.writing import text as as_text


def twin_forms(chance: random.Random) -> Case:
    """Two forms beside each other, several below, labels in own words, unit beside the label."""
    page = Page("重点招商项目信息表")
    page.put(0, 0, "重点招商项目信息采集表（2023年5月）")
    row = 2
    ones = projects(chance, 10)
    for start in range(0, len(ones), 2):
        for side, one in enumerate(ones[start : start + 2]):
            left = side * 5
            labels = [
                (("项目名称", one.name), ("投资方名称", one.investor)),
                (("计划投资总额（万元）", plain(one.planned / 10_000)), ("其中固投（万元）", plain(one.fixed / 10_000))),
                (("拟落户地点", one.site), ("归属行业", one.industry)),
                (("招引责任单位", one.office), ("当前阶段", {"lead": "线索", "negotiating": "在谈", "signed": "已签约", "registered": "已注册", "construction": "已开工", "production": "已投产", "terminated": "已终止"}[one.stage])),
                (("企业联系人", one.contacts[0][0]), ("联系电话", one.contacts[0][1])),
                (("需用地（亩）", plain(one.land)), ("预计用工（人）", one.jobs)),
                (("最新进展", one.progress), ("", "")),
            ]  # fmt: skip
            for line, ((a, b), (c, d)) in enumerate(labels):
                for offset, value in enumerate((a, b, c, d)):
                    page.put(row + line, left + offset, value)
            gold: dict[str, object] = {
                "project_name": one.name, "investor": one.investor, "planned_total_investment": amount(one.planned),
                "fixed_asset_investment": amount(one.fixed), "site": one.site, "industry": one.industry, "task_force_or_unit": one.office,
                "stage": one.stage, "contacts": [{"name": one.contacts[0][0], "phone": one.contacts[0][1]}], "land_mu": float(one.land),
                "jobs": one.jobs, "progress_text": one.progress,
            }  # fmt: skip
            add(page, gold, row, row + 6, left)
        row += 9
    return Case("twin forms", "信息采集表.xlsx", xlsx([page]), page.records)


def turned(chance: random.Random) -> Case:
    """Projects in columns, labels in the first."""
    page = Page("对比")
    ones = projects(chance, 6, stages=("signed", "registered", "construction"))
    page.put(0, 0, "2023年上半年签约项目对比表（单位：亿元）")
    labels = ["项目", "投资企业", "投资总额", "固定资产投入", "签约日期", "落户园区", "牵头部门", "目前推进情况"]
    for line, label in enumerate(labels):
        page.put(2 + line, 0, label)
    for place, one in enumerate(ones, start=1):
        values = (
            one.name,
            one.investor,
            plain(one.planned / 10**8),
            plain(one.fixed / 10**8),
            one.signed,
            one.site,
            one.office,
            one.progress,
        )
        for line, value in enumerate(values):
            page.put(2 + line, place, value)
        assert one.signed is not None
        add(page, {
            "project_name": one.name, "investor": one.investor, "planned_total_investment": amount(one.planned),
            "fixed_asset_investment": amount(one.fixed), "signed_on": one.signed.isoformat(), "site": one.site,
            "task_force_or_unit": one.office, "progress_text": one.progress, "stage": one.stage,
        }, 2, 9, place)  # fmt: skip
    return Case("turned", "对比表.xlsx", xlsx([page]), page.records)


def three_lines(chance: random.Random) -> Case:
    """Three rows a record under a head of three rows."""
    page = Page("台账")
    heads = (
        ("序号", "项目名称", "投资额（万元）", "推进阶段"),
        ("", "投资单位", "用地（亩）", "联系人及电话"),
        ("", "建设内容", "用工（人）", "选址"),
    )
    for line, row in enumerate(heads):
        for column, head in enumerate(row):
            page.put(1 + line, column, head)
    page.merges.append((1, 0, 3, 0))
    page.put(0, 0, "在库招商项目台账")
    at = 4
    for number, one in enumerate(projects(chance, 14), start=1):
        cell, _, gold = contacts("", "pairs").write(one, chance)
        word = stage("").write(one, chance)[0]
        rows = (
            (number, one.name, plain(one.planned / 10_000), word),
            (None, one.investor, plain(one.land), cell),
            (None, one.description, one.jobs, one.site),
        )
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                page.put(at + line, column, value)
        page.merges.append((at, 0, at + 2, 0))
        add(page, {
            "project_name": one.name, "investor": one.investor, "planned_total_investment": amount(one.planned), "stage": one.stage,
            "land_mu": float(one.land), "jobs": one.jobs, "site": one.site, **gold,
        }, at, at + 2)  # fmt: skip
        at += 3
    return Case("three lines", "在库项目.xlsx", xlsx([page]), page.records)


def chat(chance: random.Random) -> Case:
    """A numbered list as sent in a chat, saved as text."""
    lines, records = ["各位领导，本周在谈项目汇报如下：", ""], []
    for number, one in enumerate(projects(chance, 9, stages=("negotiating",)), start=1):
        name, tel = one.contacts[0]
        lines.append(
            f"{number}. {one.investor}拟投资{digits(one.planned / 10**8)}亿元建设{one.name}，用地{digits(one.land)}亩，选址{one.site.split('、')[0]}。目前{one.progress}。联系人：{name} {tel}"
        )
        records.append({
            "row": {"sheet": "", "row": number + 2}, "project_name": one.name, "investor": one.investor,
            "planned_total_investment": amount(one.planned), "land_mu": float(one.land), "site": one.site.split("、")[0],
            "progress_text": one.progress, "stage": "negotiating", "contacts": [{"name": name, "phone": tel}],
        })  # fmt: skip
    return Case("chat", "本周汇报.txt", "\r\n".join(lines).encode("utf-8"), records)


def ticked(chance: random.Random) -> Case:
    """Stage and industry as columns of marks."""
    page = Page("进度")
    words = (
        ("洽谈", "negotiating"),
        ("签约", "signed"),
        ("注册", "registered"),
        ("开工", "construction"),
        ("投产", "production"),
    )
    fields = ("高端装备", "新能源", "新材料", "生物医药", "食品加工", "现代物流", "新一代信息技术")
    page.put(0, 0, "招商项目进度一览（万元）")
    base = ["序号", "招商项目名称", "投资商", "总投资"]
    for column, head in enumerate(base):
        page.put(1, column, head)
        page.merges.append((1, column, 2, column))
    page.put(1, 4, "产业类别")
    page.merges.append((1, 4, 1, 4 + len(fields) - 1))
    left = 4 + len(fields)
    page.put(1, left, "项目所处阶段")
    page.merges.append((1, left, 1, left + len(words) - 1))
    for column, head in enumerate((*fields, *(word for word, _ in words))):
        page.put(2, 4 + column, head)
    for number, one in enumerate(projects(chance, 16, stages=tuple(code for _, code in words)), start=1):
        row = number + 2
        for column, value in enumerate((number, one.name, one.investor, plain(one.planned / 10_000))):
            page.put(row, column, value)
        page.put(row, 4 + fields.index(one.industry), "●")
        reached = [code for _, code in words].index(one.stage)
        for place in range(reached + 1):
            page.put(row, left + place, "●")
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "industry": one.industry,
                "stage": one.stage,
            },
            row,
        )
    return Case("ticked", "进度一览.xlsx", xlsx([page]), page.records)


def weekly(chance: random.Random) -> Case:
    """Weeks as columns under one head, tab-separated UTF-16."""
    page = Page("")
    heads = ["序号", "项目名称", "投资主体", "总投资（亿元）", "专班", "第18周进展", "第19周进展", "第20周进展"]
    for column, head in enumerate(heads):
        page.put(0, column, head)
    for number, one in enumerate(
        projects(chance, 15, stages=("negotiating", "signed", "registered", "construction")), start=1
    ):
        row: list[object] = [
            number,
            one.name,
            one.investor,
            plain(one.planned / 10**8),
            one.force,
            "专班已与企业对接",
            one.progress if number % 3 == 0 else "赴企业考察",
            "" if number % 3 == 0 else one.progress,
        ]
        for column, value in enumerate(row):
            page.put(number, column, value)  # type: ignore[arg-type]
        add(
            page,
            {
                "project_name": one.name,
                "investor": one.investor,
                "planned_total_investment": amount(one.planned),
                "task_force_or_unit": one.force,
                "progress_text": one.progress,
                "stage": one.stage,
            },
            number,
        )
    return Case("weekly", "周调度.txt", as_text(page, delimiter="\t", encoding="utf-16"), page.records)


def web_page(chance: random.Random) -> Case:
    """A web page named .xls: merged offices, unit only in the caption row."""
    page = Page("")
    columns = [
        serial(),
        text("招引责任单位", "office"),
        text("项目名称", "name"),
        text("投资方名称", "investor"),
        money("协议投资额", "planned", "万元"),
        money("到资额", "funds", "万元"),
        stage("项目状态"),
        day("签订协议时间", ("cn", "dot", "ym")),
    ]
    page.put(0, 0, "招商引资项目情况表")
    page.merges.append((0, 0, 0, len(columns) - 1))
    page.put(1, 0, "单位：万元    截至：2023年6月10日")
    page.merges.append((1, 0, 1, len(columns) - 1))
    row = write_head(page, 2, columns)
    ones = sorted(projects(chance, 18), key=lambda one: one.office)
    start = row
    for number, one in enumerate(ones, start=1):
        gold = write_row(page, row, columns, one, number, chance)
        add(page, gold, row)
        if number == len(ones) or ones[number].office != one.office:
            if row > start:
                page.merges.append((start, 1, row, 1))
                for inner in range(start + 1, row + 1):
                    page.cells.pop((inner, 1), None)
            start = row + 1
        row += 1
    return Case("web page", "导出.xls", page_html(page), page.records)


def towns(chance: random.Random) -> Case:
    """A sheet a town, unit and currency in columns of their own."""
    pages = []
    for town in ("青石镇", "临港街道", "桃源镇"):
        page = Page(town)
        heads = ["序号", "招商项目", "投资企业", "投资额", "单位", "币种", "所属行业", "洽谈进展", "企业联系人", "手机"]
        page.put(0, 0, f"{town}招商项目统计表")
        for column, head in enumerate(heads):
            page.put(1, column, head)
        for number, one in enumerate(projects(chance, 8) + projects(chance, 2, foreign=True), start=1):
            row = number + 1
            unit = "万元" if one.currency == "USD" or chance.random() < 0.5 else "亿元"
            scaled = one.planned / (10_000 if unit == "万元" else 10**8)
            currency = "美元" if one.currency == "USD" else "人民币"
            values = [
                number,
                one.name,
                one.investor,
                plain(scaled),
                unit,
                currency,
                one.industry,
                one.progress,
                one.contacts[0][0],
                one.contacts[0][1],
            ]
            for column, value in enumerate(values):
                page.put(row, column, value)
            add(page, {
                "project_name": one.name, "investor": one.investor, "planned_total_investment": amount(one.planned, one.currency),
                "industry": one.industry, "progress_text": one.progress, "stage": one.stage, "task_force_or_unit": town,
                "contacts": [{"name": one.contacts[0][0], "phone": one.contacts[0][1]}],
            }, row)  # fmt: skip
        pages.append(page)
    return Case("towns", "各镇街.xlsx", xlsx(pages), [record for page in pages for record in page.records])


def beside(chance: random.Random) -> Case:
    """Talks on the left, signed ones on the right."""
    page = Page("Sheet1")
    page.put(0, 0, "招商项目情况（单位：万元）")
    columns = [serial(), text("项目名称", "name"), text("企业", "investor"), money("投资", "planned", "万元")]
    for left, title, code in ((0, "在谈项目", "negotiating"), (5, "签约项目", "signed")):
        page.put(1, left, title)
        page.merges.append((1, left, 1, left + 3))
        write_head(page, 2, columns, left)
        for number, one in enumerate(projects(chance, 11 if left else 8, stages=(code,)), start=1):
            gold = write_row(page, number + 2, columns, one, number, chance, left)
            add(page, {**gold, "stage": code}, number + 2, None, left)
    return Case("beside", "两栏.xlsx", xlsx([page]), page.records)


def old_formats(chance: random.Random) -> Case:
    """An old workbook where units and months are number formats."""
    page = Page("项目库")
    columns = [
        serial("编号"),
        text("工程名称", "name"),
        text("业主", "investor"),
        money("投资规模", "planned", "万元", "format"),
        money("其中固定资产", "fixed", "万元", "format"),
        day("签约年月", ("monthformat", "serial")),
        stage("状态"),
        land("用地面积（平方米）", "metres"),
    ]
    page.put(0, 0, "项目库（截至2023年6月30日）")
    row = write_head(page, 1, columns)
    for number, one in enumerate(projects(chance, 20), start=1):
        add(page, write_row(page, row, columns, one, number, chance), row)
        row += 1
    page.hidden_rows.add(row - 2)
    return Case("old formats", "项目库.xls", xls([page]), page.records)


def note_unit(chance: random.Random) -> Case:
    """Unit only in the note under the table; the total stands above the rows; sections carry their sums."""
    page = Page("汇总")
    columns = [
        serial(),
        both("项目", "bracket"),
        money("总投资", "planned", "亿元"),
        text("产业", "industry"),
        text("责任部门", "office"),
        contacts("对接人", "titles"),
        text("工作动态", "progress"),
    ]
    page.put(0, 0, "全区招商项目汇总")
    row = write_head(page, 1, columns)
    groups = [
        ("一、签约项目", "signed", projects(chance, 9, stages=("signed", "registered"))),
        ("二、在谈项目", "negotiating", projects(chance, 8, stages=("negotiating",))),
    ]
    everything = [one for _, _, ones in groups for one in ones]
    page.put(row, 0, "合计")
    page.put(row, 2, plain(sum((one.planned for one in everything), Decimal(0)) / 10**8))
    row += 1
    for title, _, ones in groups:
        page.put(row, 0, f"{title}（{len(ones)}个）")
        page.put(row, 2, plain(sum((one.planned for one in ones), Decimal(0)) / 10**8))
        row += 1
        for number, one in enumerate(ones, start=1):
            add(page, {**write_row(page, row, columns, one, number, chance), "stage": one.stage}, row)
            row += 1
    page.put(row, 0, "注：1.投资额单位为亿元；2.本表由各部门报送。")
    return Case("unit in the note", "汇总.xlsx", xlsx([page]), page.records)


def described(chance: random.Random) -> Case:
    """Amount, land and jobs only within the description."""
    page = Page("简表")
    heads = ["序号", "项目名称", "投资方", "项目基本情况", "推进情况", "责任单位"]
    page.put(0, 0, "拟签约项目简表")
    for column, head in enumerate(heads):
        page.put(1, column, head)
    for number, one in enumerate(projects(chance, 10, stages=("negotiating",)), start=1):
        row = number + 1
        told = f"项目计划总投资{digits(one.planned / 10**8)}亿元，占地{digits(one.land)}亩，{one.description}，达产后年产值{digits(one.planned / 10**8 * 2)}亿元，可带动就业{one.jobs}人。"
        for column, value in enumerate((number, one.name, one.investor, told, one.progress, one.office)):
            page.put(row, column, value)
        add(page, {
            "project_name": one.name, "investor": one.investor, "planned_total_investment": amount(one.planned), "land_mu": float(one.land),
            "jobs": one.jobs, "progress_text": one.progress, "task_force_or_unit": one.office, "stage": "negotiating",
        }, row)  # fmt: skip
    return Case("described", "简表.xlsx", xlsx([page]), page.records)


def own_words(chance: random.Random) -> Case:
    """A plain table whose heads are worded as nobody else does."""
    page = Page("Sheet1")
    columns = [
        serial(), text("招商项目全称", "name"), text("投资者全名", "investor"), money("拟投入总资金(亿)", "planned", "亿元"),
        money("当中用于固定资产(亿)", "fixed", "亿元"), money("截至目前已到账(万元)", "funds", "万元"), day("协议签署日", ("dot", "date", "eight")),
        text("归口产业链", "industry"), text("准备放在哪里", "site"), text("牵头跟进部门", "office"), stage("走到哪一步"),
        text("近期推进动态", "progress"), people("企业方负责人"), phones("负责人手机"), jobs("能解决多少就业（人）"), land("要多少地（亩）"),
        other("分管领导", lambda one, _: one.leader), other("预期年纳税(万元)", lambda one, chance: chance.choice((300, 500, 800))),
    ]  # fmt: skip
    page.put(0, 0, "2023年招商项目跟踪表")
    page.put(1, 0, "更新日期：2023年6月15日")
    row = write_head(page, 2, columns)
    for number, one in enumerate(projects(chance, 24), start=1):
        add(page, write_row(page, row, columns, one, number, chance), row)
        row += 1
    return Case("own words", "跟踪表.xlsx", xlsx([page]), page.records)


HELD_OUT = (
    twin_forms,
    turned,
    three_lines,
    chat,
    ticked,
    weekly,
    web_page,
    towns,
    beside,
    old_formats,
    note_unit,
    described,
    own_words,
)
__all__ = ["HELD_OUT", "Column", "Project"]
