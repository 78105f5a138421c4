"""A person's own template filled: what is written, what moves, what is kept, and what a second reading finds."""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zhaoyin.adapters.spreadsheets.filling import Filled, fill
from zhaoyin.adapters.spreadsheets.row_insertion import Insertion
from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Currency, Money, Qualifier
from zhaoyin.domain.period import PartialDate, Precision
from zhaoyin.engines.sheet_reading.problem import Field, SheetProblem
from zhaoyin.engines.sheet_reading.result import ContactFound
from zhaoyin.engines.sheet_reading.solve import solve

HEADS = (
    "序号",
    "项目名称",
    "投资方",
    "计划总投资",
    "占比",
    "所属行业",
    "签约时间",
    "联系人",
    "联系电话",
    "用地面积（亩）",
)
UNITS = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000), "元": Decimal(1)}


def template(*, blanks: int = 3, unit: str = "万元", share: bool = True, prepare: Any = None) -> bytes:
    """Title, unit line, head, blank lines with borders, a totals row with formulas, a note, a mean."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "重点招商项目情况上报表"
    sheet.merge_cells("A1:J1")
    sheet["I2"] = f"单位：{unit}"
    side = Side(style="thin")
    for at, head in enumerate(HEADS, 1):
        sheet.cell(3, at, head).font = Font(bold=True)
        sheet.cell(3, at).border = Border(side, side, side, side)
        for line in range(4, 4 + blanks):
            sheet.cell(line, at).border = Border(side, side, side, side)
            if share and at == 5:
                sheet.cell(line, at, f"=D{line}/$D${4 + blanks}").number_format = "0.0%"
    total = 4 + blanks
    sheet.cell(total, 1, "合计")
    sheet.merge_cells(start_row=total, end_row=total, start_column=1, end_column=3)
    sheet.cell(total, 4, f"=SUM(D4:D{total - 1})")
    sheet.cell(total, 10, f"=SUM(J4:J{total - 1})")
    sheet.cell(total + 1, 1, "注：每月25日前报送。")
    sheet.cell(total + 2, 4, f"=D{total}/COUNT(D4:D{total - 1})")
    sheet.row_dimensions[total].height = 40
    sheet.print_area = f"A1:J{total + 1}"
    sheet.auto_filter.ref = f"A3:J{total - 1}"
    if prepare is not None:
        prepare(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def row(number: int, yuan: str | Decimal | None = "12000000", **more: Any) -> dict[Field, Any]:
    found: dict[Field, Any] = {
        Field.PROJECT_NAME: f"年产{number}万套轴承项目", Field.INVESTOR: f"铎岚{number}精密有限公司", Field.INDUSTRY: "高端装备",
        Field.SIGNED_ON: PartialDate(date(2026, 3, 5)), Field.LAND: Decimal("12.5"),
        Field.CONTACTS: (ContactFound("钱一", "19900000001"), ContactFound("孙二", "19900000002")),
    }  # fmt: skip
    if yuan is not None:
        found[Field.PLANNED_TOTAL] = Money(Decimal(yuan))
    return found | {Field(name): value for name, value in more.items()}


def filled(rows: Sequence[dict[Field, Any]], **given: Any) -> tuple[Filled, Worksheet]:
    done = fill(file_name="t.xlsx", data=template(**given), rows=rows)
    return done, load_workbook(io.BytesIO(done.data)).worksheets[0]


def summed(sheet: Worksheet, formula: str) -> Decimal:
    """A small evaluator of =SUM(A1:B2) over numbers, apart from the code under test."""
    found = re.fullmatch(r"=SUM\(([A-Z]+\d+:[A-Z]+\d+)\)", formula)
    assert found is not None, formula
    numbers = [cell.value for line in sheet[found[1]] for cell in line if isinstance(cell.value, int | float)]
    return sum((Decimal(str(number)) for number in numbers), Decimal(0))


def test_rows_go_before_the_total_and_what_is_below_moves() -> None:
    _done, sheet = filled([row(number) for number in range(1, 8)])
    assert [sheet.cell(line, 1).value for line in range(4, 11)] == list(range(1, 8))
    assert sheet["A11"].value == "合计"
    assert sheet["A12"].value == "注：每月25日前报送。"
    assert sheet["D11"].value == "=SUM(D4:D10)"
    assert sheet["D13"].value == "=D11/COUNT(D4:D10)"
    assert sheet["E4"].value == "=D4/$D$11"
    assert sheet["E10"].value == "=D10/$D$11"
    assert sheet["E10"].number_format == "0.0%"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:J1", "A11:C11"}
    assert sheet.row_dimensions[11].height == 40
    assert sheet.auto_filter.ref == "A3:J10"
    assert "$J$12" in str(sheet.print_area)
    assert sheet["B9"].border.left.style == "thin"


@pytest.mark.parametrize("blanks", [0, 1, 2, 5, 12])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_sums_are_right_whatever_room_the_template_has(blanks: int, count: int) -> None:
    _done, sheet = filled(
        [row(number, Decimal(10_000 * number)) for number in range(1, count + 1)], blanks=blanks, share=False
    )
    total = next(line for line in range(4, 40) if sheet.cell(line, 1).value == "合计")
    assert total == 4 + max(blanks, count)
    if blanks or count:
        assert summed(sheet, str(sheet.cell(total, 4).value)) == sum(range(1, count + 1))
        assert summed(sheet, str(sheet.cell(total, 10).value)) == Decimal("12.5") * count


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    amounts=st.lists(st.one_of(st.none(), st.integers(10**6, 5 * 10**9)), min_size=1, max_size=9),
    unit=st.sampled_from(sorted(UNITS)),
    blanks=st.integers(0, 6),
    days=st.lists(st.dates(date(2022, 1, 1), date(2026, 5, 1)), min_size=9, max_size=9),
    precision=st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]),
)  # fmt: skip
def test_the_filled_file_reads_back_as_what_was_given(
    amounts: list[int | None], unit: str, blanks: int, days: list[date], precision: Precision
) -> None:
    rows = [row(at + 1, None if yuan is None else Decimal(yuan)) for at, yuan in enumerate(amounts)]
    for one, day in zip(rows, days, strict=False):
        first = {Precision.DAY: day, Precision.MONTH: day.replace(day=1), Precision.YEAR: day.replace(month=1, day=1)}
        one[Field.SIGNED_ON] = PartialDate(first[precision], precision)
    done, _sheet = filled(rows, unit=unit, blanks=blanks)
    source = read_file(file_name="t.xlsx", data=done.data)
    (table,) = solve(problem=SheetProblem((source,))).files[0].tables
    assert len(table.records) == len(rows)
    for record, given_row in zip(table.records, rows, strict=True):
        for name in (Field.PROJECT_NAME, Field.INVESTOR, Field.SIGNED_ON, Field.CONTACTS, Field.LAND):
            assert record.values[name].value == given_row[name]
        money = record.values.get(Field.PLANNED_TOTAL)
        wanted = given_row.get(Field.PLANNED_TOTAL)
        assert (money.value.value if money else None) == (wanted.value if wanted else None)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_text_is_never_a_formula(text: str) -> None:
    done, sheet = filled([row(1, project_name=text)])
    assert sheet["B4"].data_type == "s"
    assert sheet["B4"].value == text
    assert sheet["B4"].quotePrefix
    assert b"<f>cmd" not in done.data


def test_what_a_number_cannot_carry_is_text_with_its_unit_and_is_told() -> None:
    rows = [
        row(1, planned_total_investment=Money(Decimal(30_000_000), Currency.USD)),
        row(2, planned_total_investment=Money(Decimal(200_000_000), high=Decimal(300_000_000))),
        row(3, planned_total_investment=Money(Decimal(120_000_000), qualifier=Qualifier.ABOUT)),
    ]
    done, sheet = filled(rows)
    assert [sheet.cell(line, 4).value for line in (4, 5, 6)] == ["3000万美元", "20000-30000", 12000]
    assert [(note.code, note.row, note.cell) for note in done.notes] == [
        ("currency-differs", 0, "D4"), ("range-as-text", 1, "D5"), ("qualifier-left-out", 2, "D6"),
    ]  # fmt: skip


def test_an_unknown_stays_blank_or_gets_the_sign_of_the_template() -> None:
    def slash(_book: Workbook, sheet: Worksheet) -> None:
        sheet["B4"], sheet["C4"], sheet["F4"] = "示例项目", "示例公司", "/"

    rows = [{Field.PROJECT_NAME: "轴承项目"}]
    _done, sheet = filled(rows, prepare=slash)
    assert (sheet["D4"].value, sheet["F4"].value, sheet["C4"].value) == (None, "/", None)


def test_the_last_months_rows_are_replaced() -> None:
    old = fill(file_name="t.xlsx", data=template(), rows=[row(number) for number in range(1, 8)]).data
    again = fill(file_name="t.xlsx", data=old, rows=[row(9), row(10)])
    sheet = load_workbook(io.BytesIO(again.data)).worksheets[0]
    assert [sheet.cell(line, 2).value for line in range(4, 8)] == [
        "年产9万套轴承项目",
        "年产10万套轴承项目",
        None,
        None,
    ]
    assert sheet["A11"].value == "合计"


def test_formulas_of_other_sheets_names_and_rules_follow() -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        other = book.create_sheet("汇总")
        other["A1"] = f"='{sheet.title}'!D7"
        other["A2"] = f"=SUM({sheet.title}!D4:D6)"
        other["A3"] = "=D9"
        check = DataValidation(type="list", formula1='"是,否"', sqref="F4:F6")
        sheet.add_data_validation(check)
        sheet.conditional_formatting.add(
            "D4:D6", CellIsRule(operator="greaterThan", formula=["$D$7/3"], fill=PatternFill())
        )

    done, sheet = filled([row(number) for number in range(1, 6)], prepare=more)
    other = load_workbook(io.BytesIO(done.data))["汇总"]
    assert [other[f"A{line}"].value for line in (1, 2, 3)] == ["='Sheet'!D9", "=SUM(Sheet!D4:D8)", "=D9"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "F4:F8"
    (formatting,) = sheet.conditional_formatting
    assert (str(formatting.sqref), formatting.rules[0].formula) == ("D4:D8", ["$D$9/3"])


def test_a_total_above_the_rows_stays_above_and_grows() -> None:
    book = Workbook()
    sheet: Any = book.active
    for at, head in enumerate(("序号", "项目名称", "投资方", "总投资（亿元）"), 1):
        sheet.cell(2, at, head)
        sheet.cell(4, at).border = Border(Side(style="thin"))
    sheet["A1"], sheet["A3"], sheet["D3"] = "重点项目表", "合计", "=SUM(D4:D4)"
    buffer = io.BytesIO()
    book.save(buffer)
    done = fill(file_name="t.xlsx", data=buffer.getvalue(), rows=[row(number, "300000000") for number in (1, 2, 3)])
    page = load_workbook(io.BytesIO(done.data)).worksheets[0]
    assert [page.cell(line, 1).value for line in range(3, 7)] == ["合计", 1, 2, 3]
    assert summed(page, page["D3"].value) == 9


def sectioned(headings: Sequence[str], *, old: bool = False) -> bytes:
    """A form with a heading, two lines (blank, or of last month) and a subtotal for each section."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "重点项目进展表"
    for at, head in enumerate(("序号", "项目名称", "投资方", "总投资（亿元）", "产业"), 1):
        sheet.cell(2, at, head)
    line = 3
    for heading in headings:
        sheet.cell(line, 1, heading)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=5)
        for number in (1, 2) if old else ():
            for at, value in enumerate((number, f"旧{line}号项目", "旧岚有限公司", 2, "高端装备"), 1):
                sheet.cell(line + number, at, value)
        sheet.cell(line + 3, 1, "小计")
        sheet.cell(line + 3, 4, f"=SUM(D{line + 1}:D{line + 2})")
        line += 4
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("old", [False, True])
def test_rows_go_under_the_heading_of_their_stage(old: bool) -> None:
    stages = ("在谈", "签约", "注册", "在谈", "投产", "终止", "签约", "签约")
    rows = [row(number, "100000000", stage=stage) for number, stage in enumerate(stages, 1)]
    data = sectioned(("一、在谈项目", "二、签约项目", "三、投产项目"), old=old)
    done = fill(file_name="t.xlsx", data=data, rows=rows)
    sheet = load_workbook(io.BytesIO(done.data)).worksheets[0]
    lines = [(sheet.cell(at, 1).value, sheet.cell(at, 2).value, sheet.cell(at, 4).value) for at in range(3, 18)]
    assert [one for one in lines if one[0] or one[1]] == [
        ("一、在谈项目", None, None), (1, "年产1万套轴承项目", 1), (2, "年产4万套轴承项目", 1), ("小计", None, "=SUM(D4:D5)"),
        ("二、签约项目", None, None), (1, "年产2万套轴承项目", 1), (2, "年产3万套轴承项目", 1), (3, "年产7万套轴承项目", 1),
        (4, "年产8万套轴承项目", 1), ("小计", None, "=SUM(D8:D11)"), ("三、投产项目", None, None), (1, "年产5万套轴承项目", 1),
        ("小计", None, "=SUM(D14:D15)"),
    ]  # fmt: skip
    assert [(note.code, note.row) for note in done.notes] == [("no-section", 5)]
    assert done.rows == 7


def test_headings_without_a_line_between_them_get_their_rows() -> None:
    book = Workbook()
    sheet: Any = book.active
    for at, head in enumerate(("序号", "项目名称", "投资方", "总投资（亿元）"), 1):
        sheet.cell(1, at, head)
    for line, heading in enumerate(("一、在谈项目", "二、签约项目"), 2):
        sheet.cell(line, 1, heading)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=4)
    buffer = io.BytesIO()
    book.save(buffer)
    done = fill(file_name="t.xlsx", data=buffer.getvalue(), rows=[row(1, stage="签约"), row(2, stage="在谈")])
    page = load_workbook(io.BytesIO(done.data)).worksheets[0]
    written = [page.cell(line, 2).value or page.cell(line, 1).value for line in range(2, 6)]
    assert written == ["一、在谈项目", "年产2万套轴承项目", "二、签约项目", "年产1万套轴承项目"]


def test_a_row_that_several_headings_fit_alike_is_named_not_guessed() -> None:
    data = sectioned(("（一）高端装备产业签约项目", "（二）新材料产业签约项目"))
    rows = [row(1, "100000000", stage="签约"), row(2, "100000000", stage="签约", industry="生物医药")]
    done = fill(file_name="t.xlsx", data=data, rows=rows)
    assert (done.rows, [(note.code, note.row) for note in done.notes]) == (1, [("no-section", 1)])


def test_cells_merged_side_by_side_are_merged_on_every_line() -> None:
    def wide(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("F4:G4")

    _done, sheet = filled([row(number) for number in range(1, 6)], prepare=wide)
    assert {f"F{line}:G{line}" for line in range(4, 9)} <= {str(one) for one in sheet.merged_cells.ranges}


def test_fields_without_a_column_are_named() -> None:
    done, _sheet = filled([row(1, jobs=Decimal(50), stage="在谈")])
    assert set(done.unplaced) == {Field.JOBS, Field.STAGE}


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "template-not-xlsx"), (b"a,b\n1,2", "template-not-xlsx")],
)
def test_another_kind_of_file_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as error:
        fill(file_name="t.xls", data=data, rows=[])
    assert error.value.code == code


def test_a_file_without_a_table_of_projects_is_refused() -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "会议通知"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(InvalidValue) as error:
        fill(file_name="t.xlsx", data=buffer.getvalue(), rows=[row(1)])
    assert error.value.code == "template-has-no-table"


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("=SUM(D4:D6)", "=SUM(D4:D10)"), ("=SUM(D$4:D$6)/A7", "=SUM(D$4:D$10)/A11"), ("=SUM(D3:D6)", "=SUM(D3:D10)"),
        ("=SUM(D4:D5)", "=SUM(D4:D5)"), ("=SUM(B6:D6)", "=SUM(B6:D6)"), ("=VLOOKUP(A4,Z1:Z99,1)", "=VLOOKUP(A4,Z1:Z103,1)"),
        ("=SUM(D:D)+LOG10(D7)", "=SUM(D:D)+LOG10(D11)"), ('="D7"&D7', '="D7"&D11'), ("=Other!D7+Mine!D7", "=Other!D7+Mine!D11"),
        ("=SUM(8:9)", "=SUM(12:13)"),
    ],
)  # fmt: skip
def test_references_move_as_the_rows_do(written: str, moved: str) -> None:
    assert Insertion(4, 6, 4).formula(written, own=True, title="Mine") == moved
