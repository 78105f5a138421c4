"""Names of provinces for pages, in the language in force."""

from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain import region
from zhaoyin.domain.region import PROVINCES, province_of


def region_name(code: str) -> str:
    """Province of a region code; "" when unknown."""
    names = PROVINCES.get(province_of(code))
    return "" if names is None else names[0 if in_chinese() else 1]


def province_options() -> list[tuple[str, object]]:
    """Provinces by code, the unknown first."""
    place = 0 if in_chinese() else 1
    return [("", _("未知")), *((code, names[place]) for code, names in PROVINCES.items())]


def origin_options(present: object = "") -> list[tuple[str, object]]:
    """Provinces, and what a record has now when that is finer or from abroad: a form must not lose it."""
    code, found = str(present or ""), province_options()
    if code in {value for value, _label in found}:
        return found
    return [*found, (code, region.region_name(code, english=not in_chinese()) or code)]
