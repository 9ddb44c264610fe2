"""The one way in to every operation: who asks and how often, what may be asked, and how the answer leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError

from minga.foundation.api.limits import Quota, spend
from minga.kernel.errors import Invalid, MingaError, NotFound
from minga.modules.identity.contracts import api_caller
from minga.site import caching, errors
from minga.site.api import headers
from minga.site.caching import Kept
from minga.site.problems import Fault, Refused, faults_of, problem
from minga.ui.http import page

View = Callable[..., HttpResponse]
JSON = "application/json"
DESCRIPTION = "application/openapi+json"
"""what the API's description is, besides JSON"""
FIELDS = "fields"
"""The parameter that asks for some fields only."""
OWN_QUERIES = 3
"""What the door asks the database: of a token, of the allowance, and of the time to wait once that is used up."""
_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True)
class Door:
    """What may be asked of one operation: its query parameters, and the fields of the thing it answers with."""

    parameters: frozenset[str]
    fields: tuple[str, ...]
    queries: int
    media: tuple[str, ...] = (JSON,)
    """the media types that a reader may accept"""


def guarded(view: View, door: Door) -> View:
    """The view behind the door: read only, counted, without cookies, its errors as problem details."""

    @page(queries=door.queries + OWN_QUERIES)
    @csrf_exempt
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return headers.preflight()
        quota, caller, valid = _caller(request)
        spending = spend(caller, quota)
        response = _attempt(request, view, door, parts, spending.wait, valid)
        headers.tell_allowance(response, quota, spending)
        return _without_content(response) if request.method == "HEAD" else response

    return answer


def quotas() -> tuple[Quota, Quota]:
    """How much anybody may ask from one network, and how much whoever brings an institution's token."""
    return (
        Quota("anonymous", settings.MINGA_API_LIMIT, _WINDOW),
        Quota("token", settings.MINGA_API_TOKEN_LIMIT, _WINDOW),
    )


def nothing_here(request: HttpRequest, **_parts: Any) -> HttpResponse:
    """What answers where the API has nothing."""
    raise NotFound()


def _caller(request: HttpRequest) -> tuple[Quota, bytes, bool]:
    """How much the caller may ask, the digest it is counted under, and whether its token (if any) is a good one."""
    anonymous, named = quotas()
    caller = api_caller(request)
    return named if caller.named else anonymous, caller.key, caller.valid


def _attempt(
    request: HttpRequest, view: View, door: Door, parts: dict[str, Any], wait: timedelta, valid: bool
) -> HttpResponse:
    """The answer, or the problem that stands in its way."""
    try:
        _admit(request, door, wait, valid)
        _check(request, door)
        return headers.finish(request, _answer(request, view, parts))
    except Refused as refused:
        return problem(request, refused.status, faults=refused.faults, **refused.headers)
    except ValidationError as error:
        return problem(request, 422, faults=faults_of(error.errors))
    except Invalid as error:
        faults = [Fault(parameter=name, detail=" ".join(said)) for name, said in error.fields.items()]
        return problem(request, 422, detail=error.message, faults=faults)
    except Exception as error:
        status = errors.status_of(error)
        if status is None:
            raise
        return problem(request, status, detail=error.message if isinstance(error, MingaError) else "")


def _admit(request: HttpRequest, door: Door, wait: timedelta, valid: bool) -> None:
    """Refuse whoever asked too often, brings a bad token, wants to write, sends content or cannot read JSON."""
    if wait:
        raise Refused(429, Retry_After=str(-(-wait // timedelta(seconds=1))))
    if not valid:
        raise Refused(401, WWW_Authenticate='Bearer realm="minga", error="invalid_token"')
    if request.method not in {"GET", "HEAD"}:
        raise Refused(405, Allow=headers.METHODS)
    if request.META.get("CONTENT_LENGTH") not in {None, "", "0"}:
        raise Refused(415)
    if not any(map(request.accepts, door.media)):
        raise Refused(406)


def _check(request: HttpRequest, door: Door) -> None:
    """Refuse parameters that do not exist or come twice, and note which fields are asked for."""
    faults = []
    for name, values in request.GET.lists():
        if name not in door.parameters:
            known = ", ".join(sorted(door.parameters)) or _("ninguno")
            said = _("Este parámetro no existe aquí. Los que hay: %(known)s.") % {"known": known}
            faults.append(Fault(parameter=name[:80], detail=said))
        elif len(values) > 1:
            faults.append(Fault(parameter=name, detail=_("Escriba este parámetro una sola vez.")))
    asked = request.GET[FIELDS].split(",") if FIELDS in request.GET else []
    if len(set(asked)) < len(asked):
        faults.append(Fault(parameter=FIELDS, detail=_("Escriba cada campo una sola vez.")))
    elif FIELDS in door.parameters and (unknown := [name for name in asked if name not in door.fields]):
        said = _("No hay un campo «%(name)s». Los que hay: %(known)s.")
        faults.append(
            Fault(parameter=FIELDS, detail=said % {"name": unknown[0][:80], "known": ", ".join(door.fields)})
        )
    if faults:
        raise Refused(422, faults)
    request.minga_fields = tuple(asked)  # type: ignore[attr-defined]


def _answer(request: HttpRequest, view: View, parts: dict[str, Any]) -> Kept:
    """The operation's answer: the same for everybody, so it may be one that somebody got while it is fresh."""
    key = (request.get_host(), request.scheme or "", request.get_full_path(), "api", get_language() or "")
    answer = caching.answers.get(key)
    if answer is None:
        before = caching.edition().now()
        answer = headers.kept(request, _run(request, view, parts), before)
        caching.answers.put(key, answer)
    return answer


def _run(request: HttpRequest, view: View, parts: dict[str, Any]) -> HttpResponse:
    """The operation's own answer; it knows of GET only."""
    asked, request.method = request.method, "GET"
    try:
        return view(request, **parts)
    finally:
        request.method = asked


def _without_content(response: HttpResponse) -> HttpResponse:
    """The headers of an answer alone, its length included unless it is one without content (RFC 9110, 8.6)."""
    if response.status_code == 304:
        return response
    response.headers["Content-Length"] = str(len(response.content))
    response.content = b""
    return response
