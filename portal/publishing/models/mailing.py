"""Who gets which letters, and what became of each."""

import secrets

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.editions import Edition


def token() -> str:
    return secrets.token_urlsafe(24)


class Topic(models.TextChoices):
    """The lists that one can subscribe to."""

    NEWSLETTER = "newsletter", _("newsletter")
    POLICIES = "policies", _("policies")
    RELEASES = "releases", _("statistical releases")


class Subscriber(models.Model):
    """An address and what it agreed to. Erased, the row keeps its number alone, so that deliveries still count."""

    class State(models.TextChoices):
        PENDING = "pending", _("not yet confirmed")
        ACTIVE = "active", _("gets letters")
        ENDED = "ended", _("unsubscribed")
        BOUNCING = "bouncing", _("mail comes back")
        ERASED = "erased", _("erased")

    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    topics = models.JSONField(_("lists"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    token = models.CharField(max_length=40, unique=True, default=token, editable=False)
    consented_at = models.DateTimeField(_("agreed at"), null=True)
    consent = models.CharField(_("how"), max_length=200, blank=True, help_text=_("form, or the paper and its place"))
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    bounce_count = models.PositiveSmallIntegerField(_("mails that came back"), default=0)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="publishing_subscriber_once_per_address"
            ),
            models.CheckConstraint(
                condition=models.Q(state="erased", email="") | (~models.Q(state="erased") & ~models.Q(email="")),
                name="publishing_erased_subscriber_has_no_address",
            ),
        ]

    def __str__(self) -> str:
        return self.email or f"#{self.pk}"

    @property
    def topics_in_words(self) -> str:
        return str(_(", ")).join(str(Topic(topic).label) for topic in self.topics)


class Mailing(models.Model):
    """An edition sent to a list: made by one person, approved by another, sent in batches."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        APPROVED = "approved", _("approved")
        SENDING = "sending", _("being sent")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="mailings")
    topic = models.CharField(_("list"), max_length=12, choices=Topic.choices, default=Topic.NEWSLETTER)
    subject = models.CharField(_("subject"), max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_at = models.DateTimeField()
    prepared_by = models.UUIDField()
    tested_at = models.DateTimeField(_("test sent at"), null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    send_at = models.DateTimeField(_("to be sent at"), null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "topic"], name="publishing_mailing_once_per_list")]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """A mailing to a subscriber, once. UNKNOWN: being handed over when the process died; never sent again by itself."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        IN_FLIGHT = "in_flight", _("being handed over")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused")
        UNKNOWN = "unknown", _("unknown")
        BOUNCED = "bounced", _("came back")
        SKIPPED = "skipped", _("left out")

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    batch = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, help_text="what the server said")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "subscriber"], name="publishing_delivery_once_per_subscriber")
        ]
        indexes = [models.Index(fields=["mailing", "state"], name="publishing_delivery_state")]

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.subscriber_id} {self.state}"
