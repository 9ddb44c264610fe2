"""The cast of the room's tests: institutions of the directory, and officials with one post each."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import store
from minga.foundation.ledger.measure import AsOf, evaluate
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Actor, Post, Role
from minga.kernel.clock import today
from minga.kernel.indicators import Share
from minga.kernel.references import Reference
from minga.modules.cloud.actions import adoptions as actions
from minga.modules.cloud.models import Adoption, Service
from minga.modules.cloud.queries.services import service
from minga.modules.directory import contracts as directory

CLOUD = "computacion-compartida-cloud"
LINK = "enlace-de-datos"
HOSTING = "hospedaje-de-equipos"
OFFICE = "oficina-digital"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def official(role: Role, institution: str) -> Actor:
    """An invented official with one post."""
    found = directory.institution(institution)
    return Actor(
        reference=Reference.of("account", f"{role}-{institution}"),
        posts=(Post(role, found.reference, found.code),),
        name="Persona inventada",
    )


def paper(number: str = "1") -> StoredFile:
    """A small PDF that is kept; each number has its own bytes."""
    content = ContentFile(PDF + f"% {number}\n".encode(), name=f"contrato-{number}.pdf")
    return store(content, actor=Actor.system("tests"), allowed=["application/pdf"])


def text(code: str = CLOUD, **changes: Any) -> actions.AdoptionText:
    """What an institution writes about a contract that began in 2026."""
    written: dict[str, Any] = {
        "service": service(code),
        "contract": "CNT-2026-0147",
        "starts_on": date(2026, 3, 2),
        "expected_end": None,
    }
    return actions.AdoptionText(**written | changes)


def drafted(institution: str = "mdt", code: str = CLOUD, **changes: Any) -> Adoption:
    """A contract that an institution has begun to register, with its paper."""
    file = paper()
    return actions.draft_adoption(
        text(code, **changes),
        institution=directory.institution(institution),
        evidence=actions.Evidence(file=file, name=file.name),
        actor=official(Role.EDITOR, institution),
    )


def filed(institution: str = "mdt", code: str = CLOUD, **changes: Any) -> Adoption:
    """A contract that waits for the provider."""
    adoption = drafted(institution, code, **changes)
    signer = official(Role.APPROVER, institution)
    return actions.file_adoption(adoption.id, version=adoption.version, actor=signer)


def confirmed(institution: str = "mdt", code: str = CLOUD, **changes: Any) -> Adoption:
    """A contract that the provider has confirmed."""
    adoption = filed(institution, code, **changes)
    provider = official(Role.APPROVER, "cnt")
    return actions.confirm_adoption(adoption.id, version=adoption.version, actor=provider)


def counted(indicator: Share, on: date | None = None) -> int:
    """How many institutions an indicator counts on a day (today when none is given)."""
    return len(evaluate(indicator, AsOf(on or today())).counting)


def facts(name: str) -> list[LedgerFact]:
    """The ledger's facts of one kind, in order."""
    return list(LedgerFact.objects.filter(name=name).order_by("position"))


def offered(code: str) -> Service:
    """A service of the cartera as it is now."""
    return service(code)
