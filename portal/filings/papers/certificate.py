"""The certificate of an approved filing: that a firm filed a quarter. Figures only when the firm wants them on it."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.filings.models.receipt import Receipt
from portal.filings.papers import check_on, figures_on, frame, name_on
from portal.filings.telling import quarter_in_words
from portal.ui.pdf import pdf_of


def certificate_pdf(receipt: Receipt, check_address: str, *, with_figures: bool) -> bytes:
    """For the receipt of a version that is approved: the same number and code confirm both papers."""
    data = _data(receipt, check_address, with_figures)
    return pdf_of("filings/papers/certificate.typ", data, made_at=receipt.version.approved_at)


def _data(receipt: Receipt, check_address: str, with_figures: bool) -> dict[str, object]:
    figures = figures_on(receipt)
    return frame(receipt, _("Certificate of filing"), "") | {
        "sentences": [_sentence(receipt)],
        "figures": figures if with_figures else figures | {"rows": []},
        "day": _day(timezone.localdate(receipt.version.approved_at)),
        "check": check_on(receipt, check_address),
        "notes": [_note(with_figures)],
    }


def _sentence(receipt: Receipt) -> str:
    return _(
        "This is to certify that %(name)s (unified social credit code %(code)s) handed in its statistical filing of "
        "service outsourcing for %(quarter)s to this association, and that the filing was approved on %(day)s "
        "(version %(version)d)."
    ) % {
        "name": name_on(receipt),
        "code": receipt.firm.credit_code,
        "quarter": quarter_in_words(receipt.version.filing.period_id),
        "day": _day(timezone.localdate(receipt.version.approved_at)),
        "version": receipt.version.number,
    }


def _note(with_figures: bool) -> str:
    if with_figures:
        return _("The figures stand here at the firm's own wish. The association gives none of them to others.")
    return _("The figures of the filing are the firm's own and do not stand here.")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
