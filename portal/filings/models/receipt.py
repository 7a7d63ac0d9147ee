"""What a firm has in hand after submitting: a number, a time, and a code that a public page confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class Receipt(Immutable):
    """One submission of one version: what was handed in, its digest, and a code that nobody can guess.

    `content` is what the paper says (see actions/receipts.py), so that the receipt of a submission that was
    withdrawn and changed afterwards still shows what was handed in then.
    """

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    version = models.ForeignKey("filings.Version", models.PROTECT, related_name="receipts")
    number = models.CharField(_("receipt number"), max_length=40, unique=True)
    check_code = models.CharField(_("check code"), max_length=24, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    filed_by = models.UUIDField()
    certified_by = models.UUIDField(null=True)
    line_count = models.PositiveIntegerField()
    signed_cents = models.BigIntegerField(help_text=_("contract value, US dollar cents"))
    executed_cents = models.BigIntegerField(help_text=_("execution, US dollar cents"))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the lines in their order"))
    content = models.JSONField(default=dict, help_text=_("the firm's name, the figures and the lines as handed in"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.number
