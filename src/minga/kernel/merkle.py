"""Merkle trees as in RFC 6962, section 2.1: one digest that stands for a whole list of rows."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """The digest of one row: SHA-256 of a zero byte and the row."""
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of a tree over these leaf digests, in their order; of no leaves, SHA-256 of nothing.

    A level with an odd last node passes it up unchanged, which builds the same tree as the recursive split at
    the largest power of two in the RFC.
    """
    if not leaves:
        return EMPTY
    level = list(leaves)
    sha256 = hashlib.sha256
    while len(level) > 1:
        pairs = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        if len(level) % 2:
            pairs.append(level[-1])
        level = pairs
    return level[0]
