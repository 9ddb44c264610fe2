"""What is known of each stored file. The bytes are in the default storage, under the same SHA-256."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """A file as kept: named by the SHA-256 of its bytes, so it can never change.

    `name` is the first name it was uploaded with; a room that knows a better one passes it when serving.
    """

    class Scan(models.TextChoices):
        """Whether an antivirus has looked at these bytes."""

        CLEAN = "clean"
        NOT_SCANNED = "not_scanned"

    sha256 = models.CharField(max_length=64, primary_key=True, validators=[RegexValidator("^[0-9a-f]{64}$")])
    size = models.BigIntegerField()
    media_type = models.TextField()
    name = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    uploaded_by = models.TextField()
    scan = models.TextField(choices=Scan.choices)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "files_stored_file"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="files_sha256"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="files_size"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"

    @property
    def path(self) -> str:
        """Where the bytes are in the storage: `aa/bb/<sha256>`."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
