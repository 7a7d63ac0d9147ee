"""The terms of the figures in both languages, each with an address that other pages can link to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from portal.statistics.themes.terms import BUSINESS, TIME, Term


@dataclass(frozen=True)
class Chapter:
    ident: str
    name: str
    terms: Sequence[Term]


def glossary_terms() -> Sequence[Chapter]:
    return _CHAPTERS


_COMPARING = (
    Term(
        "growth",
        "同比增长",
        "growth on a year before",
        gettext_lazy("Now over the same months a year before, less one."),
        "growth",
    ),
    Term(
        "low-base",
        "低基数",
        "low base",
        gettext_lazy(
            "A rate above 1000 per cent, or on a base under a set floor. Both levels are then read before the rate."
        ),
        "low-base",
    ),
    Term(
        "percentage-point",
        "个百分点",
        "percentage point",
        gettext_lazy("The unit of the difference of two shares or rates."),
        "share",
    ),
    Term(
        "points-contributed",
        "拉动",
        "points contributed",
        gettext_lazy("How many percentage points of the total's growth come from a part."),
        "points",
    ),
    Term(
        "share-of-growth",
        "贡献率",
        "share of growth",
        gettext_lazy("What part of the total's change comes from a part."),
        "share-of-growth",
    ),
    Term(
        "same-firm",
        "同口径增长",
        "same-firm growth",
        gettext_lazy("Growth over firms that filed in both periods, without back-filings."),
        "same-firm",
    ),
    Term(
        "bridge",
        "增长分解",
        "growth bridge",
        gettext_lazy("The steps from the base as last published to the figure of now, which add up exactly."),
        "bridge",
    ),
    Term(
        "exchange-effect",
        "汇率影响",
        "exchange effect",
        gettext_lazy("The part of a change that comes from other exchange rates than a year before."),
        "exchange",
    ),
    Term(
        "cr4",
        "前四家集中度",
        "CR4",
        gettext_lazy("What the four largest hold together."),
        "concentration",
    ),
    Term(
        "hhi",
        "赫芬达尔指数",
        "Herfindahl index (HHI)",
        gettext_lazy("The sum of squared shares: near 0 where many are alike, 1 for one alone."),
        "hhi",
    ),
)
_LISTS = (
    Term(
        "market",
        "国家（地区）",
        "market",
        gettext_lazy("Where the client is."),
    ),
    Term(
        "market-group",
        "市场组",
        "market group",
        gettext_lazy("A named, dated list of markets, such as RCEP or a list of Belt-and-Road countries."),
        "lists",
    ),
    Term(
        "belt-and-road",
        "“一带一路”",
        "Belt and Road",
        gettext_lazy("One of several lists of countries. Each figure names the list and the day on which it was read."),
        "lists",
    ),
    Term(
        "region-scheme",
        "区域划分",
        "region scheme",
        gettext_lazy("A dated way of grouping places: the four regions, a city cluster, the demonstration cities."),
        "lists",
    ),
    Term(
        "demonstration-city",
        "服务外包示范城市",
        "demonstration city",
        gettext_lazy(
            "A city named by the State for service outsourcing; the list has grown several times. Provinces give "
            "the same title to others, which are not meant here."
        ),
        "lists",
    ),
    Term(
        "as-now",
        "现行名单口径",
        "list as now",
        gettext_lazy("Both years counted by the list as it stood on the last day of the period: equal footing."),
        "lists",
    ),
    Term(
        "as-then",
        "当时名单口径",
        "list as then",
        gettext_lazy("Each year counted by the list as it stood in that year."),
        "lists",
    ),
)
_TRADE = (
    Term(
        "service-trade",
        "服务贸易",
        "service trade",
        gettext_lazy("Services sold across the border, in twelve categories. Offshore outsourcing is a part of it."),
    ),
    Term(
        "digitally-deliverable",
        "可数字化交付",
        "digitally deliverable",
        gettext_lazy("Services of a kind that can be delivered over a network, whether or not they were."),
    ),
    Term(
        "digital-trade",
        "数字贸易",
        "digital trade",
        gettext_lazy("Trade that is ordered or delivered digitally. Filings tell only what could be delivered so."),
    ),
    Term(
        "crowdsourcing",
        "众包",
        "crowdsourcing",
        gettext_lazy("Work offered to many through a network and done by whoever takes it up."),
    ),
    Term(
        "cloud-outsourcing",
        "云外包",
        "cloud outsourcing",
        gettext_lazy("Work ordered, done and delivered on a cloud service."),
    ),
    Term(
        "platform-subcontracting",
        "平台分包",
        "platform subcontracting",
        gettext_lazy("A platform takes a contract and divides it among others."),
    ),
    Term(
        "modes-of-supply",
        "服务贸易四种提供方式",
        "modes of supply",
        gettext_lazy("Across the border, with the client coming, through a presence abroad, or by people who travel."),
    ),
)
_WITHHELD = (
    Term(
        "confidential",
        "保密",
        "confidential",
        gettext_lazy(
            "A figure from which one firm's own could be told: too few firms, or one or two that hold nearly all."
        ),
        "withheld",
    ),
    Term(
        "secondary",
        "次级保密",
        "secondary",
        gettext_lazy("A figure withheld so that a confidential one cannot be worked out from what is left."),
        "withheld",
    ),
    Term(
        "consent",
        "同意公开",
        "consent",
        gettext_lazy("A firm's dated agreement that its figures may be published."),
        "withheld",
    ),
    Term(
        "controller",
        "实际控制人",
        "controller",
        gettext_lazy("Who owns firms together. Firms of one controller count as one."),
        "withheld",
    ),
)
_CHAPTERS = (
    Chapter("business", gettext_lazy("What is counted"), BUSINESS),
    Chapter("periods", gettext_lazy("Time and versions"), TIME),
    Chapter("comparing", gettext_lazy("Comparing"), _COMPARING),
    Chapter("lists", gettext_lazy("Markets, places and lists"), _LISTS),
    Chapter("trade", gettext_lazy("Service trade and digital trade"), _TRADE),
    Chapter("not-published", gettext_lazy("What is withheld"), _WITHHELD),
)
