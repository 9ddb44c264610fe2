"""What people say of the public pages, for those who can make them better."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minga.kernel.actors import Role
from minga.site import opinions
from minga.ui.http import Page, actor_of, page, render


@require_safe
@page(queries=8)
def listing(request: HttpRequest) -> HttpResponse:
    """The pages with answers in the last 90 days, those that helped least first."""
    found = Page.of(request, opinions.tallies(actor=actor_of(request)), size=50)
    names = opinions.titles(row["address"] for row in found.items)
    return render(request, "site/administration/opinions.html", {"page": found, "names": names})


@require_safe
@page(queries=9)
def comments(request: HttpRequest, place: str) -> HttpResponse:
    """What people wrote about one page, newest first; `place` is its address without the first slash."""
    actor, address = actor_of(request), f"/{place}"
    context = {
        "tally": opinions.tally(address, actor=actor),
        "page": Page.of(request, opinions.comments(address, actor=actor), size=50),
        "name": opinions.titles([address]).get(address, address),
        "may_erase": actor.holds(Role.STEWARD),
    }
    return render(request, "site/administration/opinion_comments.html", context)


@require_POST
@page(queries=9)
def erase(request: HttpRequest, token: UUID) -> HttpResponse:
    """Remove one text."""
    address = opinions.erase(token, actor=actor_of(request))
    messages.success(request, _("El texto se borró."))
    return HttpResponseRedirect(reverse("administration:opinion_comments", args=[address[1:]]))
