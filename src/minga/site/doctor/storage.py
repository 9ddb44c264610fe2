"""Where files are kept, whether they are scanned, and where mail goes."""

import smtplib

from django.conf import settings

from minga.foundation.files import checks
from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_


def examine() -> list[Finding]:
    """What the files' own checks find, and the mail server."""
    return [*checks.check_config(), _mail()]


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
