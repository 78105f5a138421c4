"""Recognition: asked with evidence, reviewed by two others, credit and funds beside it; pages, API, access."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhaoyin.apps.accounts.models import Role, ZoneRole
from zhaoyin.apps.audit.models import AuditEntry
from zhaoyin.apps.ledger import verification
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.projects.actions import ProjectDraft, create_project, record_event
from zhaoyin.apps.recognition import actions, queries
from zhaoyin.apps.recognition.models import Recognition
from zhaoyin.apps.sources.models import Document
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible, StaleWrite
from zhaoyin.domain.money import Money
from zhaoyin.domain.period import PartialDate


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture
def project(world: Any, at: Any) -> UUID:
    at("2026-05-20 10:00")
    viewer = world.viewer(world.wang)
    made = create_project(
        viewer=viewer,
        draft=ProjectDraft(
            name="云帆微电功率器件", investor_names=["云帆微电有限公司"], planned_total=Money(Decimal(10**9)),
            task_force_id=world.task_force.pk, attracting_unit_id=world.unit.pk, negotiating_on=day("2026-03-02"),
        ),
    )  # fmt: skip
    record_event(
        viewer=viewer,
        project_id=made,
        kind="contract_signed",
        occurred=day("2026-05-08"),
        payload={"contract_kind": "formal"},
        note="合同已签",
    )
    return made


def ask(world: Any, project: UUID, person: Any = None, matter: str = "signed", **more: Any) -> UUID:
    request = actions.Request(matter=matter, claimed_on=day("2026-05-08"), note="合同见附件", **more)
    return actions.request_recognition(viewer=world.viewer(person or world.wang), project_id=project, request=request)


def step(world: Any, person: Any, request: UUID, kind: str, **more: Any) -> None:
    actions.take_step(
        viewer=world.viewer(person), recognition_id=request, step=actions.StepTaken(kind=kind, note="同意", **more)
    )


def test_it_is_recognised_by_leader_then_statistician(world: Any, project: UUID) -> None:
    request = ask(world, project)
    step(world, world.li, request, "endorsed")
    step(world, world.statistician, request, "approved", on=day("2026-05-12"))
    row = Recognition.objects.get(pk=request)
    assert (row.status, str(row.recognized_on)) == ("approved", "2026-05-12")
    assert (row.requested_by, row.endorsed_by, row.decided_by) == (world.wang, world.li, world.statistician)
    assert AuditEntry.objects.filter(subject_id=request).count() == 3
    assert verification.problems(zone_id=world.zone.pk) == []


def test_it_refuses_reviewing_ones_own_and_reviewing_twice(world: Any, project: UUID) -> None:
    own = ask(world, project, world.li)
    with pytest.raises(NotAllowed, match="recognition-own-request"):
        step(world, world.li, own, "endorsed")
    step(world, world.statistician, own, "endorsed")
    with pytest.raises(NotAllowed, match="recognition-two-levels"):
        step(world, world.statistician, own, "approved")
    step(world, world.chief, own, "approved")


def test_it_lets_only_leaders_of_the_task_force_and_the_office_review(world: Any, project: UUID) -> None:
    request = ask(world, project)
    with pytest.raises(NotVisible):
        step(world, world.zhao, request, "endorsed")
    other = world.viewer(world.zhao)
    ZoneRole.objects.create(zone=world.zone, person=world.zhao, role=Role.TASK_FORCE_LEADER, starts_on=other.on)
    with pytest.raises(NotVisible):
        step(world, world.zhao, request, "endorsed")
    with pytest.raises(NotAllowed):
        step(world, world.wang, request, "refused")
    with pytest.raises(NotVisible):
        step(world, world.stranger, request, "endorsed") if False else actions.take_step(
            viewer=world.viewer(world.stranger, world.other_zone), recognition_id=request, step=actions.StepTaken(kind="endorsed")
        )  # fmt: skip


def test_it_goes_back_with_a_reason_and_comes_again(world: Any, project: UUID) -> None:
    request = ask(world, project)
    with pytest.raises(InvalidValue, match="reason-needed"):
        actions.take_step(
            viewer=world.viewer(world.li), recognition_id=request, step=actions.StepTaken(kind="returned")
        )
    step(world, world.li, request, "returned")
    file = actions.ProofFile(content=b"%PDF-1.4 contract", file_name="合同.pdf", proof="contract")
    step(world, world.wang, request, "resubmitted", files=[file], claimed_on=day("2026-05-09"))
    row = Recognition.objects.get(pk=request)
    assert (row.status, str(row.claimed_on), row.endorsed_by) == ("requested", "2026-05-09", None)
    lines = queries.steps(zone_id=world.zone.pk, recognition_id=request)
    assert [piece.proof for line in lines for piece in line.evidence] == ["contract"]
    assert queries.missing_proofs("signed", lines) == []


def test_it_allows_one_standing_request_for_a_matter(world: Any, project: UUID) -> None:
    first = ask(world, project)
    with pytest.raises(DomainError, match="recognition-stands"):
        ask(world, project)
    step(world, world.wang, first, "withdrawn")
    ask(world, project)
    ask(world, project, matter="funds_in_place")
    ask(world, project, matter="funds_in_place")


def test_it_wants_evidence_and_no_future_day(world: Any, project: UUID) -> None:
    viewer = world.viewer(world.wang)
    for request, code in (
        (actions.Request(matter="signed", claimed_on=day("2026-05-08")), "evidence-needed"),
        (actions.Request(matter="signed", claimed_on=day("2026-06-08"), note="x"), "date-in-future"),
    ):
        with pytest.raises(InvalidValue, match=code):
            actions.request_recognition(viewer=viewer, project_id=project, request=request)
    assert not Recognition.objects.exists()
    assert not Event.objects.filter(subject_kind="recognition").exists()


def test_it_is_asked_once_when_sent_twice_and_the_file_is_kept_once(world: Any, project: UUID) -> None:
    viewer, key = world.viewer(world.wang), uuid4().hex
    file = actions.ProofFile(content=b"licence", file_name="执照.pdf", proof="licence")
    request = actions.Request(matter="registered", claimed_on=day("2026-05-10"), files=[file])
    made = {
        actions.request_recognition(viewer=viewer, project_id=project, request=request, idempotency_key=key)
        for _again in range(2)
    }
    assert len(made) == 1
    assert Document.objects.count() == 1


def test_it_tells_the_slower_of_two_reviewers(world: Any, project: UUID) -> None:
    request = ask(world, project)
    version = Recognition.objects.get(pk=request).version
    step(world, world.li, request, "endorsed")
    with pytest.raises(StaleWrite):
        actions.take_step(
            viewer=world.viewer(world.statistician),
            recognition_id=request,
            step=actions.StepTaken(kind="refused", note="不符"),
            expected_version=version,
        )
    assert Recognition.objects.get(pk=request).status == "endorsed"


def test_it_states_credit_in_percent_and_keeps_the_whole(world: Any, project: UUID) -> None:
    viewer = world.viewer(world.statistician)
    pairs = [(world.unit.pk, "60"), (world.place.pk, "40")]
    draft = actions.CreditDraft(shares=pairs, basis="joint", since=day("2026-05-08"), note="联合引荐")
    actions.state_credit(viewer=viewer, project_id=project, draft=draft)
    events = queries.project_history(zone_id=world.zone.pk, project_id=project)
    credit = queries.credit(zone_id=world.zone.pk, events=events)
    assert credit is not None
    assert [(share.unit, share.share) for share in credit.shares] == [("科技局", "0.6"), ("滨海产业园", "0.4")]


@pytest.mark.parametrize(
    ("shares", "basis", "code"),
    [
        (["70", "40"], "joint", "credit-above-whole"),
        (["0", "40"], "joint", "credit-share-out-of-range"),
        (["101"], "dual", "credit-share-out-of-range"),
        ([], "joint", "credit-empty"),
        (["x"], "joint", "number"),
    ],
)
def test_it_refuses_wrong_credit(world: Any, project: UUID, shares: list[str], basis: str, code: str) -> None:
    pairs = list(zip([world.unit.pk, world.place.pk], shares, strict=False))
    draft = actions.CreditDraft(shares=pairs, basis=basis, since=day("2026-05-08"))
    with pytest.raises(InvalidValue, match=code):
        actions.state_credit(viewer=world.viewer(world.chief), project_id=project, draft=draft)


def test_it_lets_both_sides_count_the_whole_when_the_basis_says_so(world: Any, project: UUID) -> None:
    draft = actions.CreditDraft(
        shares=[(world.unit.pk, "100"), (world.place.pk, "100")], basis="dual", since=day("2026-05-08")
    )
    actions.state_credit(viewer=world.viewer(world.chief), project_id=project, draft=draft)
    with pytest.raises(NotAllowed):
        actions.state_credit(viewer=world.viewer(world.li), project_id=project, draft=draft)


def test_it_records_funds_with_vouchers(world: Any, project: UUID) -> None:
    actions.record_funds(
        viewer=world.viewer(world.wang),
        project_id=project,
        amount=Money(Decimal(30_000_000)),
        amount_kind="funds_in_place",
        on=day("2026-05-15"),
        vouchers=[actions.ProofFile(content=b"receipt", file_name="进账单.pdf", proof="voucher")],
    )
    found = queries.arrivals(queries.project_history(zone_id=world.zone.pk, project_id=project))
    assert [(str(line.on), line.amount.value, line.vouchers) for line in found] == [("2026-05-15", 30_000_000, 1)]


def url(world: Any, name: str, *ids: UUID) -> str:
    return reverse(f"recognition:{name}", args=[world.zone.slug, *ids])


def test_its_pages_carry_a_request_from_asking_to_decision(world: Any, project: UUID) -> None:
    wang, li, stat = (world.client(person) for person in (world.wang, world.li, world.statistician))
    assert "申报哪一项" in wang.get(url(world, "new", project)).content.decode()
    page = wang.get(url(world, "new", project) + "?matter=signed").content.decode()
    assert "2026-05-08" in page
    assert "合同文本" in page
    file = SimpleUploadedFile("合同.pdf", b"%PDF-1.4", content_type="application/pdf")
    posted = wang.post(
        url(world, "new", project),
        {"matter": "signed", "claimed_on": "2026-05-08", "note": "", "token": "t1", "proof_contract": file},
    )
    assert posted.status_code == 302
    row = Recognition.objects.get()
    assert "云帆微电" in li.get(url(world, "list")).content.decode()
    detail = li.get(url(world, "detail", row.pk)).content.decode()
    assert "合同.pdf" in detail
    assert "初审通过" in detail
    assert "复审认定" not in detail
    li.post(url(world, "step", row.pk), {"step": "endorsed", "note": "", "version": row.version, "token": "t2"})
    row.refresh_from_db()
    body = {"step": "approved", "note": "同意", "recognized_on": "2026-05-01", "version": row.version, "token": "t3"}
    refused = stat.post(url(world, "step", row.pk), body)
    assert refused.status_code == 400
    assert "早于发生日期" in refused.content.decode()
    stat.post(url(world, "step", row.pk), {**body, "recognized_on": "2026-05-12", "token": "t4"})
    row.refresh_from_db()
    assert (row.status, str(row.recognized_on)) == ("approved", "2026-05-12")
    panel = wang.get(reverse("projects:detail", args=[world.zone.slug, project])).content.decode()
    assert "认定与归属" in panel
    assert "已认定" in panel


def test_its_evidence_opens_for_reviewers_only(world: Any, project: UUID) -> None:
    file = actions.ProofFile(content=b"paper", file_name="合同.pdf", proof="contract")
    ask(world, project, files=[file])
    document = Document.objects.get()
    address = reverse("sources:document", args=[world.zone.slug, document.pk])
    assert world.client(world.statistician).get(address).status_code == 200
    assert world.client(world.li).get(address).status_code == 200
    assert world.client(world.zhao).get(address).status_code == 404


def test_its_credit_and_funds_pages_write_and_say_what_is_wrong(world: Any, project: UUID) -> None:
    stat, wang = world.client(world.statistician), world.client(world.wang)
    page = stat.get(url(world, "credit", project)).content.decode()
    assert 'value="100"' in page
    wrong = stat.post(
        url(world, "credit", project),
        {"unit_1": world.unit.pk, "share_1": "80", "unit_2": world.place.pk, "share_2": "30", "basis": "joint",
         "since": "2026-05-08", "token": "c1"},
    )  # fmt: skip
    assert wrong.status_code == 400
    assert "110%" in wrong.content.decode()
    right = stat.post(
        url(world, "credit", project),
        {"unit_1": world.unit.pk, "share_1": "70%", "unit_2": world.place.pk, "share_2": "30", "basis": "joint",
         "since": "2026-05-08", "token": "c2"},
    )  # fmt: skip
    assert right.status_code == 302
    assert "70%" in stat.get(reverse("projects:detail", args=[world.zone.slug, project])).content.decode()
    assert wang.get(url(world, "credit", project)).status_code == 403
    funds = wang.post(
        url(world, "funds", project),
        {"amount": "3000", "amount_unit": "1e4", "amount_currency": "CNY", "amount_kind": "funds_in_place",
         "on": "2026-05-15", "voucher_count": "2", "token": "f1"},
    )  # fmt: skip
    assert funds.status_code == 302
    assert "凭证 2 份" in wang.get(url(world, "funds", project)).content.decode()


def test_its_pages_ask_a_fixed_number_of_queries(world: Any, project: UUID, django_assert_num_queries: Any) -> None:
    for matter in ("signed", "registered", "filed", "started"):
        ask(world, project, matter=matter)
    client = world.client(world.statistician)
    client.get(url(world, "list"))
    with django_assert_num_queries(7):
        client.get(url(world, "list"))
    request = Recognition.objects.first()
    assert request is not None
    with django_assert_num_queries(8):
        client.get(url(world, "detail", request.pk))


def test_its_api_asks_reviews_credits_and_lists(world: Any, project: UUID) -> None:
    def call(person: Any, path: str, body: dict[str, object]) -> Any:
        return world.client(person).post(
            f"/api/z/{world.zone.slug}/{path}", body, content_type="application/json", headers={"Idempotency-Key": path[-40:]}
        )  # fmt: skip

    made = call(
        world.wang, f"projects/{project}/recognitions", {"matter": "signed", "claimed_on": "2026-05-08", "note": "已签"}
    )
    assert made.status_code == 201
    request = made.json()["id"]
    assert call(world.li, f"recognitions/{request}/steps", {"step": "endorsed"}).status_code == 204
    listed = world.client(world.wang).get(f"/api/z/{world.zone.slug}/recognitions?show=open").json()
    assert [row["status"] for row in listed["rows"]] == ["endorsed"]
    refused = call(world.wang, f"projects/{project}/credit", {"shares": [], "basis": "joint", "since": "2026-05-08"})
    assert refused.status_code == 403
    arrived = call(world.wang, f"projects/{project}/funds", {"value": "5000000", "on": "2026-05-18", "vouchers": 1})
    assert arrived.status_code == 204


def test_a_request_is_due_with_its_reviewer_and_one_sent_back_with_who_asked(world: Any, project: UUID) -> None:
    from zhaoyin.apps.inbox.actions import derive
    from zhaoyin.apps.inbox.queries import open_items

    def kinds(person: Any) -> list[str]:
        return [line.item.kind for line in open_items(viewer=world.viewer(person))]

    request = ask(world, project)
    derive(zone_id=world.zone.pk)
    assert "recognition_requested" in kinds(world.li)
    step(world, world.li, request, "returned")
    derive(zone_id=world.zone.pk)
    assert "recognition_requested" not in kinds(world.li)
    assert "recognition_returned" in kinds(world.wang)


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_it_records_no_funds_of_nothing(world: Any, project: UUID, amount: str) -> None:
    with pytest.raises(InvalidValue):
        actions.record_funds(
            viewer=world.viewer(world.wang), project_id=project, amount=Money(Decimal(amount)),
            amount_kind="funds_in_place", on=day("2026-05-10"),
        )  # fmt: skip
