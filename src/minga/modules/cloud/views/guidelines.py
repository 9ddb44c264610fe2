"""The guidelines in public: the version in force, older ones and what changed."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minga.kernel.errors import NotFound
from minga.modules.cloud.models import Guideline
from minga.modules.cloud.queries import guidelines as queries
from minga.ui.http import page, render


@page(queries=4, cache=60)
def in_force(request: HttpRequest) -> HttpResponse:
    """The version that is in force."""
    return _shown(request, queries.in_force())


@page(queries=4, cache=60)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One published version, in force or not."""
    return _shown(request, queries.version(number))


def _shown(request: HttpRequest, guideline: Guideline | None) -> HttpResponse:
    versions = list(queries.published())
    context = {
        "guideline": guideline,
        "sections_of": list(guideline.sections.all()) if guideline else [],
        "questions": list(guideline.questions.all()) if guideline else [],
        "versions": versions,
        "current": guideline == versions[0] if versions else False,
    }
    return render(request, "cloud/guidelines.html", context)


@page(queries=6, cache=60)
def changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed in the one before it."""
    new = queries.version(number)
    old = queries.published().filter(number__lt=number).first()
    if old is None:
        raise NotFound(_("Es la primera versión: no hay con qué compararla."))
    return render(request, "cloud/guideline_changes.html", {"changes": queries.changes(old, new)})
