import uuid

import django.db.models.deletion
from django.db import migrations, models

NO_OVERLAP = """
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE directory_institutionname ADD CONSTRAINT institution_names_never_overlap
        EXCLUDE USING gist (institution_id WITH =, daterange(valid_from, valid_until) WITH &&);
    ALTER TABLE directory_membership ADD CONSTRAINT memberships_never_overlap
        EXCLUDE USING gist (institution_id WITH =, register WITH =, daterange(valid_from, valid_until) WITH &&);
"""
UNDO = """
    ALTER TABLE directory_institutionname DROP CONSTRAINT institution_names_never_overlap;
    ALTER TABLE directory_membership DROP CONSTRAINT memberships_never_overlap;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("uploaded_by", models.CharField(max_length=160)),
                ("uploaded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="PriorityGroup",
            fields=[
                ("code", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("sort_key", models.CharField(db_collation="C", max_length=300)),
            ],
            options={
                "ordering": ["sort_key", "code"],
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("in_plan", models.BooleanField(default=False)),
                ("sort_key", models.CharField(db_collation="C", max_length=300)),
            ],
            options={
                "ordering": ["sort_key", "code"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Provincia"),
                            ("canton", "Cantón"),
                            ("parish", "Parroquia"),
                            ("undelimited", "Zona no delimitada"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("also_known_as", models.CharField(blank=True, max_length=120)),
                ("seat", models.CharField(blank=True, max_length=120)),
                ("sort_key", models.CharField(db_collation="C", max_length=200)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("status", models.CharField(default="por_verificar", max_length=14)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="directory.place",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_key", "code"],
                "indexes": [models.Index(fields=["level", "sort_key", "code"], name="place_by_level")],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.SlugField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("acronym", models.CharField(blank=True, max_length=40)),
                ("sort_key", models.CharField(db_collation="C", max_length=400)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("ministerio", "Ministerio"),
                            ("secretaria", "Secretaría"),
                            ("agencia", "Agencia"),
                            ("instituto", "Instituto"),
                            ("servicio", "Servicio"),
                            ("consejo", "Consejo"),
                            ("empresa_publica", "Empresa pública"),
                            ("banca_publica", "Banca pública"),
                            ("universidad", "Universidad o instituto superior"),
                            ("direccion", "Dirección nacional"),
                            ("organismo", "Otro organismo público"),
                            ("superintendencia", "Superintendencia"),
                            ("otra_funcion", "Entidad de otra función del Estado"),
                            ("gad_provincial", "GAD provincial"),
                            ("gad_municipal", "GAD municipal"),
                            ("gad_parroquial", "GAD parroquial"),
                            ("gad_regimen_especial", "Régimen especial"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("ejecutiva", "Función Ejecutiva"),
                            ("legislativa", "Función Legislativa"),
                            ("judicial", "Función Judicial y Justicia Indígena"),
                            ("electoral", "Función Electoral"),
                            ("transparencia", "Función de Transparencia y Control Social"),
                            ("seguridad_social", "Seguridad social"),
                            ("gad", "Gobiernos Autónomos Descentralizados"),
                            ("otra", "Otras entidades del sector público"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ruc", models.CharField(blank=True, max_length=13)),
                ("websites", models.JSONField(blank=True, default=list)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("gobec_id", models.CharField(blank=True, max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("created_by", models.CharField(blank=True, max_length=300)),
                ("closed_by", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("confirmado", "Confirmado"), ("por_verificar", "Por verificar")],
                        default="por_verificar",
                        max_length=14,
                    ),
                ),
                ("synthetic", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependents",
                        to="directory.institution",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.place",
                    ),
                ),
                (
                    "priority_groups",
                    models.ManyToManyField(
                        blank=True, related_name="institutions", to="directory.prioritygroup"
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.sector",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_key", "id"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="institution_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="institution_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                ("code", models.SlugField(max_length=64, primary_key=True, serialize=False)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_codes",
                        to="directory.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fusiona", "Fusión"),
                            ("absorbe", "Absorción"),
                            ("escinde", "Escisión"),
                            ("suprime", "Supresión"),
                        ],
                        max_length=16,
                    ),
                ),
                ("date", models.DateField(blank=True, null=True)),
                ("norm", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("confirmado", "Confirmado"), ("por_verificar", "Por verificar")],
                        default="por_verificar",
                        max_length=14,
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successions",
                        to="directory.institution",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="precessions",
                        to="directory.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["date", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="succession_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstitutionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("acronym", models.CharField(blank=True, max_length=40)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("norm", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("confirmado", "Confirmado"), ("por_verificar", "Por verificar")],
                        default="por_verificar",
                        max_length=14,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="directory.institution",
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("valid_from"), descending=True, nulls_last=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="institution_name_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("apc", "Administración Pública Central"),
                            ("gad_municipal", "GAD municipales"),
                            ("apc_priority", "APC con relación directa con grupos prioritarios"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("norm", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("confirmado", "Confirmado"), ("por_verificar", "Por verificar")],
                        default="por_verificar",
                        max_length=14,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="directory.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["register", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                    )
                ],
            },
        ),
        migrations.RunSQL(NO_OVERLAP, UNDO),
    ]
