"""Briefings around meetings: the report of a trip from its notes, the two pages before a meeting from cited facts."""

from zhaoyin.engines.briefing.draft import Draft
from zhaoyin.engines.briefing.params import LINE_SIGNS, LINES, LONGEST_FACT, MEETINGS_SHOWN
from zhaoyin.engines.briefing.problem import FactRow, VisitRow
from zhaoyin.engines.briefing.result import NUMBER, Cell, Column, Document, Row


def trip_report(draft: Draft) -> Document:
    """Where, whom, what came of it, what is promised to whom by when."""
    problem, words = draft.problem, draft.words
    visits = sorted(problem.visits, key=lambda row: (row.day, row.company))
    draft.section("基本情况", "The trip")
    _trip_sentence(draft, visits)
    draft.section("会面情况", "Meetings")
    for number, visit in enumerate([visit for visit in visits if visit.note], 1):
        if visit.note:
            where = "".join((words.long_day(visit.day), words.pick("，", ", "), visit.place, words.pick("，", ", ") if visit.place else "", visit.company))  # fmt: skip
            draft.paragraph(f"visit{number}", f"{words.pick(f'（{number}）', f'({number}) ')}{where}{words.pick('。', '. ')}{visit.note}")  # fmt: skip
    _visits_table(draft, visits)
    draft.section("后续事项", "What follows")
    _follow_ups(draft, visits)
    title = problem.subject or words.pick(
        f"{problem.team or problem.zone}外出招商报告", f"{problem.team or problem.zone}: trip report"
    )
    return draft.document(title=title, subtitle=words.period(problem.period))


def _trip_sentence(draft: Draft, visits: list[VisitRow]) -> None:
    problem, words = draft.problem, draft.words
    who, when = problem.team or problem.zone, words.period(problem.period)
    if not visits:
        draft.paragraph("trip", words.pick(f"{when}，{who}没有会面记录。", f"{who}, {when}: no meeting was noted."))
        return
    places = list(dict.fromkeys(visit.place for visit in visits if visit.place))
    firms = len({visit.company for visit in visits})
    slots = [draft.slot("meetings", words.count(len(visits)), ""), draft.slot("firms", words.count(firms), "")]
    where = words.pick(f"赴{words.joined(places)}开展招商活动" if places else "开展招商活动", f" in {words.joined(places)}" if places else "")  # fmt: skip
    text = words.pick(
        f"{when}，{who}{where}，会面{{meetings}}场，对接企业{{firms}}家。",
        f"{who}, {when}: {{meetings}} meeting{'s' if len(visits) != 1 else ''} with {{firms}} firm{'s' if firms != 1 else ''}{where}.",
    )
    projects = len({visit.project for visit in visits if visit.project})
    if projects:
        slots.append(draft.slot("projects", words.count(projects), ""))
        text = text[:-1] + words.pick("，涉及项目{projects}个。", "; projects concerned: {projects}.")
    draft.paragraph("trip", text, slots, "lead")


def _visits_table(draft: Draft, visits: list[VisitRow]) -> None:
    words = draft.words
    columns = [
        Column(words.pick("序号", "No."), NUMBER, 1), Column(words.pick("日期", "Day"), "day", 3),
        Column(words.pick("地点", "Place"), width=2), Column(words.pick("企业（项目）", "Firm (project)"), width=5),
        Column(words.pick("参加人员", "Present"), width=3), Column(words.pick("成果", "Outcome"), width=4),
    ]  # fmt: skip
    rows = [
        Row(
            (Cell(str(n), n), Cell(words.day(v.day), v.day), Cell(v.place or "—"), Cell(f"{v.company}（{v.project}）" if v.project and v.project != v.company else v.company),
             Cell(v.people or "—"), Cell(v.outcome or "—"))
        )
        for n, v in enumerate(visits, 1)
    ]  # fmt: skip
    draft.table("visits", words.pick("会面一览", "Meetings"), columns, rows, empty=words.pick("没有会面记录。", "No meeting was noted."))  # fmt: skip


def _follow_ups(draft: Draft, visits: list[VisitRow]) -> None:
    words = draft.words
    open_ = [visit for visit in visits if visit.next_step]
    columns = [
        Column(words.pick("序号", "No."), NUMBER, 1), Column(words.pick("企业（项目）", "Firm (project)"), width=5),
        Column(words.pick("下一步", "Next step"), width=6), Column(words.pick("时限", "By"), "day", 3), Column(words.pick("责任人", "Responsible"), width=2),
    ]  # fmt: skip
    rows = [
        Row((Cell(str(n), n), Cell(v.company), Cell(v.next_step), Cell(words.day(v.due_on), v.due_on), Cell(v.responsible or "—")))
        for n, v in enumerate(open_, 1)
    ]  # fmt: skip
    draft.table("follow", words.pick("后续事项清单", "Follow-up"), columns, rows, empty=words.pick("没有约定后续事项。", "Nothing was agreed to follow."))  # fmt: skip


def _fitting(facts: tuple[FactRow, ...], lines: int) -> list[FactRow]:
    """The first facts that fit on the lines; each also needs the line of its source."""
    kept: list[FactRow] = []
    for fact in facts:
        lines -= -(-min(len(fact.text), LONGEST_FACT) // LINE_SIGNS) + 1
        if lines < 0:
            break
        kept.append(fact)
    return kept


def meeting_briefing(draft: Draft) -> Document:
    """At most two pages before a meeting: who they are, what they want, what was said, what is agreed; each fact with its source."""
    problem, words = draft.problem, draft.words
    visits = sorted(problem.visits, key=lambda row: row.day)[-MEETINGS_SHOWN:]
    kept = _fitting(problem.facts, LINES - 3 * len(visits))
    by_topic: dict[str, list[FactRow]] = {}
    for fact in kept:
        by_topic.setdefault(fact.topic, []).append(fact)
    if not by_topic:
        draft.paragraph("none", words.pick("没有可引用的事实。先把来源读进线索或项目页。", "There are no facts to cite. Read a source into a lead or project first."))  # fmt: skip
    number = 0
    for topic, facts in by_topic.items():
        draft.section(topic, topic)
        for fact in facts:
            number += 1
            day = f"{words.pick('，', ', ')}{fact.day.isoformat()}" if fact.day else ""
            mark = draft.note(words.pick(f"来源：{fact.source}{day}。", f"Source: {fact.source}{day}."))
            text = fact.text if len(fact.text) <= LONGEST_FACT else fact.text[: LONGEST_FACT - 1] + "…"
            draft.paragraph(f"fact{number}", f"{{fact{number}}}", [draft.slot(f"fact{number}", text, mark)])
    if len(kept) < len(problem.facts):
        left = draft.slot("left", words.count(len(problem.facts) - len(kept)), "")
        draft.paragraph(
            "left", words.pick("另有{left}条见项目页。", "{left} more on the project's page."), [left], "note"
        )
    if visits:
        draft.section("往来经过", "History")
        _visits_table(draft, visits)
    title = problem.subject or words.pick("会面简报", "Meeting briefing")
    return draft.document(title=title, subtitle=words.long_day(problem.issued_on))
