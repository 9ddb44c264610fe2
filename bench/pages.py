"""CPU and queries of the pages people open most, made anew each time (the public cache is emptied before)."""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.table import Row

CPU_MS, QUERIES = 8.0, 10
ROUNDS = 12
"""Each page has a batch in each round and its best batch counts: what else runs on the machine only makes it slower."""


def ready() -> Callable[..., Any]:
    """The whole application as a server process has it, its log lines put away."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    from minga.site.cli import serve
    from minga.site.wsgi import application

    serve.load()
    return application


def measure(times: int) -> Iterator[Row]:
    """The pages of the promise, each asked for through the whole application."""
    application = ready()
    _measure_a_share()
    pages = _pages()
    queries = {path: queries_of(application, path) for _title, path in pages}
    best = {path: float("inf") for _title, path in pages}
    for _ in range(ROUNDS):
        for _title, path in pages:
            best[path] = min(best[path], cost_of(application, path, times))
    for title, path in pages:
        yield Row(f"{title}: CPU of the server", "ms", best[path], CPU_MS)
        yield Row(f"{title}: queries", "", queries[path], QUERIES)


def _pages() -> list[tuple[str, str]]:
    return [
        ("privacy, little more than the frame", "/privacidad/"),
        ("plan overview", "/plan/"),
        ("initiative, with the progress of its institutions", "/plan/iniciativas/1.1/"),
        ("institution list", "/instituciones/"),
        ("indicator of one norm, with lineage", "/plan/indicadores/1/"),
        ("indicator of all institutions, with lineage", "/plan/indicadores/2/"),
    ]


def _measure_a_share() -> None:
    """Give indicator 2, which no room measures yet, a share of the whole central administration."""
    from minga.kernel import cards
    from minga.kernel.indicators import Evidence, Share, Standing
    from minga.modules.directory.contracts import APC
    from minga.modules.plan.facts import NormIssued

    share = Share(
        code="2",
        standing=Standing(opened_by=NormIssued, counted="institution"),
        population=APC,
        evidence=Evidence.NORM,
    )
    room = cards.Room(name="bench", title="bench", level=3, indicators=(share,))
    cards.load((*cards.rooms(), room))


def queries_of(application: Callable[..., Any], path: str) -> int:
    """How many queries a request makes, once everything that is loaded at first has been."""
    from django.db import connection

    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    for _ in range(5):
        _forget()
        ask(application, path)
    with connection.execute_wrapper(count):
        _forget()
        ask(application, path)
    return queries


def cost_of(application: Callable[..., Any], path: str, times: int) -> float:
    """Milliseconds of CPU a request, over `times` requests."""
    began = time.process_time()
    for _ in range(times):
        _forget()
        ask(application, path)
    return (time.process_time() - began) * 1000 / times


def _forget() -> None:
    from minga.site import caching

    caching.shelf.clear()
    caching.answers.clear()


def ask(application: Callable[..., Any], path: str) -> None:
    """One request through the whole application; ends the run unless it is answered well."""
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    status: list[str] = []
    response = application(environment, lambda line, headers, error=None: status.append(line))
    for _ in response:
        pass
    response.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path} answered {status[0]}")
