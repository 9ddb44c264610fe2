"""Identity as a Django app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Holds accounts, posts and sessions, and opens a session record whenever Django signs somebody in."""

    name = "minga.modules.identity"
    label = "identity"
    verbose_name = "Identidad"

    def ready(self) -> None:
        """Listen to Django's own sign-in, so that no way of signing in goes unrecorded."""
        from django.contrib.auth.signals import user_logged_in

        from minga.modules.identity.actions.sessions import on_sign_in

        user_logged_in.connect(on_sign_in, dispatch_uid="identity.session.opened")
