"""What a backup costs, beside what the disk itself can do: writing, reading back, proving, restoring."""

import hashlib
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bench.ledger import insert
from bench.table import Row

PROMISED = 50.0
"""MB of rows and files a second, written and read back, or what the disk allows"""
PIECE = 8 * 2**20
RUNS = 3
"""of which the fastest counts: a busy machine says nothing about Minga"""


def measure(home: Path, *, facts: int, megabytes: int) -> Iterator[Row]:
    """Save and restore `facts` more facts and this much of files that cannot be compressed."""
    from minga.foundation.ledger.sealing import seal
    from minga.foundation.ledger.verification import verify
    from minga.site import settings
    from minga.site.backups.contents import check
    from minga.site.backups.restoring import restore
    from minga.site.backups.taking import instance_name, take

    insert(facts)
    seal()
    _keep_files(megabytes)
    path = home / "bench.minga-backup"
    spans, disk = [], 0.0
    for _ in range(RUNS):
        path.unlink(missing_ok=True)
        began = time.perf_counter()
        taken = take(path, passphrase=None, prove=False)
        spans.append(time.perf_counter() - began)
        disk = max(disk, _disk(home / "bench.plain", taken.size))
    found = check(path)
    size = found.proof["files"]["bytes"] + sum(table["bytes"] for table in found.proof["tables"].values())
    what = f"{facts:,} facts and {megabytes} MB of files"
    yield Row("the disk: as many bytes written and read back (for comparison)", "MB/s", disk, 0, True)
    yield Row(f"backup of {what}", "MB/s", size / min(spans) / 1e6, min(PROMISED, disk), True)
    began = time.perf_counter()
    verify(anchored=False)
    proving = time.perf_counter() - began
    yield Row(f"the proof of {facts:,} facts that goes with it", "s", proving, 60.0 * facts / 1_000_000)
    began = time.perf_counter()
    verdict = restore(found, settings.database_url("minga_owner"), replace=instance_name()).verdict
    yield Row(f"restoring {what}", "s", time.perf_counter() - began, 180.0 * facts / 1_000_000)
    if not verdict.sound or verdict.facts < facts:
        raise SystemExit(f"the restored ledger is not the one that was saved: {verdict}")


def _keep_files(megabytes: int) -> None:
    from minga.foundation.files.models import StoredFile
    from minga.foundation.files.storing import put_back

    for _ in range(max(1, megabytes * 2**20 // PIECE)):
        content = os.urandom(PIECE)
        sha256 = hashlib.sha256(content).hexdigest()
        put_back(sha256, io.BytesIO(content))
        StoredFile.objects.create(
            sha256=sha256,
            size=PIECE,
            media_type="application/octet-stream",
            name="bench.bin",
            uploaded_by="urn:minga:system:bench",
            scan=StoredFile.Scan.NOT_SCANNED,
        )


def _disk(path: Path, size: int) -> float:
    """MB a second of writing `size` bytes to the disk and reading them from it again."""
    block = os.urandom(2**20)
    began = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for _ in range(max(1, size // len(block))):
            file.write(block)
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with path.open("rb", buffering=0) as file:
        while file.read(len(block)):
            pass
    seconds = time.perf_counter() - began
    path.unlink()
    return size / seconds / 1e6
