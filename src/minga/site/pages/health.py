"""What a supervisor asks: is the process alive, and can it serve people?"""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from minga.ui.http import page


@require_safe
@page(queries=0)
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nothing of the database."""
    return JsonResponse({"vivo": True})


@require_safe
@page(queries=1)
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and has every migration of this version, else 503 and the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            missing = _migrations() - set(cursor.fetchall())
    except DatabaseError:
        return JsonResponse({"listo": False, "motivo": "base de datos"}, status=503)
    if missing:
        return JsonResponse({"listo": False, "motivo": "migraciones pendientes"}, status=503)
    return JsonResponse({"listo": True})


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """All migrations that this version of Minga comes with."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
