"""The tags that a Word template may use, and their values for one document."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhaoyin.engines.briefing.result import Chart, Document, Paragraph, Table

HEAD = {
    "title": "标题", "subtitle": "副标题（期间）", "issuer": "发文单位", "number": "期号", "date": "成文日期", "header": "页脚声明",
}  # fmt: skip
SUFFIXES = {
    "": "本期", "_change": "与上年同期相比", "_unknown": "投资额未知的项目数", "_unconverted": "未折算的外币",
    "_done": "年度目标完成率", "_done_gap": "与序时相差的百分点",
}  # fmt: skip
FIGURES = {
    "time_share": "序时进度", "ahead": "快于序时的专班数", "behind": "慢于序时的专班数", "funnel_first": "到过第一环节的项目",
    "funnel_last": "到过最后环节的项目", "signed_count": "新签约项目数", "stuck": "停滞项目数", "stuck_yuan": "停滞项目计划总投资",
    "stuck_unknown": "停滞项目中投资额未知的", "listed": "调度项目数", "moved": "有新进展的项目数", "since_before": "上次所知的数字", "since_after": "现在的数字", "quiet": "没有列出的项目数", "left": "没有列出的事实数", "meetings": "会面场数",
    "firms": "对接企业数", "projects": "涉及项目数", "hidden": "不在编制人查看范围内的项目数",
}  # fmt: skip
TEXTS = {
    "overview": "总体情况", "overview_none": "没有计入的项目时的说明", "targets": "目标完成情况", "league": "专班进度",
    "league_none": "没有目标时的说明", "funnel": "转化情况", "causes": "变化情况", "signed": "新签约情况", "stuck": "停滞情况", "basis": "口径说明",
    "basis_amounts": "金额说明", "progress": "调度情况", "quiet": "未列出的项目", "trip": "出差情况", "hidden": "未列名的说明",
}  # fmt: skip
COLUMNS = {
    "signed": ("no", "name", "industry", "origin", "planned_total", "signed_on", "task_force"),
    "stuck": ("no", "name", "stage", "silent_days", "planned_total", "task_force", "progress", "next_step", "responsible"),
    "progress": ("no", "name", "stage", "progress", "difficulty", "next_step", "due_on", "responsible"),
    "visits": ("no", "day", "place", "company", "people", "outcome"),
    "follow": ("no", "company", "next_step", "due_on", "responsible"),
    "funnel": ("step", "projects", "share"),
    "ratios": ("rate", "numerator", "denominator", "share"),
    "figures": ("figure", "value", "c3", "c4", "c5", "c6"),
    "league": ("rank", "task_force", *(f"c{n}" for n in range(3, 25))),
    "causes": ("cause", "projects", "amount"),
}  # fmt: skip
CHARTS = {
    "months": "逐月情况",
    "league_chart": "专班完成率",
    "funnel_chart": "漏斗",
    "causes_chart": "变化构成",
    "targets": "目标完成率",
}
FIGURE_NAMES = (
    "newly_negotiating", "newly_signed", "planned_total_of_newly_signed", "newly_registered", "newly_filed", "newly_started",
    "newly_in_production", "fixed_asset_of_newly_signed", "funds_in_place", "foreign_capital", "jobs",
)  # fmt: skip
"""Figures of the packs that come with the program; a document brings those of its own pack."""
LEAF: None = None


def plain(key: str) -> str:
    """A key as a tag: dots and dashes are underscores."""
    return key.replace(".", "_").replace("-", "_")


def known_tags(names: Iterable[str] = ()) -> dict[str, Any]:
    """The tree of tags: None is a value, a dict has parts, a list of one dict can be looped over."""
    figures = [*FIGURE_NAMES, *names]
    return {
        **dict.fromkeys(HEAD, LEAF),
        "figures": {
            **dict.fromkeys(FIGURES, LEAF),
            **{plain(name) + suffix: LEAF for name in figures for suffix in SUFFIXES},
            **{f"fact{n}": LEAF for n in range(1, 41)},
        },
        "text": {
            **dict.fromkeys(TEXTS, LEAF),
            **{f"{kind}{n}": LEAF for kind in ("visit", "fact") for n in range(1, 41)},
        },
        "tables": {name: [dict.fromkeys((*columns, "style"), LEAF)] for name, columns in COLUMNS.items()},
        "charts": dict.fromkeys(CHARTS, LEAF),
        "notes": [{"mark": LEAF, "text": LEAF}],
    }


def values_of(document: Document) -> dict[str, Any]:
    """Values of all tags for a document; what it does not have is empty. Charts are left to the caller, by id."""
    figures = {plain(key): slot.text for key, slot in document.slots().items()}
    tree = known_tags(figures)
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in tree["tables"]}
    for block in document.blocks:
        if isinstance(block, Table):
            tables[plain(block.id)] = _rows(block)
    texts = {plain(block.id): block.text for block in document.blocks if isinstance(block, Paragraph)}
    return {
        "title": document.title, "subtitle": document.subtitle, "issuer": document.issuer, "number": document.number,
        "date": document.date_text, "header": document.header,
        "figures": {**dict.fromkeys(tree["figures"], ""), **figures}, "text": {**dict.fromkeys(tree["text"], ""), **texts},
        "tables": tables, "notes": [{"mark": note.mark, "text": note.text} for note in document.footnotes],
    }  # fmt: skip


def charts_of(document: Document) -> dict[str, Chart]:
    """Charts by tag."""
    return {plain(block.id): block for block in document.blocks if isinstance(block, Chart)}


def _rows(table: Table) -> list[dict[str, str]]:
    names = COLUMNS.get(table.id, ())
    rows = []
    for row in table.rows:
        found: dict[str, str] = dict.fromkeys(names, "")
        for place, cell in enumerate(row.cells):
            found[names[place] if place < len(names) else f"c{place + 1}"] = cell.text
        rows.append({**found, "style": row.style})
    return rows


def paths(tree: Mapping[str, Any], before: str = "") -> list[str]:
    """All tags as they are written."""
    found = []
    for name, inside in tree.items():
        if isinstance(inside, dict):
            found += paths(inside, f"{before}{name}.")
        else:
            found.append(f"{before}{name}")
    return found
