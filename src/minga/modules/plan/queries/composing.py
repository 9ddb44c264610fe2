"""What the methodological sheet of each indicator says today: its declaration, the plan's text, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minga.kernel.indicators import Milestone
from minga.modules.directory import contracts as directory
from minga.modules.plan.models.sheet import FIELDS, LANGUAGES, Content, Piece, texts
from minga.modules.plan.models.structure import Programme, Strategy, plan
from minga.modules.plan.queries.method import GENERATED, Measured, piece
from minga.modules.plan.queries.structure import declarations, programme
from minga.modules.plan.queries.wording import shown

_Written = Mapping[str, Any]


@dataclass(frozen=True)
class _Subject:
    """One indicator while its sheet is composed in one language."""

    measured: Measured
    strategy: Strategy | None
    programme: Programme | None
    names: Mapping[str, directory.InstitutionSummary]
    language: str

    def said(self, written: _Written, key: str) -> list[Piece]:
        """What the file of texts says under a key, in this language."""
        return [piece(line[self.language]) for line in written.get(key, ())]


def composed() -> dict[str, Content]:
    """Every sheet as it would be kept now, by indicator code (one query)."""
    names = directory.institutions(list(plan().institutions.values()))
    declared = declarations()
    sheets: dict[str, Content] = {code: {} for code in plan().indicators}
    for language in LANGUAGES:
        with override(language):
            for code, entry in plan().indicators.items():
                written = texts()["indicators"][code]
                strategy = plan().strategies.get(entry.strategy)
                subject = _Subject(
                    measured=Measured(
                        entry,
                        declared.get(code),
                        written.get("counted", {}).get(language, ""),
                        written.get("population", {}).get(language, ""),
                    ),
                    strategy=strategy,
                    programme=programme(strategy.programme) if strategy else None,
                    names=names,
                    language=language,
                )
                sheets[code][language] = {field: _field(field, subject, written) for field in FIELDS}
    return sheets


def _field(field: str, subject: _Subject, written: _Written) -> list[Piece]:
    """One field: generated, unless the texts say it; limits and references say both."""
    if field == "limits":
        doubts = plan().doubts.get(f"indicator:{subject.measured.entry.code}", ())
        own = [*subject.said(written, field), *(piece(_(doubt)) for doubt in doubts)]
        return [*GENERATED[field](subject.measured), *own]
    if field == "references":
        return [*subject.said(texts()["common"], field), *subject.said(written, field)]
    if field in written:
        return subject.said(written, field)
    if field in GENERATED:
        return GENERATED[field](subject.measured)
    return _OWN[field](subject) if field in _OWN else [piece(_("No consta."))]


def _name(subject: _Subject) -> list[Piece]:
    return [
        piece(subject.measured.entry.title, reverse("plan:indicator", args=[subject.measured.entry.code]))
    ]


def _frequency(subject: _Subject) -> list[Piece]:
    if subject.measured.declaration is None:
        return [piece(_("No consta: el plan no la fija y todavía no se mide aquí."))]
    return [
        piece(_("Continua: cada valor se publica en el minuto en que cambia y, al menos, una vez al día."))
    ]


def _availability(subject: _Subject) -> list[Piece]:
    if subject.measured.declaration is None:
        return [piece(_("Son públicas la línea base y la meta del plan."))]
    return [piece(_("Pública, sin abrir una cuenta."))]


def _custodian(subject: _Subject) -> list[Piece]:
    follow_up = subject.said(texts()["common"], "follow_up")
    if subject.strategy is None:
        return follow_up
    executors = [_institution(name, subject) for name in subject.strategy.executors]
    opening = _("El plan no la nombra para cada indicador. Ejecutan la estrategia %(code)s:")
    return [piece(opening % {"code": subject.strategy.code}), *executors, *follow_up]


def _institution(name: str, subject: _Subject) -> Piece:
    found = subject.names.get(plan().institutions.get(name, ""))
    return piece(found.title, reverse("directory:institution", args=[found.code])) if found else piece(name)


def _transfer(subject: _Subject) -> list[Piece]:
    if subject.measured.declaration is None:
        return [piece(_("No consta."))]
    return [piece(_("Sin fechas fijas: cada hecho se registra en el momento del acto."))]


def _geographic(subject: _Subject) -> list[Piece]:
    return [piece(_("Nacional."))]


def _general(subject: _Subject) -> list[Piece]:
    if subject.measured.declaration is None:
        return [piece(_("No consta."))]
    if isinstance(subject.measured.declaration, Milestone):
        return [piece(_("No se desagrega: es un solo acto."))]
    return [piece(_("Por sujeto: la página del indicador nombra a cada uno y dice si cuenta y por qué."))]


def _instruments(subject: _Subject) -> list[Piece]:
    entry = subject.measured.entry
    pieces = subject.said(texts()["common"], "plan")
    for part, url in ((subject.programme, "plan:programme"), (subject.strategy, "plan:strategy")):
        if part is not None:
            pieces.append(piece(f"{part.code} {part.title}", reverse(url, args=[part.code])))
    if subject.programme is not None:
        pieces += subject.said(texts()["programmes"], subject.programme.code)
    ends = {"baseline": shown(entry.baseline, entry.unit), "target": shown(entry.target, entry.unit)}
    pieces.append(piece(_("Línea base 2018: %(baseline)s. Meta 2021: %(target)s.") % ends))
    return pieces


def _author(subject: _Subject) -> list[Piece]:
    return [
        piece(
            _(
                "Minga la genera de la declaración en uso y del texto del plan. No consta que una institución la haya"
                " revisado."
            )
        )
    ]


def _series(subject: _Subject) -> list[Piece]:
    code = subject.measured.entry.code
    if subject.measured.declaration is None:
        return [piece(_("No hay: todavía no se publica ningún valor."))]
    return [
        piece(_("Valores publicados"), f"{reverse('plan:indicator', args=[code])}#publicado"),
        piece(_("Todos los sujetos en CSV"), reverse("plan:indicator_csv", args=[code])),
        piece(_("Todos los sujetos en JSON"), reverse("plan:indicator_json", args=[code])),
    ]


def _signatures(subject: _Subject) -> list[Piece]:
    return [piece(_("No consta: esta ficha no lleva firmas electrónicas."))]


_OWN = {
    "name": _name,
    "frequency": _frequency,
    "availability": _availability,
    "custodian": _custodian,
    "transfer": _transfer,
    "geographic": _geographic,
    "general": _general,
    "instruments": _instruments,
    "author": _author,
    "series": _series,
    "signatures": _signatures,
}
