"""Charts of a briefing as SVG: for the page, for print (Typst) and, through it, as PNG for Word. No library, no clock, no random id."""

import math
from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from zhaoyin.engines.briefing.result import Chart

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 640, 44, 12, 40, 34
COLOURS = ("#1f5fa8", "#d9822b", "#4c9a52", "#7d5ba6")
INK, PALE, UP, DOWN, MARK = "#333333", "#dfe5ec", "#c23b32", "#2f8f4e", "#c23b32"
FONT = "Zhaoyin Serif, Noto Serif CJK SC, Songti SC, SimSun, serif"
LABEL_LIMIT = 12
"""Longer names are cut in a chart; the table beside it has them whole."""


def text_width(text: str, size: float) -> float:
    """About how wide a text is: Chinese signs are as wide as they are high."""
    return sum(size if ord(sign) > 0x2E80 else size * 0.55 for sign in text)


class _Paper:
    def __init__(self, height: float) -> None:
        self.height = height
        self.parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{fill}"/>')  # fmt: skip

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> None:
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="1"{dash}/>')  # fmt: skip

    def text(self, x: float, y: float, text: str, *, anchor: str = "middle", size: int = 13, fill: str = INK) -> None:
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>')  # fmt: skip

    def path(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]

    def svg(self, title: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height:.0f}" width="{WIDTH}" '
            f'height="{self.height:.0f}" font-family="{FONT}" role="img"><title>{escape(title)}</title>'
            + "".join(self.parts)
            + "</svg>"
        )


def chart_svg(chart: Chart) -> str:
    """A self-contained SVG, 640 wide; the same bytes for the same chart."""
    drawers = {"line": _columns, "waterfall": _waterfall, "gauge": _bars, "funnel": _funnel}
    if chart.kind == "bar":
        long = any(text_width(name, 13) > 60 for name in chart.categories)
        return (_bars if long and len(chart.series) == 1 else _columns)(chart)
    return drawers[chart.kind](chart)


def _short(name: str) -> str:
    return name if len(name) <= LABEL_LIMIT or name.isascii() else name[: LABEL_LIMIT - 1] + "…"


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}" if value else "0"


def nice_top(highest: float) -> tuple[float, float]:
    """A round end of the axis and its step."""
    if highest <= 0:
        return 1.0, 1.0
    raw = highest / 4
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw)
    if highest >= 4:
        step = max(1.0, float(math.ceil(step)))
    return step * math.ceil(highest / step), step


def _head(paper: _Paper, chart: Chart) -> None:
    unit = f"（{chart.unit}）" if chart.unit and not chart.unit.isascii() else f" ({chart.unit})" if chart.unit else ""
    paper.text(LEFT - 30, 18, chart.title + unit, anchor="start", size=14)
    if len(chart.series) < 2:
        return
    x = float(WIDTH - RIGHT)
    for number in range(len(chart.series) - 1, -1, -1):
        name = chart.series[number].name
        x -= text_width(name, 12)
        paper.text(x, 18, name, anchor="start", size=12)
        x -= 16
        paper.rect(x, 8, 11, 11, COLOURS[number % len(COLOURS)])
        x -= 14


def _axis(paper: _Paper, top: float, step: float, bottom: float) -> None:
    for number in range(round(top / step) + 1):
        y = bottom - (bottom - TOP) * number * step / top
        paper.line(LEFT, y, WIDTH - RIGHT, y, PALE if number else INK)
        paper.text(LEFT - 6, y + 4, f"{number * step:g}", anchor="end", size=11)


def _columns(chart: Chart) -> str:
    """Grouped columns, or lines, over categories."""
    paper = _Paper(260)
    bottom = paper.height - BOTTOM
    _head(paper, chart)
    highest = max((float(v) for s in chart.series for v in s.values if v is not None), default=0.0)
    top, step = nice_top(max(highest, float(chart.mark or 0)))
    _axis(paper, top, step, bottom)
    slot = (WIDTH - LEFT - RIGHT) / max(len(chart.categories), 1)
    width = min(slot * 0.7 / max(len(chart.series), 1), 46)
    for at, series in enumerate(chart.series):
        points = []
        for place, value in enumerate(series.values):
            if value is None:
                continue
            height = (bottom - TOP) * float(value) / top
            x = LEFT + slot * (place + 0.5) + (at - len(chart.series) / 2) * width
            if chart.kind == "line":
                points.append((LEFT + slot * (place + 0.5), bottom - height))
            else:
                paper.rect(x + 1, bottom - height, width - 2, height, COLOURS[at % len(COLOURS)])
            middle = points[-1][0] if points else x + width / 2
            if width >= 14:
                paper.text(middle, bottom - height - 4, _number(value), size=11)
        if points:
            paper.path(points, COLOURS[at % len(COLOURS)])
    for place, name in enumerate(chart.categories):
        paper.text(LEFT + slot * (place + 0.5), bottom + 18, _short(name), size=12)
    if chart.mark is not None:
        y = bottom - (bottom - TOP) * float(chart.mark) / top
        paper.line(LEFT, y, WIDTH - RIGHT, y, MARK, dashed=True)
        paper.text(WIDTH - RIGHT, y - 5, f"{chart.mark_label} {chart.mark:.1f}", anchor="end", size=12, fill=MARK)
    return paper.svg(chart.title)


def _bars(chart: Chart) -> str:
    """Lying bars of one series, with the mark across; also the gauge, whose full length is 100 %."""
    values = chart.series[0].values
    row = 30
    paper = _Paper(TOP + row * len(values) + 22)
    _head(paper, chart)
    names = [_short(name) for name in chart.categories]
    left = 14 + max((text_width(name, 13) for name in names), default=0) + 10
    highest = max([*(float(value or 0) for value in values), float(chart.mark or 0)])
    top = max(100.0, highest) if chart.kind == "gauge" or chart.unit == "%" else nice_top(highest)[0]
    scale = (WIDTH - left - 70) / top
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        y = TOP + row * place
        paper.text(left - 8, y + 17, name, anchor="end")
        paper.rect(left, y + 5, top * scale, row - 12, "#eef2f6")
        paper.rect(left, y + 5, float(value or 0) * scale, row - 12, COLOURS[0])
        label = "—" if value is None else _number(value) + ("%" if chart.unit == "%" else "")
        paper.text(left + top * scale + 8, y + 18, label, anchor="start", size=12)
    if chart.mark is not None:
        x = left + float(chart.mark) * scale
        paper.line(x, TOP - 2, x, TOP + row * len(values), MARK, dashed=True)
        paper.text(x, TOP + row * len(values) + 14, f"{chart.mark_label} {chart.mark:.1f}%", size=12, fill=MARK)
    return paper.svg(chart.title)


def _funnel(chart: Chart) -> str:
    """Centred bars that grow narrower."""
    values = [float(value or 0) for value in chart.series[0].values]
    row = 28
    paper = _Paper(TOP + row * len(values) + 6)
    _head(paper, chart)
    names = [_short(name) for name in chart.categories]
    left = 14 + max((text_width(name, 13) for name in names), default=0) + 10
    room = WIDTH - left - 110
    top = max([*values, 1.0])
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        y = TOP + row * place
        width = room * value / top
        paper.text(left - 8, y + 17, name, anchor="end")
        paper.rect(left + (room - width) / 2, y + 3, width, row - 6, COLOURS[0])
        share = f"（{value * 100 / values[place - 1]:.1f}%）" if place and values[place - 1] else ""
        share = share.replace("（", " (").replace("）", ")") if all(name.isascii() for name in names) else share
        paper.text(left + room + 8, y + 18, f"{value:,.0f}{share}", anchor="start", size=12)
    return paper.svg(chart.title)


def _waterfall(chart: Chart) -> str:
    """Each cause begins where the one before it ended; the last column is the sum."""
    values = [float(value or 0) for value in chart.series[0].values]
    ends = [0.0]
    for value in values:
        ends.append(ends[-1] + value)
    low, high = min(ends), max(ends)
    top, step = nice_top(max(high - low, 1.0))
    paper = _Paper(260)
    bottom = paper.height - BOTTOM
    _head(paper, chart)
    scale = (bottom - TOP) / (top + step)
    zero = bottom + low * scale
    paper.line(LEFT, zero, WIDTH - RIGHT, zero, INK)
    total = "Σ"
    columns = [*zip(chart.categories, ends, ends[1:], strict=False), (total, 0.0, ends[-1])]
    slot = (WIDTH - LEFT - RIGHT) / len(columns)
    width = min(slot * 0.6, 46)
    for place, (name, begin, end) in enumerate(columns):
        x = LEFT + slot * (place + 0.5)
        colour = COLOURS[0] if name == total else UP if end >= begin else DOWN
        paper.rect(x - width / 2, zero - max(begin, end) * scale, width, abs(end - begin) * scale, colour)
        change = end - begin
        paper.text(x, zero - max(begin, end) * scale - 4, f"{change:+g}" if name != total else f"{end:+g}", size=11)
        room = max(int(slot / 12), 4)
        paper.text(x, bottom + 18, name if text_width(name, 12) <= slot else name[: room - 1] + "…", size=12)
    return paper.svg(chart.title)
