"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Figures: counted, explored, exported, published."""

    name = "zhaoyin.apps.reports"
    label = "reports"
    verbose_name = _("数据")

    def ready(self) -> None:
        """Tell the shell of our places, and how our errors are worded."""
        from zhaoyin.apps.reports import panels
        from zhaoyin.apps.ui import messages, slots

        slots.register(slots.MENU_ITEM, key="figures", order=65, fn=panels.figures_item)
        messages.register(
            {
                "pack-unknown": _("没有“{value}”这个统计口径。现有：{known}。"),
                "pack-gone": _("口径“{value}”的那个版本已经不在。"),
                "source-needed": _("请写明汇率的来源。"),
                "csv-broken": _("第 {value} 行之后不是 CSV：多半是引号没有配对。"),
                "heads-missing": _("表头缺少 {value}；应为 {known}。"),
                "pack-not-toml": _("口径文件 {pack} 第 {line} 行写法有误：{problem_zh}"),
                "pack-wrong": _("口径文件 {pack} 第 {line} 行：{problem_zh}。改法：{fix_zh}"),
                "target-not-positive": _("目标“{value}”必须大于零：请先填写目标。"),
                "dimension-unknown": _("不能按“{value}”分组。可以按：{known}。"),
                "figure-unknown": _("口径里没有“{value}”这个指标。"),
                "no-parent-zone": _("本园区没有上级，不用发布。"),
                "as-of-before-period": _("截至日 {value} 早于期间的开始 {start}：请改截至日或期间。"),
            }
        )
        messages.register_fields(
            {
                "as_of": _("截至日"),
                "known_at": _("按当时所知"),
                "pack": _("统计口径"),
                "known_basis": _("所知以什么为准"),
                "from": _("自何日起"),
                "figure": _("指标"),
                "by": _("分组"),
                "currency": _("币种"),
                "yuan": _("一单位合人民币（元）"),
            }
        )
