"""Mail that goes to a real server on the loopback, instead of Django's list of test letters."""

import pytest

from minga.foundation.outbox.tests.postoffice import open_office


@pytest.fixture
def use_server(settings):
    """A function that makes a port of the loopback the mail server."""

    def use(port, **more):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        for name, value in more.items():
            setattr(settings, name, value)

    return use


@pytest.fixture
def office(use_server):
    """An open post office that Minga's mail goes to."""
    with open_office() as opened:
        use_server(opened.port)
        yield opened
