"""Addresses of the site's own pages."""

from django.urls import path

from minga.site.pages import health

app_name = "site"
urlpatterns = [
    path("salud/vivo", health.alive, name="alive"),
    path("salud/listo", health.ready, name="ready"),
]
