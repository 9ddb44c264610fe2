"""Digests that anybody can compute again: of plain data and of a stream of bytes."""

import hashlib
import json
from typing import IO, Any

CHUNK = 64 * 1024


def of_json(value: Any) -> str:
    """SHA-256 of plain data in canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def of_stream(content: IO[bytes]) -> tuple[int, str]:
    """Size in bytes and SHA-256 of what is left to read."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()
