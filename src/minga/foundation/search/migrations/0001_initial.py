import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.datetime
from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

ANALYZERS = """
    CREATE TEXT SEARCH CONFIGURATION es_ua (COPY = spanish);
    ALTER TEXT SEARCH CONFIGURATION es_ua
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(ANALYZERS, "DROP TEXT SEARCH CONFIGURATION es_ua"),
        migrations.CreateModel(
            name="SearchCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("words", models.TextField()),
                ("times", models.IntegerField(default=1)),
                ("found", models.IntegerField()),
            ],
            options={
                "db_table": "search_count",
                "ordering": ["-day", "words"],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "words"), name="search_count_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("url", models.TextField()),
                ("language", models.TextField(default="es")),
                ("title", models.TextField()),
                ("institution", models.TextField(default="")),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("body", models.TextField(default="")),
                ("weight", models.FloatField(default=1.0)),
                ("title_words", models.SmallIntegerField(default=0)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("body_vector", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("indexed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "search_document",
                "ordering": ["id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="search_document_vector"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["body_vector"], name="search_document_body"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="search_document_words"
                    ),
                    models.Index(fields=["kind", "id"], name="search_document_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("spelling", models.TextField()),
                ("documents", models.IntegerField()),
            ],
            options={
                "db_table": "search_word",
                "ordering": ["word"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SynonymChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.BigIntegerField()),
                ("version", models.IntegerField()),
                ("actor", models.TextField()),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "db_table": "search_synonym_change",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "version"), name="search_synonym_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "means",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "stems",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("expansion", models.TextField(default="")),
                ("active", models.BooleanField(default=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "db_table": "search_synonym_group",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__len__gt", 0), ("means__len__gt", 0)),
                        name="search_synonym_words",
                    )
                ],
            },
        ),
    ]
