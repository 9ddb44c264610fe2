"""Addresses of the design system's gallery and of the accessibility statement."""

from django.urls import path

from minga.ui import views

app_name = "ui"
urlpatterns = [
    path("sistema-de-diseno/", views.index, name="index"),
    path("accesibilidad/", views.accessibility, name="accessibility"),
]
