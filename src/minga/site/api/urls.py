"""Where the API answers, and what answers where it has nothing; its documentation is a page of the site."""

from django.urls import include, path

from minga.site.api import assembly, documentation
from minga.site.api.door import Door, guarded, nothing_here

_NOTHING = guarded(nothing_here, Door(parameters=frozenset(), fields=(), queries=0))

app_name = "api"
urlpatterns = [
    path("desarrolladores/", documentation.developers, name="developers"),
    path("api/", documentation.lead_there),
    path("api/v1/", include(assembly.patterns())),
    path("api/<path:rest>", _NOTHING),
]
