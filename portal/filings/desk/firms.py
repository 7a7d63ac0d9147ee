"""Members as the association's staff look them up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Filing, Version
from portal.members.models import Firm, FirmEvent, Profile
from portal.members.queries import consenting_firms


@dataclass(frozen=True)
class Listed:
    firm: Firm
    profile: Profile | None
    people_count: int
    has_consented: bool


def firms_sought(firms: QuerySet[Firm], *, text: str = "", place: str = "") -> QuerySet[Firm]:
    """Firms with a text in name or code, registered in a place or a province's cities: now or earlier."""
    rows = firms.order_by("credit_code")
    if text := text.strip():
        earlier = FirmEvent.objects.filter(kind=FirmEvent.Kind.RENAMED, before__name_zh__icontains=text)
        now = Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(credit_code__icontains=text)
        rows = rows.filter(now | Q(pk__in=earlier.values("firm")))
    if place:
        registered = Profile.objects.filter(Q(division=place) | Q(division__parent=place))
        rows = rows.filter(pk__in=registered.values("firm"))
    return rows


def listed(firms: list[Firm], at: datetime, on: date) -> list[Listed]:
    """One page of firms with what a list shows of each: three queries."""
    pks = [firm.pk for firm in firms]
    people = dict(
        Firm.objects.filter(pk__in=pks)
        .annotate(running=Count("representations", filter=Q(representations__until_on__isnull=True)))
        .values_list("pk", "running")
    )
    profiles = newest_profiles(pks, on)
    consenting = consenting_firms(at)
    return [Listed(firm, profiles.get(firm.pk), people[firm.pk], firm.pk in consenting) for firm in firms]


def newest_profiles(firms: list[int], on: date) -> dict[int, Profile]:
    """The profile in force on a day, by firm."""
    rows = Profile.objects.filter(firm__in=firms, effective_on__lte=on).select_related("division__parent")
    return {row.firm_id: row for row in rows.order_by("effective_on", "recorded_at", "pk")}


@dataclass(frozen=True)
class Filed:
    """A firm's filing of a period, with the newest version that was handed in (none while it is the firm's own)."""

    filing: Filing
    version: Version | None


def filings_of(firm: Firm) -> list[Filed]:
    """Newest period first, with sums: two queries."""
    filings = list(Filing.objects.filter(firm=firm).select_related("period").order_by("-period__first_on"))
    versions = Version.objects.filter(firm=firm).exclude(status=Status.DRAFT).with_totals().order_by("number")
    newest = {version.filing_id: version for version in versions}
    return [Filed(filing, newest.get(filing.pk)) for filing in filings]
