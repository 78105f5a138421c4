"""The duplicates engine's reasons in words."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOR: Mapping[str, str | Promise] = {
    "investor": _("同一投资方"), "product": _("产品相近"), "same-name": _("名称相同"), "same-amount": _("金额相同"),
    "near-amount": _("金额相近"), "same-phone": _("联系电话相同"), "same-site": _("选址相同"), "same-date": _("时间相近"),
}  # fmt: skip
AGAINST: Mapping[str, str | Promise] = {
    "other-investor": _("投资方不同"), "product": _("产品不同"), "common-product": _("同类产品的项目很多"), "other-capacity": _("产能不同"),
    "other-amount": _("金额不同"), "other-site": _("选址不同"), "other-date": _("时间不同"), "other-phase": _("期次不同"),
    "other-part": _("其中一个是配套部分"), "investor": _("投资方不同"),
}  # fmt: skip


def reason_words(reasons: Iterable[Sequence[object]]) -> tuple[list[str], list[str]]:
    """(what speaks for one project, what against it), from (code, weight), in their order; a code without words as it is."""
    told: tuple[list[str], list[str]] = ([], [])
    for code, weight in reasons:
        against = float(str(weight)) < 0
        words = (AGAINST if against else FOR).get(str(code), str(code))
        told[against].append(str(words))
    return told
