"""`zhaoyin sheet`: messy ledgers on the command line.

zhaoyin sheet read FILE... [--json]     tables, columns, units, records, checks (no database)
zhaoyin sheet import FILE... --zone Z --as PERSON [--dry-run]     into a zone's ledger
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zhaoyin.adapters.spreadsheets.limits import LARGEST_FILE
from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.cli.sheet_labels import duplicate_groups, labels
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import number_text
from zhaoyin.engines.sheet_reading.problem import Field, SheetProblem, SourceFile
from zhaoyin.engines.sheet_reading.result import Column, FileReading, FlagCode, SheetReading, Table, TotalCheck
from zhaoyin.engines.sheet_reading.solve import solve

FIELD_WORDS = {
    Field.PROJECT_NAME: "项目名称", Field.INVESTOR: "投资方", Field.PLANNED_TOTAL: "计划总投资", Field.FIXED_ASSET: "固定资产投资",
    Field.FUNDS_IN_PLACE: "到位资金", Field.STAGE: "阶段", Field.SIGNED_ON: "签约时间", Field.INDUSTRY: "产业", Field.UNIT: "专班/单位",
    Field.CONTACTS: "联系人", Field.SITE: "选址", Field.PROGRESS: "进展", Field.JOBS: "用工", Field.LAND: "用地",
    Field.SERIAL: "序号", Field.PHONE: "电话", Field.MONEY_UNIT: "金额单位", Field.CURRENCY: "币种", Field.PLANNED_SIGNING: "计划签约时间",
    Field.LEADER: "领导/责任人", Field.CONVERTED: "折算金额", Field.OTHER_MONEY: "其他金额", Field.OTHER_AREA: "其他面积",
    Field.OTHER_NUMBER: "其他数值", Field.OTHER_DATE: "其他日期", Field.DESCRIPTION: "建设内容", Field.REMARKS: "备注",
    Field.CREDIT_CODE: "信用代码", Field.CODE: "编号", Field.OTHER_TEXT: "其他文字",
}  # fmt: skip
FLAG_WORDS = {
    FlagCode.UNIT_UNKNOWN: "没有写单位", FlagCode.UNIT_DOUBTFUL: "与本列其他数值相差太大，疑似单位有误",
    FlagCode.UNIT_CONFLICT: "写了几个金额或单位", FlagCode.CURRENCY_DOUBTFUL: "币种不明",
    FlagCode.PARTS_EXCEED_TOTAL: "部分大于总额", FlagCode.CONVERSION_MISMATCH: "与折算列对不上",
    FlagCode.FORMULA_WITHOUT_RESULT: "公式没有结果", FlagCode.NOT_A_NUMBER: "不是金额", FlagCode.DATE_VAGUE: "日期是计划或不明确",
    FlagCode.DATE_WITHOUT_YEAR: "日期没有年份", FlagCode.CONTACTS_UNPAIRED: "电话没有对应的姓名", FlagCode.STAGE_UNKNOWN: "看不出阶段",
    FlagCode.HIDDEN_ROW: "隐藏行", FlagCode.NAME_MISSING: "没有项目名称", FlagCode.COLUMN_DOUBTFUL: "列的含义不确定",
}  # fmt: skip
SUSPECT_WORDS = {
    "factor-slip": "单位错位（相差一万倍）", "missing-row": "可能漏了一行", "extra-row": "可能多算", "hidden-rows": "隐藏行没有计入合计",
    "unknown-value": "有数值未知",
}  # fmt: skip
_UNIT_WORDS = {"1": "元", "10000": "万", "1000000": "百万", "100000000": "亿"}


def run(argv: list[str]) -> int:
    """Entry point of the subcommand; 0 on success, 1 when a file could not be read, 2 for wrong usage."""
    if argv[:1] == ["import"]:
        from zhaoyin.cli.manage import run as manage

        return manage(["sheetimport", *argv[1:]])
    parser = argparse.ArgumentParser(prog="zhaoyin sheet", description="read messy project ledgers")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("import", help="import ledgers into a zone: zhaoyin sheet import --help")
    read = actions.add_parser("read", help="read ledgers and say what was understood (no database)")
    read.add_argument("files", nargs="+", metavar="FILE", help="xlsx, xls, csv, txt, ods, or a page saved as xls")
    read.add_argument("--json", action="store_true", help="records and duplicate groups as JSON")
    read.add_argument("--date", help="reporting date YYYY-MM-DD for ledgers that give none")
    options = parser.parse_args(argv)
    try:
        reporting = date.fromisoformat(options.date) if options.date else None
    except ValueError:
        print(f"zhaoyin sheet read: --date {options.date!r} is no date; write YYYY-MM-DD", file=sys.stderr)
        return 2
    return _read(options.files, reporting, as_json=options.json)


def _read(names: Sequence[str], reporting: date | None, *, as_json: bool) -> int:
    files: list[SourceFile] = []
    failed = 0
    for name in names:
        try:
            with Path(name).open("rb") as stream:
                files.append(read_file(file_name=Path(name).name, data=stream.read(LARGEST_FILE + 1)))
        except OSError as error:
            failed = 1
            print(f"zhaoyin sheet read: {name}: {error.strerror}", file=sys.stderr)
        except InvalidValue as error:
            failed = 1
            print(f"zhaoyin sheet read: {name}: {error}", file=sys.stderr)
    reading = solve(problem=SheetProblem(tuple(files), reporting_date=reporting))
    if as_json:
        print(json.dumps({"files": labels(reading), "duplicate_groups": duplicate_groups(reading)}, ensure_ascii=False))
    else:
        _report(reading)
    return failed


def _report(reading: SheetReading) -> None:
    for file in reading.files:
        _report_file(file)
    groups = duplicate_groups(reading)
    if groups:
        print(f"疑似重复的项目 {len(groups)} 组：")
        for group in groups:
            print("  " + "  =  ".join(f"{one['file']}·{one['sheet']}·第{one['row']}行" for one in group))


def _report_file(file: FileReading) -> None:
    dated = f"，填报日期 {file.reporting_date}" if file.reporting_date else ""
    print(f"{file.file}：{len(file.records)} 个项目{dated}")
    for name in file.skipped_sheets:
        print(f"  隐藏的工作表“{name}”没有读")
    for problem in file.problems:
        print(f"  工作表“{problem.sheet}”：没有认出项目")
    for table in file.tables:
        _report_table(table)


def _report_table(table: Table) -> None:
    print(
        f"  工作表“{table.sheet}” 表{table.place + 1}：{len(table.records)} 行项目，{len(table.non_records)} 行标题、小计、说明等"
    )
    for column in table.columns:
        print(f"    {_column(column)}")
    counted = Counter(
        flag.code
        for record in table.records
        for flag in (*record.flags, *(one for value in record.values.values() for one in value.flags))
    )
    for code, count in counted.most_common():
        print(f"    注意：{FLAG_WORDS[code]} {count} 处")
    for record in table.records:
        for value in record.values.values():
            if value.needs_review:
                why = "、".join(FLAG_WORDS[flag.code] for flag in value.flags if flag.needs_review)
                cell = value.cells[0].a1 if value.cells else f"第{record.row}行"
                print(f"    请核对 {cell}：{FIELD_WORDS[value.field]}“{value.as_written}”（{why}），确认前不计入")
    for check in table.checks:
        print(f"    {_check(check)}")


def _column(column: Column) -> str:
    meaning = FIELD_WORDS[column.field] if column.field else "未识别"
    unit = ""
    if column.unit is not None:
        word = "亩" if column.field is Field.LAND else _UNIT_WORDS.get(number_text(column.unit), "")
        unit = f"，单位 {word or number_text(column.unit)}{column.currency.value if column.currency else ''}"
    sure = "" if column.confidence >= 0.8 else f"，把握 {column.confidence:.0%}"
    return f"第{column.index + 1}列 {column.head} → {meaning}{unit}{sure}{'，隐藏列' if column.hidden else ''}"


def _check(check: TotalCheck) -> str:
    name = FIELD_WORDS[check.field]
    if check.agrees:
        return f"第{check.row}行 {name}合计相符：{number_text(check.stated)} 元"
    text = f"第{check.row}行 {name}合计不符：表中 {number_text(check.stated)}，各行相加 {number_text(check.computed)}"
    hints = [
        f"{SUSPECT_WORDS[one.kind]}{'（第' + '、'.join(map(str, one.rows)) + '行）' if one.rows else ''}"
        for one in check.suspects
    ]
    return text + ("；" + "；".join(hints) if hints else "")
