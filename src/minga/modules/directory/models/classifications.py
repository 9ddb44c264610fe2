"""Closed lists that institutions are classified by: sectors and priority groups."""

from django.db import models


class Sector(models.Model):
    """A field of public policy that groups institutions."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    in_plan = models.BooleanField(default=False)
    """Whether the national plan names it among its sectors."""
    sort_key = models.CharField(max_length=300, db_collation="C")

    class Meta:
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name


class PriorityGroup(models.Model):
    """People whom the Constitution (article 35) gives priority attention."""

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=300, db_collation="C")

    class Meta:
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name
