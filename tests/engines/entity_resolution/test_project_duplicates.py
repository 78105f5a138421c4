"""The same project twice."""

from decimal import Decimal

from zhaoyin.engines.entity_resolution.project_duplicates import (
    DuplicatesFound,
    DuplicatesProblem,
    ProjectFacts,
    solve_duplicates,
)


def _found(*projects: ProjectFacts) -> DuplicatesFound:
    return solve_duplicates(problem=DuplicatesProblem(projects))


ONE = ProjectFacts("a", "年产3万套毫米波雷达项目", "苏州云杼电子有限公司", Decimal(300_000_000), signed="2023-03")


def test_a_renamed_and_raised_project_is_the_same_one() -> None:
    found = _found(
        ONE, ProjectFacts("b", "毫米波雷达智能工厂项目", "云杼电子", Decimal(350_000_000), signed="2023-03-05")
    )
    assert found.groups == (("a", "b"),)
    assert {"investor", "near-amount", "same-date"} <= {code for code, _ in found.pairs[0].reasons}


def test_a_second_phase_and_another_product_are_other_projects() -> None:
    found = _found(
        ONE,
        ProjectFacts("b", "毫米波雷达二期项目", "苏州云杼电子有限公司", Decimal(100_000_000), signed="2023-04"),
        ProjectFacts("c", "储能柜生产基地项目", "苏州云杼电子有限公司", Decimal(500_000_000)),
    )
    assert found.groups == ()


def test_the_same_product_of_another_investor_is_another_project() -> None:
    assert _found(ONE, ProjectFacts("b", ONE.name, "杭州麦冬电子有限公司", ONE.investment)).groups == ()


def test_it_is_not_asked_in_pairs_of_everything() -> None:
    many = [ProjectFacts(str(n), f"第{n}号设备项目", f"某地{n}号{n * 7}设备有限公司") for n in range(3000)]
    assert _found(*many, ONE, ProjectFacts("b", ONE.name, ONE.investor)).groups == (("a", "b"),)
