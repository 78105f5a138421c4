"""Learning from a reviewer's corrections: better on what was corrected, no worse elsewhere, and the same bytes for the same input."""

from datetime import date

import pytest

from benchmarks.reading.documents import documents
from benchmarks.reading.scoring import score
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.learning import Example, FieldKind, Reviewed, Verdict, scores, train
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve

FIRM = "苏州鋆澔电子科技有限公司"
TEXT = f"{FIRM}投资3亿元的传感器项目,今早放了响炮请了火神。"


def example(text: str = TEXT, stage: str = "production") -> Example:
    place = text.index(FIRM)
    return Example(
        text,
        date(2024, 6, 1),
        (
            Reviewed(0, FieldKind.COMPANY, place, place + len(FIRM), Verdict.ACCEPTED, FIRM),
            Reviewed(0, FieldKind.AMOUNT, place + 14, place + 17, Verdict.ACCEPTED, "300000000"),
            Reviewed(0, FieldKind.STAGE, 0, 0, Verdict.CORRECTED, stage),
        ),
    )


def test_it_gives_the_same_model_for_the_same_examples() -> None:
    assert train([example()]) == train([example()])


def test_it_learns_a_stage_and_keeps_the_rest() -> None:
    said = [example(f"{FIRM}投资3亿元的传感器项目,{words}。", stage) for words, stage in (
        ("协议已签,正在洽谈付款方式", "signed"), ("还在洽谈,已到放炮请神阶段", "production"),
    )]  # fmt: skip
    before, model = scores(said), train(said)
    after = scores(said, model)
    assert after.stage[0] > before.stage[0] or before.stage[0] == before.stage[1]
    assert after.company[0] == before.company[0] and after.amount[0] == before.amount[0]


def test_it_goes_on_from_an_earlier_model() -> None:
    first = train([example()])
    assert Installation.loads(train([], first)).learned == Installation.loads(first).learned == (FIRM,)


def test_it_finds_confirmed_names_and_leaves_out_refused_ones() -> None:
    text = "据悉,青石板很想来看看,无锡昱锵新材料签约。"
    told = (
        Reviewed(0, FieldKind.COMPANY, 3, 6, Verdict.CORRECTED, "青石板"),
        Reviewed(1, FieldKind.COMPANY, 12, 19, Verdict.REFUSED, "无锡昱锵新材料"),
    )
    model = Installation.loads(train([Example(text, None, told)]))
    reading = solve(problem=ReadingProblem(text), params=ReadingParams(installation=model))
    names = {name.span.text for name in reading.names if name.kind is Kind.COMPANY}
    assert "无锡昱锵新材料" not in names and model.learned == ("青石板",)


def test_it_does_not_forget_the_benchmark() -> None:
    own = [one for one in documents() if one.held_out][::8]
    before = score(own)["record"]
    model = Installation.loads(train([example(), example(stage="construction")]))
    params = ReadingParams(installation=model)
    drafts = [
        solve(problem=ReadingProblem(one.text, date.fromisoformat(one.pub)), params=params).projects for one in own
    ]
    assert before >= 0.9 and sum(map(len, drafts)) >= sum(len(one.records) for one in own)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\xff", b'{"format":"zhaoyin-reading-1","changes":{"a":{"b":1}},"learned":[],"refused":[]}']
)
def test_it_refuses_what_is_no_model(data: bytes) -> None:
    with pytest.raises(InvalidValue) as caught:
        Installation.loads(data)
    assert caught.value.code == "reading-model"
