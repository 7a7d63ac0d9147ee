"""The paragraph of a brief that explains growth: the bridge in numbers, from what is public alone."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib.quarters import Quarter
from portal.lib.words import gettext_noop
from portal.statistics.bridges import Bridge, back_filed_by_quarter, bridge_in, pair_in
from portal.statistics.dimensions import BridgePart, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator
from portal.statistics.phrases import amount_in_brief, cents_in_brief, growth_in_words, joined
from portal.statistics.report import Report
from portal.statistics.wording import quarter_name

# What a part of the bridge did, where it raised the level and where it lowered it.
_PART_SENTENCES = {
    BridgePart.REVISION: (
        gettext_noop("%(amount)s came from revisions of the base since it was published"),
        gettext_noop("revisions of the base since it was published took off %(amount)s"),
    ),
    BridgePart.BACK_FILED: (
        gettext_noop("%(amount)s was work of earlier quarters that was filed late%(offshore)s"),
        gettext_noop("there was %(amount)s less of earlier quarters filed late%(offshore)s"),
    ),
    BridgePart.NEW: (
        gettext_noop("%(amount)s came from firms that had not filed a year before%(offshore)s"),
        gettext_noop("firms that had not filed a year before took off %(amount)s%(offshore)s"),
    ),
    BridgePart.GONE: (
        gettext_noop("%(amount)s came from firms that no longer file"),
        gettext_noop("firms that no longer file took off %(amount)s"),
    ),
    BridgePart.EXCHANGE: (
        gettext_noop("exchange rates added %(amount)s"),
        gettext_noop("exchange rates took off %(amount)s"),
    ),
    BridgePart.REAL: (
        gettext_noop("firms that filed both times added %(amount)s"),
        gettext_noop("firms that filed both times took off %(amount)s"),
    ),
}
# Of these the offshore share is told beside the amount: where it came from is what readers ask next.
_WITH_OFFSHORE = (BridgePart.BACK_FILED, BridgePart.NEW)
_CHANGES = {
    (Measure.CONTRACT, True): gettext_noop("Contract value rose by %(amount)s on a year before: %(parts)s."),
    (Measure.CONTRACT, False): gettext_noop("Contract value fell by %(amount)s on a year before: %(parts)s."),
    (Measure.EXECUTION, True): gettext_noop("Executed value rose by %(amount)s on a year before: %(parts)s."),
    (Measure.EXECUTION, False): gettext_noop("Executed value fell by %(amount)s on a year before: %(parts)s."),
}


def bridge_words(content: Report) -> str:
    """Where the changes come from, in public parts alone, and how the firms grew that filed both times."""
    sentences = []
    for measure in (Measure.EXECUTION, Measure.CONTRACT):
        bridge = bridge_in(content.table, measure, Mode.TOTAL, content.span)
        if bridge and bridge.change:
            sentences.append(_bridge_sentence(bridge, content))
            sentences += [_late_words(content)] if measure == Measure.EXECUTION else []
    return joined([*[sentence for sentence in sentences if sentence], *_same_firm_words(content)])


def _bridge_sentence(bridge: Bridge, content: Report) -> str:
    currency, parts = content.table.currency, []
    for part, cents in bridge.public.items():
        if cents:
            rise, fall = _PART_SENTENCES[part]
            values = {"amount": cents_in_brief(abs(cents), currency), "offshore": _offshore(bridge, part, content)}
            parts.append(_(rise if cents > 0 else fall) % values)
    if bridge.hidden_in_rest:
        rise = _("parts that are not published one by one: %(amount)s")
        fall = _("parts that are not published one by one: minus %(amount)s")
        parts.append((rise if bridge.rest >= 0 else fall) % {"amount": cents_in_brief(abs(bridge.rest), currency)})
    return _(_CHANGES[bridge.measure, bridge.change > 0]) % {
        "amount": cents_in_brief(abs(bridge.change), currency),
        "parts": _("; ").join(parts),
    }


def _offshore(bridge: Bridge, part: BridgePart, content: Report) -> str:
    """`, of which offshore US$16.4825 million`; nothing where that is not public, or is nothing."""
    level = content.table.level(Indicator(bridge.measure, Mode.OFFSHORE, Cut.BRIDGE, part), content.span)
    if part not in _WITH_OFFSHORE or not level.is_public or level.cents <= 0:
        return ""
    return _(", of which offshore %(amount)s") % {"amount": amount_in_brief(level)}


def _late_words(content: Report) -> str:
    """In which quarters what was filed late had happened, as far as that is public."""
    if content.span != Span.QUARTER:
        return ""
    late = [
        _("%(quarter)s %(amount)s")
        % {"quarter": quarter_name(Quarter.parse(quarter)), "amount": amount_in_brief(level)}
        for quarter, level in back_filed_by_quarter(content.table, Measure.EXECUTION)
        if level.is_public and level.cents
    ]
    words = _("What was filed late had been executed in: %(quarters)s.")
    return words % {"quarters": _("; ").join(late)} if late else ""


def _same_firm_words(content: Report) -> list[str]:
    pair = pair_in(content.table, Measure.EXECUTION, Mode.TOTAL, content.span)
    if pair.same.rate is None or pair.firms is None:
        return []
    return [
        ngettext(
            "On equal terms, %(firms)d firm that filed both times, without what was filed late: %(growth)s.",
            "On equal terms, %(firms)d firms that filed both times, without what was filed late: %(growth)s.",
            pair.firms,
        )
        % {"firms": pair.firms, "growth": growth_in_words(pair.same)}
    ]
