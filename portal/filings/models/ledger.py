"""What happened to a contract besides its money: each change of its description, with a reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class ContractEvent(Immutable):
    """One change of a contract's description, from a day on. Changes of its amount are lines of a filing."""

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    contract = models.ForeignKey("filings.Contract", models.PROTECT, related_name="events")
    happened_on = models.DateField(_("changed on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("change of a contract")
        verbose_name_plural = _("changes of contracts")
        ordering = ["contract", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.contract} {self.happened_on}"
