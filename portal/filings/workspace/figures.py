"""The figures of a filing on one page, beside the quarter before and the year before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.sheet import Kind
from portal.members.models import Firm

MEASURES = (
    "signed", "signed_offshore", "signed_onshore", "signed_overseas",
    "executed", "offshore", "onshore", "overseas",
    "contracts", "lines",
)  # fmt: skip
CURRENCIES = ("usd_cents", "cny_cents")
COUNTS = ("contracts", "lines")
OVERSEAS = ("signed_overseas", "overseas")
# Growth on less than this (US dollar cents), or above tenfold, is told with both levels and a mark.
LOW_BASE_CENTS = 1_000_000
TENFOLD = 1000


@dataclass(frozen=True)
class Figures:
    """Sums of one version in cents of one currency; `contracts` counts those signed, `lines` every row."""

    signed: int = 0
    signed_offshore: int = 0
    signed_onshore: int = 0
    signed_overseas: int = 0
    executed: int = 0
    offshore: int = 0
    onshore: int = 0
    overseas: int = 0
    contracts: int = 0
    lines: int = 0


def figures_of(version: Version, cents: str = "usd_cents") -> Figures:
    """Signed with its changes, executed, and both by mode. `cents` is `usd_cents` or `cny_cents`."""
    return figures_in_both(version)[cents]


def figures_in_both(version: Version) -> dict[str, Figures]:
    """The same in both currencies, `usd_cents` and `cny_cents`, from one query."""
    lines = Line.objects.filter(version=version).order_by()
    return tallied(lines.values_list("kind", "mode").annotate(Sum("usd_cents"), Sum("cny_cents"), Count("pk")))


def tallied(rows: Iterable[tuple[str, str, int, int, int]]) -> dict[str, Figures]:
    """The figures in both currencies, of sums by kind and mode: US dollar cents, renminbi cents, and how many."""
    sums = {cents: Counter() for cents in CURRENCIES}
    for kind, mode, *cents, count in rows:
        measure, part = ("executed", mode) if kind == Kind.EXECUTED else ("signed", f"signed_{mode}")
        for name, amount in zip(CURRENCIES, cents, strict=True):
            sums[name].update({measure: amount, part: amount, "lines": count})
            sums[name].update({"contracts": count} if kind == Kind.SIGNED else {})
    return {name: Figures(**counted) for name, counted in sums.items()}


def filed_figures(firm: Firm, period_code: str) -> Figures | None:
    """The figures that count for a period: of the approved version, or of the one that waits for review."""
    versions = Version.objects.filter(firm=firm, filing__period=period_code)
    # "approved" sorts before "submitted".
    counted = versions.filter(status__in=(Status.APPROVED, Status.SUBMITTED)).order_by("status").first()
    return figures_of(counted) if counted else None


@dataclass(frozen=True)
class Comparison:
    """One measure now, a quarter before and a year before (None: nothing was filed), with growth in percent.

    `cny` is now in renminbi cents; growth is that of US dollars.
    """

    measure: str
    now: int
    last: int | None
    year: int | None
    cny: int = 0

    @property
    def is_count(self) -> bool:
        return self.measure in COUNTS

    @property
    def is_part(self) -> bool:
        return self.measure not in ("signed", "executed", *COUNTS)

    @property
    def since_last(self) -> tuple[Decimal | None, str]:
        return growth(self.now, self.last)

    @property
    def since_year(self) -> tuple[Decimal | None, str]:
        return growth(self.now, self.year)

    @property
    def is_low_last(self) -> bool:
        return not self.is_count and is_low(self.since_last[0], self.last)

    @property
    def is_low_year(self) -> bool:
        return not self.is_count and is_low(self.since_year[0], self.year)


def growth(now: int, base: int | None) -> tuple[Decimal | None, str]:
    """Growth in percent, or the state that says why there is none."""
    if base is None:
        return None, "no_base"
    if base <= 0:
        return None, "zero_base" if base == 0 else "negative_base"
    return (Decimal(now) / Decimal(base) - 1) * 100, ""


def is_low(rate: Decimal | None, base: int | None) -> bool:
    """Whether a rate says little without both levels beside it."""
    return rate is not None and (rate > TENFOLD or base < LOW_BASE_CENTS)


def comparisons(filing: Filing, version: Version) -> list[Comparison]:
    """Every measure; overseas only where there is any."""
    quarter = filing.period.quarter
    now, cny = figures_of(version), figures_of(version, "cny_cents")
    last = filed_figures(filing.firm, str(quarter.shift(-1)))
    year = filed_figures(filing.firm, str(quarter.year_before))
    rows = [
        Comparison(name, getattr(now, name), getattr(last, name, None), getattr(year, name, None), getattr(cny, name))
        for name in MEASURES
    ]
    return [row for row in rows if row.measure not in OVERSEAS or row.now or row.last or row.year]
