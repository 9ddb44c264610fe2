"""Templates are compiled once and kept, while there is room for it."""

import resource
from pathlib import Path

import pytest

from minga.ui import jinja


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where compiled templates are kept."""
    return tmp_path


def _draw(folder: Path) -> str:
    source = "{% from 'ui/components/mark.html' import mark %}{{ mark() }}"
    return jinja.environment(compiled_into=str(folder)).from_string(source).render()


def test_a_compiled_template_is_kept(folder: Path) -> None:
    assert "<svg" in _draw(folder)
    assert list(folder.iterdir())


def test_pages_are_drawn_on_a_full_disk(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        drawn = _draw(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "<svg" in drawn
    assert not list(folder.iterdir())
