"""The API keeps its own description: schemathesis asks everything, rightly and wrongly, and compares the answers."""

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from minga.foundation.ledger.models import LedgerFact
from minga.site.api.openapi import document
from minga.site.tests import published
from minga.site.wsgi import application

pytestmark = pytest.mark.django_db
TOO_LONG = 414
"""What a wrong parameter may also meet, when it is so long that nobody reads it."""
REFUSALS = [400, 401, 404, 405, 406, TOO_LONG, 415, 422]
rules = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
described = schemathesis.openapi.from_dict(document(), config=rules)


def plainly(environ, start_response):
    """The application, for a client that says it takes compressed answers and then does not unpack them."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start_response)


described.app = plainly


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """Things that exist, by the name of the parameter that leads to each, and by the list that holds them."""
    with django_db_blocker.unblock(), transaction.atomic():
        norm = published.load()
        fact = LedgerFact.objects.filter(name="plan.norm.issued").latest("position")
        yield {
            "/institutions": {"code": "mintel"},
            "/places": {"code": "1701"},
            "/programmes": {"code": "P1"},
            "/strategies": {"code": "E12"},
            "/initiatives": {"code": "12.2"},
            "/indicators": {"code": "15"},
            "/norms": {"norm_id": str(norm)},
            "/cloud-services": {"code": "hospedaje-de-equipos"},
            "/facts": {"position": fact.position},
            "/fact-types": {"name": "plan.norm.issued"},
        }
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _one_connection():
    """The server's end of a request would close the connection that the test's transaction lives on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@described.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, known, monkeypatch):
    monkeypatch.setattr(django_settings, "MINGA_API_LIMIT", 1_000_000)
    if case.path_parameters and case.meta.generation.mode.is_positive:
        case.path_parameters = known["/" + case.path.split("/")[1]]
    case.call_and_validate()
