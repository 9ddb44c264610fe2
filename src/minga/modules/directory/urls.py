"""Addresses of the directory's pages."""

from django.urls import path

from minga.modules.directory.views import editing, importing, public, workplace

app_name = "directory"
urlpatterns = [
    path("instituciones/", public.institutions, name="institutions"),
    path("instituciones/poblacion/", public.population, name="population"),
    path("instituciones/<slug:code>/", public.institution, name="institution"),
    path("territorio/", public.territory, name="territory"),
    path("territorio/<slug:code>/", public.place, name="place"),
    path("escritorio/instituciones/", workplace.institutions, name="work"),
    path("escritorio/instituciones/nueva/", editing.register, name="register"),
    path("escritorio/instituciones/importar/", importing.upload, name="import"),
    path("escritorio/instituciones/importar/<uuid:draft>/", importing.review, name="import_review"),
    path("escritorio/instituciones/<slug:code>/", workplace.institution, name="work_institution"),
    path("escritorio/instituciones/<slug:code>/datos/", editing.details, name="details"),
    path("escritorio/instituciones/<slug:code>/contacto/", editing.contacts, name="contacts"),
    path("escritorio/instituciones/<slug:code>/nombre/", editing.rename, name="rename"),
    path("escritorio/instituciones/<slug:code>/cierre/", editing.close, name="close"),
    path("escritorio/instituciones/<slug:code>/sucesion/", editing.succession, name="succession"),
    path("escritorio/instituciones/<slug:code>/registros/<slug:register>/", editing.periods, name="periods"),
]
