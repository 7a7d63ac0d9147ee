"""What can be found by search. The words themselves are in an index of the database (`search/`)."""

from django.db import models


class Found(models.Model):
    """A public thing in one language: what is shown of it in results, and the words under which it is found."""

    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    mark = models.BigIntegerField(
        unique=True, help_text="its row in the index: language, day, kind, whether it is there in this language alone"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="publishing_found_once_per_language")
        ]

    def __str__(self) -> str:
        return self.title
