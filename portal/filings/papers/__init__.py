"""Papers that a firm takes away: what stands on them, as plain data. How they look stands in the .typ files."""

from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.receipt import Receipt
from portal.filings.telling import measure_in_words
from portal.ui.figures import counted, wan
from portal.ui.qr import qr_svg
from portal.ui.rendering import in_chinese

SUMS = ("signed", "signed_offshore", "signed_onshore", "signed_overseas", "executed", "offshore", "onshore", "overseas")
STRONG = ("signed", "executed")
OVERSEAS = ("signed_overseas", "overseas")


def moment(at: datetime) -> str:
    """`2020-04-03 09:00:00 UTC+08:00`: a time means little on paper without its zone."""
    local = timezone.localtime(at)
    zone = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{zone[:3]}:{zone[3:]}"


def frame(receipt: Receipt, title: str, kind: str) -> dict[str, object]:
    """What every paper has: language, whose it is, and its number."""
    association = settings.SITE["name_zh" if in_chinese() else "name_en"]
    return {
        "lang": "zh" if in_chinese() else "en",
        "association": association,
        "title": title,
        "kind": kind,
        "number": receipt.number,
        "footer": f"{association}　{receipt.number}",
    }


def name_on(receipt: Receipt) -> str:
    """The firm's name as it was when the filing was handed in."""
    names = receipt.content
    return (names.get("name_zh") if in_chinese() else names.get("name_en")) or names.get("name_zh", "")


def figures_on(receipt: Receipt) -> dict[str, object]:
    """The key figures in both currencies; overseas only where there is any."""
    usd, cny = (receipt.content["figures"][currency] for currency in ("usd", "cny"))
    shown = [name for name in SUMS if name not in OVERSEAS or usd[name]]
    rows = [[_measure(name), wan(usd[name]), wan(cny[name])] for name in shown]
    rows += [[measure_in_words(name), counted(usd[name]), ""] for name in ("contracts", "lines")]
    return {
        "title": _("Figures handed in"),
        "head": [_("Measure"), _("10,000 US dollars"), _("10,000 yuan")],
        "rows": [] if receipt.content["is_nil"] else rows,
        "strong": [shown.index(name) for name in STRONG],
        "nothing": _("Nil return: no business in this quarter."),
    }


def _measure(name: str) -> str:
    return measure_in_words(name) if name in STRONG else f"　{measure_in_words(name)}"


def check_on(receipt: Receipt, address: str) -> dict[str, str]:
    """Code, the page that confirms it, and both as a square."""
    return {
        "name": _("Check code"),
        "code": receipt.check_code,
        "sentence": _("Whether this paper is genuine, and whether the filing is still in force, can be checked at:"),
        "address": address,
        "square": qr_svg(f"{address}?{urlencode({'number': receipt.number, 'code': receipt.check_code})}"),
        "alt": _("Square code with the address of the check page, the number and the check code"),
    }


def units(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):,.2f}"
