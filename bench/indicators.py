"""What the whole plan costs: seventeen indicators and everyone behind each, out of millions of facts."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.ledger import INSTITUTIONS, LAST, MEMBERS, MemberDeclared
from bench.table import Row
from minga.kernel.facts import Fact
from minga.kernel.indicators import Count, Evidence, Indicator, Milestone, Population, Share, Standing
from minga.kernel.references import Reference

MILESTONES, SHARES, COUNTS = 4, 11, 2
"""The plan's seventeen indicators by shape."""
THINGS = 1_000
"""Of every four facts one decides about an indicator, each about one of so many things of its own kind."""
_FACTS = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, institution, actor, synthetic, payload)
    SELECT CASE WHEN n %% 4 <> 0 THEN 'bench.case.closed'
            WHEN n %% 12 = 0 THEN 'bench.closed.k' || letter ELSE 'bench.opened.k' || letter END, 1,
        timestamptz '2018-01-01' + n * interval '1 minute',
        CASE WHEN n %% 4 <> 0 THEN 'urn:minga:case:' || n ELSE 'urn:minga:thing:' || kind || '-' || thing END,
        'urn:minga:institution:' || (thing %% %(institutions)s), 'urn:minga:system:bench', false, '{}'
    FROM (SELECT n, n / 4 %% %(kinds)s AS kind, chr(97 + n::int / 4 %% %(kinds)s) AS letter,
                 n / 4 * 7919 %% %(things)s AS thing
          FROM generate_series(1, %(count)s::bigint) n) each
"""


def measure(*, read: int) -> Iterator[Row]:
    """All of them together, the middle one of five turns, out of `read` facts."""
    from minga.foundation.ledger.measure import AsOf, evaluate

    indicators = _indicators()
    _insert(read, len(indicators))
    spans = []
    for _ in range(5):
        began = time.perf_counter()
        outcomes = [evaluate(indicator, AsOf(LAST)) for indicator in indicators]
        counted = [(len(outcome.counting), len(outcome.members)) for outcome in outcomes]
        spans.append((time.perf_counter() - began) * 1000)
    if not all(members for _counting, members in counted):
        raise SystemExit(f"an indicator has nobody behind it: {counted}")
    title = f"{len(indicators)} indicators with lineage counts at {read:,} facts, together"
    yield Row(title, "ms", sorted(spans)[2], 300.0)


def _insert(count: int, kinds: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"institutions": INSTITUTIONS})
        parameters = {"count": count, "things": THINGS, "institutions": INSTITUTIONS, "kinds": kinds}
        cursor.execute(_FACTS, parameters)
        cursor.execute("VACUUM ANALYZE ledger_fact")  # as the database does by itself within a minute


def _kind(happened: str, number: int) -> type[Fact]:
    """A kind of fact of its own for each indicator, as the rooms have."""

    @dataclass(frozen=True, kw_only=True)
    class Happened(Fact, name=f"bench.{happened}.k{chr(97 + number)}"):
        """An invented thing changed its state."""

    return Happened


def _indicators() -> list[Indicator]:
    members = Population(declared_by=MemberDeclared, register="bench")
    found: list[Indicator] = []
    for number in range(MILESTONES + SHARES + COUNTS):
        opened, closed = _kind("opened", number), _kind("closed", number)
        code, standing = f"b{number}", Standing(opened_by=opened, closed_by=(closed,))
        if number < MILESTONES:
            subject = Reference.of("thing", f"{number}-7")
            found.append(Milestone(code=code, standing=standing, subject=subject))
        elif number < MILESTONES + SHARES:
            by_institution = Standing(opened_by=opened, closed_by=(closed,), counted="institution")
            share = Share(code=code, standing=by_institution, population=members, evidence=Evidence.MEASURED)
            found.append(share)
        else:
            found.append(Count(code=code, standing=standing, evidence=Evidence.MEASURED))
    return found
