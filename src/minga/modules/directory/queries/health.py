"""What the doctor asks the register."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.kernel.cards import Finding, Severity
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
