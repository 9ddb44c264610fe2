"""The workplace for what institutions pay elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, NotFound
from minga.modules.cloud.actions.costs import declare_cost, withdraw_cost
from minga.modules.cloud.actions.powers import WRITERS, may_declare
from minga.modules.cloud.forms.costs import DeclaredCostForm
from minga.modules.cloud.models import DeclaredCost, Price
from minga.modules.cloud.queries import costs as queries
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.cloud.views.common import own_institutions, posted, refused, render_work, tried, worker
from minga.modules.directory import contracts as directory
from minga.ui.http import actor_of, page

SECTION = "cloud:costs_work"


@page(queries=12)
def declared(request: HttpRequest) -> HttpResponse:
    """What the official's institutions said that they pay elsewhere, and a form to say more."""
    actor = worker(request)
    if not may_declare(actor):
        raise Forbidden()
    prices = {str(price.pk): price for price in queries.declarable(on=today())}
    institutions = [choice for choice in own_institutions(actor) if choice[0] != PROVIDER]
    form = DeclaredCostForm(
        posted(request),
        institutions=institutions,
        concepts=[(key, _called(price)) for key, price in prices.items()],
    )
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _declare(form, prices, actor)):
        messages.success(request, _("Se guardó lo que declara."))
        return redirect(SECTION)
    own = actor.institutions(*WRITERS)
    context = {"form": form, "priced": bool(prices), "declared": queries.declared_by(own)}
    return render_work(request, "cloud/costs_work.html", SECTION, context, status=refused(form))


def _called(price: Price) -> str:
    return f"{price.service.title}: {price.concept} ({price.unit})"


def _declare(form: DeclaredCostForm, prices: dict[str, Price], actor: Actor) -> DeclaredCost:
    data = form.cleaned_data
    price = prices[data["concept"]]
    return declare_cost(
        price.service,
        concept=price.concept,
        monthly=data["monthly"],
        institution=directory.institution(data["institution"]),
        actor=actor,
    )


@page(queries=8)
@require_POST
def withdraw(request: HttpRequest, id: int) -> HttpResponse:
    """Take a declaration back."""
    found = DeclaredCost.objects.select_related("service", "institution").filter(pk=id).first()
    if found is None:
        raise NotFound(_("Esa declaración ya no está."))
    institution = directory.institution(found.institution.code)
    withdraw_cost(found.service, concept=found.concept, institution=institution, actor=actor_of(request))
    messages.success(request, _("Se retiró lo que declaró."))
    return redirect(SECTION)
