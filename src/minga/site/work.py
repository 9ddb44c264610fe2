"""Background work in an administrator's hands: what failed is done again, or given up on purpose."""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from minga.foundation.jobs import mending, state, titles
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.cards import Task
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.site.facts import JobsDiscarded, JobsRetried

READERS = (Role.ADMINISTRATOR, Role.STEWARD, Role.AUDITOR)
AT_ONCE = 1000
"""How many jobs one press puts back: more would hold the queue for long."""


def title_of(task: str) -> str:
    """What a job does, in the reader's language; its name when nobody said."""
    return _(titles[task]) if task in titles else task


def failed_job(number: int, *, actor: Actor) -> state.Failed:
    """One failed job; NotFound when it is not failed any more. Forbidden as for the whole page."""
    actor.require(*READERS)
    row = state.failed_jobs().filter(pk=number).first()
    if row is None:
        raise NotFound(_("Ese trabajo ya no está fallido: alguien lo retomó o lo descartó."))
    return state.told([row])[0]


def retry_job(number: int, *, actor: Actor) -> bool:
    """Let one failed job be done once more; False when it is not failed any more. Only administrators."""
    return bool(_retry(actor, job=number))


def retry_task(task: str, *, actor: Actor) -> int:
    """Let the failed jobs of a task be done once more, a thousand at most; returns how many."""
    return _retry(actor, task=task)


def discard_job(number: int, *, actor: Actor) -> bool:
    """Remove one failed job for good; False when it is not failed any more. Only administrators."""
    actor.require(Role.ADMINISTRATOR)
    with transaction.atomic():
        held = mending.failed(job=number)
        if not held:
            return False
        task = _tasks(held)[number]
        mending.discard(held)
        record(JobsDiscarded(jobs=_references(held)), actor=actor, subject=Reference.of("task", task))
    return True


def tasks(actor: Actor) -> Iterator[Task]:
    """For an administrator's workplace: that jobs failed."""
    if not actor.holds(Role.ADMINISTRATOR):
        return
    failed = state.failed_jobs().count()
    if failed:
        yield Task(
            kind=_("Trabajos en segundo plano"),
            title=ngettext("%(num)s trabajo falló", "%(num)s trabajos fallaron", failed) % {"num": failed},
            url=reverse("administration:jobs"),
            detail=_("Vea por qué y decida si se retoman."),
        )


def _retry(actor: Actor, *, task: str = "", job: int | None = None) -> int:
    actor.require(Role.ADMINISTRATOR)
    with transaction.atomic():
        held = mending.failed(task=task, job=job, most=AT_ONCE)
        if held:
            task = _tasks(held)[held[0]]
            mending.retry(held)
            record(JobsRetried(jobs=_references(held)), actor=actor, subject=Reference.of("task", task))
    return len(held)


def _tasks(jobs: list[int]) -> dict[int, str]:
    return dict(ProcrastinateJob.objects.filter(pk__in=jobs[:1]).values_list("pk", "task_name"))


def _references(jobs: list[int]) -> tuple[Reference, ...]:
    return tuple(Reference.of("job", job) for job in jobs)
