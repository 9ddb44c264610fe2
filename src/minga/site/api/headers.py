"""The headers of the API's answers: open to all origins, asked again only when something changed, compressed."""

import hashlib
import time
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from minga.foundation.api.limits import Quota, Spending
from minga.site.caching import Kept
from minga.site.problems import open_to_all

_SECOND = timedelta(seconds=1)
METHODS = "GET, HEAD, OPTIONS"
FRESH = 60
"""Seconds for which a reader may use an answer again without asking."""
_WORTH_ZIPPING = 1_000


def preflight() -> HttpResponse:
    """What a browser asks before a program on another site may ask us."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Authorization, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return open_to_all(response)


def tell_allowance(response: HttpResponse, quota: Quota, spending: Spending) -> None:
    """How much the caller may still ask (draft-ietf-httpapi-ratelimit-headers-10)."""
    window = int(quota.window.total_seconds())
    reset = -(-spending.reset // _SECOND)
    response.headers["RateLimit-Policy"] = f'"{quota.name}";q={quota.requests};w={window}'
    response.headers["RateLimit"] = f'"{quota.name}";r={spending.remaining};t={reset}'


def kept(request: HttpRequest, response: HttpResponse, edition: int) -> Kept:
    """What an operation answered, as it can be sent again while it is fresh."""
    headers = dict(response.headers)
    if pages := getattr(request, "minga_pages", None):
        headers["Link"] = ", ".join(
            f'<{pages[name]}>; rel="{name}"' for name in ("first", "prev", "next") if name in pages
        )
    return Kept(
        body=response.content,
        headers=headers,
        route="",
        etag=hashlib.sha256(response.content).hexdigest()[:32],
        edition=edition,
        until=time.monotonic() + FRESH,
        seconds=FRESH,
    )


def finish(request: HttpRequest, answer: Kept) -> HttpResponse:
    """The answer with its mark, or 304 when the reader has it already; compressed where the reader takes that."""
    zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") and len(answer.body) > _WORTH_ZIPPING
    unchanged = _known(request, answer.etag)
    response = HttpResponse(b"" if unchanged else answer.zipped if zipped else answer.body)
    for name, value in answer.headers.items():
        response.headers[name] = value
    if unchanged:
        response.status_code = 304
        del response.headers["Content-Type"]
    elif zipped:
        response.headers["Content-Encoding"] = "gzip"
    # Two forms of one answer are two representations: a strong mark may not be the same (RFC 9110, 8.8.3).
    response.headers["ETag"] = f'"{answer.etag}-gzip"' if zipped else f'"{answer.etag}"'
    whose = "private" if "HTTP_AUTHORIZATION" in request.META else "public"
    response.headers["Cache-Control"] = f"{whose}, max-age={max(0, round(answer.until - time.monotonic()))}"
    patch_vary_headers(response, ("Accept", "Accept-Encoding", "Accept-Language"))
    return open_to_all(response)


def _known(request: HttpRequest, digest: str) -> bool:
    """Whether the reader has this answer."""
    marks = request.META.get("HTTP_IF_NONE_MATCH", "")
    given = {mark.removeprefix("W/").strip('"').removesuffix("-gzip") for mark in parse_etags(marks)}
    return digest in given or "*" in given
