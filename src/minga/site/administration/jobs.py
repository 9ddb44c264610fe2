"""Background work on screen: who does it, what waits, what failed and what to do about it."""

import re
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minga.foundation.jobs import state
from minga.kernel.actors import Role
from minga.kernel.clock import GUAYAQUIL, now
from minga.site import work
from minga.ui.http import Page, actor_of, page, render

_MINUTE = timedelta(minutes=1)
_MINUTES = re.compile(r"\*(?:/(\d+))? \* \* \* \*")
_HOURLY = re.compile(r"\d+ \* \* \* \*")
_DAILY = re.compile(r"\d+ \d+ \* \* \*")
_WEEKLY = re.compile(r"\d+ \d+ \* \* \d")
_MONTHLY = re.compile(r"\d+ \d+ \d+ \* \*")


class TaskForm(forms.Form):
    """Which kind of failed job to show."""

    tarea = forms.ChoiceField(label=gettext_lazy("Qué trabajo"), required=False)

    def __init__(self, data: object, counts: dict[str, int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["tarea"]
        assert isinstance(field, forms.ChoiceField)
        named = [(task, f"{work.title_of(task)} ({count})") for task, count in counts.items()]
        field.choices = [("", _("Todos")), *named]


@require_safe
@page(queries=12)
def listing(request: HttpRequest) -> HttpResponse:
    """Failures first, then queues, periodic jobs and workers."""
    actor = actor_of(request)
    actor.require(*work.READERS)
    counts = state.failed_by_task()
    form = TaskForm(request.GET, counts)
    task = form.cleaned_data["tarea"] if form.is_valid() else ""
    found = Page.of(request, state.failed_jobs(task=task), size=50)
    context = {
        "form": form,
        "task": task,
        "several": len(counts) > 1,
        "page": found,
        "failed": state.told(found.items),
        "queues": state.queues(),
        "periodic": [(each, every(each.cron, each.next)) for each in state.periodic()],
        "workers": state.workers(),
        "unfinished": state.unfinished(),
        "may_act": actor.holds(Role.ADMINISTRATOR),
        "title_of": work.title_of,
        "ago": ago,
    }
    return render(request, "site/administration/jobs.html", context)


@require_POST
@page(queries=12)
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Let one failed job be done once more."""
    if work.retry_job(number, actor=actor_of(request)):
        messages.success(request, _("El trabajo %(number)s se hará otra vez.") % {"number": number})
    else:
        messages.info(request, _no_longer(number))
    return _back(request)


@require_POST
@page(queries=12)
def retry_all(request: HttpRequest) -> HttpResponse:
    """Let all failed jobs of one kind be done once more."""
    task = request.POST.get("tarea", "")[:128]
    count = work.retry_task(task, actor=actor_of(request)) if task else 0
    if count:
        words = ngettext("%(num)s trabajo se hará otra vez.", "%(num)s trabajos se harán otra vez.", count)
        messages.success(request, words % {"num": count})
    else:
        messages.info(request, _("No queda ninguno fallido de ese tipo."))
    return HttpResponseRedirect(reverse("administration:jobs"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=14)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, then remove a failed job for good."""
    actor = actor_of(request)
    actor.require(Role.ADMINISTRATOR)
    if request.method == "POST":
        if work.discard_job(number, actor=actor):
            messages.success(request, _("El trabajo %(number)s quedó descartado.") % {"number": number})
        else:
            messages.info(request, _no_longer(number))
        return HttpResponseRedirect(reverse("administration:jobs"))
    job = work.failed_job(number, actor=actor)
    return render(
        request, "site/administration/job_discard.html", {"job": job, "title": work.title_of(job.task)}
    )


def ago(moment: datetime | None) -> str:
    """How long ago in words; empty for None."""
    if moment is None:
        return ""
    if now() - moment < _MINUTE:
        return _("hace unos segundos")
    return _("hace %(span)s") % {"span": timesince(moment, now(), depth=1)}


def every(cron: str, following: datetime) -> str:
    """How often a periodic job begins, in words, `following` being its next time.

    A cron expression (UTC) of another shape than ours have is given as it is.
    """
    if match := _MINUTES.fullmatch(cron):
        minutes = int(match[1] or 1)
        return _("cada minuto") if minutes == 1 else _("cada %(num)s minutos") % {"num": minutes}
    here = following.astimezone(GUAYAQUIL)
    at = {"time": f"{here:%H:%M}", "weekday": date_format(here, "l"), "day": here.day}
    for shape, words in (
        (_HOURLY, _("cada hora")),
        (_DAILY, _("cada día a las %(time)s")),
        (_WEEKLY, _("cada %(weekday)s a las %(time)s")),
        (_MONTHLY, _("el %(day)s de cada mes a las %(time)s")),
    ):
        if shape.fullmatch(cron):
            return words % at
    return cron


def _no_longer(number: int) -> str:
    return _("El trabajo %(number)s ya no está fallido: alguien lo retomó o lo descartó.") % {
        "number": number
    }


def _back(request: HttpRequest) -> HttpResponseRedirect:
    task = request.POST.get("tarea", "")[:128]
    query = f"?{urlencode({'tarea': task})}" if task else ""
    return HttpResponseRedirect(f"{reverse('administration:jobs')}{query}")
