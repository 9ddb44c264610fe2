"""The public pages over the real register: budgets, data, populations and territory."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from minga.modules.directory.views import public

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def page(client, name, *args, **query):
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_pages_keep_their_query_budgets(client, django_assert_max_num_queries):
    visits: tuple[tuple[Any, str, list[str], dict[str, str]], ...] = (
        (public.institutions, "institutions", [], {}),
        (public.institutions, "institutions", [], {"registro": "apc", "fecha": "2019-06-01"}),
        (public.institution, "institution", ["mintel"], {}),
        (public.population, "population", [], {"registro": "apc", "fecha": "2019-06-01"}),
        (public.territory, "territory", [], {}),
        (public.place, "place", ["17"], {}),
        (public.place, "place", ["1701"], {}),
    )
    for view, name, arguments, query in visits:
        with django_assert_max_num_queries(view.query_budget):
            page(client, name, *arguments, **query)


def test_the_list_shows_two_hundred_and_fifty_rows_with_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        text = page(client, "institutions")
    assert text.count('<tr class="govuk-table__row"><th') == 250


def test_every_public_page_is_also_data(client):
    for name, arguments in (
        ("institutions", []),
        ("institution", ["mintel"]),
        ("population", []),
        ("territory", []),
        ("place", ["17"]),
    ):
        address = reverse(f"directory:{name}", args=arguments)
        as_csv = client.get(address, {"formato": "csv"})
        as_json = client.get(address, {"formato": "json"})
        rows = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
        assert rows
        assert len(rows) == len(as_json.json())
        assert list(rows[0]) == list(as_json.json()[0])
        assert client.get(address, {"formato": "xml"}).status_code == 404


def test_the_population_page_shows_who_counted_and_what_was_known(client):
    text = page(client, "population", registro="gad_municipal", fecha="2019-06-01")
    assert "221" in text
    assert "1 de junio de 2019" in text
    assert "hecho número" in text
    nobody = page(client, "population", registro="apc", fecha="2017-06-01")
    assert "Nadie pertenecía" in nobody
    then = page(client, "population", registro="apc", fecha="2019-06-01", conocido="2019-06-01")
    assert "Nadie pertenecía" in then


def test_the_territory_leads_from_province_to_canton_to_parish_and_to_who_governs(client):
    assert "Pichincha" in page(client, "territory")
    province = page(client, "place", "17")
    assert "Rumiñahui" in province
    canton = page(client, "place", "1705")
    for words in ("Pichincha", "Gobierno Autónomo Descentralizado", "Sangolquí"):
        assert words in canton
