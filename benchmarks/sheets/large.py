"""A large ledger of 20 columns, for speed."""

import random
from functools import cache

from benchmarks.sheets.columns import contacts, day, jobs, land, money, other, serial, stage, text, write_head
from benchmarks.sheets.projects import project
from benchmarks.sheets.writing import Page, xlsx


@cache
def large_ledger(rows: int) -> bytes:
    """The file; most texts are distinct, as in a real export."""
    chance = random.Random(5)
    page = Page("台账")
    columns = [
        serial(), text("项目名称", "name"), text("投资方", "investor"), money("计划总投资（万元）", "planned", "万元"), money("固定资产投资（万元）", "fixed", "万元"),
        money("到位资金（万元）", "funds", "万元"), stage("阶段"), day("签约时间", ("dot",)), text("所属产业", "industry"), text("选址", "site"),
        text("责任单位", "office"), text("进展情况", "progress"), contacts("联系人及电话", "pairs"), jobs("用工（人）"), land("用地（亩）"),
        other("建设内容", lambda one, _: one.description), other("责任领导", lambda one, _: one.leader), other("年产值（万元）", lambda one, c: c.randrange(90_000)),
        other("备注", lambda one, c: f"第{c.randrange(10**6)}号"), other("更新时间", lambda one, c: "2023-06-01"),
    ]  # fmt: skip
    row = write_head(page, 0, columns)
    for number in range(rows):
        one = project(chance)
        for place, column in enumerate(columns):
            content, _, _ = column.write(one, chance)
            page.put(
                row + number, place, number + 1 if place == 0 else f"{content}{number}" if place in {1, 11} else content
            )
    return xlsx([page])
