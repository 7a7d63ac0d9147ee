"""Dates: readable, not in the future, and within the window that the period accepts."""

from collections.abc import Iterator, Sequence

from portal.filings.sheet import Context, Entry, Findings, Kind, Level, finding, rule
from portal.lib.quarters import Quarter
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

DATE_FIELDS = ("on", "ends_on", "receipt_on")


@rule("D1", _("A date can be read."))
def dates_can_be_read(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        for name in DATE_FIELDS:
            if entry.raw.get(name) and getattr(entry, name) is None:
                yield finding(
                    "D1", Level.ERROR, entry, name,
                    Text(_("The date cannot be read. Write year, month and day.")),
                    Text(_("a date such as 2020-03-18")),
                )  # fmt: skip


def _judged(entries: Sequence[Entry], context: Context) -> Iterator[Entry]:
    """Entries whose date is judged now: those that count, and were not judged when first submitted."""
    for entry in entries:
        if entry.on is not None and entry.kind != Kind.STANDING and entry.identity not in context.submitted:
            yield entry


@rule("D3", _("Nothing is reported before it happened."))
def date_is_not_in_the_future(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in _judged(entries, context):
        if entry.on > context.filed_on:
            yield finding(
                "D3", Level.ERROR, entry, "on",
                Text(_("The date lies in the future. Report it when it has happened.")),
                Text(_("%(day)s or earlier"), {"day": context.accepts_until_on.isoformat()}),
            )  # fmt: skip


@rule("D2", _("A date lies within the window that the period accepts on the day of filing."))
def date_is_within_the_window(entries: Sequence[Entry], context: Context) -> Findings:
    window = Text(
        _("%(first)s to %(last)s"),
        {"first": context.accepts_from_on.isoformat(), "last": context.accepts_until_on.isoformat()},
    )
    for entry in _judged(entries, context):
        if entry.on < context.accepts_from_on:
            message = Text(_(
                "The date is before the window that this period accepts. Correct it, or ask the "
                "association for an extension."
            ))  # fmt: skip
            yield finding("D2", Level.ERROR, entry, "on", message, window)
        elif context.period_last_on < entry.on <= context.filed_on:
            message = Text(
                _("The date is after this period. Report it in %(period)s."), {"period": str(Quarter.of(entry.on))}
            )
            yield finding("D2", Level.ERROR, entry, "on", message, window)


@rule("D4", _("A contract ends on or after the day it was signed."))
def contract_ends_after_signing(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.on and entry.ends_on and entry.ends_on < entry.on:
            yield finding(
                "D4", Level.ERROR, entry, "ends_on",
                Text(_("The contract ends before it was signed. Correct one of the two dates.")),
                Text(_("%(day)s or later"), {"day": entry.on.isoformat()}),
            )  # fmt: skip
