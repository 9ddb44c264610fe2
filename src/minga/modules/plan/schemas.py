"""The plan's shapes for programs: its structure, its norms, its indicators and every act behind them."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import P, PathEx
from pydantic import BaseModel, Field

from minga.foundation.api.parameters import Day, Whole
from minga.foundation.api.shapes import DecimalText, Links, Named, Resource, Titled
from minga.kernel.indicators import Evidence
from minga.kernel.text import N_
from minga.modules.plan.models.norm import NormState, WithdrawalReason
from minga.modules.plan.models.structure import Kind, Unit

ProgrammeCode = PathEx[
    str,
    P(title=N_("El código del programa: P1, P2 o P3."), description="Code of the programme.", example="P1"),
]
StrategyCode = PathEx[
    str,
    P(
        title=N_("El código de la estrategia, de E1 a E14."),
        description="Code of the strategy.",
        example="E12",
    ),
]
InitiativeCode = PathEx[
    str, P(title=N_("El código de la iniciativa."), description="Code of the initiative.", example="12.2")
]
IndicatorCode = PathEx[
    str, P(title=N_("El código del indicador."), description="Code of the indicator.", example="15")
]
NormId = PathEx[
    UUID,
    P(
        title=N_("La clave de la norma, que está en su dirección."),
        description="Key of the norm, as in its address.",
        example="7b0c8f0e-6f0b-4d6a-9a0e-1c2d3e4f5a6b",
    ),
]
Position = PathEx[
    int,
    P(
        title=N_("La posición del hecho en el libro."),
        description="Position of the fact in the ledger.",
        example=1,
    ),
]

_TITLE = "Title in the reader's language; in Spanish where there is no translation."
_POSITION = "Position in the ledger up to which facts are taken into account."


class StrategyFilters(BaseModel):
    """Which strategies."""

    programme: str | None = Field(
        None,
        max_length=8,
        title=N_("Código del programa: P1, P2 o P3."),
        description="Code of the programme that they belong to.",
        examples=["P1"],
    )


class InitiativeFilters(BaseModel):
    """Which initiatives; all conditions must hold."""

    strategy: str | None = Field(
        None,
        max_length=8,
        title=N_("Código de la estrategia, de E1 a E14."),
        description="Code of the strategy that they carry out.",
        examples=["E1"],
    )
    kind: Kind | None = Field(
        None,
        title=N_("Qué entrega: una norma, tecnología o difusión."),
        description="What they deliver: a norm, technology or outreach.",
    )


class NormFilters(BaseModel):
    """Which norms; all conditions must hold."""

    initiative: str | None = Field(
        None,
        max_length=8,
        title=N_("Código de la iniciativa que la pide."),
        description="Code of the initiative that asks for them.",
        examples=["1.1"],
    )
    institution: str | None = Field(
        None,
        max_length=64,
        title=N_("Código de la institución que la emitió."),
        description="Code of the institution that issued them.",
    )
    state: Literal["issued", "withdrawn"] | None = Field(
        None,
        title=N_("Emitida (issued) o retirada (withdrawn)."),
        description="Whether they hold or were withdrawn.",
    )


class IndicatorFilters(BaseModel):
    """Which indicators."""

    strategy: str | None = Field(
        None,
        max_length=8,
        title=N_("Código de la estrategia que mide."),
        description="Code of the strategy that they measure.",
        examples=["E12"],
    )


class Moment(BaseModel):
    """Which day an indicator is looked at, and what was known."""

    on: Day | None = Field(
        None,
        title=N_("El día en que se mira, con lo que se sabía al terminar ese día. Uno futuro es hoy."),
        description="The day that is looked at, as it was known at its end; a future day is today.",
    )
    position: Whole | None = Field(
        None,
        title=N_("Hasta qué posición del libro de hechos se lee, si quiere repetir un cálculo."),
        description=f"{_POSITION} With it, an answer can be had again to the last subject.",
    )


class SubjectFilters(Moment):
    """Which of those behind an indicator."""

    state: Literal["counts", "no_more", "none"] | None = Field(
        None,
        title=N_("Cuenta (counts), dejó de contar (no_more) o nada lo respalda (none)."),
        description="Whether they count, count no more after a later fact, or have no fact at all.",
    )


class Plan(Resource):
    """The plan in force."""

    start: int = Field(description="First year.")
    end: int = Field(description="Last year.")
    programmes: list[Titled] = Field(description="Its programmes.")
    vision: Titled = Field(description="The indicator of its vision.")
    doubts: list[str] = Field(
        description="What its text leaves in doubt, and how Minga reads it (in Spanish)."
    )
    links: Links


class Programme(Resource):
    """One of the plan's programmes."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:programme:P1"])
    code: str = Field(description="Its code in the plan.", examples=["P1"])
    title: str = Field(description=_TITLE)
    goal: str = Field(description="What it is for.")
    strategies: list[Titled] = Field(description="Its strategies.")
    links: Links


class Strategy(Resource):
    """One of the plan's strategies."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:strategy:E1"])
    code: str = Field(description="Its code in the plan.", examples=["E1"])
    title: str = Field(description=_TITLE)
    programme: str = Field(description="Code of its programme.")
    executors: list[Titled] = Field(
        description="Institutions that carry it out; without a code: kinds of them."
    )
    collaborators: list[Titled] = Field(description="Institutions that support it.")
    beneficiaries: list[str] = Field(description="For whom it is, as the plan says (in Spanish).")
    initiatives: list[Titled] = Field(description="What it consists of.")
    indicators: list[Titled] = Field(description="How it is measured.")
    links: Links


class Initiative(Resource):
    """One of the plan's initiatives."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:initiative:1.1"])
    code: str = Field(description="Its code in the plan.", examples=["1.1"])
    title: str = Field(description=_TITLE)
    strategy: str = Field(description="Code of its strategy.")
    kind: Kind = Field(description="What it delivers: a norm, technology or outreach.")
    norm_in_force: bool = Field(description="Whether a norm registered for it is in force.")
    links: Links


class Progress(Resource):
    """How far one institution is with one initiative: three figures that are never mixed, each null until given."""

    initiative: str = Field(description="Code of the initiative.")
    institution: Titled = Field(description="Who carries it out or supports it.")
    role: Literal["executor", "collaborator"] = Field(description="Its part in the strategy.")
    reported: int | None = Field(description="Percent that the institution reports.")
    reported_in: str | None = Field(description="The quarter of that report.", examples=["2026-t3"])
    validated: int | None = Field(description="Percent that MINTEL validated.")
    validated_in: str | None = Field(description="The quarter of the report that it validated.")
    computed: int | None = Field(description="Weights of the milestones whose evidence MINTEL accepted.")
    late: bool = Field(description="Whether the institution is late with a roadmap or a report.")
    synthetic: bool = Field(description="Whether it was invented for a demonstration.")
    links: Links


class Document(BaseModel):
    """A stored document."""

    name: str = Field(description="Name of the file.")
    media_type: str = Field(description="Its media type.")
    size: int = Field(description="Bytes.")
    sha256: str = Field(description="SHA-256 of its bytes, in hexadecimal.")


class Norm(Resource):
    """A norm that an institution registered for an initiative."""

    urn: str = Field(description="Stable name, under which facts point at it.")
    id: UUID = Field(description="Its key in addresses.")
    initiative: str = Field(description="Code of the initiative that asks for it.")
    institution: Titled = Field(description="Who issued it.")
    title: str = Field(description="Its title.")
    number: str = Field(description="Its number.")
    issued_on: date = Field(description="The day it was issued on.")
    gazette_number: str = Field(description="Number of the official gazette; empty when not published.")
    gazette_on: date | None = Field(description="The day of the official gazette.")
    state: NormState = Field(description="`issued` while it holds, `withdrawn` afterwards.")
    withdrawal_reason: WithdrawalReason | Literal[""] = Field(
        description="Why it was withdrawn; empty while it holds."
    )
    withdrawn_on: date | None = Field(description="The day it was withdrawn on.")
    document: Document = Field(description="Its text.")
    changed_at: datetime = Field(description="When its record last changed.")
    links: Links


class Value(BaseModel):
    """A published value, which anybody can compute again."""

    value: DecimalText | None = Field(description="The value; null when there is nothing to divide by.")
    on: date = Field(description="The day it is about.")
    position: int = Field(description=_POSITION)
    numerator: int = Field(description="How many subjects count.")
    denominator: int = Field(description="How many could count.")
    published_at: datetime = Field(description="When it was published.")


class Publication(Resource):
    """A published value, with all that is needed to compute it again."""

    value: DecimalText | None = Field(description="The value; null when there is nothing to divide by.")
    on: date = Field(description="The day it is about.")
    position: int = Field(description=_POSITION)
    numerator: int = Field(description="How many subjects count.")
    denominator: int = Field(description="How many could count.")
    definition_hash: str = Field(description="SHA-256 of the method; equal hashes mean the same method.")
    digest: str = Field(
        description="SHA-256 over every subject, whether it counted and the deciding fact's position."
    )
    published_at: datetime = Field(description="When it was published.")
    links: Links


class Indicator(Resource):
    """One of the plan's indicators and where it stands."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:indicator:15"])
    code: str = Field(description="Its code in the plan.", examples=["15"])
    title: str = Field(description=_TITLE)
    strategy: str | None = Field(description="Code of the strategy that it measures; null for the vision.")
    unit: Unit = Field(description="What it is measured in.")
    baseline: DecimalText = Field(description="Its value of 2018.")
    target: DecimalText = Field(description="What the plan wants for 2021.")
    measured: bool = Field(description="Whether a capability of the platform measures it.")
    reached: bool = Field(description="Whether the latest published value meets the target.")
    latest: Value | None = Field(description="The latest published value; null while nothing measures it.")
    links: Links


class Total(BaseModel):
    """A value on one day."""

    on: date = Field(description="The day.")
    value: DecimalText | None = Field(description="The value; null when there is nothing to divide by.")


class IndicatorDetail(Indicator):
    """An indicator evaluated: its value on a day as known then, its method and its course."""

    on: date = Field(description="The day that was looked at.")
    position: int = Field(description=_POSITION)
    value: DecimalText | None = Field(
        description="The value; null when nothing measures it or nothing divides it."
    )
    numerator: int | None = Field(description="How many subjects count; null when nothing measures it.")
    denominator: int | None = Field(description="How many could count.")
    evidence: Evidence | None = Field(description="How far the facts behind the value can be trusted.")
    definition: dict[str, Any] | None = Field(
        description="The method as data: which facts open and close what."
    )
    definition_hash: str | None = Field(
        description="SHA-256 of the method; equal hashes mean the same method."
    )
    course: list[Total] = Field(description="The value at the end of each year, and on the day itself.")
    doubts: list[str] = Field(description="What the plan's text leaves in doubt about it (in Spanish).")


class DecidingFact(BaseModel):
    """The fact that decides whether a subject counts."""

    name: str = Field(description="Kind of fact, see `/fact-types`.", examples=["plan.norm.issued"])
    position: int = Field(description="Its position in the ledger.")
    occurred_at: datetime = Field(description="When it took effect.")


class Subject(Resource):
    """One of those behind an indicator's value."""

    urn: str = Field(description="Stable name of the subject.")
    title: str = Field(description="What it is called.")
    state: Literal["counts", "no_more", "none"] = Field(
        description="Whether it counts, counts no more after a later fact, or has no fact at all."
    )
    fact: DecidingFact | None = Field(description="The fact that decides; null when there is none.")
    about: str | None = Field(
        description="Stable name of what the fact is about, where that is not the subject."
    )
    links: Links


class Seal(BaseModel):
    """The signed statement that the ledger holds exactly these facts."""

    number: int = Field(description="Its number in the chain.")
    first: int = Field(description="First position it covers.")
    last: int = Field(description="Last position it covers.")
    root: str = Field(description="Merkle root of the facts, in hexadecimal.")
    sealed_at: datetime = Field(description="When it was signed.")


class Fact(Resource):
    """One fact of the ledger that an indicator reads."""

    position: int = Field(description="Its position in the ledger.")
    name: str = Field(description="Kind of fact, see `/fact-types`.", examples=["plan.norm.issued"])
    version: int = Field(description="Version of the kind.")
    title: str = Field(description="What happened, in the reader's language.")
    occurred_at: datetime = Field(description="When it took effect.")
    recorded_at: datetime = Field(description="When the ledger got to know it.")
    subject: Named = Field(description="What it happened to.")
    institution: Named | None = Field(description="The institution responsible.")
    payload: dict[str, Any] = Field(description="What it says, in the shape of its kind.")
    seal: Seal | None = Field(description="The seal that covers it; null for the first minute or so.")
    links: Links
