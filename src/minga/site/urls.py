"""The addresses of the house: the design system's, the API's, then those that each card lists."""

from django.urls import include, path

from minga.kernel import cards

handler400 = "minga.site.errors.bad_request"
handler403 = "minga.site.errors.forbidden"
handler404 = "minga.site.errors.not_found"
handler500 = "minga.site.errors.server_error"

urlpatterns = [
    path("", include("minga.ui.urls")),
    path("api/", include("minga.site.api.urls")),
    *(path(prefix, include(module)) for room in cards.rooms() for prefix, module in room.urls),
]
