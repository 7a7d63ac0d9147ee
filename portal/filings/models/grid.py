"""What is being typed: rows of the grid that the ledger cannot take yet, and who has the grid open."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypedRow(models.Model):
    """One row of the grid as it was typed, while some cell of it is empty or wrong.

    `place` is where the row stands: `line-12` or `contract-5` for one that the draft has (whose stored values
    stay in force until the typed ones are right), `new-…` with a key of the browser for a fresh one. As soon as
    the rules let the row in, it goes to the ledger and its typed row goes.
    """

    version = models.ForeignKey("filings.Version", models.CASCADE, related_name="typed_rows")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    number = models.CharField(_("contract number"), max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict, help_text=_("the text of each cell, by field"))
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.UUIDField()

    class Meta:
        verbose_name = _("row being typed")
        verbose_name_plural = _("rows being typed")
        ordering = ["version", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "place"], name="filings_typedrow_one_per_place")]

    def __str__(self) -> str:
        return f"{self.version} {self.place}"


class Sitting(models.Model):
    """The tab in which a draft's grid was opened last. An older tab is told so when it saves."""

    version = models.OneToOneField("filings.Version", models.CASCADE, related_name="sitting")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    token = models.UUIDField()
    user = models.UUIDField()
    since_at = models.DateTimeField()

    class Meta:
        verbose_name = _("open grid")
        verbose_name_plural = _("open grids")

    def __str__(self) -> str:
        return f"{self.version} {self.since_at:%H:%M}"
