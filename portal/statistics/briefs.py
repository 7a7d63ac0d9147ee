"""The sentences that a newsletter prints, made from the release alone and never typed.

Amounts are in 10,000 US dollars (万美元) at two decimals, growth and shares in per cent at two; the
leaders' shares that are headlines of a mix are printed to one, as the field prints them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal.reference.queries import names
from portal.statistics.bridges import pair_in
from portal.statistics.dimensions import BASE_OF, BridgePart, Cut, Measure, Mode
from portal.statistics.explanations import bridge_words
from portal.statistics.indicators import Base
from portal.statistics.levels import Indicator, ReleaseInfo
from portal.statistics.phrases import amount_and_growth, amount_in_brief, enumerated, joined, months, percent, wan
from portal.statistics.queries import table
from portal.statistics.report import Leading, Part, Report, Row, report


@dataclass(frozen=True)
class Brief:
    """A brief: its paragraphs, and its numbers by the indicator that each came from."""

    release: str
    period: str
    division: str
    paragraphs: list[str]
    figures: dict[str, object]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    def as_json(self) -> dict[str, object]:
        return self.figures | {"text": self.text}


def brief(release: ReleaseInfo, place: str, place_name: str, language: str = "zh-hans") -> Brief:
    """What a release says of a place, in words of one language."""
    content = report(table(release, place))
    with override(language):
        return Brief(
            release=release.name,
            period=release.period,
            division=place,
            paragraphs=paragraphs(content, place_name),
            figures=figures(content),
        )


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────


def figures(content: Report) -> dict[str, object]:
    """Every number of the brief, as printed, by the indicator that it came from. Withheld ones are null."""
    release = content.table.release
    return {
        "release": release.name,
        "period": release.period,
        "division": content.table.place,
        "firms_filing": content.firms.count,
        "contract": _levels(content, Measure.CONTRACT),
        "execution": _levels(content, Measure.EXECUTION),
        "growth_percent": {
            "contract": _growths(content, Measure.CONTRACT),
            "execution": _growths(content, Measure.EXECUTION),
        },
        "belt_and_road": {
            "contract": wan(content.belt_and_road[Measure.CONTRACT].level),
            "contract_share_of_offshore_percent": percent(content.belt_and_road[Measure.CONTRACT].share),
            "execution": wan(content.belt_and_road[Measure.EXECUTION].level),
            "execution_share_of_offshore_percent": percent(content.belt_and_road[Measure.EXECUTION].share),
        },
        "belt_and_road_list": release.belt_and_road_list,
        "top_markets_by_execution": content.top_markets,
        "concentration": _concentration(content.leading),
        "bridge": {
            "contract": _bridge_parts(content, Measure.CONTRACT),
            "execution": _bridge_parts(content, Measure.EXECUTION),
        },
        "same_firm_growth_percent": {
            "contract": _same_firm(content, Measure.CONTRACT),
            "execution": _same_firm(content, Measure.EXECUTION),
        },
    }


def _rows(content: Report, measure: Measure) -> dict[str, Row]:
    return {mode.value: content.rows[measure, mode] for mode in (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)}


def _levels(content: Report, measure: Measure) -> dict[str, str | None]:
    return {mode: wan(row.now) for mode, row in _rows(content, measure).items()}


def _growths(content: Report, measure: Measure) -> dict[str, str | None]:
    return {mode: percent(row.growth.rate) for mode, row in _rows(content, measure).items()}


def _concentration(leading: dict[Mode, Leading]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    if group := leading.get(Mode.ONSHORE):
        found["onshore_leaders"] = {
            "firms": group.firms,
            "share_of_total_execution_percent": percent(group.of_total_execution, 1),
            "share_of_onshore_execution_percent": percent(group.of_execution),
        }
    if group := leading.get(Mode.OFFSHORE):
        found["offshore_leaders"] = {
            "firms_named": group.firms,
            "share_of_offshore_contract_percent": percent(group.of_contract),
            "share_of_offshore_execution_percent": percent(group.of_execution, 1),
        }
    return found


def _bridge_parts(content: Report, measure: Measure) -> dict[str, str | None]:
    """Each part of the change of a total; null where it is withheld. Empty without a base."""
    table = content.table
    if not table.has_data(BASE_OF[content.span]):
        return {}
    return {
        part.value: wan(table.level(Indicator(measure, Mode.TOTAL, Cut.BRIDGE, part), content.span))
        for part in BridgePart
    }


def _same_firm(content: Report, measure: Measure) -> dict[str, str | int | None]:
    pair = pair_in(content.table, measure, Mode.TOTAL, content.span)
    return {"growth": percent(pair.same.rate), "firms": pair.firms}


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def paragraphs(content: Report, place_name: str) -> list[str]:
    """The brief's paragraphs in the active language; what cannot be shown is left out or said to be withheld."""
    if not content.firms.is_public or not content.firms.count:
        return [_("No firm in %(place)s has an approved filing for this period.") % {"place": place_name}]
    written = [
        _opening(content, place_name),
        _modes(content),
        _belt_and_road(content),
        _concentration_words(content),
        bridge_words(content),
        _caution(content),
    ]
    return [paragraph for paragraph in written if paragraph]


def _opening(content: Report, place_name: str) -> str:
    firms = content.firms.count
    return ngettext(
        "%(period)s, %(firms)d firm in %(place)s reported service outsourcing contracts of %(contract)s; "
        "executed value was %(execution)s.",
        "%(period)s, %(firms)d firms in %(place)s reported service outsourcing contracts of %(contract)s; "
        "executed value was %(execution)s.",
        firms,
    ) % {
        "period": months(content.table.release.quarter),
        "place": place_name,
        "firms": firms,
        "contract": amount_and_growth(content.rows[Measure.CONTRACT, Mode.TOTAL]),
        "execution": amount_and_growth(content.rows[Measure.EXECUTION, Mode.TOTAL]),
    }


def _modes(content: Report) -> str:
    words = {
        f"{mode.value}_{measure.value}": amount_and_growth(content.rows[measure, mode])
        for mode in (Mode.OFFSHORE, Mode.ONSHORE)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
    }
    return (
        _(
            "Of these, offshore contracts came to %(offshore_contract)s, and offshore execution to "
            "%(offshore_execution)s; onshore contracts came to %(onshore_contract)s, and onshore execution to "
            "%(onshore_execution)s."
        )
        % words
    )


def _belt_and_road(content: Report) -> str:
    contract, execution = content.belt_and_road[Measure.CONTRACT], content.belt_and_road[Measure.EXECUTION]
    sentences = []
    if contract.level.is_public and execution.level.is_public and execution.level.cents:
        sentences.append(
            _(
                "Contracts from Belt-and-Road countries and regions (list used: %(list)s) came to "
                "%(contract)s%(contract_share)s; their execution came to %(execution)s%(execution_share)s."
            )
            % {
                "list": _list_name(content),
                "contract": amount_in_brief(contract.level),
                "contract_share": _share_words(contract, _(", %(share)s per cent of offshore contracts")),
                "execution": amount_in_brief(execution.level),
                "execution_share": _share_words(execution, _(", %(share)s per cent of offshore execution")),
            }
        )
    if content.top_markets:
        sentences.append(_top_markets(content))
    return joined(sentences)


def _share_words(part: Part, words: str) -> str:
    return words % {"share": percent(part.share)} if part.share is not None else ""


def _list_name(content: Report) -> str:
    code = content.table.release.belt_and_road_list
    group = names("market_group", [code]).get(code)
    return group.name if group else code


def _top_markets(content: Report) -> str:
    known = names("market", content.top_markets)
    words = [known[code].name if code in known else code for code in content.top_markets]
    return ngettext(
        "The largest market by offshore execution was %(markets)s.",
        "The largest markets by offshore execution were %(markets)s.",
        len(words),
    ) % {"markets": enumerated(words)}


def _concentration_words(content: Report) -> str:
    sentences = []
    if group := content.leading.get(Mode.ONSHORE):
        sentences.append(
            ngettext(
                "The leading onshore firm holds %(mode)s per cent of onshore execution%(total)s.",
                "The %(firms)d leading onshore firms hold %(mode)s per cent of onshore execution%(total)s.",
                group.firms,
            )
            % {
                "firms": group.firms,
                "mode": percent(group.of_execution),
                "total": _(" and %(share)s per cent of all execution") % {"share": percent(group.of_total_execution, 1)}
                if group.of_total_execution is not None
                else "",
            }
        )
    if group := content.leading.get(Mode.OFFSHORE):
        sentences.append(
            ngettext(
                "The leading offshore firm holds %(mode)s per cent of offshore execution%(contract)s.",
                "The %(firms)d leading offshore firms hold %(mode)s per cent of offshore execution%(contract)s.",
                group.firms,
            )
            % {
                "firms": group.firms,
                "mode": percent(group.of_execution, 1),
                "contract": _(" and %(share)s per cent of offshore contracts") % {"share": percent(group.of_contract)}
                if group.of_contract is not None
                else "",
            }
        )
    return joined(sentences)


def _caution(content: Report) -> str:
    growths = [row.growth for row in content.rows.values()]
    if all(growth.base == Base.ABSENT for growth in growths):
        return _("There are no data of a year before, so no growth rates are given.")
    if any(growth.is_low_base for growth in growths):
        return _("The base of a year before was low: read the growth rates together with both levels.")
    return ""
