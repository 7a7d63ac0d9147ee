"""People: who signs in, for which firms they act, and what they do for the association."""

import uuid
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.members.models.firms import Firm
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
    session_round = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("raised by one, it ends every session of the person")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("erased person %(key)s") % {"key": str(self.key)[:8]}
        return self.name or self.email

    # The frame of the editing desk asks for a person's name by these two.
    def get_full_name(self) -> str:
        return str(self)

    @property
    def first_name(self) -> str:
        return str(self)

    def get_session_auth_hash(self) -> str:
        return self._of_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from map(self._of_this_round, super().get_session_auth_fallback_hash())

    def _of_this_round(self, digest: str) -> str:
        """A session carries the round in which it began; the next round no longer knows it."""
        return f"{digest}.{self.session_round}" if self.session_round else digest


class Representation(models.Model):
    """A person acting for a firm, in one role. One person may act for several firms.

    The last day is inclusive. A role that is closed at once has a moment besides: from then on it gives nothing,
    on that day either.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="representations", verbose_name=_("person"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="representations", verbose_name=_("firm"))
    role = models.CharField(_("role"), max_length=20, choices=choices(FirmRole, FIRM_ROLE_LABELS))
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm"],
                condition=Q(until_on__isnull=True),
                name="members_representation_one_running_per_person_and_firm",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(until_on__isnull=False),
                name="members_representation_closed_has_a_last_day",
            ),
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
