"""The state of the plan, quarter by quarter: on screen and on paper."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minga.foundation.files.serving import file_response
from minga.kernel.errors import NotFound
from minga.modules.plan import queries
from minga.ui.http import page, render


@page(queries=1, cache=60)
def listing(request: HttpRequest) -> HttpResponse:
    """All published state reports."""
    return render(request, "plan/states.html", {"reports": queries.state_reports()})


@page(queries=3, cache=60)
def report(request: HttpRequest, period: str) -> HttpResponse:
    """One state report."""
    found = queries.state_report(period)
    offered = [document.language for document in found.documents.all()]
    language = (get_language() or "es")[:2]
    context = {
        "report": found,
        "words": queries.state_words(found),
        "paper_language": language if language in offered else "es",
    }
    return render(request, "plan/state.html", context)


@page(queries=3)
def pdf(request: HttpRequest, period: str, language: str) -> HttpResponseBase:
    """One state report on paper, as it was made when it was published."""
    found = queries.state_report(period)
    for document in found.documents.all():
        if document.language == language:
            return file_response(document.file, request=request)
    raise NotFound(_("Este informe no está en ese idioma."))
