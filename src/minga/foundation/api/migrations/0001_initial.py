from django.db import migrations, models

# Room for new versions of a row beside the old one: each request writes its caller's row.
UNLOGGED = "ALTER TABLE api_allowance SET UNLOGGED; ALTER TABLE api_allowance SET (fillfactor = 50);"
USUAL = "ALTER TABLE api_allowance SET LOGGED; ALTER TABLE api_allowance RESET (fillfactor);"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("caller", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(UNLOGGED, USUAL),
    ]
