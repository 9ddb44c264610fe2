"""Addresses of identity's pages."""

from django.urls import path

from minga.modules.identity import views

app_name = "identity"
urlpatterns = [
    path("ingresar/", views.enter, name="sign_in"),
    path("salir/", views.leave, name="sign_out"),
    path("cuenta/", views.account, name="account"),
    path("cuenta/idioma/", views.language, name="language"),
    path("cuenta/contrasena/", views.password, name="password"),
    path("cuenta/sesiones/", views.sessions, name="sessions"),
    path("cuenta/sesiones/cerrar-las-demas/", views.close_others, name="close_others"),
    path("cuenta/sesiones/<uuid:session>/cerrar/", views.close, name="close_session"),
]
