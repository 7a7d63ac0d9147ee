"""Reading one cell: what people and spreadsheet programs write, as a value or None.

Nothing is guessed: what has two readings is not read. The raw text is kept beside the value, so that a
rule can say what was found.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from portal.filings.columns import KIND_WORDS, NEW_MODE_WORDS, NO_WORDS, SUPPLY_WORDS, YES_WORDS

_EXCEL_EPOCH = date(1899, 12, 30)
_TEXT_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?|[+-]?\.\d+")
_SIGNS = str.maketrans({"−": "-", "－": "-", "—": "-", "＋": "+"})


def text_of(value: object) -> str:
    """What the person sees in the cell, in ordinary digits and without outer blanks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # Fifteen significant digits, as spreadsheet programs show: 33.330000000000005 is 33.33.
        number = Decimal(f"{value:.15g}")
        return f"{number:f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    # No database keeps a null character, and nobody typed it.
    return unicodedata.normalize("NFKC", str(value)).replace("\x00", "").strip()


def read_amount(value: object) -> Decimal | None:
    text = text_of(value).translate(_SIGNS).replace(" ", "")
    if not _AMOUNT.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def read_day(value: object) -> date | None:
    """A date cell, `2020-03-18`, `2020/3/18`, `2020.3.18`, `2020年3月18日`, `20200318` or a serial day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    match = _TEXT_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match:
        return _day(*(int(part) for part in match.groups()))
    # A serial day of the years 2000 to 2099; anything else is a number in the wrong column.
    if text.isdigit() and 36526 <= int(text) <= 73050:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_share(value: object) -> Decimal | None:
    """Per cent between 0 and 100; `60`, `60%`. A percent-formatted cell comes as 0.6 and is read as 60."""
    if isinstance(value, float) and 0 < value <= 1:
        return Decimal(f"{value * 100:.10g}")
    number = read_amount(text_of(value).removesuffix("%"))
    return number if number is not None and 0 <= number <= 100 else None


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
    """The code of a row named by code, by either name, or as the drop-downs write it (`VNM 越南`)."""
    text = text_of(value)
    if not text:
        return None
    first = text.split(maxsplit=1)[0].upper()
    if first in rows:
        return first
    wanted = text.casefold()
    named = [code for code, row in rows.items() if wanted in (row.name_zh.casefold(), row.name_en.casefold())]
    return named[0] if len(named) == 1 else None
