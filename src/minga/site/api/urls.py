"""Where the API answers, and what answers where it has nothing; its documentation is a page of the site."""

from django.urls import include, path

from minga.site.api import assembly, documentation
from minga.site.api.door import Door, guarded, nothing_here

_NOTHING = guarded(nothing_here, Door(parameters=frozenset(), fields=(), queries=0))

urlpatterns = [
    path("", documentation.lead_there),
    path("v1/", include(assembly.patterns())),
    path("<path:rest>", _NOTHING),
]
