"""A peer that speaks clamd's protocol on a real socket, and finds the EICAR test file."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# In two halves, so that this very file is no finding; it is harmless: https://www.eicar.org
EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
LARGEST = 2_000_000


class Clamd:
    """Answers INSTREAM, VERSION and nothing else; `mood` makes it ill."""

    def __init__(self, listener: socket.socket, mood: str) -> None:
        self.listener, self.mood, self.scanned = listener, mood, 0

    def serve(self) -> None:
        """Answer one connection after another until the listener closes."""
        while True:
            try:
                link, _address = self.listener.accept()
            except OSError:
                return
            with link:
                try:
                    self._answer(link)
                except OSError:
                    continue

    def _answer(self, link: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += link.recv(1)
        if self.mood == "silent":
            return
        if command == b"zVERSION\0":
            link.sendall(b"ClamAV 1.4.1/27400\0")
        elif command == b"zINSTREAM\0":
            link.sendall(self._verdict(link) + b"\0")
        else:
            link.sendall(b"UNKNOWN COMMAND\0")

    def _verdict(self, link: socket.socket) -> bytes:
        content = b""
        while size := struct.unpack("!I", self._exactly(link, 4))[0]:
            content += self._exactly(link, size)
            if len(content) > LARGEST:
                return b"INSTREAM size limit exceeded. ERROR"
        self.scanned += 1
        if self.mood == "ill":
            return b"stream: Can't allocate memory ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"

    @staticmethod
    def _exactly(link: socket.socket, size: int) -> bytes:
        content = b""
        while len(content) < size:
            part = link.recv(size - len(content))
            if not part:
                raise ConnectionError
            content += part
        return content


@contextmanager
def running(listener: socket.socket, mood: str = "well") -> Iterator[Clamd]:
    """The peer, at work on this bound socket."""
    listener.listen()
    peer = Clamd(listener, mood)
    worker = threading.Thread(target=peer.serve, daemon=True)
    worker.start()
    try:
        yield peer
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        worker.join(timeout=5)
