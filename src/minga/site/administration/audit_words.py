"""How the ledger's kinds, fields and values read on the audit pages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minga.kernel.cards import Label
from minga.kernel.facts import Fact, catalogue
from minga.kernel.references import Reference
from minga.site.work import title_of
from minga.ui.formats import day, moment

_FIELDS: Mapping[str, object] = {
    "about": gettext_lazy("Sobre qué"),
    "by": gettext_lazy("De quién"),
    "canton": gettext_lazy("Cantón"),
    "changed": gettext_lazy("Cambiados"),
    "closed_on": gettext_lazy("Cierre"),
    "code": gettext_lazy("Código"),
    "created": gettext_lazy("Creados"),
    "date": gettext_lazy("Fecha"),
    "document": gettext_lazy("Documento (SHA-256)"),
    "ends": gettext_lazy("Termina"),
    "exists_from": gettext_lazy("Existe desde"),
    "exists_until": gettext_lazy("Existió hasta"),
    "fields": gettext_lazy("Datos consultados"),
    "file": gettext_lazy("Archivo (SHA-256)"),
    "form": gettext_lazy("Formato"),
    "gazette_on": gettext_lazy("Registro Oficial"),
    "initiative": gettext_lazy("Iniciativa"),
    "institution": gettext_lazy("Institución"),
    "issued_on": gettext_lazy("Emisión"),
    "jobs": gettext_lazy("Trabajos"),
    "kind": gettext_lazy("Clase"),
    "means": gettext_lazy("Medio"),
    "moved_from": gettext_lazy("Se trasladó desde"),
    "periods": gettext_lazy("Períodos"),
    "post": gettext_lazy("Puesto"),
    "purpose": gettext_lazy("Para qué"),
    "reason": gettext_lazy("Motivo"),
    "refused": gettext_lazy("Rechazados"),
    "register": gettext_lazy("Registro"),
    "role": gettext_lazy("Función"),
    "session": gettext_lazy("Sesión"),
    "since": gettext_lazy("Desde"),
    "starts": gettext_lazy("Empieza"),
    "successor": gettext_lazy("Sucesora"),
    "took_effect_on": gettext_lazy("Tuvo efecto"),
    "type": gettext_lazy("Tipo"),
    "until": gettext_lazy("Hasta"),
    "upto": gettext_lazy("Hasta el hecho número"),
}
_PARTS: Mapping[str, object] = {
    "seed": gettext_lazy("Minga (datos iniciales)"),
    "anonymous": gettext_lazy("Nadie ha ingresado"),
}


def kinds() -> list[tuple[str, str]]:
    """(name, "What happened (name)") of every kind of fact, in the order of the names: for a select."""
    named: dict[str, type[Fact]] = {kind.name: kind for kind in catalogue()}
    return [(name, f"{_(kind.title)} ({name})" if kind.title else name) for name, kind in named.items()]


def titles() -> dict[str, str]:
    """What happened, by the name of the kind of fact."""
    return {kind.name: _(kind.title) if kind.title else kind.name for kind in catalogue()}


def field_word(field: str) -> str:
    """What a field of a fact is called; an unknown one keeps its name."""
    return str(_FIELDS.get(field, field))


def shown(value: Any, labels: Mapping[Reference, Label]) -> list[tuple[str, Reference | None]]:
    """A value in words, each part with the reference that it stands for."""
    if isinstance(value, tuple | list):
        return [part for each in value for part in shown(each, labels)] or [(_("ninguno"), None)]
    if isinstance(value, Reference):
        return [(labels[value].title if value in labels else str(value), value)]
    if isinstance(value, bool):
        return [(_("sí") if value else _("no"), None)]
    if value is None:
        return [(_("no consta"), None)]
    if isinstance(value, datetime):
        return [(moment(value), None)]
    return [(day(value) if isinstance(value, date) else str(value), None)]


def system_labels(references: Sequence[Reference]) -> dict[Reference, Label]:
    """What the parts of Minga that act by themselves are called."""
    return {
        each: Label(str(_PARTS.get(each.id, _("Minga (%(part)s)") % {"part": each.id})))
        for each in references
    }


def task_labels(references: Sequence[Reference]) -> dict[Reference, Label]:
    """What each kind of background work does."""
    return {each: Label(title_of(each.id), reverse("administration:jobs")) for each in references}


def job_labels(references: Sequence[Reference]) -> dict[Reference, Label]:
    """A job's number."""
    return {each: Label(_("Trabajo %(number)s") % {"number": each.id}) for each in references}
