"""Currencies, and what they were worth."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.reference.models.rows import Dated, Listed, Named, code_of


class Currency(Named, Dated):
    code = models.CharField(
        _("code"), max_length=3, primary_key=True, validators=[code_of("[A-Z]{3}", _("Three capital letters."))]
    )
    numeric = models.CharField(_("numeric"), max_length=3, validators=[code_of(r"\d{3}", _("Three digits."))])
    minor_units = models.PositiveSmallIntegerField(_("decimals"), default=2)
    is_main = models.BooleanField(_("offered first"), default=True)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]


def check_first_of_month(day: date) -> None:
    if day.day != 1:
        raise ValidationError(_("A month is named by its first day."))


class Rate(Listed):
    """What one unit of a currency was worth in a month, in US dollars and in renminbi."""

    currency = models.ForeignKey(Currency, models.PROTECT, related_name="rates", verbose_name=_("currency"))
    month_on = models.DateField(_("month"), help_text=_("its first day"), validators=[check_first_of_month])
    usd_per_unit = models.DecimalField(_("US dollars per unit"), max_digits=18, decimal_places=10)
    cny_per_unit = models.DecimalField(_("renminbi per unit"), max_digits=18, decimal_places=10)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("monthly rate")
        verbose_name_plural = _("monthly rates")
        ordering = ["currency", "month_on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "month_on"], name="reference_rate_one_per_month"),
            models.CheckConstraint(
                condition=Q(usd_per_unit__gt=0) & Q(cny_per_unit__gt=0), name="reference_rate_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency_id} {self.month_on:%Y-%m}"
