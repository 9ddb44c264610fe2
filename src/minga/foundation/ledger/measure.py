"""Evaluating indicators over the ledger: on any date, as it was known at any position.

Each answer is a set of subjects with the fact that decides about each, never just a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import orjson
from django.db import connection

from minga.kernel.clock import GUAYAQUIL
from minga.kernel.indicators import Count, Indicator, Milestone, Population, Share, Standing
from minga.kernel.references import Reference

EVERYTHING = 2**63 - 1
"""The position bound that leaves nothing out."""

_STATE_OF_SUBJECT = """
    SELECT n.name, f.position, f.occurred_at, f.subject
    FROM unnest(%(names)s::text[]) AS n(name) CROSS JOIN LATERAL (
        SELECT position, occurred_at, subject FROM ledger_fact
        WHERE name = n.name AND subject = {subject} AND occurred_at < member.until
          AND position <= %(position)s AND NOT synthetic AND payload @> %(where)s
        ORDER BY occurred_at DESC, position DESC LIMIT 1) f
    ORDER BY f.occurred_at DESC, f.position DESC LIMIT 1
"""
_STATE_OF_ITS_THINGS = """
    SELECT state.name, state.position, state.occurred_at, state.subject
    FROM (SELECT DISTINCT subject FROM ledger_fact WHERE name = %(opened)s AND {its}) thing
    CROSS JOIN LATERAL ({state}) state
    ORDER BY (state.name = %(opened)s) DESC, state.occurred_at DESC, state.position DESC LIMIT 1
"""
_DAYS = """
    WITH RECURSIVE moment AS (
        SELECT * FROM unnest(%(days)s::date[], %(untils)s::timestamptz[]) AS moment(day, until)
    )
"""
_POPULATION = """, declared AS (
        SELECT DISTINCT ON (subject) subject, payload FROM ledger_fact
        WHERE name = %(declared)s AND payload ->> 'register' = %(register)s
          AND position <= %(position)s AND NOT synthetic
        ORDER BY subject, position DESC
    ), member AS (
        SELECT subject, day, until FROM declared CROSS JOIN moment WHERE EXISTS (
            SELECT 1 FROM jsonb_array_elements(payload -> 'periods') period
            WHERE (period ->> 0)::date <= day AND (period ->> 1 IS NULL OR (period ->> 1)::date > day))
    )
"""
_ONE = ", member AS (SELECT %(subject)s::text AS subject, day, until FROM moment)"
_EVERY = """, step AS (
        (SELECT {column} AS subject FROM ledger_fact
         WHERE name = %(opened)s AND {column} IS NOT NULL ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM ledger_fact
                WHERE name = %(opened)s AND {column} > step.subject ORDER BY {column} LIMIT 1)
        FROM step WHERE step.subject IS NOT NULL
    ), member AS (SELECT subject, day, until FROM step CROSS JOIN moment WHERE subject IS NOT NULL)
"""
_ROWS = """
    {members}
    SELECT member.subject, state.name, state.position, state.occurred_at, state.subject
    FROM member LEFT JOIN LATERAL ({state}) state ON true ORDER BY member.subject
"""
_TOTALS = """
    {members}
    SELECT moment.day, count(member.subject), count(*) FILTER (WHERE state.name = %(opened)s)
    FROM moment LEFT JOIN member USING (day) LEFT JOIN LATERAL ({state}) state ON true
    GROUP BY moment.day ORDER BY moment.day
"""


@dataclass(frozen=True)
class AsOf:
    """Which state of the world (`day`, in continental Ecuador), as known at which ledger position."""

    day: date
    position: int = EVERYTHING

    @property
    def until(self) -> datetime:
        """The first moment after the day."""
        return datetime.combine(self.day + timedelta(days=1), time(), tzinfo=GUAYAQUIL)


@dataclass(frozen=True)
class Member:
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
    counting: int
    total: int
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
    sql, parameters = _question(_ROWS, indicator, (as_of.day,), as_of.position)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = tuple(_member(indicator.standing, row) for row in cursor.fetchall())
    if isinstance(indicator, Count):
        # Whoever appears in the ledger later must not change an answer of before.
        rows = tuple(member for member in rows if member.fact)
    return Outcome(
        value=_value(indicator, counting=sum(member.counts for member in rows), total=len(rows)),
        members=rows,
    )


def series(indicator: Indicator, days: Sequence[date], *, position: int = EVERYTHING) -> list[Total]:
    """The indicator's value on each of these days, as known at `position`, in one query."""
    sql, parameters = _question(_TOTALS, indicator, days, position)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [
            Total(day, counting, total, _value(indicator, counting=counting, total=total))
            for day, total, counting in cursor.fetchall()
        ]


def population(register: Population, as_of: AsOf) -> tuple[Reference, ...]:
    """The members of a dated register, in the order of their references."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DAYS + _POPULATION + "SELECT subject FROM member ORDER BY subject",  # noqa: S608 - constants
            {
                **_of_population(register),
                "position": as_of.position,
                "days": [as_of.day],
                "untils": [as_of.until],
            },
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


def _question(
    template: str, indicator: Indicator, days: Sequence[date], position: int
) -> tuple[str, dict[str, Any]]:
    """The SQL and its parameters that ask `template` of an indicator."""
    standing = indicator.standing
    parameters: dict[str, Any] = {
        "names": list(standing.names),
        "opened": standing.opened_by.name,
        "where": orjson.dumps(dict(standing.where)).decode(),
        "days": list(days),
        "untils": [AsOf(day).until for day in days],
        "position": position,
    }
    by_institution = standing.counted == "institution"
    its = "institution = member.subject" if by_institution else ""
    if isinstance(indicator, Milestone):
        parameters["subject"] = indicator.subject
        parameters["through"] = indicator.through
        its = "payload ->> %(through)s = member.subject" if indicator.through else ""
        members = _ONE
    elif isinstance(indicator, Share):
        parameters.update(_of_population(indicator.population))
        members = _POPULATION
    else:
        members = _EVERY.format(column="institution" if by_institution else "subject")
    state = _STATE_OF_SUBJECT.format(subject="thing.subject" if its else "member.subject")
    if its:
        state = _STATE_OF_ITS_THINGS.format(its=its, state=state)
    return template.format(members=_DAYS + members, state=state), parameters


def _member(standing: Standing, row: tuple[Any, ...]) -> Member:
    subject, name, position, occurred_at, thing = row
    return Member(
        subject=Reference(subject),
        counts=name == standing.opened_by.name,
        fact=name,
        position=position,
        occurred_at=occurred_at,
        thing=Reference(thing) if thing and thing != subject else None,
    )


def _value(indicator: Indicator, *, counting: int, total: int) -> Decimal | None:
    if isinstance(indicator, Milestone | Count):
        return Decimal(counting)
    if not total:
        return None
    return (Decimal(100 * counting) / total).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
