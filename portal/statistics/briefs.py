"""The sentences that a newsletter prints, made from the release alone and never typed.

Amounts are in 10,000 US dollars (万美元) at two decimals, growth and shares in per cent at two; the
leaders' shares that are headlines of a mix are printed to one, as the field prints them.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from portal.lib.money import in_wan, rounded
from portal.lib.quarters import Quarter
from portal.reference.queries import names
from portal.statistics.dimensions import Measure, Mode
from portal.statistics.indicators import Base, Growth
from portal.statistics.queries import Known, Level, ReleaseInfo, table
from portal.statistics.report import Leading, Report, Row, report


def wan(level: Level) -> str | None:
    """A level in 万美元 at two decimals, without separators; None when there is none to show."""
    return f"{rounded(in_wan(level.usd_cents)):f}" if level.is_public else None


def percent(fraction: Decimal | None, decimals: int = 2) -> str | None:
    return None if fraction is None else f"{rounded(fraction * 100, decimals):f}"


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


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def paragraphs(content: Report, place_name: str) -> list[str]:
    """The brief's paragraphs in the active language; what cannot be shown is left out or said to be withheld."""
    if content.firms.known != Known.PUBLIC or not content.firms.count:
        return [_("No firm of %(place)s has an approved filing for this period.") % {"place": place_name}]
    written = [
        _opening(content, place_name),
        _modes(content),
        _belt_and_road(content),
        _concentration_words(content),
        _caution(content),
    ]
    return [paragraph for paragraph in written if paragraph]


def _opening(content: Report, place_name: str) -> str:
    quarter = content.table.release.quarter
    return _(
        "%(period)s, %(firms)s of %(place)s reported service outsourcing contracts signed of %(contract)s; "
        "executed value was %(execution)s."
    ) % {
        "period": months(quarter),
        "place": place_name,
        "firms": ngettext("%(count)d firm", "%(count)d firms", content.firms.count) % {"count": content.firms.count},
        "contract": _amount_and_growth(content.rows[Measure.CONTRACT, Mode.TOTAL]),
        "execution": _amount_and_growth(content.rows[Measure.EXECUTION, Mode.TOTAL]),
    }


def _modes(content: Report) -> str:
    words = {
        f"{mode.value}_{measure.value}": _amount_and_growth(content.rows[measure, mode])
        for mode in (Mode.OFFSHORE, Mode.ONSHORE)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
    }
    return (
        _(
            "Of these, offshore contracts came to %(offshore_contract)s and offshore execution to "
            "%(offshore_execution)s; onshore contracts came to %(onshore_contract)s and onshore execution to "
            "%(onshore_execution)s."
        )
        % words
    )


def _belt_and_road(content: Report) -> str:
    contract, execution = content.belt_and_road[Measure.CONTRACT], content.belt_and_road[Measure.EXECUTION]
    sentences = []
    if contract.level.is_public and execution.level.is_public and execution.level.usd_cents:
        sentences.append(
            _(
                "Contracts from Belt-and-Road countries and regions (%(list)s) came to %(contract)s, "
                "%(contract_share)s per cent of offshore contracts; their execution came to %(execution)s, "
                "%(execution_share)s per cent of offshore execution."
            )
            % {
                "list": _list_name(content),
                "contract": _amount(contract.level),
                "contract_share": percent(contract.share) or "–",
                "execution": _amount(execution.level),
                "execution_share": percent(execution.share) or "–",
            }
        )
    if content.top_markets:
        sentences.append(_top_markets(content))
    return _joined(sentences)


def _joined(sentences: list[str]) -> str:
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


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
            _(
                "The %(firms)d leading onshore firms hold %(total)s per cent of all execution and %(mode)s per cent "
                "of onshore execution."
            )
            % {
                "firms": group.firms,
                "total": percent(group.of_total_execution, 1) or "–",
                "mode": percent(group.of_execution),
            }
        )
    if group := content.leading.get(Mode.OFFSHORE):
        sentences.append(
            _(
                "The %(firms)d leading offshore firms hold %(contract)s per cent of offshore contracts and %(mode)s "
                "per cent of offshore execution."
            )
            % {
                "firms": group.firms,
                "contract": percent(group.of_contract) or "–",
                "mode": percent(group.of_execution, 1),
            }
        )
    return _joined(sentences)


def _caution(content: Report) -> str:
    if any(row.growth.is_low_base for row in content.rows.values()):
        return _("The base of a year before was low: read the growth rates together with both levels.")
    return ""


def _amount(level: Level) -> str:
    if level.known == Known.WITHHELD:
        return _("an amount that is withheld")
    return _("US$%(amount)s × 10,000") % {"amount": wan(level) or "0.00"}


def _amount_and_growth(row: Row) -> str:
    if not row.now.is_public:
        return _amount(row.now)
    return _("%(amount)s, %(growth)s") % {"amount": _amount(row.now), "growth": growth_in_words(row.growth)}


def growth_in_words(growth: Growth) -> str:
    """`up 12.30 per cent on a year before`, or why there is no rate."""
    if growth.base == Base.FINE:
        rate = rounded(growth.rate * 100)
        if rate == 0:
            return _("unchanged on a year before")
        words = _("up %(rate)s per cent on a year before") if rate > 0 else _("down %(rate)s per cent on a year before")
        return words % {"rate": f"{abs(rate):f}"}
    return {
        Base.ZERO: _("nothing a year before"),
        Base.ABSENT: _("no data of a year before"),
        Base.NEGATIVE: _("a negative base a year before"),
        Base.WITHHELD: _("the growth rate is withheld"),
    }[growth.base]


def months(quarter: Quarter) -> str:
    """The months of a quarter in words: `In January to March 2020`."""
    first, last = quarter.first_day, quarter.last_day
    return _("In months %(first)d to %(last)d of %(year)d") % {
        "first": first.month,
        "last": last.month,
        "year": quarter.year,
    }


def enumerated(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": _(", ").join(words[:-1]), "last": words[-1]}
