"""What may be written about an institution, and by whom."""

from datetime import date
from typing import Any

import pytest

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import ANONYMOUS, Role
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.kernel.identifiers import TaxpayerKind, synthetic_ruc
from minga.modules.directory.actions import (
    Lookups,
    Period,
    change_contacts,
    change_details,
    close_institution,
    declare_population,
    register_institution,
    rename_institution,
    ruc_warning,
    succeed,
    upload_institutions,
)
from minga.modules.directory.models import Institution
from minga.modules.directory.tests.cast import STEWARD, details, found, official

pytestmark = pytest.mark.django_db
CONTACTS: dict[str, Any] = {"websites": ["https://www.mp.gob.ec"], "email": "", "phone": "", "address": ""}


def acts(institution):
    """Every use case, by name, on this institution."""
    known = {"id": institution.pk, "version": institution.version}
    day = date(2020, 1, 1)
    return {
        "register": lambda actor: register_institution(code="otra", details=details(), actor=actor),
        "rename": lambda actor: rename_institution(
            name="Otro", acronym="", since=day, norm="", code=institution.code, actor=actor, **known
        ),
        "close": lambda actor: close_institution(on=day, norm="", actor=actor, **known),
        "succeed": lambda actor: succeed(
            successor="heir", kind="fusiona", on=day, norm="", actor=actor, **known
        ),
        "details": lambda actor: change_details(details=details(phone="1"), actor=actor, **known),
        "population": lambda actor: declare_population(
            register="apc", periods=[Period(valid_from=day)], actor=actor, **known
        ),
        "import": lambda actor: upload_institutions(content=b"codigo\nx\n", file_name="a.csv", actor=actor),
        "contacts": lambda actor: change_contacts(actor=actor, **known, **CONTACTS),
    }


NAMES = ("register", "rename", "close", "succeed", "details", "population", "import", "contacts")


@pytest.mark.parametrize("act", NAMES)
def test_a_steward_may_do_everything(act):
    found("heir")
    acts(found("mp"))[act](STEWARD)


@pytest.mark.parametrize("act", NAMES)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.STEWARD])
def test_others_may_only_keep_the_contacts_of_the_institution_where_they_approve_or_head(act, role):
    found("heir")
    ministry = found("mp")
    actor = official(role, ministry)
    if act == "contacts" and role in (Role.HEAD, Role.APPROVER):
        acts(ministry)[act](actor)
    else:
        with pytest.raises(Forbidden):
            acts(ministry)[act](actor)


@pytest.mark.parametrize("act", NAMES)
def test_nobody_else_may_do_anything(act):
    found("heir")
    ministry, other = found("mp"), found("other")
    for actor in (ANONYMOUS, official(Role.HEAD, other)):
        with pytest.raises(Forbidden):
            acts(ministry)[act](actor)


def test_the_second_of_two_editors_is_told_and_changes_nothing():
    ministry = found("mp")
    change_details(id=ministry.pk, details=details(phone="02 111"), version=1, actor=STEWARD)
    with pytest.raises(Conflict):
        change_details(id=ministry.pk, details=details(phone="02 222"), version=1, actor=STEWARD)
    assert Institution.objects.get().phone == "02 111"


def test_saving_what_is_already_there_is_no_change():
    ministry = found("mp")
    told = LedgerFact.objects.count()
    change_details(id=ministry.pk, details=details(), version=1, actor=STEWARD)
    assert Institution.objects.get().version == 1
    assert LedgerFact.objects.count() == told


def test_the_ledger_learns_which_details_changed_and_never_their_words():
    ministry = found("mp")
    change_details(
        id=ministry.pk, details=details(email="a@mp.gob.ec", phone="02 1"), version=1, actor=STEWARD
    )
    fact = LedgerFact.objects.get(name="directory.institution.changed")
    assert sorted(fact.payload["fields"]) == ["email", "phone"]
    assert "gob.ec" not in str(fact.payload)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"name": "Ministerio\u202edel"}, "name"),
        ({"name": "nulo\x00"}, "name"),
        ({"type": "club"}, "type"),
        ({"function": ""}, "function"),
        ({"sector": "nada"}, "sector"),
        ({"place": "99"}, "place"),
        ({"parent": "nadie"}, "parent"),
        ({"priority_groups": ("nadie",)}, "priority_groups"),
        ({"email": "no es correo"}, "email"),
        ({"websites": ("javascript:alert(1)//://",)}, "websites"),
        ({"websites": ("no es sitio",)}, "websites"),
        ({"websites": tuple(f"https://a{n}.gob.ec" for n in range(11))}, "websites"),
        ({"ruc": "1" * 14}, "ruc"),
        ({"valid_from": date(2020, 1, 1), "valid_until": date(2020, 1, 1)}, "valid_until"),
        ({"status": "seguro"}, "status"),
    ],
)
def test_details_that_break_a_rule_are_refused_at_their_field(changes, field):
    with pytest.raises(Invalid) as refusal:
        found("mp", **changes)
    assert list(refusal.value.fields) == [field]
    assert not Institution.objects.exists()


@pytest.mark.parametrize("code", ["", "Mp", "ñu", "a b", "-a", "a" * 65, "poblacion", "importar", "../x"])
def test_a_code_is_a_short_plain_word_that_no_address_of_ours_uses(code):
    with pytest.raises(Invalid) as refusal:
        found(code)
    assert "code" in refusal.value.fields


def test_two_stewards_who_give_one_code_at_once_get_words():
    read_before = Lookups.read()
    found("mp")
    with pytest.raises(Invalid) as refusal:
        register_institution(code="mp", details=details(), actor=STEWARD, lookups=read_before)
    assert "«mp»" in refusal.value.fields["code"][0]
    assert Institution.objects.filter(code="mp").count() == 1


def test_a_bare_host_is_taken_as_a_web_address():
    assert found("mp", websites=("mp.gob.ec",)).websites == ["https://mp.gob.ec"]


def test_an_institution_cannot_depend_on_one_that_depends_on_it():
    top = found("top")
    found("middle", parent="top")
    found("bottom", parent="middle")
    for parent in ("top", "bottom"):
        with pytest.raises(Invalid) as refusal:
            change_details(id=top.pk, details=details(parent=parent), version=1, actor=STEWARD)
        assert "parent" in refusal.value.fields


def test_a_doubtful_ruc_is_kept_with_a_warning():
    assert ruc_warning(synthetic_ruc(1, TaxpayerKind.PUBLIC)) == ""
    assert ruc_warning("") == ""
    for doubtful in ("1760000000001", "123", "abc"):
        assert ruc_warning(found(f"x{doubtful}", ruc=doubtful).ruc)


def test_an_institution_cannot_begin_after_it_was_in_a_register():
    ministry = found("mp")
    declare_population(
        id=ministry.pk,
        register="apc",
        periods=[Period(valid_from=date(2018, 1, 1))],
        version=1,
        actor=STEWARD,
    )
    with pytest.raises(Invalid) as refusal:
        change_details(id=ministry.pk, details=details(valid_from=date(2019, 1, 1)), version=2, actor=STEWARD)
    assert "valid_from" in refusal.value.fields


def test_saving_unchanged_contacts_is_no_change():
    ministry = found("mp")
    given: dict[str, Any] = {"id": ministry.pk, "actor": STEWARD, **CONTACTS}
    change_contacts(version=1, **given)
    assert change_contacts(version=2, **given).version == 2
