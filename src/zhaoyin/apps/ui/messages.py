"""The words of every domain error, in one place: what was wrong with which value, and what to do.

An app with errors of its own adds them in `AppConfig.ready()`: `messages.register({"code": _("…{field}…{value}…")})`.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoyin.domain.errors import DomainError, NotAllowed, NotVisible, StaleWrite

Words = str | Promise
LONGEST_VALUE = 80

_FIELDS: dict[str, Words] = {
    "amount": gettext_lazy("金额"), "date": gettext_lazy("日期"), "period": gettext_lazy("期间"),
    "credit_code": gettext_lazy("统一社会信用代码"), "code": gettext_lazy("代码"), "count": gettext_lazy("数量"),
    "kind": gettext_lazy("类型"), "stage": gettext_lazy("阶段"), "evidence": gettext_lazy("佐证"),
    "text": gettext_lazy("文字"), "id": gettext_lazy("编号"), "flag": gettext_lazy("是否"),
    "name": gettext_lazy("名称"), "username": gettext_lazy("登录名"), "password": gettext_lazy("密码"),
    "person": gettext_lazy("人员"), "unit": gettext_lazy("单位"), "parent": gettext_lazy("上级单位"),
    "industry": gettext_lazy("产业"), "task_force": gettext_lazy("专班"), "role": gettext_lazy("角色"),
    "region_code": gettext_lazy("地区代码"), "starts_on": gettext_lazy("开始日期"), "ends_on": gettext_lazy("结束日期"),
    "file": gettext_lazy("文件"), "slug": gettext_lazy("网址名"), "scopes": gettext_lazy("范围"),
    "Stage": gettext_lazy("阶段"), "ContractKind": gettext_lazy("合同类型"), "Outcome": gettext_lazy("结果"),
    "Status": gettext_lazy("状态"), "Channel": gettext_lazy("来源渠道"), "ProjectKind": gettext_lazy("项目类别"),
    "AmountKind": gettext_lazy("金额类型"), "jobs": gettext_lazy("用工"), "land_mu": gettext_lazy("用地"),
    "lead_person": gettext_lazy("项目负责人"), "sponsoring_leader": gettext_lazy("挂帅领导"), "attracting_unit": gettext_lazy("招引单位"),
    "landing_place": gettext_lazy("落地载体"), "origin": gettext_lazy("来源地"), "channel": gettext_lazy("来源渠道"),
    "occurred": gettext_lazy("发生日期"), "note": gettext_lazy("说明"), "company": gettext_lazy("企业"),
    "project": gettext_lazy("项目"), "contract_kind": gettext_lazy("合同类型"), "outcome": gettext_lazy("结果"),
    "amount_kind": gettext_lazy("金额类型"), "short_name": gettext_lazy("简称"), "next_step": gettext_lazy("下一步"),
    "next_due_on": gettext_lazy("下一步日期"), "keep_until": gettext_lazy("保存期限"), "phone": gettext_lazy("电话"),
    "source": gettext_lazy("来源"), "until": gettext_lazy("暂缓到"), "version": gettext_lazy("版本"),
}  # fmt: skip

_WORDS: dict[str, Words] = {
    "extra-missing": gettext_lazy("这项功能需要额外组件“{extra}”，还没有安装。"),
    "register-without-names": gettext_lazy("文件“{value}”里没有名称列；表头应有其中之一：{heads}。"),
    "code-malformed": gettext_lazy("{field}“{value}”格式不对：最长 64 个字符，只能用字母、数字和 - _ . /。"),
    "count-out-of-range": gettext_lazy("{field}“{value}”超出范围：请填 0 到 10,000,000 的整数。"),
    "credit-code-character": gettext_lazy("统一社会信用代码“{value}”里有不该出现的字符“{character}”（不用 I、O、S、V、Z）。"),
    "credit-code-checksum": gettext_lazy("统一社会信用代码“{value}”校验位不对，请核对是否抄错。"),
    "credit-code-length": gettext_lazy("统一社会信用代码“{value}”有 {length} 位，应为 18 位。"),
    "date-impossible": gettext_lazy("{field}“{value}”：日历上没有这一天。"),
    "date-malformed": gettext_lazy("{field}“{value}”看不懂：请写成 2026-05-03、2026-05、2026-Q2 或 2026。"),
    "date-out-of-range": gettext_lazy("{field}“{value}”超出范围：应在 1949-10-01 到 2100-12-31 之间。"),
    "event-kind-unknown": gettext_lazy("没有“{value}”这种事件。"),
    "evidence-document-unknown": gettext_lazy("佐证文件“{value}”不存在或不属于本园区。"),
    "evidence-incomplete": gettext_lazy("佐证不完整：请指明文件及其位置，或由谁说明。"),
    "evidence-malformed": gettext_lazy("佐证“{value}”格式不对。"),
    "industry-code-malformed": gettext_lazy("产业代码“{value}”格式不对：2 到 32 个小写字母、数字或连字符。"),
    "money-malformed": gettext_lazy("{field}“{value}”看不懂：请写数字和单位，例如 10 亿元。"),
    "money-out-of-range": gettext_lazy("{field}“{value}”超出范围：最大 {largest}。请检查单位是否写错（亿/万）。"),
    "money-range-reversed": gettext_lazy("{field}“{value}”：下限大于上限。"),
    "not-a-flag": gettext_lazy("{field}“{value}”：只能填是或否。"),
    "not-a-number": gettext_lazy("{field}“{value}”不是数字。"),
    "not-an-id": gettext_lazy("{field}“{value}”不是有效编号。"),
    "not-an-option": gettext_lazy("{field}“{value}”不在可选项里。"),
    "payload-field-missing": gettext_lazy("缺少“{field}”。"),
    "payload-field-unknown": gettext_lazy("不认识的内容“{field}”（{value}）。"),
    "period-empty": gettext_lazy("期间“{value}”的结束早于开始。"),
    "stage-needs-own-event": gettext_lazy("阶段“{value}”不能直接推进；签约请登记合同。"),
    "text-empty": gettext_lazy("{field}没有内容，请填写。"),
    "text-too-long": gettext_lazy("{field}太长：{length} 字，最多 {limit} 字。请拆成几段。"),
    "text-reference-malformed": gettext_lazy("文字引用“{value}”格式不对。"),
    "text-unknown": gettext_lazy("引用的文字“{value}”不存在。"),
    "not-found": gettext_lazy("没有找到，或不对您开放。"),
    "cursor-malformed": gettext_lazy("页码标记“{value}”无效，请回到第一页。"),
    "retention-in-the-past": gettext_lazy("保存期限 {value} 必须在今天之后。"),
    "phone-malformed": gettext_lazy("电话“{value}”格式不对。"),
    "investor-needed": gettext_lazy("请填写投资方。"),
    "document-empty": gettext_lazy("文件“{value}”是空的。"),
    "file-encrypted": gettext_lazy("文件“{value}”设了打开密码，读不了。请在 Excel 里取消密码后再上传。"),
    "file-corrupt": gettext_lazy("文件“{value}”已损坏，打不开。请在 Excel 里打开、另存为 xlsx 后再上传。"),
    "sheet-over-limit": gettext_lazy("文件“{value}”太大（上限 {limit}）。请拆成几个文件。"),
    "file-expands-too-much": gettext_lazy("文件“{value}”解开后超过 {limit} MB，没有读取。请确认文件来源，或另存一份再上传。"),
    "sheet-too-wide": gettext_lazy("文件“{value}”里有内容的列超过 {limit} 列，没有读取。请删去多余的列。"),
    "document-too-large": gettext_lazy("文件“{value}”有 {size} MB，超过 {limit} MB 的上限。"),
    "next-step-needs-date": gettext_lazy("有下一步就要有日期。"),
    "item-already-closed": gettext_lazy("这件事已经办结。"),
    "snooze-too-long": gettext_lazy("暂缓日期 {value} 要在明天到 {last} 之间。"),
    "archive-unreadable": gettext_lazy("“{value}”不是招引的备份文件。"),
    "archive-damaged": gettext_lazy("备份文件“{value}”已损坏（校验值不符）。"),
    "archive-of-other-database": gettext_lazy("备份来自 {value}，这里是 {here}，不能恢复。"),
    "restore-needs-empty": gettext_lazy("这里已有园区，只能恢复到空的安装里。"),
    "token-scope": gettext_lazy("这个令牌没有“{scope}”权限。"),
    "role-may-not": gettext_lazy("您的角色不能做这件事。如需要，请联系本园区的管理员。"),
    "zone-not-found": gettext_lazy("没有这个园区，或您在其中没有角色。"),
    "company-exists": gettext_lazy("企业“{value}”已经登记过，请在企业库里搜索后使用。"),
    "merge-into-itself": gettext_lazy("不能并入自己，请选择另一条记录。"),
    "date-in-future": gettext_lazy("{field}“{value}”还没有到，只能登记已经发生的事。"),
    "person-not-in-zone": gettext_lazy("{field}“{value}”不是本园区现有人员，请重新选择。"),
    "evidence-needed": gettext_lazy("请写明佐证：谁说的、什么文件、文号，或上传文件。没有佐证不能登记。"),
    "changed-by-somebody-else": gettext_lazy("您打开之后，别人已经改过（您看到第 {expected} 版，现为第 {version} 版）。您的修改没有保存；请查看最新内容后再提交。"),
    "company-already-merged": gettext_lazy("这家企业已经并入另一家，请先撤销合并。"),
    "company-already-registered": gettext_lazy("这家企业已经登记过。"),
    "company-not-registered": gettext_lazy("这家企业还没有登记。"),
    "company-not-merged": gettext_lazy("这家企业没有合并过，无从撤销。"),
    "corrected-event-does-not-stand": gettext_lazy("要更正的记录已被更正或撤回，请刷新后再试。"),
    "correction-of-another-kind": gettext_lazy("更正必须与原记录同类。"),
    "engagement-already-over": gettext_lazy("这次会面已经结束（{status}）。"),
    "engagement-has-no-open-step": gettext_lazy("没有待办的下一步。"),
    "engagement-needs-form-and-person": gettext_lazy("请填写会面方式和负责人。"),
    "engagement-not-known": gettext_lazy("没有这次会面的记录。"),
    "idempotency-key-reused": gettext_lazy("这个提交编号已用于另一份内容，请重新打开页面再提交。"),
    "idempotency-key-twice": gettext_lazy("同一个提交编号出现了两次。"),
    "opening-cannot-be-retracted": gettext_lazy("立项记录不能撤回；请终止或合并该项目。"),
    "project-already-merged": gettext_lazy("这个项目已经并入另一个项目，请先撤销合并。"),
    "project-already-opened": gettext_lazy("这个项目已经立项。"),
    "project-not-opened": gettext_lazy("这个项目还没有立项。"),
    "project-has-ended": gettext_lazy("这个项目已经结束；如要继续，请先恢复。"),
    "project-has-not-ended": gettext_lazy("这个项目没有结束，无需恢复。"),
    "project-not-merged": gettext_lazy("这个项目没有合并过，无从撤销。"),
    "retraction-names-no-event": gettext_lazy("请指明要撤回哪一条记录。"),
    "stage-already-reached": gettext_lazy("已经到过这个阶段（{since}）。如果日期不对，请更正那条记录。"),
    "stage-jumps-back": gettext_lazy("阶段不能后退：当前已到更靠后的阶段。如果之前记错了，请更正那条记录。"),
}  # fmt: skip

_STATUS: dict[int, tuple[Words, Words]] = {
    400: (gettext_lazy("提交的内容有问题"), gettext_lazy("请返回检查后再提交；没有保存任何改动。")),
    403: (gettext_lazy("没有权限"), gettext_lazy("您的角色不能做这件事。如需要，请联系本园区的管理员。")),
    404: (gettext_lazy("没有找到"), gettext_lazy("这个页面不存在，或不对您开放。请检查网址，或从首页重新进入。")),
    405: (gettext_lazy("不能这样打开"), gettext_lazy("这个网址只接受表单提交，请从页面上操作。")),
    409: (gettext_lazy("内容已被别人修改"), gettext_lazy("您的修改没有保存；请查看最新内容后再提交。")),
    413: (gettext_lazy("文件太大"), gettext_lazy("单个文件最大 10 MB；没有保存任何内容。请拆分或压缩后再上传。")),
    429: (gettext_lazy("尝试太频繁"), gettext_lazy("请过几分钟再试。")),
    500: (gettext_lazy("程序出错了"), gettext_lazy("问题已记录，没有保存任何改动。请稍后再试；若再次出现，请告诉管理员时间和您在做什么。")),
}  # fmt: skip


def register(added: Mapping[str, Words]) -> None:
    """Add the words of an app's own error codes; ValueError when a code already has other words."""
    for code, text in added.items():
        if code in _WORDS and _WORDS[code] != text:
            raise ValueError(f"error {code!r} has words already")
        _WORDS[code] = text


def register_fields(names: Mapping[str, Words]) -> None:
    """Add names of fields as a person knows them."""
    _FIELDS.update(names)


def known_codes() -> frozenset[str]:
    """Codes that have words."""
    return frozenset(_WORDS)


def field_name(code: object) -> str:
    """A field as a person knows it."""
    return str(_FIELDS.get(str(code), str(code)))


def words(error: DomainError) -> str:
    """What to tell the person; names row, field and value where the error has them."""
    params = {name: str(value)[:LONGEST_VALUE] for name, value in error.params.items()}
    params["field"] = field_name(error.params.get("field", ""))
    known = _WORDS.get(error.code)
    if known is None:
        detail = "、".join(f"{field_name(name)} {value}" for name, value in params.items() if value and name != "field")
        text = _("不能这样做（{code}）{detail}").format(code=error.code, detail=f"：{detail}" if detail else "")
    else:
        text = _filled(str(known), params)
    row = error.params.get("row")
    return _("第 {row} 行：{text}").format(row=row, text=text) if row is not None else text


def _filled(text: str, params: Mapping[str, str]) -> str:
    """Words may use {value} or {value}."""
    return text % _Blank(params) if "%(" in text else text.format_map(_Blank(params))


class _Blank(dict[str, str]):
    """Missing parameters stay empty instead of failing while an error is being told."""

    def __missing__(self, key: str) -> str:
        return ""


def status_of(error: DomainError) -> int:
    """HTTP status: 404, 403, 409, otherwise 400."""
    if isinstance(error, NotVisible):
        return 404
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, StaleWrite):
        return 409
    return 400


def for_status(status: int) -> tuple[str, str]:
    """Title and advice of an error page."""
    title, advice = _STATUS.get(status, _STATUS[400 if status < 500 else 500])
    return str(title), str(advice)
