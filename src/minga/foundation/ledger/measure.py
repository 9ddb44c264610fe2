"""Evaluating indicators over the ledger: on any date, as it was known at any position.

Each answer is a set of subjects with the fact that decides about each, never just a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import orjson
from django.db import connection

from minga.kernel.clock import GUAYAQUIL
from minga.kernel.indicators import Count, Indicator, Milestone, Population, Share
from minga.kernel.references import Reference

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERYTHING = 2**63 - 1
"""The position bound that leaves nothing out."""

_MOMENTS = """moment AS (
        SELECT * FROM unnest(%(days)s::date[], %(untils)s::timestamptz[]) WITH ORDINALITY AS each(day, until, number)
    )"""
_POPULATION = """, declared AS (
        SELECT DISTINCT ON (subject) subject, payload FROM ledger_fact
        WHERE name = %(declared)s AND payload ->> 'register' = %(register)s
          AND position <= %(position)s AND NOT synthetic
        ORDER BY subject, position DESC
    ), member AS (
        SELECT day, subject AS key FROM declared CROSS JOIN moment WHERE EXISTS (
            SELECT 1 FROM jsonb_array_elements(payload -> 'periods') period
            WHERE (period ->> 0)::date <= day AND (period ->> 1 IS NULL OR (period ->> 1)::date > day))
    )
"""
_ONE = ", member AS (SELECT day, %(subject)s::text AS key FROM moment)"
_OF_ONE_KIND = "FROM ledger_fact WHERE name = {name} AND position <= %(position)s AND NOT synthetic {only}"

# One day: the last fact of each kind about a thing, the later of these, and the best for whoever it counts for.
_LAST = """(
        SELECT DISTINCT ON (subject) {key} AS key, subject, name, position, occurred_at
        {source} AND occurred_at < (SELECT until FROM moment)
        ORDER BY subject DESC, occurred_at DESC, position DESC)"""
_STATES = """
    WITH {moments}, latest AS (
        SELECT DISTINCT ON (subject) * FROM ({facts}) last ORDER BY subject, occurred_at DESC, position DESC
    ), state AS (
        SELECT DISTINCT ON (key) * FROM latest WHERE key IS NOT NULL
        ORDER BY key, (name = %(opened)s) DESC, occurred_at DESC, position DESC
    )
"""
# A full join, because only that is never done row against row; what belongs to no member is left out afterwards.
_STATES_OF_MEMBERS = """
    SELECT member.key, name, position, {occurred}, subject
    FROM member FULL JOIN state ON state.key = member.key ORDER BY member.key
"""
_STATES_OF_ALL = "SELECT key, name, position, {occurred}, subject FROM state ORDER BY key"
_MICROSECONDS = "(extract(epoch FROM occurred_at) * 1000000)::bigint"
"""A tenth of the time that reading timestamps takes."""

# Many days: after how many of them each fact about a thing happened, and after how many the next one replaced it.
_HISTORY = """(
        SELECT {key} AS key, subject, name, position, occurred_at,
            width_bucket(occurred_at, %(untils)s::timestamptz[]) AS passed
        {source} ORDER BY subject, occurred_at, position)"""
_COURSE = """
    WITH {moments}, held AS (
        SELECT key, name, passed,
            lead(passed, 1, %(days_asked)s) OVER (PARTITION BY subject ORDER BY occurred_at, position) AS replaced
        FROM ({facts}) history
    ), counting AS (
        SELECT DISTINCT day, key FROM held JOIN moment ON number > passed AND number <= replaced
        WHERE replaced > passed AND name = %(opened)s AND key IS NOT NULL
    )
"""
_COURSE_OF_MEMBERS = """
    SELECT day, count(*) FILTER (WHERE member.key = counting.key), count(member.key)
    FROM member FULL JOIN counting USING (day, key) GROUP BY day
"""
_COURSE_OF_ALL = "SELECT day, count(*), count(*) FROM counting GROUP BY day"


@dataclass(frozen=True)
class AsOf:
    """Which state of the world (`day`, in continental Ecuador), as known at which ledger position."""

    day: date
    position: int = EVERYTHING

    @property
    def until(self) -> datetime:
        """The first moment after the day."""
        return datetime.combine(self.day + timedelta(days=1), time(), tzinfo=GUAYAQUIL)


class Member(NamedTuple):
    """One subject that could count, and the latest fact that decides whether it does."""

    subject: Reference
    counts: bool
    fact: str | None
    position: int | None
    occurred_at: datetime | None
    thing: Reference | None
    """What the fact is about, where that is not the subject itself: an institution's contract, an initiative's norm."""


@dataclass(frozen=True)
class Total:
    """An indicator's value on one day, without the names behind it."""

    day: date
    value: Decimal | None


@dataclass(frozen=True)
class Outcome:
    """An indicator's value and everyone behind it.

    `value` is None when there is nothing to divide by: no data is not zero.
    """

    value: Decimal | None
    members: tuple[Member, ...]

    @property
    def counting(self) -> tuple[Member, ...]:
        """The numerator's subjects."""
        return tuple(member for member in self.members if member.counts)

    @property
    def others(self) -> tuple[Member, ...]:
        """Those that could count and do not."""
        return tuple(member for member in self.members if not member.counts)


def evaluate(indicator: Indicator, as_of: AsOf) -> Outcome:
    """The indicator's outcome in one query; percentages in points, rounded half up to two decimals."""
    sql, parameters = _question(indicator, (as_of.day,), as_of.position, states=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    opened = indicator.standing.opened_by.name
    members = tuple(_member(row, opened) for row in rows if row[0])
    return Outcome(
        value=_value(indicator, counting=sum(member.counts for member in members), total=len(members)),
        members=members,
    )


def series(indicator: Indicator, days: Sequence[date], *, position: int = EVERYTHING) -> list[Total]:
    """The indicator's value on each of these days, as known at `position`, in one query."""
    sql, parameters = _question(indicator, sorted(set(days)), position, states=False)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = {day: (counting, total) for day, counting, total in cursor.fetchall()}
    totals = []
    for day in days:
        counting, total = found.get(day, (0, 0))
        totals.append(Total(day, _value(indicator, counting=counting, total=total)))
    return totals


def population(register: Population, as_of: AsOf) -> tuple[Reference, ...]:
    """The members of a dated register, in the order of their references."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {_MOMENTS} {_POPULATION} SELECT key FROM member ORDER BY key",  # noqa: S608 - constants
            {**_of_population(register), **_of_moments((as_of.day,)), "position": as_of.position},
        )
        return tuple(Reference(row[0]) for row in cursor.fetchall())


def position_known_on(day: date) -> int:
    """The last position recorded up to the end of that day: what was known then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position FROM ledger_fact WHERE recorded_at < %s"
            " ORDER BY recorded_at DESC, position DESC LIMIT 1",
            [AsOf(day).until],
        )
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def _of_population(register: Population) -> dict[str, str]:
    return {"declared": register.declared_by.name, "register": register.register}


def _of_moments(days: Sequence[date]) -> dict[str, Any]:
    return {"days": list(days), "untils": [AsOf(day).until for day in days]}


def _question(
    indicator: Indicator, days: Sequence[date], position: int, *, states: bool
) -> tuple[str, dict[str, Any]]:
    """SQL and parameters: who is in which state on the one day, or how many count on each of the days."""
    standing = indicator.standing
    parameters: dict[str, Any] = {
        **_of_moments(days),
        "days_asked": len(days),
        "opened": standing.opened_by.name,
        "position": position,
    }
    key: str = standing.counted
    only = members = ""
    if standing.where:
        only = "AND payload @> %(where)s"
        parameters["where"] = orjson.dumps(dict(standing.where)).decode()
    if isinstance(indicator, Milestone):
        if indicator.through:
            key = "payload ->> %(through)s"
            parameters["through"] = indicator.through
        if key == "subject":
            only += " AND subject = %(subject)s"
        parameters["subject"] = indicator.subject
        members = _ONE
    elif isinstance(indicator, Share):
        parameters.update(_of_population(indicator.population))
        members = _POPULATION
    facts = []
    for number, name in enumerate(standing.names):
        parameters[f"kind_{number}"] = name
        source = _OF_ONE_KIND.format(name=f"%(kind_{number})s", only=only)
        facts.append((_LAST if states else _HISTORY).format(key=key, source=source))
    begun = (_STATES if states else _COURSE).format(moments=_MOMENTS, facts=" UNION ALL ".join(facts))
    if states:
        asked = (_STATES_OF_MEMBERS if members else _STATES_OF_ALL).format(occurred=_MICROSECONDS)
    else:
        asked = _COURSE_OF_MEMBERS if members else _COURSE_OF_ALL
    return begun + members + asked, parameters


def _member(row: tuple[Any, ...], opened: str) -> Member:
    subject, name, position, occurred, thing = row
    return Member(
        subject=Reference(subject),
        counts=name == opened,
        fact=name,
        position=position,
        occurred_at=None if occurred is None else _EPOCH + timedelta(microseconds=occurred),
        thing=Reference(thing) if thing and thing != subject else None,
    )


def _value(indicator: Indicator, *, counting: int, total: int) -> Decimal | None:
    if isinstance(indicator, Milestone | Count):
        return Decimal(counting)
    if not total:
        return None
    return (Decimal(100 * counting) / total).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
