"""Money, days and phones as a person reads them."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from zhaoyin.apps.ui import messages, wording
from zhaoyin.apps.ui.components import phone_masked, steps
from zhaoyin.domain.money import Currency, Money, Qualifier, Unit
from zhaoyin.domain.period import PartialDate

YI = Decimal(10**8)


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (None, "未知", "Unknown"),
        (Money(10 * YI, qualifier=Qualifier.ABOUT), "10 亿元（约）", "CNY 1 bn (about)"),
        (Money(Decimal("5840000000")), "58.4 亿元", "CNY 5.84 bn"),
        (Money(Decimal(0)), "0 元", "CNY 0"),
        (
            Money(Decimal("123456789"), qualifier=Qualifier.MORE),
            "1.23456789 亿元（不低于）",
            "CNY 123.456789 m (at least)",
        ),
        (Money(Decimal(3_000_000), currency=Currency.USD, unit=Unit.WAN), "300 万美元", "USD 3 m"),
        (Money(2 * YI, high=3 * YI), "2 亿元 – 3 亿元", "CNY 200 m – CNY 300 m"),
        (Decimal("1234.5"), "1,234.5 元", "CNY 1,234.5"),
    ],
)
def test_it_writes_money_exactly(amount: Money | Decimal | None, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert wording.money(amount) == chinese
    with translation.override("en"):
        assert wording.money(amount) == english


def test_it_keeps_the_unit_as_written() -> None:
    with translation.override("zh-hans"):
        assert wording.money_as_written(Money(10 * YI, unit=Unit.WAN)) == "100,000 万元"


def test_it_rounds_only_when_asked() -> None:
    with translation.override("zh-hans"):
        assert wording.money(Decimal("123456789"), places=2) == "1.23 亿元"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("2026-05-03", "2026-05-03"), ("2026-05", "2026 年 5 月"), ("2026-Q2", "2026 年第 2 季度"), ("2026", "2026 年")],
)
def test_it_shows_a_day_only_as_precisely_as_it_is_known(text: str, chinese: str) -> None:
    with translation.override("zh-hans"):
        assert wording.day(PartialDate.parse(text)) == chinese
        assert bool(wording.precision_hint(PartialDate.parse(text))) == (len(text) < 10)


def test_it_shows_unknown_days_as_unknown() -> None:
    with translation.override("zh-hans"):
        assert wording.day(None) == "未知"
        assert wording.day(date(2026, 1, 2)) == "2026-01-02"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800000000", "138****0000"), ("", ""), ("12345", "*****"), ("0633-8123456", "063*****3456")],
)
def test_it_masks_phones(phone: str, masked: str) -> None:
    assert phone_masked(phone) == masked


def test_it_marks_the_steps_before_the_current_one_as_done() -> None:
    labels = [("a", "A"), ("b", "B"), ("c", "C")]
    assert [step.state for step in steps(labels, "b")] == ["done", "current", "ahead"]
    assert [step.state for step in steps(labels, "x")] == ["ahead", "ahead", "ahead"]


def test_every_error_has_words() -> None:
    root = Path(messages.__file__).parents[2]
    raised = re.compile(r'(?:DomainError|InvalidValue|NotVisible|NotAllowed|StaleWrite)\(\s*"([a-z0-9-]+)"')
    codes = {code for file in root.rglob("*.py") for code in raised.findall(file.read_text(encoding="utf-8"))}
    assert len(codes) > 60
    assert sorted(codes - messages.known_codes()) == []
