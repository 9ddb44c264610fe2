"""Addresses of the design system's gallery and of the accessibility statement."""

from django.urls import path

from minga.ui import views

app_name = "ui"
urlpatterns = [
    path("sistema-de-diseno/", views.index, name="index"),
    path("sistema-de-diseno/estilo/", views.tokens, name="tokens"),
    path("sistema-de-diseno/kit.zip", views.download_kit, name="kit"),
    path("sistema-de-diseno/<slug:slug>/", views.component, name="component"),
    path("accesibilidad/", views.accessibility, name="accessibility"),
]
