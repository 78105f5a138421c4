"""Companies: names, codes, contacts, merges."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from zhaoyin.apps.companies import actions, queries
from zhaoyin.apps.companies.models import Company, Contact
from zhaoyin.apps.ledger import clock, verification
from zhaoyin.apps.ledger.models import Event
from zhaoyin.domain.errors import DomainError, InvalidValue


def register(world: Any, name: str = "云帆微电有限公司", **more: Any) -> Any:
    return actions.register_company(viewer=world.viewer(world.li), draft=actions.CompanyDraft(name=name, **more))


def test_the_same_name_is_not_registered_twice(world: Any) -> None:
    first = register(world, short_name="云帆微电")
    with pytest.raises(InvalidValue, match="company-exists"):
        register(world)
    assert actions.find_or_register(viewer=world.viewer(world.li), name="云帆微电") == first
    assert Company.objects.count() == 1


def test_a_wrong_credit_code_is_refused_with_its_value(world: Any) -> None:
    with pytest.raises(InvalidValue, match="checksum"):
        register(world, credit_code="91330106673959654Q")


def test_a_company_is_found_by_any_of_its_names(world: Any) -> None:
    company = register(world)
    actions.add_name(viewer=world.viewer(world.li), company_id=company, name="远航半导体", use="former")
    viewer = world.viewer(world.wang)
    for query in ("云帆", "远航", "yhbdt"):
        assert [row.pk for row in queries.found(viewer=viewer, query=query, limit=5)] == [company]


def test_a_merge_keeps_both_ids_and_can_be_undone(world: Any) -> None:
    first, second = register(world), register(world, "云帆微电子公司")
    viewer = world.viewer(world.li)
    actions.merge_company(viewer=viewer, company_id=second, into=first)
    assert queries.by_exact_name(zone_id=world.zone.pk, names=["云帆微电子公司"]) == {"云帆微电子公司": first}
    with pytest.raises(DomainError, match="already-merged"):
        actions.merge_company(viewer=viewer, company_id=first, into=second)
    actions.unmerge_company(viewer=viewer, company_id=second)
    assert Company.objects.get(pk=second).merged_into is None
    assert verification.problems(zone_id=world.zone.pk) == []


def test_a_phone_is_masked_for_who_may_not_see_it(world: Any) -> None:
    company = register(world)
    draft = actions.ContactDraft(
        name="钱某", phone="138-0000-1234", source="名片", basis="consent", keep_until=date(2099, 1, 1)
    )
    actions.add_contact(viewer=world.viewer(world.li), company_id=company, draft=draft)
    address = reverse("companies:detail", args=[world.zone.slug, company])
    assert "13800001234" in world.client(world.li).get(address).content.decode()
    page = world.client(world.zhao).get(address).content.decode()
    assert "13800001234" not in page
    assert "138****1234" in page
    assert "1234" not in str(list(Event.objects.values_list("payload", flat=True)))


def test_a_removed_contact_leaves_no_data(world: Any) -> None:
    company = register(world)
    draft = actions.ContactDraft(
        name="钱某", phone="13800001234", source="名片", basis="consent", keep_until=date(2099, 1, 1)
    )
    viewer = world.viewer(world.li)
    contact = actions.add_contact(viewer=viewer, company_id=company, draft=draft)
    actions.remove_contact(viewer=viewer, company_id=company, contact_id=contact, at=clock.now())
    row = Contact.objects.get(pk=contact)
    assert (row.name, row.phone) == ("", "")
    assert queries.contact_lines(viewer=viewer, company_id=company) == []


@pytest.mark.parametrize("page", ["list", "detail"])
def test_a_page_asks_a_fixed_number_of_queries(world: Any, django_assert_max_num_queries: Any, page: str) -> None:
    companies = [register(world, f"第{n}精密有限公司") for n in range(8)]
    args = [world.zone.slug, companies[0]] if page == "detail" else [world.zone.slug]
    client, address = world.client(world.li), reverse(f"companies:{page}", args=args)
    client.get(address)
    with django_assert_max_num_queries(14):
        assert client.get(address).status_code == 200
