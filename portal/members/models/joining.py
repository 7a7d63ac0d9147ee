"""How firms and people come in: applications with their papers, invitations, terms of membership, dues."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable
from portal.members.models.firms import Firm, Grade, SizeBand, check_credit_code
from portal.members.models.people import FIRM_ROLE_LABELS, Representation, choices
from portal.members.roles import FirmRole


class Application(models.Model):
    """A firm asks to join. `key` is in the address by which the applicant follows it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ADMITTED = "admitted", _("Admitted")
        DECLINED = "declined", _("Declined")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, validators=[check_credit_code])
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    division = models.ForeignKey(
        "reference.Division", models.PROTECT, related_name="+", verbose_name=_("place of registration")
    )
    size_band = models.CharField(_("size"), max_length=10, choices=SizeBand.choices, default=SizeBand.SMALL)
    business = models.TextField(_("what the firm does"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    applied_at = models.DateTimeField(_("applied at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.UUIDField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-applied_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=Q(state="received"), name="members_application_one_open_per_firm"
            ),
            models.CheckConstraint(
                condition=Q(state="received", decided_at__isnull=True)
                | (~Q(state="received") & Q(decided_at__isnull=False)),
                name="members_application_decided_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.applied_at:%Y-%m-%d}"


class Paper(models.Model):
    """A paper attached to an application. Kept privately."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    file = models.FileField(upload_to="applications/%Y/%m/")
    file_name = models.CharField(_("file"), max_length=200)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return self.file_name


class Invitation(models.Model):
    """An open door for one e-mail address into one firm, in one role. The link's token is kept as its hash."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="invitations", verbose_name=_("firm"))
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=choices(FirmRole, FIRM_ROLE_LABELS))
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited at"))
    invited_by = models.UUIDField()
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    cancelled_at = models.DateTimeField(_("taken back at"), null=True)
    takes_over = models.ForeignKey(
        Representation, models.CASCADE, null=True, related_name="+",
        help_text=_("the ownership that ends when this one is accepted"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["firm", "-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "email"],
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="members_invitation_one_open_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.role} {self.invited_at:%Y-%m-%d}"


class Term(Immutable):
    """A period of membership in one grade, as recorded at a moment. A correction is a new row that replaces one."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="terms", verbose_name=_("firm"))
    grade = models.CharField(_("membership grade"), max_length=20, choices=Grade.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("term of membership")
        verbose_name_plural = _("terms of membership")
        ordering = ["firm", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="members_term_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.grade} {self.from_on}"


class Dues(Immutable):
    """Dues paid for a period. Never overwritten: a mistake is answered by a row that replaces it."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="dues", verbose_name=_("firm"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    amount_cents = models.BigIntegerField(_("amount in renminbi"), help_text=_("in fen"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    receipt_number = models.CharField(_("receipt number"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("dues")
        verbose_name_plural = _("dues")
        ordering = ["firm", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="members_dues_end_after_they_begin"),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="members_dues_are_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.from_on} – {self.until_on}"
