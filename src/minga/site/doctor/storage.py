"""Where files are kept, whether they are scanned, and where mail goes."""

from minga.foundation.files import checks as files
from minga.foundation.outbox import checks as outbox
from minga.kernel.cards import Finding


def examine() -> list[Finding]:
    """What the files' own checks find, and the outbox's."""
    return [*files.check_config(), *outbox.check_config()]
