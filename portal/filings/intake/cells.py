"""Reading one cell: what people and spreadsheet programs write, as a value or None.

Nothing is guessed: what has two readings is not read. The raw text is kept beside the value, so that a
rule can say what was found.
"""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from portal.filings.columns import KIND_WORDS, NEW_MODE_WORDS, NO_WORDS, SUPPLY_WORDS, YES_WORDS
from portal.filings.intake.units import CURRENCY_WORDS

# Spreadsheet programs keep fifteen digits of a number.
DIGITS = 15
_INVISIBLE = ("Cc", "Cf")
_KEPT = {"\n": "\n", "\t": " "}
# What some programs write for a carriage return.
_CARRIAGE_RETURN = "_x000D_"


def text_of(value: object) -> str:
    """What the person sees in the cell, in ordinary digits and without blanks at its ends or invisible characters."""
    of = value.__class__
    if of is str:
        if value.isascii() and value.isprintable():
            return value.strip() if _CARRIAGE_RETURN not in value else _visible(value)
        return _visible(unicodedata.normalize("NFKC", value))
    if of is float:
        return _number(value)
    if of is date:
        return value.isoformat()
    if of is bool:
        return "是" if value else "否"
    if of is datetime:
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return "" if value is None else _visible(unicodedata.normalize("NFKC", str(value)))


def _number(value: float) -> str:
    """As many digits as spreadsheet programs show: 33.330000000000005 is 33.33."""
    text = repr(value)
    if len(text) <= DIGITS and "e" not in text:
        return text.removesuffix(".0")
    text = f"{value:.{DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _visible(text: str) -> str:
    """No null characters, no zero-width blanks, no marks of writing direction: nobody typed them or sees them."""
    text = text.replace(_CARRIAGE_RETURN, "\n") if _CARRIAGE_RETURN in text else text
    if text.isprintable():
        return text.strip()
    kept = (_KEPT.get(letter, "" if unicodedata.category(letter) in _INVISIBLE else letter) for letter in text)
    return "".join(kept).strip()


def read_yes_no(value: object) -> bool | None:
    text = text_of(value).lower()
    if text in YES_WORDS:
        return True
    return False if text in NO_WORDS or not text else None


def read_word(value: object, words: dict) -> str | None:
    """The key whose words, or whose own name, the text is."""
    text = text_of(value).lower()
    for key, names in words.items():
        if text == str(key) or text in names:
            return str(key)
    return None


def read_kind(value: object) -> str | None:
    return read_word(value, KIND_WORDS)


def read_supply(value: object) -> str | None:
    return read_word(value, SUPPLY_WORDS)


def read_new_mode(value: object) -> str | None:
    return read_word(value, NEW_MODE_WORDS)


def read_code(value: object, rows: dict) -> str | None:
    """The code of a row named by code, by either name, or as the drop-downs write it (`VNM 越南`).

    None when a code stands beside the name of another row.
    """
    text = text_of(value)
    if not text:
        return None
    named = _named(text, rows)
    if named:
        return named
    first, _blank, rest = text.replace("(", " ").partition(" ")
    code = first.upper()
    if code not in rows:
        return None
    other = _named(rest.strip(" )"), rows) if rest else None
    return code if other in (None, code) else None


def _named(text: str, rows: dict) -> str | None:
    wanted = text.casefold()
    named = [code for code, row in rows.items() if wanted in (row.name_zh.casefold(), row.name_en.casefold())]
    return named[0] if len(named) == 1 else None


def read_currency(value: object, rows: dict) -> str | None:
    """A currency by code, by name, or by another of its usual names (`美金`, `RMB`)."""
    code = read_code(value, rows)
    if code is not None:
        return code
    meant = CURRENCY_WORDS.get(text_of(value).casefold(), ())
    return meant[0] if len(meant) == 1 and meant[0] in rows else None
