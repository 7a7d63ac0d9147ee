"""Lists as they stood."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class Edition(Immutable):
    """A whole list as it stood after an edit, in canonical CSV: what a release pins and reads."""

    list_name = models.CharField(_("list"), max_length=30)
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.UUIDField(_("made by"), null=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["list_name", "-number"]
        constraints = [models.UniqueConstraint(fields=["list_name", "number"], name="reference_edition_one_per_number")]

    def __str__(self) -> str:
        return f"{self.list_name} {self.number}"
