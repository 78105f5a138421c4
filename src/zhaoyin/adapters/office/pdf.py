"""A briefing as PDF, and its charts as PNG, set by Typst in this process: no network, no system font, no clock."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst

from zhaoyin.adapters.office.charts import chart_svg
from zhaoyin.engines.briefing.result import Chart, Document

DATA = Path(__file__).parent / "data"
PNG_DPI = 220


def _body(document: Document) -> str:
    """The document as the template reads it: canonical JSON with each chart drawn."""
    body = json.loads(document.canonical())
    charts = iter([block for block in document.blocks if isinstance(block, Chart)])
    for block in body["blocks"]:
        if block["block"] == "chart":
            block["svg"] = chart_svg(next(charts))
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def pdf(document: Document) -> bytes:
    """PDF on A4; the same bytes for the same document. Its date is the day of issue."""
    moment = datetime.combine(document.issued_on, datetime.min.time(), UTC)
    made = typst.compile(
        str(DATA / "briefing.typ"),
        root=str(DATA),
        font_paths=[str(DATA)],
        ignore_system_fonts=True,
        sys_inputs={"document": _body(document)},
        timestamp=moment,
    )
    return bytes(made or b"")


@lru_cache(maxsize=64)
def chart_png(chart: Chart) -> bytes:
    """The chart as PNG for Word."""
    made: object = typst.compile(
        str(DATA / "chart.typ"),
        root=str(DATA),
        font_paths=[str(DATA)],
        ignore_system_fonts=True,
        format="png",
        ppi=PNG_DPI,
        sys_inputs={"svg": chart_svg(chart)},
    )
    return made if isinstance(made, bytes) else bytes(made[0])  # type: ignore[index]
