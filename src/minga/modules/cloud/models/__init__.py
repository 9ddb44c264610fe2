"""The room's tables, one aggregate a file."""

from minga.modules.cloud.models.adoption import Adoption, AdoptionEvent
from minga.modules.cloud.models.cost import DeclaredCost
from minga.modules.cloud.models.guideline import Guideline, Question, Section
from minga.modules.cloud.models.improvement import Improvement, ImprovementNote
from minga.modules.cloud.models.incidents import Incident, IncidentNote
from minga.modules.cloud.models.monitoring import DailyQuality, Maintenance, Measurement, Monitor
from minga.modules.cloud.models.promise import Promise
from minga.modules.cloud.models.proposal import Proposal, Vote
from minga.modules.cloud.models.satisfaction import Rating
from minga.modules.cloud.models.selfcheck import Answer, SelfCheck
from minga.modules.cloud.models.service import Price, Service

__all__ = [
    "Adoption",
    "AdoptionEvent",
    "Answer",
    "DailyQuality",
    "DeclaredCost",
    "Guideline",
    "Improvement",
    "ImprovementNote",
    "Incident",
    "IncidentNote",
    "Maintenance",
    "Measurement",
    "Monitor",
    "Price",
    "Promise",
    "Proposal",
    "Question",
    "Rating",
    "Section",
    "SelfCheck",
    "Service",
    "Vote",
]
