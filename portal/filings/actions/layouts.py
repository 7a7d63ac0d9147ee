"""How a firm's own spreadsheet is read: told once, kept for the firm."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.columns import CSV_AMOUNT, CSV_DAY, CSV_KIND, NUMBER, csv_columns
from portal.filings.intake.layouts import Layout, OwnHead
from portal.filings.models.upload import ColumnMapping
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import Firm, User

NEEDED = (CSV_KIND.field, NUMBER.field, CSV_DAY.field, CSV_AMOUNT.field)


def layouts_of(firm: Firm) -> dict[str, Layout]:
    """What a firm has told so far, by the signature of the heads."""
    rows = ColumnMapping.objects.filter(firm=firm).values_list("signature", "columns", "constants")
    return {signature: Layout(columns, constants) for signature, columns, constants in rows}


@transaction.atomic
def tell_layout(
    *,
    firm: Firm,
    name: str,
    head: OwnHead,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    by: User,
    at: datetime,
) -> ColumnMapping:
    """Keep which column holds which field. Telling the same heads again replaces what was told."""
    if reason := why_not_tell(columns, constants):
        raise Refused(reason)
    values = {
        "name": name[:80], "kind": constants.get("kind", "")[:10], "columns": dict(columns),
        "constants": dict(constants), "saved_at": at, "saved_by": by.key,
    }  # fmt: skip
    row, _is_new = ColumnMapping.objects.update_or_create(firm=firm, signature=head.signature, defaults=values)
    record(
        actor=by.key, verb="layout.told", kind="firm", key=firm.credit_code, at=at, firm_code=firm.credit_code,
        after={"name": row.name},
    )  # fmt: skip
    return row


def why_not_tell(columns: Mapping[str, str], constants: Mapping[str, str]) -> str | None:
    """Every field that a row needs is told once, by one column or one fixed text."""
    fields = [*columns.values(), *constants]
    titles = {column.field: column for column in csv_columns()}
    twice = sorted({name for name in fields if fields.count(name) > 1})
    if twice:
        return _("“%(field)s” is told twice. Choose one column for it.") % {"field": _title(titles[twice[0]])}
    missing = [_title(titles[name]) for name in NEEDED if name not in fields]
    if missing:
        return _("Tell which column holds: %(fields)s.") % {"fields": _(", ").join(missing)}
    return None


def _title(column) -> str:
    # xgettext:no-python-format
    return _("%(en)s") % {"en": column.en, "zh": column.zh}
