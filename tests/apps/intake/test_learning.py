"""What reviewers teach: examples from decided proposals, a model that is used only when it is no worse, redaction."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from zhaoyin.apps.intake import actions, learning
from zhaoyin.apps.intake.models import Draft, ReadingModel
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.domain.money import Money
from zhaoyin.engines.reading.learning import FieldKind, Verdict

FIRMS = (
    "昱锵新材料",
    "珩屿泵业",
    "祎泽电缆",
    "弋锦纺织",
    "澈驭机器人",
    "旻澔轴承",
    "锜沣铝业",
    "彧泽制冷",
    "砼弢新能源",
    "翀屹激光",
    "煊钰服饰",
    "赟昶光电",
)


def reviewed(world: Any) -> str:
    """Twelve documents whose stage every reviewer corrected; the stage they all gave."""
    viewer, wanted = world.viewer(world.li), ""
    for place, firm in enumerate(FIRMS):
        text = f"5月{place + 6}日,无锡{firm}有限公司投资{place + 1}.5亿元的特种项目桃花已经开在园里。"
        document = actions.receive_text(viewer=viewer, text=text, kind="paste", published_on=date(2026, 5, 30)).document
        draft = Draft.objects.filter(reading__document=document, kind="project").first()
        if draft is None:
            continue
        wanted = wanted or ("in_production" if draft.content["stage"] != "in_production" else "construction_started")
        decision = actions.Decision(
            to="lead", investor=draft.content["investor"], stage=wanted, name=draft.content["name"],
            planned_total=Money.from_payload(draft.content["amount"]["money"]) if draft.content["amount"] else None,
        )  # fmt: skip
        actions.accept(viewer=viewer, draft_id=draft.pk, decision=decision)
    return wanted


def test_examples_say_what_was_accepted_corrected_and_refused(world: Any) -> None:
    wanted = reviewed(world)
    known = learning.examples_of(zone_id=world.zone.pk)
    assert len(known) == len(FIRMS)
    by_kind = {field.kind: field for field in known[0][1].fields}
    assert by_kind[FieldKind.COMPANY].verdict is Verdict.ACCEPTED
    assert by_kind[FieldKind.STAGE].verdict is Verdict.CORRECTED
    assert by_kind[FieldKind.STAGE].value == learning.STAGE_CLASSES[wanted]
    assert by_kind[FieldKind.AMOUNT].value == "150000000"


def test_too_few_reviews_teach_nothing(world: Any) -> None:
    with pytest.raises(InvalidValue, match="too-few-reviews"):
        learning.retrain(zone_id=world.zone.pk)


def test_a_model_that_reads_better_is_used(world: Any) -> None:
    wanted = reviewed(world)
    done = learning.retrain(zone_id=world.zone.pk)
    assert done.used
    assert done.after.stage[0] > done.before.stage[0]
    text = "6月2日,无锡湉漪电子有限公司投资3亿元的封装项目桃花已经开在园里。"
    document = actions.receive_text(
        viewer=world.viewer(world.li), text=text, kind="paste", published_on=date(2026, 6, 3)
    ).document
    draft = Draft.objects.get(reading__document=document, kind="project")
    assert draft.content["stage"] == wanted


def test_a_redacted_document_takes_the_model_with_it_and_teaches_no_more(world: Any) -> None:
    reviewed(world)
    learning.retrain(zone_id=world.zone.pk)
    pk = ReadingModel.objects.get().documents[0]
    actions.forget_document(viewer=world.viewer(world.li), document_id=pk, reason="by-person")
    assert not ReadingModel.objects.exists()
    assert pk not in {document for document, _ in learning.examples_of(zone_id=world.zone.pk)}


def test_another_zone_learns_nothing_of_it(world: Any) -> None:
    reviewed(world)
    learning.retrain(zone_id=world.zone.pk)
    assert learning.params_of(zone_id=world.other_zone.pk).installation is None


def test_the_command_tells_before_and_after(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(world)
    call_command("reading", "retrain", "--zone", "east")
    said = capsys.readouterr().out
    assert "reviewed documents 12, held back 2" in said
    assert "used from now on" in said
    call_command("reading", "forget", "--zone", "east")
    assert not ReadingModel.objects.exists()
