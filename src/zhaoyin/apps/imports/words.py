"""The words of the import pages: fields, flags, reasons, suspects, problems."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FIELD_LABELS: Mapping[str, Words] = {
    "project_name": _("项目名称"), "investor": _("投资方"), "planned_total_investment": _("计划总投资"),
    "fixed_asset_investment": _("固定资产投资"), "funds_in_place": _("到位资金"), "stage": _("阶段"),
    "signed_on": _("签约日期"), "industry": _("产业"), "task_force_or_unit": _("专班或单位"), "contacts": _("联系人"),
    "site": _("选址"), "progress_text": _("进展"), "jobs": _("用工人数"), "land_mu": _("用地（亩）"), "serial": _("序号"),
    "phone": _("电话"), "money_unit": _("金额单位"), "currency": _("币种"), "planned_signing": _("计划签约时间"),
    "leader": _("领导"), "converted_amount": _("折算金额"), "other_money": _("其他金额"), "other_area": _("其他面积"),
    "other_number": _("其他数字"), "other_date": _("其他日期"), "description": _("项目简介"), "remarks": _("备注"),
    "credit_code": _("统一社会信用代码"), "code": _("代码"), "other_text": _("其他文字"),
}  # fmt: skip
"""What a column can mean; the later half is read so that it is not taken for the former, and kept as written."""

VALUE_LABELS: Mapping[str, Words] = {
    "investor": _("投资方"), "planned_total_investment": _("计划总投资"), "fixed_asset_investment": _("固定资产投资"),
    "funds_in_place": _("到位资金"), "stage": _("阶段"), "signed_on": _("签约日期"), "industry": _("产业"),
    "task_force": _("专班"), "unit": _("招引单位"), "site": _("选址"), "progress": _("进展"), "jobs": _("用工人数"),
    "land_mu": _("用地（亩）"), "name": _("项目名称"), "contacts": _("联系人"),
}  # fmt: skip

UNIT_CHOICES: tuple[tuple[str, Words], ...] = (
    ("", _("按表里写的")), ("1", _("元")), ("1000", _("千元")), ("10000", _("万元")), ("1000000", _("百万元")), ("100000000", _("亿元")),
)  # fmt: skip

CELL_FLAGS: Mapping[str, Words] = {
    "unit-unknown": _("表里没有写金额单位；写的是“{as_written}”，该列中位数 {column_median}"),
    "unit-doubtful": _("与该列差得太多：该列中位数 {column_median}，相差约 {ratio} 倍"),
    "unit-conflict": _("写了两种单位：{units}"),
    "currency-doubtful": _("币种不清楚"),
    "parts-exceed-total": _("部分 {part} 大于总投资 {total}"),
    "conversion-mismatch": _("与折算列对不上：折算列写 {converted}"),
    "formula-without-result": _("公式没有保存结果，值未知"),
    "not-a-number": _("不是数字"),
    "date-vague": _("日期不明确"),
    "date-without-year": _("日期没有写年份"),
    "contacts-unpaired": _("人和电话的个数对不上"),
    "stage-unknown": _("阶段没有认出来"),
    "hidden-row": _("这一行在表里是隐藏的"),
    "name-missing": _("没有项目名称"),
    "column-doubtful": _("这一列的含义没有把握"),
}  # fmt: skip

SUSPECTS: Mapping[str, Words] = {
    "factor-slip": _("第 {rows} 行可能错了单位"), "missing-row": _("可能漏计了第 {rows} 行"), "extra-row": _("可能多计了第 {rows} 行"),
    "hidden-rows": _("隐藏的第 {rows} 行"), "unknown-value": _("第 {rows} 行的值未知"),
}  # fmt: skip

ERRORS: Mapping[str, Words] = {
    "files-missing": _("没有收到文件。请选择一个或多个台账文件。"),
    "too-many-files": _("一次最多 {limit} 个文件，收到 {value} 个。请分批导入。"),
    "import-needs-own-task-force": _("请选择要归入的专班：您只能导入自己专班的项目。"),
    "import-moved-on": _("这个批次的状态已经变了，请刷新页面。"),
    "question-unknown": _("这个问题已经有答案，或表格重新读过了。请刷新页面。"),
    "ledger-without-projects": _("文件“{value}”里没有读出项目。若确有项目，请在“看表格”里指定列。"),
    "document-redacted": _("文件“{value}”的内容已经清除，不能再读。"),
    "row-without-name": _("这一行没有项目名称，也没有投资方，没有收下。"),
    "row-of-another-task-force": _("专班“{value}”不是您的专班，这一行没有收下。"),
    "area-out-of-range": _("{field}“{value}”超出范围：请填 0 到 1,000,000 亩，最多两位小数。"),
}  # fmt: skip

FIELD_NAMES: Mapping[str, Words] = {
    "land_mu": _("用地"), "signed_on": _("签约日期"), "contacts": _("联系人"), "progress": _("进展"), "site": _("选址"),
    "planned_total_investment": _("计划总投资"), "fixed_asset_investment": _("固定资产投资"), "funds_in_place": _("到位资金"),
    "investor": _("投资方"), "question": _("问题"), "column": _("列"), "area": _("面积"), "basis": _("依据"),
}  # fmt: skip
