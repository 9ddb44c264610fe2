"""All settings of Minga, read once from the environment (`MINGA_*`); see docs/reference/configuration.md."""

import hashlib
import os
from gettext import gettext
from ipaddress import ip_network
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from minga.foundation.database import (
    DatabaseRole,
    EmbeddedServer,
    Preference,
    binaries,
    data_directory,
    django_database,
)
from minga.foundation.outbox.server import mail_server
from minga.kernel.errors import Invalid
from minga.kernel.secrets import instance_secret
from minga.site.home import home

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "si", "sí"}


def _at_least_one(name: str, value: int) -> int:
    if value < 1:
        raise Invalid(gettext("{name} debe ser un número entero, desde 1.").format(name=name))
    return value


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _assets_version() -> str:
    """A short mark of the built assets: it is part of their addresses, so browsers may keep them for good."""
    digest = hashlib.sha256()
    for path in sorted((PACKAGE / "ui/static/ui").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


# Instance
MINGA_HOME = home()
MINGA_DEMONSTRATION = _flag("MINGA_DEMONSTRATION", default=True)
"""A demonstration instance holds invented people and says so on every page."""
MINGA_PUBLIC_URL = os.environ.get("MINGA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
DEBUG = _flag("MINGA_DEBUG", default=False)
SECRET_KEY = instance_secret(MINGA_HOME, "django").hex()
MINGA_LEDGER_KEY = instance_secret(MINGA_HOME, "ledger")
MINGA_PERSONAL_DATA_KEY = instance_secret(MINGA_HOME, "personal_data", size=64)
ALLOWED_HOSTS = _list("MINGA_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [MINGA_PUBLIC_URL] if MINGA_PUBLIC_URL.startswith("https://") else []

# Database: an external PostgreSQL, or the embedded one in the home folder
MINGA_DATABASE_URL = os.environ.get("MINGA_DATABASE_URL", "")
MINGA_DATABASE_OWNER_URL = os.environ.get("MINGA_DATABASE_OWNER_URL", MINGA_DATABASE_URL)
MINGA_POSTGRES: Preference = os.environ.get("MINGA_POSTGRES", "auto")  # type: ignore[assignment]
MINGA_DATABASE_ROLE: DatabaseRole = (
    "minga_owner" if os.environ.get("MINGA_DATABASE_ROLE") == "minga_owner" else "minga_app"
)
"""`minga_owner` for migrations; everything else runs as `minga_app`, which cannot rewrite the ledger."""


def embedded_server() -> EmbeddedServer:
    """The database server of this instance's home folder (not started)."""
    found = binaries(MINGA_POSTGRES)
    return EmbeddedServer(data_directory(MINGA_HOME, found), found)


def database_url(role: DatabaseRole) -> str:
    """The address of this instance's database for one of its two roles."""
    if MINGA_DATABASE_URL:
        return MINGA_DATABASE_OWNER_URL if role == "minga_owner" else MINGA_DATABASE_URL
    return embedded_server().dsn(role)


_DATABASE = django_database(database_url(MINGA_DATABASE_ROLE))
_DATABASE["OPTIONS"].setdefault("connect_timeout", 5)
DATABASES = {
    "default": {
        **_DATABASE,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rooms are found by their folder; nothing else in `site` names one, but the account model Django asks for
MINGA_ROOMS = sorted(path.parent.name for path in (PACKAGE / "modules").glob("*/module.py"))
INSTALLED_APPS = [
    "minga.site",
    "minga.ui",
    *(f"minga.modules.{room}" for room in MINGA_ROOMS),
    "minga.foundation.ledger",
    "minga.foundation.search",
    "minga.foundation.files",
    "minga.foundation.calendars",
    "minga.foundation.jobs",
    "minga.foundation.outbox",
    "minga.foundation.api",
    "procrastinate.contrib.django",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "identity.Account"

MIDDLEWARE = [
    "minga.site.middleware.observe",
    "minga.site.caching.public_cache",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "minga.site.middleware.errors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "minga.site.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minga.modules.identity.middleware.actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "minga.site.urls"
WSGI_APPLICATION = "minga.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "minga.ui.jinja.environment",
            "compiled_into": str(_folder(MINGA_HOME / "run" / "templates")),
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "minga.ui.context.layout",
            ],
        },
    }
]

# People
AUTHENTICATION_BACKENDS = ["minga.modules.identity.backends.CredentialBackend"]
PASSWORD_HASHERS = ["minga.modules.identity.hashers.OwaspArgon2"]
LOGIN_URL = "identity:sign_in"
LOGIN_REDIRECT_URL = "/escritorio/"
LOGOUT_REDIRECT_URL = "/"
MINGA_SECURITY_CONTACT = os.environ.get("MINGA_SECURITY_CONTACT", "mailto:minga@localhost")
"""Where to report a hole in security: an address for mail (`mailto:`) or a page (`https:`)."""
SESSION_ENGINE = "minga.modules.identity.backends"
SESSION_COOKIE_NAME = "minga_sesion"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Language and place
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Español")), ("qu", _("Kichwa")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "minga_idioma"
LOCALE_PATHS = [PACKAGE / "site/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Guayaquil"

# Files
STATIC_URL = f"/static/{_assets_version()}/"
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {
        "BACKEND": os.environ.get("MINGA_STORAGE", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": {"location": str(MINGA_HOME / "files"), "base_url": None}
        if "MINGA_STORAGE" not in os.environ
        else {},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
MINGA_UPLOAD_LIMIT = int(os.environ.get("MINGA_UPLOAD_LIMIT", str(10 * 2**20)))
MINGA_CLAMAV_SOCKET = os.environ.get("MINGA_CLAMAV_SOCKET", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Mail: a folder by default, any SMTP server by setting
_MAIL = mail_server(os.environ.get("MINGA_EMAIL_URL", ""))
EMAIL_BACKEND = _MAIL.backend
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = _folder(MINGA_HOME / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("MINGA_EMAIL_FROM", "minga@localhost")

# Security (OWASP ASVS 5, V3); https settings follow the public address
_HTTPS = MINGA_PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("MINGA_BEHIND_PROXY", False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "minga.site.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Probes: the networks they may reach; a demonstration measures itself and nothing else
MINGA_PROBES_ALLOWED = [
    str(ip_network(network))
    for network in _list("MINGA_PROBES_ALLOWED", "127.0.0.1/32" if MINGA_DEMONSTRATION else "")
]

# Operation
MINGA_METRICS_PORT = int(os.environ.get("MINGA_METRICS_PORT", "9464"))
"""The local port for Prometheus; 0 for none."""
MINGA_PAGE_CACHE_BYTES = int(os.environ.get("MINGA_PAGE_CACHE_BYTES", str(32 * 2**20)))
"""Memory that each server process may use for kept public pages; 0 makes every page anew."""
MINGA_API_LIMIT = _at_least_one("MINGA_API_LIMIT", int(os.environ.get("MINGA_API_LIMIT", "300")))
"""Requests to the API that one network may make in five minutes without a token."""
MINGA_API_TOKEN_LIMIT = _at_least_one(
    "MINGA_API_TOKEN_LIMIT", int(os.environ.get("MINGA_API_TOKEN_LIMIT", "3000"))
)
"""The same for each token of an institution."""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING_CONFIG = "minga.site.logs.configure"
LOGGING: dict[str, object] = {"json": not DEBUG}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
FORM_RENDERER = "django.forms.renderers.Jinja2"
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W004", "security.W021"]
