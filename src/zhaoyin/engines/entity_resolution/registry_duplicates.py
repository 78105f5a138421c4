"""Company records of a register made comparable, and the settings under which two of them are one company.

The settings are data (`data/registry_duplicates.json`, the form that Splink reads); `adapters.warehouse.deduplicate` runs them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from zhaoyin.domain.company import check_credit_code
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.entity_resolution.project_rows import anatomy, firm, flat

ACCEPT, REVIEW = 0.99, 0.5
"""Match probabilities: taken for one company; shown to a person. benchmarks/deduplication/README.md."""
COLUMNS = (
    "unique_id",
    "core",
    "stem",
    "first",
    "place",
    "branch",
    "code",
    "sound",
    "phone",
    "person",
    "address",
    "road",
)


@dataclass(frozen=True, slots=True)
class RegistryRecord:
    """A company as a register or a list has it; "" is unknown."""

    id: str
    name: str
    credit_code: str = ""
    phone: str = ""
    address: str = ""
    legal_person: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that are likely one company; `reasons`: how many bits each comparison adds or takes, the most telling first."""

    first: str
    second: str
    probability: float
    reasons: tuple[tuple[str, float], ...]


_BRANCH = re.compile(
    r"^(.*?(?:公司|集团|合伙企业|厂))(.{1,16}(?:分公司|分店|分厂|分部|营业部|办事处|门市部|分行|支行|项目部))$"
)
_NUMBER = re.compile(r"([^省市区县镇乡]{1,12}?(?:路|街|道|巷|大道|园))(?:东段|西段|南段|北段|中段)?(\d{1,5})号?")
_AREA = re.compile(r"^.{0,20}?(?:省|市|区|县|镇|乡)(?=[^路街道号]{2})")


@lru_cache(maxsize=1)
def settings_text() -> str:
    """The settings as shipped."""
    return files("zhaoyin.engines.entity_resolution").joinpath("data/registry_duplicates.json").read_text("utf-8")


def settings() -> dict[str, object]:
    """A fresh copy of the settings."""
    loaded: dict[str, object] = json.loads(settings_text())
    return loaded


def comparable(records: Iterable[RegistryRecord]) -> Iterator[tuple[str | None, ...]]:
    """Rows of `COLUMNS`; None is unknown. About 25 microseconds each."""
    for record in records:
        name, branch = _branch(firm(record.name))
        stem, core, place, _trade = anatomy(name)
        core = core.removeprefix(place).removeprefix("市") if place else core
        road, address = _address(record.address)
        code = record.credit_code.strip().upper()
        phone = re.sub(r"\D", "", record.phone)
        yield (
            record.id, core or None, stem or None, (stem or core)[:1] or None, place or None, branch, code or None, _sound(code),
            phone[-11:] or None, flat(record.legal_person) or None, address or None, road or None,
        )  # fmt: skip


def _sound(code: str) -> str | None:
    """ "1" for a code whose check character is right, "0" for one with a slip in it, None without a code."""
    if not code:
        return None
    try:
        check_credit_code(code)
    except InvalidValue:
        return "0"
    return "1"


def _branch(name: str) -> tuple[str, str]:
    """苏州禾瑞机械有限公司杭州分公司 → the firm's own name, and 杭州分公司 ("" for the firm itself)."""
    found = _BRANCH.match(name)
    return (found[1], found[2]) if found else (name, "")


def _address(text: str) -> tuple[str, str]:
    """Road, and road with number; without a road the text behind the areas stands for both."""
    clean = flat(text)
    found = _NUMBER.search(_AREA.sub("", clean)) or _NUMBER.search(clean)
    if found:
        return found[1], f"{found[1]}{found[2]}"
    rest = _AREA.sub("", clean)
    return rest, rest
