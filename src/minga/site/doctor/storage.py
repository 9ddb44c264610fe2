"""Where files are kept, whether they are scanned, and where mail goes."""

import shutil
import smtplib
import socket
import tempfile
from pathlib import Path

from django.conf import settings

from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_

LEAST_FREE = 512 * 2**20
"""Bytes below which uploads and the database are about to fail."""


def examine() -> list[Finding]:
    """The data folder, free space, the virus scanner and the mail server."""
    return [_folder(), _space(), _scanner(), _mail()]


def _folder() -> Finding:
    try:
        with tempfile.TemporaryFile(dir=settings.MINGA_HOME) as probe:
            probe.write(b"minga")
    except OSError as error:
        return Finding(
            Severity.ERROR,
            N_("No se puede escribir en la carpeta de datos."),
            f"{settings.MINGA_HOME}: {error.strerror}",
        )
    return Finding(Severity.OK, N_("Se puede escribir en la carpeta de datos."))


def _space() -> Finding:
    free = shutil.disk_usage(settings.MINGA_HOME).free
    if free < LEAST_FREE:
        return Finding(
            Severity.ERROR, N_("Queda muy poco espacio en disco."), N_("Libere espacio o amplíe el disco.")
        )
    return Finding(Severity.OK, N_("Hay espacio en disco."))


def _scanner() -> Finding:
    path = settings.MINGA_CLAMAV_SOCKET
    if not path:
        return Finding(
            Severity.WARNING,
            N_("Los archivos que se suben no pasan por un antivirus."),
            N_("Instale ClamAV y ponga en MINGA_CLAMAV_SOCKET la ruta de su socket."),
        )
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(Path(path)))
            connection.sendall(b"zPING\0")
            answered = connection.recv(16).startswith(b"PONG")
    except OSError:
        answered = False
    if answered:
        return Finding(Severity.OK, N_("El antivirus responde."))
    return Finding(
        Severity.ERROR, N_("El antivirus no responde."), N_("Inicie clamd o corrija MINGA_CLAMAV_SOCKET.")
    )


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
