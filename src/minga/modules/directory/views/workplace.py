"""The steward's list, and the page of one institution with what can be done there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.modules.directory import queries
from minga.modules.directory.actions import DECLARED, ruc_warning
from minga.modules.directory.forms import WorkFilter
from minga.modules.directory.models import Status
from minga.modules.directory.queries import Filters
from minga.ui.http import Page, Sorting, actor_of, page, render

_ORDERS = {"nombre": "sort_key", "tipo": "type", "estado": "status"}


@page(queries=10)
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions for a steward; for others, those where they keep the contacts."""
    actor = actor_of(request)
    actor.require(Role.STEWARD, Role.HEAD, Role.APPROVER)
    form = WorkFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    sorting = Sorting.of(request, _ORDERS, "nombre")
    filters = Filters(
        day=None if given.get("cerradas") else today(),
        text=given.get("q", ""),
        status=given.get("estado", ""),
        ids=None if actor.holds(Role.STEWARD) else _own(actor),
    )
    found = Page.of(request, queries.listing(filters=filters, order=sorting.order_by(**_ORDERS)), size=100)
    unverified = queries.listing(filters=Filters(status=Status.UNVERIFIED)).count()
    context = {
        "form": form,
        "page": found,
        "rows": queries.rows_of(found.items, None),
        "sorting": sorting,
        "steward": actor.holds(Role.STEWARD),
        "unverified_total": unverified,
    }
    return render(request, "directory/work.html", context)


@page(queries=16)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """One institution with everything that this actor may change."""
    actor = actor_of(request)
    profile = find(code)
    require_keeper(actor, profile)
    context = {
        "profile": profile,
        "steward": actor.holds(Role.STEWARD),
        "registers": [(str(register), register.label) for register in DECLARED],
        "ruc_warning": ruc_warning(profile.institution.ruc),
    }
    return render(request, "directory/work_institution.html", context)


def find(code: str) -> queries.Profile:
    """The institution with this code, present or former: its page may have been open while it was renamed."""
    try:
        return queries.profile(code)
    except NotFound:
        return queries.profile(queries.present_code(code))


def require_keeper(actor: Actor, profile: queries.Profile) -> None:
    """Forbidden unless the actor is a steward, or approves or heads in that institution."""
    if not actor.holds(Role.STEWARD):
        actor.require(Role.HEAD, Role.APPROVER, institution=profile.institution.reference)


def _own(actor: Actor) -> list[UUID]:
    return actor.institutions(Role.HEAD, Role.APPROVER)
