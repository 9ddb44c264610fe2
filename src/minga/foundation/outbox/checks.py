"""What `minga doctor` should know of mail: whether it leaves, and what did not."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from minga.foundation.outbox.models import Message, State
from minga.kernel.cards import Finding, Severity
from minga.kernel.clock import now

PATIENCE = 5
"""seconds that the mail server has to answer the doctor"""
_RECENT, _LONG = timedelta(days=7), timedelta(hours=1)


def check_config() -> list[Finding]:
    """The mail server answers and takes our account; messages given up this week; messages that wait an hour."""
    return [_server(), *_messages()]


def _server() -> Finding:
    if not settings.EMAIL_HOST:
        return Finding(
            Severity.WARNING,
            _("El correo no sale: se guarda en la carpeta «mail» de los datos."),
            _("Ponga en MINGA_EMAIL_URL la dirección de su servidor de correo."),
        )
    try:
        server = get_connection(timeout=PATIENCE)
        server.open()
        server.close()
    except smtplib.SMTPAuthenticationError:
        return Finding(
            Severity.ERROR,
            _("El servidor de correo no acepta la cuenta de Minga."),
            _("Corrija el usuario y la contraseña en MINGA_EMAIL_URL; codifique los signos con %."),
        )
    except (OSError, smtplib.SMTPException) as error:
        return Finding(
            Severity.ERROR,
            _("El servidor de correo no responde."),
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} {type(error).__name__}",
        )
    return Finding(Severity.OK, _("El servidor de correo responde."))


def _messages() -> list[Finding]:
    moment = now()
    counted = Message.objects.exclude(state=State.SENT).aggregate(
        failed=Count("pk", filter=Q(state=State.FAILED, created_at__gt=moment - _RECENT)),
        late=Count("pk", filter=Q(state=State.WAITING, created_at__lt=moment - _LONG)),
    )
    findings = []
    if counted["failed"]:
        findings.append(
            Finding(
                Severity.WARNING,
                _("%(count)s correos de esta semana no llegaron a salir.") % {"count": counted["failed"]},
                _(
                    "Vea por qué en el escritorio, en «Trabajos en segundo plano»; allí puede enviarlos otra vez."
                ),
            )
        )
    if counted["late"]:
        findings.append(
            Finding(
                Severity.WARNING,
                _("%(count)s correos esperan desde hace más de una hora.") % {"count": counted["late"]},
                _("Revise el servidor de correo y que «minga worker» esté en marcha."),
            )
        )
    return findings
