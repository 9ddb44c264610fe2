"""The workplace for the monthly survey: to answer it, and for the provider to read what was written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minga.kernel.clock import today
from minga.kernel.errors import Forbidden
from minga.modules.cloud.actions.powers import WRITERS, sees_all
from minga.modules.cloud.actions.ratings import rate_service
from minga.modules.cloud.forms.ratings import RatingForm
from minga.modules.cloud.models.satisfaction import QUESTIONS
from minga.modules.cloud.queries import ratings as queries
from minga.modules.cloud.queries import services
from minga.modules.cloud.views.common import posted, refused, render_work, tried, worker
from minga.modules.directory import contracts as directory
from minga.ui.http import Page, page

SECTION = "cloud:ratings"


@page(queries=7)
def listing(request: HttpRequest) -> HttpResponse:
    """What the official's institutions have to rate this month, and what they already did."""
    actor = worker(request)
    own, month = actor.institutions(*WRITERS), queries.month_to_rate(today())
    context = {
        "month": month,
        "last_day": queries.last_day_to_rate(today()),
        "pending": list(queries.to_rate(institutions=own, month=month)),
        "answered": list(queries.answered(institutions=own, month=month)),
        "cartera": list(services.public_services()) if sees_all(actor) else [],
    }
    return render_work(request, "cloud/ratings.html", SECTION, context)


@page(queries=12)
def rate(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Rate one service in the name of one institution; until the month closes the answer may be changed."""
    actor = worker(request)
    service, by = services.public_service(code), directory.institution(institution)
    actor.require(*WRITERS, institution=by.reference)
    month = queries.month_to_rate(today())
    before = queries.rating(service=service, institution=by.id, month=month)
    initial = {field: getattr(before, field) for field in (*QUESTIONS, "comment")} if before else {}
    form = RatingForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        if tried(
            form,
            lambda: rate_service(
                service, form.grades(), month=month, institution=by, comment=comment, actor=actor
            ),
        ):
            messages.success(request, _("Gracias: se guardó su respuesta. Puede cambiarla hasta fin de mes."))
            return redirect(SECTION)
    context = {"service": service, "institution": by, "month": month, "form": form}
    return render_work(request, "cloud/rating_form.html", SECTION, context, status=refused(form))


@page(queries=6)
def comments(request: HttpRequest, code: str) -> HttpResponse:
    """What institutions wrote about a service: for the provider and those who watch it."""
    actor = worker(request)
    if not sees_all(actor):
        raise Forbidden()
    service = services.public_service(code)
    context = {"service": service, "page": Page.of(request, queries.comments(service=service), size=30)}
    return render_work(request, "cloud/rating_comments.html", SECTION, context)
