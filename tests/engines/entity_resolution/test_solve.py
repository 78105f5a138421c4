"""Written names against a small registry that a person can check by hand, and rules that hold for every registry."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.result import Decision, Reason, Resolution
from zhaoyin.engines.entity_resolution.solve import solve

NAMES = (
    "苏州禾瑞精密机械有限公司",
    "苏州禾润电子有限公司",
    "广东省昱锵新材料股份有限公司",
    "山东岚海生物科技集团有限公司",
    "岚海(无锡)置业有限公司",
    "上海骁越半导体有限公司",
    "北京骁越半导体有限公司",
    "湖南钧铠交通规划勘察设计研究院有限公司",
    "兴业榆桐皮革有限公司",
    "广东鹏沐复材有限公司",
)
REGISTRY = Registry.of(
    NAMES, aliases=[("老禾瑞", NAMES[0]), ("查无此名", "没有登记的公司")], credit_codes={"91320500MA1ABCDE0X": 3}
)


def resolve(query: str, **rules: object) -> Resolution:
    return solve(problem=ResolutionProblem(REGISTRY, query), params=ResolutionParams(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("禾瑞精密", 0), ("禾瑞股份", 0), ("苏州禾瑞", 0), ("禾瑞机械", 0), ("昱锵新材", 2), ("粤昱锵", 2), ("岚海集团", 3),
        ("岚海置业", 4), ("无锡岚海置业", 4), ("钧设院", 7), ("沪骁越", 5), ("京骁越", 6), ("兴业皮革", 8), ("禾瑞精密饥械有限公司", 0),
    ],
)  # fmt: skip
def test_it_finds_the_firm_behind_a_short_name(query: str, number: int) -> None:
    assert resolve(query).candidates[0].number == number


def test_it_accepts_what_is_certain_and_asks_between_equals() -> None:
    assert resolve("禾瑞精密").decision is Decision.ACCEPT
    twins = resolve("骁越半导体")
    assert twins.decision is Decision.REVIEW
    assert {one.number for one in twins.candidates[:2]} == {5, 6}


def test_it_finds_nobody_for_a_stranger() -> None:
    assert resolve("完全不同的机构").decision is Decision.NONE
    assert resolve("").decision is Decision.NONE
    assert solve(problem=ResolutionProblem(Registry.of([]), "禾瑞")).candidates == ()


def test_it_takes_spelling_before_likeness() -> None:
    for query in (NAMES[4], "无锡岚海置业有限公司", "岚海(无锡)置业有限公司", " 岚海（无锡）置业有限公司 "):
        found = resolve(query)
        assert (found.candidates[0].number, found.candidates[0].reason) == (4, Reason.EXACT)
        assert found.decision is Decision.ACCEPT


def test_it_knows_other_names_and_codes() -> None:
    assert resolve("老禾瑞").candidates[0].reason is Reason.ALIAS
    assert not resolve("查无此名").candidates or resolve("查无此名").candidates[0].reason is Reason.SIMILAR
    coded = solve(problem=ResolutionProblem(REGISTRY, "随便什么", credit_code="91320500ma1abcde0x"))
    assert (coded.candidates[0].number, coded.candidates[0].reason) == (3, Reason.CREDIT_CODE)


def test_it_does_not_like_one_legal_form_more_than_another() -> None:
    pair = Registry.of(["常州禾瑞机械有限公司", "常州禾瑞机械股份有限公司"])
    found = solve(problem=ResolutionProblem(pair, "禾瑞机械"))
    assert found.decision is Decision.REVIEW
    assert found.candidates[0].score == found.candidates[1].score


def test_it_asks_when_two_companies_bear_one_name_unless_names_are_all_there_is() -> None:
    twice = Registry.of([NAMES[0], NAMES[1], NAMES[0]])
    for query in (NAMES[0], "禾瑞精密"):
        problem = ResolutionProblem(twice, query)
        assert solve(problem=problem).decision is Decision.REVIEW
        assert solve(problem=problem, params=ResolutionParams(name_is_identity=True)).decision is Decision.ACCEPT


def test_it_refuses_a_page_as_a_name() -> None:
    with pytest.raises(InvalidValue):
        resolve("长" * 201)


_WORDS = st.sampled_from(
    ["禾", "瑞", "昱", "锵", "科", "技", "苏", "州", "有限公司", "集团", "(", ")", "广东", "A", "1", "𠮷", " ", "。"]
)
_NAME = st.lists(_WORDS, max_size=9).map("".join)


@settings(max_examples=150, deadline=None)
@given(names=st.lists(_NAME, max_size=12), query=_NAME)
def test_it_answers_any_text(names: list[str], query: str) -> None:
    registry = Registry.of(names)
    assert [registry.name(number) for number in range(len(registry))] == names
    found = solve(problem=ResolutionProblem(registry, query))
    assert found == solve(problem=ResolutionProblem(registry, query))
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True) and all(score <= 1 for score in scores)
    assert all(one.name == names[one.number] for one in found.candidates)
    if found.decision is Decision.ACCEPT:
        assert found.candidates


@settings(max_examples=60, deadline=None)
@given(names=st.lists(_NAME.filter(str.strip), min_size=1, max_size=12, unique=True), chosen=st.integers(0, 11))
def test_it_finds_every_registered_name_itself(names: list[str], chosen: int) -> None:
    name = names[chosen % len(names)]
    found = solve(problem=ResolutionProblem(Registry.of(names), name), params=ResolutionParams(shown=20))
    if found.candidates and found.candidates[0].reason is Reason.EXACT:
        assert name in {one.name for one in found.candidates}


def test_it_packs_names_tightly() -> None:
    names = [f"苏州{chr(0x4E00 + at % 5000)}{chr(0x4E00 + at // 7)}精密机械有限公司" for at in range(20_000)]
    registry = Registry.of(iter(names))
    assert registry.nbytes / len(names) < 160


def test_it_asks_before_a_company_is_taken_for_its_group() -> None:
    registry = Registry.of(["常州禾瑞机械集团有限公司", "无锡昱锵新材料股份有限公司"])
    assert solve(problem=ResolutionProblem(registry, "常州禾瑞机械有限公司")).decision is Decision.REVIEW
    assert solve(problem=ResolutionProblem(registry, "禾瑞机械")).decision is Decision.ACCEPT
    assert solve(problem=ResolutionProblem(registry, "无锡昱锵新材料有限公司")).decision is Decision.ACCEPT


def test_it_never_accepts_a_name_of_trades_alone() -> None:
    registry = Registry.of(["北方联合出版传媒股份有限公司"])
    assert solve(problem=ResolutionProblem(registry, "出版传媒")).decision is not Decision.ACCEPT
