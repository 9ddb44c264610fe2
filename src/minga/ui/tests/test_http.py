"""Lists in pages, orders from the address, downloads, and edits that met another edit."""

import pytest
from django import forms
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.actors import ANONYMOUS
from minga.kernel.errors import Invalid, NotFound
from minga.ui import http

get = RequestFactory().get


@pytest.mark.parametrize("asked", ["0", "-1", "4", "uno", "", "1.5", "²", "9" * 30, "1 "])
def test_a_page_that_does_not_exist_is_not_found_and_says_which_is_the_last(asked):
    with pytest.raises(NotFound, match="3"):
        http.Page.of(get("/", {"pagina": asked}), list(range(25)), size=10)


def test_a_page_holds_its_part_of_the_list():
    page = http.Page.of(get("/?pagina=3"), list(range(25)), size=10)
    assert page.items == [20, 21, 22, 23, 24]
    assert (page.first_item, page.last_item, page.last, page.total) == (21, 25, 3, 25)


def test_an_empty_list_has_one_empty_page():
    page = http.Page.of(get("/"), [])
    assert (page.items, page.last, page.first_item, page.last_item) == ([], 1, 0, 0)


@given(total=st.integers(0, 5000), size=st.integers(1, 100), data=st.data())
def test_the_offered_numbers_rise_and_hold_first_present_and_last(total, size, data):
    last = max(1, -(-total // size))
    number = data.draw(st.integers(1, last))
    offered = http.Page(items=[], number=number, size=size, total=total).numbers()
    known = [place for place in offered if place]
    assert known == sorted(set(known))
    assert {1, number, last} <= set(known)
    assert len(offered) <= 7


def test_an_order_outside_the_list_gives_the_usual_one():
    allowed = ("name", "acts")
    assert http.Sorting.of(get("/?orden=-acts"), allowed, "name") == http.Sorting("acts", True)
    assert http.Sorting.of(get("/?orden=password"), allowed, "-name") == http.Sorting("name", True)
    assert http.Sorting.of(get("/?orden=--acts"), allowed, "name") == http.Sorting("name", False)


def test_pressing_a_heading_again_turns_the_order_around():
    rising = http.Sorting("name", False)
    assert (rising.next_for("name"), rising.next_for("acts")) == ("-name", "acts")
    assert (rising.aria("name"), rising.aria("acts")) == ("ascending", "none")
    assert http.Sorting("name", True).order_by(name="sort_key") == "-sort_key"


def test_links_keep_the_filters():
    request = get("/?tipo=m&pagina=3&orden=name")
    assert http.query_without(request, "pagina", orden="-name") == "?tipo=m&orden=-name"
    assert http.query_without(request, "tipo", "pagina", "orden") == "?"


def test_a_download_reads_with_its_accents_and_runs_no_formula():
    answer = http.csv_response("normas", ["Institución"], [["=1+1"], ["Cañar"], [-5]])
    assert answer.content.decode("utf-8-sig").splitlines() == ["Institución", "'=1+1", "Cañar", "-5"]
    assert 'filename="normas.csv"' in answer["Content-Disposition"]


class Note(forms.Form):
    text = forms.CharField()


def test_the_second_editor_is_told_and_keeps_the_text():
    opened = http.edit_token("versión 1")
    request = RequestFactory().post("/", {"text": "mío", http.EDIT_FIELD: opened})
    form = Note(request.POST)
    assert not http.refuse_stale_edit(form, request, "versión 1")
    assert http.refuse_stale_edit(form, request, "versión 2")
    assert form.non_field_errors()
    assert form["text"].value() == "mío"


def test_a_form_without_its_mark_counts_as_stale():
    assert http.met_another_edit(RequestFactory().post("/", {"text": "x"}), "versión 1")


def test_what_an_action_refuses_is_shown_at_its_field():
    form = Note({"text": "x"})
    http.show_invalid(form, Invalid("", {"text": ["Más corto."], "otro": ["Falta."]}))
    assert form.errors["text"] == ["Más corto."]
    assert form.non_field_errors() == ["Falta."]


def test_a_view_declares_what_it_may_cost_and_nobody_is_the_actor_without_signing_in():
    @http.page(queries=3, cache=60)
    def view(request):
        return None

    assert vars(view) == {"query_budget": 3, "cache_seconds": 60}
    assert http.actor_of(get("/")) is ANONYMOUS
