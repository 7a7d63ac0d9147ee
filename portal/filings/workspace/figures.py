"""The figures of a filing on one page, beside the quarter before and the year before."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.sheet import Kind, Mode
from portal.members.models import Firm

MEASURES = ("signed", "executed", "offshore", "onshore", "overseas", "contracts")


@dataclass(frozen=True)
class Figures:
    """Sums of one version in US dollar cents; `contracts` counts those signed."""

    signed: int = 0
    executed: int = 0
    offshore: int = 0
    onshore: int = 0
    overseas: int = 0
    contracts: int = 0


def figures_of(version: Version) -> Figures:
    """Signed with its changes; executed, and that by mode."""
    executed = Q(kind=Kind.EXECUTED)
    sums = {mode.value: Sum("usd_cents", filter=executed & Q(mode=mode), default=0) for mode in Mode}
    row = Line.objects.filter(version=version).aggregate(
        signed=Sum("usd_cents", filter=~executed, default=0),
        executed=Sum("usd_cents", filter=executed, default=0),
        contracts=Count("pk", filter=Q(kind=Kind.SIGNED)),
        **sums,
    )
    return Figures(**row)


def filed_figures(firm: Firm, period_code: str) -> Figures | None:
    """The figures that count for a period: of the approved version, or of the one that waits for review."""
    versions = Version.objects.filter(firm=firm, filing__period=period_code)
    # "approved" sorts before "submitted".
    counted = versions.filter(status__in=(Status.APPROVED, Status.SUBMITTED)).order_by("status").first()
    return figures_of(counted) if counted else None


@dataclass(frozen=True)
class Comparison:
    """One measure now, a quarter before and a year before (None: nothing was filed), with growth in percent."""

    measure: str
    now: int
    last: int | None
    year: int | None

    @property
    def is_count(self) -> bool:
        return self.measure == "contracts"

    @property
    def since_last(self) -> tuple[Decimal | None, str]:
        return growth(self.now, self.last)

    @property
    def since_year(self) -> tuple[Decimal | None, str]:
        return growth(self.now, self.year)


def growth(now: int, base: int | None) -> tuple[Decimal | None, str]:
    """Growth in percent, or the state that says why there is none."""
    if base is None:
        return None, "no_base"
    if base <= 0:
        return None, "zero_base" if base == 0 else "negative_base"
    return (Decimal(now) / Decimal(base) - 1) * 100, ""


def comparisons(filing: Filing, version: Version) -> list[Comparison]:
    """Every measure; overseas only where there is any."""
    quarter = filing.period.quarter
    now = figures_of(version)
    last = filed_figures(filing.firm, str(quarter.shift(-1)))
    year = filed_figures(filing.firm, str(quarter.year_before))
    rows = [
        Comparison(name, getattr(now, name), getattr(last, name, None), getattr(year, name, None)) for name in MEASURES
    ]
    return [row for row in rows if row.measure != "overseas" or row.now or row.last or row.year]
