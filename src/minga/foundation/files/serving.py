"""Giving a file back so that a browser saves it and runs nothing in it."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import clean_name, open_stored


def file_response(
    stored: StoredFile, *, filename: str = "", request: HttpRequest | None = None
) -> HttpResponseBase:
    """An attachment with its true type and an ETag; who may have it, the view has decided.

    With `request`, a browser that still has it gets a 304. Raises Unavailable if the storage lost it.
    """
    etag = f'"{stored.sha256}"'
    response: HttpResponse | FileResponse
    if request is not None and _has(request, etag):
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            open_stored(stored),
            as_attachment=True,
            filename=clean_name(filename or stored.name),
            content_type=stored.media_type,
        )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _has(request: HttpRequest, etag: str) -> bool:
    offered = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in offered or etag in (each.removeprefix("W/") for each in offered)
