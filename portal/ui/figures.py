"""How numbers are written: grouped, split for large type, signed, and changes put into words. No Django."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.lib.money import in_wan, in_yi, rounded

FULLWIDTH_PLUS = "＋"
FULLWIDTH_MINUS = "－"
_DIGITS = "〇一二三四五六七八九"


class Change(StrEnum):
    """What a comparison with the year before can say."""

    RISE = "rise"
    FALL = "fall"
    FLAT = "flat"
    ZERO_BASE = "zero_base"
    NEGATIVE_BASE = "negative_base"
    NO_BASE = "no_base"
    WITHHELD = "withheld"
    NONE = ""


class Sign(StrEnum):
    """The standard marks of a figure that is not published: for its own sake, or for another's."""

    CONFIDENTIAL = "c"
    SECONDARY = "d"


SIGNS = {"confidential": Sign.CONFIDENTIAL, "secondary": Sign.SECONDARY}

ARROWS = {Change.RISE: "↑", Change.FALL: "↓", Change.FLAT: ""}


def grouped(value: Decimal | int, decimals: int = 2) -> str:
    """`21631.4666` as `21,631.47`; the decimals always stand."""
    return f"{rounded(Decimal(value), decimals):,}"


def counted(value: int) -> str:
    return f"{value:,}"


def wan(cents: int, decimals: int = 2) -> str:
    """Cents as 万 units: 2163147000 cents (21,631,470.00) are `2,163.15`."""
    return grouped(in_wan(cents), decimals)


def yi(cents: int, decimals: int = 2) -> str:
    """Cents as 亿 units."""
    return grouped(in_yi(cents), decimals)


def amount(cents: int) -> str:
    """Cents as units with two decimals, to the last cent."""
    return grouped(Decimal(cents).scaleb(-2))


def percent(value: Decimal, decimals: int = 2) -> str:
    """A value already in percent, with its sign."""
    return f"{grouped(value, decimals)}%"


def signed(value: Decimal | int, decimals: int = 2) -> str:
    """`＋1,846.20` or `－37.05`, with full-width signs that align with Han text; zero has none."""
    shown = rounded(Decimal(value), decimals)
    if shown == 0:
        return grouped(abs(shown), decimals)
    return (FULLWIDTH_PLUS if shown > 0 else FULLWIDTH_MINUS) + grouped(abs(shown), decimals)


def split(text: str) -> tuple[str, str]:
    """The part in large type and the part at 62 %: `21,631.47` is (`21,631`, `.47`), `99.68%` (`99`, `.68%`)."""
    whole, point, rest = text.partition(".")
    if point:
        return whole, point + rest
    return (text[:-1], "%") if text.endswith("%") else (text, "")


def written(value: Decimal | int | str | None) -> str:
    """A figure as it is shown: whole numbers are counted, decimals get two places, words stay as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return counted(value) if isinstance(value, int) else grouped(value)


@dataclass(frozen=True)
class Growth:
    """A rate as it is told: which way, the arrow that stands beside the word, and the rate without a sign."""

    change: Change
    arrow: str = ""
    rate: str = ""

    @property
    def is_rate(self) -> bool:
        return self.change in ARROWS


def growth(rate: Decimal | int | float | None, state: str = "", decimals: int = 2) -> Growth:
    """What to say of a growth rate in percent; `state` says why there is none.

    Direction follows the rate as shown: 0.004 % at two decimals is flat, not a rise of 0.00 %.
    """
    if state:
        return Growth(Change(state))
    if rate is None:
        return Growth(Change.NONE)
    shown = rounded(Decimal(str(rate)), decimals)
    change = Change.FLAT if shown == 0 else Change.RISE if shown > 0 else Change.FALL
    return Growth(change, ARROWS[change], f"{abs(shown):,}")


def chinese_numeral(number: int) -> str:
    """1 to 99 as a chapter counts them: 一, 十, 十二, 二十, 三十五."""
    if not 0 < number < 100:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def chinese_digits(number: int) -> str:
    """A year digit by digit: 二〇二〇."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))
