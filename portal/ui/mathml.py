"""Formulas as MathML, put together from small parts: no pictures, and a screen reader speaks them."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def v(name: str, index: str = "") -> SafeString:
    """A symbol, with its index below: `v("x", "0")`."""
    symbol = f"<mi>{escape(name)}</mi>"
    return mark_safe(f"<msub>{symbol}<mtext>{escape(index)}</mtext></msub>" if index else symbol)


def n(number: str) -> SafeString:
    return mark_safe(f"<mn>{escape(number)}</mn>")


def o(sign: str) -> SafeString:
    return mark_safe(f"<mo>{escape(sign)}</mo>")


def row(*parts: SafeString) -> SafeString:
    return mark_safe(f"<mrow>{''.join(parts)}</mrow>")


def over(top: SafeString, bottom: SafeString) -> SafeString:
    """A fraction."""
    return mark_safe(f"<mfrac>{top}{bottom}</mfrac>")


def squared(part: SafeString) -> SafeString:
    return mark_safe(f"<msup><mrow>{part}</mrow><mn>2</mn></msup>")


def total(under: SafeString, *parts: SafeString, above: SafeString | None = None) -> SafeString:
    """A sum over what stands under the sign."""
    sign = f"<munderover><mo>∑</mo>{under}{above}</munderover>" if above else f"<munder><mo>∑</mo>{under}</munder>"
    return mark_safe(sign + "".join(parts))


def formula(*parts: SafeString) -> SafeString:
    """A formula on a line of its own."""
    return mark_safe(f'<math display="block"><mrow>{"".join(parts)}</mrow></math>')
