"""Inviting, resetting, deactivating people; roles; tokens; the first run."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zhaoyin.apps.accounts import actions, queries
from zhaoyin.apps.accounts.models import ApiToken, Invitation, Person, Role, ZoneRole
from zhaoyin.apps.audit.models import AuditEntry
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import DomainError, InvalidValue, NotAllowed, NotVisible

NOW = datetime(2026, 6, 1, 9, tzinfo=timezone.get_default_timezone())
GOOD = "yun-ling-2026-gao"


def _invite(world: Any, username: str = "qian", roles: tuple[str, ...] = ("recruiter",)) -> tuple[Person, str]:
    return actions.invite(viewer=world.viewer(world.admin), username=username, display_name="钱", roles=roles, at=NOW)


def test_it_invites_by_a_link_that_works_once(world: Any) -> None:
    person, secret = _invite(world)
    assert not person.has_usable_password()
    assert not Invitation.objects.filter(token_hash=secret).exists()
    actions.accept_invitation(secret=secret, password=GOOD, at=NOW)
    person.refresh_from_db()
    assert person.check_password(GOOD)
    with pytest.raises(NotVisible):
        actions.accept_invitation(secret=secret, password=GOOD, at=NOW)


def test_it_keeps_the_link_when_the_password_is_weak(world: Any) -> None:
    _person, secret = _invite(world)
    with pytest.raises(InvalidValue):
        actions.accept_invitation(secret=secret, password="12345", at=NOW)
    actions.accept_invitation(secret=secret, password=GOOD, at=NOW)


def test_it_lets_a_link_expire(world: Any) -> None:
    _person, secret = _invite(world)
    with pytest.raises(NotVisible):
        actions.accept_invitation(secret=secret, password=GOOD, at=NOW + timedelta(days=8))


@pytest.mark.parametrize(
    ("username", "roles", "code"),
    [("LI", ("recruiter",), "username-taken"), ("a b", ("recruiter",), "username-malformed"), ("x", ("recruiter",), "username-malformed"),
     ("qian", (), "no-role"), ("qian", ("king",), "not-an-option")],
)  # fmt: skip
def test_it_refuses_an_invitation_that_makes_no_sense(
    world: Any, username: str, roles: tuple[str, ...], code: str
) -> None:
    before = Person.objects.count()
    with pytest.raises(InvalidValue) as error:
        _invite(world, username, roles)
    assert error.value.code == code
    assert Person.objects.count() == before


def test_it_refuses_a_recruiter_who_invites(world: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.invite(viewer=world.viewer(world.li), username="qq", display_name="钱", roles=["recruiter"], at=NOW)


def test_it_does_not_show_people_of_another_zone(world: Any) -> None:
    with pytest.raises(NotVisible):
        actions.reset(viewer=world.viewer(world.admin), person_id=world.stranger.pk, at=NOW)


def test_it_stops_the_old_password_on_reset(world: Any) -> None:
    world.li.set_password(GOOD)
    world.li.save()
    actions.reset(viewer=world.viewer(world.admin), person_id=world.li.pk, at=NOW)
    world.li.refresh_from_db()
    assert not world.li.check_password(GOOD)


def test_it_does_not_reset_somebody_who_works_in_another_zone_too(world: Any) -> None:
    ZoneRole.objects.create(zone=world.other_zone, person=world.li, role=Role.AUDITOR, starts_on=date(2026, 1, 1))
    with pytest.raises(DomainError) as error:
        actions.reset(viewer=world.viewer(world.admin), person_id=world.li.pk, at=NOW)
    assert error.value.code == "person-works-elsewhere"
    actions.deactivate(viewer=world.viewer(world.admin), person_id=world.li.pk, at=NOW)
    world.li.refresh_from_db()
    assert world.li.is_active


def test_it_deactivates_with_roles_and_tokens(world: Any) -> None:
    actions.create_token(viewer=world.viewer(world.li), name="报表", scopes=["read"], expires_at=None, at=NOW)
    client = world.client(world.li)
    actions.deactivate(viewer=world.viewer(world.admin), person_id=world.li.pk, at=NOW)
    world.li.refresh_from_db()
    assert not world.li.is_active
    assert ApiToken.objects.get().revoked_at == NOW
    assert client.get(f"/z/{world.zone.slug}/").status_code == 302
    _person, secret = actions.reactivate(
        viewer=world.viewer(world.admin), person_id=world.li.pk, roles=["recruiter"], at=NOW
    )
    actions.accept_invitation(secret=secret, password=GOOD, at=NOW)
    world.li.refresh_from_db()
    assert world.viewer(world.li).roles == {"recruiter"}


def test_it_keeps_one_administrator(world: Any) -> None:
    with pytest.raises(DomainError) as error:
        actions.deactivate(viewer=world.viewer(world.chief), person_id=world.admin.pk, at=NOW)
    assert error.value.code == "last-administrator"
    with pytest.raises(DomainError):
        actions.set_roles(viewer=world.viewer(world.chief), person_id=world.admin.pk, roles=["auditor"], at=NOW)


def test_it_lets_nobody_change_their_own_roles(world: Any) -> None:
    with pytest.raises(DomainError) as error:
        actions.set_roles(
            viewer=world.viewer(world.admin), person_id=world.admin.pk, roles=["administrator", "bureau_chief"], at=NOW
        )
    assert error.value.code == "own-roles"


def test_it_changes_roles_from_today_and_keeps_the_past(world: Any) -> None:
    viewer = world.viewer(world.admin)
    actions.set_roles(viewer=viewer, person_id=world.wang.pk, roles=["auditor"], at=NOW)
    actions.set_roles(viewer=viewer, person_id=world.wang.pk, roles=["recruiter"], at=NOW)
    assert world.viewer(world.wang).roles == {"recruiter"}
    detail = queries.person_detail(viewer=viewer, person_id=world.wang.pk)
    assert len(detail.spans) == 3


def test_it_writes_an_audit_entry_for_each_act(world: Any) -> None:
    person, _secret = _invite(world)
    actions.deactivate(viewer=world.viewer(world.admin), person_id=person.pk, at=NOW)
    verbs = list(AuditEntry.objects.filter(subject_id=person.pk).order_by("at", "id").values_list("verb", flat=True))
    assert sorted(verbs) == ["person.deactivated", "person.invited"]


def test_it_pages_people_both_ways(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    viewer = world.viewer(world.admin)
    first = queries.people_page(viewer=viewer)
    second = queries.people_page(viewer=viewer, after=first.following)
    back = queries.people_page(viewer=viewer, before=second.previous)
    assert [row.id for row in back.rows] == [row.id for row in first.rows]
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_it_shows_a_token_once_and_keeps_its_hash(world: Any) -> None:
    client = world.client(world.li)
    path = f"/z/{world.zone.slug}/people/tokens/"
    shown = client.post(path, {"name": "报表", "scopes": ["read"]}).content.decode()
    token = ApiToken.objects.get()
    secret = shown.split('id="once">')[1].split("<")[0]
    assert actions.hash_of(secret) == token.token_hash
    assert secret not in client.get(path).content.decode()
    with pytest.raises(NotVisible):
        actions.revoke_token(viewer=world.viewer(world.wang), token_id=token.pk, at=NOW)


def test_it_makes_an_empty_zone_on_the_first_run(db: None) -> None:
    client = Client()
    assert client.get("/")["Location"] == "/start/"
    given = {"zone_name": "海角新区", "slug": "hai", "kind": "park", "region_code": "", "display_name": "李", "username": "li",
             "password": GOOD, "again": GOOD}  # fmt: skip
    weak = client.post("/start/", {**given, "password": "12345", "again": "12345"})
    assert weak.status_code == 400 and not Zone.objects.exists()
    answer = client.post("/start/", given)
    assert answer["Location"] == "/z/hai/"
    assert client.get("/z/hai/").status_code == 200
    assert Client().get("/start/")["Location"] == "/"
    assert ZoneRole.objects.count() == 2


def test_it_shows_the_link_once_after_inviting(world: Any) -> None:
    client = world.client(world.admin)
    base = f"/z/{world.zone.slug}/people/"
    answer = client.post(f"{base}invite/", {"display_name": "钱", "username": "qian", "roles": ["recruiter"]})
    page = client.get(answer["Location"]).content.decode()
    link = page.split('id="once">')[1].split("<")[0]
    assert "/invitation/" in link
    assert "/invitation/" not in client.get(answer["Location"]).content.decode()
    path = link[link.index("/invitation/") :]
    assert Client().get(path).status_code == 200
    assert Client().post(path, {"password": GOOD, "again": GOOD + "x"}).status_code == 400
    assert Client().post(path, {"password": GOOD, "again": GOOD})["Location"] == "/accounts/login/"
    assert Client().get(path).status_code == 404


def test_it_names_field_and_value_in_a_form(world: Any) -> None:
    client = world.client(world.admin)
    answer = client.post(
        f"/z/{world.zone.slug}/people/invite/", {"display_name": "钱", "username": "LI", "roles": ["recruiter"]}
    )
    assert answer.status_code == 400
    assert "登录名“LI”已有人使用" in answer.content.decode()


def test_it_asks_a_fixed_number_of_queries_for_the_list(world: Any, django_assert_max_num_queries: Any) -> None:
    client = world.client(world.admin)
    client.get(f"/z/{world.zone.slug}/people/")
    with django_assert_max_num_queries(10):
        client.get(f"/z/{world.zone.slug}/people/")
