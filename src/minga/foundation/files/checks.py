"""What `minga doctor` says about files."""

import shutil

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from minga.foundation.files import scanning
from minga.kernel.cards import Finding, Severity

PROBE = "probe"
SCARCE = 2 * 1024**3
"""bytes free below which the steward is told"""
USED_UP = 200 * 1024**2
_GIGABYTE = 1024**3


def check_config() -> list[Finding]:
    """Whether files can be written, whether there is room for them, and whether they are scanned."""
    writable = _writable()
    space = [_space()] if writable.severity is Severity.OK else []
    return [writable, *(each for each in space if each), _antivirus()]


def _writable() -> Finding:
    try:
        written = default_storage.save(PROBE, ContentFile(b"minga"))
        default_storage.delete(written)
    except Exception as error:
        return Finding(
            Severity.ERROR,
            _("No se pueden guardar archivos: {reason}").format(reason=error),
            _("Revise MINGA_STORAGE, la carpeta de archivos y sus permisos."),
        )
    return Finding(Severity.OK, _("Se pueden guardar archivos."))


def _space() -> Finding | None:
    """Room on the disk; nothing to say about a storage that is none."""
    try:
        free = shutil.disk_usage(default_storage.path("")).free
    except (NotImplementedError, OSError):
        return None
    words = _("Quedan {free:.1f} GB libres para archivos.").format(free=free / _GIGABYTE)
    if free >= SCARCE:
        return Finding(Severity.OK, words)
    severity = Severity.WARNING if free >= USED_UP else Severity.ERROR
    return Finding(severity, words, _("Libere espacio o mueva la carpeta de archivos a otro disco."))


def _antivirus() -> Finding:
    if not scanning.configured():
        return Finding(
            Severity.WARNING,
            _("Los archivos que suben las personas no se revisan con antivirus."),
            _("Instale ClamAV y escriba la dirección de su socket en MINGA_CLAMAV_SOCKET."),
        )
    try:
        version = scanning.version()
    except (OSError, ValueError) as error:
        return Finding(
            Severity.ERROR,
            _("El antivirus no responde en {address} ({reason}); no se aceptan archivos.").format(
                address=settings.MINGA_CLAMAV_SOCKET, reason=error
            ),
            _("Inicie clamd o corrija MINGA_CLAMAV_SOCKET."),
        )
    return Finding(Severity.OK, _("Antivirus: {version}").format(version=version))
