"""Firms, what is true of them from when on, and what they consented to."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as StdnumError

from portal.lib.acts import Immutable

CODE_LENGTH = 18
# Left out of the codes because they are taken for digits.
NOT_USED = frozenset("IOSVZ")


def check_credit_code(code: str) -> None:
    """Raises ValidationError. Where only the check character is wrong it says what was found and what would fit."""
    if uscc.is_valid(code):
        return
    with suppress(StdnumError, ValueError):
        fitting = uscc.calc_check_digit(code[:-1])
        if len(code) == CODE_LENGTH and fitting != code[-1]:
            raise ValidationError(
                _(
                    "%(code)s is not a valid unified social credit code: its check character is %(found)s, and the "
                    "first 17 characters ask for %(expected)s. Compare it with the business licence."
                ),
                params={"code": code, "found": code[-1], "expected": fitting},
            )
    if strange := sorted(set(code) & NOT_USED):
        raise ValidationError(
            _("%(code)s has the letter %(letter)s, which such codes never use: it is probably a 0, 1, 2 or 5."),
            params={"code": code, "letter": strange[0]},
        )
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
    needs_certifier = models.BooleanField(
        _("two people sign"), default=False, help_text=_("a filing is filed by one person and certified by another")
    )

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


class FirmEvent(Immutable):
    """What became of a firm on a day: another name, another city, a merger into another firm, a split off one.

    A merger or split names the other firm; each keeps what it filed itself.
    """

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("Renamed")
        MOVED = "moved", _("Moved to another place")
        MERGED = "merged", _("Merged into another firm")
        SPLIT = "split", _("Split off another firm")

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="events", verbose_name=_("firm"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    effective_on = models.DateField(_("true from"))
    other = models.ForeignKey(
        Firm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("other firm")
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField()

    class Meta:
        verbose_name = _("event of a firm")
        verbose_name_plural = _("events of firms")
        ordering = ["firm", "effective_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "split"], other__isnull=False)
                | Q(kind__in=["renamed", "moved"], other__isnull=True),
                name="members_firmevent_names_the_other_firm",
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.kind} {self.effective_on}"
