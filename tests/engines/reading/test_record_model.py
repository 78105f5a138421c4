"""What decides at last whether a record is a project and how far it is."""

from datetime import date

from zhaoyin.apps.intake.presentation import SURE
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.record_model import OUTCOMES, Surroundings, base_records, decided
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stages import Step


def around(said: Step | None, step: Step, *, accepted: bool = True) -> Surroundings:
    return Surroundings(
        accepted=accepted, said=said, step=step, theme=None, bare=False, total=1.0, investor=2.0, guessed=False, bank=False,
        roles={}, clusters=1, records=1, others_accepted=0.0, number=0,
    )  # fmt: skip


def chances(**known: float) -> list[float]:
    return [known.get("none" if one is None else one.name, 0.0) for one in OUTCOMES]


def test_every_sign_has_a_weight_for_every_outcome() -> None:
    weights = base_records().weights
    assert len(weights) > 100
    assert all(len(row) == len(OUTCOMES) for row in weights.values())


def test_it_takes_the_likeliest_stage() -> None:
    step, sure = decided(chances(none=0.1, SIGNED=0.8, SITED=0.1), {}, around(Step.SITED, Step.SITED))
    assert (step, sure) == (Step.SIGNED, 0.8)


def test_it_drops_what_is_likely_no_project() -> None:
    assert decided(chances(none=0.8, SIGNED=0.2), {}, around(None, Step.SIGNED))[0] is None
    assert decided(chances(none=0.6, SIGNED=0.2), {}, around(None, Step.SIGNED, accepted=False))[0] is None


def test_rules_hold_where_the_model_is_not_clearly_of_another_mind() -> None:
    near = chances(none=0.1, SIGNED=0.5, CONSTRUCTION=0.4)
    assert decided(near, {}, around(Step.CONSTRUCTION, Step.CONSTRUCTION))[0] is Step.CONSTRUCTION


def test_a_plan_becomes_no_fact_that_nothing_tells() -> None:
    told = {"most_plan": 1.0}
    thought = chances(none=0.2, INTENT=0.2, CONSTRUCTION=0.6)
    assert decided(thought, told, around(Step.INTENT, Step.INTENT))[0] is Step.INTENT
    said = told | {"most_construction": 0.9}
    assert decided(thought, said, around(Step.INTENT, Step.INTENT))[0] is Step.CONSTRUCTION


def test_a_plain_sentence_is_sure_enough_to_be_taken_without_asking() -> None:
    text = "5月20日,合肥明州精密模具有限公司精密注塑模具项目签约,项目总投资3.2亿元。"
    (draft,) = solve(problem=ReadingProblem(text, date(2024, 6, 1))).projects
    assert draft.step is Step.SIGNED
    assert draft.confidence >= SURE
