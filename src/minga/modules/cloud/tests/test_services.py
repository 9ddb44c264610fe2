"""The cartera: who keeps it, what it costs since when, and how costs are compared."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.actors import Role
from minga.kernel.clock import frozen, start_of
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import costs as cost_actions
from minga.modules.cloud.actions import services as actions
from minga.modules.cloud.actions.seeding import load_services
from minga.modules.cloud.models import DeclaredCost, Service
from minga.modules.cloud.models.service import FAMILY_OF, Category, Family, Period, categories_of
from minga.modules.cloud.queries import costs, services
from minga.modules.cloud.queries.promises import promise_for
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import CLOUD, LINK, facts
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
CONCEPT = "Servidor de 2 vCPU y 8 GB"


@pytest.fixture
def provider():
    return cast.official(Role.APPROVER, "cnt")


def words(**changes):
    written: dict[str, Any] = {
        "category": Category.BACKUP,
        "title": "Respaldo diario",
        "summary": "Copia diaria de sus servidores.",
        "audience": "Instituciones con servidores.",
        "how_to_ask": "Pida una cotización.",
        "availability_target": Decimal("99.50"),
        "response_target_ms": 800,
    }
    return actions.ServiceText(**written | changes)


def price(amount="60.20", since=date(2018, 1, 1), **changes):
    return actions.PriceText(
        **{
            "concept": CONCEPT,
            "unit": "servidor",
            "period": Period.MONTH,
            "amount": Decimal(amount),
            "valid_from": since,
        }
        | changes
    )


def test_a_service_is_the_providers_alone_until_it_is_offered(provider, client):
    service = actions.draft_service(words(), actor=provider)
    assert client.get(reverse("cloud:service", args=[service.code])).status_code == 404

    actions.offer_service(service.code, version=service.version, actor=provider)

    assert client.get(reverse("cloud:service", args=[service.code])).status_code == 200
    assert facts("cloud.service.offered")[-1].payload == {"category": "backup"}


def test_what_people_need_to_know_comes_before_offering(provider):
    service = actions.draft_service(words(audience="", how_to_ask=""), actor=provider)
    with pytest.raises(Invalid) as refused:
        actions.offer_service(service.code, version=service.version, actor=provider)
    assert set(refused.value.fields) == {"audience", "how_to_ask"}


def test_what_is_offered_cannot_lose_what_people_need(provider):
    found = services.service(CLOUD)
    with pytest.raises(Invalid):
        actions.change_service(
            CLOUD, words(title=found.title, how_to_ask=""), version=found.version, actor=provider
        )


def test_only_a_draft_moves_to_another_family(provider):
    found = services.service(CLOUD)
    same = {"title": found.title, "availability_target": None, "response_target_ms": None}
    with pytest.raises(Invalid) as refused:
        actions.change_service(
            CLOUD, words(**same, category=Category.LINK), version=found.version, actor=provider
        )
    assert set(refused.value.fields) == {"category"}
    moved = words(**same, category=Category.STORAGE)
    assert actions.change_service(CLOUD, moved, version=found.version, actor=provider).category == "storage"

    draft = actions.draft_service(words(), actor=provider)
    elsewhere = words(category=Category.LINK)
    actions.change_service(draft.code, elsewhere, version=draft.version, actor=provider)


def test_whoever_promises_less_is_still_judged_by_what_was_promised(provider):
    with frozen(start_of(date(2026, 2, 10))):
        code = actions.draft_service(words(), actor=provider).code
        assert not services.service(code).promises.exists(), "a draft promises nothing yet"
        offered = actions.offer_service(code, version=1, actor=provider)
    with frozen(start_of(date(2026, 3, 31))):
        less = words(availability_target=Decimal("90.00"))
        lowered = actions.change_service(code, less, version=offered.version, actor=provider)
        actions.change_service(code, less, version=lowered.version, actor=provider)
    known = list(offered.promises.order_by("since"))
    assert [(promise.since, promise.availability) for promise in known] == [
        (date(2026, 2, 10), Decimal("99.50")),
        (date(2026, 3, 31), Decimal("90.00")),
    ]
    assert promise_for(date(2026, 3, 1), known) == known[0]
    assert promise_for(date(2026, 4, 1), known) == known[1]
    assert [fact.payload["availability"] for fact in facts("cloud.service.promised")] == ["99.50", "90.00"]


def test_a_retired_service_stays_readable_and_can_be_offered_again(provider, client):
    found = services.service(CLOUD)
    retired = actions.retire_service(CLOUD, version=found.version, actor=provider)
    page = client.get(reverse("cloud:service", args=[CLOUD]) + "?ahora=1").content.decode()
    assert "Ya no se ofrece" in page
    again = actions.offer_service(CLOUD, version=retired.version, actor=provider)
    assert again.retired_on is None
    assert again.offered_on == found.offered_on


@pytest.mark.parametrize(
    ("role", "institution"), [(Role.EDITOR, "mdt"), (Role.STEWARD, "mintel"), (Role.AUDITOR, "mintel")]
)
def test_nobody_but_the_provider_keeps_the_cartera(role, institution):
    actor = cast.official(role, institution)
    with pytest.raises(Forbidden):
        actions.draft_service(words(), actor=actor)
    with pytest.raises(Forbidden):
        actions.set_price(CLOUD, price(), actor=actor)
    with pytest.raises(Forbidden):
        actions.retire_service(CLOUD, version=1, actor=actor)


def test_the_providers_editor_writes_but_does_not_offer_nor_price():
    editor = cast.official(Role.EDITOR, "cnt")
    service = actions.draft_service(words(), actor=editor)
    with pytest.raises(Forbidden):
        actions.offer_service(service.code, version=service.version, actor=editor)
    with pytest.raises(Forbidden):
        actions.set_price(service.code, price(), actor=editor)


def test_two_services_cannot_share_a_title(provider):
    actions.draft_service(words(), actor=provider)
    with pytest.raises(Invalid) as refused:
        actions.draft_service(words(title="Respaldo  Diario"), actor=provider)
    assert "title" in refused.value.fields


def test_of_two_who_change_a_service_the_second_is_told(provider):
    service = actions.draft_service(words(), actor=provider)
    actions.change_service(service.code, words(), version=service.version, actor=provider)
    with pytest.raises(Conflict):
        actions.change_service(service.code, words(), version=service.version, actor=provider)


def test_only_a_draft_is_thrown_away(provider):
    with pytest.raises(Conflict):
        actions.discard_service(CLOUD, version=services.service(CLOUD).version, actor=provider)
    service = actions.draft_service(words(), actor=provider)
    actions.discard_service(service.code, version=service.version, actor=provider)
    assert not Service.objects.filter(code=service.code).exists()


def test_a_price_holds_from_its_day_until_the_next_one(provider):
    actions.set_price(CLOUD, price("118", date(2016, 1, 1)), actor=provider)
    actions.set_price(CLOUD, price("60.18", date(2018, 1, 1)), actor=provider)
    actions.set_price(CLOUD, price("1", date(2190, 1, 1)), actor=provider)
    service = services.service(CLOUD)

    (then,) = services.tariffs(service, on=date(2017, 6, 1))
    (now,) = services.tariffs(service, on=date(2018, 1, 1))

    assert then.price is not None
    assert then.price.amount == Decimal("118")
    assert now.price is not None
    assert now.price.amount == Decimal("60.18")
    assert now.change is not None
    assert round(now.change, 2) == Decimal("-0.49")
    assert services.tariffs(service, on=date(2015, 1, 1))[0].price is None


def test_one_concept_has_one_price_a_day_and_one_unit(provider):
    actions.set_price(CLOUD, price(), actor=provider)
    with pytest.raises(Invalid) as twice:
        actions.set_price(CLOUD, price("61"), actor=provider)
    with pytest.raises(Invalid) as unit:
        actions.set_price(CLOUD, price("61", date(2019, 1, 1), unit="GB"), actor=provider)
    assert set(twice.value.fields) == {"valid_from"}
    assert set(unit.value.fields) == {"unit"}


def test_a_price_published_by_mistake_goes_and_the_ledger_remembers_both_acts(provider):
    made = actions.set_price(CLOUD, price(), actor=provider)
    actions.withdraw_price(CLOUD, made.id, actor=provider)
    assert services.tariffs(services.service(CLOUD), on=date(2020, 1, 1)) == []
    assert facts("cloud.price.set")[0].payload["price"] == facts("cloud.price.withdrawn")[0].payload["price"]


def test_the_cheapest_offer_of_a_unit_comes_first_over_the_whole_term(provider):
    actions.set_price(CLOUD, price("60.20"), actor=provider)
    actions.set_price(CLOUD, price("600", concept="Anual", period=Period.YEAR), actor=provider)
    actions.set_price(CLOUD, price("900", concept="Una vez", period=Period.ONCE), actor=provider)
    actions.set_price(LINK, price("1"), actor=provider)

    offers = costs.compare(category="server", quantity=2, months=18, on=date(2020, 1, 1))

    assert [(offer.price.concept, offer.total) for offer in offers] == [
        ("Anual", Decimal("1800.00")),
        ("Una vez", Decimal("1800.00")),
        (CONCEPT, Decimal("2167.20")),
    ]


def test_what_others_pay_elsewhere_is_the_middle_of_at_least_five(provider):
    actions.set_price(CLOUD, price(), actor=provider)
    service = services.service(CLOUD)
    paid = (("mdt", "90"), ("msp", "110"), ("mag", "100"), ("sri", "95"), ("mies", "300"))
    for place, (code, monthly) in enumerate(paid, start=1):
        cost_actions.declare_cost(
            service,
            concept=CONCEPT,
            monthly=Decimal(monthly),
            institution=directory.institution(code),
            actor=cast.official(Role.EDITOR, code),
        )
        (offer,) = costs.compare(category="server", quantity=1, months=12, on=date(2020, 1, 1))
        assert offer.elsewhere == (Decimal("1200.00") if place == 5 else None)


def test_what_was_invented_is_no_part_of_what_others_pay(provider):
    actions.set_price(CLOUD, price(), actor=provider)
    service = services.service(CLOUD)
    for code in ("mdt", "msp", "mag", "sri", "mies"):
        cost_actions.declare_cost(
            service,
            concept=CONCEPT,
            monthly=Decimal(100),
            institution=directory.institution(code),
            actor=cast.official(Role.EDITOR, code),
        )
    DeclaredCost.objects.filter(institution__code="mies").update(synthetic=True)
    (offer,) = costs.compare(category="server", quantity=1, months=12, on=date(2020, 1, 1))
    assert (offer.elsewhere, offer.declared) == (None, 4)


def test_the_provider_declares_nothing_and_has_no_page_for_it(provider, client_of):
    actions.set_price(CLOUD, price(), actor=provider)
    with pytest.raises(Forbidden):
        cost_actions.declare_cost(
            services.service(CLOUD),
            concept=CONCEPT,
            monthly=Decimal(1),
            institution=directory.institution("cnt"),
            actor=provider,
        )
    assert client_of(Role.APPROVER, "cnt").get(reverse("cloud:costs_work")).status_code == 403


def test_what_is_paid_once_is_not_compared_with_a_cost_by_month(provider, client_of):
    actions.set_price(CLOUD, price(), actor=provider)
    actions.set_price(CLOUD, price("900", concept="Puesta en marcha", period=Period.ONCE), actor=provider)
    with pytest.raises(Invalid) as refused:
        cost_actions.declare_cost(
            services.service(CLOUD),
            concept="Puesta en marcha",
            monthly=Decimal(1),
            institution=directory.institution("mdt"),
            actor=cast.official(Role.EDITOR, "mdt"),
        )
    assert set(refused.value.fields) == {"concept"}
    page = client_of(Role.EDITOR, "mdt").get(reverse("cloud:costs_work")).content.decode()
    assert CONCEPT in page
    assert "Puesta en marcha" not in page


def test_an_institution_declares_only_for_itself_and_for_what_is_sold(provider):
    actions.set_price(CLOUD, price(), actor=provider)
    mdt, service = directory.institution("mdt"), services.service(CLOUD)
    with pytest.raises(Forbidden):
        cost_actions.declare_cost(
            service,
            concept=CONCEPT,
            monthly=Decimal(1),
            institution=mdt,
            actor=cast.official(Role.EDITOR, "msp"),
        )
    with pytest.raises(Invalid):
        cost_actions.declare_cost(
            service,
            concept="Otra cosa",
            monthly=Decimal(1),
            institution=mdt,
            actor=cast.official(Role.EDITOR, "mdt"),
        )


@given(
    amount=st.decimals("0.01", "99999.99", places=2),
    quantity=st.integers(1, 1000),
    months=st.integers(1, 120),
)
def test_a_year_costs_the_same_paid_by_month_or_by_year(amount, quantity, months):
    by_month = costs.total(amount, Period.MONTH, quantity=quantity, months=months)
    by_year = costs.total(amount * 12, Period.YEAR, quantity=quantity, months=months)
    assert abs(by_month - by_year) <= Decimal("0.01")


def test_every_category_belongs_to_one_family():
    assert set(FAMILY_OF) == set(Category)
    assert sorted(entry for family in Family for entry in categories_of(family)) == sorted(Category)


def test_the_seed_adds_no_price_and_what_the_provider_changed_stays(provider):
    found = services.service(CLOUD)
    actions.change_service(
        CLOUD, words(category=Category.SERVER, title="Nube de cómputo"), version=found.version, actor=provider
    )
    load_services()
    assert services.service(CLOUD).title == "Nube de cómputo"
    assert not any(entry.prices.exists() for entry in Service.objects.all())
