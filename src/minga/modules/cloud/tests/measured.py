"""What the tests of monitoring share: a service, those who may act on it, and addresses of this machine."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from minga.kernel.actors import Actor, Post, Role
from minga.kernel.clock import frozen, today
from minga.kernel.references import Reference
from minga.modules.cloud.actions.monitoring import MonitorText, start_monitor
from minga.modules.cloud.models import Adoption, Monitor, Promise, Service
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.models.monitoring import Interval, MonitorKind, Window
from minga.modules.directory import contracts as directory
from minga.modules.identity.tests.cast import new_institution

MONDAY = datetime.fromisoformat("2026-03-02T10:00:00-05:00")


def institutions() -> None:
    """The provider, the steward's institution, and one that uses services."""
    for code, name in (("cnt", "Proveedor"), ("mintel", "Ente rector"), ("mdt", "Institución usuaria")):
        new_institution(code, name)


def official(role: Role, code: str) -> Actor:
    """An invented official with one role in one institution."""
    found = directory.institution(code)
    post = Post(role, found.reference, found.code)
    return Actor(Reference.of("account", f"{role}-{code}"), (post,), "Persona inventada")


def service(code: str = "hosting", **fields: object) -> Service:
    """A service on offer that has promised 99,5 % and half a second since before this month."""
    given = {
        "title": f"Servicio {code}",
        "sort_key": code,
        "category": "hosting",
        "summary": "Un servicio de prueba.",
        "audience": "Instituciones",
        "how_to_ask": "Escriba al proveedor.",
        "state": "offered",
        "offered_on": today(),
        "availability_target": Decimal("99.50"),
        "response_target_ms": 500,
        "synthetic": False,
        "provider_id": directory.institution("cnt").id,
    }
    made = Service.objects.create(code=code, **(given | fields))
    Promise.objects.keep(made, since=today() - timedelta(days=40))
    return made


def in_use(used: Service, code: str = "mdt") -> Adoption:
    """A confirmed contract of an institution for a service."""
    return Adoption.objects.create(
        service=used,
        institution_id=directory.institution(code).id,
        contract="C-1",
        starts_on=today(),
        state=AdoptionState.CONFIRMED,
        synthetic=True,
    )


def text(of: Service, address: str = "http://127.0.0.1:8000/", **fields: object) -> MonitorText:
    """What somebody writes to measure an address."""
    given: dict[str, object] = {
        "title": "Portal",
        "kind": MonitorKind.HTTP,
        "expected_status": 200,
        "interval_minutes": Interval.MINUTE,
        "window": Window.ALWAYS,
        "failures_to_open": 3,
        "successes_to_close": 2,
    }
    return MonitorText(service=of, address=address, **(given | fields))  # type: ignore[arg-type]


def monitor(of: Service, address: str = "http://127.0.0.1:8000/", **fields: object) -> Monitor:
    """An address that is measured."""
    return start_monitor(text(of, address, **fields), actor=official(Role.APPROVER, "cnt"))


@contextmanager
def minutes_after(start: datetime, minutes: float):
    """It is so many minutes after."""
    with frozen(start + timedelta(minutes=minutes)):
        yield
