"""What `minga doctor` looks at: each part of the house, one after the other, each finding with its remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minga.kernel import cards
from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_
from minga.site.doctor import configuration, database, jobs, ledger, storage

Examination = Callable[[], list[Finding]]


@dataclass(frozen=True)
class Part:
    """One part of the house, and what was found there."""

    title: str
    findings: tuple[Finding, ...]


def examine() -> Iterator[Part]:
    """Look at every part; a part that cannot even be looked at is an error of its own."""
    parts: list[tuple[str, Examination]] = [
        (N_("Configuración"), configuration.examine),
        (N_("Archivos y correo"), storage.examine),
        (N_("Base de datos"), database.examine),
        (N_("Libro de hechos"), ledger.examine),
        (N_("Tareas"), jobs.examine),
        *((str(room.title), room.check_config) for room in cards.rooms() if room.check_config),
    ]
    for title, look in parts:
        try:
            findings = look()
        except Exception as error:
            findings = [Finding(Severity.ERROR, _words(error), N_("Resuelva primero los errores de arriba."))]
        yield Part(title, tuple(findings))


def _words(error: Exception) -> str:
    first = str(error).strip().split("\n", 1)[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
