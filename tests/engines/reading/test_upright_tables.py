"""Tables that lost their lines: one under another, all in one line, without row numbers."""

from datetime import date

from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.tables import one_line_tables, parted_tables, upright_tables


def _read(text: str) -> Reading:
    return solve(problem=ReadingProblem(text, date(2024, 6, 30)))


def _rows(text: str) -> list[tuple[tuple[str, ...], float | None, str]]:
    return [
        (draft.companies, float(draft.amount.money.value) if draft.amount else None, stage_label(draft))
        for draft in _read(text).projects
    ]


NUMBERED = """重点项目表 单位:亿元
序号/项目/投资主体/总投资/进展
1
铝箔
旻砾铝业有限公司
2.3
主体封顶
2
滤芯
祎澜净化有限公司
0.8
投资合同已签"""


def test_cells_one_under_another_become_rows_and_keep_their_places() -> None:
    table = upright_tables(NUMBERED)
    assert len(table) == len(NUMBERED)
    assert "1\t铝箔\t旻砾铝业有限公司\t2.3\t主体封顶" in table.split("\n")
    assert _rows(NUMBERED) == [
        (("旻砾铝业有限公司",), 2.3e8, "construction"),
        (("祎澜净化有限公司",), 8e7, "signed"),
    ]


def test_every_quote_is_what_the_given_text_says() -> None:
    reading = _read(NUMBERED)
    for found in (*reading.amounts, *reading.names):
        assert NUMBERED[found.span.start : found.span.end] == found.span.text


def test_rows_without_numbers_are_told_apart_by_their_sums() -> None:
    text = "企业\n行业\n总投资(万元)\n上旬\n本旬\n旻砾铝业有限公司\n有色\n6,800\n签约\n打桩\n祎澜净化有限公司\n环保\n2,100\n洽谈\n已签约"
    assert _rows(text) == [
        (("旻砾铝业有限公司",), 6.8e7, "construction"),
        (("祎澜净化有限公司",), 2.1e7, "signed"),
    ]


def test_a_table_in_one_line_is_cut_before_its_numbers() -> None:
    text = (
        "附表 序号 项目名称 投资主体 总投资 推进情况 1 铝箔 旻砾铝业 2.3亿元 主体封顶 2 滤芯 祎澜净化 8000万元 企业退出"
    )
    assert one_line_tables(text).count("\n") == 3
    assert _rows(text) == [(("旻砾铝业",), 2.3e8, "construction"), (("祎澜净化",), 8e7, "terminated")]


def test_a_poem_and_a_list_of_numbers_are_no_table() -> None:
    for text in ("春\n夏\n秋\n冬\n1\n2\n3\n4\n5", "企业\n项目\n", "1\n2", "序号 1 2 3"):
        assert upright_tables(text) == text
        assert one_line_tables(text) == text


STROKES = """某区外引项目明细
编号/企业/建设内容/投资/状态/备注
A-01/旻砾铝业有限公司/铝箔/1.9亿元/设备安装/某商行贷款3000万元已到账
A-02/祎澜净化有限公司/滤芯/6.2亿元/已签合同/选址待意见"""


def test_a_table_parted_by_strokes_gets_tabs_where_its_rows_have_as_many_cells() -> None:
    table = parted_tables(STROKES)
    assert len(table) == len(STROKES)
    assert "A-02\t祎澜净化有限公司\t滤芯\t6.2亿元\t已签合同\t选址待意见" in table.split("\n")
    assert _rows(STROKES) == [
        (("旻砾铝业有限公司",), 1.9e8, "construction"),
        (("祎澜净化有限公司",), 6.2e8, "signed"),
    ]


def test_a_head_of_strokes_over_rows_of_lines_is_left_to_the_upright_table() -> None:
    assert parted_tables(NUMBERED) == NUMBERED


def test_rows_parted_by_blanks_below_a_note_of_their_unit() -> None:
    text = "在手项目(11月底) 总投资单位:万元\n旻砾铝业有限公司 铝箔 23,000 试生产\n祎澜净化有限公司 滤芯 4,100 合同解除"
    assert _rows(text) == [
        (("旻砾铝业有限公司",), 2.3e8, "production"),
        (("祎澜净化有限公司",), 4.1e7, "terminated"),
    ]
