"""The directory's shapes for programs: what they may ask, and what they get."""

from datetime import date

from ninja import P, PathEx
from pydantic import BaseModel, Field

from minga.foundation.api.parameters import Day
from minga.foundation.api.shapes import Coded, Links, Resource, Titled
from minga.kernel.text import N_
from minga.modules.directory.models import InstitutionFunction, InstitutionType, PlaceLevel, Register, Status

InstitutionCode = PathEx[
    str,
    P(
        title=N_("El código de la institución; uno anterior también la encuentra."),
        description="Code of the institution; a former one finds it too.",
        example="mintel",
    ),
]
PlaceCode = PathEx[
    str,
    P(
        title=N_("El código del lugar (INEC): dos cifras, cuatro o seis."),
        description="INEC code of the place: two digits, four or six.",
        example="1701",
    ),
]
_ON = N_("El día en que se mira: por ejemplo, 2020-06-30. Si no lo escribe, hoy.")


class OnDay(BaseModel):
    """Which day is looked at."""

    on: Day | None = Field(
        None, title=_ON, description="The day that is looked at; today when it is left out."
    )


class InstitutionFilters(OnDay):
    """Which institutions of the register; all conditions must hold."""

    q: str | None = Field(
        None,
        max_length=100,
        title=N_("Palabras del nombre, las siglas o el código."),
        description="Words in the name (accents and case do not count), the acronym or the code.",
        examples=["trabajo"],
    )
    type: InstitutionType | None = Field(
        None, title=N_("Tipo de institución."), description="Kind of institution."
    )
    function: InstitutionFunction | None = Field(
        None,
        title=N_("Función del Estado o nivel de gobierno."),
        description="Function of the State, or level of government.",
    )
    sector: str | None = Field(
        None,
        max_length=40,
        title=N_("Código del sector; los sectores están en «sectors»."),
        description="Code of the sector, see `/sectors`.",
    )
    member_of: Register | None = Field(
        None,
        title=N_("Registro al que pertenece ese día: la base de los porcentajes del plan."),
        description="Register that it belongs to on the day: what shares of the plan are divided by.",
    )
    place: str | None = Field(
        None,
        max_length=6,
        title=N_("Código del lugar que gobierna (INEC)."),
        description="INEC code of the place that it governs.",
    )
    parent: str | None = Field(
        None,
        max_length=64,
        title=N_("Código de la institución de la que depende."),
        description="Code of the institution that it depends on.",
    )
    status: Status | None = Field(
        None,
        title=N_("Si alguien comprobó sus datos con la norma."),
        description="Whether somebody checked it against the norm it rests on.",
    )


class Institution(Resource):
    """An institution of the State, as the register knows it on a day."""

    urn: str = Field(
        description="Stable name, which no change of code touches.",
        examples=["urn:minga:institution:7b0c8f0e-6f0b-4d6a-9a0e-1c2d3e4f5a6b"],
    )
    code: str = Field(description="Code in addresses; a former one still leads here.", examples=["mintel"])
    name: str = Field(description="Official name on the day.")
    acronym: str = Field(description="Acronym on the day; empty without one.", examples=["MINTEL"])
    type: Coded = Field(description="Kind of institution.")
    function: Coded = Field(description="Function of the State, or level of government.")
    sector: Coded | None = Field(description="Sector of public policy.")
    parent: str | None = Field(description="Code of the institution that it depends on.")
    place: str | None = Field(description="INEC code of the place that it governs.", examples=["1701"])
    valid_from: date | None = Field(description="First day of its existence; null when that is not known.")
    valid_until: date | None = Field(
        description="First day on which it no longer exists; null while it does, or when not known."
    )
    verified: bool = Field(description="Whether somebody checked it against the norm it rests on.")
    synthetic: bool = Field(description="Whether it is invented, for rehearsals.")
    links: Links


class DatedName(BaseModel):
    """A name that the institution had in a time."""

    name: str = Field(description="Official name.")
    acronym: str = Field(description="Acronym; empty without one.")
    valid_from: date | None = Field(description="First day of the name; null when not known.")
    valid_until: date | None = Field(description="First day of the next name; null while it holds.")
    norm: str = Field(description="The norm that gave the name; empty when not known.")
    verified: bool = Field(description="Whether somebody checked it against the norm.")


class Passage(BaseModel):
    """Work that passed from or to another institution."""

    institution: Titled | None = Field(description="The other one; null when nobody took over.")
    kind: Coded = Field(description="How: merged, absorbed, divided or suppressed.")
    on: date | None = Field(description="The day on which it took effect; null when not known.")
    norm: str = Field(description="The norm that ordered it; empty when not known.")
    verified: bool = Field(description="Whether somebody checked it against the norm.")


class Stay(BaseModel):
    """Time that the institution belongs to a register."""

    code: Register = Field(description="Code of the register.")
    title: str = Field(description="What the register is called.")
    valid_from: date = Field(description="First day in it.")
    valid_until: date | None = Field(description="First day no longer in it; null while it lasts.")
    norm: str = Field(description="The norm that says so; empty when not known.")
    verified: bool = Field(description="Whether somebody checked it against the norm.")


class InstitutionDetail(Institution):
    """Everything that the register holds on an institution."""

    created_by: str = Field(description="The norm that created it; empty when not known.")
    closed_by: str = Field(description="The norm that ended it; empty when none did.")
    source: str = Field(description="Where the register has it from.")
    ruc: str = Field(description="Taxpayer's number (RUC); empty when not known.")
    gobec_id: str = Field(description="Its number in the State's portal gob.ec; empty when not known.")
    websites: list[str] = Field(description="Its sites.")
    email: str = Field(description="Public address for mail.")
    phone: str = Field(description="Public telephone.")
    address: str = Field(description="Where its main office is.")
    priority_groups: list[Coded] = Field(
        description="Groups of priority attention that it works with (Constitution, article 35)."
    )
    names: list[DatedName] = Field(description="All its names, the latest first.")
    predecessors: list[Passage] = Field(description="What it took over from others.")
    successors: list[Passage] = Field(description="What it gave to others.")
    registers: list[Stay] = Field(description="The registers it belongs or belonged to.")
    dependents: list[Titled] = Field(description="Institutions that depend on it now.")


class Population(Resource):
    """A register of institutions that shares of the plan are divided by."""

    code: Register = Field(description="Stable code.")
    title: str = Field(description="What it is called, in the reader's language.")
    on: date = Field(description="The day that was asked about.")
    members: int = Field(description="How many institutions belong to it on the day.")
    links: Links


class Sector(Resource):
    """A sector of public policy that groups institutions."""

    code: str = Field(description="Stable code.")
    name: str = Field(description="What it is called, in the reader's language.")
    in_plan: bool = Field(description="Whether the plan names it.")
    links: Links


class PlaceFilters(OnDay):
    """Which places; all conditions must hold."""

    level: PlaceLevel | None = Field(
        None, title=N_("Nivel: provincia, cantón o parroquia."), description="Level of the division."
    )
    parent: str | None = Field(
        None,
        max_length=6,
        title=N_("Código del lugar al que pertenece (INEC)."),
        description="INEC code of the place that it is part of.",
        examples=["17"],
    )
    q: str | None = Field(
        None,
        max_length=100,
        title=N_("Palabras del nombre."),
        description="Words in the name; accents and case do not count.",
    )


class Place(Resource):
    """A province, canton or parish (INEC's division, DPA), or a zone that no canton has been given."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:place:1701"])
    code: str = Field(description="INEC code: two digits, four or six.", examples=["1701"])
    level: Coded = Field(description="Level of the division.")
    name: str = Field(description="Official name.")
    also_known_as: str = Field(description="Another name in use; empty without one.")
    seat: str = Field(description="Its seat; empty when not known.")
    parent: str | None = Field(description="Code of what it is part of.")
    valid_from: date | None = Field(description="First day of its existence; null when not known.")
    valid_until: date | None = Field(
        description="First day on which it no longer exists; null while it does."
    )
    verified: bool = Field(description="Whether somebody checked its name and dates.")
    links: Links


class PlaceDetail(Place):
    """A place with what it belongs to and who governs it."""

    ancestors: list[Titled] = Field(description="What it is part of, the largest first.")
    parts: int = Field(description="How many places it is divided into on the day.")
    governments: list[Titled] = Field(description="Governments of the place and of its parts.")
