"""Numbers that are names: of contracts and receipts. Spreadsheet programs change them without a word."""

from datetime import date, time, timedelta

from portal.filings.intake.cells import DIGITS
from portal.filings.sheet import Unread
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

IDENTIFIERS = frozenset({"number", "receipt_number", "upstream_number", "upstream_firm", "frame_number"})

_EXPECTED = Text(_("the number as a text, in a cell whose format is text"))
ROUNDED = Unread(
    "S8",
    Text(_(
        "Spreadsheet programs keep fifteen digits of a number: the last ones of this were lost. Set the format of the "
        "cell to text, and type the number again."
    )),
    _EXPECTED,
)  # fmt: skip
BROKEN = Unread(
    "S8",
    Text(_(
        "This was kept as a number with decimals, and may have lost zeros at its end. Set the format of the cell to "
        "text, and type the number again."
    )),
    _EXPECTED,
)  # fmt: skip
MADE_A_DAY = Unread(
    "S8",
    Text(_(
        "The spreadsheet program made a date or time of this number. Set the format of the cell to text, and type the "
        "number again."
    )),
    _EXPECTED,
)  # fmt: skip
SEVERAL_LINES = Unread(
    "S8",
    Text(_("This cell holds several lines. Write one number to a cell, and one row for each.")),
    Text(_("one number")),
)


def kept_as_written(value: object, text: str) -> str | Unread:
    """The number as a text, when it is certain that it is what was typed."""
    if value.__class__ is str:
        return SEVERAL_LINES if "\n" in text else text
    if isinstance(value, float):
        if value != int(value):
            return BROKEN
        return ROUNDED if abs(value) >= 10**DIGITS else text
    return MADE_A_DAY if isinstance(value, date | time | timedelta) else text
