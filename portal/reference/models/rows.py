"""What every row of a list has: names, dates, a source, and what is doubtful about it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def code_of(pattern: str, words: object) -> RegexValidator:
    """Codes are checked because a spreadsheet gladly turns 004 into 4."""
    return RegexValidator(rf"\A{pattern}\Z", words)


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def once_per_start(name: str, *fields: str) -> list[models.UniqueConstraint]:
    """One row per start date; two constraints, because SQLite cannot treat two empty dates as equal."""
    return [
        models.UniqueConstraint(
            fields=[*fields, "since_on"], condition=Q(since_on__isnull=False), name=f"{name}_once_per_start"
        ),
        models.UniqueConstraint(fields=fields, condition=Q(since_on__isnull=True), name=f"{name}_once_without_start"),
    ]


class Listed(models.Model):
    """A row of a list. Rows edited in the admin are the association's own: files no longer change them."""

    is_edited_here = models.BooleanField(_("edited here"), default=False, editable=False)

    class Meta:
        abstract = True


def in_force(day: date, prefix: str = "") -> Q:
    """Rows in force on a day (`until_on` is inclusive; empty is open); `prefix` leads to them, e.g. `members__`."""
    begun = Q(**{f"{prefix}since_on__isnull": True}) | Q(**{f"{prefix}since_on__lte": day})
    not_ended = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gte": day})
    return begun & not_ended


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> "DatedQuerySet":
        return self.filter(in_force(day))


class Dated(Listed):
    """A row with a first and a last day, its source, and what is doubtful about it.

    A last day before the first means: withdrawn before it began, never in force.
    """

    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until, inclusive"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    doubt_zh = models.CharField(_("doubt, Chinese"), max_length=400, blank=True)
    doubt_en = models.CharField(_("doubt, English"), max_length=400, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.since_on and self.until_on and self.until_on < self.since_on - timedelta(days=1):
            raise ValidationError(
                _(
                    "The last day lies before the first day. A row that is withdrawn before it begins ends on the"
                    " day before its first day."
                )
            )

    @property
    def doubt(self) -> str:
        return self.doubt_zh if in_chinese() else self.doubt_en

    @property
    def first_day(self) -> date:
        return self.since_on or date.min

    @property
    def last_day(self) -> date:
        return self.until_on or date.max

    def is_open(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Named(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """Something in a group from a date to a date; it may come, go and come back, but not be in it twice."""

    GROUP, MEMBER = "group", "member"

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        pair = {f"{name}_id": getattr(self, f"{name}_id") for name in (self.GROUP, self.MEMBER)}
        others = type(self).objects.filter(**pair).exclude(pk=self.pk)
        if any(self.overlaps(other) for other in others):
            raise ValidationError(_("It is already in this group for part of that time."))

    def overlaps(self, other: "Membership") -> bool:
        return max(self.first_day, other.first_day) <= min(self.last_day, other.last_day)

    def __str__(self) -> str:
        return f"{getattr(self, f'{self.GROUP}_id')} · {getattr(self, f'{self.MEMBER}_id')}"
