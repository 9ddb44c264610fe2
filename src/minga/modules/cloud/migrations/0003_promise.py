"""What the provider promised of each service and since when; what it promises today is taken for its first promise."""

import django.db.models.deletion
from django.db import migrations, models

_KNOWN = """
    INSERT INTO cloud_promise (service_id, since, availability, response_ms)
    SELECT id, offered_on, availability_target, response_target_ms FROM cloud_service
    WHERE offered_on IS NOT NULL AND (availability_target IS NOT NULL OR response_target_ms IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cloud", "0002_monitoring"),
    ]

    operations = [
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("availability", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("response_ms", models.PositiveIntegerField(null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="cloud.service",
                    ),
                ),
            ],
            options={
                "ordering": ["service", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "since"), name="cloud_one_promise_of_a_service_a_day"
                    )
                ],
            },
        ),
        migrations.RunSQL(_KNOWN, migrations.RunSQL.noop),
    ]
