"""The register's tables, one aggregate a file."""

from minga.modules.directory.models.classifications import PriorityGroup, Sector
from minga.modules.directory.models.drafts import ImportDraft
from minga.modules.directory.models.institutions import (
    FormerCode,
    Institution,
    InstitutionFunction,
    InstitutionName,
    InstitutionType,
    Status,
    Succession,
    SuccessionKind,
)
from minga.modules.directory.models.memberships import Membership, Register
from minga.modules.directory.models.places import Place, PlaceLevel

__all__ = [
    "FormerCode",
    "ImportDraft",
    "Institution",
    "InstitutionFunction",
    "InstitutionName",
    "InstitutionType",
    "Membership",
    "Place",
    "PlaceLevel",
    "PriorityGroup",
    "Register",
    "Sector",
    "Status",
    "Succession",
    "SuccessionKind",
]
