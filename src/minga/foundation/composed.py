"""Questions whose SQL is composed once: for an ordinary page that costs Django more than asking them does."""

from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any, NamedTuple, ParamSpec

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Rows = list[tuple[Any, ...]]
_OTHERWISE = (type(None), list, tuple, set, frozenset)
"""what is compared with in another way than a plain value"""


class _Slot(Expression):
    """The place of a value that is known only when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", (self,)


class _Composed(NamedTuple):
    """A question as the database gets it, with slots among its parameters, and how Django reads the answer."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]


def composed_once(build: Callable[P, "QuerySet[Any, tuple[Any, ...]]"]) -> Callable[P, Rows]:
    """Ask what `build` makes of its parameters, a `values_list`; it runs once a process, and then only its SQL does.

    So it may compare columns with its parameters (`code=code`, `valid_from__lte=day`) and do nothing else with them,
    and read nothing besides them, such as the day: what it reads stays for good. Values have the column's own type
    and go to the database as they are. Raises TypeError for None and for a list, which would need another SQL.
    """
    made_of: Callable[..., QuerySet[Any, tuple[Any, ...]]] = build
    names = tuple(signature(build).parameters)

    @cache
    def question() -> _Composed:
        compiler = made_of(*map(_Slot, names)).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Composed(sql, tuple(parameters), compiler, converters)

    @wraps(build)
    def ask(*values: P.args, **named: P.kwargs) -> Rows:
        sql, parameters, compiler, converters = question()
        given: dict[str, Any] = dict(zip(names, values, strict=False)) | named
        if len(given) != len(names) or any(isinstance(each, _OTHERWISE) for each in given.values()):
            raise TypeError(f"{build.__name__} takes one plain value for each of {names}")
        filled: list[Any] = [given[each.name] if isinstance(each, _Slot) else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: Rows = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows

    return ask
