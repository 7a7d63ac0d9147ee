"""The receipt of one submission, from its row alone: what was changed since does not touch it."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from portal.filings.models.receipt import Receipt
from portal.filings.papers import check_on, figures_on, frame, moment, name_on, units
from portal.filings.sheet import Kind
from portal.filings.telling import quarter_in_words, registered_as
from portal.ui.pdf import pdf_of


def receipt_pdf(receipt: Receipt, names: Mapping[UUID, str], check_address: str) -> bytes:
    """`names`: the people who signed, as far as they still are known; `check_address`: where anybody can check it."""
    return pdf_of("filings/papers/receipt.typ", _data(receipt, names, check_address), made_at=receipt.issued_at)


def _data(receipt: Receipt, names: Mapping[UUID, str], check_address: str) -> dict[str, object]:
    quarter = quarter_in_words(receipt.version.filing.period_id)
    title = _("Filing receipt for %(quarter)s") % {"quarter": quarter}
    return frame(receipt, title, _("Quarterly filing of service outsourcing")) | {
        "facts": _facts(receipt, names, quarter),
        "figures": figures_on(receipt),
        "check": check_on(receipt, check_address),
        "notes": _notes(receipt),
        "lines": _lines(receipt),
    }


def _facts(receipt: Receipt, names: Mapping[UUID, str], quarter: str) -> list[tuple[str, str]]:
    rows = [
        (_("Firm"), name_on(receipt)),
        (_("Unified social credit code"), receipt.firm.credit_code),
        (_("Period"), f"{quarter}（{receipt.version.filing.period_id}）"),
        (_("Version"), str(receipt.version.number)),
        (_("Submitted at"), moment(receipt.issued_at)),
        (_("Filed by"), names.get(receipt.filed_by, "—")),
    ]
    if receipt.certified_by:
        rows.append((_("Certified by"), names.get(receipt.certified_by, "—")))
    return rows


def _notes(receipt: Receipt) -> list[str]:
    notes = [
        _(
            "This receipt confirms that the filing was handed in with these figures. "
            "It does not say that it is approved."
        ),
        _("Digest of all rows in their order (SHA-256): %(digest)s") % {"digest": receipt.digest},
    ]
    if receipt.line_count and not receipt.content["lines"]:
        notes.insert(1, _("%(count)d rows were handed in: too many to be listed here.") % {"count": receipt.line_count})
    return notes


def _lines(receipt: Receipt) -> dict[str, object]:
    head = [
        _("Row"), _("What happened"), _("Contract number"), _("Contract name"), _("Date"), _("Amount"), _("US dollars")
    ]  # fmt: skip
    rows = [
        [str(place), registered_as(Kind(kind)), number, name, on, f"{currency} {units(amount)}", units(usd)]
        for place, (kind, number, name, on, currency, amount, usd) in enumerate(receipt.content["lines"], start=1)
    ]
    return {"title": _("The rows as handed in"), "head": head, "rows": rows}
