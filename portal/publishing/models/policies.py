"""Policies, with what a government page says of them, and the addresses whose life is watched."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.publishing.document_numbers import normalised, normalised_index
from portal.publishing.models.addresses import WebAddressField


class Validity(models.TextChoices):
    """What is written of a policy. Nobody claims that one is in force who has not looked it up."""

    UNCHECKED = "unchecked", _("validity not checked")
    VALID = "valid", _("in force")
    EXPIRED = "expired", _("lapsed")
    REPEALED = "repealed", _("repealed")
    AMENDED = "amended", _("since amended")
    PARTLY = "partly", _("partly in force")


# What begins and ends by itself with its term. A repealed document stays repealed.
LAPSING = (Validity.UNCHECKED, Validity.VALID, Validity.AMENDED, Validity.PARTLY)
# What cannot be said of a document that another has replaced.
WHOLE = (Validity.UNCHECKED, Validity.VALID)
# The standing of a policy on a day: what is written of it, or what its dates make of that.
COMING = "coming"
STANDINGS = {COMING: _("not yet in force"), **dict(Validity.choices)}
ENDS_SOON = timedelta(days=60)


class Level(models.TextChoices):
    NATIONAL = "national", _("national level")
    MINISTRY = "ministry", _("ministries of the state")
    PROVINCE = "province", _("provincial level")
    CITY = "city", _("city level")


def archive_path(policy: "Policy", name: str) -> str:
    return f"policies/{policy.pk}/{name}"


class PolicyTopic(models.Model):
    """主题分类."""

    code = models.SlugField(_("code"), primary_key=True)
    name_zh = models.CharField(_("name, Chinese"), max_length=40)
    name_en = models.CharField(_("name, English"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("policy topic")
        verbose_name_plural = _("policy topics")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_zh


class PolicyQuerySet(models.QuerySet):
    def public(self) -> "PolicyQuerySet":
        return self.filter(is_public=True)

    def as_of(self, day: date) -> "PolicyQuerySet":
        """With `standing`: the validity on a day. Whose term has run out is expired, and whose term has not begun is
        yet to come, whatever is written of it."""
        ended = When(validity__in=LAPSING, expires_on__lt=day, then=Value(Validity.EXPIRED.value))
        coming = When(validity__in=LAPSING, effective_on__gt=day, then=Value(COMING))
        return self.annotate(standing=Case(ended, coming, default=F("validity"), output_field=models.CharField()))

    def ending(self, day: date) -> "PolicyQuerySet":
        """Those that end within sixty days, or have ended and nobody has marked it: the first to end first."""
        return self.filter(validity__in=LAPSING, expires_on__lte=day + ENDS_SOON).order_by("expires_on", "slug")


class Policy(models.Model):
    """A document of an authority: facts of it, our summary, and its text or an archived copy."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    title_zh = models.CharField(_("title, Chinese"), max_length=200)
    title_en = models.CharField(_("title, English"), max_length=300, blank=True)
    topic = models.ForeignKey(PolicyTopic, models.PROTECT, related_name="policies", verbose_name=_("topic"))
    issuer_zh = models.CharField(_("issuing body, Chinese"), max_length=200)
    issuer_en = models.CharField(_("issuing body, English"), max_length=300, blank=True)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    made_on = models.DateField(_("dated"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(_("in force until"), null=True, blank=True)
    validity = models.CharField(_("validity"), max_length=10, choices=Validity.choices, default=Validity.UNCHECKED)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.MINISTRY)
    place = models.ForeignKey(
        "reference.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    summary_zh = models.TextField(_("what it says, Chinese"), blank=True)
    summary_en = models.TextField(_("what it says, English"), blank=True)
    text = models.TextField(_("full text"), blank=True)
    address = WebAddressField(_("original"), max_length=500, blank=True)
    copy = models.FileField(_("archived copy"), upload_to=archive_path, blank=True)
    copy_digest = models.CharField(_("digest of the copy"), max_length=64, blank=True, editable=False)
    copied_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("public"), default=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        # Without a date of publication the date of the document counts: one without any stands last.
        ordering = [Coalesce("published_on", "made_on").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | Q(published_on__isnull=True) | Q(published_on__gte=F("made_on")),
                name="publishing_policy_published_after_made",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="publishing_policy_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                name="publishing_policy_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh

    def standing_on(self, day: date) -> str:
        """The validity on a day: what `as_of` says of many rows."""
        if self.validity in LAPSING and self.expires_on is not None and self.expires_on < day:
            return Validity.EXPIRED
        is_coming = self.validity in LAPSING and self.effective_on is not None and self.effective_on > day
        return COMING if is_coming else Validity(self.validity)

    def clean(self) -> None:
        """Dates in order, replaced by another and never in a circle, its numbers as they are written."""
        super().clean()
        self.document_number = normalised(self.document_number)
        self.index_number = normalised_index(self.index_number)
        if wrong := dict(self._wrong()):
            raise ValidationError(wrong)

    def _wrong(self) -> Iterator[tuple[str, object]]:
        """(field, what is wrong with it and how it is mended)."""
        if self.made_on and self.published_on and self.published_on < self.made_on:
            yield "published_on", _before(self.published_on, self.made_on, _("it is dated"))
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            yield "expires_on", _before(self.expires_on, self.effective_on, _("it comes into force"))
        if reason := self._why_not_replaced():
            yield "replaced_by", reason
        if self.replaced_by and self.validity in WHOLE:
            told = _("It is replaced by “%(title)s”: choose repealed, lapsed, since amended or partly in force, or "
                     "clear what replaces it.")  # fmt: skip
            yield "validity", told % {"title": self.replaced_by.title_zh}

    def _why_not_replaced(self) -> object | None:
        """Follow what replaces it: nobody comes back to where they began."""
        seen, policy = {self.pk} if self.pk else set(), self.replaced_by
        while policy is not None:
            if policy.pk in seen:
                return _("This would be a circle: “%(title)s” is itself replaced by this document. Choose another, or "
                         "clear the field there first.") % {"title": policy.title_zh}  # fmt: skip
            seen.add(policy.pk)
            policy = policy.replaced_by
        return None


def _before(found: date, earliest: date, what: object) -> str:
    told = _("%(found)s lies before %(earliest)s, on which %(what)s. Compare both with the original and mend one.")
    return told % {"found": found.isoformat(), "earliest": earliest.isoformat(), "what": what}


A_WEEK = timedelta(days=7)
# Who did not answer is asked again soon: an address is dead only when it fails twice running.
A_DAY = timedelta(days=1)
CLAIM_HOLDS = timedelta(minutes=15)


class LinkQuerySet(models.QuerySet):
    def dead(self) -> "LinkQuerySet":
        return self.filter(failed_count__gte=2)

    def failing(self) -> "LinkQuerySet":
        return self.filter(failed_count__gte=1)

    def due(self, at: datetime) -> "LinkQuerySet":
        """Never looked at, or a week ago; a day ago where it failed once; and claimed by nobody else now."""
        is_due = Q(checked_at__isnull=True) | Q(checked_at__lte=at - A_WEEK)
        is_due |= Q(failed_count=1, checked_at__lte=at - A_DAY)
        is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - CLAIM_HOLDS)
        return self.filter(is_due & is_free).order_by(F("checked_at").asc(nulls_first=True), "address")


class LinkCheck(models.Model):
    """When an outside address was last looked at, and what it answered. Dead: it failed twice running."""

    address = WebAddressField(_("address"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("looked at"), null=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True, help_text="200, or a word for what went wrong")
    is_alive = models.BooleanField(_("answers"), default=True)
    answered_at = models.DateTimeField(_("last answered at"), null=True)
    failed_count = models.PositiveSmallIntegerField(_("failed so often running"), default=0)
    failing_since = models.DateTimeField(_("fails since"), null=True)
    claimed_at = models.DateTimeField(null=True, help_text="somebody is looking at it now")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    @property
    def is_dead(self) -> bool:
        return self.failed_count >= 2
