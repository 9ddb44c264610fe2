"""What other rooms may use of the directory."""

from minga.kernel.references import Reference
from minga.modules.directory.indicators import APC, MUNICIPAL_GADS, PRIORITY_APC
from minga.modules.directory.queries import (
    Answering,
    InstitutionSummary,
    answering_for,
    cantons,
    choices,
    institution,
    institution_by_id,
    institutions,
)

InstitutionRef = Reference
"""A reference of kind `institution`; its id is the institution's UUID."""

__all__ = [
    "APC",
    "MUNICIPAL_GADS",
    "PRIORITY_APC",
    "Answering",
    "InstitutionRef",
    "InstitutionSummary",
    "answering_for",
    "cantons",
    "choices",
    "institution",
    "institution_by_id",
    "institutions",
]
