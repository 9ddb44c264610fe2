"""The card of the cloud room."""

from minga.kernel.cards import NavigationEntry, Room
from minga.kernel.text import N_
from minga.modules.cloud import facts, indicators
from minga.modules.cloud.queries.services import service_labels

card = Room(
    name="cloud",
    title=N_("Nube del Estado"),
    level=3,
    serves=("E9",),
    urls=(("", "minga.modules.cloud.urls"),),
    navigation=(
        NavigationEntry(
            title=N_("Nube del Estado"),
            url_name="cloud:index",
            order=60,
            description=N_("Qué servicios del Estado hay en la nube, quién los usa y cómo funcionan."),
        ),
    ),
    facts=(
        facts.ServiceOffered,
        facts.ServiceRetired,
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
    labels={"cloud-service": service_labels},
)
