"""The cartera: the services that the State's provider offers, and what each costs since when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference


class Family(models.TextChoices):
    """What a service is part of; the first two are the ones that the plan counts."""

    DATA_CENTRE = "data_centre", _("Centro de Datos Gubernamental")
    NETWORK = "network", _("Red Gubernamental")
    APPLICATION = "application", _("Aplicaciones en la nube")


class Category(models.TextChoices):
    """What a service does; each belongs to one family."""

    HOSTING = "hosting", _("Hospedaje de equipos")
    SERVER = "server", _("Servidores virtuales")
    STORAGE = "storage", _("Almacenamiento")
    BACKUP = "backup", _("Respaldo")
    LINK = "link", _("Enlaces de datos")
    INTERNET = "internet", _("Internet")
    PROTECTION = "protection", _("Seguridad de la red")
    TELEWORK = "telework", _("Teletrabajo")
    OFFICE = "office", _("Oficina digital")
    ANALYTICS = "analytics", _("Análisis de datos")

    @property
    def family(self) -> Family:
        """The family that it belongs to."""
        return FAMILY_OF[self]


FAMILY_OF = {
    Category.HOSTING: Family.DATA_CENTRE,
    Category.SERVER: Family.DATA_CENTRE,
    Category.STORAGE: Family.DATA_CENTRE,
    Category.BACKUP: Family.DATA_CENTRE,
    Category.LINK: Family.NETWORK,
    Category.INTERNET: Family.NETWORK,
    Category.PROTECTION: Family.NETWORK,
    Category.TELEWORK: Family.APPLICATION,
    Category.OFFICE: Family.APPLICATION,
    Category.ANALYTICS: Family.APPLICATION,
}


def categories_of(family: Family) -> list[Category]:
    """The categories of a family, in the order in which people read them."""
    return [category for category, its in FAMILY_OF.items() if its is family]


class ServiceState(models.TextChoices):
    """Where a service stands in the cartera."""

    DRAFT = "draft", _("En preparación")
    OFFERED = "offered", _("Se ofrece")
    RETIRED = "retired", _("Ya no se ofrece")


class ServiceQuerySet(models.QuerySet["Service"]):
    """Filters on services."""

    def public(self) -> "ServiceQuerySet":
        """Services that people may see: drafts are the provider's own business."""
        return self.exclude(state=ServiceState.DRAFT)

    def offered(self) -> "ServiceQuerySet":
        """Services that an institution can ask for today."""
        return self.filter(state=ServiceState.OFFERED)

    def of_family(self, family: Family) -> "ServiceQuerySet":
        """Services of one family."""
        return self.filter(category__in=categories_of(family))


class Service(models.Model):
    """One service of the cartera; its code is its address and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    category = models.CharField(max_length=12, choices=Category)
    title = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=200, db_collation="C")
    summary = models.CharField(max_length=250)
    audience = models.TextField(max_length=1000, blank=True)
    how_to_ask = models.TextField(max_length=2000, blank=True)
    provider = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ServiceState, default=ServiceState.DRAFT)
    availability_target = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """percent of each month"""
    response_target_ms = models.PositiveIntegerField(null=True)
    offered_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="cloud_offered_service_says_how_to_ask",
                condition=Q(state="draft")
                | (Q(offered_on__isnull=False) & ~Q(audience="") & ~Q(how_to_ask="")),
            ),
            models.CheckConstraint(
                name="cloud_retired_service_has_date",
                condition=Q(state="retired", retired_on__isnull=False)
                | (~Q(state="retired") & Q(retired_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="cloud_availability_is_percent",
                condition=Q(availability_target__isnull=True)
                | Q(availability_target__gt=0, availability_target__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> Reference:
        """How facts and other rooms point at the service."""
        return Reference.of("cloud-service", self.code)

    @property
    def family(self) -> Family:
        """The family that its category belongs to."""
        return Category(self.category).family


class Period(models.TextChoices):
    """What a price pays for."""

    MONTH = "month", _("cada mes")
    YEAR = "year", _("cada año")
    ONCE = "once", _("una sola vez")


class Price(models.Model):
    """What one unit of a service costs since a day, until the next price of the same concept begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="prices")
    concept = models.CharField(max_length=120)
    unit = models.CharField(max_length=40)
    period = models.CharField(max_length=5, choices=Period)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    valid_from = models.DateField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["concept", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "concept", "valid_from"], name="cloud_one_price_of_a_concept_a_day"
            ),
            models.CheckConstraint(name="cloud_price_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.concept} {self.amount} ({self.valid_from:%Y-%m-%d})"
