"""Authorities, and the means to reach this machine."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from minga.foundation.probing import Guard, Means


@pytest.fixture(scope="session")
def authority():
    """A certification authority of the tests' own."""
    return trustme.CA()


@pytest.fixture(scope="session")
def trust(authority):
    """What a probe trusts: that authority alone."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def means(trust):
    """A function that makes means which reach loopback, with short limits."""

    def make(*networks: str, resolver=None, step_seconds: float = 0.5) -> Means:
        guard = Guard.of(networks or ("127.0.0.0/8",))
        return Means(guard=guard, trust=trust, resolver=resolver, step_seconds=step_seconds)

    return make


@pytest.fixture
def secured(authority):
    """A function that makes a server's context for some names, by default with a certificate of the authority."""

    def make(*names: str, by: trustme.CA | None = None, days: int = 90) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ends = datetime.now(UTC) + timedelta(days=days)
        certificate = (by or authority).issue_cert(
            *names, not_before=ends - timedelta(days=200), not_after=ends
        )
        certificate.configure_cert(context)
        return context

    return make
