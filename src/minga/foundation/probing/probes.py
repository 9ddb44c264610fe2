"""Probing: find the address once, ask the guard, connect to that very address, wait no longer than the limits.

One event loop inside one thread carries all probes of a round; nothing of it leaks out. A name is resolved once and
every address of the answer must be allowed, so a name that changes its answer between check and connection (DNS
rebinding) gains nothing: there is no second look-up. Redirections are never followed.
"""

import asyncio
import logging
import math
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from time import perf_counter
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from dns.asyncresolver import Resolver

from minga.foundation.probing import names
from minga.foundation.probing.certificates import expiry_of, read_expiry
from minga.foundation.probing.failures import FAILURES, reason_for
from minga.foundation.probing.guard import Address, Guard
from minga.foundation.probing.targets import Kind, Outcome, Reason, Target
from minga.kernel.errors import Invalid

log = logging.getLogger("minga.probing")

_Found = TypeVar("_Found")

STEP_SECONDS = 5.0
"""How long resolving, connecting with its TLS handshake, and answering may each take."""
AT_ONCE = 200
"""Probes under way at one moment."""
PER_SECOND = 150
"""Probes begun in one second: more would wait for each other in this process, and show as slow targets."""
LONGEST_LINE = 2048
"""Bytes of an answer's first line."""
MOST_BYTES = 16 * 1024
"""What the system may hold of an answer before we read it: room for a chain of certificates. Linux doubles it."""


@cache
def system_trust() -> ssl.SSLContext:
    """The certification authorities that this system trusts (OpenSSL's, or SSL_CERT_FILE)."""
    return ssl.create_default_context()


@dataclass(frozen=True, kw_only=True)
class Means:
    """With what to probe: where it is allowed, whom to ask for names, which certificates to trust."""

    guard: Guard = field(default_factory=Guard.configured)
    trust: ssl.SSLContext = field(default_factory=system_trust)
    resolver: Resolver | None = field(default_factory=names.system_resolver)
    step_seconds: float = STEP_SECONDS


def probe(target: Target, *, means: Means | None = None) -> Outcome:
    """Ask one target now."""
    return probe_all([target], means=means)[0]


def probe_all(
    targets: Sequence[Target],
    *,
    means: Means | None = None,
    at_once: int = AT_ONCE,
    seconds: float = math.inf,
) -> list[Outcome]:
    """Ask all targets, `at_once` of them together; the outcomes come in the targets' order.

    What has not begun when `seconds` are over is NOT_ASKED; what has begun ends within its own limits.
    """
    return _wait_for(_round(targets, means or Means(), at_once, seconds))


def require_allowed(target: Target, *, means: Means | None = None) -> None:
    """Raise Invalid, saying why, when the guard keeps probes from the target or its name cannot be found."""
    means = means or Means()
    if not means.guard.networks:
        raise Invalid(
            _(
                "Este sistema no sondea ninguna dirección: quien lo administra debe poner MINGA_PROBES_ALLOWED."
            )
        )
    found = _wait_for(_address(target, means))
    if found is Reason.NOT_ALLOWED:
        raise Invalid(
            _(
                "Esa dirección no está entre las redes permitidas en MINGA_PROBES_ALLOWED. Use otra o pida agregarla."
            )
        )
    if isinstance(found, Reason):
        raise Invalid(_("%(problem)s. Revise la dirección.") % {"problem": found.words})


def _wait_for(work: Coroutine[Any, Any, _Found]) -> _Found:
    """Run this in a thread and an event loop of its own: the caller may itself be inside a loop, as under ASGI."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _round(targets: Sequence[Target], means: Means, at_once: int, seconds: float) -> list[Outcome]:
    outcomes = [Outcome(reason=Reason.NOT_ASKED)] * len(targets)
    room = asyncio.Semaphore(at_once)

    async def ask(place: int, target: Target) -> None:
        try:
            outcomes[place] = await _ask(target, means)
        except Exception:
            log.exception("a probe broke off")  # the others of the round are worth keeping
        finally:
            room.release()

    turn = perf_counter()
    ends = turn + seconds
    async with asyncio.TaskGroup() as group:
        for place, target in enumerate(targets):
            await room.acquire()
            turn = max(turn + 1 / PER_SECOND, perf_counter())
            await asyncio.sleep(turn - perf_counter())
            if perf_counter() >= ends:
                break
            group.create_task(ask(place, target))
    return outcomes


async def _ask(target: Target, means: Means) -> Outcome:
    found = await _address(target, means)
    if isinstance(found, Reason):
        return Outcome(reason=found)
    try:
        return await _WAYS[target.kind](target, str(found), means)
    except FAILURES as error:
        outcome = Outcome(reason=reason_for(error))
        if isinstance(error, ssl.SSLCertVerificationError):
            expiry = await read_expiry(str(found), target, means.step_seconds)
            return Outcome(reason=outcome.reason, expires_at=expiry)
        return outcome


async def _address(target: Target, means: Means) -> Address | Reason:
    """The one address to connect to, after the guard has seen all that the name stands for."""
    literal = target.literal
    if literal is not None:
        addresses: Sequence[Address] = [literal]
    elif not means.guard.networks:
        return Reason.NOT_ALLOWED
    else:
        try:
            addresses = await names.addresses(target.host, means.resolver, means.step_seconds)
        except names.Unanswered as problem:
            return problem.reason
    if not all(means.guard.allows(address) for address in addresses):
        return Reason.NOT_ALLOWED
    return addresses[0]


async def _tcp(target: Target, address: str, means: Means) -> Outcome:
    began = perf_counter()
    async with _connection(target, address, means):
        return Outcome(milliseconds=_since(began))


async def _tls(target: Target, address: str, means: Means) -> Outcome:
    began = perf_counter()
    async with _connection(target, address, means) as (_reader, writer):
        return Outcome(milliseconds=_since(began), expires_at=expiry_of(writer))


async def _http(target: Target, address: str, means: Means) -> Outcome:
    request = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\nUser-Agent: Minga-probe\r\n"
        "Accept: */*\r\nConnection: close\r\n\r\n"
    )
    began = perf_counter()
    async with _connection(target, address, means) as (reader, writer):
        expires_at = expiry_of(writer)
        writer.write(request.encode("ascii"))
        async with asyncio.timeout(means.step_seconds):
            line = await reader.readuntil(b"\n")
        elapsed = _since(began)
    status = _status(line)
    reason = Reason.NOT_HTTP if status is None else None if status == target.status else Reason.WRONG_STATUS
    return Outcome(reason=reason, milliseconds=elapsed, expires_at=expires_at, status=status)


async def _dns(target: Target, address: str, means: Means) -> Outcome:
    began = perf_counter()
    reason = await names.ask(target.path, address, target.port, means.step_seconds)
    return Outcome(reason=reason, milliseconds=_since(began))


_WAYS: dict[Kind, Callable[[Target, str, Means], Awaitable[Outcome]]] = {
    Kind.HTTP: _http,
    Kind.TCP: _tcp,
    Kind.DNS: _dns,
    Kind.TLS: _tls,
}


@asynccontextmanager
async def _connection(
    target: Target, address: str, means: Means
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to the very address, checked against the target's name when secure; cut off afterwards."""
    async with asyncio.timeout(means.step_seconds):
        reader, writer = await asyncio.open_connection(
            sock=await _socket(address, target.port),
            limit=LONGEST_LINE,
            ssl=means.trust if target.secure else None,
            server_hostname=target.host if target.secure else None,
        )
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _socket(address: str, port: int) -> socket.socket:
    """A socket connected to the very address, which takes no more from the network than it may."""
    link = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    link.setblocking(False)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MOST_BYTES)
    try:
        await asyncio.get_running_loop().sock_connect(link, (address, port))
    except BaseException:
        link.close()
        raise
    return link


def _status(line: bytes) -> int | None:
    """The code of an HTTP/1 status line (RFC 9112, 4); None when it is none."""
    words = line.split(maxsplit=2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit() or len(words[1]) != 3:
        return None
    return int(words[1])


def _since(began: float) -> int:
    return round((perf_counter() - began) * 1000)
