"""Documents from rows: what they say, what they never lose. Small enough to be checked by hand."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.briefing.sample import PERIOD, basis, problem
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.period import Period
from zhaoyin.engines.briefing import KINDS, Document, apply_edits, document_from, reworded, solve, source_of
from zhaoyin.engines.briefing.problem import Amount, FigureRow, ProjectRow, RatioRow, TeamRow, Value, VisitRow
from zhaoyin.engines.briefing.result import Chart, Paragraph, Table
from zhaoyin.engines.briefing.words import Words

GOLDEN = Path(__file__).parent / "golden"


def paragraph(document: Document, name: str) -> Paragraph:
    return next(one for one in document.paragraphs() if one.id == name)


def table(document: Document, name: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.id == name)


def text_of(document: Document) -> str:
    return "\n".join(one.text for one in document.paragraphs())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_writes_the_document_that_was_read_and_approved(kind: str, language: str) -> None:
    """To approve a change: delete the file, run again, read the difference."""
    path = GOLDEN / f"{kind}-{language}.json"
    said = json.dumps(
        json.loads(solve(problem(kind, language)).canonical()), ensure_ascii=False, indent=1, sort_keys=True
    )
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(said + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == said + "\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_reads_back_to_the_same_document(kind: str, language: str) -> None:
    document = solve(problem(kind, language))
    assert document_from(json.loads(document.canonical())) == document
    assert solve(problem(kind, language)).sha256 == document.sha256


def test_it_writes_the_sentence_of_an_official() -> None:
    said = paragraph(solve(problem()), "overview").text
    assert said == (
        "2026年1—5月，云岚高新区新增洽谈项目162个，同比增加12个、增长8.0%；新签约项目29个，同比减少3个、下降9.4%；"
        "新签约计划总投资58.4亿元，同比增加18.4亿元、增长46.0%（其中3个项目投资额未知，未计入；另有1,200万美元未折算）。"
    )


def test_it_writes_the_same_in_english() -> None:
    said = paragraph(solve(problem(language="en")), "overview").text
    assert "29, down 3 (9.4%) on a year earlier" in said
    assert "5.84 billion yuan" in said
    assert "12 million US dollars not converted" in said


def test_it_gives_each_figure_of_a_sentence_its_footnote() -> None:
    document = solve(problem())
    slots = paragraph(document, "overview").slots
    assert {slot.note for slot in slots if not slot.key.endswith(".change")} == {"1"}
    note = document.footnotes[0].text
    for part in ("county-contract-date", "2025.1", "2026-01-01 至 2026-05-31", "第 812 号", "ab" * 6, "cd" * 8):
        assert part in note


def test_it_says_how_the_figures_are_known() -> None:
    by_day = solve(problem(basis=basis(known_on=date(2026, 3, 10)))).footnotes[0].text
    by_report = solve(problem(basis=basis(known_on=date(2026, 3, 10), by_report=True))).footnotes[0].text
    assert "按记录2026-03-10所知" in by_day
    assert "按台账报送截止2026-03-10所知" in by_report


def figure(now: int, before: int | None) -> FigureRow:
    last = None if before is None else Value(projects=before)
    return FigureRow(
        name="newly_signed", title="新签约项目", measure="projects", value=Value(projects=now), last_year=last
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (5, None, "新签约项目5个。"),
        (5, 5, "新签约项目5个，与上年同期持平。"),
        (5, 0, "新签约项目5个（上年同期为零）。"),
        (0, 0, "新签约项目0个，与上年同期持平。"),
        (0, 4, "新签约项目0个，同比减少4个、下降100.0%。"),
    ],
)
def test_it_words_every_change_on_the_year(now: int, before: int | None, said: str) -> None:
    document = solve(problem(figures=(figure(now, before),)))
    assert paragraph(document, "overview").text.endswith(said)


def test_it_says_when_nothing_counts() -> None:
    said = text_of(solve(problem(figures=(figure(0, None),), signed=(), signed_total=0, teams=(), stuck=(), funnel=())))
    assert "统计区间内没有按本口径计入的项目。" in said


def test_it_tells_the_writer_of_a_target_of_zero_and_keeps_the_rest() -> None:
    teams = (TeamRow(name="甲专班", values={"newly_signed": Value(projects=2)}, targets={"newly_signed": Decimal(0)}),)
    document = solve(problem(teams=teams))
    assert "甲专班“新签约项目”的年度目标为 0" in document.remarks[0]
    assert any(cell.text == "—" for cell in table(document, "league").rows[0].cells)


def test_it_ranks_by_share_of_target_and_names_no_person() -> None:
    rows = table(solve(problem()), "league").rows
    assert [row.cells[1].text for row in rows] == ["新一代信息技术专班", "高端装备制造专班", "现代服务业专班", "合计"]
    assert rows[2].cells[0].text == "—"


def test_it_says_how_many_are_not_named() -> None:
    assert "另有1个项目不在编制人的查看范围内，计入数字但未列出名称。" in text_of(solve(problem()))


def test_it_leaves_an_unknown_amount_unknown() -> None:
    cell = table(solve(problem()), "signed").rows[1].cells[4]
    assert (cell.text, cell.value) == ("未知", None)


def test_it_keeps_the_leaders_page_short() -> None:
    rows = tuple(ProjectRow(name=f"样例{n}", amount=Amount(value=Decimal(n * 10**8))) for n in range(1, 40))
    document = solve(problem("one-page", signed=rows, stuck=rows))
    assert [row.cells[1].text for row in table(document, "signed").rows] == ["样例39", "样例38", "样例37"]


def test_it_takes_braces_in_a_name_for_no_figure() -> None:
    visit = VisitRow(day=date(2026, 5, 1), company="某{overview}公司", note="谈了{newly_signed}")
    document = solve(problem("trip", visits=(visit,), team="{team}专班"))
    assert "｛newly_signed｝" in text_of(document)
    assert not any("{" in one.text for one in document.paragraphs())


def test_it_cites_a_source_for_each_fact() -> None:
    document = solve(problem("meeting"))
    marks = [slot.note for one in document.paragraphs() for slot in one.slots if slot.key.startswith("fact")]
    assert [document.footnotes[int(mark) - 1].text for mark in marks] == [
        "来源：企业官网“关于我们”，2026-04-02。", "来源：5月12日会面记录。",
    ]  # fmt: skip


def test_it_draws_what_changed_as_a_waterfall() -> None:
    chart = next(block for block in solve(problem()).blocks if isinstance(block, Chart) and block.kind == "waterfall")
    assert chart.categories == ("新签约", "合并")
    assert chart.series[0].values == (Decimal(4), Decimal(-1))


def test_it_names_the_nearest_kind() -> None:
    with pytest.raises(InvalidValue) as caught:
        solve(replace(problem(), kind="bulettin"))
    assert caught.value.params["near"] == "bulletin"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2026-01/2026-05", "2026年1—5月", "January–May 2026"),
        ("2026-05", "2026年5月", "May 2026"),
        ("2026-Q2", "2026年二季度", "Q2 2026"),
        ("2026", "2026年", "2026"),
        ("2026-05-04/2026-05-10", "2026年5月4日至5月10日", "4 May 2026 to 10 May 2026"),
        ("2025-12-29/2026-01-04", "2025年12月29日至2026年1月4日", "29 December 2025 to 4 January 2026"),
        ("2026-05-04", "2026年5月4日", "4 May 2026"),
    ],
)
def test_it_writes_a_period_as_people_say_it(period: str, zh: str, en: str) -> None:
    assert Words("zh").period(Period.parse(period)) == zh
    assert Words("en").period(Period.parse(period)) == en


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("5840000000", "58.4亿元", "5.84 billion yuan"), ("35000000", "3,500万元", "35 million yuan"), ("0", "0元", "0 yuan"),
        ("9999", "9,999元", "9,999 yuan"), ("123456789012", "1,234.57亿元", "123.46 billion yuan"),
    ],
)  # fmt: skip
def test_it_writes_money_in_the_unit_that_suits_it(yuan: str, zh: str, en: str) -> None:
    assert Words("zh").yuan(Decimal(yuan)) == zh
    assert Words("en").yuan(Decimal(yuan)) == en


def test_it_counts_people_in_people() -> None:
    row = FigureRow(
        name="jobs", title="新签约用工", measure="jobs", value=Value(projects=18, yuan=Decimal(3200), unknown=2),
        last_year=Value(projects=9, yuan=Decimal(1600)), target=Decimal(5000),
    )  # fmt: skip
    document = solve(problem(figures=(row,)))
    assert paragraph(document, "overview").text.endswith(
        "新签约用工3,200人，同比增加1,600人、增长100.0%（其中2个项目用工未知，未计入）。"
    )
    cells = table(document, "figures").rows[0].cells
    assert [cell.text for cell in cells] == ["新签约用工（人）", "3,200", "1,600", "100.0%", "5,000", "64.0%"]


def test_it_shows_a_rate_with_its_two_numbers_and_none_of_nothing() -> None:
    rates = (RatioRow(title="签约率", numerator=Decimal(29), denominator=Decimal(162)), RatioRow(title="开工率", numerator=Decimal(0), denominator=Decimal(0)))  # fmt: skip
    rows = table(solve(problem(ratios=rates)), "ratios").rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["签约率", "29", "162", "17.9%"],
        ["开工率", "0", "0", "—"],
    ]


# Wording


def test_it_changes_the_words_and_not_the_figures() -> None:
    document = solve(problem())
    edited, refused = apply_edits(document, {"overview": "开局良好：签约{newly_signed}个{newly_signed.change}，洽谈{newly_negotiating}个{newly_negotiating.change}，投资{planned_total}{planned_total.change}，{planned_total.unknown}个未知，{planned_total.unconverted}未折算。"})  # fmt: skip
    assert refused == {}
    assert paragraph(edited, "overview").text.startswith("开局良好：签约29个，同比减少3个")
    assert edited.slots() == document.slots()
    assert edited.sha256 != document.sha256


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("没有数字了", "briefing-figure-lost"), ("{behind}{ahead}{time_share}{invented}", "briefing-figure-unknown"),
        ("{behind}{ahead}{ahead}{time_share}", "briefing-figure-twice"), ("字" * 4001, "briefing-text-too-long"),
    ],
)  # fmt: skip
def test_it_refuses_a_wording_that_loses_or_invents_a_figure(text: str, code: str) -> None:
    document = solve(problem())
    edited, refused = apply_edits(document, {"league": text, "basis": "口径从略。"})
    assert refused["league"].code == code
    assert paragraph(edited, "league") == paragraph(document, "league")
    assert paragraph(edited, "basis").text == "口径从略。"


def test_it_does_not_lose_the_wording_of_a_paragraph_that_is_gone() -> None:
    _document, refused = apply_edits(solve(problem()), {"nowhere": "我的话"})
    assert (refused["nowhere"].code, refused["nowhere"].params["value"]) == ("briefing-paragraph-gone", "我的话")


quantities = st.builds(
    Value, projects=st.integers(0, 10**6), yuan=st.decimals(0, 10**13, places=2), unknown=st.integers(0, 999),
    unconverted=st.lists(st.tuples(st.sampled_from(["USD", "EUR", "JPY"]), st.decimals(1, 10**10, places=0)), max_size=2).map(tuple),
)  # fmt: skip
names = st.text("abcd{}甲乙.", min_size=1, max_size=8)
figures = st.lists(
    st.builds(
        FigureRow, name=st.sampled_from(["a", "b", "c"]), title=names, measure=st.sampled_from(["projects", "amount", "jobs"]), value=quantities,
        last_year=st.none() | quantities, target=st.none() | st.decimals(0, 1000, places=0),
    ),
    max_size=3, unique_by=lambda row: row.name,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    rows=figures, language=st.sampled_from(["zh", "en"]), kind=st.sampled_from(["bulletin", "one-page", "task-force"])
)
def test_it_loses_no_figure_whatever_the_rows(rows: list[FigureRow], language: str, kind: str) -> None:
    document = solve(problem(kind, language, figures=tuple(rows), teams=()))
    words, slots = Words(language), document.slots()
    for row in rows:
        assert slots[row.name].text == words.value(row.value, row.measure)
        if row.measure == "amount" and row.value.unknown:
            assert str(row.value.unknown) in slots[f"{row.name}.unknown"].text.replace(",", "")
        if row.measure == "amount" and row.value.unconverted:
            assert f"{row.name}.unconverted" in slots
    for one in document.paragraphs():
        assert reworded(one, source_of(one)).slots == one.slots


@settings(max_examples=120, deadline=None)
@given(text=st.text(max_size=60), order=st.randoms(use_true_random=False))
def test_it_keeps_every_figure_through_any_wording(text: str, order: object) -> None:
    document = solve(problem())
    source = paragraph(document, "league")
    keys = ["{" + slot.key + "}" for slot in source.slots]
    order.shuffle(keys)  # type: ignore[attr-defined]
    clean = text.replace("{", "").replace("}", "")
    edited, refused = apply_edits(document, {"league": clean.join(keys)})
    assert refused == {}
    assert edited.slots() == document.slots()


def test_it_covers_the_period_of_its_problem() -> None:
    assert problem().period == PERIOD
