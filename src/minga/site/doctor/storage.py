"""Where files are kept, whether they are scanned, where mail goes, and how old the newest backup is."""

import smtplib
from datetime import timedelta

from django.conf import settings

from minga.foundation.files import checks
from minga.kernel.cards import Finding, Severity
from minga.kernel.clock import now
from minga.kernel.text import N_
from minga.site.backups.taking import last

OLDEST_BACKUP = timedelta(hours=36)


def examine() -> list[Finding]:
    """What the files' own checks find, the mail server, and the newest backup."""
    return [*checks.check_config(), _backup(), _mail()]


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
    days = (now() - newest).days
    if now() - newest > OLDEST_BACKUP:
        return Finding(
            Severity.WARNING,
            f"{days} " + N_("días tiene la última copia de seguridad."),
            N_("Revise por qué no se hizo «minga backup», y hágala hoy."),
        )
    return Finding(Severity.OK, N_("Hay una copia de seguridad reciente."))


def _mail() -> Finding:
    if not settings.EMAIL_HOST:
        return Finding(
            Severity.WARNING,
            N_("El correo no sale: se guarda en la carpeta «mail» de los datos."),
            N_("Ponga MINGA_SMTP_HOST y lo demás de su servidor de correo."),
        )
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException):
        return Finding(
            Severity.ERROR,
            N_("El servidor de correo no responde."),
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        )
    return Finding(Severity.OK, N_("El servidor de correo responde."))
