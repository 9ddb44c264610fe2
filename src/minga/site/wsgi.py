"""The door that the web server opens: Django as a WSGI application (PEP 3333)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minga.site.settings")
application = get_wsgi_application()
