"""Searching across all rooms."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minga.foundation.search import counting, search, suggest
from minga.kernel import cards
from minga.kernel.errors import NotFound
from minga.ui.http import Page, page, render

LONGEST_QUESTION = 200
SIZE = 10
LAST_PAGE = 100


@require_safe
@page(queries=7)
def results(request: HttpRequest) -> HttpResponse:
    """What a question finds, of all kinds or of one (`tipo`)."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    titles = {source.kind: _(str(source.title)) for source in cards.each(lambda room: room.search)}
    kind = request.GET.get("tipo", "")
    chosen = (kind,) if kind in titles else ()
    number = _page_number(request)
    found = search(question, kinds=chosen, page=number, size=SIZE)
    if number == 1 and not chosen:
        counting.count(question, found.total)
    if number > 1 and not found.hits:
        raise NotFound(_("La búsqueda no tiene tantas páginas de resultados."))
    context = {
        "question": question,
        "found": found,
        "titles": titles,
        "chosen": kind if chosen else "",
        "page": Page(items=found.hits, number=number, size=SIZE, total=min(found.total, SIZE * LAST_PAGE)),
    }
    return render(request, "site/results.html", context)


@require_safe
@page(queries=3)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that begin like what is being typed: an enhancement that a script puts below the search box."""
    typed = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    return render(request, "site/suggestions.html", {"suggestions": suggest(typed)})


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("pagina", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= LAST_PAGE):
        raise NotFound(_("Esa página de resultados no existe."))
    return int(asked)
