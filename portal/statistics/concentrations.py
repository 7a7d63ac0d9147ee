"""Reads of concentration: what may be shown of it, and nothing else. No firm is named and no amount handed over."""

from dataclasses import dataclass
from decimal import Decimal

from portal.statistics.dimensions import Span
from portal.statistics.indicators import share
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Concentration


@dataclass(frozen=True)
class Held:
    """What the four largest hold of a place's measure in a mode, and the Herfindahl index; None where withheld."""

    place: str
    measure: str
    mode: str
    cr4: Decimal | None
    hhi: Decimal | None

    @property
    def is_shown(self) -> bool:
        return self.cr4 is not None or self.hhi is not None


def published_concentrations(release: ReleaseInfo) -> list[Held]:
    """One for each place, measure and mode of the release's quarter, in the order of their codes: one query."""
    rows = Concentration.objects.filter(release=release.pk, span=Span.QUARTER).order_by("place", "measure", "mode")
    return [_held(*row) for row in rows.values_list(*_FIELDS)]


_FIELDS = ("place", "measure", "mode", "cr4_usd_cents", "usd_cents", "hhi", "is_cr4_public", "is_hhi_public")


def _held(
    place: str, measure: str, mode: str, cr4: int, whole: int, hhi: Decimal | None, has_cr4: bool, has_hhi: bool
) -> Held:
    return Held(place, measure, mode, share(cr4, whole) if has_cr4 else None, hhi if has_hhi else None)
