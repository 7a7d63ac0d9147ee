"""What a reminder says. One sent by hand begins as the scheduled one, and is the sender's to change."""

from datetime import date

from django.utils.translation import gettext as _

from portal.filings.models.calling import Reminder
from portal.filings.telling import quarter_in_words
from portal.lib.words import gettext_noop

SUBJECT = gettext_noop("Reminder: the filing for %(period)s")
# Also the notice inside the site, so each holds one sentence's worth.
OPENINGS: dict[str, str] = {
    Reminder.Step.BEFORE: gettext_noop("Your filing for %(period)s is due on %(day)s and has not been submitted yet."),
    # A due day that is no working day is called on the last one before it.
    Reminder.Step.DUE: gettext_noop(
        "Your filing for %(period)s is due on %(day)s and has not been submitted: this is the last working day for it."
    ),
    Reminder.Step.AFTER: gettext_noop("Your filing for %(period)s was due on %(day)s and has not been submitted."),
}
HOW_TO = gettext_noop(
    "Sign in to the portal and open the period: type it in, or upload your workbook. With no business in the quarter, "
    "a nil return takes one click. If you need more time, tell the association why."
)


def opening_of(step: str, due_on: date, today: date) -> str:
    """The message id for a step; by hand, the one that fits the day."""
    if step in OPENINGS:
        return OPENINGS[step]
    if today < due_on:
        return OPENINGS[Reminder.Step.BEFORE]
    return OPENINGS[Reminder.Step.DUE if today == due_on else Reminder.Step.AFTER]


def subject(period: str) -> str:
    return _(SUBJECT) % {"period": quarter_in_words(period)}


def text(period: str, step: str, due_on: date, today: date) -> str:
    """The whole letter, without the name above and below."""
    values = {"period": quarter_in_words(period), "day": due_on.isoformat()}
    return "\n\n".join((_(opening_of(step, due_on, today)) % values, _(HOW_TO)))
