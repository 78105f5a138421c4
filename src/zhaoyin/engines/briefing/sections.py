"""Parts that several kinds of briefing share: figures in a sentence, the league of task forces, the funnel, lists."""

from collections.abc import Sequence
from decimal import Decimal

from zhaoyin.engines.briefing.draft import Draft
from zhaoyin.engines.briefing.params import CHART_MONTHS, LEAGUE_NAMED
from zhaoyin.engines.briefing.problem import AMOUNT, PROJECTS, CauseRow, FigureRow, ProjectRow, TeamRow, Value
from zhaoyin.engines.briefing.result import MONEY, NUMBER, PERCENT, Cell, Chart, Column, Row, Series, Slot


def figure_clause(draft: Draft, row: FigureRow) -> tuple[str, list[Slot]]:
    """One figure in a sentence, with the change on a year and what stands apart from it."""
    words, value = draft.words, row.value
    slots = [draft.slot(row.name, words.value(value, row.measure))]
    unit = words.unit(row.measure)
    text = f"{row.title}{{{row.name}}}{unit}" if words.zh else f"{row.title.lower()}: {{{row.name}}}"
    if row.last_year is not None:
        now, before = Decimal(value.size(row.measure)), Decimal(row.last_year.size(row.measure))
        slots.append(draft.slot(f"{row.name}.change", words.change(now, before, row.measure), ""))
        text += f"{{{row.name}.change}}"
    if row.measure != PROJECTS:
        apart, more = apart_clause(draft, row)
        text, slots = text + apart, slots + more
    return text, slots


def apart_clause(draft: Draft, row: FigureRow) -> tuple[str, list[Slot]]:
    """Unknown amounts and foreign ones without a rate are never in the sum: the sentence says so."""
    words, slots, said = draft.words, [], []
    if row.value.unknown:
        key = f"{row.name}.unknown"
        slots.append(draft.slot(key, words.count(row.value.unknown) if words.zh else words.projects(row.value.unknown)))
        said.append(
            words.pick(
                f"其中{{{key}}}个项目{'投资额' if row.measure == AMOUNT else '用工'}未知，未计入",
                f"{{{key}}} with {'an amount' if row.measure == AMOUNT else 'jobs'} that is not known are left out",
            )
        )
    if row.value.unconverted:
        key = f"{row.name}.unconverted"
        slots.append(draft.slot(key, words.unconverted(row.value.unconverted)))
        said.append(words.pick(f"另有{{{key}}}未折算", f"a further {{{key}}} not converted"))
    if not said:
        return "", []
    return words.pick("（" + "；".join(said) + "）", " (" + "; ".join(said) + ")"), slots


def overview(draft: Draft, rows: Sequence[FigureRow], lead: str) -> None:
    """The headline paragraph; nothing at all gets a sentence of its own."""
    words, texts, slots = draft.words, [], []
    for row in rows:
        text, more = figure_clause(draft, row)
        texts.append(text)
        slots += more
    if not texts:
        return
    ending = words.pick("。", ".")
    draft.paragraph("overview", lead + words.pick("；", "; ").join(texts) + ending, slots, "lead")
    counted = [row for row in rows if row.measure == PROJECTS]
    if counted and not any(row.value.projects for row in counted):
        draft.paragraph(
            "overview-none",
            words.pick("统计区间内没有按本口径计入的项目。", "No project counts under these rules in these days."),
        )


def figures_table(draft: Draft, rows: Sequence[FigureRow]) -> None:
    """Figures beside last year and the target."""
    words = draft.words
    has_last = any(row.last_year is not None for row in rows)
    has_target = any(row.target for row in rows)
    columns = [Column(words.pick("指标", "Figure"), width=4), Column(words.pick("本期", "This period"), NUMBER)]
    if has_last:
        columns += [Column(words.pick("上年同期", "A year earlier"), NUMBER), Column(words.pick("增幅", "Change"), PERCENT)]  # fmt: skip
    if has_target:
        columns += [Column(words.pick("年度目标", "Year's target"), NUMBER), Column(words.pick("完成率", "Done"), PERCENT)]  # fmt: skip
    lines = []
    for row in rows:
        unit = f"（{words.unit(row.measure)}）" if words.unit(row.measure) else ""
        cells = [
            Cell(row.title + unit),
            Cell(
                words.value(row.value, row.measure),
                row.value.size(row.measure),
                draft.base,
                MONEY if row.measure == AMOUNT else "",
            ),
        ]
        if has_last:
            cells += [draft.value_cell(row.last_year, row.measure), draft.percent_cell(_growth(row))]
        if has_target:
            shown = _target_cell(draft, row.target, row.measure)
            cells += [shown, draft.percent_cell(done_share(row.value, row.measure, row.target))]
        lines.append(Row(tuple(cells)))
    draft.table("figures", words.pick("主要指标", "Main figures"), columns, lines)


def _target_cell(draft: Draft, target: Decimal | None, measure: str) -> Cell:
    if target is None:
        return Cell("—")
    return draft.money_cell(target) if measure == AMOUNT else Cell(f"{target.normalize():,f}", target)


def _growth(row: FigureRow) -> Decimal | None:
    if row.last_year is None:
        return None
    now, before = Decimal(row.value.size(row.measure)), Decimal(row.last_year.size(row.measure))
    return (now - before) * 100 / before if before else None


def done_share(value: Value, measure: str, target: Decimal | None) -> Decimal | None:
    """Percent of the target; None without one or when it is zero."""
    return Decimal(value.size(measure)) * 100 / target if target else None


def months_chart(draft: Draft, rows: Sequence[FigureRow]) -> None:
    """Projects by month, when there are months to compare."""
    words = draft.words
    counted = [row for row in rows if row.measure == PROJECTS and len(row.months) >= CHART_MONTHS][:3]
    if not counted or not any(value.projects for row in counted for _month, value in row.months):
        return
    months = tuple(words.month(month) for month, _value in counted[0].months)
    series = tuple(Series(row.title, tuple(Decimal(v.projects) for _m, v in row.months)) for row in counted)
    draft.chart(
        Chart("months", "bar", words.pick("逐月情况", "By month"), months, series, words.pick("个", "projects"))
    )


def shares_of(team: TeamRow, figures: Sequence[FigureRow]) -> list[Decimal]:
    """Percent of each target that the task force has."""
    found = []
    for row in figures:
        target, value = team.targets.get(row.name), team.values.get(row.name)
        share = done_share(value, row.measure, target) if value is not None and target else None
        if target and value is None:
            share = Decimal(0)
        found += [share] if share is not None else []
    return found


def ranked(draft: Draft) -> list[tuple[TeamRow, Decimal | None]]:
    """Task forces with the mean of their shares, best first; those without a target last."""
    found = []
    for team in draft.problem.teams:
        for row in draft.problem.figures:
            if team.targets.get(row.name) == 0:
                draft.remarks.append(
                    draft.words.pick(
                        f"{team.name}“{row.title}”的年度目标为 0，不能计算完成率：请在专班页改正或撤销这个目标。",
                        f"{team.name}: the year's target of “{row.title}” is 0, so no share can be computed; correct or withdraw it on the task force's page.",
                    )
                )
        shares = shares_of(team, draft.problem.figures)
        found.append((team, sum(shares, Decimal(0)) / len(shares) if shares else None))
    return sorted(found, key=lambda item: (item[1] is None, -(item[1] or Decimal(0)), item[0].name))


def league(draft: Draft) -> None:
    """Task forces against their targets and the time that has passed: a sentence, a table, a chart."""
    words, share = draft.words, draft.problem.time_share
    lines = ranked(draft)
    if not lines:
        return
    draft.section("各专班完成情况", "Task forces")
    held = [(team, done) for team, done in lines if done is not None]
    if held and share is not None:
        _league_sentence(draft, held, share)
    elif not held:
        draft.paragraph(
            "league-none", words.pick("专班尚未下达年度目标，仅列完成数。", "No yearly targets are set; results only.")
        )
    _league_table(draft, lines, share)
    if held:
        names = tuple(team.name for team, _done in held)
        values = tuple(done.quantize(Decimal("0.1")) for _team, done in held)
        label = words.pick("序时进度", "time elapsed")
        series = (Series(words.pick("平均完成率", "Mean share done"), values),)
        draft.chart(
            Chart("league-chart", "bar", words.pick("专班目标完成率", "Share of target done"), names, series, "%", share, label)
        )  # fmt: skip


def _league_sentence(draft: Draft, held: Sequence[tuple[TeamRow, Decimal]], share: Decimal) -> None:
    words = draft.words
    ahead = [team.name for team, done in held if done >= share]
    behind = [team.name for team, done in held if done < share][::-1]
    slots = [draft.slot("time_share", words.percent(share), "")]
    text = words.pick("按时间计算，序时进度为{time_share}。", "By time {time_share} of the year has passed. ")
    if ahead:
        slots.append(draft.slot("ahead", words.count(len(ahead)), ""))
        named = words.joined(ahead[:LEAGUE_NAMED])
        text += words.pick(
            f"完成进度快于序时的有{{ahead}}个专班，其中{named}进度靠前。" if len(ahead) > 1 else f"完成进度快于序时的有{{ahead}}个专班，为{named}。",
            f"Ahead of time: {{ahead}}, led by {named}. " if len(ahead) > 1 else f"Ahead of time: {{ahead}} ({named}). ",
        )  # fmt: skip
    if behind:
        slots.append(draft.slot("behind", words.count(len(behind)), ""))
        named = words.joined(behind[:LEAGUE_NAMED])
        which = "其中" if len(behind) > LEAGUE_NAMED else "为" if len(behind) == 1 else ""
        comma = "，" if len(behind) == 1 else ""
        verb = "needs" if len(behind) == 1 else "need"
        text += words.pick(
            f"慢于序时的有{{behind}}个专班，{which}{named}{comma}需加快进度。",
            f"Behind: {{behind}}; {named} {verb} to speed up.",
        )
    draft.paragraph("league", text.rstrip(), slots)


def _league_table(draft: Draft, lines: Sequence[tuple[TeamRow, Decimal | None]], share: Decimal | None) -> None:
    words, figures = draft.words, draft.problem.figures
    columns = [Column(words.pick("名次", "Rank"), NUMBER, 1), Column(words.pick("专班", "Task force"), width=4)]
    for row in figures:
        columns += [Column(row.title, MONEY if row.measure == AMOUNT else NUMBER, 3), Column(words.pick("完成率", "Done"), PERCENT, 2)]  # fmt: skip
    columns += [Column(words.pick("平均", "Mean"), PERCENT, 2), Column(words.pick("与序时相差（百分点）", "Against time (points)"), NUMBER, 2)]  # fmt: skip
    rows = []
    for place, (team, done) in enumerate(lines, 1):
        cells = [Cell(str(place), place) if done is not None else Cell("—"), Cell(team.name)]
        for row in figures:
            value = team.values.get(row.name)
            shown = draft.value_cell(value, row.measure) if value else draft.count_cell(0)
            share_done = done_share(value, row.measure, team.targets.get(row.name)) if value else None
            cells += [shown, draft.percent_cell(share_done if value else (Decimal(0) if team.targets.get(row.name) else None))]  # fmt: skip
        gap = done - share if done is not None and share is not None else None
        cells += [draft.percent_cell(done), draft.points_cell(gap)]
        rows.append(Row(tuple(cells)))
    total = [Cell(""), Cell(words.pick("合计", "Total"))]
    for row in figures:
        total += [draft.value_cell(row.value, row.measure), Cell("")]
    rows.append(Row((*total, Cell(""), Cell("")), "total"))
    draft.table("league", words.pick("专班目标完成情况", "Task forces against target"), columns, rows)


def funnel(draft: Draft) -> None:
    """How far the projects have come, and what share takes each step."""
    words, steps = draft.words, draft.problem.funnel
    if not steps or not steps[0].reached:
        return
    draft.section("项目转化情况", "Conversion")
    rows, before = [], 0
    for step in steps:
        rate = Decimal(step.reached) * 100 / before if before else None
        rows.append(Row((Cell(step.label), draft.count_cell(step.reached), draft.percent_cell(rate))))
        before = step.reached
    first, last = steps[0], steps[-1]
    slots = [draft.slot("funnel.first", words.count(first.reached)), draft.slot("funnel.last", words.count(last.reached))]  # fmt: skip
    text = words.pick(
        f"在册项目（含往年）中，到过“{first.label}”的{{funnel.first}}个，到过“{last.label}”的{{funnel.last}}个，各环节转化情况如下。",
        f"Of all projects in the ledger {{funnel.first}} have come to “{first.label}” and {{funnel.last}} to “{last.label}”.",
    )
    draft.paragraph("funnel", text, slots)
    columns = [Column(words.pick("环节", "Step"), width=4), Column(words.pick("到过的项目（个）", "Projects"), NUMBER), Column(words.pick("较上一环节", "Of the step before"), PERCENT)]  # fmt: skip
    draft.table("funnel", words.pick("项目转化", "Conversion"), columns, rows)
    labels = tuple(step.label for step in steps)
    draft.chart(
        Chart("funnel-chart", "funnel", words.pick("项目漏斗", "Funnel"), labels, (Series(words.pick("项目", "Projects"), tuple(Decimal(s.reached) for s in steps)),))
    )  # fmt: skip


def ratios(draft: Draft) -> None:
    """Conversion rates as the pack defines them, each with its two numbers; of nothing there is no rate."""
    words, rows = draft.words, draft.problem.ratios
    if not rows:
        return

    def shown(value: Decimal, measure: str) -> Cell:
        return draft.money_cell(value) if measure == AMOUNT else draft.count_cell(int(value))

    columns = [
        Column(words.pick("指标", "Rate"), width=4), Column(words.pick("分子", "Of"), NUMBER), Column(words.pick("分母", "In"), NUMBER),
        Column(words.pick("比率", "Rate"), PERCENT),
    ]  # fmt: skip
    lines = []
    for row in rows:
        rate = row.numerator * 100 / row.denominator if row.denominator else None
        cells = (Cell(row.title), shown(row.numerator, row.measure), shown(row.denominator, row.measure), draft.percent_cell(rate))  # fmt: skip
        lines.append(Row(cells))
    draft.table("ratios", words.pick("口径规定的转化率", "Rates of the rules"), columns, lines)


def causes(draft: Draft) -> None:
    """What moved a figure since the last time, as a waterfall and a list."""
    words, rows = draft.words, draft.problem.causes
    if not rows:
        return
    draft.section("数字变化原因", "What changed")
    since, changed = draft.problem.since, draft.problem.changed
    if since is not None and changed is not None and changed.last_year is not None:
        slots = [
            draft.slot("since.before", words.value(changed.last_year, changed.measure), ""),
            draft.slot("since.after", words.value(changed.value, changed.measure)),
        ]
        day, unit = words.long_day(since), words.unit(changed.measure)
        text = words.pick(
            f"与{day}所知的数字相比，{changed.title}由{{since.before}}{unit}变为{{since.after}}{unit}，逐项原因如下。",
            f"{changed.title} went from {{since.before}}, as known on {day}, to {{since.after}}; the causes:",
        )
        draft.paragraph("causes", text, slots)
    money = any(row.yuan for row in rows)
    columns = [Column(words.pick("原因", "Cause"), width=6), Column(words.pick("项目（个）", "Projects"), NUMBER)]
    total = CauseRow(
        label=words.pick("合计", "Total"),
        projects=sum(row.projects for row in rows),
        yuan=sum((row.yuan for row in rows), Decimal(0)),
    )
    lines = []
    for row in (*rows, total):
        cells = [Cell(row.label), Cell(f"{row.projects:+,d}", row.projects)]
        if money:
            cells.append(draft.money_cell(row.yuan))
        lines.append(Row(tuple(cells), "total" if row is total else "plain"))
    if money:
        columns.append(Column(words.pick("金额", "Amount"), MONEY))
    draft.table("causes", words.pick("变化原因", "Causes"), columns, lines)
    draft.chart(
        Chart(
            "causes-chart", "waterfall", words.pick("变化构成", "Causes of the change"), tuple(row.label for row in rows),
            (Series(words.pick("项目", "Projects"), tuple(Decimal(row.projects) for row in rows)),), words.pick("个", "projects"),
        )
    )  # fmt: skip


def signed_list(draft: Draft, rows: Sequence[ProjectRow]) -> None:
    """Newly signed projects."""
    words = draft.words
    columns = [
        Column(words.pick("序号", "No."), NUMBER, 1), Column(words.pick("项目名称", "Project"), width=6),
        Column(words.pick("所属产业", "Industry"), width=3), Column(words.pick("投资方来源", "Investor from"), width=2),
        Column(words.pick("计划总投资", "Planned total"), MONEY, 3), Column(words.pick("签约日期", "Signed on"), "day", 3),
        Column(words.pick("专班", "Task force"), width=3),
    ]  # fmt: skip
    lines = [
        Row(
            (Cell(str(n), n), Cell(row.name), Cell(row.industry or "—"), Cell(row.origin or "—"), draft.amount_cell(row.amount),
             Cell(words.day(row.day), row.day), Cell(row.team or "—"))
        )
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    draft.table("signed", words.pick("新签约项目一览", "Newly signed projects"), columns, lines, empty=words.pick("统计区间内没有新签约项目。", "No newly signed project in these days."))  # fmt: skip


def stuck_list(draft: Draft, rows: Sequence[ProjectRow], *, whole: bool = False) -> None:
    """Silent projects, the longest first; `whole` adds why and what next."""
    words = draft.words
    columns = [
        Column(words.pick("序号", "No."), NUMBER, 1), Column(words.pick("项目名称", "Project"), width=6),
        Column(words.pick("当前阶段", "Stage"), width=2), Column(words.pick("无进展天数", "Silent days"), NUMBER, 2),
        Column(words.pick("计划总投资", "Planned total"), MONEY, 3), Column(words.pick("专班", "Task force"), width=3),
    ]  # fmt: skip
    if whole:
        columns += [Column(words.pick("最近进展", "Last progress"), width=6), Column(words.pick("下一步打算", "Next step"), width=4), Column(words.pick("责任人", "Responsible"), width=2)]  # fmt: skip
    lines = []
    for n, row in enumerate(rows, 1):
        days = Cell(words.count(row.silent_days), row.silent_days) if row.silent_days is not None else Cell("—")
        cells = [Cell(str(n), n), Cell(row.name), Cell(row.stage or "—"), days, draft.amount_cell(row.amount), Cell(row.team or "—")]  # fmt: skip
        if whole:
            cells += [Cell(row.progress or "—"), Cell(row.next_step or "—"), Cell(row.responsible or "—")]
        lines.append(Row(tuple(cells)))
    n = draft.problem.stuck_days
    empty = words.pick(f"没有{n}天以上无进展的项目。", f"No project has been silent for {n} days or more.")
    draft.table(
        "stuck", words.pick("停滞项目清单", "Projects without progress"), columns, lines, wide=whole, empty=empty
    )


def stuck_sentence(draft: Draft) -> None:
    """How many, and how much stands still."""
    words, rows = draft.words, draft.problem.stuck
    number = draft.problem.stuck_total if draft.problem.stuck_total is not None else len(rows)
    if not number:
        return
    known = [row.amount for row in rows if row.amount is not None and row.amount.currency == "CNY"]
    unknown = len([row for row in rows if row.amount is None])
    slots = [draft.slot("stuck", words.count(number) if words.zh else words.projects(number), "")]
    days = draft.problem.stuck_days
    text = words.pick(f"{days}天以上无进展的项目{{stuck}}个", f"{{stuck}} without progress for {days} days or more")
    if number == len(rows) and known:
        slots.append(draft.slot("stuck.yuan", words.yuan(sum((a.value for a in known), Decimal(0))), ""))
        text += words.pick("，涉及计划总投资{stuck.yuan}", ", with {stuck.yuan} of planned investment")
        if unknown:
            slots.append(draft.slot("stuck.unknown", words.count(unknown), ""))
            text += words.pick("（另有{stuck.unknown}个投资额未知）", " (amounts of {stuck.unknown} not known)")
    if number > len(rows) > 0:
        text += words.pick(f"，下表列出其中停滞最久的{len(rows)}个", f"; the {len(rows)} longest are listed")
    draft.paragraph("stuck", text + words.pick("。请有关专班逐项分析原因，明确下一步措施和时限。", ". The task forces should name cause, next step and date for each."), slots)  # fmt: skip


def basis_section(draft: Draft) -> None:
    """口径说明."""
    words, basis = draft.words, draft.problem.basis
    if basis is None:
        return
    draft.section("口径说明", "Counting rules")
    draft.paragraph("basis", words.pick(f"本期数字按“{basis.pack_title}”（{basis.pack_version}）统计。{basis.pack_basis}", f"Figures are counted under “{basis.pack_title}” ({basis.pack_version}). {basis.pack_basis}"))  # fmt: skip
    draft.paragraph(
        "basis-amounts",
        words.pick(
            "投资额未知的项目计入项目数，不计入金额；外币金额没有汇率依据的单列为未折算；文中金额四舍六入五成双保留两位小数，准确值见附表。",
            "A project whose amount is not known counts as a project and not in amounts; foreign amounts without a rate stand apart; amounts in the text are rounded half to even to two places, exact values are in the workbook.",
        ),
    )
