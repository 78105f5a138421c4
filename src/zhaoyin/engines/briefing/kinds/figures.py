"""Briefings of figures: the monthly bulletin (通报), a task force's report, the leader's page."""

from decimal import Decimal

from zhaoyin.engines.briefing.draft import Draft
from zhaoyin.engines.briefing.params import ON_ONE_PAGE
from zhaoyin.engines.briefing.result import Chart, Document, Series
from zhaoyin.engines.briefing.sections import (
    basis_section,
    causes,
    done_share,
    figures_table,
    funnel,
    league,
    months_chart,
    overview,
    signed_list,
    stuck_list,
    stuck_sentence,
)


def _lead(draft: Draft, who: str) -> str:
    when = draft.words.period(draft.problem.period)
    return draft.words.pick(f"{when}，{who}", f"{who}, {when}: ")


def _signed(draft: Draft) -> None:
    words, rows = draft.words, draft.problem.signed
    total = draft.problem.signed_total if draft.problem.signed_total is not None else len(rows)
    draft.section("新签约项目", "Newly signed projects")
    if total:
        text = words.pick("统计区间内新签约项目{signed.count}个", "{signed.count} newly signed in these days")
        shown = words.count(total) if words.zh else words.projects(total)
        if 0 < len(rows) < total:
            text += words.pick(f"，按签约日期列出其中{len(rows)}个", f"; {len(rows)} of them are listed by date")
        draft.paragraph("signed", text + words.pick("。", "."), [draft.slot("signed.count", shown)])
    signed_list(draft, rows)


def bulletin(draft: Draft) -> Document:
    """通报: figures, task forces against target and time, conversion, the signed, the stuck, the rules."""
    problem, words = draft.problem, draft.words
    draft.section("总体情况", "Overview")
    overview(draft, problem.figures, _lead(draft, problem.zone))
    figures_table(draft, problem.figures)
    months_chart(draft, problem.figures)
    league(draft)
    funnel(draft)
    causes(draft)
    _signed(draft)
    draft.section("停滞项目", "Projects without progress")
    stuck_sentence(draft)
    stuck_list(draft, problem.stuck)
    basis_section(draft)
    title = words.pick(f"{problem.zone}招商引资工作情况通报", f"{problem.zone}: investment promotion bulletin")
    return draft.document(title=title, subtitle=words.period(problem.period))


def team_report(draft: Draft) -> Document:
    """One task force: its figures, against its target, what it signed, what is under way and what stands still."""
    problem, words = draft.problem, draft.words
    draft.section("完成情况", "Results")
    overview(draft, problem.figures, _lead(draft, problem.team or problem.zone))
    figures_table(draft, problem.figures)
    target_sentence(draft)
    months_chart(draft, problem.figures)
    _signed(draft)
    draft.section("停滞项目", "Projects without progress")
    stuck_sentence(draft)
    stuck_list(draft, problem.stuck)
    basis_section(draft)
    name = problem.team or problem.zone
    return draft.document(title=words.pick(f"{name}工作报告", f"{name}: report"), subtitle=words.period(problem.period))


def target_sentence(draft: Draft) -> None:
    """Each figure with a target against the time that has passed; a target of zero is told to the writer."""
    words, share = draft.words, draft.problem.time_share
    texts, slots = [], []
    for row in draft.problem.figures:
        if row.target == 0:
            draft.remarks.append(
                words.pick(
                    f"“{row.title}”的年度目标为 0，不能计算完成率：请改正或撤销这个目标。",
                    f"The year's target of “{row.title}” is 0, so no share can be computed; correct or withdraw it.",
                )
            )
        done = done_share(row.value, row.measure, row.target)
        if done is None:
            continue
        key = f"{row.name}.done"
        slots.append(draft.slot(key, words.percent(done)))
        texts.append(words.pick(f"{row.title}完成年度目标的{{{key}}}", f"{row.title}: {{{key}}} of the year's target"))
        if share is not None:
            slots.append(draft.slot(f"{key}.gap", words.points(done - share)))
            texts[-1] += words.pick(f"（与序时相差{{{key}.gap}}个百分点）", f" ({{{key}.gap}} points against time)")
    if texts:
        draft.paragraph("targets", words.pick("；", "; ").join(texts) + words.pick("。", "."), slots)


def one_page(draft: Draft) -> Document:
    """The leader's page: the figures, how far the targets are, the largest signed, the longest stuck. Nothing that needs a second page."""
    problem, words = draft.problem, draft.words
    draft.section("一句话", "In short")
    overview(draft, problem.figures, _lead(draft, problem.zone))
    target_sentence(draft)
    gauge = [(row, done_share(row.value, row.measure, row.target)) for row in problem.figures if row.target]
    if gauge:
        values = tuple((done or Decimal(0)).quantize(Decimal("0.1")) for _row, done in gauge)
        draft.chart(
            Chart(
                "targets", "gauge", words.pick("年度目标完成率", "Share of the year's target"), tuple(row.title for row, _ in gauge),
                (Series(words.pick("完成率", "Done"), values),), "%", problem.time_share, words.pick("序时", "time"),
            )
        )  # fmt: skip
    else:
        months_chart(draft, problem.figures)
    draft.section("签约亮点", "Largest newly signed")
    largest = sorted(problem.signed, key=lambda row: -(row.amount.value if row.amount and row.amount.currency == "CNY" else 0))  # fmt: skip
    signed_list(draft, largest[:ON_ONE_PAGE])
    draft.section("需要过问的项目", "Projects to ask about")
    stuck_list(draft, problem.stuck[:ON_ONE_PAGE])
    title = words.pick(f"{problem.zone}招商引资一页通", f"{problem.zone}: investment promotion on one page")
    return draft.document(title=title, subtitle=words.period(problem.period))
