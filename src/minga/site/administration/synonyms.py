"""The search's synonyms in a steward's hands, beside what people asked and did not find."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from minga.foundation.search import actions, queries
from minga.kernel import cards
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.references import Reference
from minga.ui.http import Page, actor_of, page, render, show_invalid

_READERS = (Role.STEWARD, Role.AUDITOR)
_HISTORY = 20


class SynonymForm(forms.Form):
    """Two lists of expressions, one a line; `version` says what the editor saw."""

    asked = forms.CharField(
        label=gettext_lazy("Quien busque cualquiera de estas expresiones…"),
        help_text=gettext_lazy("Una por línea, como las dice la gente. Por ejemplo: carné de manejo"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    means = forms.CharField(
        label=gettext_lazy("…encontrará también estas"),
        help_text=gettext_lazy("Una por línea, como las dicen las normas. Por ejemplo: licencia de conducir"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    active = forms.BooleanField(label=gettext_lazy("En uso"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def values(self) -> dict[str, Any]:
        """The lists as the actions take them."""
        return {name: self.cleaned_data[name].splitlines() for name in ("asked", "means")}


@require_safe
@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """The groups, those that hold a word when one is given, and the questions that found nothing."""
    actor_of(request).require(*_READERS)
    text = request.GET.get("q", "")[:80]
    context = {
        "page": Page.of(request, queries.synonym_groups(text), size=50),
        "text": text,
        "unanswered": queries.questions(unanswered=True, limit=20),
        "may_write": actor_of(request).holds(Role.STEWARD),
    }
    return render(request, "site/administration/synonyms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=12)
def create(request: HttpRequest) -> HttpResponse:
    """Make a group; `?palabras=` begins it with a question that found nothing."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    form = SynonymForm(request.POST or None, initial={"asked": request.GET.get("palabras", "")[:80]})
    if form.is_bound and form.is_valid() and _saved(form, actor, None):
        messages.success(request, _("El grupo quedó guardado. Las búsquedas ya lo usan."))
        return HttpResponseRedirect(reverse("administration:synonyms"))
    return _form_page(request, form, _("Agregar sinónimos"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=14)
def edit(request: HttpRequest, group_id: int) -> HttpResponse:
    """Change a group, or take it out; its history is below."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    group = queries.synonym_group(group_id)
    if request.POST.get("accion") == "quitar":
        actions.remove_synonyms(group=group_id, version=_version(request), actor=actor)
        messages.success(request, _("El grupo quedó fuera de uso. Su historial se conserva."))
        return HttpResponseRedirect(reverse("administration:synonyms"))
    initial = {
        "asked": "\n".join(group.asked),
        "means": "\n".join(group.means),
        "active": group.active,
        "version": group.version,
    }
    form = SynonymForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and _saved(form, actor, group_id):
        messages.success(request, _("El grupo quedó guardado. Las búsquedas ya lo usan."))
        return HttpResponseRedirect(reverse("administration:synonyms"))
    history = list(queries.synonym_changes(group_id)[:_HISTORY])
    names = cards.name_all(Reference(change.actor) for change in history)
    context = {"group": group, "history": [(change, names[Reference(change.actor)]) for change in history]}
    return _form_page(request, form, _("Cambiar sinónimos"), context)


def _saved(form: SynonymForm, actor: Actor, group_id: int | None) -> bool:
    """Whether the action took the form; what it refuses goes onto the form, and nothing typed is lost."""
    try:
        if group_id is None:
            actions.add_synonyms(**form.values(), actor=actor)
        else:
            actions.change_synonyms(
                group=group_id,
                version=form.cleaned_data["version"],
                active=form.cleaned_data["active"],
                **form.values(),
                actor=actor,
            )
    except Invalid as error:
        show_invalid(form, error)
    except Conflict as error:
        form.add_error(None, error.message)
    return form.is_valid()


def _version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _form_page(
    request: HttpRequest, form: SynonymForm, heading: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    values = {"form": form, "heading": heading, **(context or {})}
    status = 422 if form.is_bound else 200
    return render(request, "site/administration/synonym_form.html", values, status=status)
