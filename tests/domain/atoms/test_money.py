"""Amounts: exact values, spans, qualifiers, and what is no amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.domain.atoms.money import find_money
from zhaoyin.domain.money import Currency, Qualifier


@pytest.mark.parametrize(
    ("text", "span", "value", "currency", "qualifier"),
    [
        ("总投资12亿元的项目", "12亿元", "1200000000", "CNY", "="),
        ("上次说的3000w那个", "3000w", "30000000", "CNY", "="),
        ("1亿5投我们这", "1亿5", "150000000", "CNY", "="),
        ("投资1亿2号楼", "1亿", "100000000", "CNY", "="),
        ("给了2万5千元", "2万5千元", "25000", "CNY", "="),
        ("投资约3.6亿元", "3.6亿元", "360000000", "CNY", "~"),
        ("超过30,000万元", "30,000万元", "300000000", "CNY", ">"),
        ("投资一亿二千万元", "一亿二千万元", "120000000", "CNY", "="),
        ("携10亿+大单", "10亿+", "1000000000", "CNY", ">"),
        ("增资12亿日元", "12亿日元", "1200000000", "JPY", "="),
        ("注册资本500万欧元", "500万欧元", "5000000", "EUR", "="),
        ("斥资新台币14.6亿元", "14.6亿元", "1460000000", "TWD", "="),
        ("不超过人民币30,000万元", "30,000万元", "300000000", "CNY", "<"),
        ("年销售额300多万元", "300多万元", "3000000", "CNY", ">"),
        ("出资20,000,000.00元", "20,000,000.00元", "20000000.00", "CNY", "="),
        ("投资三个亿", "三个亿", "300000000", "CNY", "="),
        ("raise US$5 million here", "5 million", "5000000", "USD", "="),
    ],
)
def test_it_reads_value_currency_and_qualifier(text: str, span: str, value: str, currency: str, qualifier: str) -> None:
    (found,) = find_money(text)
    assert text[found.start : found.end] == span
    assert found.money.value == Decimal(value)
    assert (found.money.currency, found.money.qualifier) == (Currency(currency), Qualifier(qualifier))


def test_it_keeps_both_ends_of_a_range_and_spreads_the_unit() -> None:
    (found,) = find_money("投入在1500万至2000万元之间")
    assert (found.money.value, found.money.high) == (Decimal(15_000_000), Decimal(20_000_000))
    (short,) = find_money("拟投3-5亿元")
    assert (short.money.value, short.money.high) == (Decimal(300_000_000), Decimal(500_000_000))


@pytest.mark.parametrize(
    "text",
    [
        "年产30万吨",
        "10亿元以上项目5个",
        "百亿级产业",
        "3000万人次",
        "2024年6月1日",
        "吸纳1.2万人",
        "5万平方米",
        "20个项目",
    ],
)
def test_it_leaves_counts_areas_and_size_classes_alone(text: str) -> None:
    assert list(find_money(text)) == []


def test_it_drops_an_amount_beyond_every_investment() -> None:
    assert list(find_money("投资" + "9" * 30 + "亿元")) == []


@given(st.integers(min_value=1, max_value=999_999), st.sampled_from(["万", "亿"]))
def test_it_is_exact_for_every_written_number(number: int, unit: str) -> None:
    (found,) = find_money(f"投资{number:,}{unit}元,")
    assert found.money.value == number * (Decimal(10**4) if unit == "万" else Decimal(10**8))


@given(st.text(alphabet="一二十百千万亿元0123456789,.-至约个 美", max_size=60))
def test_it_never_fails_and_stays_inside_the_text(text: str) -> None:
    last = 0
    for found in find_money(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
