"""From a pasted page to a project: review, evidence, duplicates, access, bad input."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhaoyin.apps.companies.actions import CompanyDraft, register_company
from zhaoyin.apps.intake import access, actions, queries
from zhaoyin.apps.intake.models import Draft
from zhaoyin.apps.leads.models import Lead
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.models import Project
from zhaoyin.apps.sources.models import Document, DocumentContent
from zhaoyin.domain.errors import InvalidValue, NotAllowed, NotVisible, StaleWrite

TEXT = (
    "首页 > 要闻 > 正文\n5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。给它做模具的铎信精密正在考察,拟投资3000万元。\n"
    "前4个月,东湾高新区新签约项目17个,计划总投资31亿元。\n相关推荐\n某某集团豪掷88亿元建厂\n2025-05-01 10:00"
)


@pytest.fixture(autouse=True)
def clock(at: Any) -> None:
    at("2026-06-01 10:00")


def received(world: Any, person: Any = None, text: str = TEXT) -> Document:
    viewer = world.viewer(person or world.li)
    return actions.receive_text(viewer=viewer, text=text, kind="paste", published_on=date(2026, 5, 8)).document


def drafts(document: Document) -> list[Draft]:
    return list(Draft.objects.filter(reading__document=document).order_by("position"))


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"intake:{name}", args=[world.zone.slug, *args])


def form_data(draft: Draft, **more: Any) -> dict[str, Any]:
    from zhaoyin.apps.intake.forms import draft_initial

    given = {**draft_initial(draft.content), "task_force": "", "person": "", **more}
    prefixed = {f"d{draft.position}-{key}": value for key, value in given.items() if value not in {None, False}}
    return {**prefixed, "to": more.get("to", "lead")}


def test_it_proposes_records_with_their_places_and_nothing_from_boilerplate(world: Any) -> None:
    document = received(world)
    first, second, figure = drafts(document)
    assert first.content["investor"] == "无锡昱锵新材料有限公司"
    start, end = first.content["amount"]["span"]
    assert (
        TEXT[start:end] == "2.5亿元" and first.content["stage"] == "signed" and first.content["dated"] == "2026-05-06"
    )
    assert second.content["investor"] == "铎信精密"
    assert (figure.kind, figure.content["count"]) == ("figure", "17")
    assert not Event.objects.exists()
    assert "88亿" not in json.dumps([draft.content for draft in drafts(document)], ensure_ascii=False)


def test_the_page_shows_facts_greys_boilerplate_and_serves_no_html(world: Any) -> None:
    document = received(world, text=TEXT + "\n<script>alert(1)</script>")
    page = world.client(world.li).get(url(world, "review", document.pk)).content.decode()
    assert 'class="zy-fact zy-fact-amount"' in page and "2.5亿元" in page
    assert 'class="zy-boilerplate">' in page
    assert "<script>alert" not in page
    answer = world.client(world.li).get(reverse("sources:download", args=[world.zone.slug, document.pk]))
    assert answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]


def test_accepting_makes_a_project_with_the_text_as_evidence(world: Any) -> None:
    document = received(world)
    draft = drafts(document)[0]
    data = form_data(draft, to="project", task_force=str(world.task_force.pk), person=str(world.li.pk))
    answer = world.client(world.li).post(url(world, "accept", draft.pk), data)
    assert answer.status_code == 302
    project = Project.objects.get()
    assert (project.stage, project.signed_on, project.planned_total) == ("signed", date(2026, 5, 6), 250_000_000)
    assert project.investor is not None and project.investor.name == "无锡昱锵新材料有限公司"
    lead = Lead.objects.get()
    assert (lead.status, lead.project_id, lead.document_id) == ("converted", project.pk, document.pk)
    evidence = json.loads(Event.objects.get(subject_id=project.pk, kind="contract_signed").evidence)
    spans = {item["field"]: TEXT[item["start"] : item["end"]] for item in evidence}
    assert spans["amount"] == "2.5亿元" and spans["investor"] == "无锡昱锵新材料有限公司" and "签约" in spans["stage"]
    detail = world.client(world.li).get(reverse("projects:detail", args=[world.zone.slug, project.pk])).content.decode()
    assert f"documents/{document.pk}/?start=" in detail


def test_corrections_are_kept_and_used(world: Any) -> None:
    draft = drafts(received(world))[0]
    data = form_data(
        draft,
        investor="无锡昱锵新材料科技有限公司",
        amount="3",
        amount_unit="1e8",
        stage="negotiating",
        contract_kind="",
    )
    assert world.client(world.li).post(url(world, "accept", draft.pk), data).status_code == 302
    lead, draft = Lead.objects.get(), Draft.objects.get(pk=draft.pk)
    assert (lead.investor_name, lead.planned_total, lead.said_stage, lead.status) == (
        "无锡昱锵新材料科技有限公司",
        300_000_000,
        "negotiating",
        "pool",
    )
    assert draft.corrections is not None and draft.corrections["stage"] == {"from": "signed", "to": "negotiating"}


def test_it_warns_of_a_similar_project_before_making_another(world: Any) -> None:
    first = drafts(received(world))[0]
    chosen = {"task_force": str(world.task_force.pk), "person": str(world.li.pk), "to": "project"}
    client = world.client(world.li)
    assert client.post(url(world, "accept", first.pk), form_data(first, **chosen)).status_code == 302
    again = drafts(received(world, text="昱锵新材料计划投资2.5亿元,特种陶瓷项目已签约。"))[0]
    page = client.post(url(world, "accept", again.pk), form_data(again, **chosen))
    assert page.status_code == 400 and "请先看一眼" in page.content.decode()
    assert Project.objects.count() == 1 and Draft.objects.get(pk=again.pk).state == "proposed"
    shown = client.get(url(world, "similar", again.pk)).content.decode()
    assert "可能已经有了" in shown
    assert (
        client.post(url(world, "accept", again.pk), form_data(again, **chosen, although_similar="on")).status_code
        == 302
    )
    assert Project.objects.count() == 2


def test_a_proposal_is_decided_once(world: Any) -> None:
    draft = drafts(received(world))[0]
    viewer = world.viewer(world.li)
    actions.refuse(viewer=viewer, draft_id=draft.pk)
    with pytest.raises(StaleWrite):
        actions.accept(viewer=viewer, draft_id=draft.pk, decision=actions.Decision(to="lead", investor="甲"))
    assert not Event.objects.exists()
    actions.propose_again(viewer=viewer, draft_id=draft.pk)
    actions.accept(viewer=viewer, draft_id=draft.pk, decision=actions.Decision(to="lead", investor="甲"))
    assert Lead.objects.count() == 1


def test_nothing_is_half_written_when_the_project_is_refused(world: Any) -> None:
    draft = drafts(received(world))[0]
    decision = actions.Decision(
        to="project", investor="甲公司", name="乙项目", stage="signed", task_force_id=world.other_task_force.pk
    )
    with pytest.raises(NotAllowed):
        actions.accept(viewer=world.viewer(world.li), draft_id=draft.pk, decision=decision)
    assert not Event.objects.exists() and Draft.objects.get(pk=draft.pk).state == "proposed"


def test_a_figure_is_confirmed_and_counted_nowhere(world: Any) -> None:
    figure = drafts(received(world))[2]
    assert world.client(world.li).post(url(world, "accept", figure.pk)).status_code == 302
    assert Draft.objects.get(pk=figure.pk).state == "accepted" and not Event.objects.exists()


def test_the_same_text_twice_is_one_document(world: Any) -> None:
    first = received(world)
    again = actions.receive_text(viewer=world.viewer(world.li), text=TEXT, kind="paste")
    assert again.known and again.document.pk == first.pk and Document.objects.count() == 1


def test_a_stranger_and_another_task_force_see_nothing(world: Any) -> None:
    document = received(world)
    draft = drafts(document)[0]
    with pytest.raises(NotVisible):
        access.get_reading(world.viewer(world.zhao), document.pk)
    assert world.client(world.zhao).post(url(world, "refuse", draft.pk)).status_code == 404
    assert access.get_reading(world.viewer(world.wang), document.pk)
    assert world.client(world.stranger).get(url(world, "review", document.pk)).status_code == 404


def test_redaction_takes_the_words_and_leaves_the_record(world: Any) -> None:
    document = received(world)
    draft = drafts(document)[0]
    actions.accept(
        viewer=world.viewer(world.li), draft_id=draft.pk, decision=actions.Decision(to="lead", investor="甲")
    )
    assert world.client(world.li).post(url(world, "forget", document.pk)).status_code == 302
    body = DocumentContent.objects.get(document=document)
    assert body.content is None and body.text is None
    assert all(one.content == {} and one.corrections is None for one in drafts(document))
    assert {one.state for one in drafts(document)} <= {"accepted", "refused"}
    assert not queries.waiting(viewer=world.viewer(world.li))
    for one in drafts(document):
        world.client(world.li).post(url(world, "undo", one.pk))
    assert not queries.waiting(viewer=world.viewer(world.li)), "what is gone can't be proposed again"
    page = world.client(world.li).get(url(world, "review", document.pk))
    assert page.status_code == 200 and "内容已清除" in page.content.decode()
    assert "昱锵" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"", "空"),
        ("page.html", b"%PDF-1.7 something", "PDF"),
        ("notes.txt", bytes(range(32)) * 80, "binary"),
        ("big.html", b"x" * (10 * 1024 * 1024 + 1), "太大"),
        ("page.html", b"<html><body><script>var a=1</script></body></html>", "没有文字"),
    ],
)
def test_a_bad_upload_says_why_and_keeps_nothing(world: Any, name: str, content: bytes, said: str) -> None:
    answer = world.client(world.li).post(
        url(world, "new"), {"kind": "upload", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code in {400, 422} and said in answer.content.decode()
    assert not Document.objects.exists()


def test_an_uploaded_page_is_read_in_its_own_encoding(world: Any) -> None:
    html = f"<html><head><meta charset='gbk'></head><body><p>{TEXT.splitlines()[1] * 2}</p><script>alert('亿元')</script></body></html>"
    upload = SimpleUploadedFile("page.html", html.encode("gb18030"), content_type="text/html")
    answer = world.client(world.li).post(
        url(world, "new"), {"kind": "upload", "file": upload, "published_on": "2026-05-08"}
    )
    assert answer.status_code == 302
    assert drafts(Document.objects.get())[0].content["investor"] == "无锡昱锵新材料有限公司"


def test_an_empty_or_endless_text_is_refused(world: Any) -> None:
    viewer = world.viewer(world.li)
    for text, code in (("  \n", "text-empty"), ("字" * 200_001, "text-too-long")):
        with pytest.raises(InvalidValue) as caught:
            actions.receive_text(viewer=viewer, text=text, kind="paste")
        assert caught.value.code == code


def test_a_note_is_of_today(world: Any) -> None:
    document = actions.receive_text(
        viewer=world.viewer(world.li), text="昨天见了昱锵新材料,想投2亿元,还在谈。", kind="note"
    ).document
    assert document.published_on == date(2026, 6, 1)


def test_a_lead_becomes_a_project_once(world: Any) -> None:
    draft = drafts(received(world))[1]
    made = actions.accept(
        viewer=world.viewer(world.li),
        draft_id=draft.pk,
        decision=actions.Decision(
            to="lead", investor="铎信精密", stage="negotiating", task_force_id=world.task_force.pk
        ),
    )
    client = world.client(world.li)
    page = client.get(url(world, "convert", made.lead_id))
    initial = page.context["form"].initial
    data = {key: value for key, value in initial.items() if value not in {None, False, ""}}
    first = client.post(url(world, "convert", made.lead_id), data)
    second = client.post(url(world, "convert", made.lead_id), {**data, "although_similar": "on"})
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert Project.objects.get().stage == "negotiating" and Lead.objects.get().status == "converted"


@pytest.mark.parametrize("count", [1, 6])
def test_the_review_asks_the_same_number_of_questions_for_any_number_of_proposals(
    world: Any, count: int, django_assert_num_queries: Any
) -> None:
    text = (
        "。".join(
            f"昱锵{name}新材料投资{number}亿元的陶瓷项目已签约" for number, name in enumerate("甲乙丙丁戊己"[:count], 2)
        )
        + "。"
    )
    document = received(world, text=text)
    client = world.client(world.li)
    client.get(url(world, "review", document.pk))
    with django_assert_num_queries(REVIEW_QUERIES):
        client.get(url(world, "review", document.pk))


REVIEW_QUERIES = 14


def test_the_list_counts_in_one_question(world: Any) -> None:
    received(world)
    page = queries.reading_page(viewer=world.viewer(world.li))
    (row,) = page.rows
    assert (row.proposed, row.accepted, row.refused) == (3, 0, 0)


def test_the_api_reads_and_accepts(world: Any) -> None:
    client = world.client(world.li)
    base = f"/api/z/{world.zone.slug}"
    made = client.post(
        f"{base}/documents", json.dumps({"text": TEXT, "published_on": "2026-05-08"}), content_type="application/json"
    )
    assert made.status_code == 201
    draft = made.json()["drafts"][0]
    body = {"to": "project", "task_force_id": str(world.task_force.pk)}
    accepted = client.post(f"{base}/drafts/{draft['id']}/accept", json.dumps(body), content_type="application/json")
    assert accepted.status_code == 200 and accepted.json()["project_id"]
    again = client.post(
        f"{base}/drafts/{draft['id']}/accept",
        json.dumps({**body, "although_similar": True}),
        content_type="application/json",
    )
    assert again.status_code == 409


def test_broken_characters_do_no_harm(world: Any) -> None:
    body = json.dumps({"text": "5月6日,昱锵新材料\ud800投资2亿元的陶瓷项目已签约。\x00"})
    made = world.client(world.li).post(f"/api/z/{world.zone.slug}/documents", body, content_type="application/json")
    assert made.status_code == 201
    stored = DocumentContent.objects.get().text
    assert stored is not None and "\x00" not in stored and stored.isprintable()


def test_a_paste_of_many_megabytes_is_refused_with_a_page(world: Any) -> None:
    answer = world.client(world.li).post(url(world, "new"), {"kind": "paste", "text": "字" * 5_000_000})
    assert answer.status_code in {400, 413} and not Document.objects.exists()
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(world: Any, language: str) -> None:
    document = received(world)
    client = world.client(world.li)
    client.cookies["django_language"] = language
    first = drafts(document)[0]
    for name, args in (("list", ()), ("new", ()), ("review", (document.pk,)), ("similar", (first.pk,))):
        answer = client.get(url(world, name, *args))
        assert answer.status_code == 200
    page = client.get(url(world, "review", document.pk)).content.decode()
    assert ("Keep as a lead" in page) == (language == "en") and ("存为线索" in page) == (language != "en")


def test_it_knows_the_zones_own_companies(world: Any) -> None:
    """天天向上 is a saying; only a zone that has it in its ledger finds it."""
    text = "昨天天天向上来电，拟投资3亿元建二期厂房，意向书已签。"
    viewer = world.viewer(world.li)
    draft = CompanyDraft(name="天天向上", short_name="")
    before = actions.receive_text(viewer=viewer, text=text, kind="paste", published_on=date(2026, 5, 8)).document
    register_company(viewer=viewer, draft=draft)
    after = actions.receive_text(viewer=viewer, text=f"{text}。", kind="paste", published_on=date(2026, 5, 8)).document
    assert not any("天天向上" in draft.content["companies"] for draft in drafts(before))
    assert [draft.content["companies"] for draft in drafts(after)] == [["天天向上"]]


@pytest.mark.parametrize("companies", [1, 4])
def test_known_names_cost_the_same_questions_for_any_number_of_companies(
    world: Any, companies: int, django_assert_num_queries: Any
) -> None:
    viewer = world.viewer(world.li)
    for sign in "甲乙丙丁"[:companies]:
        register_company(viewer=viewer, draft=CompanyDraft(name=f"昱锵{sign}材料有限公司", short_name=f"昱锵{sign}"))
    with django_assert_num_queries(4):
        first = queries.names_for_reading(viewer=viewer)
    with django_assert_num_queries(1):
        again = queries.names_for_reading(viewer=viewer)
    assert again is first and len(first.companies) == 2 * companies and world.zone.name in first.zones
