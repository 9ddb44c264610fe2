from django.db import migrations, models

# What an auditor asks the ledger, each in the order of positions. Built beside a running site: writers do not wait.
_ORDERS = {
    "ledger_by_actor": "actor",
    "ledger_by_institution": "institution",
    "ledger_about": "subject",
    "ledger_by_kind": "name",
}


def _index(name: str, field: str) -> migrations.SeparateDatabaseAndState:
    """One index; what an interrupted attempt left behind is removed first."""
    known = {"condition": models.Q(institution__isnull=False)} if field == "institution" else {}
    where = " WHERE institution IS NOT NULL" if known else ""
    away = f"DROP INDEX CONCURRENTLY IF EXISTS {name}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(away, migrations.RunSQL.noop),
            migrations.RunSQL(
                f"CREATE INDEX CONCURRENTLY {name} ON ledger_fact ({field}, position){where}", away
            ),
        ],
        state_operations=[
            migrations.AddIndex("ledgerfact", models.Index(fields=[field, "position"], name=name, **known))
        ],
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0001_initial")]
    operations = [_index(name, field) for name, field in _ORDERS.items()]
