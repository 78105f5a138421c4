"""Companies that stand twice, by Splink on DuckDB; without the extra there is a clear word."""

import importlib.util
from typing import Any

import pytest

from zhaoyin.adapters.warehouse import deduplicate as adapter
from zhaoyin.domain.company import credit_code_check_character
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.entity_resolution.registry_duplicates import ACCEPT, RegistryRecord


def code(body: str) -> str:
    """A sound code; bodies of neighbours in the register differ in one character and in the check character."""
    body = body[:17]
    return body + credit_code_check_character(body)


ONE = RegistryRecord(
    "1", "苏州禾瑞精密机械有限公司", code("91320500MA1XY0001"), "19900000001", "苏州市高新区滨海路88号", "钱一帆"
)
needs_splink = pytest.mark.skipif(
    importlib.util.find_spec("splink") is None, reason="the extra splink is not installed"
)


def found(*others: RegistryRecord) -> dict[str, float]:
    return {match.second: match.probability for match in adapter.deduplicate(records=[ONE, *others], least=0.0001)}


@needs_splink
def test_it_finds_a_company_again_and_says_why() -> None:
    again = RegistryRecord("2", "禾瑞（苏州）精密机械有限公司", "", "19900000001", "滨海路88号", "")
    (match,) = adapter.deduplicate(records=[ONE, again])
    assert match.probability >= ACCEPT
    assert {name for name, _bits in match.reasons} >= {"name", "contact", "place"}


@needs_splink
@pytest.mark.parametrize(
    "other",
    [
        RegistryRecord("2", "苏州禾瑞精密机械有限公司杭州分公司", code("91330100MA1XY0002"), "19900000001", "", "钱一帆"),
        RegistryRecord("2", "苏州禾瑞置业有限公司", code("91320500MA1XY0009"), "19900000001", "苏州市高新区滨海路88号", "钱一帆"),
        RegistryRecord("2", "杭州禾瑞精密机械有限公司", code("91330100MA1XY0003"), "19900000007", "杭州市滨江区江南路3号", "孙二"),
        RegistryRecord("2", "青岛沐棠光电有限公司", code("91370200MA1XY0004"), "19900000001", "苏州市高新区滨海路88号", ""),
    ],
)  # fmt: skip
def test_it_accepts_no_branch_sister_namesake_or_client_of_the_same_agent(other: RegistryRecord) -> None:
    assert found(other).get("2", 0.0) < 0.5


@needs_splink
def test_a_slip_in_a_code_is_told_by_its_check_character() -> None:
    slipped = ONE.credit_code[:9] + ("8" if ONE.credit_code[9] != "8" else "9") + ONE.credit_code[10:]
    other = RegistryRecord("2", ONE.name, slipped, "", "", ONE.legal_person)
    assert found(other)["2"] >= ACCEPT


@needs_splink
def test_it_answers_nothing_for_nothing() -> None:
    assert adapter.deduplicate(records=[]) == []


@needs_splink
def test_it_keeps_the_floors_of_its_benchmark_on_a_slice(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.deduplication.__main__ import run
    from benchmarks.deduplication.invented import HELD_OUT_RULES, KNOWN_RULES

    for name, rules in (("known rules", KNOWN_RULES), ("held-out rules", HELD_OUT_RULES)):
        results = run(3000, name, rules)
        assert results["precision"] >= 0.98
        assert results["recall"] >= 0.85
        assert results["shown recall"] >= 0.93
    capsys.readouterr()


def test_without_the_extra_it_says_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setattr(adapter, "find_spec", lambda _name: None)
    with pytest.raises(DomainError) as error:
        adapter.deduplicate(records=[ONE])
    assert (error.value.code, error.value.params["extra"]) == ("extra-missing", "splink")
