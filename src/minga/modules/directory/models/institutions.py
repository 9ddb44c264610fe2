"""The dated register of institutions: what exists from when to when, by which norm, under which names."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.directory.models.classifications import PriorityGroup, Sector
from minga.modules.directory.models.places import Place


class InstitutionType(models.TextChoices):
    """What kind of institution it is."""

    MINISTRY = "ministerio", _("Ministerio")
    SECRETARIAT = "secretaria", _("Secretaría")
    AGENCY = "agencia", _("Agencia")
    INSTITUTE = "instituto", _("Instituto")
    SERVICE = "servicio", _("Servicio")
    COUNCIL = "consejo", _("Consejo")
    PUBLIC_COMPANY = "empresa_publica", _("Empresa pública")
    BANK = "banca_publica", _("Banca pública")
    UNIVERSITY = "universidad", _("Universidad o instituto superior")
    DIRECTORATE = "direccion", _("Dirección nacional")
    BODY = "organismo", _("Otro organismo público")
    SUPERINTENDENCY = "superintendencia", _("Superintendencia")
    OTHER_FUNCTION = "otra_funcion", _("Entidad de otra función del Estado")
    PROVINCIAL_GAD = "gad_provincial", _("GAD provincial")
    MUNICIPAL_GAD = "gad_municipal", _("GAD municipal")
    PARISH_GAD = "gad_parroquial", _("GAD parroquial")
    SPECIAL_REGIME = "gad_regimen_especial", _("Régimen especial")


class InstitutionFunction(models.TextChoices):
    """The function of the State that an institution belongs to (Constitution), or a level of government."""

    EXECUTIVE = "ejecutiva", _("Función Ejecutiva")
    LEGISLATIVE = "legislativa", _("Función Legislativa")
    JUDICIAL = "judicial", _("Función Judicial y Justicia Indígena")
    ELECTORAL = "electoral", _("Función Electoral")
    TRANSPARENCY = "transparencia", _("Función de Transparencia y Control Social")
    SOCIAL_SECURITY = "seguridad_social", _("Seguridad social")
    LOCAL = "gad", _("Gobiernos Autónomos Descentralizados")
    OTHER = "otra", _("Otras entidades del sector público")


class Status(models.TextChoices):
    """Whether somebody has checked the row against the norm it rests on."""

    CONFIRMED = "confirmado", _("Confirmado")
    UNVERIFIED = "por_verificar", _("Por verificar")


class SuccessionKind(models.TextChoices):
    """How an institution ended or passed work on: merged, absorbed, divided or suppressed."""

    MERGER = "fusiona", _("Fusión")
    ABSORPTION = "absorbe", _("Absorción")
    SPLIT = "escinde", _("Escisión")
    SUPPRESSION = "suprime", _("Supresión")


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Filters on institutions."""

    def on(self, day: date) -> "InstitutionQuerySet":
        """Institutions that exist on that day; an unknown date leaves its side open."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class Institution(models.Model):
    """An institution of the State; `name`, `acronym` and `sort_key` repeat its latest dated name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    acronym = models.CharField(max_length=40, blank=True)
    sort_key = models.CharField(max_length=400, db_collation="C")
    type = models.CharField(max_length=20, choices=InstitutionType.choices)
    function = models.CharField(max_length=20, choices=InstitutionFunction.choices)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="institutions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="dependents")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="institutions")
    priority_groups = models.ManyToManyField(PriorityGroup, blank=True, related_name="institutions")
    ruc = models.CharField(max_length=13, blank=True)
    websites = models.JSONField(default=list, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    gobec_id = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    created_by = models.CharField(max_length=300, blank=True)
    closed_by = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.UNVERIFIED)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="institution_by_name")]
        constraints = [
            models.CheckConstraint(
                name="institution_ends_after_start",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> Reference:
        """The institution's stable name, `urn:minga:institution:<uuid>`."""
        return Reference.of("institution", self.id)


class InstitutionName(models.Model):
    """What an institution was called in [valid_from, valid_until); an unknown date leaves its side open.

    The migration adds the constraint that two names of one institution never overlap.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    acronym = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    norm = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.UNVERIFIED)

    class Meta:
        ordering = [F("valid_from").desc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(
                name="institution_name_ends_after_start",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormerCode(models.Model):
    """A code that once named an institution in addresses; it still leads to it."""

    code = models.SlugField(primary_key=True, max_length=64)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="former_codes")

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One institution took over from another, or (no successor) nobody did; an unknown date is empty."""

    predecessor = models.ForeignKey(Institution, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(
        Institution, models.CASCADE, null=True, blank=True, related_name="precessions"
    )
    kind = models.CharField(max_length=16, choices=SuccessionKind.choices)
    date = models.DateField(null=True, blank=True)
    norm = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.UNVERIFIED)

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], nulls_distinct=False, name="succession_once"
            ),
            models.CheckConstraint(name="succession_of_another", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"
