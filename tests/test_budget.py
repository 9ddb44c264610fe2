"""A page that asks the database more often than it declares fails the test that opened it."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from minga.ui.http import page
from tests.budget import OverBudget, within_budget


@page(queries=1)
def thrifty(request):
    return HttpResponse()


@pytest.mark.django_db
@pytest.mark.parametrize(("made", "kept"), [(0, True), (1, True), (2, False)])
def test_a_page_is_held_to_its_word(made, kept):
    def handler(request):
        request.resolver_match = ResolverMatch(thrifty, (), {}, route="pagina/")
        for _ in range(made):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        return thrifty(request)

    ask = within_budget(handler)
    if kept:
        assert ask(RequestFactory().get("/pagina/")).status_code == 200
    else:
        with pytest.raises(OverBudget, match="2 queries, 1 declared"):
            ask(RequestFactory().get("/pagina/"))


def test_every_test_is_held_to_it():
    assert settings.MIDDLEWARE[-1] == "tests.budget.within_budget"
