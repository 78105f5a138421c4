"""Provinces and cities by code."""

from zhaoyin.domain.region import PROVINCES, cities, region_name


def test_it_has_all_34_province_level_units_with_taiwan_hong_kong_and_macau() -> None:
    assert len(PROVINCES) == 34
    assert {PROVINCES[code][0] for code in ("71", "81", "82")} == {"台湾", "香港", "澳门"}


def test_it_puts_every_city_into_a_province_and_somewhere_in_the_country() -> None:
    for city in cities().values():
        assert city.code[:2] in PROVINCES
        assert 73 < city.longitude < 136 and 3 < city.latitude < 54
    assert {"三沙", "台北", "香港", "澳门"} <= {city.name for city in cities().values()}


def test_it_names_regions_in_both_languages() -> None:
    assert region_name("4403") == "深圳"
    assert region_name("440305", english=True) == "Shenzhen"
    assert region_name("37") == "山东"
    assert region_name("3799") == "山东"
    assert region_name("99") == ""
