"""A mail server on the loopback for tests: takes letters, or refuses as it is told, and never waits long."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

PATIENCE = 5


@dataclass
class PostOffice:
    """What the server was given, and how it answers a recipient, a text and an account."""

    port: int = 0
    recipient: bytes = b"250 ok"
    text: bytes = b"250 taken"
    account: bytes = b"235 welcome"
    accounts: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    @property
    def letters(self) -> list[EmailMessage]:
        """The letters as a reader's program shows them."""
        return [message_from_bytes(each, policy=policy.default) for each in self.raw]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, office: PostOffice) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.office = office


class _Clerk(socketserver.StreamRequestHandler):
    timeout = PATIENCE

    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        office = self.server.office
        self._say(b"220 post office")
        while line := self.rfile.readline().strip():
            verb = line.split(b" ", 1)[0].upper()
            if verb == b"EHLO":
                self._say(b"250-post office\r\n250 AUTH PLAIN")
            elif verb == b"AUTH":
                office.accounts.append(line)
                self._say(office.account)
            elif verb == b"RCPT":
                office.recipients.append(line.split(b"<")[1].split(b">")[0].decode())
                self._say(office.recipient)
            elif verb == b"DATA":
                self._say(b"354 go on")
                self._take(office)
            elif verb == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def _take(self, office: PostOffice) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if office.text.startswith(b"2"):
            office.raw.append(b"".join(lines))
        self._say(office.text)


@contextlib.contextmanager
def open_office() -> Iterator[PostOffice]:
    """A server that listens while the test runs."""
    office = PostOffice()
    with _Server(office) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join(PATIENCE)
