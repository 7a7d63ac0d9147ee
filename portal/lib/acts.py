"""What every act shares: the way to refuse, and rows that refuse change."""

from django.db import models


class Refused(Exception):
    """An act that may not happen now; the text is a sentence for people, already translated."""


class ImmutableQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError(f"{self.model.__name__} rows are never changed")

    def delete(self):
        raise TypeError(f"{self.model.__name__} rows are never deleted")

    def bulk_update(self, objs, fields, batch_size=None):
        raise TypeError(f"{self.model.__name__} rows are never changed")


class Immutable(models.Model):
    """A row that is written once."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} rows are never deleted")
