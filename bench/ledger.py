"""What the ledger costs: recording, sealing, proving, and reading indicators out of millions of facts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bench.table import Row
from minga.kernel.facts import Code, Fact
from minga.kernel.indicators import Count, Evidence, Indicator, Milestone, Population, Share, Standing
from minga.kernel.references import Reference

LAST = date(2026, 1, 1)
INSTITUTIONS, SERVICES = 250, 5_000
"""Of every 20 facts one opens or closes a service; the others are of a kind that no indicator here reads."""


@dataclass(frozen=True, kw_only=True)
class ServiceOpened(Fact, name="bench.service.opened"):
    """An invented service began."""


@dataclass(frozen=True, kw_only=True)
class ServiceClosed(Fact, name="bench.service.closed"):
    """An invented service ended."""


@dataclass(frozen=True, kw_only=True)
class MemberDeclared(Fact, name="bench.member.declared"):
    """An invented institution belongs to a register for some periods."""

    register: Code
    periods: tuple[tuple[date, date | None], ...]


_SERVICES = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, institution, actor, synthetic, payload)
    SELECT CASE WHEN n %% 20 <> 0 THEN 'bench.case.closed'
            WHEN n %% 60 = 0 THEN 'bench.service.closed' ELSE 'bench.service.opened' END, 1,
        timestamptz '2018-01-01' + n * interval '1 minute',
        CASE WHEN n %% 20 <> 0 THEN 'urn:minga:case:' || n ELSE 'urn:minga:service:' || thing END,
        'urn:minga:institution:' || (thing %% %(institutions)s), 'urn:minga:system:bench', false, '{}'
    FROM (SELECT n, n / 20 * 7919 %% %(services)s AS thing FROM generate_series(1, %(count)s::bigint) n) each
"""
MEMBERS = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, actor, synthetic, payload)
    SELECT 'bench.member.declared', 1, timestamptz '2018-01-01', 'urn:minga:institution:' || n,
        'urn:minga:system:bench', false, '{"register": "bench", "periods": [["2018-01-01", null]]}'
    FROM generate_series(0, %(institutions)s - 1) n
"""


def measure(*, sealed: int, proved: int, read: int) -> Iterator[Row]:
    """Record; seal `sealed` facts; prove `proved`; read indicators out of `read` (each at least the one before)."""
    from minga.foundation.ledger.measure import AsOf, evaluate, series
    from minga.foundation.ledger.sealing import seal
    from minga.foundation.ledger.verification import verify

    yield Row("record() inside a transaction", "ms", min(_recording(500) for _ in range(8)), 0.25)
    seal()
    insert(sealed)
    began = time.perf_counter()
    seal()
    yield Row(f"sealing {sealed:,} facts", "s", time.perf_counter() - began, 5.0 * sealed / 100_000)
    insert(proved - sealed)
    seal()
    began = time.perf_counter()
    verdict = verify()
    yield Row(f"verifying {proved:,} facts", "s", time.perf_counter() - began, 60.0 * proved / 1_000_000)
    if not verdict.sound:
        raise SystemExit(f"the ledger is not sound: {verdict.faults}")
    insert(read - proved)
    for title, indicator in _indicators():
        yield Row(f"{title} at {read:,} facts", "ms", _middle(evaluate, indicator, AsOf(LAST)), 100.0)
    spans = {title: _middle(page) for title, page in _questions(read)}
    slowest = max(spans, key=lambda title: spans[title])
    yield Row(f"audit's slowest page ({slowest}) at {read:,} facts", "ms", spans[slowest], 100.0)
    years = [date(year, 12, 31) for year in range(2018, LAST.year)]
    for title, indicator in _indicators():
        yield Row(f"{title}: its course over eight years", "ms", _middle(series, indicator, years), 300.0)


def _recording(times: int) -> float:
    from django.db import transaction

    from minga.foundation.ledger.recording import record
    from minga.kernel.actors import Actor

    actor, subject = Actor.system("bench"), Reference.of("service", "one")
    with transaction.atomic():
        record(ServiceOpened(), actor=actor, subject=subject)
        began = time.perf_counter()
        for _ in range(times):
            record(ServiceOpened(), actor=actor, subject=subject)
        return (time.perf_counter() - began) * 1000 / times


def insert(count: int) -> None:
    """So many more facts of invented services, and once the institutions they belong to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_fact WHERE name = 'bench.member.declared'")
        parameters = {"count": count, "services": SERVICES, "institutions": INSTITUTIONS}
        if not cursor.fetchone()[0]:
            cursor.execute(MEMBERS, parameters)
        cursor.execute(_SERVICES, parameters)
        cursor.execute("VACUUM ANALYZE ledger_fact")  # as the database does by itself within a minute


def _indicators() -> list[tuple[str, Indicator]]:
    in_use = Standing(opened_by=ServiceOpened, closed_by=(ServiceClosed,))
    by_institution = Standing(opened_by=ServiceOpened, closed_by=(ServiceClosed,), counted="institution")
    members = Population(declared_by=MemberDeclared, register="bench")
    one = Reference.of("service", 7)
    return [
        ("milestone", Milestone(code="b1", standing=in_use, subject=one)),
        (
            "share of 250",
            Share(code="b2", standing=by_institution, population=members, evidence=Evidence.MEASURED),
        ),
        ("count of 5,000", Count(code="b3", standing=in_use, evidence=Evidence.MEASURED)),
    ]


def _questions(read: int) -> list[tuple[str, Callable[[], object]]]:
    """What an auditor asks: each limit alone, two that hardly ever meet, and a page deep in the middle."""
    from minga.foundation.ledger.browsing import Question, facts

    now = datetime.now(UTC)
    bench, rare = Reference.of("system", "bench"), Reference.of("system", "seed")
    asked = {
        "all": Question(),
        "common author": Question(actor=bench),
        "rare author": Question(actor=rare),
        "institution": Question(institution=Reference.of("institution", "7")),
        "subject": Question(subject=Reference.of("service", 7)),
        "rare kind": Question(kind=MemberDeclared.name),
        "common author of a rare kind": Question(actor=bench, kind=MemberDeclared.name),
        "last hour": Question(since=now - timedelta(hours=1)),
        "rare author in the last hour": Question(actor=rare, since=now - timedelta(hours=1)),
        "before the first": Question(until=now - timedelta(days=1)),
        "subject in the last hour": Question(
            subject=Reference.of("service", 7), since=now - timedelta(hours=1)
        ),
    }
    pages: list[tuple[str, Callable[[], object]]] = [
        (title, partial(facts, question)) for title, question in asked.items()
    ]
    deep = partial(facts, Question(actor=bench), before=read // 2)
    deep_in_days = partial(facts, Question(actor=bench, since=now - timedelta(days=1)), before=read // 2)
    return [*pages, ("deep", deep), ("deep in some days", deep_in_days)]


def _middle(question: Callable[..., object], *asked: object) -> float:
    """Milliseconds of asking once, the middle one of five."""
    spans = []
    for _ in range(5):
        began = time.perf_counter()
        question(*asked)
        spans.append((time.perf_counter() - began) * 1000)
    return sorted(spans)[2]
