"""What probing costs: probes of all four kinds a minute, on the one thread that a worker gives a round.

Every target has a name, so that each probe also asks a name server, as in real life. The servers run in a process of
their own; on a machine of two cores they take the other one.
"""

import contextlib
import json
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.probed import CERTIFICATE, HERE, NAME
from bench.table import Row

PROMISED = 5_000
SHARES = {"http": 4, "https": 3, "tls": 1, "tcp": 1, "dns": 1}
"""The mix, of ten: four of them with a TLS handshake."""


@dataclass(frozen=True)
class Servers:
    """Where the servers listen, and the certificate to trust."""

    ports: dict[str, int]
    certificate: Path

    def written(self, kind: str) -> tuple[str, str]:
        """A target of this kind: how it is asked, and its address."""
        port = self.ports
        return {
            "http": ("http", f"http://{NAME}:{port['http']}/"),
            "https": ("http", f"https://{NAME}:{port['https']}/"),
            "silent": ("http", f"http://{NAME}:{port['silent']}/"),
            "tls": ("tls", f"{NAME}:{port['https']}"),
            "tcp": ("tcp", f"{NAME}:{port['http']}"),
            "dns": ("dns", f"{HERE}:{port['dns']}/{NAME}"),
        }[kind]


def measure(count: int) -> Iterator[Row]:
    """Probe `count` targets in one round; then the same with one in fifty that never answers."""
    with _servers() as servers:
        sound = [kind for kind, share in SHARES.items() for _ in range(share)]
        mixed = [sound[place % len(sound)] for place in range(count)]
        yield _row("probes a minute on one worker, 4 of 10 with TLS", servers, mixed)
        mixed[::50] = ["silent"] * len(mixed[::50])
        yield _row("the same, one target in fifty keeps silent", servers, mixed)


def _row(title: str, servers: Servers, kinds: list[str]) -> Row:
    from dns.asyncresolver import Resolver
    from dns.nameserver import Do53Nameserver

    from minga.foundation.probing import Guard, Kind, Means, Target, probe_all

    resolver = Resolver(configure=False)
    resolver.nameservers = [Do53Nameserver(HERE, servers.ports["dns"])]
    trust = ssl.create_default_context(cafile=str(servers.certificate))
    means = Means(guard=Guard.of([f"{HERE}/32"]), trust=trust, resolver=resolver)
    targets = [Target.parse(Kind(kind), text) for kind, text in map(servers.written, kinds)]
    began = time.perf_counter()
    outcomes = probe_all(targets, means=means)
    minutes = (time.perf_counter() - began) / 60
    wrong = [o.reason for o, kind in zip(outcomes, kinds, strict=True) if o.ok == (kind == "silent")]
    if wrong:
        raise SystemExit(f"{len(wrong)} probes found what is not so: {wrong[:3]}")
    return Row(title, "", len(targets) / minutes, PROMISED, at_least=True)


@contextlib.contextmanager
def _servers() -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="minga-bench-") as folder:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bench.probed", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin
        assert process.stdout
        try:
            yield Servers(json.loads(process.stdout.readline()), Path(folder) / CERTIFICATE)
        finally:
            process.stdin.close()
            process.wait(10)
