"""Reads of members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from portal.members.models import Consent, Firm, Profile, User


@dataclass(frozen=True)
class FirmFacts:
    """What statistics know of a firm: never its name."""

    firm: int
    division: str
    size_band: str
    controller: str
    """Empty when the firm stands alone."""


def profiles_known_at(at: datetime, *, on: date, firms: Iterable[int] | None = None) -> dict[int, FirmFacts]:
    """Each firm's profile in force on a day, as recorded at or before a moment."""
    rows = Profile.objects.filter(recorded_at__lte=at, effective_on__lte=on)
    if firms is not None:
        rows = rows.filter(firm__in=firms)
    rows = rows.order_by("effective_on", "recorded_at", "pk").values_list("firm", "division", "size_band", "controller")
    return {firm: FirmFacts(firm, division, size, controller) for firm, division, size, controller in rows}


def current_profile(firm: Firm, *, on: date) -> Profile | None:
    return firm.profiles.filter(effective_on__lte=on).order_by("-effective_on", "-recorded_at", "-pk").first()


def consenting_firms(at: datetime) -> frozenset[int]:
    """Firms whose consent to publication is in force at a moment."""
    given = Consent.objects.filter(given_at__lte=at).filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))
    return frozenset(given.values_list("firm", flat=True))


def members_on(day: date):
    """Firms that are members on a day: those expected to file."""
    return Firm.objects.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gte=day))


def has_demo_accounts() -> bool:
    """Whether somebody made by the demo can sign in."""
    return User.objects.filter(is_demo=True, is_active=True).exists()
