"""Tables of the explorer: a figure by rows and columns, conversion rates, days in stages, earlier periods; league tables."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from zhaoyin.apps.accounts.access import Viewer
from zhaoyin.apps.ledger import clock
from zhaoyin.apps.projects.forms import STAGE_LABELS
from zhaoyin.apps.reports import queries
from zhaoyin.apps.reports.presentation import UNSAID, Links, figure_title
from zhaoyin.apps.reports.queries import Answer, part_names
from zhaoyin.apps.reports.targets import TARGET_OF, targets
from zhaoyin.apps.ui import wording
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Currency, Money, number_text
from zhaoyin.domain.period import Period
from zhaoyin.domain.region import region_name
from zhaoyin.engines.counting import Share
from zhaoyin.engines.counting.compare import Movement, period_before, progress, year_before
from zhaoyin.engines.counting.params import FigureRule

ROWS = ("task_force", "unit", "industry", "origin", "size")
COLUMNS = ("month", "quarter", "year", "whole")


def row_choices() -> list[tuple[str, str]]:
    """What rows may be."""
    words = (_("专班"), _("招引单位（按归属）"), _("产业"), _("来源地"), _("规模"))
    return list(zip(ROWS, words, strict=True))


def column_choices() -> list[tuple[str, str]]:
    """What columns may be."""
    return list(
        zip(
            COLUMNS,
            (
                _("按月"),
                _("按季"),
                _("按年"),
                _("不分"),
            ),
            strict=True,
        )
    )


def _row_name(key: str | None, rows: str, names: Mapping[str, str], bounds: tuple[Decimal, ...]) -> str:
    if key is None or key == "":
        return _("未指定") if rows != "size" else _("金额未知")
    if rows == "origin":
        return region_name(key, english=not in_chinese()) or key
    if rows == "size":
        return _band(int(key), bounds)
    return names.get(key, key)


def _band(place: int, bounds: tuple[Decimal, ...]) -> str:
    low = wording.money(bounds[place - 1], places=2) if place > 0 else ""
    high = wording.money(bounds[place], places=2) if place < len(bounds) else ""
    if low and high:
        return _("%(low)s 至 %(high)s") % {"low": low, "high": high}
    return _("%(low)s 以上") % {"low": low} if low else _("不到 %(high)s") % {"high": high} if high else _("全部")


def _shown(share: Share | None, rule: FigureRule) -> tuple[str, list[str]]:
    """The number of a cell, and what stands apart: unknown amounts, foreign money without a rate."""
    if share is None:
        return "", []
    if rule.measure != "amount":
        value = share.projects if rule.measure == "projects" else share.yuan
        return number_text(value.quantize(Decimal("0.01")).normalize() + 0), []
    beside = []
    if share.unknown:
        beside.append(_("另有 %(n)s 个金额未知") % {"n": number_text(share.unknown.normalize())})
    beside += [
        _("未折算 %(amount)s") % {"amount": wording.money(Money(amount, Currency(code)), places=2)}
        for code, amount in sorted(share.unconverted.items())
    ]
    if not share.yuan and beside:
        return "—", beside
    return wording.money(share.yuan, places=2), beside


def _column_of(month: str | None, columns: str) -> str:
    if columns == "whole":
        return ""
    return queries.span_of(month, columns) or ""


def pivot(
    found: Answer, *, rule: FigureRule, rows: str, columns: str, links: Links, language: str
) -> dict[str, object]:
    """The table with sums; each number is a link to its projects."""
    cells: dict[tuple[str | None, str], Share] = {}
    for (key, month), share in queries.matrix(found, figure=rule.name, by=rows).items():
        place = (key or None, _column_of(month, columns))
        cells[place] = cells.get(place, Share()) + share
    heads = sorted({column for _key, column in cells})
    names = part_names(zone_id=found.question.zone, english=not in_chinese())
    bounds = found.question.pack.size_bounds
    lines = []
    for key in sorted({key for key, _column in cells}, key=lambda one: _sort_key(one, rows, names)):
        parts = {column: cells.get((key, column)) for column in heads}
        lines.append(_line(_row_name(key, rows, names, bounds), parts, found, rule, rows, columns, key, links))
    return {"heads": [head or _("合计") for head in heads], "lines": lines, "whole": columns == "whole"}


def _sort_key(key: str | None, rows: str, names: Mapping[str, str]) -> tuple[bool, str]:
    return key is None, (key or "") if rows in {"size", "origin"} else names.get(key or "", "")


def _line(
    name: str, parts: Mapping[str, Share | None], found: Answer, rule: FigureRule, rows: str, columns: str, key: str | None,
    links: Links,
) -> dict[str, object]:  # fmt: skip
    total = Share()
    cells = []
    for column, share in parts.items():
        text, beside = _shown(share, rule)
        cells.append(
            {
                "text": text,
                "beside": beside,
                "url": _url(found, rule, rows, columns, key, column, links),
                "head": column,
            }
        )
        total = total + share if share is not None else total
    text, beside = _shown(total, rule)
    return {
        "name": name,
        "cells": cells,
        "total": text,
        "beside": beside,
        "url": _url(found, rule, rows, "whole", key, "", links),
    }


def _url(found: Answer, rule: FigureRule, rows: str, columns: str, key: str | None, column: str, links: Links) -> str:
    """The projects behind a cell: the row as a filter, the column as a narrower period with the same as-of day."""
    changes: dict[str, str | None] = {"figure": rule.name, rows: key or UNSAID}
    if columns == "month" and column:
        changes["month"] = column
    elif columns in {"quarter", "year"} and column:
        span = Period.parse(column)
        covered = found.question.period
        start, last = max(span.start, covered.start), min(span.last_day, covered.last_day)
        changes |= {"period": f"{start}/{last}", "as_of": found.count.identity.as_of.isoformat()}
    return links.figures(**changes) + "#records"


def ratio_lines(found: Answer) -> list[dict[str, object]]:
    """Conversion rates with what stands above and below the line."""
    values = queries.ratios(found)
    return [
        {
            "title": ratio.title if in_chinese() else ratio.title_en,
            "percent": value.percent,
            "above": number_text(value.numerator.normalize() + 0),
            "below": number_text(value.denominator.normalize() + 0),
        }
        for ratio in found.question.pack.ratios
        if (value := values.get(ratio.name)) is not None
    ]


def stage_lines(found: Answer) -> list[dict[str, object]]:
    """Median and quartiles of the days in each stage."""
    return [
        {
            "stage": STAGE_LABELS.get(time.stage, time.stage), "n": time.n, "median": _days(time.median), "lower": _days(time.lower),
            "upper": _days(time.upper), "still": time.still,
        }
        for time in queries.stage_times(found)
        if time.n or time.still
    ]  # fmt: skip


def _days(value: Decimal | None) -> str:
    return "—" if value is None else number_text(value.quantize(Decimal("0.1")).normalize() + 0)


def movement_lines(found: Answer, *, zone_id: object) -> list[dict[str, object]]:
    """Each figure beside the same days a year earlier and the stretch just before; both values are shown."""
    earlier = {}
    for name, shift in (("year", year_before), ("before", period_before)):
        earlier[name] = _shifted(found, shift(found.question.period), found.count.identity.as_of)
    lines = []
    for rule in found.question.pack.figures:
        now = _value(found, rule)
        line: dict[str, object] = {"title": figure_title(rule), "now": _number(now, rule)}
        for name, other in earlier.items():
            moved = Movement(_value(other, rule), now) if other is not None else None
            line[name] = "" if moved is None else _number(moved.before, rule)
            line[f"{name}_percent"] = None if moved is None else moved.percent
        lines.append(line)
    return lines


def _shifted(found: Answer, period: Period, as_of: date) -> Answer | None:
    """The same question about another period, counted to the same place in its days."""
    passed = (as_of - found.question.period.start).days
    upto = min(period.last_day, date.fromordinal(period.start.toordinal() + max(passed, 0)))
    try:
        asked = replace(found.asked, period=period, as_of=upto)
        return queries.answer(zone_id=found.question.zone, asked=asked, seen=found.last_seq)
    except InvalidValue:
        return None


def _value(found: Answer, rule: FigureRule) -> Decimal:
    figure = found.count.figures[rule.name]
    return Decimal(figure.total.projects) if rule.measure == "projects" else figure.total.yuan


def _number(value: Decimal, rule: FigureRule) -> str:
    return wording.money(value, places=2) if rule.measure == "amount" else number_text(value.normalize() + 0)


def leagues(*, viewer: Viewer, found: Answer) -> list[dict[str, object]]:
    """A table for each figure with targets, task forces by what share of the target is reached; and units by what they have.

    Ties share a rank; a task force without a target stands last and says so. Never persons.
    """
    period = found.question.period
    year = Period(date(period.start.year, 1, 1), date(period.start.year + 1, 1, 1))
    goals = targets(viewer=viewer, year=period.start.year)
    names = part_names(zone_id=viewer.zone_id, english=not in_chinese())
    tables: list[dict[str, object]] = []
    for rule in found.question.pack.figures:
        by_team = {
            key: share for key, share in queries.breakdown(found, figure=rule.name, by="task_force").items() if key
        }
        teams = set(by_team) | {team for team, indicator in goals if indicator == TARGET_OF.get(rule.name, rule.name)}
        lines = [_team_line(team, by_team.get(team, Share()), rule, goals, year, found) for team in teams]
        for line in lines:
            line["name"] = names.get(str(line["key"]), "")
        units = queries.breakdown(found, figure=rule.name, by="unit")
        tables.append(
            {
                "title": figure_title(rule),
                "teams": _ranked(lines),
                "units": _ranked(
                    [
                        {
                            "key": key,
                            "name": names.get(key, ""),
                            "value": _shown(share, rule)[0],
                            "by": _of(share, rule),
                        }
                        for key, share in units.items()
                        if key
                    ]
                ),
            }
        )
    return tables


def _of(share: Share, rule: FigureRule) -> Decimal:
    return share.projects if rule.measure == "projects" else share.yuan


def _team_line(
    team: str, share: Share, rule: FigureRule, goals: Mapping[tuple[str, str], Decimal], year: Period, found: Answer
) -> dict[str, object]:
    value, text = _of(share, rule), _shown(share, rule)[0]
    goal = goals.get((team, TARGET_OF.get(rule.name, rule.name)))
    line: dict[str, object] = {"key": team, "value": text or "0", "by": Decimal(-1), "target": "", "light": ""}
    if goal is None:
        return line
    wanted = goal * 10**8 if rule.measure == "amount" else goal
    line["target"] = _number(wanted, rule)
    if wanted <= 0:
        return line | {"zero": True}
    found_progress = progress(value, wanted, period=year, on=min(found.count.identity.as_of, clock.today()))
    tone = "green" if found_progress.ahead >= 0 else "yellow" if found_progress.ahead >= -10 else "red"
    words = {"green": _("不落后"), "yellow": _("略落后"), "red": _("落后")}
    return line | {
        "by": found_progress.achieved, "achieved": found_progress.achieved, "ahead": found_progress.ahead, "tone": tone,
        "light": words[tone],
    }  # fmt: skip


def _ranked(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """By value, ties share a rank."""
    ordered = sorted(lines, key=lambda line: (-_decimal(line["by"]), str(line["name"])))
    for line in ordered:
        line["rank"] = 1 + sum(_decimal(other["by"]) > _decimal(line["by"]) for other in ordered)
    return ordered


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
