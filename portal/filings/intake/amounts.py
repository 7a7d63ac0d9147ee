"""Reading an amount: a number, alone or with the words of its unit. What has two readings is refused."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from portal.filings.intake.cells import text_of
from portal.filings.intake.units import PLAIN, Unit, unit_of
from portal.filings.sheet import Unread
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

_SIGNS = str.maketrans({"−": "-", "－": "-", "–": "-", "—": "-", "﹣": "-", "＋": "+"})
# A group of thousands never begins with a zero: 0,500 is a decimal somewhere.
_NUMBER = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+"
_WORDS = r"[^\d\s,.()+%-](?:[^\d,()+%-]*[^\d\s,()+%-])?"
_AMOUNT = re.compile(rf"([+-]?)\s*({_WORDS})?\s*([+-]?)\s*({_NUMBER})\s*\(?({_WORDS})?\)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+")
_DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}|0,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")

_EXPECTED = Text(_("a number such as 126400.00"))


def _unread(message: str) -> Unread:
    return Unread("A1", Text(message), _EXPECTED)


SCIENTIFIC = _unread(
    _("This is a number in scientific notation, which may have lost digits. Write the amount with all its digits.")
)
PER_CENT = _unread(_("This is a percentage, not an amount. Write the amount itself."))
A_DAY = _unread(_("This is a date, not an amount. Set the format of the cell to a number, and write the amount again."))
COMMA = _unread(
    _("The comma or point can mean decimals or thousands here. Write decimals with a point, as in 1234.56.")
)
SEVERAL = _unread(_("This cell holds more than one value. Write one amount to a cell."))
TWO_UNITS = _unread(
    _("A unit stands in the head of the column and in this cell too. Keep one, so that the amount has one reading.")
)


@dataclass(slots=True)
class Amount:
    """A number in units of its currency, and the currencies that the words beside it can mean. Never changed."""

    value: Decimal
    says: tuple[str, ...] = ()


def read_amount(value: object) -> Decimal | None:
    """A number in units, whatever currency the words beside it name; None when it cannot be read."""
    found = amount_of(value, text_of(value), PLAIN, ())
    return found.value if isinstance(found, Amount) else None


def amount_of(value: object, text: str, unit: Unit, codes: Collection[str]) -> Amount | Unread | None:
    """A cell as an amount, in the unit that its column gives. `text` is the cell's text, `codes` the currencies."""
    if value.__class__ is float:
        # No number at all, or an endless one, is not equal to itself once it is taken from itself.
        return _plain(text, unit) if value - value == 0 else None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return _plain(text, unit)
    if isinstance(value, date | time | timedelta):
        return A_DAY
    return _amount_in(text.translate(_SIGNS), unit, codes)


def _plain(digits: str, unit: Unit) -> Amount:
    return Amount(Decimal(digits) if unit.scale == 1 else Decimal(digits) * unit.scale, unit.currencies)


def _amount_in(text: str, unit: Unit, codes: Collection[str]) -> Amount | Unread | None:
    inner = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
    match = _AMOUNT.fullmatch(inner) if "\n" not in inner else None
    if match is None:
        return _why_not(text)
    before, prefix, after, number, suffix = match.groups()
    signs = [sign for sign in (before, after) if sign]
    own = _own_unit(prefix, suffix, codes)
    # Accountants write (1,234.00) for a negative amount: a sign inside would be a second one.
    if own is None or len(signs) > 1 or (signs and inner is not text):
        return None
    says = _agreed(own.currencies, unit.currencies)
    if says is None or (own.says_something and unit.scale != 1):
        return TWO_UNITS
    value = Decimal(re.sub(r"[, ]", "", number)) * own.scale * unit.scale
    negative = "-" in signs or inner is not text
    return Amount(-value if negative else value, says)


def _own_unit(prefix: str | None, suffix: str | None, codes: Collection[str]) -> Unit | None:
    """The unit that the words before and after a number make together: US$ 5万 is ten thousands of US dollars."""
    parts = [unit_of(words, codes) for words in (prefix, suffix) if words]
    if not parts:
        return PLAIN
    if None in parts or sum(part.scale != 1 for part in parts) > 1:
        return None
    says = _agreed(parts[0].currencies, parts[-1].currencies)
    return None if says is None else Unit(max(part.scale for part in parts), says)


def _agreed(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """What both can mean; None when they contradict each other. Words that name no currency agree with all."""
    if not one or not other:
        return one or other
    return tuple(code for code in one if code in other) or None


def _why_not(text: str) -> Unread | None:
    if _SCIENTIFIC.fullmatch(text):
        return SCIENTIFIC
    if text.endswith(("%", "‰")):
        return PER_CENT
    if _DAY.match(text):
        return A_DAY
    if _DECIMAL_COMMA.fullmatch(text):
        return COMMA
    return SEVERAL if "\n" in text else None
