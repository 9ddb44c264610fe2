"""The ledger's three tables. Rows are written by `recording`, `sealing` and `subscriptions`, and never changed."""

from django.db import models


class LedgerFact(models.Model):
    """One thing that happened. `position` and `recorded_at` are stamped by the database itself.

    Names and references are compared byte by byte (collation C), which lets one index order a thing's history
    for indicators without sorting; shares and counts that look into no payload read nothing else.
    """

    position = models.BigIntegerField(primary_key=True)
    name = models.TextField(db_collation="C")
    version = models.SmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    subject = models.TextField(db_collation="C")
    institution = models.TextField(null=True, db_collation="C")
    actor = models.TextField()
    synthetic = models.BooleanField(default=False)
    payload = models.JSONField()

    class Meta:
        db_table = "ledger_fact"
        ordering = ["position"]
        indexes = [
            models.Index(
                fields=["name", "subject", "occurred_at", "position"],
                name="ledger_by_subject",
                include=["institution"],
                condition=models.Q(synthetic=False),
            ),
            models.Index(fields=["recorded_at", "position"], name="ledger_by_moment"),
            models.Index(fields=["actor", "position"], name="ledger_by_actor"),
            models.Index(
                fields=["institution", "position"],
                name="ledger_by_institution",
                condition=models.Q(institution__isnull=False),
            ),
            models.Index(fields=["subject", "position"], name="ledger_about"),
            models.Index(fields=["name", "position"], name="ledger_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.name} {self.subject}"


class LedgerSeal(models.Model):
    """A signed statement that positions `first` to `last` hold exactly these facts.

    `root` is their Merkle root, `previous` the digest of the seal before: the seals form a chain.
    """

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    facts = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "ledger_seal"
        ordering = ["number"]
        indexes = [models.Index(fields=["last"], name="ledger_seal_of")]

    def __str__(self) -> str:
        return f"seal {self.number}: {self.first}-{self.last}"


class LedgerDelivery(models.Model):
    """A subscriber has handled a fact: what makes at-least-once delivery take effect once."""

    subscription = models.TextField()
    position = models.BigIntegerField()

    class Meta:
        db_table = "ledger_delivery"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "position"], name="ledger_delivered_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscription} {self.position}"
