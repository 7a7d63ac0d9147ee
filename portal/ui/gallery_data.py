"""Invented data for the gallery page: enough to show every component in every state."""

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from portal.ui import charts, lines, seals, tiles
from portal.ui.gallery_form import SampleForm

_EXECUTION = (96, 112, 109, 147, 105, 122, 119, 158, 132, 139, 133, 171, 139)
_PROVINCES = {
    "32": "50.1", "44": "37.2", "31": "36.8", "33": "30.4", "11": "21.5", "37": "18.0", "21": "7.9", "51": "6.9",
    "12": "6.2", "42": "5.7", "50": "5.0", "35": "4.1", "61": "4.0", "34": "2.4", "41": "1.9", "43": "1.9", "52": "1.6",
    "23": "1.4", "36": "1.2", "22": "1.1", "13": "1.0", "46": "0.6", "45": "0.5", "14": "0.4", "53": "0.4", "15": "0.2",
    "62": "0.2", "65": "0.1",
}  # fmt: skip
_WITHHELD = ("54", "63", "64")
_CUTS = (1, 3, 10, 30)


def everything() -> dict[str, object]:
    """The context of the gallery page."""
    return {
        "spark": _EXECUTION,
        "rates": {"rise": Decimal("1289.74"), "fall": Decimal("-1.26"), "flat": Decimal("0.001")},
        "inks": _inks(),
        "all_seals": list(seals.SEALS),
        "market_rows": _markets(),
        "share_rows": _shares(),
        "share_parts": [_("Offshore"), _("Onshore")],
        "bridge_rows": _bridge(),
        "lines": _lines(),
        "tiles": _tiles(),
        "tile_cuts": [Decimal(cut) for cut in _CUTS],
        "steps": _steps(),
        "tabs": _tabs(),
        "contents": [
            {"label": _("A line of contents"), "href": "#gallery-lines", "note": _("44 px high, ruled below")}
        ],
        "vintage": _vintage(),
        "findings": _findings(),
        "blocking": _blocking(),
        "page": Paginator(range(1, 240), 20).page(4),
        "form": SampleForm(
            {"receipt": "SW20031801", "code": "91520100MA6XXXX000", "reason": "R03", "basis": "reporting"}
        ),
        "evidence": _evidence(),
        "downloads": [(_("Download CSV"), "#gallery-charts"), (_("Download XLSX"), "#gallery-charts")],
        "files": [("PNG", "#gallery-charts"), ("SVG", "#gallery-charts"), (_("Data"), "#gallery-charts")],
        **_amounts(),
    }


def _amounts() -> dict[str, object]:
    return {
        "total": Decimal("15536.93"),
        "offshore": Decimal("7941.44"),
        "offshore_before": Decimal("571.43"),
        "firms": 4218,
        "firms_before": 4272,
        "from_zero": Decimal("36.20"),
        "share": Decimal("99.68"),
        "fallen": Decimal("204.10"),
        "fallen_rate": Decimal("-3.40"),
        "total_rate": Decimal("2433.03"),
    }


def _inks() -> list[dict[str, str]]:
    return [
        {"css": "c-ink", "name": _("Ink"), "use": _("Text, totals")},
        {"css": "c-ink2", "name": _("Ink, second"), "use": _("Lesser text")},
        {"css": "c-ink3", "name": _("Ink, third"), "use": _("Units, sources")},
        {"css": "c-rule", "name": _("Rule"), "use": _("Hairlines")},
        {"css": "c-d1", "name": _("Lake"), "use": _("Links, buttons, offshore")},
        {"css": "c-d2", "name": _("Lake, second"), "use": _("Onshore, the rest")},
        {"css": "c-d3", "name": _("Lake, third"), "use": _("Tracks")},
        {"css": "c-cin", "name": _("Cinnabar"), "use": _("A rise, what waits")},
    ]


def _markets() -> list[charts.Bar]:
    return charts.bars(
        [
            charts.Item(_("Vietnam"), Decimal("3412.06"), share="42.97%"),
            charts.Item(_("Zambia"), Decimal("1876.40"), share="23.63%"),
            charts.Item(_("India"), None),
            charts.Item(_("Other markets"), Decimal("418.16"), share="5.27%", kind="rest"),
        ]
    )


def _shares() -> list[charts.Stack]:
    return [
        charts.stack(_("Contract value"), [Decimal("477.32"), Decimal("19.10")], "2019Q1", ["477.32", "19.10"]),
        charts.stack(
            _("Contract value"), [Decimal("2964.95"), Decimal("18666.52")], "2020Q1", ["2,964.95", "18,666.52"]
        ),
    ]


def _bridge() -> list[charts.Bar]:
    return charts.bridge(
        charts.Item(_("A year before"), Decimal("613.37"), note="2019Q1"),
        [
            charts.Item(_("Firms in both periods"), Decimal("1846.20"), note=_("23 firms")),
            charts.Item(_("Firms new"), Decimal("5118.74"), note=_("35 firms")),
            charts.Item(_("Firms gone"), Decimal("-37.05"), note=_("4 firms")),
            charts.Item(_("Back-filed"), Decimal("7995.67"), note=_("of July to December 2019, filed now")),
        ],
        charts.Item(_("This period"), Decimal("15536.93"), note="2020Q1"),
    )


def _lines() -> lines.LineChart:
    quarters = [f"{2017 + index // 4}Q{index % 4 + 1}" for index in range(13)]
    onshore = [Decimal(number) * Decimal("0.65") + index * 2 for index, number in enumerate(_EXECUTION)]
    return lines.line_chart(
        quarters,
        [
            lines.Series(_("Offshore"), _EXECUTION, f"{_('Offshore')} 139.00", "↑5.30%"),
            lines.Series(_("Onshore"), onshore, f"{_('Onshore')} 114.35", "↑13.01%"),
        ],
    )


def _tiles() -> list[tiles.Tile]:
    known = [
        tiles.Tile(f"{key}0000", value, tiles.level(Decimal(value), _CUTS), "#gallery-tiles")
        for key, value in _PROVINCES.items()
    ]
    return known + [tiles.Tile(f"{key}0000", level=tiles.WITHHELD, href="#gallery-tiles") for key in _WITHHELD]


def _steps() -> list[dict[str, str]]:
    return [
        {"label": _("Contracts"), "state": "done", "href": "#gallery-steps", "note": _("done")},
        {"label": _("This quarter's lines"), "state": "current", "href": "#gallery-steps"},
        {"label": _("Check"), "state": "todo"},
        {"label": _("Receipt"), "state": "todo"},
    ]


def _tabs() -> list[dict[str, object]]:
    return [
        {"label": _("Waiting"), "href": "#gallery-steps", "current": True, "count": 37},
        {"label": _("Returned"), "href": "#gallery-steps", "count": 4},
        {"label": _("Approved"), "href": "#gallery-steps", "count": 112},
    ]


def _vintage() -> list[tuple[str, str]]:
    return [
        (_("State"), _("provisional, first edition")),
        (_("As known at"), "2020-04-20 24:00"),
        (_("Digest"), "7c1e 90a4 52bd"),
    ]


def _findings() -> list[dict[str, str]]:
    return [
        {
            "severity": "error", "code": "E07", "where": _("Sheet Lines, cell F12"), "href": "#gallery-findings",
            "message": _("Executed more than the contract has left."), "found": "428,000.00",
            "expected": "≤ 310,000.00",
            "mend": _("Lower the amount, or register the change of the contract first."),
        },
        {
            "severity": "explain", "code": "X02", "where": _("Line 6"),
            "message": _("Far from the firm's own history."),
            "found": "3,650,000.00", "expected": "", "mend": _("Say why; the reason is remembered next quarter."),
        },
        {"severity": "note", "code": "N01", "where": _("Line 8"), "message": _("Nothing executed for two quarters.")},
    ]  # fmt: skip


def _blocking() -> list[dict[str, str]]:
    return [
        {"seal": "mend", "text": _("Line 2: executed more than the contract has left"), "href": "#gallery-cells"},
        {"seal": "explain", "text": _("Line 6: far from the firm's own history"), "href": "#gallery-cells"},
        {"seal": "ask", "text": _("Line 4: the reviewer's question has no answer"), "href": "#gallery-cells"},
        {"seal": "empty", "text": _("Lines 5 and 8: four cells are empty"), "href": "#gallery-cells"},
    ]


def _evidence() -> dict[str, object]:
    return {
        "before": Decimal(1184000), "now": Decimal(128000), "ceiling": Decimal(1280000),
        "quarters": [12, 14, 13, 15, 14, 16, 19, 24, 88],
        "names": ["18Q1", "Q2", "Q3", "Q4", "19Q1", "Q2", "Q3", "Q4", "20Q1"],
        "day": date(2019, 5, 20), "since": date(2019, 7, 1), "until": date(2020, 3, 31),
    }  # fmt: skip
