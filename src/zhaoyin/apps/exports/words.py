"""The words of templates: what a filled file could not carry, and errors."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

NOTES: Mapping[str, Words] = {
    "currency-differs": _("币种与该列不同，按文字写入，不计入合计"), "unit-unknown": _("该列没有写单位，按文字连单位写入"),
    "range-as-text": _("金额是区间，按文字写入，不计入合计"), "qualifier-left-out": _("“约”“超”等字样没有写入，只写了数"),
    "display-rounds": _("该列格式会四舍五入或少显示，单元格里是准确值"), "too-many-digits": _("位数太多，按文字写入"),
    "no-section": _("没有合适的分段，没有写入"), "sections-not-split": _("看不出该按什么分段，全部写在第一段"),
    "other-tables-kept": _("只填了一张表，其他表里原有的数据没有动"),
    "cell-merged": _("单元格被合并，没有写入"), "text-cut": _("文字太长，已截断"),
}  # fmt: skip
LOST: Mapping[str, Words] = {
    "chart": _("模板里的图表没有保留"), "picture": _("模板里的图片可能没有保留"), "macro": _("模板里的宏没有保留"),
    "control": _("模板里的控件没有保留"),
}  # fmt: skip
ERRORS: Mapping[str, Words] = {
    "template-not-xlsx": _("“{value}”不是 .xlsx 文件。请在 Excel 里另存为 .xlsx 再上传。"),
    "template-has-no-table": _("“{value}”里没有找到带“项目名称”列的表格。请在模板页面上指定各列的含义。"),
    "template-gone": _("模板“{value}”的文件已被清除，请重新上传。"),
    "too-many-rows": _("一次最多填 {limit} 行，现在有 {rows} 行。请缩小筛选范围。"),
    "no-template-chosen": _("请至少选择一个模板。"),
}  # fmt: skip
