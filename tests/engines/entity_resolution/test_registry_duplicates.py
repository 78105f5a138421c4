"""Company records made comparable."""

import pytest

from zhaoyin.engines.entity_resolution.registry_duplicates import COLUMNS, RegistryRecord, comparable, settings


def row(**given: str) -> dict[str, str | None]:
    (values,) = comparable([RegistryRecord(id="1", **{"name": "苏州禾瑞精密机械有限公司", **given})])
    return dict(zip(COLUMNS, values, strict=True))


def test_a_name_is_taken_apart() -> None:
    found = row()
    assert (found["core"], found["stem"], found["place"], found["branch"]) == ("禾瑞精密机械", "禾瑞", "苏州", "")


@pytest.mark.parametrize(
    "name", ["禾瑞（苏州）精密机械有限公司", "苏州市禾瑞精密机械有限责任公司", "苏州 禾瑞精密机械 股份有限公司"]
)
def test_one_firm_written_in_several_ways_has_one_core(name: str) -> None:
    assert {key: row(name=name)[key] for key in ("core", "place")} == {"core": "禾瑞精密机械", "place": "苏州"}


def test_a_branch_keeps_the_core_of_its_firm_and_its_own_mark() -> None:
    found = row(name="苏州禾瑞精密机械有限公司杭州分公司")
    assert (found["core"], found["branch"]) == ("禾瑞精密机械", "杭州分公司")


@pytest.mark.parametrize(
    "address", ["苏州市高新区滨海路88号", "江苏省苏州市高新区滨海路88号", "高新区滨海路８８号", "滨海路88"]
)
def test_an_address_is_its_road_and_number(address: str) -> None:
    assert (row(address=address)["address"], row(address=address)["road"]) == ("滨海路88", "滨海路")


def test_what_is_not_known_is_none() -> None:
    assert {row()[key] for key in ("code", "phone", "person", "address")} == {None}


def test_every_column_of_the_settings_is_made() -> None:
    text = str(settings())
    asked = {part.split('"')[0] for part in text.replace('l."', "\0").replace('r."', "\0").split("\0")[1:]}
    assert asked <= set(COLUMNS)
