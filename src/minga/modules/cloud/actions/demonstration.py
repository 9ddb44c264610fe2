"""Invented prices, contracts, opinions and proposals for a demonstration, each flagged synthetic."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from minga.kernel.clock import now, today
from minga.kernel.text import slug, sort_key
from minga.modules.cloud.actions.guidelines import publish_guideline
from minga.modules.cloud.actions.proposals import VOTING
from minga.modules.cloud.actions.seeding import SEED, read
from minga.modules.cloud.models import (
    Adoption,
    DeclaredCost,
    Guideline,
    Improvement,
    ImprovementNote,
    Price,
    Promise,
    Proposal,
    Rating,
    Service,
    Vote,
)
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.models.guideline import GuidelineState
from minga.modules.cloud.models.improvement import ImprovementState, NoteKind
from minga.modules.cloud.models.proposal import ProposalState
from minga.modules.cloud.models.service import ServiceState
from minga.modules.cloud.queries.ratings import month_to_rate
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory import contracts as directory

_OFFERED_SINCE = date(2018, 1, 1)
_MONTHS = 6
"""How many closed months have opinions."""


@transaction.atomic
def load_demonstration() -> str:
    """Make all of it once, and publish the draft of the guidelines; nothing when it is there already."""
    if Service.objects.filter(synthetic=True).exists():
        return "ya estaban"
    data = read("demonstration.yaml")
    cast = _Cast(data)
    _services(data["services"], cast)
    services = {entry.code: entry for entry in Service.objects.all()}
    _prices(data["prices"], services)
    _uses(data, services, cast)
    _opinions(data, services, cast)
    _elsewhere(data["elsewhere"], services, cast)
    _improvements(data["improvements"], services, cast)
    _proposals(data["proposals"], cast)
    draft = Guideline.objects.filter(state=GuidelineState.DRAFT, number=1).first()
    if draft is not None:
        publish_guideline(draft.number, version=draft.version, actor=SEED)
    return f"{Adoption.objects.filter(synthetic=True).count()} contratos inventados"


class _Cast:
    """The institutions that the data name, by code; one that the directory lacks plays no part."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        codes = {code for used in data["uses"].values() for code in used} | {PROVIDER}
        codes |= {code for idea in data["proposals"] for code in idea["votes"]}
        self.ids = {code: entry.id for code, entry in directory.institutions(codes).items()}

    def of(self, codes: Mapping[str, Any] | list[str]) -> list[tuple[str, UUID]]:
        """(code, key) of those that exist."""
        return [(code, self.ids[code]) for code in codes if code in self.ids]


def _services(rows: list[dict[str, Any]], cast: _Cast) -> None:
    for row in rows:
        service = Service.objects.create(
            **row,
            code=slug(row["title"]),
            sort_key=sort_key(row["title"]),
            how_to_ask="Es un servicio inventado para la demostración: no se puede pedir.",
            provider_id=cast.ids[PROVIDER],
            state=ServiceState.OFFERED,
            offered_on=_OFFERED_SINCE,
            synthetic=True,
        )
        Promise.objects.keep(service, since=_OFFERED_SINCE)


def _prices(rows: Mapping[str, Any], services: Mapping[str, Service]) -> None:
    for code, tariffs in rows.items():
        for tariff in tariffs:
            amounts = tariff.pop("amounts")
            for year, amount in amounts.items():
                Price.objects.create(
                    **tariff,
                    service=services[code],
                    amount=amount,
                    valid_from=date(year, 1, 1),
                    synthetic=True,
                )


def _uses(data: Mapping[str, Any], services: Mapping[str, Service], cast: _Cast) -> None:
    for code, users in data["uses"].items():
        for number, (_name, institution) in enumerate(cast.of(users)):
            _contract(services[code], institution, AdoptionState.CONFIRMED, date(2017 + number % 3, 4, 1))
    for code, user in data["filed"].items():
        for _name, institution in cast.of([user]):
            _contract(services[code], institution, AdoptionState.FILED, date(2019, 2, 1))


def _contract(service: Service, institution: UUID, state: AdoptionState, since: date) -> None:
    Adoption.objects.create(
        service=service,
        institution_id=institution,
        contract=f"DEMO-{since:%Y}-{Adoption.objects.count() + 1:03d}",
        starts_on=since,
        state=state,
        synthetic=True,
    )


def _opinions(data: Mapping[str, Any], services: Mapping[str, Service], cast: _Cast) -> None:
    month = month_to_rate(today())
    for back in range(1, _MONTHS + 1):
        month = (month - timedelta(days=1)).replace(day=1)
        for code, grades in data["ratings"].items():
            users = cast.of(data["uses"][code])
            for number, ((_name, institution), grade) in enumerate(zip(users, grades, strict=False)):
                comment = data["comments"][number] if back == 1 and number < len(data["comments"]) else ""
                Rating.objects.create(
                    service=services[code],
                    institution_id=institution,
                    month=month,
                    overall=grade,
                    support=min(5, grade + (number + back) % 2),
                    reliability=max(1, grade - (number * back) % 2),
                    comment=comment,
                    synthetic=True,
                )


def _elsewhere(rows: Mapping[str, Any], services: Mapping[str, Service], cast: _Cast) -> None:
    for code, declared in rows.items():
        for name, institution in cast.of(declared["monthly"]):
            DeclaredCost.objects.create(
                service=services[code],
                institution_id=institution,
                concept=declared["concept"],
                monthly=declared["monthly"][name],
                declared_on=today(),
                synthetic=True,
            )


def _improvements(rows: list[dict[str, Any]], services: Mapping[str, Service], cast: _Cast) -> None:
    for row in rows:
        due_on, done = today() + timedelta(days=row.pop("due_in")), row.pop("done", False)
        owner, service = row.pop("owner"), row.pop("service")
        action = Improvement.objects.create(
            **row,
            service=services[service],
            owner_id=cast.ids[owner],
            due_on=due_on,
            opened_on=min(today(), due_on) - timedelta(days=60),
            state=ImprovementState.DONE if done else ImprovementState.OPEN,
            done_on=today() if done else None,
            synthetic=True,
        )
        kind = NoteKind.DONE if done else NoteKind.OPENED
        ImprovementNote.objects.create(improvement=action, kind=kind, actor=SEED.reference, written_at=now())


def _proposals(rows: list[dict[str, Any]], cast: _Cast) -> None:
    for row in rows:
        votes, declined = row.pop("votes"), row.pop("declined", "")
        proposed_on = today() - timedelta(days=row.pop("days_ago"))
        institution_id = cast.ids[row.pop("institution")]
        proposal = Proposal.objects.create(
            **row,
            institution_id=institution_id,
            proposed_on=proposed_on,
            closes_on=proposed_on + VOTING,
            state=ProposalState.DECLINED if declined else ProposalState.OPEN,
            answer=declined,
            answered_on=today() if declined else None,
            synthetic=True,
        )
        for code, institution in cast.of(votes):
            Vote.objects.create(proposal=proposal, institution_id=institution, support=votes[code])
