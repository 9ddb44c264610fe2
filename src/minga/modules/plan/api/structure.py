"""The plan's structure and the norms registered for it, for programs."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from minga.foundation.api.paging import Paging, cut_rows, cut_sequence, number, numbered
from minga.foundation.api.shapes import Addresses, Links, Listing, Titled
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.directory import contracts as directory
from minga.modules.plan import queries, schemas
from minga.modules.plan.models import Norm, structure
from minga.modules.plan.models.structure import plan
from minga.ui.http import page

router = Router()
_Known = dict[str, directory.InstitutionSummary]
_PAGES = {
    "programmes": "programme",
    "strategies": "strategy",
    "initiatives": "initiative",
    "indicators": "indicator",
}
"""The page of the thing that each list holds."""


@router.get(
    "/plan", response=schemas.Plan, operation_id="getPlan", summary=N_("El plan en vigor"), tags=["plan"]
)
@page(queries=0)
def get_plan(request: HttpRequest) -> schemas.Plan:
    """The plan in force: its years, its programmes and what its text leaves in doubt."""
    to, now = Addresses.of(request), plan()
    return schemas.Plan(
        start=now.start,
        end=now.end,
        programmes=[_titled(to, "programmes", entry) for entry in now.programmes],
        vision=_titled(to, "indicators", now.vision),
        doubts=list(now.doubts["plan"]),
        links={
            "self": to.api("plan"),
            "programmes": to.api("programmes"),
            "strategies": to.api("strategies"),
            "initiatives": to.api("initiatives"),
            "indicators": to.api("indicators"),
            "norms": to.api("norms"),
            "html": to.page(reverse("plan:overview")),
        },
    )


@router.get(
    "/programmes",
    response=Listing[schemas.Programme],
    operation_id="listProgrammes",
    summary=N_("Los programas del plan"),
    tags=["plan"],
)
@page(queries=0)
def list_programmes(request: HttpRequest, paging: Query[Paging]) -> Listing[schemas.Programme]:
    """The plan's programmes, in its order."""
    found = cut_sequence(numbered(plan().programmes), key=number, name="plan.programmes", page=paging)
    to = Addresses.of(request)
    return Listing[schemas.Programme].of(request, found, [_programme(to, item) for _, item in found.items])


@router.get(
    "/programmes/{code}",
    response=schemas.Programme,
    operation_id="getProgramme",
    summary=N_("Un programa del plan"),
    tags=["plan"],
)
@page(queries=0)
def get_programme(request: HttpRequest, code: schemas.ProgrammeCode) -> schemas.Programme:
    """One of the plan's programmes."""
    return _programme(Addresses.of(request), queries.programme(code))


@router.get(
    "/strategies",
    response=Listing[schemas.Strategy],
    operation_id="listStrategies",
    summary=N_("Las estrategias del plan"),
    tags=["plan"],
)
@page(queries=1)
def list_strategies(
    request: HttpRequest, asked: Query[schemas.StrategyFilters], paging: Query[Paging]
) -> Listing[schemas.Strategy]:
    """The plan's strategies, in its order."""
    fitting = [
        pair for pair in numbered(plan().strategies.values()) if asked.programme in (None, pair[1].programme)
    ]
    found = cut_sequence(fitting, key=number, name="plan.strategies", page=paging)
    to, known = Addresses.of(request), _institutions(item for _, item in found.items)
    return Listing[schemas.Strategy].of(
        request, found, [_strategy(to, item, known) for _, item in found.items]
    )


@router.get(
    "/strategies/{code}",
    response=schemas.Strategy,
    operation_id="getStrategy",
    summary=N_("Una estrategia: quién la ejecuta, con qué iniciativas y cómo se mide"),
    tags=["plan"],
)
@page(queries=1)
def get_strategy(request: HttpRequest, code: schemas.StrategyCode) -> schemas.Strategy:
    """One of the plan's strategies: who carries it out, through which initiatives, measured how."""
    found = queries.strategy(code)
    return _strategy(Addresses.of(request), found, _institutions([found]))


@router.get(
    "/initiatives",
    response=Listing[schemas.Initiative],
    operation_id="listInitiatives",
    summary=N_("Las iniciativas del plan"),
    tags=["plan"],
)
@page(queries=1)
def list_initiatives(
    request: HttpRequest, asked: Query[schemas.InitiativeFilters], paging: Query[Paging]
) -> Listing[schemas.Initiative]:
    """The plan's initiatives, in its order."""
    fitting = [
        (place, entry)
        for place, entry in numbered(plan().initiatives.values())
        if asked.strategy in (None, entry.strategy) and asked.kind in (None, entry.kind)
    ]
    found = cut_sequence(fitting, key=number, name="plan.initiatives", page=paging)
    to, in_force = Addresses.of(request), queries.norms_in_force()
    items = [_initiative(to, entry, in_force) for _, entry in found.items]
    return Listing[schemas.Initiative].of(request, found, items)


@router.get(
    "/initiatives/{code}",
    response=schemas.Initiative,
    operation_id="getInitiative",
    summary=N_("Una iniciativa del plan"),
    tags=["plan"],
)
@page(queries=1)
def get_initiative(request: HttpRequest, code: schemas.InitiativeCode) -> schemas.Initiative:
    """One of the plan's initiatives; the norms registered for it are behind its link `norms`."""
    return _initiative(Addresses.of(request), queries.initiative(code), queries.norms_in_force())


@router.get(
    "/initiatives/{code}/progress",
    response=Listing[schemas.Progress],
    operation_id="listInitiativeProgress",
    summary=N_("Cuánto ha avanzado cada institución en una iniciativa"),
    tags=["plan"],
)
@page(queries=6)
def list_progress(
    request: HttpRequest, code: schemas.InitiativeCode, paging: Query[Paging]
) -> Listing[schemas.Progress]:
    """Each institution's part in an initiative: what it reports, what MINTEL validated, what Minga computes."""
    parts = numbered(queries.parts(initiatives=[queries.initiative(code).code]))
    found = cut_sequence(parts, key=number, name=f"plan.progress.{code}", page=paging)
    to = Addresses.of(request)
    return Listing[schemas.Progress].of(request, found, [_progress(to, part) for _, part in found.items])


@router.get(
    "/norms",
    response=Listing[schemas.Norm],
    operation_id="listNorms",
    summary=N_("Las normas registradas para las iniciativas"),
    tags=["plan"],
)
@page(queries=3)
def list_norms(
    request: HttpRequest, asked: Query[schemas.NormFilters], paging: Query[Paging]
) -> Listing[schemas.Norm]:
    """Norms that institutions registered for the plan's initiatives, in the order of their records."""
    rows = queries.public_norms(
        initiative=asked.initiative or "", institution=asked.institution or "", state=asked.state or ""
    )
    found = cut_rows(rows.values_list("created_at", "id"), keys=("created_at", "id"), page=paging)
    norms = queries.norms_by_id([key for _, key in found.items])
    to = Addresses.of(request)
    return Listing[schemas.Norm].of(request, found, [_norm(to, norms[key]) for _, key in found.items])


@router.get(
    "/norms/{uuid:norm_id}",
    response=schemas.Norm,
    operation_id="getNorm",
    summary=N_("Una norma registrada, con su documento"),
    tags=["plan"],
)
@page(queries=1)
def get_norm(request: HttpRequest, norm_id: schemas.NormId) -> schemas.Norm:
    """A registered norm; its document is behind the link `document`."""
    return _norm(Addresses.of(request), queries.public_norm(norm_id))


def _links(to: Addresses, things: str, code: str, **more: str) -> Links:
    """The addresses of one thing of the plan: here, its page, and more."""
    html = to.page(reverse(f"plan:{_PAGES[things]}", args=[code]))
    return {"self": to.api(things, code), **more, "html": html}


def _titled(to: Addresses, things: str, entry: structure.Titled) -> Titled:
    return Titled(code=entry.code, title=entry.title, links={"self": to.api(things, entry.code)})


def _programme(to: Addresses, entry: structure.Programme) -> schemas.Programme:
    return schemas.Programme(
        urn=Reference.of("programme", entry.code),
        code=entry.code,
        title=entry.title,
        goal=entry.goal,
        strategies=[_titled(to, "strategies", each) for each in entry.strategies],
        links=_links(to, "programmes", entry.code),
    )


def _institutions(strategies: Iterable[structure.Strategy]) -> _Known:
    """The institutions that these strategies name, by the plan's name for each; one query."""
    codes = plan().institutions
    names = {name for entry in strategies for name in (*entry.executors, *entry.collaborators)}
    known = directory.institutions([codes[name] for name in names if name in codes])
    return {name: known[codes[name]] for name in names if codes.get(name) in known}


def _strategy(to: Addresses, entry: structure.Strategy, known: _Known) -> schemas.Strategy:
    return schemas.Strategy(
        urn=Reference.of("strategy", entry.code),
        code=entry.code,
        title=entry.title,
        programme=entry.programme,
        executors=[_party(to, name, known) for name in entry.executors],
        collaborators=[_party(to, name, known) for name in entry.collaborators],
        beneficiaries=list(entry.beneficiaries),
        initiatives=[_titled(to, "initiatives", each) for each in entry.initiatives],
        indicators=[_titled(to, "indicators", each) for each in entry.indicators],
        links=_links(to, "strategies", entry.code, programme=to.api("programmes", entry.programme)),
    )


def _party(to: Addresses, name: str, known: _Known) -> Titled:
    """An institution that the plan names, or a kind of institutions, which has no code."""
    found = known.get(name)
    if found is None:
        return Titled(code=None, title=name, links={})
    return Titled(code=found.code, title=found.title, links={"self": to.api("institutions", found.code)})


def _initiative(to: Addresses, entry: structure.Initiative, in_force: set[str]) -> schemas.Initiative:
    return schemas.Initiative(
        urn=entry.reference,
        code=entry.code,
        title=entry.title,
        strategy=entry.strategy,
        kind=entry.kind,
        norm_in_force=entry.code in in_force,
        links=_links(
            to,
            "initiatives",
            entry.code,
            strategy=to.api("strategies", entry.strategy),
            norms=f"{to.api('norms')}?initiative={entry.code}",
            progress=to.api("initiatives", entry.code, "progress"),
        ),
    )


def _progress(to: Addresses, part: queries.Part) -> schemas.Progress:
    institution, figures = part.participant.institution, part.figures
    links = {"html": to.page(reverse("plan:institution", args=[institution.code]))}
    if part.in_force is not None:
        links["roadmap"] = to.page(reverse("plan:roadmap", args=[part.in_force.id]))
    return schemas.Progress(
        initiative=part.initiative.code,
        institution=Titled(
            code=institution.code,
            title=institution.title,
            links={"self": to.api("institutions", institution.code)},
        ),
        role="executor" if part.participant.executes else "collaborator",
        reported=figures.reported,
        reported_in=figures.reported_in or None,
        validated=figures.validated,
        validated_in=figures.validated_in or None,
        computed=figures.computed,
        late=part.late,
        synthetic=part.in_force is not None and part.in_force.synthetic,
        links=links,
    )


def _norm(to: Addresses, norm: Norm) -> schemas.Norm:
    """A registered norm: the database sees to its date and document."""
    document = norm.document
    assert document is not None
    where = norm.institution
    return schemas.Norm(
        urn=norm.reference,
        institution=Titled(
            code=where.code, title=where.name, links={"self": to.api("institutions", where.code)}
        ),
        document=schemas.Document(
            name=norm.document_name,
            media_type=document.media_type,
            size=document.size,
            sha256=document.sha256,
        ),
        links={
            "self": to.api("norms", norm.id),
            "initiative": to.api("initiatives", norm.initiative),
            "document": to.page(reverse("plan:norm_document", args=[norm.id])),
            "html": to.page(reverse("plan:norm", args=[norm.id])),
        },
        **{name: getattr(norm, name) for name in _AS_KEPT},
    )


_AS_KEPT = (
    "id",
    "initiative",
    "title",
    "number",
    "issued_on",
    "gazette_number",
    "gazette_on",
    "state",
    "withdrawal_reason",
    "withdrawn_on",
    "changed_at",
)
