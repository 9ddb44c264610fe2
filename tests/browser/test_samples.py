"""No address escapes the sweep: each named URL has its sample, and each sample its URL."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.browser.reading import Readers
from tests.browser.samples import SAMPLES, Kind, Sample

pytestmark = pytest.mark.browser


class _Anything(dict[str, str]):
    """An id for whatever a sample's address asks for; those that are no UUID are listed."""

    def __missing__(self, name: str) -> str:
        return "00000000-0000-4000-8000-000000000000"


_NUMBERS = dict.fromkeys(("act", "day", "synonyms", "failed_job", "section", "question", "cost"), "1")
_ANYTHING = _Anything(_NUMBERS, judged="/plan/:x", period="2026-t1", state="2026-t1")


def named_urls(patterns: Iterable[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all addresses, each with the namespace it is in."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_urls(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def without_a_sample(names: Iterable[str], samples: Iterable[Sample]) -> set[str]:
    return set(names) - {sample.name for sample in samples if "es" in sample.languages}


def test_every_named_url_has_a_sample():
    assert without_a_sample(named_urls(get_resolver().url_patterns), SAMPLES) == set()


def test_a_named_url_without_a_sample_is_found():
    names = [*named_urls(get_resolver().url_patterns), "plan:forgotten"]
    assert without_a_sample(names, SAMPLES) == {"plan:forgotten"}


def test_every_page_is_read_in_spanish_and_what_is_public_in_english_too():
    pages = [sample for sample in SAMPLES if sample.kind is Kind.PAGE]
    names = {sample.name for sample in pages}
    assert names == {sample.name for sample in pages if "es" in sample.languages}
    public = names - {sample.name for sample in pages if sample.role}
    assert (
        public == {sample.name for sample in pages if "en" in sample.languages and not sample.role} & public
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{each.label}-{each.role}" for each in SAMPLES])
def test_a_sample_leads_to_the_view_it_names(sample):
    assert resolve(urlsplit(sample.path(_ANYTHING)).path).view_name == sample.name
    assert sample.kind is Kind.PAGE or sample.why


def test_samples_have_names_of_their_own():
    labels = [sample.label for sample in SAMPLES]
    assert sorted(labels) == sorted(set(labels))


_FILES = [sample for sample in SAMPLES if sample.kind is Kind.FILE]
_POSTS = [sample for sample in SAMPLES if sample.kind is Kind.POST]


@pytest.mark.parametrize("sample", _FILES, ids=[each.label for each in _FILES])
def test_what_is_no_page_answers_with_something_else(sample: Sample, readers: Readers):
    answer = readers.fetch(sample)
    kind = answer.headers["content-type"]
    assert answer.ok
    assert "text/html" not in kind or b"<html" not in answer.body()


@pytest.mark.parametrize("sample", _POSTS, ids=[each.label for each in _POSTS])
def test_what_only_takes_forms_refuses_to_be_read(sample: Sample, readers: Readers):
    answer = readers.fetch(sample)
    assert answer.status == 405
    assert "<h1" in answer.text()
