import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import minga.modules.identity.models.accounts

NO_OVERLAP = """
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE identity_post ADD CONSTRAINT posts_never_overlap
        EXCLUDE USING gist (account_id WITH =, institution_id WITH =, role WITH =, daterange(starts, ends) WITH &&);
"""
UNDO = "ALTER TABLE identity_post DROP CONSTRAINT posts_never_overlap;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Throttle",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("attempts", models.PositiveIntegerField()),
                ("window_ends", models.DateTimeField(db_index=True)),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "email",
                    minga.modules.identity.models.accounts.CaselessEmailField(
                        blank=True, max_length=254, null=True, unique=True
                    ),
                ),
                ("given_names", models.CharField(max_length=120)),
                ("surnames", models.CharField(blank=True, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Activa"), ("suspended", "Suspendida")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=2)),
                ("synthetic", models.BooleanField(default=False)),
                ("must_choose_password", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("given_names", ""), _negated=True), name="account_named"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("cedula", "Cédula")], max_length=12)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("sealed", models.BinaryField(max_length=128)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "kind"), name="identifier_one_of_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("editor", "Edita"),
                            ("approver", "Aprueba"),
                            ("head", "Máxima autoridad"),
                            ("steward", "Rectoría del gobierno electrónico"),
                            ("auditor", "Auditoría (solo lectura)"),
                            ("administrator", "Administración del sistema"),
                        ],
                        max_length=16,
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"
                        ),
                        name="post_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key_hash", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("network", models.CharField(blank=True, max_length=49)),
                ("browser", models.CharField(blank=True, max_length=40)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_out", "signed_out"),
                            ("idle", "idle"),
                            ("absolute", "absolute"),
                            ("closed_by_owner", "closed_by_owner"),
                            ("credential_changed", "credential_changed"),
                            ("suspended", "suspended"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-last_seen_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["account"],
                        name="session_open",
                    ),
                    models.Index(fields=["created_at"], name="session_by_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="session_ends_for_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(NO_OVERLAP, UNDO),
    ]
