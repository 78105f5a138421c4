"""Columns of generated ledgers: how a field is written, and what the gold then is."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benchmarks.sheets.projects import CELL_STAGE, Project
from benchmarks.sheets.writing import Content, Page

Written = tuple[Content, str, dict[str, object]]
"""Content, number format, and the parts of the gold that it states."""


@dataclass(frozen=True)
class Column:
    """A head (with a group head above it) and how its cells are written."""

    head: str
    write: Callable[[Project, random.Random], Written]
    group: str = ""
    width: int = 1


def plain(value: Decimal) -> Content:
    """A number as a cell holds it."""
    return int(value) if value == value.to_integral_value() else float(value)


def digits(value: Decimal) -> str:
    """A number as text."""
    return format(value.normalize(), "f")


def amount(value: Decimal, currency: str = "CNY", **more: object) -> dict[str, object]:
    """Gold of an amount."""
    return {"value": float(value), "currency": currency, **more}


SCALES = {"元": 1, "万元": 10_000, "亿元": 100_000_000, "万美元": 10_000}
MONEY = {"planned": "planned_total_investment", "fixed": "fixed_asset_investment", "funds": "funds_in_place"}


def money(head: str, part: str, unit: str, style: str = "number", group: str = "") -> Column:
    """A money column. Styles: number, text (thousands), full (full-width), unit (in the cell), mixed, rough, format, trick."""
    field = MONEY[part]

    def write(one: Project, chance: random.Random) -> Written:
        value = getattr(one, part)
        if value is None:
            return chance.choice(("", "", "/", "-")), "", {}
        return _money(value, field, unit, style, one.currency, chance)

    return Column(head, write, group)


def _money(value: Decimal, field: str, unit: str, style: str, currency: str, chance: random.Random) -> Written:
    scaled = value / SCALES[unit]
    gold = {field: amount(value, currency)}
    if style == "number":
        return plain(scaled), "", gold
    if style == "text":
        return f"{scaled:,.2f}" if chance.random() < 0.5 and unit == "万元" else f"{digits(scaled)}", "", gold
    if style == "full":
        return (
            "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() or sign == "." else sign for sign in digits(scaled)),
            "",
            gold,
        )
    if style == "format":
        return plain(scaled), f'0.####"{unit}"', gold
    if style == "trick":
        return plain(value), '0!.0,"万元"' if value % 1000 == 0 else "0", gold
    written = _in_cell(value, currency, chance)
    if style == "mixed" and chance.random() < 0.6:
        return plain(scaled), "", gold
    if style in {"unit", "mixed"}:
        return written, "", gold
    roll = chance.random()
    if roll < 0.25:
        high = value * Decimal("1.2")
        scale, word = (Decimal(10**8), "亿") if value >= 10**8 else (Decimal(10**4), "万")
        tail = {"CNY": "元", "USD": "美元"}[currency]
        return (
            f"{digits(value / scale)}{chance.choice('-~—至')}{digits(high / scale)}{word}{tail}",
            "",
            {field: amount(value, currency, high=float(high))},
        )
    if roll < 0.5:
        return chance.choice(("约{}", "超{}", "不低于{}", "近{}")).format(written), "", gold
    return written + chance.choice(("左右", "", "以上")), "", gold


def _in_cell(value: Decimal, currency: str, chance: random.Random) -> str:
    if currency == "USD":
        return f"{digits(value / 10_000)}万{chance.choice(('美元', '美元', '美金'))}"
    if value >= 10**8 and chance.random() < 0.7:
        return f"{digits(value / 10**8)}亿{chance.choice(('元', '', '元人民币'))}"
    return (
        f"{value / 10_000:,.0f}万{chance.choice(('元', ''))}"
        if value % 10_000 == 0
        else f"{digits(value / 10_000)}万元"
    )


def text(head: str, field: str, group: str = "") -> Column:
    """A text column of one of the project's own texts."""
    names = {
        "name": "project_name",
        "investor": "investor",
        "industry": "industry",
        "office": "task_force_or_unit",
        "force": "task_force_or_unit",
        "site": "site",
        "progress": "progress_text",
    }
    return Column(head, lambda one, _: (getattr(one, field), "", {names[field]: getattr(one, field)}), group)


def other(head: str, make: Callable[[Project, random.Random], Content], group: str = "") -> Column:
    """A column that no field is read from."""
    return Column(head, lambda one, chance: (make(one, chance), "", {}), group)


def both(head: str, style: str, group: str = "") -> Column:
    """Investor and project in one cell."""

    def write(one: Project, chance: random.Random) -> Written:
        written = {
            "front": one.investor + one.name,
            "bracket": f"{one.name}（{one.investor}）",
            "lines": f"{one.investor}\n{one.name}",
            "colon": f"{one.investor}：{one.name}",
        }[style]
        return written, "", {"project_name": one.name, "investor": one.investor, "alt": {"project_name": [written]}}

    return Column(head, write, group)


def stage(head: str, group: str = "") -> Column:
    """A stage column."""
    return Column(head, lambda one, chance: (chance.choice(CELL_STAGE[one.stage]), "", {"stage": one.stage}), group)


def day(head: str, habits: tuple[str, ...], group: str = "") -> Column:
    """A signing date in one of several habits; the gold has the precision that is written."""

    def write(one: Project, chance: random.Random) -> Written:
        if one.signed is None:
            return chance.choice(("", "", "待定", "年底", "预计9月", "/")), "", {}
        return _day(one.signed, chance.choice(habits))

    return Column(head, write, group)


def _day(when: date, habit: str) -> Written:
    full, month = when.isoformat(), f"{when:%Y-%m}"
    forms: dict[str, tuple[Content, str, str]] = {
        "date": (when, "yyyy-mm-dd", full), "cn": (f"{when.year}年{when.month}月{when.day}日", "", full),
        "dot": (f"{when.year}.{when.month}.{when.day}", "", full), "slash": (f"{when.year % 100}/{when.month}/{when.day}", "", full),
        "eight": (f"{when:%Y%m%d}", "", full), "noyear": (f"{when.month}月{when.day}日", "", full), "month": (f"{when.month}月", "", month),
        "ym": (f"{when.year}.{when.month}", "", month), "cnmonth": (f"{when.year}年{when.month}月", "", month),
        "quarter": (f"{when.year}年{'一二三四'[(when.month - 1) // 3]}季度", "", f"{when.year}-Q{(when.month + 2) // 3}"),
        "serial": ((when - date(1899, 12, 30)).days, "", full), "monthformat": (when, 'yyyy"年"m"月"', month),
    }  # fmt: skip
    value, code, gold = forms[habit]
    return value, code, {"signed_on": gold}


def contacts(head: str, style: str, group: str = "") -> Column:
    """People and telephones in one cell."""

    def write(one: Project, chance: random.Random) -> Written:
        pairs = one.contacts
        gold = {"contacts": [{"name": name, "phone": number} for name, number in pairs]}
        titles = ("（总经理）", "（经理）", "", "总监 ")
        if style == "pairs":
            return (
                chance.choice(("、", "，", "\n", "；")).join(
                    f"{n}{chance.choice(('', ' ', '：', '/'))}{p}" for n, p in pairs
                ),
                "",
                gold,
            )
        if style == "titles":
            return "；".join(f"{n}{chance.choice(titles)}{p}" for n, p in pairs), "", gold
        if style == "apart":
            return "、".join(n for n, _ in pairs) + " " + "、".join(p for _, p in pairs), "", gold
        if style == "reversed":
            return "\n".join(f"{p} {n}" for n, p in pairs), "", gold
        return "、".join(f"{n} {p[:3]}-{p[3:7]}-{p[7:]}" for n, p in pairs), "", gold

    return Column(head, write, group)


def people(head: str, group: str = "") -> Column:
    """Names alone; the gold of contacts comes with the telephone column."""
    return Column(head, lambda one, _: ("、".join(name for name, _ in one.contacts), "", {}), group)


def phones(head: str, group: str = "") -> Column:
    """Telephones alone, in the order of the names."""
    return Column(
        head,
        lambda one, _: ("、".join(number for _, number in one.contacts), "", {"contacts": [{"name": n, "phone": p} for n, p in one.contacts]}),
        group,
    )  # fmt: skip


def jobs(head: str, style: str = "number", group: str = "") -> Column:
    """Jobs."""
    return Column(
        head, lambda one, _: ({"number": one.jobs, "unit": f"约{one.jobs}人"}[style], "", {"jobs": one.jobs}), group
    )


def land(head: str, style: str = "number", group: str = "") -> Column:
    """Land in mu, in square metres (head), or with its unit in the cell."""

    def write(one: Project, _: random.Random) -> Written:
        if style == "metres":
            return plain((one.land * 2000 / 3).quantize(Decimal(1))), "", {"land_mu": float(one.land)}
        return (plain(one.land) if style == "number" else f"{digits(one.land)}亩"), "", {"land_mu": float(one.land)}

    return Column(head, write, group)


def serial(head: str = "序号") -> Column:
    """A running number; the table writer counts."""
    return Column(head, lambda one, _: (None, "", {}), "")


def write_row(
    page: Page, row: int, columns: list[Column], one: Project, number: int, chance: random.Random, left: int = 0
) -> dict[str, object]:
    """One record on one row; returns its gold without the place."""
    gold: dict[str, object] = {}
    for offset, column in enumerate(columns):
        content, code, part = column.write(one, chance)
        page.put(
            row, left + offset, number if column.head in {"序号", "No.", "编号"} and content is None else content, code
        )
        gold.update(part)
    return gold


def write_head(page: Page, row: int, columns: list[Column], left: int = 0, *, merged: bool = True) -> int:
    """A head of one or two levels; returns the next row."""
    if not any(column.group for column in columns):
        for offset, column in enumerate(columns):
            page.put(row, left + offset, column.head)
        return row + 1
    at = 0
    while at < len(columns):
        group = columns[at].group
        end = at
        while group and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        if group:
            page.put(row, left + at, group)
            if end > at and merged:
                page.merges.append((row, left + at, row, left + end))
            for place in range(at, end + 1):
                page.put(row + 1, left + place, columns[place].head)
        else:
            page.put(row, left + at, columns[at].head)
            if merged:
                page.merges.append((row, left + at, row + 1, left + at))
        at = end + 1
    return row + 2


def add(
    page: Page, gold: dict[str, object], row: int, last: int | None = None, col: int | None = None, **more: object
) -> None:
    """Note a record (0-based row)."""
    place: dict[str, object] = {"sheet": page.name, "row": row + 1}
    if last is not None and last != row:
        place["last_row"] = last + 1
    if col is not None:
        place["col"] = col + 1
    page.records.append({"row": place, **gold, **more})
