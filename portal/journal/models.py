"""Who did what, when, with the state before and after. Written once, never changed."""

from django.db import models

from portal.lib.acts import Immutable


class Entry(Immutable):
    """One act.

    `actor` is the pseudonymous key of a person (`User.key`) and no foreign key: it stays when the
    person is erased, and says nothing then. The empty key is the system itself.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    target_kind = models.CharField(max_length=40)
    target_key = models.CharField(max_length=80)
    firm_code = models.CharField(max_length=18, blank=True, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_kind", "target_key"], name="journal_entry_by_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_kind} {self.target_key}"
