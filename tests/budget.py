"""Every request of every test is held to the query budget that its page declares."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
"""Not counted: a test runs inside a transaction, so these stand for what costs nothing outside of it."""


class OverBudget(AssertionError):
    """A page asked the database more often than it says it does."""


def within_budget(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware for tests only: raise OverBudget when a page made more queries than `@page(queries=N)`."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        made: list[str] = []

        def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if not sql.startswith(_TRANSACTION):
                made.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = get_response(request)
        match = request.resolver_match
        budget = getattr(match.func, "query_budget", None) if match else None
        if budget is not None and len(made) > budget:
            asked = "\n".join(sql[:150] for sql in made)
            raise OverBudget(
                f"{request.method} {request.path}: {len(made)} queries, {budget} declared\n{asked}"
            )
        return response

    return middleware
