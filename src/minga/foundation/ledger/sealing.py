"""Sealing: a signed Merkle root over each range of settled facts, chained to the one before.

Nobody waits for a seal: facts get their positions from a sequence without any lock. A position is settled when
every transaction that could still write at or below it has ended; only then can a range be sealed for good.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from minga.foundation.ledger.models import LedgerSeal
from minga.kernel import merkle
from minga.kernel.clock import now

RANGE = 10_000
"""Facts a seal covers at most: how closely `verify` can point at a changed one."""

GENESIS = bytes(32)
_LOCK = 0x4D696E67
_LEAVES = """
    SELECT sha256('\\x00'::bytea || convert_to(array_to_string(ARRAY[
        position::text, name, version::text,
        (extract(epoch FROM occurred_at) * 1000000)::bigint::text,
        (extract(epoch FROM recorded_at) * 1000000)::bigint::text,
        subject, institution, actor, left(synthetic::text, 1), payload::text], E'\\n', ''), 'UTF8'))
    FROM ledger_fact WHERE position BETWEEN %s AND %s ORDER BY position
"""
_OTHERS_WRITING = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = 'ledger_fact'::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid IS DISTINCT FROM pg_backend_pid()
"""


def instance_key() -> Ed25519PrivateKey:
    """The key that signs this instance's seals (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(settings.MINGA_LEDGER_KEY[:32])


def leaves(first: int, last: int) -> list[bytes]:
    """The leaf digests of the facts in these positions, in order; the row's text form is in `_LEAVES`."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES, [first, last])
        return [bytes(row[0]) for row in cursor.fetchall()]


def frontier(*, wait: float = 5.0) -> int:
    """The highest settled position: at or below it, the ledger will never change.

    A transaction that records a fact locks the table for writing before it takes a position, and holds that
    lock until it has ended. So once all that held one when we looked at the sequence have ended (the caller's
    own aside), all positions up to there are decided. Waits at most `wait` seconds; if some still run, answers
    the last sealed position.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ledger_position")
        position: int = cursor.fetchone()[0]
        until = time.monotonic() + wait
        writing = _others_writing()
        while writing:
            if time.monotonic() >= until:
                newest = LedgerSeal.objects.order_by("-number").first()
                return newest.last if newest else 0
            time.sleep(0.05)
            writing &= _others_writing()
    return position


def _others_writing() -> set[str]:
    """The transactions that have recorded facts and not ended yet, the caller's own aside."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS_WRITING)
        return {row[0] for row in cursor.fetchall()}


def digest(seal: LedgerSeal) -> bytes:
    """What a seal's signature covers and the next seal points back to."""
    moment = int(seal.sealed_at.timestamp() * 1_000_000)
    fields = [seal.number, seal.first, seal.last, seal.facts, moment]
    text = "\n".join(str(value) for value in fields).encode()
    return hashlib.sha256(b"minga-seal-1\n" + text + bytes(seal.root) + bytes(seal.previous)).digest()


def seal(*, width: int = RANGE) -> int:
    """Seal everything that is settled, in ranges of `width` positions; returns how many facts were sealed.

    Runs alone: a second caller returns 0 at once. The anchor moves on only while it names a seal that is here;
    else it is left as it is for `verify` to find, until somebody accepts the ledger on purpose.
    """
    sealed = 0
    last = frontier()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        previous = LedgerSeal.objects.order_by("-number").first()
        anchored = _anchored(previous)
        for first, end in _ranges(previous.last + 1 if previous else 1, last, width):
            previous = _seal_range(previous, first, end, moment=now())
            sealed += previous.facts
    if previous is not None and anchored:
        remember(previous)
    return sealed


def _anchored(newest: LedgerSeal | None) -> bool:
    """Whether the anchor names one of our seals; with no seal yet, whether there is no anchor."""
    try:
        anchor = remembered()
    except ValueError:
        return False
    if not anchor:
        return newest is None
    named = LedgerSeal.objects.filter(number=anchor["number"]).first()
    return named is not None and digest(named).hex() == anchor["digest"]


def _ranges(first: int, last: int, width: int) -> Iterator[tuple[int, int]]:
    while first <= last:
        yield first, min(first + width - 1, last)
        first += width


def _seal_range(previous: LedgerSeal | None, first: int, last: int, *, moment: datetime) -> LedgerSeal:
    found = leaves(first, last)
    new = LedgerSeal(
        number=previous.number + 1 if previous else 1,
        first=first,
        last=last,
        facts=len(found),
        root=merkle.root(found),
        previous=digest(previous) if previous else GENESIS,
        sealed_at=moment,
    )
    new.signature = instance_key().sign(digest(new))
    new.save(force_insert=True)
    return new


def anchor_path() -> Path:
    """Where the newest seal is remembered outside the database, so that cutting off the end shows."""
    return Path(settings.MINGA_HOME) / "ledger-anchor.json"


def remembered() -> dict[str, Any]:
    """Number and digest of the seal that the anchor names; empty without the file, ValueError if damaged."""
    try:
        anchor: dict[str, Any] = json.loads(anchor_path().read_text())
    except FileNotFoundError:
        return {}
    return anchor


def accept() -> LedgerSeal | None:
    """Let the anchor name the newest seal that is here, whatever it named before; None when there is no seal."""
    newest = LedgerSeal.objects.order_by("-number").first()
    if newest is None:
        anchor_path().unlink(missing_ok=True)
    else:
        remember(newest)
    return newest


def remember(seal: LedgerSeal) -> None:
    """Write the newest seal's number and digest beside the database."""
    path = anchor_path()
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"number": seal.number, "digest": digest(seal).hex()}))
    draft.replace(path)
