"""What periods, measures, modes and amounts are called on a page, in the active language."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.money import rounded
from portal.lib.quarters import Quarter
from portal.lib.words import gettext_noop
from portal.statistics.dimensions import BridgePart, Currency, Cut, Measure, Mode, Span, Status
from portal.ui.figures import chinese_digits, grouped
from portal.ui.rendering import in_chinese

MEASURE_NAMES = {
    Measure.CONTRACT: gettext_lazy("Contract value"),
    Measure.EXECUTION: gettext_lazy("Executed value"),
    Measure.FIRMS: gettext_lazy("Firms filing"),
    Measure.SUBCONTRACTED: gettext_lazy("Taken over from other members"),
}
MODE_NAMES = {
    Mode.TOTAL: gettext_lazy("Total"),
    Mode.OFFSHORE: gettext_lazy("Offshore"),
    Mode.ONSHORE: gettext_lazy("Onshore"),
    Mode.OVERSEAS: gettext_lazy("Overseas"),
}
SIZE_NAMES = {
    "large": gettext_lazy("Large firms"),
    "medium": gettext_lazy("Medium firms"),
    "small": gettext_lazy("Small firms"),
    "micro": gettext_lazy("Micro firms"),
}
CUT_NAMES = {
    Cut.WHOLE: gettext_lazy("All"),
    Cut.MARKET: gettext_lazy("Market"),
    Cut.MARKET_GROUP: gettext_lazy("Market group"),
    Cut.CATEGORY: gettext_lazy("Service category"),
    Cut.SIZE: gettext_lazy("Size of firm"),
    Cut.LEADERS: gettext_lazy("Leading firms"),
    Cut.LARGEST: gettext_lazy("Largest firms"),
    Cut.OCCURRED: gettext_lazy("Quarter of the event"),
    Cut.BRIDGE: gettext_lazy("Bridge of growth"),
    Cut.SAME_FIRM: gettext_lazy("Same-firm growth"),
    Cut.TRADE: gettext_lazy("Service trade"),
    Cut.DIGITAL: gettext_lazy("Digitally deliverable"),
    Cut.NEW_MODE: gettext_lazy("New modes"),
    Cut.SUPPLY: gettext_lazy("Mode of supply"),
}
STATUS_NAMES = {
    Status.PUBLIC: gettext_lazy("public"),
    Status.CONFIDENTIAL: gettext_lazy("confidential (c)"),
    Status.SECONDARY: gettext_lazy("withheld for another (d)"),
}
STATUS_SIGNS = {Status.CONFIDENTIAL: "c", Status.SECONDARY: "d"}
STATUS_MEANINGS = {
    Status.CONFIDENTIAL: gettext_lazy("confidential: too few firms, or one of them could be told from it"),
    Status.SECONDARY: gettext_lazy("withheld to protect a confidential figure, which could be worked out from it"),
}
BRIDGE_NAMES = {
    BridgePart.REVISION: gettext_lazy("Revision of the base"),
    BridgePart.BACK_FILED: gettext_lazy("Back-filed"),
    BridgePart.NEW: gettext_lazy("New firms"),
    BridgePart.GONE: gettext_lazy("Firms gone"),
    BridgePart.EXCHANGE: gettext_lazy("Continuing firms: exchange rates"),
    BridgePart.REAL: gettext_lazy("Continuing firms: real change"),
}
# Members that have names here and no list of their own; "none" stands for the member without a code.
PART_NAMES = {
    Cut.SIZE: SIZE_NAMES,
    Cut.DIGITAL: {
        "yes": gettext_lazy("Digitally deliverable"),
        "no": gettext_lazy("Not digitally deliverable"),
        "unknown": gettext_lazy("Not known whether digitally deliverable"),
    },
    Cut.NEW_MODE: {
        "crowdsourcing": gettext_lazy("Crowdsourcing"),
        "cloud": gettext_lazy("Cloud outsourcing"),
        "platform": gettext_lazy("Platform subcontracting"),
        "none": gettext_lazy("No new way"),
    },
    Cut.SUPPLY: {
        "cross_border": gettext_lazy("Cross-border supply"),
        "consumption_abroad": gettext_lazy("Consumption abroad"),
        "commercial_presence": gettext_lazy("Commercial presence"),
        "presence_of_persons": gettext_lazy("Presence of natural persons"),
        "none": gettext_lazy("Mode of supply not stated"),
    },
    Cut.BRIDGE: {part.value: name for part, name in BRIDGE_NAMES.items()},
}
LIST_NAMES = {
    "divisions": gettext_lazy("Divisions"),
    "regions": gettext_lazy("Region schemes"),
    "markets": gettext_lazy("Markets"),
    "market_groups": gettext_lazy("Market groups"),
    "service_categories": gettext_lazy("Service categories"),
    "currencies": gettext_lazy("Currencies"),
    "rates": gettext_lazy("Exchange rates"),
}

_QUARTERS = {
    1: gettext_noop("first quarter of %(year)d"),
    2: gettext_noop("second quarter of %(year)d"),
    3: gettext_noop("third quarter of %(year)d"),
    4: gettext_noop("fourth quarter of %(year)d"),
}
_QUARTERS_OF_THE_YEAR = {
    1: gettext_noop("the first quarter"),
    2: gettext_noop("the second quarter"),
    3: gettext_noop("the third quarter"),
    4: gettext_noop("the fourth quarter"),
}
_MONTHS = {
    (1, 3): gettext_noop("January to March %(year)d"),
    (4, 6): gettext_noop("April to June %(year)d"),
    (7, 9): gettext_noop("July to September %(year)d"),
    (10, 12): gettext_noop("October to December %(year)d"),
    (1, 6): gettext_noop("January to June %(year)d"),
    (1, 9): gettext_noop("January to September %(year)d"),
    (1, 12): gettext_noop("January to December %(year)d"),
}
_MONTHS_OF_THE_YEAR = {
    6: gettext_noop("the first half of the year"),
    9: gettext_noop("the first nine months"),
    12: gettext_noop("the whole year"),
}


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────


def measure_in_mode(measure: Measure, mode: Mode) -> str:
    """`Executed value, Offshore`; of the total, the measure alone."""
    if mode == Mode.TOTAL:
        return str(MEASURE_NAMES[measure])
    return _("%(measure)s, %(mode)s") % {"measure": MEASURE_NAMES[measure], "mode": MODE_NAMES[mode]}


# ── Periods ──────────────────────────────────────────────────────────────────────────────────────


def quarter_name(quarter: Quarter) -> str:
    """`first quarter of 2020`."""
    return _(_QUARTERS[quarter.number]) % {"year": quarter.year}


def upright_quarter_name(quarter: Quarter) -> str:
    """A quarter for upright text: 二〇二〇年第一季度, because Arabic figures would lie on their side."""
    name = quarter_name(quarter)
    return name.replace(str(quarter.year), chinese_digits(quarter.year)) if in_chinese() else name


def months_of(quarter: Quarter, span: Span) -> str:
    """The months that a span covers: `January to March 2020`. A base span is named by its own year."""
    if span in (Span.QUARTER_BASE, Span.TO_DATE_BASE):
        quarter = quarter.year_before
    first = quarter.first_day.month if span in (Span.QUARTER, Span.QUARTER_BASE) else 1
    return _(_MONTHS[first, quarter.last_month]) % {"year": quarter.year}


def when(quarter: Quarter, span: Span) -> str:
    """A span inside a sentence whose year is clear: `the first quarter`, `the first half of the year`."""
    if span == Span.TO_DATE and quarter.number > 1:
        return _(_MONTHS_OF_THE_YEAR[quarter.last_month])
    return _(_QUARTERS_OF_THE_YEAR[quarter.number])


def region_label(region: str, scheme: str) -> str:
    """A region with its scheme, since several schemes have an East; once where the scheme is named after it."""
    return scheme if scheme.startswith(region) else _("%(scheme)s: %(region)s") % {"scheme": scheme, "region": region}


def point_label(quarter: Quarter) -> str:
    """A quarter on the axis of a chart: `2020 Q1`."""
    return _("%(year)d Q%(quarter)d") % {"year": quarter.year, "quarter": quarter.number}


# ── Amounts ──────────────────────────────────────────────────────────────────────────────────────

_MILLION = Decimal(10) ** 8
_TEN_THOUSAND = Decimal(10) ** 6
_HUNDRED_MILLION = Decimal(10) ** 10
_MANY = 10 * _HUNDRED_MILLION


@dataclass(frozen=True)
class Unit:
    """What a column of amounts is counted in; so many `cents` of the currency make one."""

    label: str
    cents: Decimal

    def of(self, cents: int | None) -> Decimal | None:
        return None if cents is None else Decimal(cents) / self.cents


def table_unit(currency: Currency = Currency.USD) -> Unit:
    """Tables count in 万美元 (or 万元), in either language, so that they can be compared."""
    return Unit(_("RMB 10,000") if currency == Currency.CNY else _("US$10,000"), _TEN_THOUSAND)


def figure_unit(largest: int = 0, currency: Currency = Currency.USD) -> Unit:
    """Large figures: millions in English; 万美元 in Chinese, or 亿美元 where the largest would be long."""
    is_yuan = currency == Currency.CNY
    if not in_chinese():
        return Unit(_("RMB million") if is_yuan else _("US$ million"), _MILLION)
    if largest >= _MANY:
        return Unit(_("RMB 100 million") if is_yuan else _("US$100 million"), _HUNDRED_MILLION)
    return table_unit(currency)


def square_unit(largest: int, currency: Currency = Currency.USD) -> tuple[Unit, int]:
    """The unit of numbers in small squares, and their decimals."""
    if not in_chinese():
        return figure_unit(currency=currency), 1
    if largest >= _HUNDRED_MILLION:
        return figure_unit(_MANY, currency), 1
    return table_unit(currency), 0


# By currency: hundreds of millions, tens of thousands (both only in Chinese), millions, units.
_IN_WORDS = {
    Currency.USD: (
        gettext_noop("%(amount)s × US$100 million"),
        gettext_noop("%(amount)s × US$10,000"),
        gettext_noop("US$%(amount)s million"),
        gettext_noop("US$%(amount)s"),
    ),
    Currency.CNY: (
        gettext_noop("%(amount)s × RMB 100 million"),
        gettext_noop("%(amount)s × RMB 10,000"),
        gettext_noop("RMB %(amount)s million"),
        gettext_noop("RMB %(amount)s"),
    ),
}


def amount_in_words(cents: int, currency: Currency = Currency.USD) -> str:
    """An amount inside a sentence, in the unit that a reader of the language would say."""
    size = abs(cents)
    hundred_millions, tens_of_thousands, millions, units = _IN_WORDS[currency]
    if in_chinese() and size >= _HUNDRED_MILLION:
        return _(hundred_millions) % {"amount": grouped(Decimal(cents) / _HUNDRED_MILLION)}
    if in_chinese() and size >= _TEN_THOUSAND:
        decimals = 0 if size >= 100 * _TEN_THOUSAND else 2
        return _(tens_of_thousands) % {"amount": grouped(Decimal(cents) / _TEN_THOUSAND, decimals)}
    if size >= _MILLION:
        return _(millions) % {"amount": grouped(Decimal(cents) / _MILLION)}
    return _(units) % {"amount": grouped(Decimal(cents) / 100, 0)}


def percent_in_words(fraction: Decimal, decimals: int = 2) -> str:
    return f"{rounded(fraction * 100, decimals):,}%"
