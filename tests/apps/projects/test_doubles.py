"""Duplicate projects: warned of while typing, found in the zone, merged or told apart."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from zhaoyin.apps.audit.models import AuditEntry
from zhaoyin.apps.jobs.actions import run
from zhaoyin.apps.projects import doubles, likeness
from zhaoyin.apps.projects.actions import ProjectDraft, create_project
from zhaoyin.apps.projects.models import DoublePair, PairDecision, Project
from zhaoyin.domain.errors import NotAllowed, NotVisible
from zhaoyin.domain.money import Money


def make(world: Any, name: str, investor: str, yuan: int | None = None, person: Any = None, force: Any = None) -> Any:
    draft = ProjectDraft(
        name=name, investor_names=[investor], task_force_id=(force or world.task_force).pk,
        planned_total=Money(value=yuan) if yuan else None,  # type: ignore[arg-type]
    )  # fmt: skip
    return create_project(viewer=world.viewer(person or world.li), draft=draft)


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"projects:{name}", args=[world.zone.slug, *args])


@pytest.fixture
def twins(world: Any) -> tuple[Any, Any, Any]:
    from decimal import Decimal

    one = make(world, "年产5万套精密轴承项目", "苏州铎岚精密机械有限公司", Decimal(120_000_000))  # type: ignore[arg-type]
    two = make(world, "精密轴承生产基地项目", "铎岚精密", Decimal(120_000_000))  # type: ignore[arg-type]
    other = make(world, "精密轴承二期项目", "苏州铎岚精密机械有限公司", Decimal(120_000_000))  # type: ignore[arg-type]
    return one, two, other


def _search(world: Any, person: Any = None) -> None:
    run(job_id=doubles.look_for_doubles(viewer=world.viewer(person or world.li)).pk)


def test_typing_a_known_project_warns_with_reasons(world: Any, twins: Any) -> None:
    page = world.client(world.li).get(
        url(world, "similar"), {"name": "精密轴承项目", "investor": "铎岚", "amount": "1.2", "amount_unit": "1e8"}
    )
    text = page.content.decode()
    assert "年产5万套精密轴承项目" in text
    assert "同一投资方" in text
    assert "金额相同" in text
    assert "很可能是同一个" in text


def test_nothing_is_warned_of_for_one_character(world: Any, twins: Any) -> None:
    assert world.client(world.li).get(url(world, "similar"), {"name": "精"}).content.decode().strip() == ""


def test_a_double_of_another_task_force_is_not_shown(world: Any, twins: Any) -> None:
    assert likeness.alike(viewer=world.viewer(world.zhao), name="精密轴承项目", investor="铎岚精密") == []
    _search(world)
    page = world.client(world.zhao).get(url(world, "doubles")).content.decode()
    assert "精密轴承" not in page


def test_the_zone_is_searched_and_pairs_are_listed_best_first(world: Any, twins: Any) -> None:
    _search(world)
    pairs = list(DoublePair.objects.order_by("-score"))
    assert [{pair.first_id, pair.second_id} for pair in pairs] == [set(twins[:2])]
    page = world.client(world.li).get(url(world, "doubles")).content.decode()
    assert "同一投资方" in page
    _search(world)
    assert DoublePair.objects.count() == len(pairs)


def test_told_apart_they_are_not_shown_again_until_it_is_taken_back(world: Any, twins: Any) -> None:
    one, two, _other = twins
    _search(world)
    client = world.client(world.li)
    data = {"one": two, "two": one, "distinct": "1"}
    assert client.post(url(world, "doubles_decide"), data).status_code == 302
    _search(world)
    assert DoublePair.objects.get(first_id=min(one, two), second_id=max(one, two)).settled
    assert [
        row.project.pk for row in likeness.alike_to(viewer=world.viewer(world.li), project=Project.objects.get(pk=one))
    ].count(two) == 0
    assert "撤回判定" in client.get(url(world, "doubles"), {"show": "settled"}).content.decode()
    client.post(url(world, "doubles_decide"), {**data, "distinct": "0"})
    assert not DoublePair.objects.get(first_id=min(one, two), second_id=max(one, two)).settled
    assert two in [
        row.project.pk for row in likeness.alike_to(viewer=world.viewer(world.li), project=Project.objects.get(pk=one))
    ]
    assert AuditEntry.objects.filter(verb__startswith="projects-distinct").count() == 2


def test_a_decision_is_never_changed(world: Any, twins: Any) -> None:
    doubles.decide_distinct(viewer=world.viewer(world.li), one=twins[0], two=twins[1], distinct=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        PairDecision.objects.update(distinct=False)


def test_merging_from_the_page_takes_the_pair_off_and_unmerging_brings_it_back(world: Any, twins: Any) -> None:
    one, two, _other = twins
    _search(world)
    client = world.client(world.li)
    page = url(world, "project_doubles", one)
    assert client.post(url(world, "doubles_merge"), {"one": two, "into": one, "next": page})["Location"] == page
    assert Project.objects.get(pk=two).merged_into_id == one
    assert str(two) not in client.get(url(world, "doubles")).content.decode()
    client.post(url(world, "unmerge", two))
    assert str(two) in client.get(url(world, "doubles")).content.decode()


def test_only_who_may_change_both_decides(world: Any, twins: Any) -> None:
    foreign = make(world, "年产5万套精密轴承项目", "铎岚精密", None, world.zhao, world.other_task_force)
    with pytest.raises((NotAllowed, NotVisible)):
        doubles.decide_distinct(viewer=world.viewer(world.zhao), one=twins[0], two=foreign, distinct=True)
    assert world.client(world.zhao).post(
        url(world, "doubles_merge"), {"one": foreign, "into": twins[0]}
    ).status_code in {403, 404}


def test_another_site_is_never_gone_back_to(world: Any, twins: Any) -> None:
    data = {"one": twins[0], "two": twins[1], "distinct": "1", "next": "//evil.example/x"}
    assert world.client(world.li).post(url(world, "doubles_decide"), data)["Location"] == url(world, "doubles")


def test_the_pages_cost_a_known_number_of_queries(world: Any, twins: Any, django_assert_max_num_queries: Any) -> None:
    _search(world)
    client = world.client(world.li)
    client.get(url(world, "doubles"))
    with django_assert_max_num_queries(16):
        client.get(url(world, "doubles"))
    with django_assert_max_num_queries(24):
        client.get(url(world, "project_doubles", twins[0]))


def test_a_pair_stands_once(world: Any, twins: Any) -> None:
    _search(world)
    pair = DoublePair.objects.first()
    assert pair is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        DoublePair.objects.create(
            zone=pair.zone, first=pair.first, second=pair.second, score=pair.score, found_at=pair.found_at
        )


def test_the_api_lists_pairs_and_doubles_and_takes_decisions(world: Any, twins: Any) -> None:
    _search(world)
    client, base = world.client(world.li), f"/api/z/{world.zone.slug}/projects"
    (pair,) = client.get(f"{base}/doubles").json()["rows"]
    assert {pair["first"]["id"], pair["second"]["id"]} == {str(pk) for pk in twins[:2]}
    (one,) = client.get(f"{base}/{twins[0]}/doubles").json()
    assert one["project"]["id"] == str(twins[1])
    assert one["reasons"][0][0] == "investor"
    body = {"one": str(twins[0]), "two": str(twins[1])}
    assert client.post(f"{base}/doubles/decide", body, content_type="application/json").status_code == 204
    assert client.get(f"{base}/doubles").json()["rows"] == []
    assert client.get(f"{base}/{twins[0]}/doubles").json() == []
