"""Posts: which role an official holds in which institution, from when to when."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.actors import Role
from minga.kernel.references import Reference
from minga.modules.identity.models.accounts import Account

ROLE_NAMES = {
    Role.EDITOR: _("Edita"),
    Role.APPROVER: _("Aprueba"),
    Role.HEAD: _("Máxima autoridad"),
    Role.STEWARD: _("Rectoría del gobierno electrónico"),
    Role.AUDITOR: _("Auditoría (solo lectura)"),
    Role.ADMINISTRATOR: _("Administración del sistema"),
}
"""How each role is called on screen."""
ROLE_HINTS = {
    Role.EDITOR: _("Prepara borradores y mantiene los datos de la institución."),
    Role.APPROVER: _("Revisa y publica lo que otra persona preparó."),
    Role.HEAD: _("Responde por la institución y nombra a su gente."),
    Role.STEWARD: _("Dirige el gobierno electrónico de todo el Estado."),
    Role.AUDITOR: _("Ve todo, sin cambiar nada."),
    Role.ADMINISTRATOR: _("Cuida el sistema y suspende cuentas; no cambia datos de las instituciones."),
}
"""What each role means, in a sentence."""


class PostQuerySet(models.QuerySet["Post"]):
    """Filters on posts."""

    def on(self, day: date) -> "PostQuerySet":
        """Posts that give their power on that day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day), starts__lte=day)

    def not_over(self, day: date) -> "PostQuerySet":
        """Posts held on that day or still to come."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day))


class Post(models.Model):
    """A role held in [starts, ends). The migration forbids that the same post overlaps itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    institution = models.ForeignKey("directory.Institution", models.PROTECT, related_name="posts")
    role = models.CharField(max_length=16, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="appointments_made"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_start", condition=Q(ends__isnull=True) | Q(ends__gt=F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.starts}"

    @property
    def reference(self) -> Reference:
        """The post's stable name."""
        return Reference.of("post", self.pk)

    @property
    def role_name(self) -> str:
        """What the role is called on screen."""
        return str(ROLE_NAMES[Role(self.role)])
