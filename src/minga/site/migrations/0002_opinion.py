from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=200)),
                ("helped", models.BooleanField()),
                ("text", models.CharField(default="", max_length=1000)),
                ("day", models.DateField()),
            ],
            options={
                "db_table": "site_opinion",
                "ordering": ["-day", "token"],
                "indexes": [
                    models.Index(fields=["day"], name="site_opinion_day"),
                    models.Index(fields=["address", "-day"], name="site_opinion_address"),
                ],
            },
        ),
    ]
