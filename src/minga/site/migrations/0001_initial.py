from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Preparation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("prepared_at", models.DateTimeField(auto_now=True)),
            ],
            options={"db_table": "site_preparation"},
        ),
        migrations.AddConstraint(
            model_name="preparation",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="site_preparation_one_row"),
        ),
    ]
