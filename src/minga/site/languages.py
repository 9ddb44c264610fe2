"""Which of the house's languages a visitor reads: their choice (a cookie), else what the browser prefers."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from minga.foundation.api.shapes import asks_api

PARAMETER = "idioma"
CODES = ("es", "qu", "en")


def language_of(request: HttpRequest) -> str:
    """The code of the visitor's language; Spanish when neither cookie nor browser asks for one of ours.

    The API knows no cookies: there the header alone decides.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in CODES and not asks_api(request):
        return chosen
    return _preferred(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


@lru_cache(maxsize=1024)
def _preferred(header: str) -> str:
    for code, _weight in parse_accept_lang_header(header):
        base = code.split("-")[0]
        if base in CODES:
            return base
    return CODES[0]
