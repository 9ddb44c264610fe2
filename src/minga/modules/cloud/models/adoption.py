"""Which institution uses which service: registered by the institution, confirmed by the provider."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.modules.cloud.models.service import Service


class AdoptionState(models.TextChoices):
    """Where the registration of a contract stands."""

    DRAFT = "draft", _("Borrador")
    FILED = "filed", _("Espera la confirmación del proveedor")
    OBSERVED = "observed", _("Con observaciones")
    CONFIRMED = "confirmed", _("Confirmado")
    ENDED = "ended", _("Terminado")
    WITHDRAWN = "withdrawn", _("Anulado por error")


class Side(models.TextChoices):
    """Who acted: the institution that uses the service, or the one that provides it."""

    INSTITUTION = "institution", _("La institución")
    PROVIDER = "provider", _("El proveedor")


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Filters on contracts."""

    def of_open(self, on: date) -> "AdoptionQuerySet":
        """Contracts of institutions that have not closed before a day or on it."""
        return self.filter(Q(institution__valid_until__isnull=True) | Q(institution__valid_until__gt=on))

    def standing(self, on: date) -> "AdoptionQuerySet":
        """Confirmed contracts of institutions that exist on a day."""
        return self.of_open(on).filter(state=AdoptionState.CONFIRMED)


class Adoption(models.Model):
    """One contract of one institution for one service; it counts while the provider's confirmation stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="adoptions")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    contract = models.CharField(max_length=60)
    starts_on = models.DateField()
    expected_end = models.DateField(null=True)
    evidence = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    evidence_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=AdoptionState, default=AdoptionState.DRAFT)
    ended_on = models.DateField(null=True)
    end_asked_by = models.CharField(max_length=12, choices=Side, blank=True)
    """while not empty, the other side has to say whether the contract ended on `ended_on`"""
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "id"]
        indexes = [models.Index(fields=["state", "service"], name="cloud_adoptions_in_use")]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "institution", "contract"],
                condition=~Q(state="withdrawn"),
                name="cloud_a_contract_is_registered_once",
            ),
            models.CheckConstraint(
                name="cloud_contract_ends_after_start",
                condition=Q(expected_end__isnull=True) | Q(expected_end__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="cloud_confirmed_adoption_has_evidence",
                condition=Q(state__in=["draft", "observed", "withdrawn"])
                | Q(evidence__isnull=False)
                | Q(synthetic=True),
            ),
            models.CheckConstraint(
                name="cloud_end_has_its_date",
                condition=Q(state="ended", ended_on__isnull=False, end_asked_by="")
                | Q(state="confirmed", ended_on__isnull=True, end_asked_by="")
                | (Q(state="confirmed", ended_on__isnull=False) & ~Q(end_asked_by=""))
                | (~Q(state__in=["ended", "confirmed"]) & Q(ended_on__isnull=True, end_asked_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} ({self.state})"

    @property
    def reference(self) -> Reference:
        """How facts point at the contract."""
        return Reference.of("cloud-adoption", self.id)

    @property
    def orphaned(self) -> bool:
        """Whether its institution has closed while the contract goes on: nobody but the provider is left to end it."""
        closed = self.institution.valid_until
        return self.state == AdoptionState.CONFIRMED and closed is not None and closed <= today()

    @property
    def answers_end(self) -> Side:
        """Who answers a notice that it ended: the side that did not give it."""
        return Side.PROVIDER if self.end_asked_by == Side.INSTITUTION else Side.INSTITUTION


class AdoptionStep(models.TextChoices):
    """What can happen to a registration, in the order in which it usually does."""

    DRAFTED = "drafted", _("Se empezó el registro")
    FILED = "filed", _("Se presentó al proveedor")
    OBSERVED = "observed", _("El proveedor lo devolvió con una observación")
    CONFIRMED = "confirmed", _("El proveedor confirmó que el servicio está en uso")
    END_ASKED = "end_asked", _("Se avisó que el servicio terminó")
    END_DECLINED = "end_declined", _("Se respondió que el servicio sigue en uso")
    ENDED = "ended", _("Ambas partes confirmaron que terminó")
    WITHDRAWN = "withdrawn", _("Se anuló por error")


class AdoptionEvent(models.Model):
    """One step in the life of a registration, never changed afterwards; both parties see all of them."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=12, choices=AdoptionStep)
    side = models.CharField(max_length=12, choices=Side)
    reason = models.TextField(max_length=1000, blank=True)
    actor = models.CharField(max_length=160)
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_at", "-id"]

    def __str__(self) -> str:
        return f"{self.step} {self.happened_at:%Y-%m-%d}"
