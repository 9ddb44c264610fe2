"""What stewards do with synonyms."""

import pytest

from minga.foundation.search.actions import add_synonyms, change_synonyms, load_synonyms, remove_synonyms
from minga.foundation.search.models import SynonymGroup
from minga.foundation.search.queries import synonym_changes, synonym_group, synonym_groups
from minga.kernel.actors import Actor, Post, Role
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.kernel.references import Reference

pytestmark = pytest.mark.django_db


def official(role: Role) -> Actor:
    institution = Reference.of("institution", "mintel")
    return Actor(reference=Reference.of("account", role.value), posts=(Post(role, institution, "mintel"),))


STEWARD = official(Role.STEWARD)


def test_only_a_steward_changes_synonyms():
    for role in set(Role) - {Role.STEWARD}:
        with pytest.raises(Forbidden):
            add_synonyms(asked=["carro"], means=["vehículo"], actor=official(role))


def test_each_change_keeps_who_when_and_what_was_before():
    group = add_synonyms(asked=["carro"], means=["vehículo"], actor=STEWARD)
    change_synonyms(group=group.pk, version=1, asked=["carro", "auto"], means=["vehículo"], actor=STEWARD)
    remove_synonyms(group=group.pk, version=2, actor=STEWARD)
    removed, changed, added = synonym_changes(group.pk)
    assert added.before is None
    assert changed.before == added.after == {"asked": ["carro"], "means": ["vehículo"], "active": True}
    assert removed.before == changed.after
    assert removed.after is None
    assert {change.actor for change in synonym_changes()} == {STEWARD.reference}
    assert removed.changed_at is not None


def test_the_second_of_two_editors_is_told():
    group = add_synonyms(asked=["carro"], means=["vehículo"], actor=STEWARD)
    change_synonyms(group=group.pk, version=1, asked=["auto"], means=["vehículo"], actor=STEWARD)
    with pytest.raises(Conflict):
        change_synonyms(group=group.pk, version=1, asked=["coche"], means=["vehículo"], actor=STEWARD)
    with pytest.raises(Conflict):
        remove_synonyms(group=group.pk, version=1, actor=STEWARD)
    assert synonym_group(group.pk).asked == ["auto"]


def test_a_group_that_is_gone_is_not_found():
    with pytest.raises(NotFound):
        synonym_group(0)
    with pytest.raises(NotFound):
        remove_synonyms(group=0, version=1, actor=STEWARD)


@pytest.mark.parametrize(
    ("asked", "means", "field"),
    [
        ([], ["vehículo"], "asked"),
        (["carro"], ["  "], "means"),
        (["carro"], ["de la"], "means"),
        (["de la"], ["vehículo"], "asked"),
        (["casa árbol perro gato mesa"], ["vehículo"], "asked"),
        (["x" * 81], ["vehículo"], "asked"),
        (["carro\0"], ["vehículo"], "asked"),
        (["carro"], [f"palabra{number}" for number in range(31)], "means"),
    ],
)
def test_a_group_that_breaks_a_rule_names_the_field(asked, means, field):
    with pytest.raises(Invalid) as caught:
        add_synonyms(asked=asked, means=means, actor=STEWARD)
    assert set(caught.value.fields) == {field}
    assert not SynonymGroup.objects.exists()


def test_expressions_are_cleaned_and_kept_once():
    group = add_synonyms(asked=[" carro ", "carro", ""], means=["vehículo  nuevo"], actor=STEWARD)
    assert (group.asked, group.means) == (["carro"], ["vehículo nuevo"])


def test_minga_brings_at_least_sixty_groups_and_never_undoes_a_steward():
    assert load_synonyms() >= 60
    changed, removed = SynonymGroup.objects.order_by("id")[:2]
    change_synonyms(group=changed.pk, version=1, asked=["otra cosa"], means=["distinta"], actor=STEWARD)
    remove_synonyms(group=removed.pk, version=1, actor=STEWARD)
    assert load_synonyms() == 0
    assert synonym_group(changed.pk).asked == ["otra cosa"]


def test_groups_are_found_by_any_of_their_words():
    load_synonyms()
    assert any("brevete" in group.asked for group in synonym_groups("BREVETE"))
    assert any("brevete" in group.asked for group in synonym_groups("conducir"))
    assert synonym_groups("nada de esto") == []
