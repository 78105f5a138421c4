"""Habits of offices that a reader of clean tables does not expect."""

from decimal import Decimal

import pytest

from tests.engines.sheet_reading.sheets import FIRST, SECOND, THIRD, read, sheet
from zhaoyin.domain.money import Currency, Money
from zhaoyin.engines.sheet_reading.people import read_contacts
from zhaoyin.engines.sheet_reading.problem import Field
from zhaoyin.engines.sheet_reading.result import ContactFound, FileReading, StageFound
from zhaoyin.engines.sheet_reading.stages import raised

Rows = list[list[object]]
HEAD: list[object] = ["序号", "项目名称", "投资方", "投资额", "联系人"]


def column(reading: FileReading, field: Field) -> list[object]:
    return [record.values[field].value if field in record.values else None for record in reading.records]


def amounts(reading: FileReading, field: Field = Field.PLANNED_TOTAL) -> list[tuple[Decimal, Currency] | None]:
    return [(one.value, one.currency) if isinstance(one, Money) else None for one in column(reading, field)]


def test_the_same_head_under_another_unit_line_begins_another_table() -> None:
    rows: Rows = [
        ["全县项目库"],
        ["一、签约项目"],
        ["", "", "", "单位：万元"],
        HEAD,
        [1, "甲工厂项目", FIRST, 30000, "王立"],
        ["二、洽谈项目"],
        ["", "", "", "（单位：亿元）"],
        HEAD,
        [1, "乙工厂项目", SECOND, 8.3, "李敏"],
        ["三、签约外资项目"],
        ["", "", "", "单位：万美元"],
        HEAD,
        [1, "丙工厂项目", THIRD, 2000, "周平"],
    ]
    reading = read(sheet(rows))
    assert amounts(reading) == [
        (Decimal(300_000_000), Currency.CNY), (Decimal(830_000_000), Currency.CNY), (Decimal(20_000_000), Currency.USD),
    ]  # fmt: skip
    assert column(reading, Field.STAGE) == [StageFound.SIGNED, StageFound.NEGOTIATING, StageFound.SIGNED]


def test_a_heading_above_the_first_head_gives_the_stage_until_the_next_one() -> None:
    rows: Rows = [
        ["项目库"],
        ["一、签约项目"],
        HEAD,
        [1, "甲工厂项目", FIRST, "3亿元", "王立"],
        ["二、在谈项目"],
        [1, "乙工厂项目", SECOND, "2亿元", "李敏"],
    ]
    assert column(read(sheet(rows)), Field.STAGE) == [StageFound.SIGNED, StageFound.NEGOTIATING]


def test_a_sheet_without_a_head_continues_the_table_of_the_sheet_before() -> None:
    head = ["序号", "项目名称", "投资方", "总投资", "1月", "2月", "累计到位", "责任单位"]
    rows: Rows = [[n, f"甲{n}工厂项目", FIRST, 30000 + n, 100, 200, 300, "县工信局"] for n in range(1, 5)]
    more: Rows = [[n, f"乙{n}工厂项目", SECOND, 20000 + n, 10, 20, 30, "县商务局"] for n in range(5, 8)]
    reading = read(sheet([["资金到位表"], ["单位：万元"], head, *rows], name="表一"), sheet(more, name="续表"))
    assert [value[0] for value in amounts(reading, Field.FUNDS_IN_PLACE) if value][-3:] == [Decimal(300_000)] * 3
    assert column(reading, Field.JOBS) == [None] * 7
    assert column(reading, Field.LAND) == [None] * 7


def test_a_sheet_of_other_columns_does_not_continue_the_table_before() -> None:
    first: Rows = [
        ["项目名称", "投资方", "总投资（万元）", "进展情况"],
        ["甲工厂项目", FIRST, 30000, "已签约"],
        ["乙工厂项目", SECOND, 30000, "已签约"],
    ]
    other: Rows = [["江北", 12, 7, 3], ["江南", 9, 4, 1], ["河西", 5, 2, 2]]
    assert len(read(sheet(first, name="一"), sheet(other, name="二")).records) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [("秦嘉(13800001204)", "秦嘉"), ("张伟民（经理，13800001204）", "张伟民"), ("13800001204（王五）", "王五"), ("(王五)13800001204", "王五")],
)  # fmt: skip
def test_a_telephone_in_brackets_belongs_to_the_name_before_it(text: str, name: str) -> None:
    assert read_contacts(text) == (ContactFound(name, "13800001204"),)


def test_bare_telephones_under_a_second_contact_head_belong_to_the_names_beside_them() -> None:
    rows: Rows = [
        ["项目名称", "投资方", "联系人", "联系方式"],
        ["甲工厂项目", FIRST, "王立", "13800001204"],
        ["乙工厂项目", SECOND, "李敏", "13800001205"],
    ]
    assert column(read(sheet(rows)), Field.CONTACTS) == [
        (ContactFound("王立", "13800001204"),), (ContactFound("李敏", "13800001205"),)
    ]  # fmt: skip


def test_numbered_names_over_labelled_lines_are_names_of_projects() -> None:
    names = ["星甲工厂项目", "星乙工厂项目", "星丙工厂项目"]
    lines = ["各位领导，在谈项目如下：", ""]
    for n, firm in enumerate((FIRST, SECOND, THIRD), 1):
        lines += [
            f"{n}、{names[n - 1]}",
            f"投资方：{firm}",
            "总投资：3亿元，用地：40亩，年税收约900万元",
            "进展：正在洽谈",
        ]
    reading = read(sheet([[line] for line in lines], name=""), file="汇报.txt")
    assert column(reading, Field.PROJECT_NAME) == names
    assert column(reading, Field.LAND) == [40, 40, 40]
    assert [record.row for record in reading.records] == [3, 7, 11]


def test_a_title_that_sounds_like_a_name_does_not_hide_a_turned_table() -> None:
    rows: Rows = [
        ["在谈项目"],
        ["序号", 1, 2, 3],
        ["项目名称", "甲工厂项目", "乙工厂项目", "丙工厂项目"],
        ["投资方", FIRST, SECOND, THIRD],
        ["总投资（万元）", 10000, 20000, 30000],
        ["落户地点", "东园", "西园", "北园"],
        ["联系人", "王立", "李敏", "周平"],
    ]
    assert column(read(sheet(rows)), Field.PROJECT_NAME) == ["甲工厂项目", "乙工厂项目", "丙工厂项目"]


def test_kinds_of_capital_are_no_industry_and_areas_in_mu_are_land() -> None:
    rows: Rows = [["项目名称", "投资方", "项目类别", "面积"]]
    rows += [[f"甲{n}工厂项目", FIRST, "内资", f"{n}0亩"] for n in range(1, 6)]
    reading = read(sheet(rows))
    assert column(reading, Field.INDUSTRY) == [None] * 5
    assert column(reading, Field.LAND) == [10, 20, 30, 40, 50]


@pytest.mark.parametrize(
    ("floor", "text", "stage"),
    [
        (None, "已签约，正在注册公司", StageFound.SIGNED),
        (StageFound.LEAD, "正在洽谈", StageFound.NEGOTIATING),
        (StageFound.LEAD, "拟赴企业洽谈", StageFound.LEAD),
        (None, "企业有投资意向，尚未来访", StageFound.LEAD),
    ],
)
def test_what_is_under_way_is_not_done(floor: StageFound | None, text: str, stage: StageFound) -> None:
    assert raised(floor, text) is stage


def _rows(first: int, *values: float) -> Rows:
    return [
        [n, f"{'甲乙丙丁戊己'[n - 1]}号工厂项目", (FIRST, SECOND, THIRD)[n % 3], value, "王立"]
        for n, value in enumerate(values, first)
    ]


def test_a_unit_line_between_the_rows_holds_for_the_rows_below_it() -> None:
    rows: Rows = [["项目库"], ["", "", "", "单位：万元"], HEAD, *_rows(1, 30000, 20000), ["二、外资项目"]]
    rows += [
        ["", "", "", "单位：万美元"],
        *_rows(3, 3000, 2000),
        ["", "", "", "单位：亿元"],
        ["三、重大项目"],
        *_rows(5, 12, 35),
    ]
    assert amounts(read(sheet(rows))) == [
        (Decimal(300_000_000), Currency.CNY), (Decimal(200_000_000), Currency.CNY),
        (Decimal(30_000_000), Currency.USD), (Decimal(20_000_000), Currency.USD),
        (Decimal(1_200_000_000), Currency.CNY), (Decimal(3_500_000_000), Currency.CNY),
    ]  # fmt: skip


def test_a_sheet_that_continues_a_table_of_two_units_has_no_unit() -> None:
    rows: Rows = [
        ["项目库"],
        ["", "", "", "单位：万元"],
        HEAD,
        *_rows(1, 30000, 20000),
        ["", "", "", "单位：亿元"],
        *_rows(3, 12),
    ]
    reading = read(sheet(rows, name="一"), sheet(_rows(4, 35, 40), name="续"))
    held = [any(flag.needs_review for flag in one.values[Field.PLANNED_TOTAL].flags) for one in reading.records]
    assert held == [False, False, False, True, True]


def test_rows_above_the_only_unit_line_have_no_unit() -> None:
    reading = read(sheet([["项目库"], HEAD, *_rows(1, 30000, 20000), ["", "", "", "单位：亿元"], *_rows(3, 3.2, 2)]))
    held = [any(flag.needs_review for flag in one.values[Field.PLANNED_TOTAL].flags) for one in reading.records]
    assert held == [True, True, False, False]


def test_a_heading_whose_unit_contradicts_the_columns_head_holds_the_amounts_back() -> None:
    head: list[object] = ["序号", "项目名称", "投资方", "总投资（万元）", "联系人"]
    rows: Rows = [
        ["项目库"],
        head,
        ["一、内资"],
        *_rows(1, 30000, 20000),
        ["二、外资项目（单位：万美元）"],
        *_rows(3, 3000, 2000),
    ]
    reading = read(sheet(rows))
    held = [any(flag.needs_review for flag in one.values[Field.PLANNED_TOTAL].flags) for one in reading.records]
    assert (held, amounts(reading)[2]) == ([False, False, True, True], (Decimal(30_000_000), Currency.USD))
