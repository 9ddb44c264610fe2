"""The register that a new instance starts with."""

from datetime import date

import pytest

from minga.foundation.ledger.models import LedgerFact
from minga.modules.directory.actions import change_details, details_of, seeding
from minga.modules.directory.indicators import members
from minga.modules.directory.models import Institution, InstitutionName, Membership, Place, Succession
from minga.modules.directory.module import card
from minga.modules.directory.tests.cast import STEWARD, details

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def load_all() -> None:
    for seed in card.seeds:
        seed.load()


def test_a_new_instance_knows_the_territory_and_the_institutions():
    assert Place.objects.filter(level="province").count() == 24
    assert Institution.objects.filter(type="gad_municipal").count() >= 221
    assert len(members("apc", on=date(2019, 6, 1))) >= 120
    assert len(members("gad_municipal", on=date(2021, 1, 1))) == 221


def test_loading_twice_changes_nothing():
    counted = [
        model.objects.count() for model in (Institution, InstitutionName, Succession, Membership, LedgerFact)
    ]
    load_all()
    assert counted == [
        model.objects.count() for model in (Institution, InstitutionName, Succession, Membership, LedgerFact)
    ]


def test_loading_again_keeps_what_a_steward_changed():
    held = Institution.objects.get(code="ant")
    changed = details_of(held)
    change_details(
        id=held.pk,
        details=type(changed)(**{**vars(changed), "phone": "02 123"}),
        version=held.version,
        actor=STEWARD,
    )
    load_all()
    assert Institution.objects.get(code="ant").phone == "02 123"


def test_every_membership_is_told_to_the_ledger():
    day = date(2020, 3, 1)
    rows = Membership.objects.filter(register="apc", valid_from__lte=day).exclude(valid_until__lte=day)
    assert set(members("apc", on=day)) == set(rows.values_list("institution_id", flat=True))


def test_the_priority_register_is_the_apc_that_serves_priority_groups():
    day = date(2019, 6, 1)
    tied = Institution.objects.filter(priority_groups__isnull=False).values_list("id", flat=True)
    assert set(members("apc_priority", on=day)) == set(members("apc", on=day)) & set(tied)


def test_the_same_institution_has_the_same_key_on_every_instance():
    newcomer = seeding.Newcomer(code="ant", details=details())
    assert Institution.objects.get(code="ant").pk == newcomer.id
