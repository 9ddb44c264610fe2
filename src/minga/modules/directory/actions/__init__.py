"""Everything that changes the register: one function a use case."""

from minga.modules.directory.actions.details import Details, Lookups, details_of, ruc_warning
from minga.modules.directory.actions.editing import change_contacts, change_details
from minga.modules.directory.actions.importing import (
    Review,
    Verdict,
    import_institutions,
    open_draft,
    review_institutions,
    upload_institutions,
)
from minga.modules.directory.actions.lifecycle import (
    close_institution,
    register_institution,
    rename_institution,
    succeed,
)
from minga.modules.directory.actions.populations import DECLARED, Period, declare_population
from minga.modules.directory.actions.sheets import MAX_BYTES

__all__ = [
    "DECLARED",
    "MAX_BYTES",
    "Details",
    "Lookups",
    "Period",
    "Review",
    "Verdict",
    "change_contacts",
    "change_details",
    "close_institution",
    "declare_population",
    "details_of",
    "import_institutions",
    "open_draft",
    "register_institution",
    "rename_institution",
    "review_institutions",
    "ruc_warning",
    "succeed",
    "upload_institutions",
]
