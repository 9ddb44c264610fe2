"""The background work: is somebody doing it, and does it succeed?"""

from django.db import connection

from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_

_STATE = """
    SELECT
        (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'),
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
        (SELECT count(*) FROM procrastinate_jobs
         WHERE status = 'todo' AND coalesce(scheduled_at, now()) < now() - interval '10 minutes')
"""


def examine() -> list[Finding]:
    """Workers alive, jobs that failed for good, jobs that wait too long."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        workers, failed, late = cursor.fetchone()
    findings = []
    if not workers:
        findings.append(
            Finding(
                Severity.ERROR,
                N_("Nadie hace las tareas en segundo plano."),
                N_("Inicie «minga up» o «minga worker»."),
            )
        )
    if failed:
        findings.append(
            Finding(
                Severity.WARNING,
                f"{failed} " + N_("tareas fallaron después de todos sus intentos."),
                N_("Vea por qué en el escritorio, en «Trabajos en segundo plano»; allí puede retomarlas."),
            )
        )
    if late:
        findings.append(
            Finding(
                Severity.WARNING,
                f"{late} " + N_("tareas esperan desde hace más de diez minutos."),
                N_("Revise que «minga worker» esté en marcha y no esté saturado."),
            )
        )
    return findings or [Finding(Severity.OK, N_("Las tareas se hacen."))]
