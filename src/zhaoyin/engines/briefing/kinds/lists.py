"""Briefings that are lists: weekly progress (调度表), projects without progress."""

from zhaoyin.engines.briefing.draft import Draft
from zhaoyin.engines.briefing.result import NUMBER, Cell, Column, Document, Row
from zhaoyin.engines.briefing.sections import stuck_list, stuck_sentence


def progress_list(draft: Draft) -> Document:
    """调度表: project, stage, what moved, what is in the way, next step, by when, who answers."""
    problem, words = draft.problem, draft.words
    rows = problem.progress
    if rows:
        moved = len([row for row in rows if row.progress])
        slots = [draft.slot("listed", words.count(len(rows)) if words.zh else words.projects(len(rows)), ""), draft.slot("moved", words.count(moved), "")]  # fmt: skip
        text = words.pick(
            "本期调度项目{listed}个，其中{moved}个有新进展。",
            "{listed} under review, {moved} with progress in these days.",
        )
        draft.paragraph("progress", text, slots, "lead")
    if problem.quiet:
        shown = words.count(problem.quiet) if words.zh else words.projects(problem.quiet)
        text = words.pick(
            "另有{quiet}个在谈、在建项目本期无新进展、无约定事项，未列出。",
            "A further {quiet} under way, with nothing new and nothing agreed, are not listed.",
        )
        draft.paragraph("quiet", text, [draft.slot("quiet", shown, "")])
    columns = [
        Column(words.pick("序号", "No."), NUMBER, 1), Column(words.pick("项目名称", "Project"), width=5),
        Column(words.pick("当前阶段", "Stage"), width=2), Column(words.pick("本期进展", "Progress"), width=7),
        Column(words.pick("存在问题", "In the way"), width=5), Column(words.pick("下一步打算", "Next step"), width=5),
        Column(words.pick("时限", "By"), "day", 3), Column(words.pick("责任单位/责任人", "Responsible"), width=3),
    ]  # fmt: skip
    none = words.pick("无新进展", "none")
    lines = [
        Row(
            (Cell(str(n), n), Cell(row.name), Cell(row.stage or "—"), Cell(row.progress or none), Cell(row.difficulty or "—"),
             Cell(row.next_step or "—"), Cell(words.day(row.due_on), row.due_on), Cell(" ".join(filter(None, (row.team, row.responsible))) or "—"))
        )
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    draft.table("progress", words.pick("重点项目调度表", "Progress list"), columns, lines, wide=True, empty=words.pick("没有需要调度的项目。", "No project to review."))  # fmt: skip
    title = words.pick(
        f"{problem.team or problem.zone}招商项目调度表", f"{problem.team or problem.zone}: progress list"
    )
    return draft.document(title=title, subtitle=words.period(problem.period), orientation="landscape")


def stuck_projects(draft: Draft) -> Document:
    """Projects without progress, the longest silent first, with the last thing that happened and the next step."""
    problem, words = draft.problem, draft.words
    stuck_sentence(draft)
    stuck_list(draft, problem.stuck, whole=True)
    title = words.pick(
        f"{problem.team or problem.zone}停滞项目清单", f"{problem.team or problem.zone}: projects without progress"
    )
    until = words.long_day(problem.issued_on)
    subtitle = words.pick(
        f"（截至{until}，{problem.stuck_days}天以上无进展）", f"Silent for {problem.stuck_days} days or more on {until}"
    )
    return draft.document(title=title, subtitle=subtitle, orientation="landscape")
