"""The documentation's page: made from the API's own description, in the reader's language, without foreign scripts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from minga.ui.http import page


@require_safe
@page(queries=0, cache=3600)
def developers(request: HttpRequest) -> HttpResponse:
    """How programs read Minga."""
    return HttpResponse("x")


@require_safe
@page(queries=0)
def lead_there(request: HttpRequest) -> HttpResponse:
    """From the API's root, which is no answer, to its documentation."""
    return HttpResponseRedirect(reverse("api:developers"))
