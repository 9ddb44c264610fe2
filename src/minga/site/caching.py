"""Public pages, and the API's answers, made once and served many times.

A view says for how many seconds its page may be shared (`@page(cache=60)`). Such a page is kept, as it was
sent, in the memory of each server process, and given to every visitor without a session, by host, address and
language.

When is a kept page too old? After its seconds; and at once when somebody changes something: all processes of
this instance look at one counter in a shared file (`Edition`), which moves with each POST of somebody signed in
that succeeds (what visitors send changes no public page).
The edition is read before a page is made, so a page made from older data can never be kept as new. Changes by
background jobs, and by other machines, show after the page's seconds at most. Whoever has a session never
gets a kept page, so officials always see what they have just done.
"""

import gzip
import hashlib
import mmap
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from minga.site.languages import language_of
from minga.ui.http import actor_of

PARAMETERS = frozenset({"pagina", "orden"})
"""Query parameters that a kept page may differ by; an address with any other is always made anew."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_PAGE = 512 * 1024
_KEPT_HEADERS = frozenset(
    {
        "content-disposition",
        "content-language",
        "content-security-policy",
        "content-type",
        "cross-origin-opener-policy",
        "referrer-policy",
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
    }
)

Handler = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str, str, str, str]


class Edition:
    """A number in a file, shared by all processes of this instance: it moves when public pages may change."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if file.seek(0, 2) < 8:
                file.write(bytes(8))  # real bytes: a hole would need a block of the disk when it may be full
                file.flush()
            self._memory = mmap.mmap(file.fileno(), 8)

    def now(self) -> int:
        """The present edition."""
        return int(struct.unpack_from("<Q", self._memory)[0])

    def move(self) -> None:
        """Make all pages kept so far old, in every process.

        The nanosecond clock, so that two processes that move it at once cannot undo each other.
        """
        struct.pack_into("<Q", self._memory, 0, time.time_ns())


@cache
def edition() -> Edition:
    """The edition of this instance."""
    return Edition(Path(settings.MINGA_HOME) / "run" / "edition")


@dataclass(frozen=True)
class Kept:
    """A page as it was sent, and until when it may be sent again."""

    body: bytes
    headers: dict[str, str]
    route: str
    etag: str
    edition: int
    until: float
    seconds: int

    @cached_property
    def zipped(self) -> bytes:
        """The body compressed, made when the first reader asks for it so."""
        return gzip.compress(self.body, 6, mtime=0)

    @cached_property
    def size(self) -> int:
        """Bytes of memory that the page takes, about: itself, and a quarter of that when compressed."""
        return len(self.body) * 5 // 4 + sum(map(len, self.headers.values())) + 1_000


class Shelf:
    """The kept pages of this process; the one longest unused goes first when memory is short."""

    def __init__(self, most: int) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._most, self._used = most, 0

    def get(self, key: Key) -> Kept | None:
        """The page, unless it is too old."""
        kept = self._pages.get(key)
        if kept is None or kept.until < time.monotonic() or kept.edition != edition().now():
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a page that is not too large, and let go of those longest unused beyond the limit."""
        if len(kept.body) > LARGEST_PAGE:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self._used += kept.size + sum(map(len, key))
            while self._used > self._most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._pages.clear()
            self._used = 0

    def _drop(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self._used -= gone.size + sum(map(len, key))


shelf = Shelf(settings.MINGA_PAGE_CACHE_BYTES)
answers = Shelf(settings.MINGA_PAGE_CACHE_BYTES // 4)
"""The API's answers, apart: whoever asks it a thousand different things pushes no page off the shelf."""


def public_cache(get_response: Handler) -> Handler:
    """Serve kept pages, keep new ones, and note when something changed (see the module)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            response = get_response(request)
            if request.method not in _SAFE and response.status_code < 400 and _by_somebody(request):
                edition().move()
            return _private(request, response)
        kept = shelf.get(key)
        if kept is None:
            before = edition().now()
            response = get_response(request)
            kept = _keepable(request, response, before)
            if kept is None:
                return _private(request, response)
            shelf.put(key, kept)
        return _send(request, kept)

    return middleware


def _by_somebody(request: HttpRequest) -> bool:
    """Whether somebody who is signed in sent this; yes, when that cannot be asked now."""
    try:
        return actor_of(request).known
    except DatabaseError:
        return True


def _key(request: HttpRequest) -> Key | None:
    """What a page is kept under; None for a request that neither gets nor makes a kept page."""
    meta = request.META
    if (
        request.method != "GET"
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or "HTTP_HX_REQUEST" in meta
    ):
        return None
    query = meta.get("QUERY_STRING", "")
    if query and not all(name in PARAMETERS for name, _ in parse_qsl(query, keep_blank_values=True)):
        return None
    return meta.get("HTTP_HOST", ""), request.scheme or "", request.path_info, query, language_of(request)


def _keepable(request: HttpRequest, response: HttpResponseBase, before: int) -> Kept | None:
    match = request.resolver_match
    seconds = getattr(match.func, "cache_seconds", None) if match else None
    if (
        not match
        or not seconds
        or response.status_code != 200
        or not isinstance(response, HttpResponse)
        or response.cookies
        or len(response.content) > LARGEST_PAGE
    ):
        return None
    body = response.content
    return Kept(
        body=body,
        headers={name: value for name, value in response.headers.items() if name.lower() in _KEPT_HEADERS},
        route=f"/{match.route}",
        etag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        edition=before,
        until=time.monotonic() + seconds,
        seconds=seconds,
    )


def _send(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The page, zipped where the browser takes that, or 304 when it has it already.

    A kept page holds nothing secret beside something a visitor chose, so zipping it tells nothing (BREACH).
    """
    response: HttpResponse
    if request.META.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/") == kept.etag:
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    elif "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response = HttpResponse(kept.zipped)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(kept.body)
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = kept.etag
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={kept.seconds}"
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.minga_route = kept.route  # type: ignore[attr-defined]
    return response


def _private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody stores the pages of whoever has a session; any other page is asked for again."""
    if "Cache-Control" not in response.headers:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        response.headers["Cache-Control"] = "private, no-store" if signed_in else "no-cache"
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
