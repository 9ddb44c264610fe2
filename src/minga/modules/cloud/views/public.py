"""The cartera in public: what the State's provider offers, who uses it, and what it costs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minga.kernel.clock import today
from minga.modules.cloud import indicators
from minga.modules.cloud.forms.costs import NeedForm
from minga.modules.cloud.models import Service
from minga.modules.cloud.models.service import Family, ServiceState
from minga.modules.cloud.queries import adoptions, costs, improvements, ratings, services
from minga.ui.http import Page, csv_response, page, render


@page(queries=2, cache=60)
def index(request: HttpRequest) -> HttpResponse:
    """The whole cartera by family."""
    found = list(services.public_services())
    context = {
        "families": services.by_family(entry for entry in found if entry.state == ServiceState.OFFERED),
        "retired": [entry for entry in found if entry.state == ServiceState.RETIRED],
        "users": adoptions.users_by_service(),
    }
    return render(request, "cloud/index.html", context)


@page(queries=2, cache=60)
def services_csv(request: HttpRequest) -> HttpResponse:
    """The cartera, to download."""
    users = adoptions.users_by_service()
    header = [
        _("Código"),
        _("Servicio"),
        _("Familia"),
        _("Tipo"),
        _("Estado"),
        _("Se ofrece desde"),
        _("Meta de disponibilidad (%)"),
        _("Meta de respuesta (ms)"),
        _("Instituciones que lo usan"),
        _("Inventado"),
    ]
    return csv_response(
        "servicios-nube", header, [_line(entry, users) for entry in services.public_services()]
    )


def _line(entry: Service, users: dict[Any, int]) -> list[Any]:
    return [
        entry.code,
        entry.title,
        entry.family.label,
        entry.get_category_display(),
        entry.get_state_display(),
        entry.offered_on,
        entry.availability_target,
        entry.response_target_ms,
        users.get(entry.id, 0),
        _("sí") if entry.synthetic else _("no"),
    ]


@page(queries=6, cache=60)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what it is, for whom, how to ask for it, what it costs, who uses it and what they think."""
    found = services.public_service(code)
    since = ratings.a_year_before(today())
    context = {
        "service": found,
        "tariffs": services.tariffs(found, on=today()),
        "uses": adoptions.users_of(found),
        "averages": list(ratings.averages(since=since, services=[found.id]))[:6],
        "improvements": list(improvements.improvements(service=found.id)[:5]),
        "today": today(),
    }
    return render(request, "cloud/service.html", context)


@page(queries=4, cache=60)
def adoption(request: HttpRequest) -> HttpResponse:
    """Which institutions use what, and how far the plan's two indicators have come."""
    family = request.GET.get("familia", "")
    chosen = family if family in Family.values else ""
    context = {
        "page": Page.of(request, adoptions.users(family=chosen), size=50),
        "family": chosen,
        "families": Family.choices,
        "reached": indicators.reached(on=today()),
        "today": today(),
    }
    return render(request, "cloud/adoption.html", context)


@page(queries=1, cache=60)
def adoption_csv(request: HttpRequest) -> HttpResponse:
    """Confirmed uses, to download."""
    header = [
        _("Institución"),
        _("Código"),
        _("Servicio"),
        _("Familia"),
        _("Contrato"),
        _("Desde"),
        _("Termina"),
        _("Inventado"),
    ]
    rows = [
        [
            use.institution.name,
            use.institution.code,
            use.service.title,
            use.service.family.label,
            use.contract,
            use.starts_on,
            use.expected_end,
            _("sí") if use.synthetic else _("no"),
        ]
        for use in adoptions.in_use()
    ]
    return csv_response("uso-nube", header, rows)


@page(queries=3, cache=60)
def compare(request: HttpRequest) -> HttpResponse:
    """What the same need costs with each service of one kind."""
    categories = [(entry.value, str(entry.label)) for entry in costs.priced_categories(on=today())]
    form = NeedForm(
        request.GET if "tipo" in request.GET else None,
        initial={"cantidad": 1, "meses": 12},
        categories=categories,
    )
    offers = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        offers = costs.compare(
            category=data["tipo"], quantity=data["cantidad"], months=data["meses"], on=today()
        )
    context = {"form": form, "categories": categories, "offers": offers, "today": today()}
    return render(request, "cloud/costs.html", context, status=422 if form.errors else 200)
