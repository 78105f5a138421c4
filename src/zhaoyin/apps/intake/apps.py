"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Review of everything proposed from documents."""

    name = "zhaoyin.apps.intake"
    label = "intake"
    verbose_name = _("接收与确认")

    def ready(self) -> None:
        """Tell the shell of our places and the words of our errors."""
        from zhaoyin.apps.intake import panels
        from zhaoyin.apps.intake.archives import register_jobs
        from zhaoyin.apps.ui import messages, slots

        register_jobs()
        slots.register(slots.CREATE_ITEM, key="paste", order=10, fn=panels.create_paste)
        slots.register(slots.CREATE_ITEM, key="note", order=15, fn=panels.create_note)
        slots.register(slots.TODAY_ITEM, key="intake", order=35, fn=panels.today_item)
        slots.register(slots.LEAD_PANEL, key="intake", order=10, fn=panels.lead_panel)
        messages.register(
            {
                "file-empty": _("文件“{value}”是空的，没有保存。"),
                "file-too-large": _("文件“{value}”太大：最大 10 MB。没有保存。"),
                "file-encoding-unknown": _("文件“{value}”的文字编码认不出来，请另存为 UTF-8 或 GB18030。"),
                "file-not-text": _(
                    "文件“{value}”实际是 {found}，不是网页或文本。没有保存；请另存为网页或复制文字粘贴。"
                ),
                "page-without-text": _("网页“{value}”里没有文字（可能全靠脚本显示）。请在浏览器里复制文字粘贴。"),
                "text-binary": _("这不是文字（{value}），没有保存。"),
                "similar-exists": _("可能已有同一个项目《{value}》。请先看一眼；确实不同，勾选后再建。"),
                "draft-already-decided": _("这条已经有人处理过了。"),
                "draft-is-no-project": _("这条是地区统计，不能建项目。"),
                "archive-corrupt": _("压缩包“{value}”损坏，打不开。没有保存；请重新压缩。"),
                "archive-encrypted": _("压缩包“{value}”有密码。没有保存；请去掉密码再上传。"),
                "archive-too-many": _("压缩包“{value}”里有 {count} 个文件，一次最多 {limit} 个。请分几个包。"),
                "archive-expands-too-much": _("压缩包“{value}”解开后太大（超过 {limit} MB），没有保存。请分几个包。"),
                "archive-without-text": _("压缩包“{value}”里没有网页或文本文件。"),
                "model-service-address": _("模型服务地址“{value}”不对，应为 http(s)://…/v1。"),
                "model-service-not-local": _("模型服务“{value}”不在本机或内网；要用外部服务，须由管理员明确允许。"),
                "reading-model": _("解析模型损坏或不是本版本的，没有使用。"),
                "too-few-reviews": _("处理过的文档只有 {value} 份，至少要 {least} 份才能学习。"),
                "draft-is-no-figure": _("这条不是地区统计。"),
            }
        )
