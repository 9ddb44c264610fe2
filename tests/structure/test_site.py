"""Rules that need the site itself: its addresses, its cards and its tables."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.utils import translation

from minga.kernel import cards
from minga.kernel.facts import catalogue
from minga.ui.http import page
from tests.structure.addresses import pages_without_a_budget


def bare(request: HttpRequest) -> HttpResponse:
    """A page that does not say what it costs."""
    return HttpResponse()


def test_every_page_declares_its_query_budget() -> None:
    assert pages_without_a_budget(get_resolver().url_patterns) == []


def test_a_page_without_a_budget_is_found() -> None:
    priced = page(queries=1)(lambda request: HttpResponse())
    patterns: list[URLPattern | URLResolver] = [
        path("a/", include([path("bare/", bare)])),
        path("b/", priced),
    ]

    assert pages_without_a_budget(patterns, package="tests") == ["bare/ (tests.structure.test_site.bare)"]


def missing_migrations() -> str:
    """What `makemigrations` would write; empty when the tables and the migrations agree."""
    written = MigrationLoader(None, ignore_no_migrations=True)
    with translation.override(None):
        detector = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=written.graph)
    return "\n".join(
        str(step) for steps in changes.values() for migration in steps for step in migration.operations
    )


@pytest.fixture
def forgotten_table() -> Iterator[None]:
    """A model of the plan's room for which nobody wrote a migration."""
    type(
        "Forgotten",
        (models.Model,),
        {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "plan"})},
    )
    yield
    del apps.all_models["plan"]["forgotten"]
    apps.clear_cache()


def test_every_change_of_a_table_has_its_migration() -> None:
    assert missing_migrations() == ""


@pytest.mark.usefixtures("forgotten_table")
def test_a_table_without_a_migration_is_found() -> None:
    assert "Forgotten" in missing_migrations()


def test_every_subscription_listens_to_a_fact_of_the_catalogue() -> None:
    known = {kind.name for kind in catalogue()}

    assert {subscription.fact for subscription in cards.each(lambda room: room.subscriptions)} <= known


def test_every_entry_of_the_navigation_leads_somewhere() -> None:
    entries = cards.each(lambda room: (*room.navigation, *room.workplace))

    assert all(reverse(entry.url_name).startswith("/") for entry in entries)


@pytest.mark.parametrize("address", ["/salud/vivo", "/no-existe/"])
def test_every_answer_carries_the_strict_content_policy(client: Client, address: str) -> None:
    headers = client.get(address).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
