"""What a steward does with the synonyms. Each change keeps who made it, when, and what was there before."""

import csv
from collections.abc import Sequence
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.search.models import SynonymChange, SynonymGroup
from minga.foundation.search.question import LONGEST_SYNONYM
from minga.foundation.search.synonyms import understand
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.kernel.text import BadText, clean_line

MOST_ALTERNATIVES = 30
LONGEST_ALTERNATIVE = 80


@transaction.atomic
def add_synonyms(*, asked: Sequence[str], means: Sequence[str], actor: Actor) -> SynonymGroup:
    """Make a new group: whoever searches any of `asked` also finds `means`. Raises Invalid, Forbidden."""
    actor.require(Role.STEWARD)
    group = SynonymGroup(version=1)
    _fill(group, asked, means)
    group.save()
    _record(group, None, actor)
    return group


@transaction.atomic
def change_synonyms(
    *, group: int, version: int, asked: Sequence[str], means: Sequence[str], active: bool = True, actor: Actor
) -> SynonymGroup:
    """Change a group that was read at `version`. Raises NotFound, Conflict, Invalid, Forbidden."""
    actor.require(Role.STEWARD)
    found = _locked(group, version)
    before = _contents(found)
    _fill(found, asked, means)
    found.active = active
    found.version += 1
    found.save()
    _record(found, before, actor)
    return found


@transaction.atomic
def remove_synonyms(*, group: int, version: int, actor: Actor) -> None:
    """Take a group out; its history stays. Raises NotFound, Conflict, Forbidden."""
    actor.require(Role.STEWARD)
    found = _locked(group, version)
    SynonymChange.objects.create(
        group=found.pk, version=found.version + 1, actor=actor.reference, before=_contents(found), after=None
    )
    found.delete()


@transaction.atomic
def load_synonyms() -> int:
    """Add the groups that Minga brings and this instance never had; says how many. What was changed stays."""
    actor = Actor.system("search")
    had = {
        tuple(change.after["asked"])
        for change in SynonymChange.objects.filter(before__isnull=True)
        if change.after
    }
    source = files("minga.foundation.search").joinpath("data/synonyms.csv").read_text(encoding="utf-8")
    added = 0
    for row in csv.DictReader(source.splitlines()):
        asked = row["asked"].split("|")
        if tuple(asked) not in had:
            add_synonyms(asked=asked, means=row["means"].split("|"), actor=actor)
            added += 1
    return added


def _locked(group: int, version: int) -> SynonymGroup:
    found = SynonymGroup.objects.select_for_update().filter(pk=group).first()
    if found is None:
        raise NotFound(_("Este grupo de sinónimos ya no existe."))
    if found.version != version:
        raise Conflict(
            _("Otra persona cambió este grupo mientras usted lo editaba. Revise el cambio y repita.")
        )
    return found


def _fill(group: SynonymGroup, asked: Sequence[str], means: Sequence[str]) -> None:
    problems: dict[str, list[str]] = {}
    group.asked = _alternatives(asked, "asked", problems)
    group.means = _alternatives(means, "means", problems)
    read = understand(group.asked, group.means)
    for text, stems in zip(group.asked, read.stems, strict=True):
        if not 0 < len(stems.split()) <= LONGEST_SYNONYM:
            words = _("«{text}» debe tener de una a cuatro palabras que digan algo.").format(text=text)
            problems.setdefault("asked", []).append(words)
    if group.means and not read.expansion:
        problems["means"] = [_("Escriba palabras que digan algo, no solo artículos y preposiciones.")]
    if problems:
        raise Invalid(_("Revise el grupo de sinónimos."), problems)
    group.stems, group.expansion = list(read.stems), read.expansion


def _alternatives(texts: Sequence[str], field: str, problems: dict[str, list[str]]) -> list[str]:
    """The texts cleaned, each once; what is wrong with them goes to `problems`."""
    kept: list[str] = []
    for text in texts:
        try:
            cleaned = clean_line(text)
        except BadText as error:
            problems.setdefault(field, []).append(_(error.message))
            continue
        if len(cleaned) > LONGEST_ALTERNATIVE:
            problems.setdefault(field, []).append(_("Escriba expresiones de hasta 80 letras."))
        elif cleaned:
            kept.append(cleaned)
    kept = list(dict.fromkeys(kept))
    if len(kept) > MOST_ALTERNATIVES:
        problems.setdefault(field, []).append(_("Escriba hasta 30 expresiones en un grupo."))
    if not kept and field not in problems:
        problems[field] = [_("Escriba al menos una palabra.")]
    return kept


def _contents(group: SynonymGroup) -> dict[str, object]:
    return {"asked": group.asked, "means": group.means, "active": group.active}


def _record(group: SynonymGroup, before: dict[str, object] | None, actor: Actor) -> None:
    SynonymChange.objects.create(
        group=group.pk, version=group.version, actor=actor.reference, before=before, after=_contents(group)
    )
