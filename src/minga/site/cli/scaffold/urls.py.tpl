"""Addresses of the ${room} room: permanent, in Spanish."""

from django.urls import path

from minga.modules.${room} import views

app_name = "${room}"
urlpatterns = [
    path("${address}/", views.index, name="index"),
]
