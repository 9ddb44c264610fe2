"""The cloud's shapes for programs: the cartera, who uses it, and how well it works."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import P, PathEx
from pydantic import BaseModel, Field

from minga.foundation.api.shapes import DecimalText, Links, Resource, Titled
from minga.kernel.text import N_
from minga.modules.cloud.models.service import Category, Family

ServiceCode = PathEx[
    str,
    P(
        title=N_("El código del servicio, que está en su dirección."),
        description="Code of the service, as in its address.",
        example="hospedaje-de-equipos",
    ),
]


class ServiceFilters(BaseModel):
    """Which services; all conditions must hold."""

    family: Family | None = Field(
        None,
        title=N_("Centro de datos (data_centre), red (network) o aplicaciones (application)."),
        description="The family that they belong to.",
    )
    state: Literal["offered", "retired"] | None = Field(
        None,
        title=N_("Se ofrece (offered) o ya no (retired)."),
        description="Whether institutions can ask for them today.",
    )


class UseFilters(BaseModel):
    """Which uses; all conditions must hold."""

    family: Family | None = Field(
        None,
        title=N_("Centro de datos (data_centre), red (network) o aplicaciones (application)."),
        description="The family of the service.",
    )
    service: str | None = Field(
        None, max_length=60, title=N_("Código del servicio."), description="Code of the service."
    )
    institution: str | None = Field(
        None,
        max_length=64,
        title=N_("Código de la institución que lo usa."),
        description="Code of the institution that uses it.",
    )


class Tariff(BaseModel):
    """What one concept of a service costs on a day."""

    concept: str = Field(description="What is paid for.")
    unit: str = Field(description="The unit that is counted.")
    period: Literal["month", "year", "once"] = Field(description="What the price pays for.")
    amount: DecimalText = Field(description="United States dollars, without VAT.")
    valid_from: date = Field(description="The first day of this price.")


class Service(Resource):
    """A service of the cartera."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:cloud-service:hospedaje-de-equipos"])
    code: str = Field(description="Stable code.")
    title: str = Field(description="What it is called.")
    summary: str = Field(description="What it is, in a sentence.")
    family: Family = Field(description="Data centre, network or applications.")
    category: Category = Field(description="What it does.")
    provider: Titled = Field(description="The institution that offers it.")
    state: Literal["offered", "retired"] = Field(description="Whether institutions can ask for it today.")
    offered_on: date | None = Field(description="The first day on which it was offered.")
    retired_on: date | None = Field(description="The day on which it ceased to be offered.")
    availability_target: DecimalText | None = Field(description="Promised percent of each month.")
    response_target_ms: int | None = Field(description="Promised milliseconds to answer.")
    synthetic: bool = Field(description="Whether it was invented for a demonstration.")
    links: Links


class ServiceDetail(Service):
    """A service of the cartera with what it costs today."""

    tariffs: list[Tariff] = Field(
        description="The price of each concept today; empty while none is published."
    )


class Use(Resource):
    """A confirmed contract: an institution uses a service."""

    id: UUID = Field(description="Its key.")
    urn: str = Field(description="Stable name, under which facts point at it.")
    institution: Titled = Field(description="Who uses it.")
    service: Titled = Field(description="What is used.")
    family: Family = Field(description="The family of the service.")
    contract: str = Field(description="Number of the contract.")
    starts_on: date = Field(description="The first day of use.")
    expected_end: date | None = Field(description="The day on which the contract ends, if it says so.")
    synthetic: bool = Field(description="Whether it was invented for a demonstration.")
    links: Links


class Month(Resource):
    """What was measured of a service in a month; null where nothing was: no data is not zero."""

    service: Titled = Field(description="What was measured.")
    month: str = Field(description="Year and month.", examples=["2026-10"])
    availability: DecimalText | None = Field(
        description="Percent up of the measured time, announced works left out."
    )
    availability_with_works: DecimalText | None = Field(description="The same with announced works.")
    coverage: DecimalText | None = Field(description="Percent of the expected time that was measured at all.")
    minutes_down: int = Field(description="Measured minutes out of announced works in which it did not work.")
    target: DecimalText | None = Field(
        description="Promised percent of the month, as it was promised before the month began."
    )
    synthetic: bool = Field(description="Whether it was invented for a demonstration.")
    links: Links
