import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_tokens")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="identity_level",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "Básico"), (2, "Verificado"), (3, "Reforzado")], default=1, db_default=1
            ),
        ),
        migrations.AddField(
            model_name="sessionrecord",
            name="means",
            field=django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=8), default=list, db_default=[], size=None
            ),
        ),
        migrations.AddField(
            model_name="sessionrecord",
            name="authenticated_at",
            field=models.DateTimeField(null=True),
        ),
    ]
