"""Addresses of the site's own pages."""

from django.urls import path

from minga.site.api import documentation
from minga.site.pages import calendar, facts, find, health, home, notices, opinion, workplace

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", find.results, name="search"),
    path("buscar/sugerencias", find.suggestions, name="suggestions"),
    path("escritorio/", workplace.workplace, name="workplace"),
    path("calendario/", calendar.calculator, name="calendar"),
    path("hechos/", facts.reference, name="facts"),
    path("hechos/catalogo.json", facts.schemas, name="fact_schemas"),
    path("desarrolladores/", documentation.developers, name="developers"),
    path("opinion/", opinion.ask, name="opinion"),
    path("opinion/gracias/", opinion.thanks, name="opinion_thanks"),
    path("privacidad/", notices.privacy, name="privacy"),
    path("robots.txt", notices.robots, name="robots"),
    path("sitemap.xml", notices.sitemap, name="sitemap"),
    path("favicon.ico", notices.favicon, name="favicon"),
    path(".well-known/security.txt", notices.security, name="security"),
    path("salud/vivo", health.alive, name="alive"),
    path("salud/listo", health.ready, name="ready"),
]
