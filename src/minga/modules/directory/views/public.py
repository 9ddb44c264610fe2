"""Public pages: the list of institutions, one institution, the registers' populations and the territory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from minga.foundation.ledger.measure import position_known_on
from minga.kernel import cards
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.modules.directory import queries
from minga.modules.directory.forms import ListFilter, PopulationFilter
from minga.modules.directory.indicators import members
from minga.modules.directory.models import Register
from minga.modules.directory.queries import Filters
from minga.ui.http import Page, Sorting, csv_response, kept_fragment, page, render

ROWS = 250
_FILTERS = frozenset(ListFilter.base_fields)
_ORDERS = {"nombre": "sort_key", "siglas": "acronym", "tipo": "type", "sector": "sector__sort_key"}


@page(queries=8, cache=60)
def institutions(request: HttpRequest) -> HttpResponse:
    """The institutions that exist on a day, filtered and sorted; also as CSV and JSON."""
    asked = {name: str(value) for name, value in request.GET.items() if name.partition("_")[0] in _FILTERS}
    form = ListFilter(asked) if asked else None
    filters = _filters(form) if form else Filters(day=today())
    sorting = Sorting.of(request, _ORDERS, "nombre")
    order = sorting.order_by(**_ORDERS)
    if request.GET.get("formato"):
        return _download(
            request, "instituciones", queries.COLUMNS, queries.table(filters=filters, order=order)
        )
    found = Page.of(request, queries.listing(filters=filters, order=order), size=ROWS)
    context = {
        "form": form,
        "search_form": _drawn(form, asked, sorting),
        "day": filters.day,
        "page": found,
        "rows": queries.rows_of(found.items, filters.day),
        "sorting": sorting,
        "base": reverse("directory:institutions"),
    }
    return render(request, "directory/institutions.html", context)


@page(queries=20, cache=60)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the rooms know about one institution; a code it had before leads to its page."""
    try:
        profile = queries.profile(code)
    except NotFound:
        present = queries.present_code(code)
        return HttpResponseRedirect(reverse("directory:institution", args=[present]), status=301)
    if request.GET.get("formato"):
        row = queries.row(queries.with_relations().get(pk=profile.institution.pk))
        return _download(request, code, queries.COLUMNS, [list(row.values())])
    day = today()
    return render(
        request,
        "directory/institution.html",
        {"profile": profile, "exists": profile.exists_on(day), "panels": _panels(profile, day)},
    )


@page(queries=8, cache=60)
def population(request: HttpRequest) -> HttpResponse:
    """Who belongs to a register on a day, as the ledger knew it; also as CSV and JSON."""
    given = request.GET if "registro" in request.GET else {**request.GET.dict(), "registro": Register.APC}
    form = PopulationFilter(given)
    if not form.is_valid():
        return render(request, "directory/population.html", {"form": form}, status=422)
    now = today()
    day = form.cleaned_data["fecha"] or now
    known = form.cleaned_data["conocido"] or now
    register = form.cleaned_data["registro"]
    position = position_known_on(known)
    filters = Filters(ids=members(register, on=day, position=position))
    if request.GET.get("formato"):
        return _download(request, register, queries.COLUMNS, queries.table(filters=filters))
    context = {
        "form": form,
        "register": register,
        "title": Register(register).label,
        "rows": queries.rows_of(queries.listing(filters=filters), day),
        "day": day,
        "known": known,
        "position": position,
        "base": reverse("directory:institutions"),
    }
    return render(request, "directory/population.html", context)


@page(queries=4, cache=300)
def territory(request: HttpRequest) -> HttpResponse:
    """The provinces, and how the country is divided; the whole division as CSV and JSON."""
    day = today()
    if request.GET.get("formato"):
        return _download(request, "territorio", _PLACE_COLUMNS, queries.all_places(on=day))
    context = {
        "rows": queries.provinces(on=day),
        "counts": queries.place_counts(on=day),
        "base": reverse("directory:territory"),
    }
    return render(request, "directory/territory.html", context)


@page(queries=6, cache=300)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what it belongs to, its parts and its governments; the parts as CSV and JSON."""
    profile = queries.place_profile(code, on=today())
    if request.GET.get("formato"):
        rows = [(part.code, part.level, part.name, code, part.verified) for part in profile.parts]
        return _download(request, f"territorio-{code}", _PLACE_COLUMNS, rows)
    context = {"profile": profile, "base": reverse("directory:territory")}
    return render(request, "directory/place.html", context)


_PLACE_COLUMNS = ("codigo", "nivel", "nombre", "pertenece_a", "estado")


def _drawn(form: ListFilter | None, asked: dict[str, str], sorting: Sorting) -> SafeString:
    """The search form's HTML. The empty one is kept: drawing it costs more than listing 250 institutions.

    Its only changing part, the sectors, comes with a release, and so with a new process.
    """
    order = f"{'-' if sorting.descending else ''}{sorting.key}"
    shown_order = "" if order == "nombre" else order

    def context() -> dict[str, Any]:
        base = reverse("directory:institutions")
        return {"form": form or ListFilter({}), "order": shown_order, "base": base}

    if asked:
        return mark_safe(render_to_string("directory/search_form.html", context()))  # noqa: S308 - as above
    return kept_fragment("directory/search_form.html", shown_order, context)


def _filters(form: ListFilter) -> Filters:
    """What the reader asked for; a wrong field is shown as such and does not filter."""
    form.is_valid()
    given: Mapping[str, Any] = form.cleaned_data
    day: date = given.get("fecha") or today()
    register = given.get("registro")
    return Filters(
        day=day,
        text=given.get("q", ""),
        type=given.get("tipo", ""),
        function=given.get("funcion", ""),
        sector=given.get("sector", ""),
        ids=members(register, on=day) if register else None,
    )


def _panels(profile: queries.Profile, day: date) -> list[cards.Panel]:
    """What each room knows about the institution."""
    reference = profile.institution.reference
    told = [room.institution_panel(reference, day) for room in cards.rooms() if room.institution_panel]
    return [panel for panel in told if panel is not None]


def _download(
    request: HttpRequest, name: str, header: Iterable[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The same data as a file: `?formato=csv` or `?formato=json`; NotFound for any other."""
    headings = list(header)
    asked = request.GET["formato"]
    if asked == "csv":
        return csv_response(name, headings, rows)
    if asked == "json":
        objects = [dict(zip(headings, row, strict=True)) for row in rows]
        return JsonResponse(objects, safe=False, json_dumps_params={"ensure_ascii": False})
    raise NotFound(_("Ese formato no existe. Los formatos son csv y json."))
