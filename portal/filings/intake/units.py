"""The words beside an amount, in its cell or in the head of its column: 万, 亿元, US$, 万美元."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_DOLLARS = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD")
# What each word can mean. More than one currency: it agrees with any of them, and names none.
CURRENCY_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        word: codes
        for words, codes in (
            ("人民币 人民币元 元人民币 元 圆 rmb cn¥ rmb¥ 块", ("CNY",)),
            ("美元 美金 us$ usd$ u.s.$ us", ("USD",)),
            ("欧元 €", ("EUR",)),
            ("日元 日圆 jp¥", ("JPY",)),
            ("港元 港币 港纸 hk$", ("HKD",)),
            ("英镑 £", ("GBP",)),
            ("韩元 韩币 ₩", ("KRW",)),
            ("新加坡元 新加坡币 新元 s$", ("SGD",)),
            ("澳元 澳币 澳大利亚元 au$ a$", ("AUD",)),
            ("加元 加币 加拿大元 ca$ c$", ("CAD",)),
            ("新西兰元 nz$", ("NZD",)),
            ("新台币 台币 nt$", ("TWD",)),
            ("澳门元 澳门币 mop$", ("MOP",)),
            ("瑞士法郎 瑞郎", ("CHF",)),
            ("卢布 俄罗斯卢布 ₽", ("RUB",)),
            ("泰铢 ฿", ("THB",)),
            ("卢比 印度卢比 ₹", ("INR",)),
            ("越南盾 ₫", ("VND",)),
            ("$", _DOLLARS),
            ("¥", ("CNY", "JPY")),
        )
        for word in words.split()
    }
)
# The longer words stand first: 千万 is no 万.
_SCALES = {
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "亿": 10**8, "千": 10**3,
    "million": 10**6, "thousand": 10**3,
}  # fmt: skip
# They say nothing of scale or currency.
_PLAIN_WORDS = ("", "原币", "合同币种", "合同货币", "originalcurrency", "incontractcurrency")
_UNIT_IN_A_TITLE = re.compile(
    r"(?:金额)?(?:计量|货币|计价)?单位\s*:?\s*[((]?\s*([^\s)),,;;。]+)|\bunits?\s*:\s*(.+)", re.I
)


@dataclass(frozen=True)
class Unit:
    """By what a number is multiplied, and which currencies its words can mean (none: they name none)."""

    scale: int = 1
    currencies: tuple[str, ...] = ()
    words: str = ""

    @property
    def says_something(self) -> bool:
        return self.scale != 1 or bool(self.currencies)


PLAIN = Unit()


def unit_of(words: str, codes: Collection[str]) -> Unit | None:
    """The unit that some words name, in normal form; None when they name none. `codes` are the known currencies."""
    rest = re.sub(r"\s", "", words).casefold().removesuffix("整")
    scale = 1
    for word, size in _SCALES.items():
        if word in rest:
            rest, scale = rest.replace(word, "", 1), size
            break
    if rest in _PLAIN_WORDS or rest.removesuffix("元") in _PLAIN_WORDS[1:]:
        return Unit(scale, (), words)
    meant = _currencies(rest.strip("/,:"), codes)
    return Unit(scale, meant, words) if meant else None


def _currencies(word: str, codes: Collection[str]) -> tuple[str, ...]:
    if word in CURRENCY_WORDS:
        return CURRENCY_WORDS[word]
    if word.upper() in codes:
        return (word.upper(),)
    # 人民币元, USD$, $USD: the same said twice.
    for known, meant in CURRENCY_WORDS.items():
        rest = word.replace(known, "", 1).strip("/,:")
        if known in word and rest.upper() in meant:
            return (rest.upper(),)
        if known in word and rest and CURRENCY_WORDS.get(rest) == meant:
            return meant
    return ()


def unit_in_title(text: str, codes: Collection[str]) -> Unit | None:
    """The unit that a line above the head gives (`单位：万元`); None when it speaks of no unit of money."""
    match = _UNIT_IN_A_TITLE.search(text)
    unit = unit_of(match[1] or match[2], codes) if match else None
    return unit if unit and unit.says_something else None
