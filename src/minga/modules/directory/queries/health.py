"""What the doctor, and a steward in the morning, ask the register."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.kernel.actors import Actor, Role
from minga.kernel.cards import Finding, Severity, Task
from minga.modules.directory.models import Institution, Place, Status


def check_config() -> list[Finding]:
    """Whether the register is filled, and how much of it waits for somebody to check it."""
    counts = Institution.objects.aggregate(
        total=Count("id"), unverified=Count("id", filter=Q(status=Status.UNVERIFIED))
    )
    if not counts["total"] or not Place.objects.exists():
        return [
            Finding(
                Severity.ERROR,
                _(
                    "El registro de instituciones o el territorio está vacío: los porcentajes del plan no tienen base."
                ),
                _("Ejecute «minga seed»."),
            )
        ]
    findings = [
        Finding(
            Severity.OK,
            ngettext(
                "%(num)s institución en el registro", "%(num)s instituciones en el registro", counts["total"]
            )
            % {"num": counts["total"]},
        )
    ]
    if counts["unverified"]:
        findings.append(
            Finding(
                Severity.WARNING,
                ngettext(
                    "%(num)s institución por verificar con su norma",
                    "%(num)s instituciones por verificar con su norma",
                    counts["unverified"],
                )
                % {"num": counts["unverified"]},
                _("Revíselas en /escritorio/instituciones/?estado=por_verificar."),
            )
        )
    return findings


def tasks(actor: Actor) -> Iterator[Task]:
    """For a steward: how many institutions nobody has compared with their norm yet."""
    if not actor.holds(Role.STEWARD):
        return
    unverified = Institution.objects.filter(status=Status.UNVERIFIED).count()
    if unverified:
        words = ngettext(
            "%(num)s institución por verificar", "%(num)s instituciones por verificar", unverified
        )
        yield Task(
            kind=_("Registro de instituciones"),
            title=words % {"num": unverified},
            url=f"{reverse('directory:work')}?estado=por_verificar&cerradas=on",
            detail=_("Compárelas con la norma que las creó."),
        )
