"""Bringing a database to this version of Minga: migrations, rights, first data; and knowing when that is done."""

import hashlib
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path

from minga import __version__
from minga.site.cli.console import Progress, say

PACKAGE = Path(__file__).resolve().parents[2]
_LEFT_OUT = frozenset({"tests", "static", "templates", "locale", "sass", "js", "images", "__pycache__"})


def fingerprint() -> str:
    """A digest of all code and data of this version that could change what the database starts with."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_sources(PACKAGE)):
        digest.update(str(path.relative_to(PACKAGE)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _LEFT_OUT:
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path


def is_prepared(address: str, wanted: str) -> bool:
    """Whether the database at this address was prepared by exactly this version; plain SQL, without Django."""
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            row = connection.execute("SELECT fingerprint FROM site_preparation WHERE id = 1").fetchone()
    except psycopg.errors.UndefinedTable:
        return False
    return row is not None and row[0] == wanted


def migrate() -> None:
    """Apply all migrations and give the runtime role its rights."""
    from minga.site import upgrades

    progress = Progress(_("Base de datos"))
    new = upgrades.migrate()
    progress.end(_("{new} tablas nuevas").format(new=new) if new else _("al día"))


def seed(*, demonstration: bool) -> None:
    """Load the data that a new instance starts with, in the order of the rooms' cards; safe to run again."""
    from minga.kernel import cards

    for each in sorted(cards.each(lambda room: room.seeds), key=lambda item: item.order):
        if demonstration or not each.demonstration:
            progress = Progress(str(each.title))
            progress.end(each.load())


def _wait_for_disk(choice: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, false)", [choice])


def _save_before_upgrade() -> None:
    """A backup before the tables of an instance in use change; without room for it nothing changes."""
    from minga.site import upgrades
    from minga.site.backups.taking import before_upgrade
    from minga.site.cli.backup import tell_lost

    found = upgrades.standing()
    upgrades.refuse_newer(found)
    if found.fresh or not found.pending:
        return
    say(_("Pasos pendientes: {steps}").format(steps=upgrades.named(found.pending)))
    progress = Progress(_("Copia antes de actualizar"))
    taken = before_upgrade()
    if taken is None:
        progress.end(_("vale la que se hizo al empezar esta actualización"))
        return
    progress.end(str(taken.path))
    tell_lost(taken)


def prepare() -> None:
    """Migrate (after a backup), seed, and note that it was done. The caller has chosen the owner's role.

    Only the note waits for the disk: everything before it is then on the disk too, and without the note all
    of this is done again.
    """
    import django
    from django.conf import settings
    from django.db import connection

    wanted = fingerprint()
    django.setup()
    from minga.site.backups.taking import upgraded
    from minga.site.models import Preparation

    try:
        _save_before_upgrade()
        _wait_for_disk("off")
        migrate()
        seed(demonstration=settings.MINGA_DEMONSTRATION)
        _wait_for_disk("on")
        Preparation.objects.update_or_create(id=1, defaults={"fingerprint": wanted})
        upgraded()
    finally:
        connection.close()
    say(_("Listo."))
