"""Scores of a reading against what the generator wrote."""

import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

MONEY = ("planned_total_investment", "fixed_asset_investment", "funds_in_place")
FIELDS = (
    "project_name", "investor", *MONEY, "stage", "signed_on", "industry", "task_force_or_unit", "contacts", "site", "progress_text",
    "jobs", "land_mu",
)  # fmt: skip
Row = dict[str, object]


def flat(value: object) -> str:
    """Comparable text."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value))).lower().strip(";,。、:|")
    return re.sub(r"(?:产业|行业|领域)$", "", text)


@dataclass
class Score:
    """True positives, false positives, false negatives by field; counts of what must not happen."""

    hits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    unit_errors: int = 0
    currency_errors: int = 0
    flagged: int = 0
    money: int = 0
    flagged_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Sum up."""
        for name, counts in other.hits.items():
            for place in range(3):
                self.hits[name][place] += counts[place]
        self.unit_errors += other.unit_errors
        self.currency_errors += other.currency_errors
        self.flagged += other.flagged
        self.money += other.money
        self.flagged_right += other.flagged_right
        self.wrong += other.wrong

    def f1(self, *names: str) -> float:
        """F1 of the fields together (`record` for the rows)."""
        tp, fp, fn = (sum(self.hits[name][place] for name in names) for place in range(3))
        return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0

    @property
    def flagged_share(self) -> float:
        """Share of money values that want review."""
        return self.flagged / max(1, self.money)


def score(gold: list[Row], found: list[Row], label: str = "") -> Score:
    """One file."""
    result = Score()
    pairs, used = _matched(gold, found)
    result.hits["record"] = [len(pairs), len(found) - len(used), len(gold) - len(pairs)]
    for place, row in enumerate(gold):
        other = found[pairs[place]] if place in pairs else {}
        for name in FIELDS:
            _field(result, name, row, other, label)
    for place, row in enumerate(found):
        if place not in used:
            result.wrong.append(f"{label} extra record {row.get('row')} {row.get('project_name')}")
            for name in FIELDS:
                result.hits[name][1] += name in row
    return result


def _matched(gold: list[Row], found: list[Row]) -> tuple[dict[int, int], set[int]]:
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for exact in (True, False):
        for place, row in enumerate(gold):
            for other, candidate in enumerate(found):
                if place in pairs or other in used:
                    continue
                same = _text_right(row, candidate, "project_name") and flat(row.get("investor")) == flat(
                    candidate.get("investor")
                )
                a, b = row["row"], candidate["row"]
                assert isinstance(a, dict) and isinstance(b, dict)
                here = (
                    a["sheet"] == b["sheet"]
                    and a["row"] == b["row"]
                    and a.get("col") == (b.get("col") if a.get("col") else None)
                )
                if here if exact else same:
                    pairs[place] = other
                    used.add(other)
    return pairs, used


def _text_right(row: Row, other: Row, name: str) -> bool:
    accepted = [row.get(name), *dict(row.get("alt") or {}).get(name, [])]  # type: ignore[call-overload]
    wanted = {re.sub(r"\W", "", flat(one)) if name == "progress_text" else flat(one) for one in accepted}
    given = flat(other.get(name))
    return (re.sub(r"\W", "", given) if name == "progress_text" else given) in wanted


def _field(result: Score, name: str, row: Row, other: Row, label: str) -> None:
    want, have = row.get(name), other.get(name)
    if name in row.get("ignore", ()):  # type: ignore[operator]
        return
    counts = result.hits[name]
    if name == "contacts":
        a = {(flat(one["name"]), one["phone"]) for one in want or []}  # type: ignore[attr-defined]
        b = {(flat(one["name"]), one["phone"]) for one in have or []}  # type: ignore[attr-defined]
        counts[0] += len(a & b)
        counts[1] += len(b - a)
        counts[2] += len(a - b)
        if a != b:
            result.wrong.append(f"{label} {row['row']} contacts: {sorted(a)} read {sorted(b)}")
        return
    if want is None and have is None:
        return
    right = want is not None and have is not None and _right(name, row, other)
    if right:
        counts[0] += 1
    else:
        counts[1] += have is not None
        counts[2] += want is not None
        result.wrong.append(f"{label} {row['row']} {name}: {want} read {have}")
    if name in MONEY and isinstance(have, dict):
        _money(result, want, have, right)


def _money(result: Score, want: object, have: dict[str, object], right: bool) -> None:
    result.money += 1
    if have.get("needs_review"):
        result.flagged += 1
        result.flagged_right += right
        return
    if right or not isinstance(want, dict):
        return
    a, b = float(str(have["value"])), float(want["value"])
    power = math.log10(a / b) if a > 0 and b > 0 else 0.0
    if abs(round(power)) >= 1 and abs(power - round(power)) < 0.001:
        result.unit_errors += 1
    elif abs(a - b) <= 0.001 * b:
        result.currency_errors += 1


def _right(name: str, row: Row, other: Row) -> bool:
    want, have = row[name], other[name]
    if name in MONEY:
        assert isinstance(want, dict) and isinstance(have, dict)
        near = abs(float(have["value"]) - float(want["value"])) <= 0.001 * float(want["value"])
        high = "high" not in want or abs(float(have.get("value_max", 0)) - float(want["high"])) <= 0.001 * float(
            want["high"]
        )
        return near and high and have["currency"] == want["currency"]
    if name == "signed_on":
        assert isinstance(have, dict)
        return have["date"] == want
    if name in {"jobs", "land_mu"}:
        return abs(float(str(have)) - float(str(want))) <= 0.005 * float(str(want))
    return _text_right(row, other, name)
