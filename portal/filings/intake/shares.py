"""Reading the share held in a branch, in per cent."""

from decimal import Decimal

from portal.filings.intake.amounts import read_amount
from portal.filings.sheet import Unread
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

TWO_READINGS = Unread(
    "K6",
    Text(_(
        "This number can be a part of one or a percentage. Write the percentage with its sign as a text, or 100 for "
        "the whole."
    )),
    # xgettext:no-python-format
    Text(_("a share such as 60% or 100%")),
)  # fmt: skip


def share_of(value: object, text: str) -> Decimal | Unread | None:
    """`60`, `60%`. A cell with the format of a percentage comes as 0.6; a bare 1 is one per cent or the whole."""
    if isinstance(value, float) and value == 1:
        return TWO_READINGS
    if isinstance(value, float) and 0 < value < 1:
        return Decimal(f"{value * 100:.10g}")
    number = read_amount(text.removesuffix("%").rstrip())
    return number if number is not None and 0 <= number <= 100 else None
