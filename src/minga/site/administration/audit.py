"""The audit pages: facts found, opened, proved and taken out."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from minga.foundation.ledger.browsing import SIZE, Question
from minga.foundation.ledger.models import LedgerFact
from minga.kernel import cards
from minga.kernel.clock import today
from minga.kernel.errors import Invalid, NotFound
from minga.kernel.references import Reference
from minga.modules.directory.contracts import choices, institution
from minga.site import audit
from minga.site.administration.audit_words import field_word, kinds, shown, titles
from minga.ui.fields import DateField
from minga.ui.http import actor_of, page, query_without, render, streamed_csv

_COLUMNS = ("position", "name", "version", "occurred_at", "recorded_at", "subject", "institution", "actor")
_REFERENCE_HINT = gettext_lazy("Cópiela de un hecho: urn:minga:…")


class AuditForm(forms.Form):
    """What to look for; everything given must fit."""

    hecho = forms.ChoiceField(label=gettext_lazy("Qué pasó"), required=False)
    institucion = forms.ChoiceField(label=gettext_lazy("Institución"), required=False)
    autor = forms.CharField(
        label=gettext_lazy("Quién lo hizo"), help_text=_REFERENCE_HINT, required=False, max_length=160
    )
    sujeto = forms.CharField(
        label=gettext_lazy("Sobre qué o quién"), help_text=_REFERENCE_HINT, required=False, max_length=160
    )
    desde = DateField(label=gettext_lazy("Registrado desde"), required=False)
    hasta = DateField(label=gettext_lazy("Registrado hasta"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._institution: Reference | None = None
        self._offer("hecho", [("", _("Cualquier hecho")), *kinds()])
        self._offer("institucion", [("", _("Cualquiera")), *self._institutions(data.get("institucion", ""))])

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

    def _institutions(self, asked: str) -> list[tuple[str, str]]:
        """Those of today, and the one asked for: it may have closed since."""
        offered = choices(today())
        if asked:
            try:
                found = institution(asked)
            except NotFound:
                return offered
            self._institution = found.reference
            if all(code != asked for code, _title in offered):
                offered.append((asked, found.title))
        return offered

    def clean_autor(self) -> Reference | None:
        """The reference typed, if any."""
        return self._reference("autor")

    def clean_sujeto(self) -> Reference | None:
        """The reference typed, if any."""
        return self._reference("sujeto")

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = self.cleaned_data
        if given.get("desde") and given.get("hasta") and given["hasta"] < given["desde"]:
            self.add_error("hasta", _("Escriba un día igual o posterior al de «Registrado desde»."))
        return given

    @property
    def active(self) -> int:
        """How many limits are set."""
        return sum(bool(value) for value in self.cleaned_data.values())

    def question(self) -> Question:
        """What was asked, for the ledger."""
        given = self.cleaned_data
        since, until = given["desde"], given["hasta"]
        return Question(
            subject=given["sujeto"],
            actor=given["autor"],
            institution=self._institution if given["institucion"] else None,
            kind=given["hecho"],
            since=audit.day_begins(since) if since else None,
            until=audit.day_begins(until + timedelta(days=1)) if until else None,
        )

    def _reference(self, name: str) -> Reference | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        try:
            return Reference(typed)
        except ValueError:
            words = _("Copie la referencia completa de un hecho; por ejemplo, urn:minga:norm:1234.")
            raise forms.ValidationError(words) from None


@require_safe
@page(queries=20)
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """The facts that fit, newest first."""
    actor = actor_of(request)
    actor.require(*audit.READERS)
    form = AuditForm(request.GET)
    if not form.is_valid():
        return render(request, "site/administration/audit.html", {"form": form, "rows": None}, status=422)
    found = audit.search(
        form.question(),
        before=_position(request.GET.get("antes", "")),
        after=_position(request.GET.get("despues", "")),
        actor=actor,
    )
    context = {
        "form": form,
        "rows": _rows(found.facts),
        "older": _turn(request, "antes", found.older),
        "newer": _turn(request, "despues", found.newer),
        "exports": [(form_, _export_address(request, form_)) for form_ in ("csv", "json")],
    }
    return render(request, "site/administration/audit.html", context)


@require_POST
@page(queries=10)
@never_cache
def find_person(request: HttpRequest) -> HttpResponse:
    """From an e-mail or a cédula to what that person did, or what was done to them: neither stays in an address."""
    typed = request.POST.get("persona", "")[:254]
    found = audit.person(typed, actor=actor_of(request)) if typed.strip() else None
    if found is None:
        messages.info(request, _("Nadie tiene una cuenta con ese correo o cédula. Revise lo que escribió."))
        return HttpResponseRedirect(reverse("administration:audit"))
    field = "sujeto" if request.POST.get("papel") == "sujeto" else "autor"
    return HttpResponseRedirect(f"{reverse('administration:audit')}?{urlencode({field: found})}")


@require_safe
@page(queries=16)
@never_cache
def fact(request: HttpRequest, position: int) -> HttpResponse:
    """One fact, opened; people appear as references."""
    return _fact_page(request, audit.opened(position, actor=actor_of(request)), {})


@require_POST
@page(queries=22)
@never_cache
def fact_names(request: HttpRequest, position: int) -> HttpResponse:
    """The same with the names of its people, whose reading is noted."""
    actor = actor_of(request)
    found = audit.opened(position, actor=actor)
    return _fact_page(request, found, audit.names(found.references, actor=actor))


@require_POST
@page(queries=30)
@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    """Compare the facts that were on screen with their seals."""
    positions = [found for text in request.POST.getlist("hecho")[:SIZE] if (found := _position(text))]
    if not positions:
        raise Invalid(_("Vuelva a la lista y elija qué hechos comprobar."))
    proof = audit.prove(positions, actor=actor_of(request))
    context = {"proof": proof, "first": min(positions), "last": max(positions), "count": len(positions)}
    return render(request, "site/administration/audit_proof.html", context)


@require_safe
@page(queries=14)
@never_cache
def export(request: HttpRequest, form: Literal["csv", "json"]) -> StreamingHttpResponse | HttpResponse:
    """Everything that fits, as a file that is sent while it is read."""
    actor = actor_of(request)
    actor.require(*audit.READERS)
    asked = AuditForm(request.GET)
    if not asked.is_valid():
        return render(request, "site/administration/audit.html", {"form": asked, "rows": None}, status=422)
    rows = audit.export(asked.question(), form=form, actor=actor)
    name = f"hechos-{today()}"
    if form == "csv":
        header = (*_COLUMNS, "synthetic", "payload")
        return streamed_csv(name, header, (list(_plain(row).values()) for row in rows))
    response = StreamingHttpResponse(_json(rows), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def _json(rows: Iterable[LedgerFact]) -> Iterator[str]:
    """A JSON array, an element a line."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(_plain(row) | {"payload": row.payload}, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _plain(row: LedgerFact) -> dict[str, Any]:
    values = {column: getattr(row, column) for column in _COLUMNS}
    moments = {column: values[column].isoformat() for column in ("occurred_at", "recorded_at")}
    payload = json.dumps(row.payload, ensure_ascii=False, sort_keys=True)
    return values | moments | {"synthetic": row.synthetic, "payload": payload}


def _rows(facts: Iterable[LedgerFact]) -> list[dict[str, Any]]:
    """The facts of a page with everything named at once."""
    listed, words = list(facts), titles()
    named = cards.name_all(
        Reference(each) for row in listed for each in (row.subject, row.actor, row.institution) if each
    )
    return [
        {
            "row": row,
            "what": words.get(row.name, row.name),
            "subject": named[Reference(row.subject)],
            "actor": named[Reference(row.actor)],
            "institution": named[Reference(row.institution)] if row.institution else None,
        }
        for row in listed
    ]


def _fact_page(request: HttpRequest, found: audit.Opened, names: dict[Reference, str]) -> HttpResponse:
    labels = cards.name_all(found.references)
    labels |= {reference: cards.Label(name) for reference, name in names.items()}
    context = {
        "fact": found,
        "what": _(found.kind.title) if found.kind and found.kind.title else found.row.name,
        "labels": labels,
        "details": [(field_word(field), shown(value, labels)) for field, value in found.values.items()],
        "people": [each for each in found.references if each.kind == "account"],
        "named": bool(names),
        "Reference": Reference,
    }
    return render(request, "site/administration/audit_fact.html", context)


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _turn(request: HttpRequest, name: str, position: int | None) -> str:
    return query_without(request, "antes", "despues", **{name: position}) if position is not None else ""


def _export_address(request: HttpRequest, form: str) -> str:
    address = reverse("administration:audit_export", args=[form])
    query = query_without(request, "antes", "despues")
    return address + (query if query != "?" else "")
