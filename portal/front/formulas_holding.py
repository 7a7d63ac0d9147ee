"""Formulas of how few hold how much, of what is withheld, and of what can be delivered digitally."""

from django.utils.translation import gettext_lazy

from portal.front.formulas import USUAL, Formula
from portal.ui.mathml import formula, n, o, over, row, squared, total, v

CONCENTRATION = Formula(
    "concentration",
    gettext_lazy("CRn"),
    gettext_lazy("what the n largest hold of the whole"),
    formula(
        v("CR", "n"), o("="),
        over(row(total(row(v("k"), o("="), n("1")), v("x", "(k)"), above=v("n"))), row(total(v("k"), v("x", "k")))),
    ),
    (
        ("x₍ₖ₎", gettext_lazy("the amounts of firms, largest first; firms of one controller are one")),
        ("n", gettext_lazy("how many of the largest; here four")),
    ),
    gettext_lazy("Amounts 40, 25, 15, 10, 6 and 4: (40 + 25 + 15 + 10) ÷ 100 = 90.00 per cent."),
    USUAL,
    gettext_lazy("only where the firms may be shown"),
)  # fmt: skip

HHI = Formula(
    "hhi",
    gettext_lazy("HHI"),
    gettext_lazy("the sum of squared shares, from near 0 to 1"),
    formula(v("H"), o("="), total(v("k"), squared(v("s", "k")))),
    (("sₖ", gettext_lazy("the share of firm k in the whole, as a fraction")),),
    gettext_lazy(
        "Shares 0.40, 0.25, 0.15, 0.10, 0.06 and 0.04: 0.16 + 0.0625 + 0.0225 + 0.01 + 0.0036 + 0.0016 = 0.2602."
    ),
    gettext_lazy("Hirschman 1945 and Herfindahl 1950."),
    gettext_lazy("only where the firms may be shown"),
)  # fmt: skip

LEADERS = Formula(
    "leaders",
    gettext_lazy("Leading firms"),
    gettext_lazy("the fewest of the largest firms that together hold at least four fifths of a mode's execution"),
    formula(v("m"), o("="), o("min"), o("{"), v("n"), o(":"), v("CR", "n"), o("≥"), n("0.80"), o("}")),
    (("m", gettext_lazy("the number of leading firms")),),
    gettext_lazy(
        "Amounts 40, 25, 15, 10, 6 and 4: three firms hold exactly 80 of 100, so there are three leading firms."
    ),
    gettext_lazy("The association's own rule."),
    gettext_lazy("only when each of them has consented"),
)  # fmt: skip

RULES = Formula(
    "rules",
    gettext_lazy("When a figure is withheld"),
    gettext_lazy("too few firms, two that hold nearly all, or a largest firm that the second could estimate"),
    formula(
        v("n"), o("<"), v("m"), o("∨"), row(v("x", "1"), o("+"), v("x", "2")), o(">"), v("k"), v("X"), o("∨"),
        v("X"), o("−"), v("x", "1"), o("−"), v("x", "2"), o("<"), v("p"), v("x", "1"),
    ),
    (
        ("n", gettext_lazy("firms behind the figure; those of one controller count as one")),
        ("m, k, p", gettext_lazy("the thresholds, given below")),
        ("X", gettext_lazy("the figure's absolute value")),
        ("x₁, x₂", gettext_lazy("the largest and the second largest")),
    ),
    gettext_lazy(
        "With 3 firms, 85 per cent and 10 per cent. Amounts 50, 30, 12 and 8: four firms; the largest two hold 80 "
        "of 100; what is left, 20, is not under 5. It may be shown. Amounts 60, 30, 6 and 4: the largest two hold "
        "90. It is withheld."
    ),
    gettext_lazy("Hundepool and others, Statistical Disclosure Control, 2012."),
    gettext_lazy("a figure whose firms have all consented is shown; where some have, the rules are put to the others"),
)  # fmt: skip

PROTECTION = Formula(
    "protection",
    gettext_lazy("How far an estimate has to stay away"),
    gettext_lazy("what an outsider can work out from everything published must leave room on each side"),
    formula(
        v("u"), o("≥"), v("X"), o("+"), v("q"), v("x", "1"), o(","), v("l"), o("≤"), v("X"), o("−"), v("q"),
        v("x", "1"),
    ),
    (
        ("l, u", gettext_lazy("the least and the greatest value that all published figures together allow")),
        ("X", gettext_lazy("the withheld figure")),
        ("x₁", gettext_lazy("its largest firm's part")),
        ("q", gettext_lazy("the room that is asked for, given below")),
    ),
    gettext_lazy(
        "With 10 per cent. A withheld figure is 100, its largest firm has 60. Whoever knows all that is published "
        "must find 94 possible, and 106 too; other figures are withheld besides until that is so."
    ),
    gettext_lazy("Hundepool and others, Statistical Disclosure Control, 2012; tested by linear programming."),
)  # fmt: skip

DIGITAL = Formula(
    "digital",
    gettext_lazy("Digitally deliverable share"),
    gettext_lazy("narrow: what is mapped so; broad: that and what could not be mapped"),
    formula(
        v("narrow"), o("="), over(v("y"), v("w")), o(","),
        v("broad"), o("="), over(row(v("y"), o("+"), v("z")), v("w")),
    ),
    (
        ("y", gettext_lazy("business of the six digitally deliverable categories of service trade")),
        ("z", gettext_lazy("business of categories without a mapping")),
        ("w", gettext_lazy("all business of the mode")),
    ),
    gettext_lazy("Of 200, 150 are in the six categories and 10 are not mapped: 75.00 per cent and 80.00 per cent."),
    gettext_lazy("The six categories: UNCTAD 2015. The mapping of our catalogue to them: the association's own."),
)  # fmt: skip

HOLDING = (CONCENTRATION, HHI, LEADERS, DIGITAL)
WITHHOLDING = (RULES, PROTECTION)
