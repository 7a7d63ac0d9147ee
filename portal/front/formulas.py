"""Every formula of the figures: its symbols, an example worked by hand, and where it comes from.

`ident` is the formula's anchor on the methodology page: other pages link to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from portal.ui.mathml import formula, n, o, over, row, total, v


@dataclass(frozen=True)
class Formula:
    """A figure's definition in words and symbols; `unless` says when there is none."""

    ident: str
    name: str
    words: str
    math: SafeString
    symbols: Sequence[tuple[str, str]]
    example: str
    source: str
    unless: str = ""


_NOW = gettext_lazy("the amount now, to the cent")
_BASE = gettext_lazy("the amount of the same months a year before")
USUAL = gettext_lazy("Usual practice of official statistics.")
_PRACTICE = gettext_lazy("As the Ministry of Commerce words it in its releases.")

GROWTH = Formula(
    "growth",
    gettext_lazy("Growth"),
    gettext_lazy("now ÷ base − 1, on the same span a year before"),
    formula(v("g"), o("="), over(v("x", "1"), v("x", "0")), o("−"), n("1")),
    (("x₁", _NOW), ("x₀", _BASE), ("g", gettext_lazy("growth, shown in per cent"))),
    gettext_lazy(
        "487,600.00 now and 313,000.00 a year before: 487,600 ÷ 313,000 − 1 = 0.5578, that is 55.78 per cent."
    ),
    USUAL,
    gettext_lazy("none on a base that is zero, absent or below zero: the sentence says so instead"),
)
SHARE = Formula(
    "share",
    gettext_lazy("Share"),
    gettext_lazy("part ÷ whole"),
    formula(v("s"), o("="), over(v("p"), v("w"))),
    (("p", gettext_lazy("the part")), ("w", gettext_lazy("the whole, parts added before rounding"))),
    gettext_lazy(
        "2,955.40 of 2,964.95 is 0.99678, that is 99.68 per cent. The difference of two shares is in percentage "
        "points: 99.68 per cent after 95.00 per cent is 4.68 points more."
    ),
    USUAL,
    gettext_lazy("none of a whole that is zero or below"),
)
POINTS = Formula(
    "points",
    gettext_lazy("Points contributed"),
    gettext_lazy("(part now − part at base) ÷ total at base"),
    formula(v("c"), o("="), over(row(v("p", "1"), o("−"), v("p", "0")), v("w", "0")), o(","), total(v("p"), v("c")),
            o("="), v("g")),
    (
        ("p₁, p₀", gettext_lazy("the part now and a year before")),
        ("w₀", gettext_lazy("the total a year before")),
        ("c", gettext_lazy("points contributed; over all parts they add up to the total's growth")),
    ),
    gettext_lazy(
        "A total of 200 grows to 260. Offshore goes from 120 to 150: (150 − 120) ÷ 200 = 15.00 points. Onshore "
        "goes from 80 to 110: 15.00 points. Together 30.00, the total's growth."
    ),
    _PRACTICE,
    gettext_lazy("none when the total at base is zero or below; parts add up to the total's growth"),
)  # fmt: skip
SHARE_OF_GROWTH = Formula(
    "share-of-growth",
    gettext_lazy("Share of growth"),
    gettext_lazy("(part now − part at base) ÷ (total now − total at base)"),
    formula(v("r"), o("="), over(row(v("p", "1"), o("−"), v("p", "0")), row(v("w", "1"), o("−"), v("w", "0")))),
    (
        ("p₁, p₀", gettext_lazy("the part now and a year before")),
        ("w₁, w₀", gettext_lazy("the total now and a year before")),
    ),
    gettext_lazy(
        "A total of 200 grows to 260, offshore from 120 to 150: 30 ÷ 60 = 50.00 per cent. A part that fell while "
        "the total rose has a share below zero."
    ),
    _PRACTICE,
    gettext_lazy("none when the total did not change"),
)
SAME_FIRM = Formula(
    "same-firm",
    gettext_lazy("Same-firm growth"),
    gettext_lazy("growth over firms that filed in both periods, without their back-filings"),
    formula(
        v("g", "s"), o("="),
        over(
            row(total(row(v("f"), o("∈"), v("M")), v("x", "f,1"))),
            row(total(row(v("f"), o("∈"), v("M")), v("x", "f,0"))),
        ),
        o("−"), n("1"),
    ),
    (
        ("M", gettext_lazy("firms with an approved filing for both periods, nil returns included")),
        ("x", gettext_lazy("a firm's lines whose event lies in the period of their filing")),
    ),
    gettext_lazy(
        "Three firms filed both times: 105,000, 148,000 and 20,000 a year before, 150,000, 171,600 and 26,000 now."
        " 347,600 ÷ 273,000 − 1 = 27.33 per cent."
    ),
    gettext_lazy("The comparable basis (same coverage in both periods) of official statistics."),
    gettext_lazy("none when no firm filed in both periods"),
)  # fmt: skip
BRIDGE = Formula(
    "bridge",
    gettext_lazy("Growth bridge"),
    gettext_lazy("the base as last published, six steps, and the figure of now; nothing is left over"),
    formula(
        v("x", "1"), o("="), v("b"), o("+"), v("R"), o("+"), v("B"), o("+"), v("N"), o("−"), v("G"), o("+"), v("E"),
        o("+"), v("C"),
    ),
    (
        ("b", gettext_lazy("the base as it was last published")),
        ("R", gettext_lazy(
            "what the base was revised by since: corrections, late filings, work found to be "
            "taken over"
        )),
        ("B", gettext_lazy("back-filed lines of now, less those of the base")),
        ("N, G", gettext_lazy("firms that filed only now, and only a year before")),
        ("E", gettext_lazy("continuing firms: what exchange rates moved")),
        ("C", gettext_lazy("continuing firms: the rest, the real change")),
    ),
    gettext_lazy(
        "Published base 318,000. Revision −5,000, back-filed +80,000, new firms +60,000, gone firms −40,000, "
        "exchange −6,000, real change +80,600: together 169,600, and 318,000 + 169,600 = 487,600, the figure of "
        "now."
    ),
    gettext_lazy("The association's own order: each line goes to the first part that fits."),
    gettext_lazy("a part that is withheld is not shown, nor what it could be worked out from"),
)  # fmt: skip
EXCHANGE = Formula(
    "exchange",
    gettext_lazy("Conversion and exchange effect"),
    gettext_lazy(
        "each line at its own month's rate, rounded to cents once; its effect against the same month a year before"
    ),
    formula(
        v("u"), o("="), v("a"), o("×"), v("r", "m"), o(","), v("E"), o("="),
        total(v("a"), v("a"), o("×"), o("("), v("r", "m"), o("−"), v("r", "m−12"), o(")")),
    ),
    (
        ("a", gettext_lazy("the line's original amount in its own currency")),
        ("rₘ", gettext_lazy("the rate of the month of its event")),
        ("rₘ₋₁₂", gettext_lazy("the rate of the same month a year before")),
    ),
    gettext_lazy(
        "1,200,000 yuan executed in February 2020 at 0.1430 are 171,600 US dollars; at 0.1480, the rate of "
        "February 2019, they would be 177,600. The effect is −6,000."
    ),
    gettext_lazy("Monthly means of reference rates; the edition used is named by each release."),
)  # fmt: skip
OCCURRENCE = Formula(
    "occurrence",
    gettext_lazy("By reporting period and by occurrence"),
    gettext_lazy("the same lines added up twice: by the period of filing, and by the quarter of the event"),
    formula(
        v("X", "P"), o("="), total(v("E"), v("x", "P,E")), o(","), v("Y", "E"), o("="),
        total(row(v("P"), o("≥"), v("E")), v("x", "P,E")),
    ),
    (
        ("P", gettext_lazy("the period of the filing")),
        ("E", gettext_lazy("the quarter of the event")),
        ("x", gettext_lazy("lines of event quarter E filed for period P")),
    ),
    gettext_lazy(
        "Filed for the first quarter: 70 of that quarter and 30 of the fourth quarter before. By reporting period "
        "the first quarter has 100. By occurrence it has 70, and the fourth quarter gains 30. Over all time both "
        "reach the same total."
    ),
    gettext_lazy("The national rule of 2018 on which dates a filing may bear."),
)  # fmt: skip
LISTS = Formula(
    "lists",
    gettext_lazy("Dated lists: as now and as then"),
    gettext_lazy("the base by today's list (equal footing), or by the list of a year before"),
    formula(
        v("g", "now"), o("="), over(v("x", "1,L₁"), v("x", "0,L₁")), o("−"), n("1"), o(","),
        v("g", "then"), o("="), over(v("x", "1,L₁"), v("x", "0,L₀")), o("−"), n("1"),
    ),
    (
        ("L₁", gettext_lazy("the members on the last day of the period")),
        ("L₀", gettext_lazy("the members on the same day a year before")),
    ),
    gettext_lazy(
        "A group has 120 now. Its members of today had 100 a year before, its members of then 110, since one has "
        "left. As now 20.00 per cent, as then 9.09 per cent. Where the list did not change, both are the same."
    ),
    gettext_lazy("Restated bases, as official releases use them when a list changes."),
)  # fmt: skip
COMPLETENESS = Formula(
    "completeness",
    gettext_lazy("Completeness by value"),
    gettext_lazy("what those that have filed had a year before, of what all had"),
    formula(
        v("k"), o("="),
        over(row(total(row(v("f"), o("∈"), v("F")), v("x", "f,0"))), row(total(v("f"), v("x", "f,0")))),
    ),
    (
        ("F", gettext_lazy("firms that have filed for the period")),
        ("x", gettext_lazy("a firm's amount a year before")),
    ),
    gettext_lazy(
        "Firms with 30, 50 and 20 a year before; the first two have filed: 80 ÷ 100 = 80.00 per cent, though two "
        "of three are 66.67 per cent by count."
    ),
    USUAL,
)  # fmt: skip

COMPARING = (GROWTH, SHARE, POINTS, SHARE_OF_GROWTH, SAME_FIRM, BRIDGE, EXCHANGE, OCCURRENCE, LISTS, COMPLETENESS)
