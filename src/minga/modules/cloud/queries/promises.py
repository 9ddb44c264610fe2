"""Which promise a month of a service is judged by."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from minga.modules.cloud.models import Promise


def promises() -> dict[UUID, list[Promise]]:
    """What was promised of each service, the first promise first (one query)."""
    found: dict[UUID, list[Promise]] = {}
    for promise in Promise.objects.order_by("since"):
        found.setdefault(promise.service_id, []).append(promise)
    return found


def promise_for(month: date, promises: Sequence[Promise]) -> Promise | None:
    """The promise that stood when a month began, so that a bad month cannot be mended by promising less in it.

    None for a month that began without one. `promises` of one service, the first one first.
    """
    return next((promise for promise in reversed(promises) if promise.since < month), None)
