"""Does a machine answer, and how fast? Probes by HTTP, TCP, DNS and TLS that go only where configuration allows.

No models and no domain: whoever measures something (a service of the cloud, an institution's site) keeps the
outcomes. Why the guard is our own, and what it refuses: docs/adr/0020-probes.md.
"""

from minga.foundation.probing.guard import Guard
from minga.foundation.probing.probes import Means, probe, probe_all, require_allowed
from minga.foundation.probing.targets import Kind, Outcome, Reason, Target

__all__ = [
    "Guard",
    "Kind",
    "Means",
    "Outcome",
    "Reason",
    "Target",
    "probe",
    "probe_all",
    "require_allowed",
]
