"""A filing in words: quarters, kinds, fields, values and findings, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.filings.columns import KIND_WORDS, NEW_MODE_WORDS, PLAN_OF, SUPPLY_WORDS
from portal.filings.intake.amounts import read_amount
from portal.filings.intake.cells import read_yes_no
from portal.filings.lifecycle import RETURN_REASONS, Status
from portal.filings.models.filing import MODE_LABELS
from portal.filings.sheet import Finding, Kind, Mode
from portal.lib.money import from_cents
from portal.lib.quarters import Quarter
from portal.lib.words import gettext_noop
from portal.ui.figures import chinese_numeral, grouped
from portal.ui.rendering import in_chinese

KINDS: dict[Kind, str] = {
    Kind.SIGNED: gettext_noop("Contract signed"),
    Kind.STANDING: gettext_noop("Standing contract"),
    Kind.CHANGED: gettext_noop("Change of a contract"),
    Kind.EXECUTED: gettext_noop("Execution of a contract"),
}
MEASURES: dict[str, str] = {
    "signed": gettext_noop("Contract value"),
    "signed_offshore": gettext_noop("Offshore contract value"),
    "signed_onshore": gettext_noop("Onshore contract value"),
    "signed_overseas": gettext_noop("Overseas contract value"),
    "executed": gettext_noop("Execution"),
    "offshore": gettext_noop("Offshore execution"),
    "onshore": gettext_noop("Onshore execution"),
    "overseas": gettext_noop("Overseas execution"),
    "contracts": gettext_noop("Contracts signed"),
    "lines": gettext_noop("Rows handed in"),
}

SEALS: dict[Status, str] = {
    Status.DRAFT: "saved",
    Status.SUBMITTED: "submitted",
    Status.RETURNED: "returned",
    Status.APPROVED: "approved",
    Status.SUPERSEDED: "locked",
    Status.AMENDED: "locked",
}


def quarter_in_words(code: str) -> str:
    """`2020Q1` as people say it: 2020年第一季度."""
    quarter = Quarter.parse(code)
    number = chinese_numeral(quarter.number) if in_chinese() else str(quarter.number)
    return _("Quarter %(number)s of %(year)s") % {"number": number, "year": quarter.year}


def kind_in_words(kind: str) -> str:
    return _(KINDS[Kind(kind)])


def mode_in_words(mode: str) -> str:
    return str(MODE_LABELS[Mode(mode)])


def measure_in_words(name: str) -> str:
    return _(MEASURES[name])


def name_of(row: object) -> str:
    """The name of a row of a code list in the reader's language."""
    return (row.name_zh if in_chinese() else row.name_en) or row.name_zh


def field_in_words(kind: str, field: str) -> str:
    """What a field is called: the head of its column."""
    columns = PLAN_OF[Kind(kind)].fields
    column = next((column for column in columns if field in (column.field, column.value)), None)
    if column is None:
        return field
    return column.zh if in_chinese() else column.en


def value_in_words(field: str, value: object, lists) -> str:
    """A value of an entry as its reader would write it; nothing is a dash."""
    if value in (None, ""):
        return "—"
    if field in ("amount_cents", "frame_cents"):
        return grouped(from_cents(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    listed = {"market": lists.markets, "payer_market": lists.markets, "category": lists.categories}
    if value in listed.get(field, {}):
        return f"{value} {name_of(listed[field][value])}"
    return word_of({"supply": SUPPLY_WORDS, "new_mode": NEW_MODE_WORDS}.get(field, {}), str(value))


def cell_in_words(field: str, raw: str, lists) -> str:
    """A cell as it was typed and kept (see Entry.raw), as its reader would write it."""
    if field in ("amount", "frame_amount") and (amount := read_amount(raw)) is not None:
        return grouped(amount)
    if field in ("is_abroad", "contracts_back") and raw:
        return _("Yes") if read_yes_no(raw) else _("No")
    return value_in_words(field, raw, lists)


def word_of(words: Mapping[str, tuple[str, ...]], key: str) -> str:
    """The word of a drop-down in the reader's language: the Chinese one comes first, the English one last."""
    return words[key][0 if in_chinese() else -1] if key in words else key


def registered_as(kind: Kind) -> str:
    return KIND_WORDS[kind][0 if in_chinese() else -1]


def finding_in_words(finding: Finding) -> dict[str, str]:
    """A finding with the names that the component takes."""
    return {
        "severity": str(finding.level),
        "message": finding.message.in_words(_),
        "found": finding.found,
        "expected": finding.expected.in_words(_),
        "code": finding.code,
        "answer": finding.answer,
        "is_remembered": finding.is_remembered,
    }


def first_sentence(text: str) -> str:
    """What happened, without how to mend it: for lists that lead to the place where both stand."""
    return text.partition("。")[0].partition(". ")[0].rstrip(".")


def seal_of_status(status: str) -> str:
    return SEALS[Status(status)]


def reason_in_words(code: str) -> str:
    return _(RETURN_REASONS[code]) if code in RETURN_REASONS else code
