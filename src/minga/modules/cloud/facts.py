"""What happens in the cloud room."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from minga.kernel.facts import Code, Fact, Sha256
from minga.kernel.references import Reference
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class ServiceOffered(Fact, name="cloud.service.offered", version=1):
    """The provider offers a service from a day on; the subject is the service."""

    title = N_("El proveedor empezó a ofrecer un servicio en la nube")

    category: Code


@dataclass(frozen=True, kw_only=True)
class ServiceRetired(Fact, name="cloud.service.retired", version=1):
    """The provider no longer offers a service to institutions that do not use it yet."""

    title = N_("El proveedor dejó de ofrecer un servicio en la nube")

    category: Code


@dataclass(frozen=True, kw_only=True)
class ServicePromised(Fact, name="cloud.service.promised", version=1):
    """The provider promises how well a service works from a day on: percent of each month, milliseconds to answer."""

    title = N_("El proveedor publicó lo que promete de un servicio")

    availability: Decimal | None
    response_ms: int | None


@dataclass(frozen=True, kw_only=True)
class PriceSet(Fact, name="cloud.price.set", version=1):
    """One unit of a service has this price, in dollars, from a day on; the subject is the service."""

    title = N_("El proveedor publicó un precio")

    price: Reference
    amount: Decimal
    period: Code
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class PriceWithdrawn(Fact, name="cloud.price.withdrawn", version=1):
    """A price was published by mistake."""

    title = N_("El proveedor retiró un precio publicado por error")

    price: Reference


@dataclass(frozen=True, kw_only=True)
class HostingConfirmed(Fact, name="cloud.hosting.confirmed", version=1):
    """The provider confirmed that an institution uses a service of the data centre; the subject is the contract."""

    title = N_("CNT EP confirmó que una institución usa el centro de datos gubernamental")

    service: Reference
    evidence: Sha256 | None


@dataclass(frozen=True, kw_only=True)
class HostingEnded(Fact, name="cloud.hosting.ended", version=1):
    """A contract for a service of the data centre ended, or had been confirmed by mistake."""

    title = N_("Terminó el uso de un servicio del centro de datos gubernamental")

    service: Reference
    reason: Code


@dataclass(frozen=True, kw_only=True)
class ConnectionConfirmed(Fact, name="cloud.connection.confirmed", version=1):
    """The provider confirmed that an institution uses a service of the network; the subject is the contract."""

    title = N_("CNT EP confirmó que una institución usa la red gubernamental")

    service: Reference
    evidence: Sha256 | None


@dataclass(frozen=True, kw_only=True)
class ConnectionEnded(Fact, name="cloud.connection.ended", version=1):
    """A contract for a service of the network ended, or had been confirmed by mistake."""

    title = N_("Terminó el uso de un servicio de la red gubernamental")

    service: Reference
    reason: Code


@dataclass(frozen=True, kw_only=True)
class ApplicationConfirmed(Fact, name="cloud.application.confirmed", version=1):
    """The provider confirmed that an institution uses an application in the cloud; no indicator counts it."""

    title = N_("CNT EP confirmó que una institución usa una aplicación en la nube")

    service: Reference
    evidence: Sha256 | None


@dataclass(frozen=True, kw_only=True)
class ApplicationEnded(Fact, name="cloud.application.ended", version=1):
    """A contract for an application in the cloud ended, or had been confirmed by mistake."""

    title = N_("Terminó el uso de una aplicación en la nube")

    service: Reference
    reason: Code


@dataclass(frozen=True, kw_only=True)
class GuidelinePublished(Fact, name="cloud.guideline.published", version=1):
    """A version of the guidelines for buying cloud services is in force; the subject is the version."""

    title = N_("Se publicó una versión de los lineamientos para contratar servicios en la nube")

    questions: int
    content: Sha256


@dataclass(frozen=True, kw_only=True)
class SelfCheckFinished(Fact, name="cloud.selfcheck.finished", version=1):
    """An institution checked a planned purchase against the guidelines; the subject is the check."""

    title = N_("Una institución revisó una compra con los lineamientos de la nube")

    guideline: Reference
    score: int | None
    critical_missing: int


@dataclass(frozen=True, kw_only=True)
class ServiceRated(Fact, name="cloud.service.rated", version=1):
    """An institution answered a month's survey about a service, or answered it again; the subject is the service."""

    title = N_("Una institución calificó un servicio en la nube")

    month: date
    overall: int
    support: int
    reliability: int


@dataclass(frozen=True, kw_only=True)
class ImprovementOpened(Fact, name="cloud.improvement.opened", version=1):
    """Something will be put right in a service; the subject is the action, the institution its owner."""

    title = N_("Se abrió una acción de mejora de un servicio en la nube")

    service: Reference
    cause: Code
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ImprovementPostponed(Fact, name="cloud.improvement.postponed", version=1):
    """The last day of an action moved."""

    title = N_("Una acción de mejora tiene una nueva fecha")

    service: Reference
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ImprovementDone(Fact, name="cloud.improvement.done", version=1):
    """The owner says that the action is done; the steward has still to verify it."""

    title = N_("Se informó que una acción de mejora está hecha")

    service: Reference


@dataclass(frozen=True, kw_only=True)
class ImprovementReturned(Fact, name="cloud.improvement.returned", version=1):
    """The steward found that an action said to be done is not."""

    title = N_("Se devolvió una acción de mejora que todavía no está hecha")

    service: Reference


@dataclass(frozen=True, kw_only=True)
class ImprovementVerified(Fact, name="cloud.improvement.verified", version=1):
    """The steward verified that the action is done."""

    title = N_("Se verificó una acción de mejora")

    service: Reference


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Fact, name="cloud.proposal.made", version=1):
    """An institution asks for a new service; the subject is the proposal."""

    title = N_("Una institución propuso un nuevo servicio en la nube")

    category: Code
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Fact, name="cloud.proposal.supported", version=1):
    """An institution voted for a proposal, or changed its vote."""

    title = N_("Una institución apoyó una propuesta de servicio en la nube")

    support: Code


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Fact, name="cloud.proposal.unsupported", version=1):
    """An institution took its vote for a proposal back."""

    title = N_("Una institución retiró su apoyo a una propuesta")


@dataclass(frozen=True, kw_only=True)
class ProposalAnswered(Fact, name="cloud.proposal.answered", version=1):
    """The provider accepted or declined a proposal; an accepted one becomes a service in preparation."""

    title = N_("El proveedor respondió una propuesta de servicio en la nube")

    accepted: bool
    service: Reference | None


@dataclass(frozen=True, kw_only=True)
class MonitorStarted(Fact, name="cloud.monitor.started", version=1):
    """An address of a service is measured from now on; the subject is the monitor."""

    title = N_("Empezó a medirse un servicio en la nube")

    service: Reference
    kind: Code
    interval_minutes: int
    window: Code


@dataclass(frozen=True, kw_only=True)
class MonitorStopped(Fact, name="cloud.monitor.stopped", version=1):
    """An address of a service is no longer measured, for a while or for good."""

    title = N_("Dejó de medirse un servicio en la nube")

    service: Reference
    reason: Code


@dataclass(frozen=True, kw_only=True)
class MaintenanceAnnounced(Fact, name="cloud.maintenance.announced", version=1):
    """The provider announced works: the promise does not hold meanwhile; the subject is the works."""

    title = N_("El proveedor anunció un mantenimiento")

    service: Reference
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class MaintenanceCancelled(Fact, name="cloud.maintenance.cancelled", version=1):
    """Announced works will not take place."""

    title = N_("El proveedor canceló un mantenimiento")

    service: Reference


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(Fact, name="cloud.incident.opened", version=1):
    """A service does not work as promised; the subject is the incident."""

    title = N_("Empezó una incidencia en un servicio en la nube")

    service: Reference
    source: Code


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Fact, name="cloud.incident.closed", version=1):
    """The service works again, or had never failed; `minutes` is how long it did not."""

    title = N_("Terminó una incidencia en un servicio en la nube")

    service: Reference
    reason: Code
    minutes: int


@dataclass(frozen=True, kw_only=True)
class IncidentExplained(Fact, name="cloud.incident.explained", version=1):
    """The provider told what an incident was due to."""

    title = N_("El proveedor explicó la causa de una incidencia")

    service: Reference
    cause: Code
