from django.db import migrations, models

# What an auditor asks the ledger, each in the order of positions, and the seal of a fact.
_WITH_INSTITUTION = models.Q(institution__isnull=False)
_INDEXES = (
    ("ledgerfact", models.Index(fields=["actor", "position"], name="ledger_by_actor")),
    (
        "ledgerfact",
        models.Index(
            fields=["institution", "position"], name="ledger_by_institution", condition=_WITH_INSTITUTION
        ),
    ),
    ("ledgerfact", models.Index(fields=["subject", "position"], name="ledger_about")),
    ("ledgerfact", models.Index(fields=["name", "position"], name="ledger_by_kind")),
    ("ledgerseal", models.Index(fields=["last"], name="ledger_seal_of")),
)


def _built(model: str, index: models.Index) -> migrations.SeparateDatabaseAndState:
    """One index, built beside a running site: writers do not wait. What an interrupted attempt left goes first."""
    table = {"ledgerfact": "ledger_fact", "ledgerseal": "ledger_seal"}[model]
    where = " WHERE institution IS NOT NULL" if index.condition else ""
    away = f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}"
    build = f"CREATE INDEX CONCURRENTLY {index.name} ON {table} ({', '.join(index.fields)}){where}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(away, migrations.RunSQL.noop),
            migrations.RunSQL(build, away),
        ],
        state_operations=[migrations.AddIndex(model, index)],
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0001_initial")]
    operations = [_built(model, index) for model, index in _INDEXES]
