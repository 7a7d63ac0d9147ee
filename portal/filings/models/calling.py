"""Reminding firms, and being seen at work: who was reminded of what, who asked not to be, who is looking."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable, ImmutableQuerySet


class Reminder(models.Model):
    """One reminder to one firm for one period, at one step of the schedule: sent once, whatever happens."""

    class Step(models.TextChoices):
        BEFORE = "before", _("Before it is due")
        DUE = "due", _("On the day it is due")
        AFTER = "after", _("After it was due")
        BY_HAND = "by_hand", _("Sent by hand")

    class Outcome(models.TextChoices):
        STARTED = "started", _("Being sent")
        SENT = "sent", _("Sent")
        NOBODY = "nobody", _("Nobody to write to")
        FAILED = "failed", _("Not delivered")

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    period = models.ForeignKey("filings.Period", models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=8, choices=Step.choices)
    planned_on = models.DateField(_("planned for"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.UUIDField(null=True)
    people_count = models.PositiveIntegerField(_("people"), default=0)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "period", "step", "planned_on"],
                condition=~Q(step="by_hand"),
                name="filings_reminder_once_per_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.period_id} {self.step}"


class ReminderStop(models.Model):
    """No reminders to a firm for a period (or, without one, for any), with the reason, until taken back."""

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    period = models.ForeignKey("filings.Period", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    stopped_at = models.DateTimeField(_("stopped at"))
    stopped_by = models.UUIDField()
    resumed_at = models.DateTimeField(_("resumed at"), null=True)

    class Meta:
        verbose_name = _("stop of reminders")
        verbose_name_plural = _("stops of reminders")
        ordering = ["-stopped_at"]

    def __str__(self) -> str:
        return f"{self.firm} {self.period_id or ''}"


class Notice(models.Model):
    """A message inside the site, to everybody who acts for a firm: a message id with its values, and where it leads."""

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    message = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    read_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["firm", "read_at"], name="filings_notice_unread")]

    def __str__(self) -> str:
        return self.message


class WorkingDayQuerySet(ImmutableQuerySet):
    def corrections(self) -> dict[date, bool]:
        """By day, whether it is worked: what `working_days` is given. One query."""
        return dict(self.order_by("recorded_at", "pk").values_list("on", "is_working"))


class WorkingDay(Immutable):
    """A day on which the calendar of the State Council differs from what the package says. The newest row counts."""

    on = models.DateField(_("day"), db_index=True)
    is_working = models.BooleanField(_("a working day"))
    source = models.CharField(_("source"), max_length=200)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField()

    objects = WorkingDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrected working day")
        verbose_name_plural = _("corrected working days")
        ordering = ["on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.on} {self.is_working}"


class Look(models.Model):
    """Somebody of the association has a filing open: renewed while the page is, forgotten after some minutes."""

    filing = models.ForeignKey("filings.Filing", models.CASCADE, related_name="looks")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    user = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [models.UniqueConstraint(fields=["filing", "user"], name="filings_look_one_per_person")]

    def __str__(self) -> str:
        return f"{self.filing} {self.at:%H:%M}"
