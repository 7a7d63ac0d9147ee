"""Reporting periods: when they are open, and which dates they accept."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.lib.quarters import Quarter


class PeriodQuerySet(models.QuerySet):
    def opened(self, on: date):
        return self.filter(opens_on__lte=on)

    def newest_first(self):
        return self.order_by("-first_on")


class Period(models.Model):
    """A quarter in which filings are due."""

    code = models.CharField(_("period"), max_length=6, primary_key=True)
    first_on = models.DateField(_("first day"), unique=True)
    last_on = models.DateField(_("last day"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    locks_on = models.DateField(_("locks on"), help_text=_("first filings after this day need an extension"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")) & Q(due_on__lte=F("locks_on")),
                name="filings_period_opens_before_due_before_locks",
            ),
            models.CheckConstraint(condition=Q(first_on__lt=F("last_on")), name="filings_period_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.code)


class Window(models.Model):
    """Which dates a period accepts, by the day of filing: configuration, because the rule has changed.

    The row with the earliest `filed_until_on` not before the day of filing applies; the row without one
    applies afterwards.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="windows", verbose_name=_("period"))
    filed_until_on = models.DateField(_("filed until"), null=True, blank=True)
    accepts_from_on = models.DateField(_("accepts dates from"))

    class Meta:
        verbose_name = _("window of accepted dates")
        verbose_name_plural = _("windows of accepted dates")
        ordering = ["period", F("filed_until_on").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["period", "filed_until_on"], name="filings_window_one_per_end"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(filed_until_on__isnull=True), name="filings_window_one_without_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} ≥ {self.accepts_from_on}"


class Extension(models.Model):
    """More time, or older dates, for one firm and period: with its reason, its end and who granted it."""

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+", verbose_name=_("firm"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="extensions", verbose_name=_("period"))
    until_on = models.DateField(_("until"))
    accepts_from_on = models.DateField(_("accepts dates from"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.UUIDField(null=True, editable=False)
    granted_at = models.DateTimeField(_("granted at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True, editable=False)
    ended_by = models.UUIDField(null=True, editable=False)
    ended_reason = models.CharField(_("why it was ended"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-granted_at"]

    def __str__(self) -> str:
        return f"{self.firm} {self.period_id} → {self.until_on}"
