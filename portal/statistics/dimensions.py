"""The words of a figure: what is measured, over which span, how it is cut."""

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
