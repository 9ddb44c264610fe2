"""Pages of long lists by keyset: each page starts after the last thing of the one before, whatever changes meanwhile.

A cursor says where a page starts, and is signed: a reader passes it on and never makes one.
"""

import bisect
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Annotated, Any, Generic, Self, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models import Count, Model, Q, QuerySet, Window
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, PrivateAttr, ValidationInfo, model_validator

from minga.foundation.api.parameters import DIGITS
from minga.kernel.errors import NotFound
from minga.kernel.text import N_

LARGEST = 200
_NO_FILTERS = ("cursor", "page_size", "fields", "on", "position")
"""Parameters that choose no things: how much of them, and the moment, which the links of a first page add."""
T = TypeVar("T")


class Paging(BaseModel):
    """Which page of a list, and how long."""

    page_size: Annotated[int, Field(ge=1, le=LARGEST), DIGITS] = Field(
        50,
        title=N_("Cuántos trae cada página: de 1 a 200."),
        description="How many things a page holds.",
    )
    cursor: str | None = Field(
        None,
        max_length=1000,
        title=N_("Dónde empieza la página. Tómelo de los enlaces «next» y «prev»; no lo arme usted."),
        description="Where the page starts: taken from the links `next` and `prev` of another page, never made up.",
    )
    _chosen: str = PrivateAttr("")

    @model_validator(mode="after")
    def _notice_filters(self, info: ValidationInfo) -> Self:
        """Remember what else was asked, so that a cursor of one choice of things is none of another."""
        if request := (info.context or {}).get("request"):
            asked = sorted((name, value) for name, value in request.GET.items() if name not in _NO_FILTERS)
            self._chosen = urlencode(asked)
        return self

    def salt(self, name: str) -> str:
        """What tells the cursors of this list, with these filters, from all others."""
        return f"{name}?{self._chosen}"


@dataclass(frozen=True)
class Cut(Generic[T]):
    """One page of a list: its items, the cursors of the pages beside it (None: no such page), how many in all.

    `total` of a table is from when the first page was read; what the cursors pass on costs nothing.
    """

    items: Sequence[T]
    before: str | None
    after: str | None
    total: int


@dataclass(frozen=True)
class _Place:
    """Where a page starts, beside a thing's keys and going on or back; and how long the whole list is, if known."""

    back: bool = False
    total: int = 0
    keys: tuple[Any, ...] = ()


Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True)
class Question:
    """A question that is asked again and again, so that its SQL is composed once; `asked` alone decides it.

    `rows` are values of columns that the driver reads by itself, without a field's `from_db_value`.
    """

    model: type[Model]
    asked: Hashable
    rows: Callable[[], Rows] = field(compare=False)


def cut_rows(rows: Rows | Question, *, keys: Sequence[str], page: Paging) -> Cut[tuple[Any, ...]]:
    """A page of rows of values that begin with the list's `keys`: fields which order it, the last one unique.

    One query: the first page counts the whole list on the way, and its cursors pass the number on. Raises NotFound
    for a cursor that is not one of this list's.
    """
    salt = page.salt(f"{rows.model._meta.label} {' '.join(keys)}")
    place = _place(page.cursor, salt, len(keys))
    found: list[tuple[Any, ...]]
    if isinstance(rows, Question):
        found = _ask(rows, tuple(keys), place, page.page_size)
    else:
        found = list(_page(rows, keys, place, page.page_size))
    taken, total = found, place.total
    if not place.keys:
        taken, total = [row[:-1] for row in found], found[0][-1] if found else 0
    more, taken = len(taken) > page.page_size, taken[: page.page_size]
    shown = taken[::-1] if place.back else taken
    return _cut(shown, place, more, lambda row: row[: len(keys)], salt, total)


def _ask(question: Question, keys: tuple[str, ...], place: _Place, size: int) -> list[tuple[Any, ...]]:
    try:
        composed = _composed(question, keys, place, size)
    except EmptyResultSet:  # Django sees that nothing can fit
        return []
    with connection.cursor() as cursor:
        cursor.execute(*composed)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@lru_cache(maxsize=128)
def _composed(
    question: Question, keys: tuple[str, ...], place: _Place, size: int
) -> tuple[str, tuple[Any, ...]]:
    return _page(question.rows(), keys, place, size).query.sql_with_params()


def _page(rows: Rows, keys: Sequence[str], place: _Place, size: int) -> Rows:
    """The rows of a page and one more, which says that there is another page; counted when it is the first page."""
    found = rows.order_by(*(f"-{key}" if place.back else key for key in keys))
    found = (
        found.filter(_beyond(rows, keys, place))
        if place.keys
        else found.annotate(whole_list=Window(Count("*")))
    )
    return found[: size + 1]


def cut_sequence(items: Sequence[T], *, key: Callable[[T], Any], name: str, page: Paging) -> Cut[T]:
    """A page of a list in memory that is sorted by `key`, each with its own; `name` tells its cursors from others'.

    Raises NotFound for a cursor that is not one of this list's.
    """
    salt = page.salt(name)
    place = _place(page.cursor, salt, 1)
    size = page.page_size
    try:
        if place.back:
            end = bisect.bisect_left(items, place.keys[0], key=key)
            start = max(0, end - size)
        else:
            start = bisect.bisect_right(items, place.keys[0], key=key) if place.keys else 0
            end = start + size
    except TypeError:
        raise _no_such_page() from None
    more = start > 0 if place.back else end < len(items)
    return _cut(items[start:end], place, more, lambda item: (key(item),), salt, len(items))


def numbered(items: Iterable[T]) -> list[tuple[int, T]]:
    """A list that has an order of its own, ready for `cut_sequence`: each thing with its place."""
    return list(enumerate(items))


def number(pair: tuple[int, Any]) -> int:
    """The place of a numbered thing: the `key` for `cut_sequence`."""
    return pair[0]


def _cut(
    taken: Sequence[T], place: _Place, more: bool, keys: Callable[[T], tuple[Any, ...]], salt: str, total: int
) -> Cut[T]:
    """The page with its cursors: on the side it came from there is a page, on the other if there was `more`."""
    before = after = None
    if taken and (more if place.back else bool(place.keys)):
        before = _cursor("<", total, keys(taken[0]), salt)
    if taken and (place.back or more):
        after = _cursor(">", total, keys(taken[-1]), salt)
    return Cut(items=taken, before=before, after=after, total=total)


def _cursor(way: str, total: int, keys: tuple[Any, ...], salt: str) -> str:
    plain = [key if isinstance(key, int) else str(key) for key in keys]
    return signing.Signer(salt=salt).sign_object([way, total, *plain])


def _place(cursor: str | None, salt: str, length: int) -> _Place:
    if cursor is None:
        return _Place()
    try:
        way, total, *keys = signing.Signer(salt=salt).unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        raise _no_such_page() from None
    if len(keys) != length:
        raise _no_such_page()
    return _Place(back=way == "<", total=total, keys=tuple(keys))


def _beyond(rows: QuerySet[Any, Any], keys: Sequence[str], place: _Place) -> Q:
    """Those after (or before) the place: the first keys equal, the next one beyond."""
    side = "lt" if place.back else "gt"
    try:
        values = [
            rows.model._meta.get_field(key).to_python(value)
            for key, value in zip(keys, place.keys, strict=True)
        ]
    except (ValidationError, FieldDoesNotExist):
        raise _no_such_page() from None
    steps = [
        reduce(and_, (Q(**{same: values[at]}) for at, same in enumerate(keys[:number])), Q())
        & Q(**{f"{keys[number]}__{side}": values[number]})
        for number in range(len(keys))
    ]
    return reduce(or_, steps)


def _no_such_page() -> NotFound:
    return NotFound(_("Esa página de la lista no existe. Empiece por la primera y siga sus enlaces."))
