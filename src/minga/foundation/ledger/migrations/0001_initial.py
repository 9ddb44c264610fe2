from django.db import migrations, models

# Indicators read the index alone where the visibility map is fresh: a table that only grows is vacuumed early.
APPEND_ONLY = """
    ALTER TABLE ledger_fact SET (autovacuum_vacuum_insert_scale_factor = 0.02);

    CREATE SEQUENCE ledger_position AS bigint;

    CREATE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.position := nextval('ledger_position');
        NEW.recorded_at := clock_timestamp();
        RETURN NEW;
    END $$;
    CREATE TRIGGER ledger_stamp BEFORE INSERT ON ledger_fact
        FOR EACH ROW EXECUTE FUNCTION ledger_stamp();

    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger only grows: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER ledger_fact_append_only BEFORE UPDATE OR DELETE ON ledger_fact
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
    CREATE TRIGGER ledger_seal_append_only BEFORE UPDATE OR DELETE ON ledger_seal
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
    CREATE TRIGGER ledger_fact_never_emptied BEFORE TRUNCATE ON ledger_fact
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
    CREATE TRIGGER ledger_seal_never_emptied BEFORE TRUNCATE ON ledger_seal
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
UNDO = """
    DROP TRIGGER ledger_fact_append_only ON ledger_fact;
    DROP TRIGGER ledger_seal_append_only ON ledger_seal;
    DROP TRIGGER ledger_fact_never_emptied ON ledger_fact;
    DROP TRIGGER ledger_seal_never_emptied ON ledger_seal;
    DROP TRIGGER ledger_stamp ON ledger_fact;
    DROP FUNCTION ledger_refuse();
    DROP FUNCTION ledger_stamp();
    DROP SEQUENCE ledger_position;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="LedgerFact",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField(db_collation="C")),
                ("version", models.SmallIntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("subject", models.TextField(db_collation="C")),
                ("institution", models.TextField(db_collation="C", null=True)),
                ("actor", models.TextField()),
                ("synthetic", models.BooleanField(default=False)),
                ("payload", models.JSONField()),
            ],
            options={
                "db_table": "ledger_fact",
                "ordering": ["position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("synthetic", False)),
                        fields=["name", "subject", "occurred_at", "position"],
                        include=("institution",),
                        name="ledger_by_subject",
                    ),
                    models.Index(fields=["recorded_at", "position"], name="ledger_by_moment"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("facts", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={"db_table": "ledger_seal", "ordering": ["number"]},
        ),
        migrations.CreateModel(
            name="LedgerDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subscription", models.TextField()),
                ("position", models.BigIntegerField()),
            ],
            options={"db_table": "ledger_delivery"},
        ),
        migrations.AddConstraint(
            model_name="ledgerdelivery",
            constraint=models.UniqueConstraint(
                fields=("subscription", "position"), name="ledger_delivered_once"
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
