"""Templates: nothing inline that the content policy forbids, none left over, every word translatable."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from tests.structure.tree import Tree

SPOKEN = frozenset({"alt", "aria-label", "aria-description", "data-label", "label", "placeholder", "title"})
"""Attributes that a person reads or hears."""
UNTRANSLATED = frozenset({"CSV", "JSON", "Minga", "PDF", "kB"})
"""Words that are the same in every language; each must still be in use."""
SPECIMENS = ("ui/gallery/examples/", "ui/kit/")
"""Folders of templates that the gallery shows and offers to copy, in Spanish as they stand."""
SILENT_ELEMENTS = frozenset({"code", "kbd", "pre", "samp", "script", "style", "svg"})
_TRANSLATORS = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
_VALUE = "\x01"
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[A-ZÁÉÍÓÚÑ¿¡][a-záéíóúñü]+[ :]|[a-záéíóúñü]{2,} [a-záéíóúñü]{2,}|[áéíóúñ¿¡]")
_OWN_CLASS = re.compile(r"minga-[a-z_-]+")
_ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"")
_INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|<[^>]*\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE
)
_NAMED = re.compile(r"""["']([a-z_]+(?:/[\w.-]+)+\.(?:html|typ))["']""")


def nothing_is_inline(tree: Tree) -> list[str]:
    """No inline style, script or on* attribute: the content security policy refuses them."""
    found = []
    for path in _templates(tree):
        text = tree.text(path)
        for match in _INLINE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{tree.show(path, line)} {match.group()[-40:].strip()}")
    return found


def every_template_is_used(tree: Tree) -> list[str]:
    """A page or a document is made by code; anything else is extended, included or imported by another template."""
    users = [*_templates(tree), *(path for path in tree.modules if path.is_relative_to(tree.source))]
    named: set[str] = set()
    for path in users:
        named |= {name for name in _NAMED.findall(tree.text(path)) if name != _name(path)}
    printed = (path for path in tree.named(".typ") if "templates" in path.parts)
    return [
        f"{tree.show(path)} is used by nothing"
        for path in (*_ours(tree), *printed)
        if _name(path) not in named
    ]


def every_page_extends_a_layout(tree: Tree) -> list[str]:
    """A template that code renders extends another; only the outermost layout writes `<html>`."""
    found = []
    for path in _ours(tree):
        text = tree.text(path)
        if "<html" in text and _name(path) != "ui/layout.html":
            found.append(f"{tree.show(path)} writes its own <html>")
        if "{% block content" in text and "{% extends" not in text and _name(path) != "ui/layout.html":
            found.append(f"{tree.show(path)} has content but extends nothing")
    return found


def every_word_can_be_translated(tree: Tree) -> list[str]:
    """No bare text in a template: all of it goes through `_()` or `{% trans %}`."""
    return [f"{tree.show(path, line)} {text!r}" for path, line, text in _bare(tree) if not _allowed(text)]


def words_left_untranslated_are_still_used(tree: Tree) -> list[str]:
    """The list of untranslated words only shrinks."""
    used = " ".join(text for _, _, text in _bare(tree))
    return [
        f"{word} is in UNTRANSLATED and in no template" for word in sorted(UNTRANSLATED) if word not in used
    ]


def _templates(tree: Tree) -> Iterator[Path]:
    return (
        path for path in tree.named(".html") if "templates" in path.parts and path.is_relative_to(tree.source)
    )


def _ours(tree: Tree) -> Iterator[Path]:
    """The templates of our own pages."""
    return (path for path in _templates(tree) if not _name(path).startswith(SPECIMENS))


def _name(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


def _allowed(text: str) -> bool:
    return all(word in UNTRANSLATED for word in re.findall(r"[^\s/·:;,.()\x01]+", text) if _WORD.search(word))


@cache
def _bare(tree: Tree) -> tuple[tuple[Path, int, str], ...]:
    return tuple(_found(tree))


def _found(tree: Tree) -> Iterator[tuple[Path, int, str]]:
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    for path in _ours(tree):
        source = tree.text(path)
        reader = _Reader()
        reader.feed("".join(_markup(environment, source)))
        reader.close()
        yield from ((path, line, text) for line, text in reader.found)
        yield from ((path, line, text) for line, text in _strings(environment, source))


def _markup(environment: Environment, source: str) -> Iterator[str]:
    """The template's own HTML, line by line as it was, with a mark where a value goes."""
    in_trans, begins = False, False
    for _line, kind, value in environment.lex(source):
        if kind == "data":
            yield "\n" * value.count("\n") if in_trans else value
            continue
        yield "\n" * value.count("\n")
        if kind == "variable_begin":
            yield _VALUE
        if kind == "block_begin":
            begins = True
        elif begins and kind == "name":
            in_trans = value == "trans" or (in_trans and value != "endtrans")
            begins = False


def _strings(environment: Environment, source: str) -> Iterator[tuple[int, str]]:
    """Sentences written as plain strings inside expressions, such as `{{ submit("Guardar todo") }}`."""
    tree = environment.parse(source)
    spoken = {
        id(constant)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in _TRANSLATORS
        for constant in call.find_all(nodes.Const)
    }
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and id(constant) not in spoken and _is_speech(constant.value):
            yield constant.lineno, constant.value


def _is_speech(text: str) -> bool:
    """Whether a string reads like words for a person, not like class names or markup."""
    return "govuk-" not in text and "<" not in text and _SENTENCE.search(text) is not None


class _Reader(HTMLParser):
    """Collects the words between tags and in spoken attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT_ELEMENTS
        for name, value in attrs:
            if name in SPOKEN:
                self._keep(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._keep(data)

    def _keep(self, text: str) -> None:
        words = _ATTRIBUTE.sub("", text.replace(_VALUE, " ")).strip()
        if _WORD.search(words) and not _OWN_CLASS.fullmatch(words):
            self.found.append((self.getpos()[0], " ".join(words.split())))
