"""What happens in the plan: norms, roadmaps, progress reports and what MINTEL makes of them."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.facts import Code, Fact, Sha256
from minga.kernel.references import Reference
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class NormIssued(Fact, name="plan.norm.issued", version=1):
    """An institution issued the norm that an initiative asks for; the subject is the norm."""

    title = N_("Se emitió una norma del plan")

    initiative: Reference
    issued_on: date
    gazette_on: date | None
    document: Sha256


@dataclass(frozen=True, kw_only=True)
class NormWithdrawn(Fact, name="plan.norm.withdrawn", version=1):
    """The norm of an initiative no longer holds: it was repealed, replaced, or registered by mistake."""

    title = N_("Se retiró una norma del plan")

    initiative: Reference
    reason: Code


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(Fact, name="plan.deadline.set", version=1):
    """MINTEL set the last day for roadmaps that nobody has filed; the subject is the plan."""

    title = N_("Se fijó el plazo para presentar las hojas de ruta")

    due_on: date


@dataclass(frozen=True, kw_only=True)
class RoadmapSubmitted(Fact, name="plan.roadmap.submitted", version=1):
    """An institution filed a version of its roadmap for an initiative; the subject is that version."""

    title = N_("Se presentó una hoja de ruta")

    initiative: Reference
    number: int
    milestones: int


@dataclass(frozen=True, kw_only=True)
class RoadmapObserved(Fact, name="plan.roadmap.observed", version=1):
    """MINTEL asked the institution to put a roadmap right before it can be approved."""

    title = N_("MINTEL observó una hoja de ruta")

    initiative: Reference
    number: int


@dataclass(frozen=True, kw_only=True)
class RoadmapApproved(Fact, name="plan.roadmap.approved", version=1):
    """MINTEL approved a version of a roadmap: it holds from now on, and can never change."""

    title = N_("MINTEL aprobó una hoja de ruta")

    initiative: Reference
    number: int


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(Fact, name="plan.report.submitted", version=1):
    """An institution filed its progress report for a quarter; `evidence` are the digests of its files."""

    title = N_("Se presentó un informe de avance")

    initiative: Reference
    roadmap: Reference
    period: Code
    reported: int
    evidence: tuple[Sha256, ...]


@dataclass(frozen=True, kw_only=True)
class ReportObserved(Fact, name="plan.report.observed", version=1):
    """MINTEL asked the institution to put a progress report right."""

    title = N_("MINTEL observó un informe de avance")

    initiative: Reference
    period: Code


@dataclass(frozen=True, kw_only=True)
class ReportRejected(Fact, name="plan.report.rejected", version=1):
    """MINTEL rejected a progress report: the institution must file another one for the quarter."""

    title = N_("MINTEL rechazó un informe de avance")

    initiative: Reference
    period: Code


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Fact, name="plan.report.accepted", version=1):
    """MINTEL accepted a progress report and published it, with its own figure in percent."""

    title = N_("MINTEL aceptó y publicó un informe de avance")

    initiative: Reference
    period: Code
    validated: int


@dataclass(frozen=True, kw_only=True)
class MilestoneAccepted(Fact, name="plan.milestone.accepted", version=1):
    """MINTEL accepted the evidence that a milestone (the subject) was reached; from then it counts as computed."""

    title = N_("MINTEL aceptó las pruebas de un hito")

    initiative: Reference
    report: Reference
    weight: int
    done_on: date
    evidence: tuple[Sha256, ...]


@dataclass(frozen=True, kw_only=True)
class MilestoneRefused(Fact, name="plan.milestone.refused", version=1):
    """MINTEL did not accept that a milestone (the subject) was reached."""

    title = N_("MINTEL no aceptó las pruebas de un hito")

    initiative: Reference
    report: Reference


@dataclass(frozen=True, kw_only=True)
class StatePublished(Fact, name="plan.state.published", version=1):
    """The state of the plan for a quarter was published; `digest` is that of its content in canonical JSON."""

    title = N_("Se publicó el estado del plan de un trimestre")

    period: Code
    digest: Sha256
