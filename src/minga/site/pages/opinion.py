"""Did this page help you? The form that the links at the end of public pages lead to, and the thanks."""

import math
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from minga.kernel.errors import Invalid
from minga.modules.identity.contracts import Limit, wait_before
from minga.site.opinions import LONGEST_TEXT, give_opinion, titles
from minga.ui.http import page, render, show_invalid
from minga.ui.opinion import page_judged

PER_NETWORK = Limit(300, timedelta(hours=1))
"""Generous, because a ministry or a village may share one address."""


class OpinionForm(forms.Form):
    """Yes or no, and perhaps a text; `token` tells this form from every other."""

    helped = forms.ChoiceField(
        label=gettext_lazy("¿Le sirvió la página?"),
        choices=[("si", gettext_lazy("Sí")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    text = forms.CharField(
        label=gettext_lazy("¿Qué buscaba o qué faltó?"),
        help_text=gettext_lazy("No escriba su nombre, su cédula, su teléfono ni otros datos personales."),
        required=False,
        widget=forms.Textarea(attrs={"maxlength": LONGEST_TEXT}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=8)
def ask(request: HttpRequest) -> HttpResponse:
    """The form about the page that `?pagina=` names; only sending it keeps anything."""
    address = page_judged(request.GET.get("pagina", ""))
    sent = request.POST if request.method == "POST" else None
    form = OpinionForm(sent, initial={"helped": request.GET.get("sirve", "")})
    if not form.is_bound or not form.is_valid():
        return _form_page(request, form, address, 422 if form.is_bound else 200)
    wait = wait_before(request, purpose="opinion", limit=PER_NETWORK)
    if wait:
        return _come_back(request, form, address, wait)
    if not _kept(form, address):
        return _form_page(request, form, address, 422)
    return HttpResponseRedirect(
        f"{reverse('site:opinion_thanks')}?{urlencode({'pagina': request.GET['pagina']})}"
    )


@require_safe
@page(queries=6)
def thanks(request: HttpRequest) -> HttpResponse:
    """It was kept; the way back to the page."""
    return render(request, "site/opinion_thanks.html", _about(page_judged(request.GET.get("pagina", ""))))


def _kept(form: OpinionForm, address: str) -> bool:
    """Whether the action took the form; what it refuses goes onto the form."""
    cleaned = form.cleaned_data
    try:
        give_opinion(
            address=address, helped=cleaned["helped"] == "si", text=cleaned["text"], token=cleaned["token"]
        )
    except Invalid as error:
        show_invalid(form, error)
    return form.is_valid()


def _come_back(request: HttpRequest, form: OpinionForm, address: str, wait: timedelta) -> HttpResponse:
    seconds = math.ceil(wait.total_seconds())
    words = _(
        "Desde su red llegaron muchas opiniones seguidas. Lo que escribió sigue aquí: espere %(minutes)s min "
        "y envíelo otra vez."
    )
    form.add_error(None, words % {"minutes": math.ceil(seconds / 60)})
    response = _form_page(request, form, address, 429)
    response["Retry-After"] = str(seconds)
    return response


def _form_page(request: HttpRequest, form: OpinionForm, address: str, status: int) -> HttpResponse:
    return render(request, "site/opinion.html", {"form": form, **_about(address)}, status=status)


def _about(address: str) -> dict[str, Any]:
    return {"address": address, "name": titles([address]).get(address, address)}
