"""The words of a figure: what is measured, over which span, how it is cut."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from portal.lib.quarters import Quarter


class Measure(StrEnum):
    CONTRACT = "contract"
    EXECUTION = "execution"
    FIRMS = "firms"
    SUBCONTRACTED = "subcontracted"


class Span(StrEnum):
    """The stretch of time a cell covers. Bases are the same stretch a year before."""

    QUARTER = "quarter"
    QUARTER_BASE = "quarter_base"
    TO_DATE = "to_date"
    TO_DATE_BASE = "to_date_base"


class Mode(StrEnum):
    """Onshore and offshore make the total; overseas stands apart."""

    TOTAL = "total"
    OFFSHORE = "offshore"
    ONSHORE = "onshore"
    OVERSEAS = "overseas"


class Cut(StrEnum):
    """What a cell is a part of, besides its place and mode."""

    WHOLE = ""
    MARKET = "market"
    MARKET_GROUP = "market_group"
    CATEGORY = "category"
    SIZE = "size"
    LEADERS = "leaders"
    LARGEST = "largest"
    OCCURRED = "occurred"
    BRIDGE = "bridge"
    SAME_FIRM = "same_firm"
    TRADE = "trade"
    DIGITAL = "digital"
    NEW_MODE = "new_mode"
    SUPPLY = "supply"


class Currency(StrEnum):
    """What amounts are shown in; each line was converted to both by its own rates."""

    USD = "usd"
    CNY = "cny"


class BridgePart(StrEnum):
    """What a change on a year before is made of, in the order in which a line is put to the first that fits."""

    REVISION = "revision"
    BACK_FILED = "back_filed"
    NEW = "new"
    GONE = "gone"
    EXCHANGE = "exchange"
    REAL = "real"


class Status(StrEnum):
    """Confidential by itself, or withheld so that a confidential one cannot be worked out."""

    PUBLIC = "public"
    CONFIDENTIAL = "confidential"
    SECONDARY = "secondary"


# The standard marks of confidentiality (SDMX, CL_CONF_STATUS): free, confidential, withheld to protect another.
CONF_STATUS = {Status.PUBLIC: "F", Status.CONFIDENTIAL: "C", Status.SECONDARY: "D"}


class Standing(StrEnum):
    PROVISIONAL = "provisional"
    FINAL = "final"


class ChangeReason(StrEnum):
    """Why a figure differs from the one published before."""

    LATE_FILING = "late_filing"
    CORRECTION = "correction"
    RECLASSIFICATION = "reclassification"
    LIST_CHANGE = "list_change"
    RATE = "rate"
    SUBCONTRACT = "subcontract"


@dataclass(frozen=True)
class Thresholds:
    """When a figure is withheld, in firms and per cent, and how far an outsider's estimate has to stay from it.

    Too few firms; the largest two hold more than `dominance_percent`; what the others hold is under `p_percent` of
    the largest. An estimate has to stay `protection_percent` of the largest away, to each side.
    """

    min_firms: int = 3
    dominance_percent: int = 85
    p_percent: int = 10
    protection_percent: int = 10

    def as_json(self) -> dict[str, int]:
        return asdict(self)


_ABROAD = (Mode.OFFSHORE, Mode.OVERSEAS)
_IN_TOTAL = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
_QUARTERS = (Span.QUARTER, Span.QUARTER_BASE)
# Which modes and spans of a cut there are cells for.
TABULATED: Mapping[Cut, tuple[Sequence[Mode], Sequence[Span]]] = {
    Cut.WHOLE: (tuple(Mode), tuple(Span)),
    Cut.MARKET: (_ABROAD, tuple(Span)),
    Cut.MARKET_GROUP: (_ABROAD, tuple(Span)),
    Cut.CATEGORY: (tuple(Mode), tuple(Span)),
    Cut.SIZE: ((Mode.TOTAL,), tuple(Span)),
    Cut.OCCURRED: (_IN_TOTAL, _QUARTERS),
    Cut.TRADE: (_IN_TOTAL, tuple(Span)),
    Cut.DIGITAL: (_IN_TOTAL, tuple(Span)),
    Cut.NEW_MODE: (_IN_TOTAL, tuple(Span)),
    Cut.SUPPLY: (_IN_TOTAL, tuple(Span)),
}
BASE_OF = {Span.QUARTER: Span.QUARTER_BASE, Span.TO_DATE: Span.TO_DATE_BASE}
NATION = "CN"
# Behind a code that is a list's member set as it was a year before: `eu@then`, in base spans only.
THEN = "@then"
MEASURE_OF_KIND = {"signed": Measure.CONTRACT, "changed": Measure.CONTRACT, "executed": Measure.EXECUTION}


def spans_of(quarter: Quarter) -> dict[Span, list[Quarter]]:
    """The quarters that each span of a release covers."""
    before = quarter.year_before
    return {
        Span.QUARTER: [quarter],
        Span.QUARTER_BASE: [before],
        Span.TO_DATE: quarter.year_to_date,
        Span.TO_DATE_BASE: before.year_to_date,
    }


def periods_of(quarter: Quarter) -> list[str]:
    """Codes of all periods that a release of the quarter uses, oldest first."""
    return sorted({str(item) for quarters in spans_of(quarter).values() for item in quarters})


def spans_with_sides(quarter: Quarter) -> list[tuple[str, str, str, str]]:
    """(period, span, side, target): `side` is now or base, `target` the span that both sides are about."""
    sides = {Span.QUARTER: "now", Span.TO_DATE: "now", Span.QUARTER_BASE: "base", Span.TO_DATE_BASE: "base"}
    targets = {base: now for now, base in BASE_OF.items()}
    return [
        (str(item), span.value, sides[span], targets.get(span, span).value)
        for span, items in spans_of(quarter).items()
        for item in items
    ]
