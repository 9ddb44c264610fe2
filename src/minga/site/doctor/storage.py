"""Where files are kept, whether they are scanned, where mail goes, and how old the newest backup is."""

from datetime import timedelta

from django.conf import settings

from minga.foundation.files import checks as files
from minga.foundation.outbox import checks as outbox
from minga.kernel.cards import Finding, Severity
from minga.kernel.clock import now
from minga.kernel.text import N_
from minga.site.backups.taking import last

OLDEST_BACKUP = timedelta(hours=36)


def examine() -> list[Finding]:
    """What the files' own checks find, how old the newest backup is, and what the outbox's find."""
    return [*files.check_config(), _backup(), *outbox.check_config()]


def _backup() -> Finding:
    """A demonstration has nothing to lose."""
    newest = last()
    if newest is None:
        severity = Severity.OK if settings.MINGA_DEMONSTRATION else Severity.WARNING
        return Finding(
            severity,
            N_("No consta ninguna copia de seguridad hecha con «minga backup»."),
            "" if severity is Severity.OK else N_("Hágala cada día y guárdela en otro lugar."),
        )
    age = now() - newest.moment
    if age > OLDEST_BACKUP:
        return Finding(
            Severity.WARNING,
            f"{age.days} " + N_("días tiene la última copia de seguridad."),
            N_("Revise por qué no se hizo «minga backup», y hágala hoy."),
        )
    if newest.lost:
        return Finding(
            Severity.WARNING,
            f"{newest.lost} " + N_("archivos perdidos o alterados faltan en la última copia de seguridad."),
            N_("Recupérelos de una copia anterior y ejecute «minga backup» de nuevo: así los nombra."),
        )
    return Finding(Severity.OK, N_("Hay una copia de seguridad reciente."))
