"""Ledgers with amounts that nobody may read silently."""

import random
from decimal import Decimal

from benchmarks.sheets.cases import Case
from benchmarks.sheets.columns import Column, add, money, plain, serial, stage, text, write_head, write_row
from benchmarks.sheets.projects import Project, projects
from benchmarks.sheets.writing import Page, xlsx


def _rows(page: Page, columns: list[Column], ones: list[Project], row: int, chance: random.Random) -> int:
    for number, one in enumerate(ones, start=1):
        add(page, write_row(page, row, columns, one, number, chance), row)
        row += 1
    return row


def no_unit(chance: random.Random) -> Case:
    """No unit anywhere: every amount has to wait."""
    page = Page("表")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资", "planned", chance.choice(("万元", "亿元"))),
        stage("阶段"),
    ]
    row = write_head(page, 0, columns)
    _rows(page, columns, projects(chance, 12), row, chance)
    return Case("no unit", "无单位.xlsx", xlsx([page]), page.records, trap=True)


def slipped(chance: random.Random) -> Case:
    """One amount typed in another unit than the column's; the total tells."""
    page = Page("表")
    columns = [
        serial(),
        text("项目名称", "name"),
        text("投资方", "investor"),
        money("总投资（万元）", "planned", "万元"),
        stage("阶段"),
    ]
    row = write_head(page, 0, columns)
    ones = projects(chance, 12)
    last = _rows(page, columns, ones, row, chance)
    page.put(row + 4, 3, plain(ones[4].planned / 10**8))
    page.put(last, 0, "合计")
    page.put(last, 3, plain(sum((one.planned for one in ones), Decimal(0)) / 10_000))
    return Case("slipped unit", "错位.xlsx", xlsx([page]), page.records, trap=True)
