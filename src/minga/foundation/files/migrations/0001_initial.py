import django.core.validators
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "sha256",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("media_type", models.TextField()),
                ("name", models.TextField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("uploaded_by", models.TextField()),
                ("scan", models.TextField(choices=[("clean", "Clean"), ("not_scanned", "Not Scanned")])),
                ("scanned_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "files_stored_file",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="files_sha256"
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="files_size"),
                ],
            },
        ),
    ]
