"""Peers on loopback that answer, dawdle, babble or lie; each lives as long as its `with`."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from dns.asyncresolver import Resolver
from dns.nameserver import Do53Nameserver

HERE = "127.0.0.1"
WAIT = 5


class _Quiet(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 128

    def handle_error(self, *_anything: object) -> None:
        return


class _Website(BaseHTTPRequestHandler):
    """`/` and `/slow` answer 200, `/away` sends elsewhere, anything else is 404; hosts asked for are remembered."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path))
        status = {"/": 200, "/away": 302}.get(self.path, 404)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_anything: object) -> None:
        return


@contextmanager
def website(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """A site, secure with a context: its port, and the (Host, path) pairs it was asked."""
    asked: list[tuple[str, str]] = []
    server = _Quiet((HERE, 0), type("Website", (_Website,), {"asked": asked}))
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _served(server.serve_forever, server.shutdown):
        yield server.server_port, asked
    server.server_close()


@contextmanager
def speaker(say: Callable[[socket.socket], None]) -> Iterator[int]:
    """A listener that does `say` with each connection, and closes it after: its port."""
    listener = socket.create_server((HERE, 0))

    def serve() -> None:
        while True:
            try:
                link, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=_speak, args=(link, say), daemon=True).start()

    with _served(serve, lambda: listener.shutdown(socket.SHUT_RDWR)):
        yield listener.getsockname()[1]
    listener.close()


def _speak(link: socket.socket, say: Callable[[socket.socket], None]) -> None:
    with link:
        link.settimeout(WAIT)
        try:
            say(link)
        except OSError:
            return


class NameServer:
    """Knows addresses by name; a list of answers is used up one by one, so that a name can change its mind."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]], rcode: dns.rcode.Rcode | None) -> None:
        self.names = {name: list(turns) for name, turns in names.items()}
        self.rcode = rcode
        self.asked: list[str] = []
        self.port = 0

    @property
    def resolver(self) -> Resolver:
        """A resolver that asks this server and nobody else."""
        resolver = Resolver(configure=False)
        resolver.nameservers = [Do53Nameserver(HERE, self.port)]
        return resolver

    def answer(self, wire: bytes) -> bytes:
        """The answer to one question: A records for addresses with dots, AAAA for those with colons."""
        question = dns.message.from_wire(wire)
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(asked.rdtype)
        if kind == "A":
            self.asked.append(name)
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        turns = self.names.get(name)
        if self.rcode is not None or turns is None:
            reply.set_rcode(dns.rcode.NXDOMAIN if self.rcode is None else self.rcode)
            return reply.to_wire()
        now = turns.pop(0) if kind == "A" and len(turns) > 1 else turns[0]
        wanted = [address for address in now if (":" in address) == (kind == "AAAA")]
        if wanted:
            reply.answer.append(dns.rrset.from_text_list(asked.name, 0, "IN", kind, wanted))
        return reply.to_wire()


@contextmanager
def name_server(
    names: Mapping[str, Sequence[str]] | None = None,
    *,
    turns: Mapping[str, Sequence[Sequence[str]]] | None = None,
    rcode: dns.rcode.Rcode | None = None,
) -> Iterator[NameServer]:
    """A server of names over UDP."""
    server = NameServer({**{name: [known] for name, known in (names or {}).items()}, **(turns or {})}, rcode)
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.bind((HERE, 0))
    server.port = link.getsockname()[1]
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            wire, asker = link.recvfrom(4096)
            if wire:
                link.sendto(server.answer(wire), asker)

    def stop() -> None:
        ended.set()
        link.sendto(b"", link.getsockname())

    with _served(serve, stop):
        yield server
    link.close()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server((HERE, 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _served(serve: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop()
        worker.join(timeout=WAIT)
