"""What may stand in a cell of a table. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.statistics.indicators import Base


class Mark(StrEnum):
    """Why there is no number; nothing where there is one."""

    PUBLIC = ""
    CONFIDENTIAL = "c"
    SECONDARY = "d"
    ABSENT = "x"
    NOT_COUNTED = "n"
    NO_RATE = "z"


WITHHELD = (Mark.CONFIDENTIAL, Mark.SECONDARY)


@dataclass(frozen=True)
class Value:
    """One cell: a number rounded as it is shown, or the mark that stands in its place.

    `base` says why there is no rate; `is_low_base` asks the reader to look at both levels.
    """

    number: Decimal | int | None
    mark: Mark = Mark.PUBLIC
    base: Base = Base.FINE
    is_low_base: bool = False
    decimals: int = 2
