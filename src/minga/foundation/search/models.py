"""The index of all rooms, the vocabulary drawn from it, the synonyms and the count of questions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now


class SearchDocument(models.Model):
    """Something a person can find. The vectors are written by `indexing`, with both Spanish analyzers.

    `vector` holds title (A), institution (B) and keywords (C); `body_vector` only widens what is found;
    `words` holds the plain words of title, institution and keywords, for the vocabulary and suggestions.
    """

    reference = models.TextField(unique=True)
    kind = models.TextField()
    url = models.TextField()
    language = models.TextField(default="es")
    title = models.TextField()
    institution = models.TextField(default="")
    keywords = ArrayField(models.TextField(), default=list)
    body = models.TextField(default="")
    weight = models.FloatField(default=1.0)
    title_words = models.SmallIntegerField(default=0)
    vector = SearchVectorField()
    body_vector = SearchVectorField()
    words = SearchVectorField()
    indexed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_document"
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["vector"], name="search_document_vector", fastupdate=False),
            GinIndex(fields=["body_vector"], name="search_document_body", fastupdate=False),
            GinIndex(fields=["words"], name="search_document_words", fastupdate=False),
            models.Index(fields=["kind", "id"], name="search_document_kind"),
        ]

    def __str__(self) -> str:
        return self.reference


class SearchWord(models.Model):
    """A word of the titles: folded, as it is most often written, and in how many documents it is."""

    word = models.TextField(primary_key=True)
    spelling = models.TextField()
    documents = models.IntegerField()

    class Meta:
        db_table = "search_word"
        ordering = ["word"]
        indexes = [GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.spelling


class SynonymGroup(models.Model):
    """Whoever searches any of `asked` also finds `means`: everyday words beside the words of the norms.

    `stems` (of each of `asked`) and `expansion` (the query for `means`) are as the running PostgreSQL makes
    them. `version` counts the changes, so that two people who edit at once find out.
    """

    asked = ArrayField(models.TextField())
    means = ArrayField(models.TextField())
    stems = ArrayField(models.TextField(), default=list)
    expansion = models.TextField(default="")
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "search_synonym_group"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked__len__gt=0) & models.Q(means__len__gt=0), name="search_synonym_words"
            )
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.asked)} → {', '.join(self.means)}"


class SynonymChange(models.Model):
    """One change of a group: who made it, when, and how the group was before and after (None: not there)."""

    group = models.BigIntegerField()
    version = models.IntegerField()
    actor = models.TextField()
    changed_at = models.DateTimeField(db_default=Now())
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "search_synonym_change"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "version"], name="search_synonym_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} v{self.version}"


class SearchCount(models.Model):
    """How often a question was asked on a day, and the most it found: folded words, not who asked."""

    day = models.DateField()
    words = models.TextField()
    times = models.IntegerField(default=1)
    found = models.IntegerField()

    class Meta:
        db_table = "search_count"
        ordering = ["-day", "words"]
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="search_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.words}: {self.times}"
