"""The tokens of an institution for the API: which there are, a new one, and revoking one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.directory.contracts import InstitutionSummary, choices, institution
from minga.modules.identity.actions.tokens import (
    ISSUERS,
    KEEPERS,
    issue_token,
    require_may_revoke,
    revoke_token,
)
from minga.modules.identity.forms import InstitutionForm, TokenForm
from minga.modules.identity.queries import tokens_of
from minga.modules.identity.views.signing import typed_in
from minga.ui.http import actor_of, page, render, show_invalid

_HEADER = "Authorization: Bearer minga_…"


@page(queries=11)
@never_cache
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """The institution's tokens, with how much each is used."""
    actor = actor_of(request)
    where = _institution(request, actor)
    require_may_revoke(institution=where, actor=actor)
    keeper = actor.holds(*KEEPERS)
    context = {
        "institution": where,
        "rows": tokens_of(institution=where.id),
        "issues": actor.holds(*ISSUERS, institution=where.reference),
        "chooser": InstitutionForm(choices=choices(today()), initial={"institucion": where.code})
        if keeper
        else None,
    }
    return render(request, "identity/tokens.html", context)


@page(queries=20)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Make a token; it is shown once."""
    actor = actor_of(request)
    where = _institution(request, actor)
    actor.require(*ISSUERS, institution=where.reference)
    form = TokenForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_token(institution=where, actor=actor, **form.cleaned_data)
        except Invalid as error:
            show_invalid(form, error)
        else:
            return render(
                request,
                "identity/token_issued.html",
                {"institution": where, "header": _HEADER, **made._asdict()},
            )
    context = {"form": form, "institution": where}
    return render(request, "identity/token_issue.html", context, status=422 if form.errors else 200)


@page(queries=20)
@never_cache
@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Let a token open nothing any more."""
    actor = actor_of(request)
    where = _institution(request, actor)
    revoke_token(token=token, institution=where, actor=actor)
    messages.success(request, _("La clave quedó revocada: ya no abre nada."))
    return HttpResponseRedirect(f"{reverse('identity:tokens')}?{urlencode({'institucion': where.code})}")


def _institution(request: HttpRequest, actor: Actor) -> InstitutionSummary:
    """The institution that `?institucion=` names, or the actor's own; Forbidden for one they have no say in."""
    actor.require(*ISSUERS, *KEEPERS)
    own = [post.institution_code for post in actor.posts if post.role in (*ISSUERS, *KEEPERS)]
    code = request.GET.get("institucion") or own[0]
    if code not in own and not actor.holds(*KEEPERS):
        raise Forbidden()
    return institution(code)
