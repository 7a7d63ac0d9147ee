"""Papers that belong to a line or a contract. Kept privately, shown to whoever may see the filing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """One file beside a line (by the line's key, which is the same in every version) or beside a contract.

    Taking it away hides it from the firm's page from then on; what was handed in with a version stays.
    """

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Copy of the contract")
        RECEIPT = "receipt", _("Bank receipt")
        OTHER = "other", _("Other paper")

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="attachments")
    contract = models.ForeignKey("filings.Contract", models.PROTECT, null=True, blank=True, related_name="+")
    line_key = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file = models.FileField(upload_to="evidence/%Y/%m/")
    file_name = models.CharField(_("file"), max_length=200)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    attached_at = models.DateTimeField(_("attached at"))
    attached_by = models.UUIDField()
    removed_at = models.DateTimeField(_("taken away at"), null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["filing", "attached_at", "pk"]

    def __str__(self) -> str:
        return self.file_name
