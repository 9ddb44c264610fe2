"""Proving what was filed and published: files against their digests, digests against the ledger."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from minga.foundation.files.storing import intact
from minga.foundation.ledger.models import LedgerFact
from minga.kernel import digests
from minga.modules.plan.facts import ReportSubmitted
from minga.modules.plan.models import Evidence, StateReport


def altered_evidence() -> Iterator[str]:
    """What is wrong with the evidence of filed reports: a file that changed, or one that the ledger does not know."""
    sealed: dict[str, set[str]] = {}
    facts = LedgerFact.objects.filter(name=ReportSubmitted.name).values_list("subject", "payload")
    for subject, payload in facts.iterator():
        sealed.setdefault(subject, set()).update(payload["evidence"])
    filed = Evidence.objects.filter(filed_at__isnull=False, file__isnull=False)
    for evidence in filed.select_related("file", "claim__report").order_by("added_at").iterator():
        report = evidence.claim.report
        words: dict[str, Any] = {"title": evidence.title, "report": report}
        if evidence.file_id not in sealed.get(report.reference, set()):
            yield (
                _("Prueba «%(title)s» del informe %(report)s: su huella no consta en el libro de hechos")
                % words
            )
        if evidence.file is None or not intact(evidence.file):
            yield (
                _("Prueba «%(title)s» del informe %(report)s: el archivo ya no es el que se presentó") % words
            )


def altered_states() -> Iterator[str]:
    """State reports that no longer say what was published."""
    for report in StateReport.objects.order_by("period").iterator():
        if digests.of_json(report.content) != report.content_hash:
            words = _("Estado del plan %(period)s: su contenido no es el que se publicó")
            yield words % {"period": report.period}
