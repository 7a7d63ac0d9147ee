"""Firms, the people who act for them, and the people who work for the association."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from portal.lib.acts import Immutable
from portal.members.roles import FirmRole, StaffRole


def choices(roles, labels) -> list[tuple[str, object]]:
    return [(role.value, labels[role]) for role in roles]


FIRM_ROLE_LABELS = {
    FirmRole.OWNER: _("Owner"),
    FirmRole.FILER: _("Filer"),
    FirmRole.CERTIFIER: _("Certifier"),
    FirmRole.VIEWER: _("Viewer"),
}
STAFF_ROLE_LABELS = {
    StaffRole.REVIEWER: _("Reviewer"),
    StaffRole.STATISTICIAN: _("Statistician"),
    StaffRole.ADMINISTRATOR: _("Administrator"),
    StaffRole.EDITOR: _("Editor"),
    StaffRole.PUBLISHER: _("Publisher"),
}


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail address."""

    key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text=_("names the person in the journal, and outlives it")
    )
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the data admin"), default=False)
    is_demo = models.BooleanField(default=False, editable=False, help_text=_("made by the demo; refused in production"))
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email


def check_credit_code(code: str) -> None:
    if not uscc.is_valid(code):
        raise ValidationError(
            _("%(code)s is not a valid unified social credit code: its check character does not fit."),
            params={"code": code},
        )


class SizeBand(models.TextChoices):
    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Grade(models.TextChoices):
    PRESIDENT = "president", _("President")
    VICE_PRESIDENT = "vice_president", _("Vice-president")
    DIRECTOR = "director", _("Director")
    MEMBER = "member", _("Member")


class Firm(models.Model):
    """A member that files, keyed on its unified social credit code."""

    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, validators=[check_credit_code]
    )
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("member firms")
        ordering = ["credit_code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="members_firm_leaves_after_joining",
            )
        ]

    def __str__(self) -> str:
        return self.name_zh


class Profile(Immutable):
    """What is true of a firm from a day on, as recorded at a moment. A change is a new row.

    What statistics need of a firm stands here and nowhere else, so that a release can be built again
    from what was known when it was made.
    """

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="profiles", verbose_name=_("firm"))
    effective_on = models.DateField(_("true from"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField(null=True, editable=False)
    division = models.ForeignKey(
        "reference.Division", models.PROTECT, related_name="+", verbose_name=_("place of registration")
    )
    size_band = models.CharField(_("size"), max_length=10, choices=SizeBand.choices, default=SizeBand.SMALL)
    grade = models.CharField(_("membership grade"), max_length=20, choices=Grade.choices, default=Grade.MEMBER)
    controller = models.CharField(
        _("controller"),
        max_length=60,
        blank=True,
        help_text=_("firms of one controller count as one when figures are protected; empty: the firm itself"),
    )

    class Meta:
        verbose_name = _("firm profile")
        verbose_name_plural = _("firm profiles")
        ordering = ["firm", "-effective_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.firm} {self.effective_on}"


class Representation(models.Model):
    """A person acting for a firm, in one role. One person may act for several firms."""

    user = models.ForeignKey(User, models.CASCADE, related_name="representations", verbose_name=_("person"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="representations", verbose_name=_("firm"))
    role = models.CharField(_("role"), max_length=20, choices=choices(FirmRole, FIRM_ROLE_LABELS))
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm"],
                condition=Q(until_on__isnull=True),
                name="members_representation_one_running_per_person_and_firm",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.firm} · {self.role}"


class Appointment(models.Model):
    """A person working for the association, in one role, everywhere or in one division."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=choices(StaffRole, STAFF_ROLE_LABELS))
    division = models.ForeignKey(
        "reference.Division",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("limited to"),
        help_text=_("a province or city; empty: everywhere"),
    )
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Consent(models.Model):
    """A firm's dated consent that figures be published from which its own could be inferred.

    Withdrawing one closes it from a day on; what was published before stays published.
    """

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="consents", verbose_name=_("firm"))
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=_("the signed paper and where it is kept"))

    class Meta:
        verbose_name = _("consent to publication")
        verbose_name_plural = _("consents to publication")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=models.F("given_at")),
                name="members_consent_withdrawn_after_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.given_at:%Y-%m-%d}"
