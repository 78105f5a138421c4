"""Turns of phrase that decide who, how much and how far: each in a sentence of its own."""

from datetime import date

import pytest

from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve


def _read(text: str, published_on: date = date(2024, 6, 30)) -> Reading:
    return solve(problem=ReadingProblem(text, published_on))


def _records(text: str, published_on: date = date(2024, 6, 30)) -> list[tuple[str, float | None, str]]:
    return [
        (
            draft.companies[0] if draft.companies else "",
            float(draft.amount.money.value) if draft.amount else None,
            stage_label(draft),
        )
        for draft in _read(text, published_on).projects
    ]


def test_amounts_are_dealt_out_in_order_over_a_list_of_three() -> None:
    text = "会上签下三单。旻砾铝业有限公司、祎澜净化有限公司、沄泽轴承有限公司分别投资8亿元、1.2亿元和3000万元。"
    assert _records(text) == [
        ("旻砾铝业有限公司", 8e8, "signed"),
        ("祎澜净化有限公司", 1.2e8, "signed"),
        ("沄泽轴承有限公司", 3e7, "signed"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("旻砾铝业有限公司正式签约,投资额从原定的2亿元提到3.5亿元。", 3.5e8),
        ("旻砾铝业有限公司已经开工,总投资从5亿元缩到3亿元。", 3e8),
        ("旻砾铝业有限公司已投产,新厂一共花了4.6亿元。", 4.6e8),
    ],
)
def test_the_amount_that_holds_now(text: str, value: float) -> None:
    assert [amount for _, amount, _ in _records(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "祎澜净化有限公司退还保证金100万元,项目已终止。",
        "祎澜净化有限公司以1580万元竞得工业用地一宗。",
        "祎澜净化有限公司欠着400万元工程款,已不再推进。",
    ],
)
def test_deposits_debts_and_the_price_of_land_are_no_investment(text: str) -> None:
    assert all(amount is None for _, amount, _ in _records(text))


def test_a_question_and_an_if_tell_no_fact() -> None:
    assert _records("祎澜净化有限公司2亿元的项目已签约。通电算投产?")[0][2] == "signed"
    assert _records("祎澜净化有限公司2亿元的项目已打桩。再不复工,依法收回。")[0][2] == "construction"


def test_a_month_in_a_january_look_back_is_last_year() -> None:
    assert _records("祎澜净化有限公司2亿元的项目3月投产、8月入规。", date(2024, 1, 8))[0][2] == "production"
    assert _records("祎澜净化有限公司2亿元的项目计划3月投产。", date(2024, 1, 8))[0][2] != "production"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("起点机器人创始人焦帆带着团队签了投资合同,3.8亿元。", "起点机器人"),
        ("由皖江明天铜箔有限公司投资2亿元的项目已开工。", "皖江明天铜箔有限公司"),
        ("循环时代(宜宾)资源有限公司上周办好营业执照。", "循环时代(宜宾)资源有限公司"),
        ("中山九月灯饰老板刘志说,已经签了合同。", "中山九月灯饰"),
    ],
)
def test_names_of_plain_words_and_of_days(text: str, name: str) -> None:
    assert name in {found.span.text for found in _read(text).names if found.kind.value == "company"}


def test_a_verb_before_a_name_is_none_of_it() -> None:
    names = {found.span.text for found in _read("有消息称旭砾电池将在当地建厂,投资15亿元。").names}
    assert "旭砾电池" in names
    assert not any(name.startswith("称") for name in names)


def _links(text: str) -> set[tuple[str, str, str]]:
    return {(one.kind.value, one.head[0], one.tail[0]) for one in _read(text).relations if one.tail}


def test_who_sells_buys_lends_owns_and_invests() -> None:
    assert ("supplier_of", "祎澜净化有限公司", "旻砾铝业有限公司") in _links(
        "旻砾铝业有限公司已投产。为它供滤芯的祎澜净化有限公司租下厂房,总投资1.6亿元,已开始出货。"
    )
    assert ("followed", "祎澜净化有限公司", "旻砾铝业有限公司") in _links(
        "旻砾铝业有限公司已投产。为它供滤芯的祎澜净化有限公司租下厂房,总投资1.6亿元,已开始出货。"
    )
    assert ("customer_of", "祎澜净化有限公司", "旻砾铝业有限公司") in _links(
        "祎澜净化有限公司买走旻砾铝业有限公司一半的货。"
    )
    assert ("subsidiary_of", "祎澜净化有限公司", "旻砾控股集团有限公司") in _links(
        "祎澜净化有限公司项目已签约。该公司由旻砾控股集团有限公司控股。"
    )
    assert ("fund_invested", "青砾产业投资基金", "祎澜净化有限公司") in _links(
        "青砾产业投资基金向祎澜净化有限公司完成5000万元出资。"
    )
    assert ("lends_to", "兴砾银行宁德分行", "祎澜净化有限公司") in _links(
        "祎澜净化有限公司项目已投产。兴砾银行宁德分行为这个项目发放了1.1亿元贷款。"
    )


def test_figures_told_in_other_words() -> None:
    figures = {
        (one.indicator.value, int(one.count.value) if one.count else None)
        for one in _read("全县签约项目31个,合同额203亿元;出了产品的11个。").statistics
    }
    assert {("signed", 31), ("production", 11)} <= figures


@pytest.mark.parametrize(
    "line",
    [
        "县区网 首页 | 理论 | 图库 | 时政",
        "—— 广告:温泉双人票 198元 点击抢购 ——",
        "◆ 相关链接",
        "云上某县 | 时政 民生 专题 视频",
    ],
)
def test_menus_adverts_and_closings_are_no_article(line: str) -> None:
    page = (
        f"{line}\n祎澜净化有限公司投资2亿元的项目昨天在园区正式开工,计划明年投产。"
        if "链接" not in line
        else f"祎澜净化有限公司投资2亿元的项目昨天在园区正式开工,计划明年投产。\n{line}\n某地30亿元项目签约"
    )
    start = page.index("祎澜")
    end = page.index("投产。") + 3
    reading = _read(page)
    assert all(start <= found.span.start < end for found in (*reading.names, *reading.amounts))
