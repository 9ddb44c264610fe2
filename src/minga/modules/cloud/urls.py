"""Addresses of the cloud room: permanent, in Spanish."""

from django.urls import path

from minga.modules.cloud.views import public

app_name = "cloud"
urlpatterns = [
    path("nube/", public.index, name="index"),
    path("nube/servicios/<slug:code>/", public.service, name="service"),
]
