"""Pages of a list join without a gap or a repetition, forwards and backwards; a cursor cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.api.paging import Paging, Question, cut_rows, cut_sequence, number, numbered
from minga.foundation.outbox.models import Message
from minga.kernel.errors import NotFound


def page_of(items, name="numbers", **asked):
    return cut_sequence(items, key=int, name=name, page=Paging(**asked))


@given(items=st.sets(st.integers(0, 999), max_size=40), size=st.integers(1, 15))
def test_every_item_comes_once_in_order_and_back_again(items, size):
    whole = sorted(items)
    page = page_of(whole, page_size=size)
    seen = list(page.items)
    while page.after:
        page = page_of(whole, page_size=size, cursor=page.after)
        seen += page.items
    back = list(page.items)
    while page.before:
        page = page_of(whole, page_size=size, cursor=page.before)
        back = [*page.items, *back]
    assert seen == back == whole
    assert page.total == len(whole)


def page_of_rows(rows, composed, **asked):
    found = rows.values_list("kind", "key")
    question = Question(Message, "all", lambda: found) if composed else found
    return cut_rows(question, keys=("kind", "key"), page=Paging(**asked))


@pytest.mark.django_db
@pytest.mark.parametrize("composed", [False, True])
@given(kinds=st.lists(st.sampled_from("ab"), max_size=12), size=st.integers(1, 5))
def test_rows_that_share_their_first_key_come_once_in_order_and_back_again(composed, kinds, size):
    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(kind=kind, key=f"{place:02}", language="es") for place, kind in enumerate(kinds)
    )
    rows = Message.objects.all()
    page = page_of_rows(rows, composed, page_size=size)
    seen = list(page.items)
    while page.after:
        page = page_of_rows(rows, composed, page_size=size, cursor=page.after)
        seen += page.items
    back = list(page.items)
    while page.before:
        page = page_of_rows(rows, composed, page_size=size, cursor=page.before)
        back = [*page.items, *back]
    assert seen == back == sorted((kind, f"{place:02}") for place, kind in enumerate(kinds))
    assert page.total == len(kinds)


@given(before=st.sets(st.integers(0, 99)), after=st.sets(st.integers(0, 99)), size=st.integers(1, 9))
def test_what_was_there_all_along_is_neither_missed_nor_repeated_while_others_come_and_go(
    before, after, size
):
    page = page_of(sorted(before), page_size=size)
    seen = list(page.items)
    while page.after:
        page = page_of(sorted(after), page_size=size, cursor=page.after)
        seen += page.items
    assert len(seen) == len(set(seen))
    assert before & after <= set(seen) or not seen


def test_a_question_that_nothing_can_fit_has_an_empty_page(db):
    nothing = Question(Message, "none", lambda: Message.objects.filter(pk__in=[]).values_list("kind", "key"))
    page = cut_rows(nothing, keys=("kind", "key"), page=Paging(page_size=5, cursor=None))
    assert (page.items, page.total, page.before, page.after) == ([], 0, None, None)


def test_a_list_with_an_order_of_its_own_keeps_it():
    pairs = numbered("minga")
    first = cut_sequence(pairs, key=number, name="letters", page=Paging(page_size=3, cursor=None))
    second = cut_sequence(pairs, key=number, name="letters", page=Paging(page_size=3, cursor=first.after))
    assert "".join(letter for _, letter in (*first.items, *second.items)) == "minga"


@pytest.mark.parametrize("cursor", ["", "x", "WyI-IiwxXQ:x", "ñ", "a" * 1000])
def test_a_cursor_that_somebody_made_up_names_no_page(cursor):
    with pytest.raises(NotFound):
        page_of([1, 2, 3], cursor=cursor)


def test_a_cursor_of_another_list_names_no_page():
    cursor = page_of([1, 2, 3], page_size=1).after
    with pytest.raises(NotFound):
        page_of([1, 2, 3], name="others", cursor=cursor)
