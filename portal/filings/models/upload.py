"""Files as they came, with what became of each, and how a firm's own layout is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """One uploaded file: kept as it was, with its hash, its findings and its outcome."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", _("Not taken over: to be mended")
        CHECKED = "checked", _("Checked, waiting for confirmation")
        CONFIRMED = "confirmed", _("Taken over")
        OUTDATED = "outdated", _("Overtaken by a later change")

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="uploads")
    version_number = models.PositiveIntegerField()
    draft_saved_at = models.DateTimeField(null=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.UUIDField()
    file = models.FileField(upload_to="uploads/%Y/%m/")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    findings = models.JSONField(default=list)
    mapping = models.ForeignKey("filings.ColumnMapping", models.PROTECT, null=True, related_name="+")
    preview = models.JSONField(default=dict, help_text=_("what it would change, as shown when it came"))
    confirmed_at = models.DateTimeField(_("taken over at"), null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.uploaded_at:%Y-%m-%d %H:%M}"


class ColumnMapping(models.Model):
    """Which column of a firm's own spreadsheet holds which field: told once, known again by the heads.

    `columns` maps the head in the file to a field; `constants` gives fields that no column holds.
    """

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    signature = models.CharField(max_length=64, help_text=_("SHA-256 of the heads, in their order"))
    kind = models.CharField(max_length=10)
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.UUIDField()

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        ordering = ["firm", "name"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "signature"], name="filings_columnmapping_one_per_layout")
        ]

    def __str__(self) -> str:
        return self.name
