"""Where an instance keeps its data; known before the settings are read, because reading them makes keys there."""

import os
from pathlib import Path


def home() -> Path:
    """`MINGA_HOME`; when nobody says, the system's folder for root, else the person's own."""
    return Path(os.environ.get("MINGA_HOME") or _default()).expanduser().resolve()


def _default() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/minga")
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "minga"
