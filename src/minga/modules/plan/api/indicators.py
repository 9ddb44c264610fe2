"""The plan's indicators for programs, down to the single act behind a number."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from minga.foundation.api.paging import Paging, cut_rows, cut_sequence, number, numbered
from minga.foundation.api.shapes import Addresses, Listing, Named, decimal_text
from minga.foundation.ledger.measure import Member
from minga.kernel.cards import Label, name_all
from minga.kernel.indicators import definition, definition_hash
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.plan import queries, schemas
from minga.modules.plan.models import Publication
from minga.ui.http import page

router = Router()


@router.get(
    "/indicators",
    response=Listing[schemas.Indicator],
    operation_id="listIndicators",
    summary=N_("Los indicadores del plan, con su último valor publicado"),
    tags=["indicators"],
)
@page(queries=1)
def list_indicators(
    request: HttpRequest, asked: Query[schemas.IndicatorFilters], paging: Query[Paging]
) -> Listing[schemas.Indicator]:
    """The plan's indicators with their latest published values, in its order, the vision's last."""
    fitting = [
        (place, reading)
        for place, reading in numbered(queries.readings().values())
        if asked.strategy in (None, reading.entry.strategy)
    ]
    found = cut_sequence(fitting, key=number, name="plan.indicators", page=paging)
    to = Addresses.of(request)
    items = [schemas.Indicator(**_reading(to, reading)) for _, reading in found.items]
    return Listing[schemas.Indicator].of(request, found, items)


@router.get(
    "/indicators/{code}",
    response=schemas.IndicatorDetail,
    operation_id="getIndicator",
    summary=N_("Un indicador calculado para un día, con su método y su historia"),
    tags=["indicators"],
)
@page(queries=4)
def get_indicator(
    request: HttpRequest, code: schemas.IndicatorCode, asked: Query[schemas.Moment]
) -> schemas.IndicatorDetail:
    """An indicator evaluated on a day, as it was known then, with its method and its course.

    Everyone behind the value: the link `subjects`, which is pinned to the same day and position.
    """
    queries.indicator_entry(code)
    as_of = queries.moment(on=asked.on, position=asked.position)
    detail = queries.indicator_detail(code=code, as_of=as_of)
    outcome, method = detail.outcome, detail.declaration
    values = _reading(Addresses.of(request), queries.reading_of(code))
    values["links"]["subjects"] += f"?on={as_of.day}&position={as_of.position}"
    return schemas.IndicatorDetail(
        **values,
        on=as_of.day,
        position=as_of.position,
        value=_decimal(outcome.value) if outcome else None,
        numerator=len(outcome.counting) if outcome else None,
        denominator=len(outcome.members) if outcome else None,
        evidence=detail.evidence,
        definition=definition(method) if method else None,
        definition_hash=definition_hash(method) if method else None,
        course=[schemas.Total(on=total.day, value=_decimal(total.value)) for total in detail.course],
        doubts=list(detail.doubts),
    )


@router.get(
    "/indicators/{code}/subjects",
    response=Listing[schemas.Subject],
    operation_id="listIndicatorSubjects",
    summary=N_("Quiénes están detrás de un indicador, y por qué hecho cuenta cada uno"),
    tags=["indicators"],
)
@page(queries=5)
def list_indicator_subjects(
    request: HttpRequest,
    code: schemas.IndicatorCode,
    asked: Query[schemas.SubjectFilters],
    paging: Query[Paging],
) -> Listing[schemas.Subject]:
    """Everyone behind an indicator's value, by stable name, each with the fact that decides.

    Further pages are pinned to the same day and position, so that they belong to one calculation.
    """
    as_of = queries.moment(on=asked.on, position=asked.position)
    outcome = queries.outcome_of(code, as_of)
    members = [
        member
        for member in (outcome.members if outcome else ())
        if asked.state in (None, queries.state_of(member))
    ]
    found = cut_sequence(members, key=_subject_key, name=f"plan.subjects {code}", page=paging)
    labels = name_all(member.subject for member in found.items)
    to = Addresses.of(request)
    items = [_subject(to, member, labels[member.subject]) for member in found.items]
    return Listing[schemas.Subject].of(request, found, items, on=as_of.day, position=as_of.position)


@router.get(
    "/indicators/{code}/publications",
    response=Listing[schemas.Publication],
    operation_id="listIndicatorPublications",
    summary=N_("Los valores publicados de un indicador"),
    tags=["indicators"],
)
@page(queries=3)
def list_indicator_publications(
    request: HttpRequest, code: schemas.IndicatorCode, paging: Query[Paging]
) -> Listing[schemas.Publication]:
    """All values of an indicator that were ever published, the oldest first."""
    queries.indicator_entry(code)
    found = cut_rows(Publication.objects.filter(indicator=code).values_list("id"), keys=("id",), page=paging)
    kept = Publication.objects.defer("definition").in_bulk([key for (key,) in found.items])
    here = Addresses.of(request).api("indicators", code)
    items = [_publication(here, kept[key]) for (key,) in found.items]
    return Listing[schemas.Publication].of(request, found, items)


@router.get(
    "/facts/{int:position}",
    response=schemas.Fact,
    operation_id="getFact",
    summary=N_("Un hecho del libro, con el sello que lo firma"),
    tags=["facts"],
)
@page(queries=8)
def get_fact(request: HttpRequest, position: schemas.Position) -> schemas.Fact:
    """The fact at a position of the ledger, if an indicator reads facts of its kind."""
    act, to = queries.act(position), Addresses.of(request)
    row, seal = act.row, act.seal
    return schemas.Fact(
        position=row.position,
        name=row.name,
        version=row.version,
        title=act.description,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        subject=_named(to, row.subject, act.subject),
        institution=_named(to, row.institution, act.institution)
        if row.institution and act.institution
        else None,
        payload=row.payload,
        seal=schemas.Seal(
            number=seal.number,
            first=seal.first,
            last=seal.last,
            root=bytes(seal.root).hex(),
            sealed_at=seal.sealed_at,
        )
        if seal
        else None,
        links={
            "self": to.api("facts", row.position),
            "type": to.api("fact-types", row.name),
            "html": to.page(reverse("plan:act", args=[row.position])),
        },
    )


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


def _reading(to: Addresses, reading: queries.Reading) -> dict[str, Any]:
    """What every answer tells of an indicator."""
    entry, published = reading.entry, reading.published
    here = to.api("indicators", entry.code)
    links = {
        "self": here,
        "subjects": f"{here}/subjects",
        "publications": f"{here}/publications",
        "html": to.page(reverse("plan:indicator", args=[entry.code])),
    }
    if entry.strategy:
        links["strategy"] = to.api("strategies", entry.strategy)
    return {
        "urn": Reference.of("indicator", entry.code),
        "code": entry.code,
        "title": entry.title,
        "strategy": entry.strategy or None,
        "unit": entry.unit,
        "baseline": decimal_text(entry.baseline),
        "target": decimal_text(entry.target),
        "measured": entry.code in queries.declarations(),
        "reached": reading.reached,
        "latest": _value(published) if published else None,
        "links": links,
    }


def _value(published: Publication) -> schemas.Value:
    return schemas.Value(
        value=_decimal(published.value),
        on=published.day,
        position=published.position,
        numerator=published.numerator,
        denominator=published.denominator,
        published_at=published.published_at,
    )


def _publication(here: str, published: Publication) -> schemas.Publication:
    at = f"?on={published.day}&position={published.position}"
    return schemas.Publication(
        **dict(_value(published)),
        definition_hash=published.definition_hash,
        digest=published.digest,
        links={"recomputed": f"{here}{at}", "subjects": f"{here}/subjects{at}"},
    )


def _subject_key(member: Member) -> str:
    return member.subject


def _subject(to: Addresses, member: Member, label: Label) -> schemas.Subject:
    fact, links = None, {}
    if member.fact and member.position is not None and member.occurred_at:
        fact = schemas.DecidingFact(
            name=member.fact, position=member.position, occurred_at=member.occurred_at
        )
        links["fact"] = to.api("facts", member.position)
        links["act"] = to.page(reverse("plan:act", args=[member.position]))
    if label.url:
        links["html"] = to.page(label.url)
    return schemas.Subject(
        urn=member.subject,
        title=label.title,
        state=queries.state_of(member),
        fact=fact,
        about=member.thing,
        links=links,
    )


def _named(to: Addresses, urn: str, label: Label) -> Named:
    return Named(urn=urn, title=label.title, links={"html": to.page(label.url)} if label.url else {})
