"""Reads of members."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from portal.members.models import Consent, Dues, Firm, Profile, Representation, Term, User
from portal.members.roles import FirmRole


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


def grades_held(on: date) -> frozenset[str]:
    """The grades that some member holds on a day, by the profiles in force: one query."""
    rows = Profile.objects.filter(effective_on__lte=on, firm__in=members_on(on))
    rows = rows.order_by("effective_on", "recorded_at", "pk")
    return frozenset(dict(rows.values_list("firm", "grade")).values())


def has_demo_accounts() -> bool:
    """Whether somebody made by the demo can sign in."""
    return User.objects.filter(is_demo=True, is_active=True).exists()


def standing_terms(firm: Firm) -> QuerySet[Term]:
    """The terms of membership that nothing has replaced."""
    return firm.terms.filter(replaced_by__isnull=True)


@dataclass(frozen=True)
class Account:
    """What a firm was asked for a year, in renminbi fen: nothing recorded is neither owed nor paid."""

    firm: Firm
    owed_cents: int
    paid_cents: int
    paid_on: date | None

    @property
    def state(self) -> str:
        if self.owed_cents:
            return "owes"
        return "paid" if self.paid_on else "unrecorded"


def dues_of_year(firms: QuerySet[Firm], year: int) -> list[Account]:
    """Each firm that was a member in the year, with its dues of periods that begin in it: two queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    members = firms.filter(joined_on__lte=last).filter(Q(left_on__isnull=True) | Q(left_on__gte=first))
    rows = Dues.objects.filter(firm__in=members, replaced_by__isnull=True, from_on__range=(first, last))
    by_firm: dict[int, list[Dues]] = {}
    for row in rows:
        by_firm.setdefault(row.firm_id, []).append(row)
    return [_account(firm, by_firm.get(firm.pk, [])) for firm in members.order_by("credit_code")]


def _account(firm: Firm, rows: list[Dues]) -> Account:
    paid = [row for row in rows if row.paid_on]
    return Account(
        firm,
        owed_cents=sum(row.amount_cents for row in rows if not row.paid_on),
        paid_cents=sum(row.amount_cents for row in paid),
        paid_on=max((row.paid_on for row in paid), default=None),
    )


def present_team(firm: Firm, on: date) -> QuerySet[Representation]:
    """Whoever acts for the firm today or from a later day on, owners first."""
    rows = firm.representations.filter(ended_at__isnull=True).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return rows.select_related("user", "firm").order_by(_role_order(), "since_on", "pk")


def former_team(firm: Firm, on: date) -> QuerySet[Representation]:
    rows = firm.representations.filter(Q(ended_at__isnull=False) | Q(until_on__lt=on))
    return rows.select_related("user").order_by("-until_on", "-ended_at", "-pk")


def _role_order() -> Case:
    order = (FirmRole.OWNER, FirmRole.FILER, FirmRole.CERTIFIER, FirmRole.VIEWER)
    return Case(*(When(role=role, then=place) for place, role in enumerate(order)), default=len(order))


def people_by_key(keys: Iterable[UUID]) -> dict[UUID, User]:
    return {user.key: user for user in User.objects.filter(key__in=set(keys))}
