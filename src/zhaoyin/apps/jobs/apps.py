"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Background work with progress: cancelled on request, taken up again after a kill."""

    name = "zhaoyin.apps.jobs"
    label = "jobs"
    verbose_name = _("后台任务")

    def ready(self) -> None:
        """Tell the shell the words of our errors."""
        from zhaoyin.apps.ui import messages

        messages.register(
            {
                "job-killed-too-often": _("后台任务多次中断（{attempts} 次），已停止。请联系管理员。"),
                "job-failed": _("后台任务出错，已停止；写好的部分保留。编号 {job}。"),
                "job-under-way": _("正在处理，请等它完成。"),
            }
        )
