"""Every fixture of the GOV.UK Frontend package, rendered through the macros we use and compared as HTML."""

import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from django.template import engines
from lxml import html as lxml_html

from minga.ui import build

COMPONENTS = build.ROOT / "node_modules/govuk-frontend/dist/govuk/components"
OURS = {"language-navigation": "language_navigation.html", "feedback": "feedback.html"}

UPSTREAM_LAGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "button": (
        "6.6 wraps a start link's html in a span; the macros (6.3) do not. Minga passes text.",
        ("start link with html",),
    ),
    "character-count": (
        "6.6 writes data-count-type, which the macros (6.3) do not know. Minga counts characters, the default.",
        (
            "with maxwords",
            "with count type 'length'",
            "with count type 'characters'",
            "with count type 'characters' and value",
            "with count type 'characters' and error message",
            "with count type 'characters' and threshold",
            "with count type 'words'",
            "with count type 'words' and value",
            "with count type 'words' and error message",
            "with count type 'words' and threshold",
        ),
    ),
    "date-input": (
        "6.6 added options by part and marks parts in error by itself. Minga gives each part whole.",
        (
            "with translations",
            "with values",
            "with values and name prefix",
            "with values, name prefix and custom names",
            "day and month",
            "month and year",
            "with errors only",
            "with errors only (using classes)",
            "with errors only (using items)",
            "with error message and hint",
            "with error message and hint (using items)",
            "with error on day input",
            "with error on day input (using items)",
            "with error on month input",
            "with error on month input (using items)",
            "with error on year input",
            "with error on year input (using items)",
            "custom pattern",
            "custom inputmode",
            "with nested name",
            "with id on items",
            "suffixed id",
            "with item value",
            "with field value",
            "with field value and items",
            "with field value and item value",
            "with field value, item value and values",
            "with field value overriding values",
            "with error message and described by",
            "with error on single field",
            "with error on single field by omission",
            "with error on single field using classes",
            "with error on single item",
            "with error on single item by omission",
            "items with classes",
            "items without classes",
        ),
    ),
    "panel": (
        "6.6 added the interruption panel, which the macros (6.3) lack and Minga does not use.",
        (
            "interruption",
            "interruption-with-content-with-long-line-length",
            "interruption-with-headings-content-and-lists",
            "interruption with custom classes",
            "interruption, with actions classes and attributes",
            "interruption, submit action",
            "interruption, button link",
            "interruption, no actions",
            "interruption, no actions items",
        ),
    ),
    "service-navigation": (
        "6.6 added inline slots, which the macros (6.3) lack. Minga's header has its own place for languages.",
        (
            "with right-aligned language navigation",
            "with `inline` end slot",
        ),
    ),
}
KNOWN_DIFFERENCES = {(component, name) for component, (_, names) in UPSTREAM_LAGS.items() for name in names}


@pytest.fixture(scope="module")
def fixtures() -> list[tuple[str, dict[str, Any]]]:
    build.install_packages(build.ROOT, build.find_node())
    found = []
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        content = json.loads(path.read_text())
        found += [(content["component"], fixture) for fixture in content["fixtures"]]
    return found


@cache
def template(component: str) -> Any:
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    if component in OURS:
        path = f"ui/components/{OURS[component]}"
    source = (
        f'{{% from "{path}" import {macro} %}}'
        f"{{% if body %}}{{% call {macro}(params) %}}{{{{ body | safe }}}}{{% endcall %}}"
        f"{{% else %}}{{{{ {macro}(params) }}}}{{% endif %}}"
    )
    return engines["jinja2"].from_string(source)


def normalised(source: str) -> list[Any]:
    """The HTML as nested lists: tags, attributes by name (classes as a set), texts with single spaces."""
    return [_node(element) if not isinstance(element, str) else _text(element) for element in _parts(source)]


def _parts(source: str) -> list[Any]:
    return [
        part for part in lxml_html.fragments_fromstring(source) if not isinstance(part, str) or part.strip()
    ]


def _text(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def _node(element: Any) -> list[Any]:
    attributes = {
        name: sorted(value.split()) if name in ("class", "aria-describedby") else _text(value)
        for name, value in element.attrib.items()
    }
    children: list[Any] = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            children.append(_node(child))
        children.append(_text(child.tail))
    return [element.tag, attributes, [child for child in children if child != ""]]


def passes(component: str, fixture: dict[str, Any]) -> bool:
    rendered = template(component).render(
        {"params": fixture["options"], "body": fixture.get("context", {}).get("caller")}
    )
    return normalised(rendered) == normalised(fixture["html"])


def test_every_fixture_of_the_package_renders_the_same_html(
    fixtures: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    failed = []
    counted: Counter[str] = Counter()
    for component, fixture in fixtures:
        counted[component] += 1
        if not passes(component, fixture):
            failed.append((component, fixture["name"]))
    with capsys.disabled():
        print(
            f"\nGOV.UK Frontend fixtures: {len(fixtures)} in {len(counted)} components covered, "
            f"{len(fixtures) - len(failed)} pass, {len(failed)} differ as listed"
        )
    assert set(failed) == KNOWN_DIFFERENCES, "differences from upstream changed"
