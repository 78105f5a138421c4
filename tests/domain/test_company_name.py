"""Anatomy of company names."""

from zhaoyin.domain.company_name import parse
from zhaoyin.engines.reading.tokens import region_length


def test_it_takes_a_full_name_apart() -> None:
    name = parse("苏州禾瑞精密机械有限公司", place_length=region_length)
    assert (name.place, name.stem, name.industry, name.legal_form) == ("苏州", "禾瑞", "精密机械", "有限公司")


def test_it_knows_brackets() -> None:
    name = parse("海川储能科技(常州)有限公司", place_length=region_length)
    assert (name.stem, name.bracket) == ("海川", "常州")


def test_it_derives_short_names() -> None:
    assert {"禾瑞精密机械", "禾瑞精密", "禾瑞", "苏州禾瑞"} <= set(
        parse("苏州禾瑞精密机械有限公司", place_length=region_length).short_names
    )
