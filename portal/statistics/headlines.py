"""Titles that state a finding, made from a report alone. What is withheld is never named, nor what follows from it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib.money import rounded
from portal.lib.words import gettext_noop
from portal.statistics.briefs import enumerated, growth_in_words
from portal.statistics.dimensions import Cut, Measure, Mode, Span
from portal.statistics.indicators import Base, Growth
from portal.statistics.queries import Indicator, Table
from portal.statistics.report import Part, Report, Row
from portal.statistics.wording import amount_in_words, percent_in_words, when

NEARLY_ALL = Decimal("0.95")
ABOUT_HALF = Decimal("0.05")
_MEASURED = {
    Measure.EXECUTION: (
        gettext_noop("%(place)s executed %(amount)s in %(when)s"),
        gettext_noop("%(place)s executed %(amount)s in %(when)s, up from %(base)s"),
    ),
    Measure.CONTRACT: (
        gettext_noop("%(place)s signed contracts of %(amount)s in %(when)s"),
        gettext_noop("%(place)s signed contracts of %(amount)s in %(when)s, up from %(base)s"),
    ),
}


# ── A place ──────────────────────────────────────────────────────────────────────────────────────


def of_place(report: Report, place: str, span: Span) -> str:
    """What happened to the total, and how it divides: `Guiyang executed US$155.37 million …, half of it offshore`."""
    row = next((report.rows[key, Mode.TOTAL] for key in _MEASURED if report.rows[key, Mode.TOTAL].now.is_public), None)
    if row is None:
        return firms_filed(report, place, span)
    return _together(_level_and_change(row, report, place, span), _division(report))


def firms_filed(report: Report, place: str, span: Span) -> str:
    """`3 firms in Guiyang filed for the first quarter`."""
    count = report.firms.count or 0
    return ngettext(
        "%(firms)d firm of %(place)s filed for %(when)s", "%(firms)d firms of %(place)s filed for %(when)s", count
    ) % {"firms": count, "place": place, "when": when(report.table.release.quarter, span)}


def _together(first: str, second: str) -> str:
    return _("%(first)s, %(second)s") % {"first": first, "second": second} if second else first


def _level_and_change(row: Row, report: Report, place: str, span: Span) -> str:
    """A rate on a low base is not a headline: both levels are."""
    plain, from_base = _MEASURED[row.indicator.measure]
    values = {
        "place": place,
        "amount": amount_in_words(row.now.usd_cents),
        "when": when(report.table.release.quarter, span),
    }
    if row.growth.is_low_base and row.growth.rate > 0:
        return _(from_base) % values | {"base": amount_in_words(row.base.usd_cents)} if False else _(from_base) % (
            values | {"base": amount_in_words(row.base.usd_cents)}
        )
    told = _(plain) % values
    return _together(told, growth_in_words(row.growth)) if _is_plain(row.growth) else told


def _is_plain(growth: Growth) -> bool:
    return growth.base == Base.FINE and not growth.is_low_base


def _division(report: Report) -> str:
    share = report.rows[Measure.EXECUTION, Mode.OFFSHORE].share
    if share is None or not report.rows[Measure.EXECUTION, Mode.ONSHORE].now.is_public:
        return ""
    return ""
