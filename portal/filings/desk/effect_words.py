"""Why a filing stands where it does in the queue, in plain words: its share of a cell, and how it moved."""

from decimal import Decimal

from django.utils.translation import gettext as _

from portal.filings.desk.effect import CONTRACT, EXECUTION, TOTAL, Cut
from portal.filings.desk.queue import Row
from portal.filings.sheet import Mode
from portal.filings.telling import name_of
from portal.lib.words import gettext_noop
from portal.ui.figures import grouped, signed

CUTS: dict[Cut, str] = {
    (CONTRACT, TOTAL): gettext_noop("Contract value"),
    (CONTRACT, Mode.OFFSHORE): gettext_noop("Offshore contract value"),
    (CONTRACT, Mode.ONSHORE): gettext_noop("Onshore contract value"),
    (CONTRACT, Mode.OVERSEAS): gettext_noop("Overseas contract value"),
    (EXECUTION, TOTAL): gettext_noop("Execution"),
    (EXECUTION, Mode.OFFSHORE): gettext_noop("Offshore execution"),
    (EXECUTION, Mode.ONSHORE): gettext_noop("Onshore execution"),
    (EXECUTION, Mode.OVERSEAS): gettext_noop("Overseas execution"),
}
# A rate above it says less than how many times the base it is.
LARGEST_RATE = 1000


def effect_share(row: Row) -> str:
    """`占贵阳市离岸执行额 12.3%`: the cell in which the filing is largest, now or a year before."""
    effect = row.effect
    if effect is None:
        return ""
    place = name_of(row.cell_place) if row.cell_place else _("all firms")
    values = {"place": place, "cut": _(CUTS[effect.cut]), "share": grouped(effect.share, 1)}
    if effect.was_larger:
        return _("%(place)s, %(cut)s: %(share)s%% of it a year before") % values
    return _("%(place)s, %(cut)s: %(share)s%% of it") % values


def effect_movement(row: Row) -> str:
    """`较上年同期 ＋340%`, or why there is no rate."""
    effect = row.effect
    if effect is None:
        return ""
    if not effect.has_base:
        return _("no approved filing a year before")
    rate = effect.growth
    if rate is None:
        return _("nothing a year before") if effect.now else _("nothing in both years")
    if rate > LARGEST_RATE:
        return _("%(times)s times the year before") % {"times": grouped(rate / 100 + 1, 1)}
    return _("%(rate)s%% on a year before") % {"rate": signed(rate, 0 if abs(rate) >= 100 else 1)}


def effect_times(row: Row) -> str:
    """`偏离常态 4.2 倍`."""
    if row.effect is None:
        return ""
    if row.effect.times <= Decimal(1):
        return _("no further than usual")
    return _("%(times)s times as far as usual") % {"times": grouped(row.effect.times, 1)}
