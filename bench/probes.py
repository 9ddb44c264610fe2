"""What measuring costs: the job of one minute, on the one thread of a worker that it gets.

Each probe of a name also asks a name server, as in real life. The servers run in a process of their own; on a
machine of two cores they take the other one. The job asks, keeps what it found and opens incidents. Minutes are of
this process's own time: what other programs take of the machine is left out, and so is the pace that the probes keep.
"""

import contextlib
import json
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.probed import CERTIFICATE, HERE, NAME
from bench.table import Row

if TYPE_CHECKING:
    from minga.foundation.probing import Means

PROMISED = 5_000
NEAR = 100
"""Milliseconds: waiting inside our own process must not look like a slow target."""


@dataclass(frozen=True)
class Servers:
    """Where the servers listen, and the certificate to trust."""

    ports: dict[str, int]
    certificate: Path

    def addresses(self, *, silent: bool) -> list[tuple[str, str]]:
        """Ten monitors of one service, as (kind, address): four of them with a TLS handshake."""
        port = self.ports
        first = port["silent"] if silent else port["http"]
        return [
            ("http", f"http://{NAME}:{first}/1"),
            *(("http", f"http://{NAME}:{port['http']}/{n}") for n in (2, 3, 4)),
            *(("http", f"https://{NAME}:{port['https']}/{n}") for n in (1, 2, 3)),
            ("tls", f"tls://{NAME}:{port['https']}"),
            ("tcp", f"tcp://{NAME}:{port['http']}"),
            ("dns", f"dns://{HERE}:{port['dns']}/{NAME}"),
        ]


def measure(count: int) -> Iterator[Row]:
    """One round of `count` monitors; then the same when one in fifty keeps silent and becomes an incident."""
    with _servers() as servers:
        yield from _round(servers, count, silent=0)
        yield from _round(servers, count, silent=count // 50)


def _round(servers: Servers, count: int, *, silent: int) -> Iterator[Row]:
    from minga.kernel.clock import frozen, now
    from minga.modules.cloud.actions import measuring
    from minga.modules.cloud.models import Incident, Measurement, Monitor

    Monitor.objects.update(next_at=now() + timedelta(days=1))
    _monitors(servers, count, silent)
    newest = Measurement.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with frozen(now()):
        began = time.process_time()
        measuring.probe_due(means=_means(servers))
        minutes = (time.process_time() - began) / 60
    kept = Measurement.objects.filter(id__gt=newest)
    down, opened = kept.filter(up=False).count(), Incident.objects.filter(state="open").count()
    if down != opened or down > silent:
        raise SystemExit(f"{down} of {silent} silent targets were noticed, {opened} became incidents")
    title = "one target in fifty keeps silent" if silent else "4 of 10 with TLS"
    yield Row(f"probes a minute of one core, {title}", "", kept.count() / minutes, PROMISED, at_least=True)
    times = kept.filter(up=True).values_list("milliseconds", flat=True)
    yield Row("- response time of these servers beside it: median", "ms", statistics.median(times), NEAR)


def _monitors(servers: Servers, count: int, silent: int) -> None:
    from minga.kernel.clock import now
    from minga.modules.cloud.models import Monitor, Service
    from minga.modules.directory import contracts as directory

    provider, moment = directory.institution("cnt").id, now()
    services = Service.objects.bulk_create(
        Service(code=f"bench-{silent}-{n}", title=f"Bench {n}", sort_key=str(n), provider_id=provider)
        for n in range(count // 10)
    )
    Monitor.objects.bulk_create(
        Monitor(
            service=service,
            title=address,
            kind=kind,
            address=address,
            started_at=moment,
            next_at=moment - timedelta(minutes=1),
            failures_to_open=1,
            synthetic=True,
        )
        for place, service in enumerate(services)
        for kind, address in servers.addresses(silent=place < silent)
    )


def _means(servers: Servers) -> "Means":
    from dns.asyncresolver import Resolver
    from dns.nameserver import Do53Nameserver

    from minga.foundation.probing import Guard, Means

    resolver = Resolver(configure=False)
    resolver.nameservers = [Do53Nameserver(HERE, servers.ports["dns"])]
    trust = ssl.create_default_context(cafile=str(servers.certificate))
    return Means(guard=Guard.of([f"{HERE}/32"]), trust=trust, resolver=resolver)


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
