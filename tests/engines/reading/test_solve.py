"""The reading engine as a whole: grounded, quiet on boilerplate, unmoved by bad input."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.project.stages import Outcome, ProjectKind, Stage
from zhaoyin.engines.reading.links import RelationKind
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve

ARTICLE = Path(__file__).parents[4] / "shared" / "seed" / "rizhao-article.txt"


def read(text: str, published: date | None = date(2024, 6, 1)) -> Reading:
    return solve(problem=ReadingProblem(text, published))


def test_it_reads_a_hand_checkable_note() -> None:
    reading = read("5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。")
    (draft,) = reading.projects
    assert draft.companies == ("无锡昱锵新材料有限公司",)
    assert draft.amount is not None and draft.amount.span.text == "2.5亿元"
    assert draft.name is not None and draft.name.text == "特种陶瓷项目"
    assert (draft.stage, draft.kind) == (Stage.SIGNED, ProjectKind.NEW)
    assert draft.dated is not None and draft.dated.value == "2024-05-06"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("昱锵新材料项目尚未签约,双方仍在洽谈。", Stage.NEGOTIATING),
        ("昱锵新材料签署框架协议,拟投资3亿元。", Stage.LEAD),
        ("昱锵新材料项目将于8月开工,协议已签。", Stage.SIGNED),
        ("昱锵新材料投资3亿元的厂房正在打桩。", Stage.CONSTRUCTION_STARTED),
        ("昱锵新材料已完成工商注册,计划投资3亿元。", Stage.REGISTERED),
    ],
)
def test_it_tells_plans_negations_and_papers_apart(text: str, stage: Stage) -> None:
    (draft,) = read(text).projects
    assert draft.stage is stage


def test_it_says_that_a_lost_project_is_lost() -> None:
    (draft,) = read("昱锵新材料不谈了,对方已转投邻市。").projects
    assert draft.outcome is Outcome.TERMINATED


def test_it_keeps_offsets_in_traditional_and_full_width_text() -> None:
    text = "１２月２０日，麗水意途器皿有限公司在蓮都經濟開發區拿到執照，計劃總投資１．６億元。"
    reading = read(text)
    assert all(text[name.span.start : name.span.end] == name.span.text for name in reading.names)
    (draft,) = reading.projects
    assert draft.companies == ("麗水意途器皿有限公司",)
    assert draft.amount is not None and draft.amount.money.value == 160_000_000


def test_it_yields_nothing_from_recommended_headlines() -> None:
    text = "首页 > 要闻 > 正文\n5月6日,无锡昱锵新材料有限公司签约落户,投资2亿元。\n相关推荐\n某某集团豪掷50亿元建厂\n3亿元!又融资了\n2025-05-05 10:00"
    reading = read(text)
    edge = text.index("相关推荐")
    assert [amount.span.text for amount in reading.amounts] == ["2亿元"]
    assert all(name.span.start < edge for name in reading.names)


def test_it_takes_the_publication_date_from_the_head_and_not_from_the_decoys() -> None:
    body = "5月6日,无锡昱锵新材料有限公司签约落户,投资2亿元,建设特种陶瓷生产基地,项目达产后可实现产值五亿元。"
    assert read(
        f"首页 > 正文\n2022-05-07 08:00 来源:本站\n{body}\n相关推荐\n别的新闻\n2025-05-28 22:30", None
    ).published_on == date(2022, 5, 7)
    assert read(f"{body}\n相关推荐\n别的新闻\n2025-05-28 22:30", None).published_on is None


def test_it_says_nothing_of_a_text_without_a_project() -> None:
    assert read("周六,售楼处门口排起了队,均价2.4万元一平,首付从78万元降到52万元。").projects == ()


@pytest.mark.parametrize(
    ("text", "code"), [("", "text-empty"), (" \n\t", "text-empty"), ("\x00\x01" * 500, "text-binary")]
)
def test_it_refuses_what_is_no_text(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read(text)
    assert caught.value.code == code


def test_it_finds_the_users_own_names_anywhere() -> None:
    reading = solve(problem=ReadingProblem("据悉,小满很想来看看。", None, known_companies=("小满",)))
    assert [(name.span.text, name.kind) for name in reading.names] == [("小满", Kind.COMPANY)]


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="苏州昱锵新材料有限公司投资3亿元的项目签约开工给它供应、,。;:()“”\n1月5日记者王在与和将已未 >|A",
        max_size=160,
    )
)
def test_it_never_fails_and_never_leaves_the_text(text: str) -> None:
    if not text.strip():
        return
    reading = read(text)
    spans = [
        *(name.span for name in reading.names),
        *(amount.span for amount in reading.amounts),
        *(day.span for day in reading.dates),
    ]
    assert all(0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text for span in spans)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the repository")
def test_it_reads_the_article() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    reading = read(text, date(2022, 6, 14))
    amounts = {
        draft.companies[0] if draft.companies else draft.name.text if draft.name else "": draft.amount
        for draft in reading.projects
    }
    for firm in ("贝诺斯", "益心达", "黄海数字智谷产业园项目"):
        amount = amounts[firm]
        assert amount is not None and amount.money.value == 1_000_000_000
    firms = {surface for draft in reading.projects for surface in draft.companies}
    assert {
        "江苏昆岳互联",
        "劲力传动",
        "永而佳电子科技有限公司",
        "海声尼克",
        "山东兴华半导体",
        "卓晶微",
        "亚亨智能设备",
        "沃嘉科技",
    } <= firms
    stages = {draft.companies[0]: draft.stage.value for draft in reading.projects if draft.companies}
    assert stages["沃嘉科技"] == "negotiating"
    assert stages["永而佳电子科技有限公司"] == "registered"
    followed = {
        (one.head[0], one.tail[0]) for one in reading.relations if one.kind is RelationKind.FOLLOWED and one.tail
    }
    assert {
        ("海声尼克", "永而佳电子科技有限公司"), ("山东兴华半导体", "永而佳电子科技有限公司"), ("亚亨智能设备", "卓晶微"), ("沃嘉科技", "卓晶微"), ("益心达", "贝诺斯"),
    } <= followed  # fmt: skip
    figures = {
        (one.indicator.value, one.count and int(one.count.value), one.amount and one.amount.span.text)
        for one in reading.statistics
    }
    assert figures == {("negotiating", 162, None), ("signed", 29, "58.4亿元")}
    edge = text.index("相关推荐")
    assert all(found.span.start < edge for found in (*reading.names, *reading.amounts, *reading.dates))
