"""The model service's vote on proposals: it adds, and takes nothing away."""

import json
from typing import Any

import pytest

from zhaoyin.adapters.llm.checking import checked
from zhaoyin.apps.intake import actions, proposing
from zhaoyin.apps.intake.models import Draft
from zhaoyin.apps.intake.voting import ONLY_MODEL, with_votes
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve

TEXT = "5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。苏州珩屿泵业也来看了地,准备投3000万元。"


def contents() -> list[dict[str, Any]]:
    return proposing.project_contents(solve(problem=ReadingProblem(TEXT)))


def claims(*projects: dict[str, Any]) -> Any:
    return checked({"projects": list(projects)}, TEXT)


def said(company: str, amount: str = "", stage: str = "", quote: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"company": {"value": company, "quote": company}}
    if amount:
        found["amount"] = {"value": amount, "quote": amount}
    if stage:
        found["stage"] = {"value": stage, "quote": quote}
    return found


def test_an_agreement_raises_the_confidence_and_changes_no_value() -> None:
    before = contents()
    after = with_votes(before, claims(said("无锡昱锵新材料有限公司", "2.5亿元", "signed", "成功签约")))
    assert after[0]["votes"] == {"amount": "agrees", "stage": "agrees"}
    assert after[0]["confidence"] >= before[0]["confidence"]
    assert {k: v for k, v in after[0].items() if k not in {"votes", "confidence"}} == {
        k: v for k, v in before[0].items() if k != "confidence"
    }


def test_a_difference_is_kept_beside_the_engines_value() -> None:
    before = contents()
    (first, *_) = with_votes(before, claims(said("昱锵新材料", "3000万元")))
    assert first["amount"] == before[0]["amount"]
    assert first["votes"]["amount"] == "differs"
    assert first["model"]["amount"]["money"]["value"] == "30000000"


def test_a_project_that_only_the_service_saw_is_never_sure() -> None:
    found = with_votes([], claims(said("苏州珩屿泵业", "3000万元")))
    assert [(one["investor"], one["confidence"], one["by"]) for one in found] == [("苏州珩屿泵业", ONLY_MODEL, "model")]


def test_nothing_is_taken_from_boilerplate() -> None:
    start = TEXT.index("苏州")
    assert with_votes([], claims(said("苏州珩屿泵业")), [(start, len(TEXT))]) == []


def test_reading_goes_on_when_the_service_is_down(world: Any, settings: Any) -> None:
    settings.MODEL_SERVICE_URL = "http://127.0.0.1:9/v1"
    actions.receive_text(viewer=world.viewer(world.li), text=TEXT, kind="paste")
    assert Draft.objects.filter(kind="project").exists()


def test_its_vote_reaches_the_proposals(world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MODEL_SERVICE_URL = "http://127.0.0.1:9/v1"
    monkeypatch.setattr(actions, "ask", lambda service, text: claims(said("无锡昱锵新材料有限公司", "2.5亿元")))
    actions.receive_text(viewer=world.viewer(world.li), text=TEXT, kind="paste")
    draft = Draft.objects.filter(kind="project").order_by("position")[0]
    assert draft.content["votes"] == {"amount": "agrees"}
    assert json.dumps(draft.content)


def test_the_ticked_proposals_become_leads_together(world: Any) -> None:
    from zhaoyin.apps.leads.models import Lead

    client = world.client(world.li)
    document = actions.receive_text(viewer=world.viewer(world.li), text=TEXT, kind="paste").document
    ids = list(Draft.objects.filter(kind="project").values_list("id", flat=True))
    assert len(ids) == 2
    page = client.get(f"/z/east/intake/documents/{document.pk}/").content.decode()
    assert page.count('name="draft"') == 2
    address = f"/z/east/intake/documents/{document.pk}/accept/"
    assert client.post(address, {"draft": [str(ids[0]), "nonsense"]}).status_code == 302
    client.post(address, {"draft": [str(pk) for pk in ids]})
    assert Lead.objects.count() == 2
