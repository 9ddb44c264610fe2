"""Measurements for Prometheus: what the site serves, and whether its parts are well.

Each server process writes its counts to files in one folder (`PROMETHEUS_MULTIPROC_DIR`, set by `minga
serve`); one small process adds them up and answers on a local port, so scraping never waits for a page.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUEST_SECONDS = Histogram(
    "minga_request_seconds",
    "Seconds to answer, by kind of page and status",
    ["method", "route", "status"],
    buckets=_BUCKETS,
)


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _series(method if method in _METHODS else "other", route, status).observe(seconds)


@lru_cache(maxsize=4096)
def _series(method: str, route: str, status: int) -> Any:
    return REQUEST_SECONDS.labels(method, route, str(status))


class HouseCollector(Collector):
    """The state of database, jobs and ledger at the moment of asking."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read the state; when the database does not answer, that is the only thing told."""
        up = GaugeMetricFamily("minga_database_up", "1 when the database answers")
        try:
            families = [_jobs(), *_ledger()]
        except DatabaseError:
            up.add_metric([], 0)
            yield up
            return
        finally:
            connection.close()
        up.add_metric([], 1)
        yield up
        yield from families


def _jobs() -> GaugeMetricFamily:
    family = GaugeMetricFamily("minga_jobs", "Jobs in the queue by status", labels=["status"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY status"
        )
        found = dict(cursor.fetchall())
    for status in ("todo", "doing", "failed"):
        family.add_metric([status], found.get(status, 0))
    return family


def _ledger() -> list[GaugeMetricFamily]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(position) FROM ledger_fact), 0),"
            " coalesce((SELECT last FROM ledger_seal ORDER BY number DESC LIMIT 1), 0)"
        )
        last, sealed = cursor.fetchone()
    return [
        GaugeMetricFamily("minga_ledger_position", "Position of the newest fact", value=last),
        GaugeMetricFamily(
            "minga_ledger_unsealed", "Positions newer than the last seal", value=max(0, last - sealed)
        ),
    ]


def registry() -> CollectorRegistry:
    """What is published: the sums over all server processes, and the state of the house."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        published = CollectorRegistry()
        MultiProcessCollector(published)  # type: ignore[no-untyped-call]
    else:
        published = REGISTRY
    published.register(HouseCollector())
    return published


def serve(port: int) -> None:
    """Answer Prometheus on this local port until the process ends; OSError when the port is taken."""
    _server, thread = start_http_server(port, addr="127.0.0.1", registry=registry())
    thread.join()
