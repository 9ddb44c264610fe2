"""Settings that contradict each other, or that are not for the open internet."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, run_checks

from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_


def examine() -> list[Finding]:
    """Django's own checks, and ours on addresses, demonstration and secrets."""
    findings = [
        Finding(
            Severity.ERROR if message.level >= ERROR else Severity.WARNING, message.msg, message.hint or ""
        )
        for message in run_checks()
        if not message.is_silenced()
    ]
    findings += _address()
    findings += _secrets()
    return findings or [Finding(Severity.OK, N_("La configuración es coherente."))]


def _address() -> list[Finding]:
    address = urlsplit(settings.MINGA_PUBLIC_URL)
    local = address.hostname in {"127.0.0.1", "localhost", "::1"}
    if address.scheme not in {"http", "https"} or not address.hostname:
        return [
            Finding(
                Severity.ERROR,
                N_("MINGA_PUBLIC_URL no es una dirección web."),
                N_("Escríbala completa, por ejemplo https://minga.example.gob.ec"),
            )
        ]
    if local:
        return []
    findings = _encryption(address.scheme)
    if address.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        findings.append(
            Finding(
                Severity.ERROR,
                N_("MINGA_HOSTS no contiene el nombre de MINGA_PUBLIC_URL."),
                N_("Agregue el nombre del sitio a MINGA_HOSTS, separado por comas."),
            )
        )
    return findings + _openness()


def _encryption(scheme: str) -> list[Finding]:
    """Whether a public site is reached by https, and knows the proxy that ends it."""
    findings = []
    if scheme == "http":
        findings.append(
            Finding(
                Severity.ERROR,
                N_("El sitio es público y su dirección no usa https."),
                N_("Ponga un proxy con https delante y MINGA_PUBLIC_URL con https://."),
            )
        )
    elif not settings.SECURE_PROXY_SSL_HEADER:
        findings.append(
            Finding(
                Severity.ERROR,
                N_("La dirección usa https, pero falta MINGA_BEHIND_PROXY."),
                N_(
                    "Ponga MINGA_BEHIND_PROXY=1: sin eso todas las personas comparten los límites de ingreso "
                    "y el navegador no aprende a usar solo https."
                ),
            )
        )
    return findings


def _openness() -> list[Finding]:
    """What is fine on one's own machine and not on a public site."""
    findings = []
    if settings.DEBUG:
        findings.append(
            Finding(Severity.ERROR, N_("MINGA_DEBUG está activo en un sitio público."), N_("Quítelo."))
        )
    if settings.MINGA_DEMONSTRATION:
        findings.append(
            Finding(
                Severity.WARNING,
                N_("Es una demostración: hay cuentas de personas inventadas."),
                N_(
                    "Para un sitio real ponga MINGA_DEMONSTRATION=0 y empiece con una carpeta de datos nueva."
                ),
            )
        )
    if settings.MINGA_SECURITY_CONTACT.endswith("@localhost"):
        findings.append(
            Finding(
                Severity.WARNING,
                N_("security.txt no dice a quién avisar de un problema de seguridad."),
                N_("Ponga MINGA_SECURITY_CONTACT, por ejemplo mailto:seguridad@example.gob.ec"),
            )
        )
    return findings


def _secrets() -> list[Finding]:
    folder = settings.MINGA_HOME / "secrets"
    loose = [path.name for path in folder.glob("*") if path.stat().st_mode & 0o077]
    if not loose:
        return []
    return [
        Finding(
            Severity.ERROR,
            N_("Otras cuentas de este equipo pueden leer las claves de la instancia."),
            f"chmod 600 {folder}/*",
        )
    ]
