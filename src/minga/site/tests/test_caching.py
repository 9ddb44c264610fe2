"""Public pages are made once, given to strangers only, and never outlive a change."""

import gzip
import time
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from minga.kernel.actors import ANONYMOUS, Actor
from minga.site import caching
from minga.ui.http import page


@pytest.fixture
def shelf(monkeypatch):
    """An empty shelf with room."""
    new = caching.Shelf(1_000_000)
    monkeypatch.setattr(caching, "shelf", new)
    return new


@pytest.fixture
def site(shelf):
    """The middleware around one public page that counts how often it was made."""
    made = []

    @page(queries=0, cache=60)
    def view(request):
        made.append(request.path)
        if "galleta" in request.GET.get("orden", ""):
            response = HttpResponse("x")
            response.set_cookie("a", "b")
            return response
        headers = {"Strict-Transport-Security": "max-age=60", "Content-Disposition": "attachment"}
        return HttpResponse(f"<p>hecha {len(made)} veces</p>" * 50, headers=headers)

    def handler(request):
        request.resolver_match = ResolverMatch(view, (), {}, route="pagina/<code>/")
        return HttpResponse(status=302) if request.method == "POST" else view(request)

    middleware = caching.public_cache(handler)

    def ask(path="/pagina/1/", method="get", cookies=None, actor=ANONYMOUS, **headers):
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.actor = actor
        request.COOKIES.update(cookies or {})
        return middleware(request)

    return SimpleNamespace(ask=ask, made=made)


def test_a_second_visitor_gets_the_kept_page(site):
    assert site.ask().content == site.ask().content
    assert len(site.made) == 1


def test_a_kept_page_says_as_a_new_one_that_https_is_needed_and_what_to_save(site):
    for answer in (site.ask(), site.ask()):
        assert answer.headers["Strict-Transport-Security"] == "max-age=60"
        assert answer.headers["Content-Disposition"] == "attachment"


def test_the_kept_page_tells_its_route_and_not_its_address(site):
    site.ask()
    assert site.ask().minga_route == "/pagina/<code>/"


def test_a_browser_that_has_the_page_is_told_so(site):
    mark = site.ask().headers["ETag"]
    answer = site.ask(**{"if-none-match": mark})
    assert answer.status_code == 304
    assert not answer.content
    assert site.ask(**{"if-none-match": f"W/{mark}"}).status_code == 304


def test_the_page_travels_zipped_where_the_browser_takes_it(site):
    plain, packed = site.ask(), site.ask(**{"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content)


@pytest.mark.parametrize(
    "different",
    [
        {"path": "/pagina/2/"},
        {"path": "/pagina/1/?orden=nombre"},
        {"accept-language": "en"},
        {"cookies": {"minga_idioma": "qu"}},
        {"host": "127.0.0.1"},
    ],
)
def test_pages_differ_by_address_language_and_host(site, different):
    site.ask()
    site.ask(**different)
    assert len(site.made) == 2


@pytest.mark.parametrize(
    "own",
    [{"cookies": {"minga_sesion": "abc"}}, {"hx-request": "true"}, {"path": "/pagina/1/?otra=1"}],
)
def test_whoever_may_get_something_of_their_own_never_gets_a_kept_page(site, own):
    site.ask()
    answer = site.ask(**own)
    assert len(site.made) == 2
    assert "s-maxage" not in answer.headers["Cache-Control"]
    site.ask(**own)
    assert len(site.made) == 3


def test_nobody_stores_the_pages_of_whoever_signed_in(site):
    assert site.ask(cookies={"minga_sesion": "abc"}).headers["Cache-Control"] == "private, no-store"


def test_a_page_that_sets_a_cookie_is_not_kept(site, shelf):
    site.ask("/pagina/1/?orden=galleta")
    site.ask("/pagina/1/?orden=galleta")
    assert len(site.made) == 2


def test_a_change_makes_all_kept_pages_old_at_once(site):
    site.ask()
    site.ask(method="post", cookies={"minga_sesion": "abc"}, actor=Actor.system("test"))
    site.ask()
    assert len(site.made) == 2


@pytest.mark.parametrize("cookies", [{}, {"minga_sesion": "forged"}])
def test_what_a_visitor_sends_makes_no_page_old(site, cookies):
    site.ask()
    site.ask(method="post", cookies=cookies)
    site.ask()
    assert len(site.made) == 1


def test_a_change_in_another_process_shows_too(site, settings):
    caching.edition.cache_clear()  # this test has a home of its own
    site.ask()
    other = caching.Edition(settings.MINGA_HOME / "run" / "edition")
    other.move()
    site.ask()
    assert len(site.made) == 2


def test_a_page_lives_for_its_seconds_at_most(site, monkeypatch):
    site.ask()
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    site.ask()
    assert len(site.made) == 2


def test_a_page_begun_before_a_change_is_not_given_after_it(shelf, settings):
    @page(queries=0, cache=60)
    def slow(request):
        caching.edition().move()
        return HttpResponse("old")

    def handler(request):
        request.resolver_match = ResolverMatch(slow, (), {}, route="lenta/")
        return slow(request)

    middleware = caching.public_cache(handler)
    middleware(RequestFactory().get("/lenta/"))
    assert shelf.get(caching._key(RequestFactory().get("/lenta/"))) is None


def test_the_page_longest_unused_makes_room(shelf):
    small = caching.Shelf(5_000)
    keys = [("h", "http", f"/{n}/", "", "es") for n in range(5)]
    for key in keys:
        small.put(key, _kept(b"a" * 1_000))
    assert small.get(keys[0]) is None
    assert small.get(keys[-1]) is not None


def _kept(body):
    return caching.Kept(
        body=body,
        headers={},
        route="/",
        etag='"x"',
        edition=caching.edition().now(),
        until=time.monotonic() + 60,
        seconds=60,
    )


@pytest.mark.django_db
def test_the_first_page_is_one_that_is_kept(shelf):
    first, second = Client().get("/"), Client().get("/")
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
