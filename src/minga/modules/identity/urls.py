"""Addresses of identity's pages."""

from django.urls import path

from minga.modules.identity.views import account, officials, signing, tokens

app_name = "identity"
urlpatterns = [
    path("ingresar/", signing.enter, name="sign_in"),
    path("salir/", signing.leave, name="sign_out"),
    path("cuenta/", account.account, name="account"),
    path("cuenta/idioma/", account.language, name="language"),
    path("cuenta/contrasena/", account.password, name="password"),
    path("cuenta/sesiones/", account.sessions, name="sessions"),
    path("cuenta/sesiones/cerrar-las-demas/", account.close_others, name="close_others"),
    path("cuenta/sesiones/<uuid:session>/cerrar/", account.close, name="close_session"),
    path("escritorio/personas/", officials.officials, name="officials"),
    path("escritorio/personas/nombrar/", officials.appoint_official, name="appoint"),
    path("escritorio/personas/abrir-cuenta/", officials.new_account, name="new_account"),
    path("escritorio/personas/puestos/<uuid:post>/terminar/", officials.end, name="end_post"),
    path("escritorio/personas/<uuid:account>/suspender/", officials.suspend, name="suspend"),
    path("escritorio/personas/<uuid:account>/reactivar/", officials.reinstate, name="reinstate"),
    path("escritorio/claves/", tokens.tokens, name="tokens"),
    path("escritorio/claves/nueva/", tokens.issue, name="token_issue"),
    path("escritorio/claves/<uuid:token>/revocar/", tokens.revoke, name="token_revoke"),
]
