"""What a release is made of: cells, and how few hold how much. No Django."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class CellRow(NamedTuple):
    """One figure, as it is kept. There are hundreds of thousands, so it is a tuple."""

    span: str
    place: str
    measure: str
    mode: str
    cut: str
    member: str
    usd_cents: int
    cny_cents: int
    count: int
    contributors: int
    status: str
    protect_usd_cents: int = 0
    protect_cny_cents: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        return self.span, self.place, self.measure, self.mode, self.cut, self.member


@dataclass(frozen=True)
class ConcentrationRow:
    """How few hold how much; `leaders` are the ten largest as [credit code, US cents, renminbi cents]."""

    span: str
    place: str
    measure: str
    mode: str
    firm_count: int
    usd_cents: int
    cr4_usd_cents: int
    hhi: Decimal | None
    is_cr4_public: bool
    is_hhi_public: bool
    leaders: str
