"""Evaluating indicators over the ledger: on any date, as it was known at any position.

Each answer is a set of subjects with the fact that decides about each, never just a number.
"""

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
        WHERE name = n.name AND subject = {subject} AND occurred_at < %(until)s AND position <= %(position)s
          AND NOT synthetic AND payload @> %(where)s
        ORDER BY occurred_at DESC, position DESC LIMIT 1) f
    ORDER BY f.occurred_at DESC, f.position DESC LIMIT 1
"""
_STATE_OF_INSTITUTION = f"""
    SELECT state.name, state.position, state.occurred_at, state.subject
    FROM (SELECT DISTINCT subject FROM ledger_fact
          WHERE name = %(opened)s AND institution = member.subject) thing
    CROSS JOIN LATERAL ({_STATE_OF_SUBJECT.format(subject="thing.subject")}) state
    ORDER BY (state.name = %(opened)s) DESC, state.occurred_at DESC, state.position DESC LIMIT 1
"""
_ANSWER = """
    {members}
    SELECT member.subject, state.name, state.position, state.occurred_at, state.subject
    FROM member LEFT JOIN LATERAL ({state}) state ON true ORDER BY member.subject
"""
_POPULATION = """
    WITH declared AS (
        SELECT DISTINCT ON (subject) subject, payload FROM ledger_fact
        WHERE name = %(declared)s AND payload ->> 'register' = %(register)s
          AND position <= %(position)s AND NOT synthetic
        ORDER BY subject, position DESC
    ), member AS (
        SELECT subject FROM declared WHERE EXISTS (
            SELECT 1 FROM jsonb_array_elements(payload -> 'periods') period
            WHERE (period ->> 0)::date <= %(day)s AND (period ->> 1 IS NULL OR (period ->> 1)::date > %(day)s))
    )
"""
_ONE = "WITH member AS (SELECT %(subject)s::text AS subject)"
_EVERY = """
    WITH RECURSIVE step AS (
        (SELECT {column} AS subject FROM ledger_fact
         WHERE name = %(opened)s AND {column} IS NOT NULL ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM ledger_fact
                WHERE name = %(opened)s AND {column} > step.subject ORDER BY {column} LIMIT 1)
        FROM step WHERE step.subject IS NOT NULL
    ), member AS (SELECT subject FROM step WHERE subject IS NOT NULL)
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
    """What the fact is about, where that is not the subject itself (the contract of an institution)."""


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
    standing = indicator.standing
    parameters: dict[str, Any] = {
        "names": list(standing.names),
        "opened": standing.opened_by.name,
        "where": orjson.dumps(dict(standing.where)).decode(),
        "until": as_of.until,
        "day": as_of.day,
        "position": as_of.position,
    }
    state = (
        _STATE_OF_INSTITUTION
        if standing.counted == "institution"
        else _STATE_OF_SUBJECT.format(subject="member.subject")
    )
    members = _members_sql(indicator, parameters)
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER.format(members=members, state=state), parameters)
        rows = tuple(_member(standing, row) for row in cursor.fetchall())
    return Outcome(value=_value(indicator, rows), members=rows)


def population(register: Population, as_of: AsOf) -> tuple[Reference, ...]:
    """The members of a dated register, in the order of their references."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_POPULATION} SELECT subject FROM member ORDER BY subject",
            {**_of_population(register), "position": as_of.position, "day": as_of.day},
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


def _members_sql(indicator: Indicator, parameters: dict[str, Any]) -> str:
    if isinstance(indicator, Milestone):
        parameters["subject"] = indicator.subject
        return _ONE
    if isinstance(indicator, Share):
        parameters.update(_of_population(indicator.population))
        return _POPULATION
    column = "institution" if indicator.standing.counted == "institution" else "subject"
    return _EVERY.format(column=column)


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


def _value(indicator: Indicator, members: tuple[Member, ...]) -> Decimal | None:
    counting = sum(member.counts for member in members)
    if isinstance(indicator, Milestone | Count):
        return Decimal(counting)
    if not members:
        return None
    share = Decimal(100 * counting) / len(members)
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
