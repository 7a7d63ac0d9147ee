"""What names a figure in an entry, in words. The journal lies beneath the figures and knows but their codes."""

from portal.lib.words import gettext_noop

FIGURE_WORDS: dict[str, str] = {
    "contract": gettext_noop("Contract value"),
    "execution": gettext_noop("Executed value"),
    "firms": gettext_noop("Firms filing"),
    "subcontracted": gettext_noop("Taken over from other members"),
    "total": gettext_noop("Total"),
    "offshore": gettext_noop("Offshore"),
    "onshore": gettext_noop("Onshore"),
    "overseas": gettext_noop("Overseas"),
    "quarter": gettext_noop("The quarter"),
    "quarter_base": gettext_noop("The quarter, a year before"),
    "to_date": gettext_noop("The year to date"),
    "to_date_base": gettext_noop("The year to date, a year before"),
    "market": gettext_noop("Market"),
    "market_group": gettext_noop("Market group"),
    "category": gettext_noop("Service category"),
    "size": gettext_noop("Size of firm"),
    "leaders": gettext_noop("Leading firms"),
    "largest": gettext_noop("Largest firms"),
    "occurred": gettext_noop("Quarter of the event"),
    "bridge": gettext_noop("Bridge of growth"),
    "same_firm": gettext_noop("Same-firm growth"),
    "trade": gettext_noop("Service trade"),
    "digital": gettext_noop("Digitally deliverable"),
    "new_mode": gettext_noop("New modes"),
    "supply": gettext_noop("Mode of supply"),
    "provisional": gettext_noop("Provisional figures"),
    "final": gettext_noop("Final figures"),
}
OF_A_FIGURE = ("measure", "mode", "span", "cut", "standing")
