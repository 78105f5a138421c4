"""The words of briefings: kinds, states, rhythms, errors."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

KINDS: Mapping[str, Words] = {
    "bulletin": _("工作通报"), "progress": _("项目调度表"), "stuck": _("停滞项目清单"), "one-page": _("领导一页通"),
    "task-force": _("专班工作报告"), "trip": _("外出招商报告"), "meeting": _("会面简报"),
}  # fmt: skip
HINTS: Mapping[str, Words] = {
    "bulletin": _("数字、专班进度、转化、新签约、停滞、口径，月度用"), "progress": _("项目×阶段×本期进展×问题×下一步×责任人，每周用"),
    "stuck": _("久无进展的项目，最久的在前"), "one-page": _("一页纸：数字、目标、亮点、要过问的项目"),
    "task-force": _("一个专班的完成情况"), "trip": _("由会面记录写成：去了哪里、见了谁、下一步"),
    "meeting": _("见面之前看的两页，每条事实写明出处"),
}  # fmt: skip
STATES: Mapping[str, Words] = {"draft": _("草稿"), "final": _("定稿")}
LANGUAGES: Mapping[str, Words] = {"zh": _("中文"), "en": _("英文")}
RHYTHMS: Mapping[str, Words] = {"weekly": _("每周"), "monthly": _("每月")}
WEEKDAYS: Mapping[int, Words] = {
    1: _("周一"), 2: _("周二"), 3: _("周三"), 4: _("周四"), 5: _("周五"), 6: _("周六"), 7: _("周日"),
}  # fmt: skip
CAUSES: Mapping[str, Words] = {
    "new_event": _("新发生的事"), "correction": _("更正"), "merge": _("合并或拆开"), "recognition": _("认定"), "credit": _("归属"),
    "moved": _("换了专班"), "amount": _("金额"), "rate": _("汇率"), "rule": _("口径"), "period": _("期间"),
}  # fmt: skip
MENU = pgettext_lazy("menu", "简报")

ERRORS: Mapping[str, Words] = {
    "briefing-kind-unknown": _("没有“{value}”这种简报，是不是 {near}？可选：{known}。"),
    "briefing-form-unknown": _("不能生成“{value}”格式，可选：{known}。"),
    "briefing-since-late": _("“{value}”不早于这份简报所知的日子 {last}：请写更早的一天。"),
    "briefing-figure-lost": _("改写后少了数字 {value}：数字不能删，请把它放回句子里。"),
    "briefing-figure-unknown": _("{value} 不是这一段的数字。这一段的数字有：{known}。"),
    "briefing-figure-twice": _("数字 {value} 写了两次，请只留一次。"),
    "briefing-text-too-long": _("这一段太长：最多 {limit} 字。"),
    "briefing-paragraph-gone": _("数字更新后没有这一段了，原来改写的文字是：{value}"),
    "briefing-needs-project": _("会面简报要先选一个项目：从项目页打开，或写明项目编号。"),
    "briefing-is-final": _("这份简报已定稿，不能再改。请另写一份。"),
    "briefing-text-gone": _("第 {value} 版的文字已被清除，只留有校验值。"),
    "briefing-template-word-only": _("自己的模板只能生成 Word（docx），不能生成 {value}。"),
    "briefing-schedule-day": _("日期“{value}”不对：应为 1 到 {last}。"),
    "briefing-not-scheduled": _("这种简报是为一次会面或一次出差写的，不能定期生成。"),
    "template-not-docx": _("“{value}”不是 Word 的 .docx 文件。请在 Word 或 WPS 里另存为 .docx 再上传。"),
    "template-too-large": _("模板“{value}”解开后太大（上限 {limit} MB），请去掉大图片再上传。"),
    "template-has-external": _("模板里有指向外部的内容（{value}），不安全：请删除链接的图片、对象或远程模板。"),
    "template-has-code": _("模板里有宏、嵌入对象或会自动执行的域（{value}），不安全：请删除后再上传。"),
    "template-tag-unknown": _("模板第 {line} 段“{place}”里的标签 {value} 不存在，是不是 {near}？全部标签见帮助“简报模板标签”。"),
    "template-tag-wrong": _("模板第 {line} 段“{place}”里的标签写法有误：{value}。改法：{fix}"),
    "template-not-allowed": _("模板第 {line} 段“{place}”里的 {value} 不允许使用：只能取值、判断、循环和列出的过滤器。"),
    "template-too-slow": _("模板在 {limit} 秒内没有填完，已停止：请减少嵌套的循环。"),
    "template-failed": _("模板不能填写：{value}"),
}  # fmt: skip
FIELDS: Mapping[str, Words] = {"language": _("语言"), "rhythm": _("周期"), "day": _("日"), "form": _("格式"), "title": _("标题"), "project": _("项目"), "since": _("与何时所知相比")}  # fmt: skip
