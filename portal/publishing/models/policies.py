"""Policies, with what a government page says of them, and the addresses whose life is watched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    VALID = "valid", _("in force")
    EXPIRED = "expired", _("expired")
    REPEALED = "repealed", _("repealed")
    AMENDED = "amended", _("amended")
    PARTLY = "partly", _("partly in force")


class Level(models.TextChoices):
    NATIONAL = "national", _("national")
    MINISTRY = "ministry", _("ministries")
    PROVINCE = "province", _("province")
    CITY = "city", _("city")


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
    validity = models.CharField(_("validity"), max_length=10, choices=Validity.choices, default=Validity.VALID)
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
    address = models.URLField(_("original"), max_length=500, blank=True)
    copy = models.FileField(_("archived copy"), upload_to=archive_path, blank=True)
    copy_digest = models.CharField(_("digest of the copy"), max_length=64, blank=True, editable=False)
    copied_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["-published_on", "-made_on", "slug"]
        indexes = [models.Index(fields=["is_public", "published_on"], name="publishing_policy_newest")]

    def __str__(self) -> str:
        return self.title_zh


class LinkCheck(models.Model):
    """When an outside address was last looked at, and what it answered. Dead: it failed twice running."""

    address = models.URLField(_("address"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("looked at"))
    answer = models.CharField(_("answer"), max_length=200, help_text="200, or what went wrong")
    is_alive = models.BooleanField(_("answers"))
    failed_count = models.PositiveSmallIntegerField(_("failed so often running"), default=0)
    failing_since = models.DateTimeField(_("fails since"), null=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
