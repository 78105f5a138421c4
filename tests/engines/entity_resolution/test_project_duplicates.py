"""The same project twice, and what is not the same."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates.__main__ import accuracy
from benchmarks.duplicates.invented import KNOWN_RULES, again, project
from zhaoyin.engines.entity_resolution.project_duplicates import (
    DuplicatesParams,
    DuplicatesProblem,
    KnownProjects,
    NewRowsProblem,
    ProjectFacts,
    solve_duplicates,
    solve_new_rows,
)

KNOWN = ProjectFacts(
    "a", "年产5万套精密轴承项目", "苏州铎岚精密机械有限公司", Decimal(120_000_000), signed="2024-05-03"
)


def _score(other: ProjectFacts) -> float:
    found = solve_new_rows(
        problem=NewRowsProblem(KnownProjects([KNOWN]), (other,)), params=DuplicatesParams(review=0.0)
    )
    return found.likely["b"][0].score if found.likely else 0.0


@pytest.mark.parametrize(
    "other",
    [
        ProjectFacts("b", "精密轴承生产基地项目", "铎岚精密", Decimal(120_000_000)),
        ProjectFacts("b", "铎岚精密轴承项目", "铎岚精密机械", Decimal(150_000_000)),
        ProjectFacts("b", "年产5万套精密轴承项目", "铎岚（苏州）精密机械有限公司"),
        ProjectFacts("b", "年产5万套精密轴承项目", "苏州铎岗精密机械有限公司", Decimal(120_000_000)),
    ],
)  # fmt: skip
def test_it_accepts_the_project_as_another_office_writes_it(other: ProjectFacts) -> None:
    assert _score(other) >= DuplicatesParams().accept


@pytest.mark.parametrize(
    "other",
    [
        ProjectFacts("b", "精密轴承二期项目", "苏州铎岚精密机械有限公司", Decimal(120_000_000)),
        ProjectFacts("b", "精密轴承仓储物流中心项目", "苏州铎岚精密机械有限公司", Decimal(20_000_000)),
        ProjectFacts("b", "液压阀组项目", "苏州铎岚精密机械有限公司", Decimal(120_000_000)),
        ProjectFacts("b", "年产5万套精密轴承项目", "杭州霁川重工有限公司", Decimal(120_000_000)),
        ProjectFacts("b", "精密轴承项目", "杭州铎岚新材料有限公司", Decimal(80_000_000)),
    ],
)  # fmt: skip
def test_it_does_not_accept_a_neighbour(other: ProjectFacts) -> None:
    assert _score(other) < DuplicatesParams().accept


def test_it_says_why() -> None:
    other = ProjectFacts("b", "精密轴承生产基地项目", "铎岚精密", Decimal(150_000_000))
    (pair,) = solve_new_rows(problem=NewRowsProblem(KnownProjects([KNOWN]), (other,))).likely["b"]
    assert [code for code, _ in pair.reasons] == ["investor", "product", "near-amount"]
    assert (pair.first, pair.second) == ("b", "a")


def test_it_joins_no_two_rows_that_contradict_each_other() -> None:
    rows = (
        KNOWN,
        replace(KNOWN, key="b", name="精密轴承项目"),
        replace(KNOWN, key="c", name="精密轴承二期项目", phones=frozenset({"19900000001"})),
    )
    assert solve_duplicates(problem=DuplicatesProblem(rows)).groups == (("a", "b"),)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_it_gives_the_same_answer_in_any_order(seed: int, order: random.Random) -> None:
    chance = random.Random(seed)
    projects = [project(f"{at}", chance) for at in range(12)]
    rows = [one.facts for one in projects]
    rows += [again(one, f"{at}+", list(KNOWN_RULES.values())[at % 5], chance) for at, one in enumerate(projects[:6])]
    found = {
        frozenset((p.first, p.second)): p.score for p in solve_duplicates(problem=DuplicatesProblem(tuple(rows))).pairs
    }
    order.shuffle(rows)
    other = {
        frozenset((p.first, p.second)): p.score for p in solve_duplicates(problem=DuplicatesProblem(tuple(rows))).pairs
    }
    assert found == other


def test_it_compares_a_row_with_a_bounded_number_of_others() -> None:
    rows = tuple(replace(KNOWN, key=f"{at}", name=f"第{at}号标准厂房项目") for at in range(300))
    found = solve_duplicates(problem=DuplicatesProblem(rows), params=DuplicatesParams(review=0.0))
    assert len(found.pairs) <= 300 * DuplicatesParams().compared


def test_it_keeps_the_floors_of_its_benchmark_on_a_slice(capsys: pytest.CaptureFixture[str]) -> None:
    results = accuracy(1000)
    capsys.readouterr()
    assert results["known rules"]["recall"] >= 0.98
    assert results["known rules"]["precision"] >= 0.95
    assert results["held-out rules"]["precision"] >= 0.94
    assert results["held-out rules, shown"]["recall"] >= 0.93
