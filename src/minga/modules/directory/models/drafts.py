"""An uploaded file of institutions, kept from its review until it is confirmed."""

import uuid

from django.db import models


class ImportDraft(models.Model):
    """The exact bytes that a steward reviewed: what is confirmed cannot differ from them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.CharField(max_length=160)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
