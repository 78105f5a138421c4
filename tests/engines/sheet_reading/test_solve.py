"""Sheets to records."""

from datetime import date
from decimal import Decimal

import pytest

from tests.engines.sheet_reading.sheets import FIRST, SECOND, THIRD, read, sheet
from zhaoyin.domain.money import Currency, Money, Qualifier
from zhaoyin.engines.sheet_reading.problem import Cell, CellKind, ColumnChoice, Field, Range
from zhaoyin.engines.sheet_reading.result import FileReading, FlagCode, Record, RowKind, Shape, StageFound

HEAD = ["序号", "项目名称", "投资方", "总投资（万元）", "进展情况"]


def planned(record: Record) -> Money:
    value = record.values[Field.PLANNED_TOTAL].value
    assert isinstance(value, Money)
    return value


def said(reading: FileReading, field: Field) -> list[object]:
    return [record.values[field].value if field in record.values else None for record in reading.records]


def flags(record: Record, field: Field) -> set[FlagCode]:
    return {flag.code for flag in record.values[field].flags if flag.needs_review}


def test_every_value_keeps_its_cell_and_its_text() -> None:
    record = read(sheet([["某区项目台账"], HEAD, [1, "柔性屏模组项目", FIRST, "30,000", "已签约"]])).records[0]
    value = record.values[Field.PLANNED_TOTAL]
    assert (record.row, value.as_written, [cell.a1 for cell in value.cells]) == (3, "30,000", ["D3"])
    assert planned(record) == Money(Decimal(300_000_000), Currency.CNY, unit=planned(record).unit)


def test_a_unit_in_the_cell_beats_the_head_and_the_head_beats_the_line_above() -> None:
    rows = [
        ["单位：亿元"],
        ["项目名称", "投资方", "总投资（万元）", "固定资产投资"],
        ["甲项目", FIRST, 30000, 2],
        ["乙项目", SECOND, "约5-6亿元", 3],
    ]
    reading = read(sheet(rows))
    assert planned(reading.records[0]).value == 300_000_000
    two = planned(reading.records[1])
    assert (two.value, two.high, two.qualifier) == (500_000_000, 600_000_000, Qualifier.EXACT)
    fixed = [value.value if isinstance(value, Money) else None for value in said(reading, Field.FIXED_ASSET)]
    assert fixed == [200_000_000, 300_000_000]


def test_an_amount_without_any_unit_waits_for_a_person() -> None:
    reading = read(sheet([["项目名称", "投资方", "总投资"], ["甲项目", FIRST, 3.5], ["乙项目", SECOND, 12]]))
    assert all(flags(record, Field.PLANNED_TOTAL) == {FlagCode.UNIT_UNKNOWN} for record in reading.records)


def test_a_sum_in_the_title_proves_the_unit() -> None:
    rows = [
        ["共2个项目，总投资15.5亿元"],
        ["项目名称", "投资方", "总投资"],
        ["甲项目", FIRST, 3.5],
        ["乙项目", SECOND, 12],
    ]
    reading = read(sheet(rows))
    assert [planned(record).value for record in reading.records] == [350_000_000, 1_200_000_000]
    assert all(not record.values[Field.PLANNED_TOTAL].needs_review for record in reading.records)


def test_a_note_under_the_table_states_the_unit() -> None:
    rows = [["项目名称", "投资方", "总投资"], ["甲项目", FIRST, 3.5], ["乙项目", SECOND, 12], ["注：金额单位为亿元"]]
    reading = read(sheet(rows))
    assert [planned(record).value for record in reading.records] == [350_000_000, 1_200_000_000]


def test_the_same_head_with_another_unit_begins_another_table() -> None:
    again = [*HEAD[:3], "总投资（亿元）", HEAD[4]]
    reading = read(sheet([HEAD, [1, "甲项目", FIRST, 30000, "已签约"], again, [1, "乙项目", SECOND, 3.2, "洽谈"]]))
    assert [planned(record).value for record in reading.records] == [300_000_000, 320_000_000]


def test_a_slip_that_the_total_proves_is_flagged_with_its_row() -> None:
    rows = [
        HEAD,
        *[[n, f"第{n}号设备项目", FIRST, 30000 + n, "洽谈"] for n in range(1, 7)],
        [7, "错位项目", SECOND, 2.5, "洽谈"],
        ["合计", "", "", 205021],
    ]
    reading = read(sheet(rows))
    check = reading.tables[0].checks[0]
    assert (check.row, check.agrees, check.suspects[0].kind, check.suspects[0].rows) == (9, False, "factor-slip", (8,))
    assert reading.records[6].values[Field.PLANNED_TOTAL].needs_review
    assert not any(record.values[Field.PLANNED_TOTAL].needs_review for record in reading.records[:6])


def test_rows_that_add_up_agree_with_their_total() -> None:
    reading = read(
        sheet([HEAD, [1, "甲项目", FIRST, 30000, ""], [2, "乙项目", SECOND, 20000, ""], ["合计", "", "", 50000]])
    )
    assert reading.tables[0].checks[0].agrees
    assert [row.kind for row in reading.tables[0].non_records] == [RowKind.HEADER, RowKind.TOTAL]


def test_dollars_in_a_column_of_yuan_stay_dollars() -> None:
    reading = read(sheet([HEAD, [1, "甲项目", FIRST, "500万美元", ""], [2, "乙项目", SECOND, 20000, ""]]))
    assert [planned(record).currency for record in reading.records] == [Currency.USD, Currency.CNY]


def test_a_formula_without_result_gives_no_amount() -> None:
    cell = Cell("", None, CellKind.UNKNOWN, "=E2*2")
    record = read(sheet([HEAD, [1, "甲项目", FIRST, cell, "洽谈"]])).records[0]
    assert Field.PLANNED_TOTAL not in record.values
    assert FlagCode.FORMULA_WITHOUT_RESULT in {flag.code for flag in record.flags}


def test_sections_give_a_floor_that_only_done_steps_raise() -> None:
    rows = [
        HEAD, ["一、签约项目"], [1, "甲项目", FIRST, 1, "已开工，正在打桩"], [2, "乙项目", FIRST, 1, "预计下月开工"], ["二、在谈项目"],
        [1, "丙项目", SECOND, 1, "拟下月签约"], [2, "丁项目", SECOND, 1, "双方终止合作"],
    ]  # fmt: skip
    expected = [StageFound.CONSTRUCTION, StageFound.SIGNED, StageFound.NEGOTIATING, StageFound.TERMINATED]
    assert said(read(sheet(rows)), Field.STAGE) == expected


def test_project_and_investor_in_one_cell_come_apart() -> None:
    rows = [
        ["序号", "项目名称", "总投资（亿元）"],
        [1, f"{FIRST}年产3万套雷达项目", 1],
        [2, f"冷链仓储项目（{SECOND}）", 2],
        [3, f"{THIRD}\n果蔬脆片项目", 3],
    ]
    reading = read(sheet(rows))
    assert said(reading, Field.INVESTOR) == [FIRST, SECOND, THIRD]
    assert said(reading, Field.PROJECT_NAME) == ["年产3万套雷达项目", "冷链仓储项目", "果蔬脆片项目"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三（经理）13900000001、李四13900000002", [("张三", "13900000001"), ("李四", "13900000002")]),
        ("13900000001 张三", [("张三", "13900000001")]),
        ("张三、李四 13900000001/13900000002", [("张三", "13900000001"), ("李四", "13900000002")]),
        ("张三 139 0000 0001", [("张三", "13900000001")]),
        ("联系人：张三，电话：0531-88880000", [("张三", "053188880000")]),
    ],
)
def test_people_and_phones_pair_in_every_order(text: str, expected: list[tuple[str, str]]) -> None:
    reading = read(sheet([["项目名称", "投资方", "联系人及电话"], ["甲项目", FIRST, text]]))
    assert said(reading, Field.CONTACTS) == [tuple(expected)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022.5", "2022-05"),
        ("22/5/3", "2022-05-03"),
        ("5月3日", "2022-05-03"),
        ("2022年二季度", "2022-Q2"),
        ("12月20日", "2021-12-20"),
        (44684, "2022-05-03"),
        ("年底", "None"),
        ("拟7月签约", "None"),
    ],
)
def test_dates_of_every_habit(written: object, expected: str) -> None:
    rows = [["2022年6月签约项目"], ["项目名称", "投资方", "签约时间"], ["甲项目", FIRST, written]]
    reading = read(sheet(rows))
    assert str(said(reading, Field.SIGNED_ON)[0]) == expected
    assert reading.reporting_date is not None
    assert reading.reporting_date.first == date(2022, 6, 1)


def test_ticks_under_stages_are_the_furthest_stage() -> None:
    rows = [
        ["项目名称", "投资方", "洽谈", "签约", "开工"],
        ["甲项目", FIRST, "√", "√", ""],
        ["乙项目", SECOND, "√", "√", "√"],
    ]
    assert said(read(sheet(rows)), Field.STAGE) == [StageFound.SIGNED, StageFound.CONSTRUCTION]


def test_of_dated_columns_the_latest_filled_one_counts() -> None:
    rows = [
        ["项目名称", "投资方", "4月进展", "5月进展"],
        ["甲项目", FIRST, "来访", "已签约"],
        ["乙项目", SECOND, "洽谈厂房", ""],
    ]
    assert said(read(sheet(rows)), Field.PROGRESS) == ["已签约", "洽谈厂房"]


def test_rows_that_continue_a_record_belong_to_it() -> None:
    rows = [
        ["项目名称", "投资方", "进展情况"],
        ["甲项目", FIRST, "4月：来访"],
        ["", "", "5月：已签约"],
        ["乙项目", SECOND, "洽谈"],
    ]
    reading = read(sheet(rows))
    assert [(record.row, record.last_row) for record in reading.records] == [(2, 3), (4, 4)]
    assert said(reading, Field.PROGRESS)[0] == "4月：来访\n5月：已签约"


def test_a_merged_unit_holds_for_all_its_rows() -> None:
    rows = [
        ["项目名称", "投资方", "责任单位"],
        ["甲项目", FIRST, "青石镇"],
        ["乙项目", SECOND, ""],
        ["丙项目", THIRD, ""],
    ]
    assert said(read(sheet(rows, merges=[Range(1, 2, 2, 2)])), Field.UNIT) == ["青石镇", "青石镇", None]


def test_hidden_sheets_are_skipped_and_hidden_rows_are_records() -> None:
    rows = [HEAD, [1, "甲项目", FIRST, 1, ""], [2, "乙项目", SECOND, 2, ""]]
    reading = read(sheet(rows, hidden_rows=frozenset({2})), sheet(rows, name="旧表", hidden=True))
    assert [record.hidden for record in reading.records] == [False, True]
    assert reading.skipped_sheets == ("旧表",)


def test_side_by_side_tables_name_their_columns() -> None:
    rows = [
        ["在谈项目", "", "", "", "签约项目"],
        ["序号", "项目名称", "投资方", "", "序号", "项目名称", "投资方"],
        [1, "甲项目", FIRST, "", 1, "乙项目", SECOND],
    ]
    reading = read(sheet(rows, merges=[Range(0, 0, 0, 2), Range(0, 4, 0, 6)]))
    assert [(record.col, record.values[Field.STAGE].value) for record in reading.records] == [
        (1, "negotiating"),
        (5, "signed"),
    ]


@pytest.mark.parametrize(
    ("rows", "shape"),
    [
        (
            [
                ["项目名称", "柔性屏模组项目", "投资方", FIRST],
                ["总投资（亿元）", 3, "阶段", "签约"],
                ["联系人", "张三", "电话", "13900000001"],
            ],
            Shape.CARDS,
        ),
        (
            [
                ["项目名称", "甲项目", "乙项目"],
                ["投资方", FIRST, SECOND],
                ["总投资（亿元）", 3, 2],
                ["阶段", "签约", "在谈"],
            ],
            Shape.COLUMNS,
        ),
        (
            [
                [f"1.{FIRST}投资3亿元建设甲乙丙项目，用地50亩，目前已签约。"],
                [f"2.{SECOND}投资2亿元建设中药项目，目前正在洽谈。"],
            ],
            Shape.PARAGRAPHS,
        ),
    ],
)
def test_other_layouts_are_read(rows: list[list[object]], shape: Shape) -> None:
    reading = read(sheet(rows))
    assert reading.tables[0].shape is shape
    assert planned(reading.records[0]).value == 300_000_000
    assert reading.records[0].values[Field.STAGE].value is StageFound.SIGNED


def test_an_edited_mapping_is_solved_again() -> None:
    rows = [["名字", "老板", "钱"], ["甲项目", FIRST, 35], ["乙项目", SECOND, 20]]
    choices = {
        0: ColumnChoice(Field.PROJECT_NAME), 1: ColumnChoice(Field.INVESTOR),
        2: ColumnChoice(Field.PLANNED_TOTAL, Decimal(10_000_000), Currency.CNY),
    }  # fmt: skip
    head = ["项目名称", "投资方", "总投资"]
    reading = read(sheet([head, *rows[1:]]), choices=choices)
    assert [planned(record).value for record in reading.records] == [350_000_000, 200_000_000]
    assert not reading.records[0].values[Field.PLANNED_TOTAL].needs_review


def test_nothing_is_dropped_that_no_field_took() -> None:
    record = read(sheet([[*HEAD, "吉祥物"], [1, "甲项目", FIRST, 1000, "洽谈", "小熊"]])).records[0]
    assert [(one.head, one.text, one.cell.a1) for one in record.unmapped] == [("吉祥物", "小熊", "F2")]


def test_a_sheet_that_is_no_ledger_gives_no_records() -> None:
    reading = read(sheet([["值班表"], ["姓名", "日期"], ["张三", "5月3日"]]))
    assert reading.records == ()
    assert reading.problems[0].code == "no-records"


def test_the_same_problem_gives_the_same_result() -> None:
    rows = [HEAD, [1, "甲项目", FIRST, 30000, "已签约"]]
    assert read(sheet(rows)) == read(sheet(rows))
