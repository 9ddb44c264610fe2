"""Bringing institutions in from a file: reviewed row by row first, and then exactly what was reviewed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.kernel.facts import Sha256
from minga.kernel.references import Reference
from minga.modules.directory.actions.details import (
    Details,
    Lookups,
    details_of,
    settle,
    settle_code,
)
from minga.modules.directory.actions.editing import change_details
from minga.modules.directory.actions.lifecycle import register_institution
from minga.modules.directory.actions.populations import Period, set_periods, settle_periods
from minga.modules.directory.actions.sheets import MAX_BYTES, Line, Periods, read_sheet
from minga.modules.directory.facts import InstitutionsImported
from minga.modules.directory.models import ImportDraft, Institution
from minga.modules.directory.queries import COLUMNS, with_relations

DRAFT_LIFE = timedelta(days=1)
"""How long an upload waits for its confirmation."""

HEADINGS = {name: heading for heading, name in COLUMNS.items()}


class Verdict(StrEnum):
    """What confirming a file would do with one of its rows."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass
class ReviewedLine:
    """A row of the file and what is to become of it; `problems` are (column, what is wrong)."""

    number: int
    code: str
    verdict: Verdict
    problems: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    details: Details | None = None
    periods: Periods | None = None
    existing: Institution | None = None


@dataclass(frozen=True)
class Review:
    """A whole file, row by row."""

    lines: Sequence[ReviewedLine]

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return sum(line.verdict == verdict for line in self.lines)

    @property
    def wrong(self) -> list[ReviewedLine]:
        """The rows that cannot be imported."""
        return [line for line in self.lines if line.verdict == Verdict.WRONG]

    @property
    def digest(self) -> str:
        """A mark of every verdict: another one means that the register changed since."""
        told = [(line.number, line.code, line.verdict, line.problems, line.changes) for line in self.lines]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def upload_institutions(*, content: bytes, file_name: str, actor: Actor) -> ImportDraft:
    """Keep a file for its review, after checking that it can be read at all.

    Raises Forbidden for anyone but a steward and Invalid for a file that is too large, no table, or has unknown
    columns. Forgotten uploads older than a day go.
    """
    actor.require(Role.STEWARD)
    if len(content) > MAX_BYTES:
        raise Invalid(
            _("El archivo pesa más de %(limit)s kB. Divídalo en varios.") % {"limit": MAX_BYTES // 1000}
        )
    read_sheet(content)
    ImportDraft.objects.filter(uploaded_at__lt=now() - DRAFT_LIFE).delete()
    return ImportDraft.objects.create(
        sha256=hashlib.sha256(content).hexdigest(),
        file_name=_printable(file_name),
        content=content,
        uploaded_by=actor.reference,
        uploaded_at=now(),
    )


def open_draft(*, id: UUID, actor: Actor) -> ImportDraft:
    """The upload, for whoever made it; NotFound for others, and once it was imported or forgotten."""
    actor.require(Role.STEWARD)
    return _held(ImportDraft.objects.all(), id, actor)


def _held(drafts: QuerySet[ImportDraft], id: UUID, actor: Actor) -> ImportDraft:
    draft = drafts.filter(pk=id, uploaded_by=actor.reference).first()
    if draft is None:
        raise NotFound(_("Ese archivo ya se importó o venció. Súbalo otra vez."))
    return draft


def review_institutions(*, content: bytes) -> Review:
    """What importing the file would do now, row by row; changes nothing."""
    lines = read_sheet(content)
    lookups = Lookups.read()
    existing = {item.code: item for item in with_relations().filter(code__in=[line.code for line in lines])}
    known = frozenset(lookups.ids)
    _foresee(lines, lookups)
    reviewed: list[ReviewedLine] = []
    seen: set[str] = set()
    for line in lines:
        reviewed.append(_review(line, existing.get(line.code), lookups, seen))
        seen.add(line.code)
    _orphan(reviewed, known)
    return Review(reviewed)


def import_institutions(*, id: UUID, digest: str, only_good: bool, actor: Actor) -> Review:
    """Import a reviewed upload, all or nothing; with `only_good`, all but its wrong rows.

    Raises Forbidden for anyone but a steward, NotFound for an upload that is gone, Conflict when the register
    changed so that the review (`digest`) no longer holds, and Invalid when rows are wrong and `only_good` is not
    said.
    """
    actor.require(Role.STEWARD)
    with transaction.atomic():
        draft = _held(ImportDraft.objects.select_for_update(), id, actor)
        review = review_institutions(content=bytes(draft.content))
        if review.digest != digest:
            raise Conflict(_("El registro cambió después de su revisión. Revise de nuevo antes de importar."))
        if review.wrong and not only_good:
            raise Invalid(_("El archivo tiene filas con errores y no se importó nada."))
        _apply(review, actor)
        draft.delete()
        record(
            InstitutionsImported(
                file=Sha256(draft.sha256),
                created=review.count(Verdict.NEW),
                changed=review.count(Verdict.CHANGED),
                refused=review.count(Verdict.WRONG),
            ),
            actor=actor,
            subject=Reference.of("import", id),
        )
    return review


def _printable(file_name: str) -> str:
    return "".join(sign for sign in file_name if sign.isprintable())[-200:] or "instituciones.csv"


def _foresee(lines: Sequence[Line], lookups: Lookups) -> None:
    """Let rows depend on rows of the same file, and see circles that the file would close."""
    for line in lines:
        if line.code and line.code not in lookups.former_codes:
            lookups.ids.setdefault(line.code, uuid4())
    for line in lines:
        if line.code in lookups.ids and "parent" in line.values:
            lookups.parents[lookups.ids[line.code]] = lookups.ids.get(line.values["parent"])


def _review(line: Line, existing: Institution | None, lookups: Lookups, seen: set[str]) -> ReviewedLine:
    problems = list(line.problems)
    if line.code in seen:
        words = _("El código «%(code)s» está repetido en el archivo.") % {"code": line.code[:64]}
        problems.append((HEADINGS["code"], words))
    details, periods, more = _settled(line, existing, lookups)
    problems += more
    if problems or details is None:
        return ReviewedLine(line.number, line.code, Verdict.WRONG, tuple(problems))
    if existing is None:
        return ReviewedLine(line.number, line.code, Verdict.NEW, details=details, periods=periods)
    changes = _changes(details, periods, existing)
    verdict = Verdict.CHANGED if changes else Verdict.SAME
    return ReviewedLine(line.number, line.code, verdict, (), changes, details, periods, existing)


def _settled(
    line: Line, existing: Institution | None, lookups: Lookups
) -> tuple[Details | None, Periods | None, list[tuple[str, str]]]:
    """The row's details and periods by all rules, or its problems."""
    problems: list[tuple[str, str]] = []
    details: Details | None = None
    periods: Periods | None = None
    key = lookups.ids.get(line.code)
    try:
        settle_code(line.code, lookups, of=key)
        details = settle(line.details(details_of(existing) if existing else None), lookups, of=key)
        periods = _periods(line, details, existing)
    except Invalid as error:
        for name, messages in error.fields.items():
            problems += [(HEADINGS.get(name, ""), message) for message in messages]
    return details, periods, problems


def _periods(line: Line, details: Details, existing: Institution | None) -> Periods | None:
    """The stays in registers as they will be; None when the file does not speak of them."""
    if line.periods is None:
        return None
    stated = {register: line.periods.get(register, []) for register in ("apc", "gad_municipal")}
    known = (
        {(stay.register, stay.valid_from): stay for stay in existing.memberships.all()} if existing else {}
    )
    settled: Periods = {}
    for register, periods in stated.items():
        named = [_with_norm(period, known.get((register, period.valid_from))) for period in periods]
        settled[register] = settle_periods(
            named, register, since=details.valid_from, until=details.valid_until
        )
    return settled


def _with_norm(period: Period, known: object) -> Period:
    """A stay already known keeps its norm and status, of which the file does not speak."""
    if known is None:
        return period
    return Period(
        valid_from=period.valid_from,
        valid_until=period.valid_until,
        norm=getattr(known, "norm", ""),
        status=getattr(known, "status", period.status),
    )


def _changes(details: Details, periods: Periods | None, existing: Institution) -> tuple[str, ...]:
    """Headings of the columns that the row would change."""
    before, after = vars(details_of(existing)), vars(details)
    changed = [heading for heading, name in COLUMNS.items() if before.get(name) != after.get(name)]
    if periods is not None:
        kept: set[tuple[object, ...]] = {
            (stay.register, stay.valid_from, stay.valid_until) for stay in existing.memberships.all()
        }
        stated = {
            (register, period.valid_from, period.valid_until)
            for register, stays in periods.items()
            for period in stays
        }
        changed += [HEADINGS["periods"]] if kept != stated else []
    return tuple(changed)


def _orphan(lines: Sequence[ReviewedLine], known: frozenset[str]) -> None:
    """Rows that depend on an institution that only a wrong row would bring are wrong too."""
    while True:
        missing = {line.code for line in lines if line.verdict == Verdict.WRONG} - known
        fallen = [line for line in lines if line.details is not None and line.details.parent in missing]
        if not fallen:
            return
        for line in fallen:
            assert line.details is not None
            message = _("Depende de «%(code)s», que está en una fila con errores.") % {
                "code": line.details.parent
            }
            line.verdict, line.problems, line.details = Verdict.WRONG, ((HEADINGS["parent"], message),), None


def _apply(review: Review, actor: Actor) -> None:
    """Write the good rows, each after the one it depends on."""
    lookups = Lookups.read()
    for line in review.lines:
        if line.existing and line.details:
            lookups.parents[line.existing.pk] = lookups.ids.get(line.details.parent)
    waiting = [line for line in review.lines if line.verdict in (Verdict.NEW, Verdict.CHANGED)]
    while waiting:
        new = {line.code for line in waiting if line.verdict == Verdict.NEW}
        ready = [line for line in waiting if line.details and line.details.parent not in new]
        for line in ready:
            _write(line, lookups, actor)
        waiting = [line for line in waiting if line not in ready]


def _write(line: ReviewedLine, lookups: Lookups, actor: Actor) -> None:
    assert line.details is not None
    if line.existing is None:
        institution = register_institution(code=line.code, details=line.details, actor=actor, lookups=lookups)
    else:
        institution = change_details(
            id=line.existing.pk, details=line.details, version=None, actor=actor, lookups=lookups
        )
    for register, periods in (line.periods or {}).items():
        set_periods(institution, register, periods, actor=actor)
