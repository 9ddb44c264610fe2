"""The card of the cloud room."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.search import Document
from minga.kernel.cards import Finding, NavigationEntry, Panel, Room, SearchSource, Seed, Severity
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.cloud import facts, indicators
from minga.modules.cloud.actions.demonstration import load_demonstration
from minga.modules.cloud.actions.measured_demonstration import load_measurements
from minga.modules.cloud.actions.powers import READERS
from minga.modules.cloud.actions.seeding import load_guidelines, load_services
from minga.modules.cloud.models.service import Family
from minga.modules.cloud.queries import (
    adoptions,
    guidelines,
    improvements,
    incidents,
    monitoring,
    proposals,
    selfchecks,
    services,
)
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory


def _documents() -> Iterator[Document]:
    """Everything of the room that people can find."""
    for service in services.public_services():
        yield services.search_document(service)
    guideline = guidelines.in_force()
    if guideline is not None:
        yield guidelines.search_document(guideline)
    for proposal in proposals.proposals():
        yield proposals.search_document(proposal)


def _institution_panel(institution: Reference, on: date) -> Panel | None:
    """Which services of the cartera an institution uses."""
    uses = adoptions.uses_of(UUID(institution.id))
    if not uses:
        return None
    rows = [(str(use.family.label), use.title, reverse("cloud:service", args=[use.code])) for use in uses]
    return Panel(_("Qué usa de la nube del Estado"), rows)


def _home() -> Panel | None:
    """How many institutions use the data centre and the network; nothing while nobody does."""
    reached = indicators.reached(on=today())
    if not any(outcome.counting for outcome in reached.values()):
        return None
    address = reverse("cloud:adoption")
    return Panel(
        _("La nube del Estado"),
        [
            (
                _("Instituciones en el centro de datos"),
                str(len(reached[Family.DATA_CENTRE].counting)),
                address,
            ),
            (_("Instituciones en la red"), str(len(reached[Family.NETWORK].counting)), address),
        ],
    )


def _check_config() -> list[Finding]:
    """Whether the provider that confirms contracts exists in the directory."""
    try:
        provider = directory.institution(services.PROVIDER)
    except NotFound:
        return [
            Finding(
                Severity.ERROR,
                _("El directorio no tiene la institución «%(code)s», que confirma los contratos de la nube.")
                % {"code": services.PROVIDER},
                _("Ejecute «minga seed» o regístrela en el directorio con ese código."),
            )
        ]
    return [
        Finding(Severity.OK, _("Confirma los contratos de la nube: %(name)s.") % {"name": provider.title})
    ]


card = Room(
    name="cloud",
    title=N_("Nube del Estado"),
    level=3,
    serves=("E9",),
    urls=(("", "minga.modules.cloud.urls"),),
    api="minga.modules.cloud.api",
    navigation=(
        NavigationEntry(
            title=N_("Nube del Estado"),
            url_name="cloud:index",
            order=60,
            description=N_("Qué servicios del Estado hay en la nube, quién los usa y cómo funcionan."),
        ),
    ),
    workplace=(
        NavigationEntry(
            title=N_("Nube del Estado"),
            url_name="cloud:adoptions",
            order=60,
            description=N_("Contratos, satisfacción, mejoras, propuestas y compras en la nube."),
            roles=READERS,
        ),
    ),
    facts=(
        facts.ServiceOffered,
        facts.ServiceRetired,
        facts.ServicePromised,
        facts.PriceSet,
        facts.PriceWithdrawn,
        facts.HostingConfirmed,
        facts.HostingEnded,
        facts.ConnectionConfirmed,
        facts.ConnectionEnded,
        facts.ApplicationConfirmed,
        facts.ApplicationEnded,
        facts.GuidelinePublished,
        facts.SelfCheckFinished,
        facts.ServiceRated,
        facts.ImprovementOpened,
        facts.ImprovementPostponed,
        facts.ImprovementDone,
        facts.ImprovementReturned,
        facts.ImprovementVerified,
        facts.ProposalMade,
        facts.ProposalSupported,
        facts.SupportWithdrawn,
        facts.ProposalAnswered,
        facts.MonitorStarted,
        facts.MonitorStopped,
        facts.MaintenanceAnnounced,
        facts.MaintenanceCancelled,
        facts.IncidentOpened,
        facts.IncidentClosed,
        facts.IncidentExplained,
    ),
    indicators=indicators.ALL,
    search=(SearchSource("cloud", N_("Nube del Estado"), _documents),),
    labels={
        "cloud-service": services.service_labels,
        "cloud-adoption": adoptions.adoption_labels,
        "cloud-guideline": guidelines.guideline_labels,
        "cloud-improvement": improvements.improvement_labels,
        "cloud-proposal": proposals.proposal_labels,
        "cloud-selfcheck": selfchecks.selfcheck_labels,
        "cloud-monitor": monitoring.monitor_labels,
        "cloud-maintenance": monitoring.maintenance_labels,
        "cloud-incident": incidents.incident_labels,
    },
    institution_panel=_institution_panel,
    home=_home,
    tasks=tasks,
    asks_for_opinion=tuple(
        f"cloud:{name}"
        for name in (
            "service",
            "service_quality",
            "incident",
            "guideline",
            "guidelines",
            "improvement",
            "proposal",
        )
    ),
    append_only=("cloud_improvementnote", "cloud_incidentnote"),
    check_config=lambda: [*_check_config(), *monitoring.findings()],
    seeds=(
        Seed(60, N_("Servicios de la nube del Estado"), load_services),
        Seed(61, N_("Lineamientos para contratar servicios en la nube"), load_guidelines),
        Seed(
            160,
            N_("Contratos, precios y opiniones inventados de la nube"),
            load_demonstration,
            demonstration=True,
        ),
        Seed(161, N_("Mediciones de la nube"), load_measurements, demonstration=True),
    ),
)
