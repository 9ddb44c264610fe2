"""Bringing institutions in from a file: upload, review, confirm."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.kernel.actors import Role
from minga.kernel.errors import Conflict, Invalid
from minga.modules.directory import actions, queries
from minga.modules.directory.actions import Review, Verdict
from minga.modules.directory.forms import ConfirmImportForm, UploadForm
from minga.ui.http import actor_of, page, render


@page(queries=10)
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(actions.MAX_BYTES + 1)
            draft = actions.upload_institutions(content=content, file_name=file.name, actor=actor)
        except Invalid as error:
            form.add_error("file", error.message)
        else:
            return redirect("directory:import_review", draft=draft.pk)
    context = {"form": form, "columns": list(queries.COLUMNS)}
    return render(request, "directory/import.html", context, status=422 if form.errors else 200)


@page(queries=30)
def review(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show what the file would do, row by row, and do it when the steward confirms."""
    actor = actor_of(request)
    held = actions.open_draft(id=draft, actor=actor)
    form = ConfirmImportForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.import_institutions(id=draft, actor=actor, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            problem = error.message
        else:
            messages.success(request, _told(done))
            return redirect("directory:work")
    found = actions.review_institutions(content=bytes(held.content))
    context = {
        "form": ConfirmImportForm(initial={"digest": found.digest}),
        "problem": problem,
        "draft": held,
        "wrong": found.wrong,
        "good": [line for line in found.lines if line.verdict in (Verdict.NEW, Verdict.CHANGED)],
        "new": found.count(Verdict.NEW),
        "changed": found.count(Verdict.CHANGED),
        "same": found.count(Verdict.SAME),
    }
    return render(request, "directory/import_review.html", context, status=422 if problem else 200)


def _told(done: Review) -> str:
    new, changed, wrong = (done.count(v) for v in (Verdict.NEW, Verdict.CHANGED, Verdict.WRONG))
    parts = [
        ngettext("%(num)s institución nueva", "%(num)s instituciones nuevas", new) % {"num": new},
        ngettext("%(num)s cambiada", "%(num)s cambiadas", changed) % {"num": changed},
    ]
    if wrong:
        parts.append(
            ngettext("%(num)s fila sin importar", "%(num)s filas sin importar", wrong) % {"num": wrong}
        )
    return _("Importación terminada: %(what)s.") % {"what": ", ".join(parts)}
