"""Titles that state a finding, made from a report alone. What is withheld is never named, nor what follows from it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib.money import rounded
from portal.lib.words import gettext_noop
from portal.statistics.dimensions import BASE_OF, NATION, Measure, Mode
from portal.statistics.indicators import Base, Growth
from portal.statistics.levels import Indicator, Level
from portal.statistics.phrases import enumerated, growth_in_words
from portal.statistics.report import Part, Report, Row
from portal.statistics.wording import amount_in_words, percent_in_words, when
from portal.ui.rendering import in_chinese

NEARLY_ALL = Decimal("0.95")
ABOUT_HALF = Decimal("0.05")
HALF = Decimal("0.5")

# By measure: the level alone, and the level with the low base that it rose from.
_TOLD = {
    Measure.EXECUTION: (
        gettext_noop("%(subject)s executed %(amount)s in %(when)s"),
        gettext_noop("%(subject)s executed %(amount)s in %(when)s, up from %(base)s"),
    ),
    Measure.CONTRACT: (
        gettext_noop("%(subject)s signed contracts of %(amount)s in %(when)s"),
        gettext_noop("%(subject)s signed contracts of %(amount)s in %(when)s, up from %(base)s"),
    ),
}


# ── The title of a page ──────────────────────────────────────────────────────────────────────────


def of_place(report: Report, place: str) -> str:
    """What happened to the total, and how it divides."""
    row = _first_public(report)
    if row is None:
        return firms_filed(report, place)
    second = _division(report) if row.indicator.measure == Measure.EXECUTION else ""
    return _joined(_level_and_change(row, report, place), second)


def of_release(report: Report) -> str:
    """What happened to the total of all members, and which mode grew faster."""
    row = _first_public(report)
    race = _race(report)
    if row is None or not race:
        return of_place(report, "")
    return _joined(_level(row, report, ""), race)


def _first_public(report: Report) -> Row | None:
    totals = (report.rows[measure, Mode.TOTAL] for measure in _TOLD)
    return next((row for row in totals if row.now.is_public), None)


def _subject(report: Report, place: str) -> str:
    return _("Members") if report.table.place == NATION else _("Firms in %(place)s") % {"place": place}


def _level(row: Row, report: Report, place: str, *, from_base: bool = False) -> str:
    plain, with_base = _TOLD[row.indicator.measure]
    return _(with_base if from_base else plain) % {
        "subject": _subject(report, place),
        "amount": amount_in_words(row.now.cents, row.now.currency),
        "when": when(report.table.release.quarter, report.span),
        "base": amount_in_words(row.base.cents or 0, row.base.currency),
    }


def _level_and_change(row: Row, report: Report, place: str) -> str:
    """A rate on a low base is no headline: both levels are."""
    if row.growth.is_low_base and row.now.cents > row.base.cents:
        return _level(row, report, place, from_base=True)
    told = _level(row, report, place)
    if not is_plain(row.growth):
        return told
    return _("%(level)s, %(change)s") % {"level": told, "change": growth_in_words(row.growth)}


def _joined(first: str, second: str) -> str:
    return _("%(first)s; %(second)s") % {"first": first, "second": second} if second else first


def is_plain(growth: Growth) -> bool:
    """Is there a rate that may stand without its levels?"""
    return growth.base == Base.FINE and not growth.is_low_base


def _division(report: Report) -> str:
    share = report.rows[Measure.EXECUTION, Mode.OFFSHORE].share
    if share is None or not report.rows[Measure.EXECUTION, Mode.ONSHORE].now.is_public:
        return ""
    if share >= NEARLY_ALL:
        return _("nearly all of it is offshore")
    if share <= 1 - NEARLY_ALL:
        return _("nearly all of it is onshore")
    if abs(share - HALF) < ABOUT_HALF:
        return _("about half of it is offshore")
    if share > HALF:
        return _("%(share)s of it is offshore") % {"share": percent_in_words(share)}
    return _("%(share)s of it is onshore") % {"share": percent_in_words(1 - share)}


def _race(report: Report) -> str:
    """Which mode's execution grew faster, where both have rates that may stand alone."""
    offshore, onshore = (report.rows[Measure.EXECUTION, mode].growth for mode in (Mode.OFFSHORE, Mode.ONSHORE))
    if not (is_plain(offshore) and is_plain(onshore)) or offshore.rate == onshore.rate:
        return ""
    if min(offshore.rate, onshore.rate) >= 0:
        faster = (_("offshore grew faster than onshore"), _("onshore grew faster than offshore"))
    elif max(offshore.rate, onshore.rate) <= 0:
        faster = (_("offshore fell less than onshore"), _("onshore fell less than offshore"))
    else:
        faster = (_("offshore rose while onshore fell"), _("onshore rose while offshore fell"))
    return faster[0] if offshore.rate > onshore.rate else faster[1]


# ── The sentences under a title ──────────────────────────────────────────────────────────────────


def firms_filed(report: Report, place: str) -> str:
    count = report.firms.count or 0
    return ngettext(
        "%(firms)d firm filed for %(when)s: %(subject)s", "%(firms)d firms filed for %(when)s: %(subject)s", count
    ) % {
        "firms": count,
        "when": when(report.table.release.quarter, report.span),
        "subject": place or _("Members"),
    }


def standing(report: Report) -> str:
    """What to know before reading on: who filed, which way both totals went, and when a rate misleads."""
    told = [_filed(report), _directions(report), _by_mode(report), _caution(report)]
    return ("" if in_chinese() else " ").join(sentence for sentence in told if sentence)


def _filed(report: Report) -> str:
    count = report.firms.count or 0
    told = ngettext("%(firms)d firm filed.", "%(firms)d firms filed.", count) % {"firms": count}
    base = report.table.level(Indicator(Measure.FIRMS), BASE_OF[report.span])
    if not base.is_public or not base.count or base.count == count:
        return told
    more = _("%(firms)d firms filed, %(difference)d more than a year before.")
    fewer = _("%(firms)d firms filed, %(difference)d fewer than a year before.")
    return (more if count > base.count else fewer) % {"firms": count, "difference": abs(count - base.count)}


def _directions(report: Report) -> str:
    growths = [report.rows[measure, Mode.TOTAL].growth for measure in (Measure.CONTRACT, Measure.EXECUTION)]
    if not all(growth.base == Base.FINE and growth.rate for growth in growths):
        return ""
    contract, execution = (growth.rate > 0 for growth in growths)
    return {
        (True, True): _("Contract value and executed value both rose."),
        (False, False): _("Contract value and executed value both fell."),
        (True, False): _("Contract value rose, executed value fell."),
        (False, True): _("Contract value fell, executed value rose."),
    }[contract, execution]


def _by_mode(report: Report) -> str:
    offshore, onshore = (report.rows[Measure.EXECUTION, mode].growth for mode in (Mode.OFFSHORE, Mode.ONSHORE))
    if not (is_plain(offshore) and is_plain(onshore)):
        return ""
    return _("Offshore execution was %(offshore)s; onshore execution was %(onshore)s.") % {
        "offshore": growth_in_words(offshore),
        "onshore": growth_in_words(onshore),
    }


def _caution(report: Report) -> str:
    if any(report.rows[measure, Mode.TOTAL].growth.is_low_base for measure in _TOLD):
        return _("The totals rose from a low base: look at both levels first, then at the rates.")
    return ""


# ── The titles of charts ─────────────────────────────────────────────────────────────────────────


def of_modes(report: Report) -> str:
    shares = [report.rows[measure, Mode.ONSHORE].share for measure in (Measure.CONTRACT, Measure.EXECUTION)]
    contract, execution = (None if share is None else percent_in_words(share) for share in shares)
    if contract and execution:
        return _("Onshore makes up %(contract)s of contract value and %(execution)s of executed value") % {
            "contract": contract,
            "execution": execution,
        }
    if execution:
        return _("Onshore makes up %(execution)s of executed value") % {"execution": execution}
    if contract:
        return _("Onshore makes up %(contract)s of contract value") % {"contract": contract}
    return _("Offshore and onshore business")


def shift_of_onshore(report: Report) -> str:
    """How onshore's share of contracts moved, in percentage points of unrounded shares."""
    row = report.rows[Measure.CONTRACT, Mode.ONSHORE]
    if row.share is None or row.base_share is None:
        return ""
    points = rounded((row.share - row.base_share) * 100)
    if points == 0:
        return _("Onshore's share of contract value did not move.")
    told = (
        _("Onshore's share of contract value rose by %(points)s percentage points.")
        if points > 0
        else _("Onshore's share of contract value fell by %(points)s percentage points.")
    )
    return told % {"points": f"{abs(points):,}"}


def of_belt_and_road(parts: dict[Measure, Part]) -> str:
    share = parts[Measure.EXECUTION].share
    if share is None:
        return _("Business from Belt-and-Road markets")
    if share >= NEARLY_ALL:
        return _("Nearly all offshore execution is for Belt-and-Road markets")
    return _("Belt-and-Road markets make up %(share)s of offshore execution") % {"share": percent_in_words(share)}


def of_markets(top: list[str], shares: list[Decimal | None]) -> str:
    """`top`: names of the markets whose rank is settled, with their shares of offshore execution."""
    if not top:
        return _("Offshore execution by market")
    together = sum(share for share in shares if share is not None)
    values = {"markets": enumerated(top), "share": percent_in_words(together)}
    if None in shares:
        return _("Largest by offshore execution: %(markets)s") % values
    return (
        ngettext(
            "%(markets)s is the largest market, with %(share)s of offshore execution",
            "%(markets)s are the largest markets, with %(share)s of offshore execution together",
            len(top),
        )
        % values
    )


def of_categories(shares: list[tuple[str, Decimal]]) -> str:
    """`shares`: the published kinds (ITO, BPO, KPO) and their shares of the total, largest first."""
    if not shares:
        return _("Executed value by service category")
    name, share = shares[0]
    if share > HALF or len(shares) == 1:
        return _("%(category)s makes up %(share)s of executed value") % {
            "category": name,
            "share": percent_in_words(share),
        }
    each = _("%(category)s %(share)s")
    told = [each % {"category": name, "share": percent_in_words(share)} for name, share in shares]
    return _("Of executed value: %(parts)s") % {"parts": _(", ").join(told)}


def of_provinces(leading: list[str], share: Decimal | None) -> str:
    if not leading or share is None:
        return _("Executed value by province")
    return ngettext(
        "%(provinces)s makes up %(share)s of all execution",
        "%(provinces)s make up %(share)s of all execution",
        len(leading),
    ) % {"provinces": enumerated(leading), "share": percent_in_words(share)}


def of_gap(offshore: tuple[Level, Level], onshore: tuple[Level, Level]) -> str:
    """How far the modes are apart, now and a year before: pairs of (now, base)."""
    levels = [*offshore, *onshore]
    if not all(level.is_public and level.cents for level in levels):
        return _("Executed value, offshore and onshore")
    gap = offshore[0].cents - onshore[0].cents
    moved = abs(gap) - abs(offshore[1].cents - onshore[1].cents)
    leads = _("Offshore is %(gap)s above onshore") if gap >= 0 else _("Onshore is %(gap)s above offshore")
    told = leads % {"gap": amount_in_words(abs(gap))}
    if not moved:
        return told
    change = _("%(amount)s more than a year before") if moved > 0 else _("%(amount)s less than a year before")
    return _("%(level)s, %(change)s") % {"level": told, "change": change % {"amount": amount_in_words(abs(moved))}}
