"""Who belongs to a register on a day, and what was known of it when."""

from datetime import date

import pytest

from minga.foundation.ledger.measure import EVERYTHING
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.errors import Invalid
from minga.modules.directory.actions import (
    Period,
    change_details,
    close_institution,
    declare_population,
    register_institution,
)
from minga.modules.directory.indicators import members
from minga.modules.directory.models import Institution, Membership, PriorityGroup
from minga.modules.directory.tests.cast import STEWARD, SYSTEM, details, found

pytestmark = pytest.mark.django_db


def declare(
    institution: Institution, *periods: tuple[date, date | None], register: str = "apc"
) -> Institution:
    return declare_population(
        id=institution.pk,
        register=register,
        periods=[Period(valid_from=since, valid_until=until) for since, until in periods],
        version=Institution.objects.get(pk=institution.pk).version,
        actor=STEWARD,
    )


def last_position() -> int:
    return LedgerFact.objects.order_by("-position").values_list("position", flat=True).first() or 0


def test_an_institution_enters_on_its_first_day_and_leaves_on_its_last():
    ministry = found("mp")
    declare(ministry, (date(2018, 1, 1), date(2020, 6, 1)))
    assert members("apc", on=date(2017, 12, 31)) == []
    assert members("apc", on=date(2018, 1, 1)) == [ministry.pk]
    assert members("apc", on=date(2020, 5, 31)) == [ministry.pk]
    assert members("apc", on=date(2020, 6, 1)) == []


def test_an_institution_can_leave_and_come_back():
    ministry = found("mp")
    declare(ministry, (date(2021, 1, 1), None), (date(2018, 1, 1), date(2019, 1, 1)))
    assert [bool(members("apc", on=date(year, 7, 1))) for year in (2018, 2019, 2020, 2021)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_correction_holds_from_now_on_and_the_past_can_still_be_read_as_it_was_known():
    ministry = found("mp")
    declare(ministry, (date(2018, 1, 1), None))
    before = last_position()
    declare(ministry, (date(2020, 1, 1), None))
    assert members("apc", on=date(2019, 1, 1)) == []
    assert members("apc", on=date(2019, 1, 1), position=before) == [ministry.pk]


def test_an_institution_that_ends_leaves_every_register():
    ministry = found("mp")
    declare(ministry, (date(2018, 1, 1), None))
    version = Institution.objects.get(pk=ministry.pk).version
    close_institution(id=ministry.pk, on=date(2021, 5, 24), norm="Decreto 1", version=version, actor=STEWARD)
    assert members("apc", on=date(2021, 5, 23)) == [ministry.pk]
    assert members("apc", on=date(2021, 5, 24)) == []
    assert Membership.objects.get().valid_until == date(2021, 5, 24)


def test_the_priority_register_follows_the_groups_and_the_apc():
    PriorityGroup.objects.create(code="ninez", name="Niñez", sort_key="ninez")
    ministry = found("mp")
    declare(ministry, (date(2018, 1, 1), None))
    assert members("apc_priority", on=date(2019, 1, 1)) == []
    change_details(id=ministry.pk, details=details(priority_groups=("ninez",)), version=None, actor=STEWARD)
    assert members("apc_priority", on=date(2019, 1, 1)) == [ministry.pk]
    declare(ministry, (date(2018, 1, 1), date(2018, 6, 1)))
    assert members("apc_priority", on=date(2019, 1, 1)) == []
    change_details(id=ministry.pk, details=details(), version=None, actor=STEWARD)
    assert members("apc_priority", on=date(2018, 2, 1)) == []


def test_an_invented_institution_never_counts():
    invented = register_institution(code="inventada", details=details(), actor=SYSTEM, synthetic=True)
    declare(invented, (date(2018, 1, 1), None))
    assert members("apc", on=date(2019, 1, 1), position=EVERYTHING) == []


def test_declaring_the_same_again_tells_the_ledger_nothing():
    ministry = found("mp")
    declare(ministry, (date(2018, 1, 1), None))
    told = LedgerFact.objects.count()
    declare(ministry, (date(2018, 1, 1), None))
    assert LedgerFact.objects.count() == told


@pytest.mark.parametrize(
    ("periods", "why"),
    [
        ([(date(2018, 1, 1), None), (date(2019, 1, 1), None)], "coincidir"),
        ([(date(2018, 1, 1), date(2019, 1, 2)), (date(2019, 1, 1), None)], "coincidir"),
        ([(date(2019, 1, 1), date(2019, 1, 1))], "terminar después"),
        ([(date(2014, 12, 31), None)], "antes que la institución"),
        ([(date(2018, 1, 1), date(2023, 1, 1))], "después que la institución"),
    ],
)
def test_periods_that_contradict_each_other_or_the_institution_are_refused(periods, why):
    ministry = found("mp", valid_from=date(2015, 1, 1), valid_until=date(2022, 1, 1))
    with pytest.raises(Invalid) as refusal:
        declare(ministry, *periods)
    assert why in refusal.value.message
    assert not Membership.objects.exists()


def test_the_priority_register_cannot_be_declared_by_hand():
    with pytest.raises(Invalid):
        declare(found("mp"), (date(2018, 1, 1), None), register="apc_priority")
