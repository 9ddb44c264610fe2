"""Names, mergers and endings keep their history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.modules.directory import contracts, queries
from minga.modules.directory.actions import (
    change_details,
    close_institution,
    details_of,
    rename_institution,
    succeed,
)
from minga.modules.directory.models import Institution, InstitutionName
from minga.modules.directory.tests.cast import STEWARD, found

pytestmark = pytest.mark.django_db


def renamed(institution: Institution, name: str, since: date, **changes) -> Institution:
    version = Institution.objects.get(pk=institution.pk).version
    given = {"acronym": "", "norm": "Decreto 59", "code": institution.code, "version": version, **changes}
    return rename_institution(id=institution.pk, name=name, since=since, actor=STEWARD, **given)


def ended(institution: Institution, on: date, **changes) -> Institution:
    return close_institution(
        id=institution.pk, on=on, norm="", version=institution.version, actor=STEWARD, **changes
    )


def test_a_new_name_leaves_the_old_one_in_the_history():
    ministry = found("mae", name="Ministerio del Ambiente", valid_from=date(2000, 1, 1))
    renamed(ministry, "Ministerio del Ambiente y Agua", date(2020, 6, 1), acronym="MAAE")
    names = [(name.title, name.since, name.until) for name in queries.profile("mae").names]
    assert names == [
        ("Ministerio del Ambiente y Agua (MAAE)", date(2020, 6, 1), None),
        ("Ministerio del Ambiente", date(2000, 1, 1), date(2020, 6, 1)),
    ]


def test_an_institution_is_called_by_the_name_it_had_on_the_day():
    ministry = found("mae", name="Ministerio del Ambiente", valid_from=date(2000, 1, 1))
    renamed(ministry, "Ministerio del Ambiente y Agua", date(2020, 6, 1))
    assert contracts.institution("mae", on=date(2020, 5, 31)).name == "Ministerio del Ambiente"
    assert contracts.institution("mae", on=date(2020, 6, 1)).name == "Ministerio del Ambiente y Agua"
    assert contracts.institution("mae").name == "Ministerio del Ambiente y Agua"


def test_an_institution_is_unknown_on_a_day_when_it_did_not_exist():
    found("mae", valid_from=date(2000, 1, 1), valid_until=date(2020, 6, 1))
    for day in (date(1999, 12, 31), date(2020, 6, 1)):
        with pytest.raises(NotFound):
            contracts.institution("mae", on=day)


def test_a_code_it_had_before_still_finds_it():
    ministry = found("mae")
    renamed(ministry, "Ministerio del Ambiente y Agua", date(2020, 6, 1), code="maae")
    assert contracts.institution("mae").code == "maae"
    assert queries.present_code("mae") == "maae"


def test_a_code_can_be_taken_back():
    ministry = found("mae", valid_from=date(2000, 1, 1))
    renamed(ministry, "Uno", date(2020, 6, 1), code="maae")
    ministry.refresh_from_db()
    renamed(ministry, "Dos", date(2021, 6, 1), code="mae")
    assert contracts.institution("maae").code == "mae"


def test_the_former_code_of_one_institution_is_not_given_to_another():
    renamed(found("mae"), "Uno", date(2020, 6, 1), code="maae")
    with pytest.raises(Invalid) as refusal:
        found("mae")
    assert "code" in refusal.value.fields


@pytest.mark.parametrize("since", [today() + timedelta(days=1), date(2000, 1, 1), date(1999, 1, 1)])
def test_a_name_cannot_begin_in_the_future_or_before_the_present_one(since):
    with pytest.raises(Invalid) as refusal:
        renamed(found("mae", valid_from=date(2000, 1, 1)), "Nuevo", since)
    assert "since" in refusal.value.fields


def test_the_database_itself_refuses_two_names_at_once():
    ministry = found("mae")
    with pytest.raises(IntegrityError), transaction.atomic():
        InstitutionName.objects.create(institution=ministry, name="Otro", valid_from=date(2020, 1, 1))


def test_a_misspelt_name_is_corrected_without_history():
    ministry = found("mae", name="Ministerio del Anbiente")
    right = details_of(ministry)
    change_details(
        id=ministry.pk,
        details=type(right)(**{**vars(right), "name": "Ministerio del Ambiente"}),
        version=1,
        actor=STEWARD,
    )
    assert [name.title for name in queries.profile("mae").names] == ["Ministerio del Ambiente"]


def test_a_merger_ends_the_predecessor_and_links_both():
    old, new = (
        found("senagua", valid_from=date(2008, 1, 1)),
        found("maate", name="Ministerio del Ambiente y Agua"),
    )
    succeed(
        id=old.pk,
        successor="maate",
        kind="fusiona",
        on=date(2020, 6, 1),
        norm="Decreto 1007",
        version=1,
        actor=STEWARD,
    )
    assert queries.profile("senagua").institution.valid_until == date(2020, 6, 1)
    assert [passage.other and passage.other.code for passage in queries.profile("senagua").successors] == [
        "maate"
    ]
    assert [passage.other and passage.other.code for passage in queries.profile("maate").predecessors] == [
        "senagua"
    ]
    fact = LedgerFact.objects.get(name="directory.institution.succeeded")
    assert fact.subject == old.reference
    assert fact.payload == {"successor": new.reference, "kind": "fusiona", "took_effect_on": "2020-06-01"}


def test_a_division_leaves_the_predecessor_alive():
    old = found("mdg")
    found("mdi")
    succeed(
        id=old.pk, successor="mdi", kind="escinde", on=date(2022, 3, 30), norm="", version=1, actor=STEWARD
    )
    assert queries.profile("mdg").institution.valid_until is None


@pytest.mark.parametrize(
    ("successor", "kind", "field"),
    [("nadie", "fusiona", "successor"), ("mdg", "fusiona", "successor"), ("mdi", "roba", "kind")],
)
def test_a_succession_needs_another_institution_and_a_known_kind(successor, kind, field):
    old = found("mdg")
    found("mdi")
    with pytest.raises(Invalid) as refusal:
        succeed(
            id=old.pk, successor=successor, kind=kind, on=date(2022, 1, 1), norm="", version=1, actor=STEWARD
        )
    assert field in refusal.value.fields


def test_a_succession_is_noted_once():
    old = found("mdg")
    found("mdi")
    given: dict[str, Any] = {
        "id": old.pk,
        "successor": "mdi",
        "kind": "escinde",
        "on": date(2022, 1, 1),
        "norm": "",
        "actor": STEWARD,
    }
    succeed(version=1, **given)
    with pytest.raises(Invalid):
        succeed(version=2, **given)


def test_an_institution_ends_once_and_not_before_it_began():
    ministry = found("mae", valid_from=date(2000, 1, 1))
    with pytest.raises(Invalid):
        ended(ministry, date(2000, 1, 1))
    closed = ended(ministry, date(2020, 1, 1))
    with pytest.raises(Invalid):
        ended(closed, date(2021, 1, 1))


def test_whoever_acts_on_an_outdated_version_is_told():
    ministry = found("mae")
    ended(ministry, date(2020, 1, 1))
    with pytest.raises(Conflict):
        renamed(ministry, "Nuevo", date(2019, 1, 1), version=1)
    assert Institution.objects.get(code="mae").name == "Ministerio de Pruebas"
