"""Small helpers for views: a page's budget, pagination, sorting, downloads, edits that met another edit."""

import csv
import hashlib
import io
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render as django_render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minga.kernel.actors import ANONYMOUS, Actor
from minga.kernel.errors import Invalid, NotFound

View = TypeVar("View", bound=Callable[..., Any])
EDIT_FIELD = "version_leida"


def page(*, queries: int, cache: int | None = None) -> Callable[[View], View]:
    """Declare what a view may cost: at most `queries` queries; for `cache` seconds all may share its answer.

    The values stay on the view (`query_budget`, `cache_seconds`) for the site's middleware and its tests.
    """

    def mark(view: View) -> View:
        view.query_budget = queries  # type: ignore[attr-defined]
        view.cache_seconds = cache  # type: ignore[attr-defined]
        return view

    return mark


def actor_of(request: HttpRequest) -> Actor:
    """Who asks: the signed-in official, or nobody (`ANONYMOUS`)."""
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with a page made from a template."""
    return django_render(request, template, dict(context or {}), status=status)


_fragments: dict[tuple[str, str | None, str], SafeString] = {}


def kept_fragment(template: str, key: str, context: Callable[[], Mapping[str, Any]]) -> SafeString:
    """A piece of a page that is the same for everybody, such as an empty form: drawn once a process and language.

    `context` is asked only when the piece is not there yet; `key` tells apart the few shapes it has.
    """
    place = (template, get_language(), key)
    if place not in _fragments:
        _fragments[place] = mark_safe(render_to_string(template, context()))  # noqa: S308 - a template's output
    return _fragments[place]


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV download (RFC 4180, UTF-8 with a mark so that spreadsheets read the accents).

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def streamed_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The same download for any number of rows: each is sent while the next is read."""
    writer = csv.writer(_Passing())
    lines = (writer.writerow([_harmless(cell) for cell in row]) for row in rows)
    response = StreamingHttpResponse(
        itertools.chain(["\ufeff" + writer.writerow(header)], lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Passing:
    """A file that hands back what is written into it, as `writerow`'s result."""

    def write(self, text: str) -> str:
        return text


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


@dataclass(frozen=True)
class Page:
    """One page of a long list: its items, its number and how many there are."""

    items: Sequence[Any]
    number: int
    size: int
    total: int

    @classmethod
    def of(cls, request: HttpRequest, items: Any, size: int = 50, total: int | None = None) -> "Page":
        """The page that `?pagina=` asks for, from a list or a queryset; NotFound when there is no such page.

        `total` spares the counting query when it is already known.
        """
        if total is None:
            total = len(items) if isinstance(items, Sequence) else items.count()
        last = max(1, -(-total // size))
        asked = request.GET.get("pagina", "1")
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        if not 1 <= wanted <= last:
            raise NotFound(_("Esa página de la lista no existe. La última es la %(last)s.") % {"last": last})
        start = (wanted - 1) * size
        return cls(items=list(items[start : start + size]), number=wanted, size=size, total=total)

    @property
    def last(self) -> int:
        """The number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        """The place of this page's first item in the whole list, from 1; 0 for an empty list."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_item(self) -> int:
        """The place of this page's last item in the whole list."""
        return (self.number - 1) * self.size + len(self.items)

    def numbers(self) -> list[int | None]:
        """The page numbers to offer: first, last and those near; None stands for a gap."""
        near = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        offered: list[int | None] = []
        for number in near:
            if offered and offered[-1] is not None and number - offered[-1] > 1:
                offered.append(None)
            offered.append(number)
        return offered


@dataclass(frozen=True)
class Sorting:
    """The order a reader asked for with `?orden=name` or `?orden=-name`."""

    key: str
    descending: bool

    @classmethod
    def of(cls, request: HttpRequest, allowed: Iterable[str], default: str) -> "Sorting":
        """The order asked for; one that is not `allowed` gives the `default` (both may start with "-")."""
        asked = request.GET.get("orden", "")
        chosen = asked if asked.removeprefix("-") in set(allowed) else default
        return cls(key=chosen.removeprefix("-"), descending=chosen.startswith("-"))

    def order_by(self, **fields: str) -> str:
        """The queryset's `order_by` argument; `fields` gives the field of a key whose name differs."""
        return f"{'-' if self.descending else ''}{fields.get(self.key, self.key)}"

    def apply(self, rows: Iterable[Any], key: Callable[[Any], Any]) -> list[Any]:
        """The rows of a plain list in this order."""
        return sorted(rows, key=key, reverse=self.descending)

    def next_for(self, key: str) -> str:
        """The `orden` value that a press on this column's heading asks for."""
        return f"-{key}" if key == self.key and not self.descending else key

    def aria(self, key: str) -> str:
        """The `aria-sort` value of a column."""
        if key != self.key:
            return "none"
        return "descending" if self.descending else "ascending"


def query_without(request: HttpRequest, *names: str, **changes: Any) -> str:
    """The address's parameters ("?a=1") without `names`, with `changes`: for links that keep the filters."""
    query = request.GET.copy()
    for name in (*names, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


def edit_token(*state: Any) -> str:
    """A short mark of what the editor saw (a version number, a modification time, the values themselves)."""
    return hashlib.sha256(repr(state).encode()).hexdigest()[:20]


def met_another_edit(request: HttpRequest, *state: Any) -> bool:
    """Whether the posted form was opened on another state than the present one: somebody saved in between."""
    return request.POST.get(EDIT_FIELD, "") != edit_token(*state)


def refuse_stale_edit(form: forms.BaseForm, request: HttpRequest, *state: Any) -> bool:
    """Tell the form that somebody saved in between, and say True; what was typed is kept."""
    if not met_another_edit(request, *state):
        return False
    form.add_error(
        None,
        _(
            "Otra persona guardó cambios mientras usted escribía. Su texto sigue aquí: "
            "compárelo con la versión actual y guarde de nuevo."
        ),
    )
    return True


def show_invalid(form: forms.BaseForm, error: Invalid) -> None:
    """Put what an action refused on the form: at each field it names, and the rest at the top."""
    for name, messages in error.fields.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
    if error.message and not error.fields:
        form.add_error(None, error.message)
