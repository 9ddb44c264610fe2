"""A small load generator: a few connections kept open, one request after the other on each."""

import selectors
import socket
import sys
import time


def requests_per_second(port: int, path: str, seconds: float, connections: int = 8) -> float:
    """How many answers a local server gave a second; ConnectionError when it stops answering."""
    ask = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAccept-Language: es\r\n\r\n".encode()
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        link = socket.create_connection(("127.0.0.1", port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(link, selectors.EVENT_READ, bytearray())
        link.sendall(ask)
    answered, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _ in selector.select(timeout=5):
            link, buffer = key.fileobj, key.data
            assert isinstance(link, socket.socket)
            received = link.recv(262_144)
            if not received:
                raise ConnectionError("the server hung up")
            buffer += received
            if _complete(buffer):
                answered += 1
                buffer.clear()
                link.sendall(ask)
    elapsed = time.perf_counter() - began
    for key in list(selector.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()
    return answered / elapsed


def _complete(buffer: bytearray) -> bool:
    """Whether a whole answer with a Content-Length has come; SystemExit for anything but 200."""
    head = buffer.find(b"\r\n\r\n")
    if head < 0:
        return False
    if not buffer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(bytes(buffer[:200]).decode("latin-1"))
    lower = bytes(buffer[:head]).lower()
    start = lower.index(b"content-length:") + 15
    end = lower.find(b"\r\n", start)
    return len(buffer) >= head + 4 + int(lower[start : end if end > 0 else None])


if __name__ == "__main__":
    print(requests_per_second(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
