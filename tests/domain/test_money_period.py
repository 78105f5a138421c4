"""Money, periods, credit codes, canonical JSON."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.domain.canonical import canonical_json
from zhaoyin.domain.company import check_credit_code, credit_code_check_character
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import LARGEST, Currency, Money, Qualifier, Unit, decimal_from_text, range_from_text
from zhaoyin.domain.period import PartialDate, Period

AMOUNTS = st.decimals(min_value=0, max_value=LARGEST, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(
    value=AMOUNTS, currency=st.sampled_from(Currency), qualifier=st.sampled_from(Qualifier), unit=st.sampled_from(Unit)
)
def test_money_survives_its_payload_exactly(
    value: Decimal, currency: Currency, qualifier: Qualifier, unit: Unit
) -> None:
    money = Money(value=value, currency=currency, qualifier=qualifier, unit=unit)
    assert Money.from_payload(money.to_payload()) == money
    assert "E" not in str(money.to_payload()["value"])


@pytest.mark.parametrize("value", [Decimal(10) ** 30, Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_money_refuses_what_cannot_be(value: Decimal) -> None:
    with pytest.raises(InvalidValue):
        Money(value=value)


def test_a_range_is_not_reversed() -> None:
    with pytest.raises(InvalidValue, match="reversed"):
        Money(value=Decimal(5), high=Decimal(3))


@given(day=DAYS)
def test_a_partial_date_prints_what_it_parses(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y-%m}", f"{day.year}-Q{(day.month + 2) // 3}", f"{day.year}"):
        partial = PartialDate.parse(text)
        assert str(partial) == text
        assert partial.first <= day < partial.end


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13", "0000", "12026", "2026-Q5", "", "二〇二六", "2026-05-03-1", "9999-12-31"]
)
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        PartialDate.parse(text)


def test_a_period_as_people_write_it_includes_both_ends() -> None:
    period = Period.parse("2026-01/2026-05")
    assert (period.start, period.last_day, period.end) == (date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1))
    assert len(period.months()) == 5
    with pytest.raises(InvalidValue):
        Period.parse("2026-05/2026-01")


@given(first=st.text(ALPHABET, min_size=17, max_size=17), place=st.integers(0, 16), other=st.sampled_from(ALPHABET))
def test_a_credit_code_with_one_wrong_character_is_refused(first: str, place: int, other: str) -> None:
    code = first + credit_code_check_character(first)
    assert check_credit_code(f" {code.lower()} ") == code
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(InvalidValue, match="checksum"):
            check_credit_code(wrong)


def test_canonical_json_refuses_floats_and_sorts_keys() -> None:
    assert canonical_json({"b": Decimal("1.50"), "a": [date(2026, 1, 1)]}) == '{"a":["2026-01-01"],"b":"1.5"}'
    with pytest.raises(TypeError):
        canonical_json({"a": [1.5]})


@pytest.mark.parametrize(
    "text", ["1,5", "1，5", "12,34", "1,2345", "1234,567", "1_000", ",5", "1,234,5", "", ".", "NaN", "1e", "１,５"]
)
def test_a_comma_that_may_be_a_decimal_point_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        decimal_from_text(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", "1234.5"), (" 12,345,678 ", "12345678"), ("1E+8", "100000000"), (".5", "0.5"), ("１２", "12")],
)
def test_a_number_as_people_write_it_is_read(text: str, value: str) -> None:
    assert decimal_from_text(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("2.5", "2.5", None), ("2-3", "2", "3"), ("1,000 ～ 2,000", "1000", "2000"), ("2至3.5", "2", "3.5")],
)
def test_a_range_as_people_write_it(text: str, low: str, high: str | None) -> None:
    assert range_from_text(text) == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize("text", ["3-2", "2-", "-2", "二-三", ""])
def test_a_broken_range_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        range_from_text(text)
