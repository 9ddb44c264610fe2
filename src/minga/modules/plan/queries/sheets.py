"""The methodological sheets as they were kept: one version, what it changed, and all versions of an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minga.kernel.errors import NotFound
from minga.modules.plan.models import SheetVersion
from minga.modules.plan.models.sheet import FIELDS, LANGUAGES, Piece
from minga.modules.plan.models.structure import IndicatorEntry
from minga.modules.plan.queries.structure import indicator_entry


@dataclass(frozen=True)
class Change:
    """A field that a version says otherwise than the one before; empty where there was, or is, no such field."""

    field: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Sheet:
    """One kept version of an indicator's sheet, in one language."""

    entry: IndicatorEntry
    version: SheetVersion
    versions: tuple[SheetVersion, ...]
    """all that were kept, newest first, without their content"""
    language: str
    fields: Mapping[str, list[Piece]]
    changes: tuple[Change, ...]

    @property
    def is_newest(self) -> bool:
        """Whether this is the version in use."""
        return self.version.number == self.versions[0].number

    @property
    def first_made_at(self) -> datetime:
        """When the first version was kept."""
        return self.versions[-1].made_at


def sheet(*, code: str, number: int | None = None) -> Sheet:
    """A version of an indicator's sheet, the newest by default, in the reader's language (two queries).

    NotFound for an unknown indicator or version, and before the first one is kept.
    """
    entry = indicator_entry(code)
    kept = list(SheetVersion.objects.filter(indicator=code).order_by("-number").defer("content"))
    wanted = kept[0].number if kept and number is None else number
    found = {each.number: each for each in _with_content(code, wanted)} if wanted else {}
    if wanted is None or wanted not in found:
        raise NotFound(_("No hay una ficha de este indicador con ese número de versión."))
    version, before = found[wanted], found.get(wanted - 1)
    language = _language()
    return Sheet(
        entry=entry,
        version=version,
        versions=tuple(kept),
        language=language,
        fields=version.content[language],
        changes=_changes(before, version, language) if before else (),
    )


def newest_sheets() -> dict[str, SheetVersion]:
    """The newest version of each sheet, by indicator code (one query)."""
    newest = SheetVersion.objects.order_by("indicator", "-number").distinct("indicator")
    return {version.indicator: version for version in newest}


def _with_content(code: str, number: int) -> QuerySet[SheetVersion]:
    return SheetVersion.objects.filter(Q(number=number) | Q(number=number - 1), indicator=code)


def _language() -> str:
    wanted = (get_language() or LANGUAGES[0])[:2]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _changes(before: SheetVersion, after: SheetVersion, language: str) -> tuple[Change, ...]:
    old, new = before.content[language], after.content[language]
    pairs = ((field, old.get(field, []), new.get(field, [])) for field in known_fields(old, new))
    return tuple(Change(field, was, now) for field, was, now in pairs if was != now)


def known_fields(*contents: Mapping[str, list[Piece]]) -> list[str]:
    """The fields of the form in order, then any that only an older version knew."""
    return list(dict.fromkeys([*FIELDS, *(field for content in contents for field in content)]))
