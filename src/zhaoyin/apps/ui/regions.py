"""Names of provinces for pages, in the language in force."""

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.region import PROVINCES, province_of


def region_name(code: str) -> str:
    """Province of a region code; "" when unknown."""
    names = PROVINCES.get(province_of(code))
    return "" if names is None else names[0 if in_chinese() else 1]


def province_options() -> list[tuple[str, object]]:
    """Provinces by code, the unknown first."""
    place = 0 if in_chinese() else 1
    return [("", _("未知")), *((code, names[place]) for code, names in PROVINCES.items())]
