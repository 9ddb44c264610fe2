"""Keeping the methodological sheets: a version more whenever a definition or a text changed."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minga.kernel import clock, digests
from minga.kernel.indicators import definition_hash
from minga.modules.plan import queries
from minga.modules.plan.models import SheetVersion
from minga.modules.plan.models.sheet import Content

_LOCK = 0x46696368
"""One keeper at a time: two at once could number the same version twice."""


def keep_sheets() -> list[SheetVersion]:
    """Keep a new version of every sheet that says something else than its newest one; the versions made.

    The system does this by itself, after each publication and when a new Minga starts, so it has no actor.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        return _keep()


def load_sheets() -> str:
    """Keep what this version of Minga says, and tell how much of it is new."""
    made = len(keep_sheets())
    return _("%(made)s versiones nuevas") % {"made": made} if made else _("al día")


def altered_sheets() -> list[SheetVersion]:
    """The kept versions whose content is not what its digest says: none, unless somebody rewrote the table."""
    return [
        each for each in SheetVersion.objects.iterator() if digests.of_json(each.content) != each.content_hash
    ]


def _keep() -> list[SheetVersion]:
    newest, declared, moment = queries.newest_sheets(), queries.declarations(), clock.now()
    made = []
    for code, content in queries.composed().items():
        before, digest = newest.get(code), digests.of_json(content)
        if before is None or before.content_hash != digest:
            declaration = declared.get(code)
            made.append(
                SheetVersion(
                    indicator=code,
                    number=before.number + 1 if before else 1,
                    content=content,
                    content_hash=digest,
                    definition_hash=definition_hash(declaration) if declaration else "",
                    changed=_changed(before.content, content) if before else [],
                    made_at=moment,
                )
            )
    return SheetVersion.objects.bulk_create(made)


def _changed(before: Content, after: Content) -> list[str]:
    """The fields that any language says otherwise."""
    languages = before.keys() | after.keys()
    known = queries.known_fields(*before.values(), *after.values())
    return [
        field
        for field in known
        if any(before.get(each, {}).get(field) != after.get(each, {}).get(field) for each in languages)
    ]
