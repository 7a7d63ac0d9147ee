"""The letter that goes with a return, as a reviewer finds it: a beginning to be edited."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from portal.filings import working_days
from portal.filings.desk.points import BACK_FILED, Point
from portal.filings.models.filing import Version
from portal.filings.telling import quarter_in_words
from portal.filings.workspace.questions import Thread

DAYS_TO_MEND = DAYS_TO_ANSWER = 5


def day_to_mend(version: Version, on: date, corrections: working_days.Corrections = working_days.NONE) -> date:
    """Until when a returned filing is mended, unless the reviewer says otherwise: five working days, or the period's
    own end when that is later."""
    return max(working_days.add(on, DAYS_TO_MEND, corrections), version.filing.period.due_on)


def day_to_answer(on: date, corrections: working_days.Corrections = working_days.NONE) -> date:
    """Until when a question is answered, unless the reviewer says otherwise: five working days."""
    return working_days.add(on, DAYS_TO_ANSWER, corrections)


def drafted_letter(version: Version, points: list[Point], questions: Iterable[Thread], rows: Mapping[UUID, int]) -> str:
    """What is to be mended, point by point, with the questions that are open. `rows` numbers the lines by their key."""
    opening = _("Your filing for %(period)s (version %(number)s) needs to be looked at again:") % {
        "period": quarter_in_words(version.filing.period_id),
        "number": version.number,
    }
    asked = [_asked(point) for point in points if point.is_to_be_weighed and point.code != BACK_FILED]
    asked += [_question(thread, rows.get(thread.query.line_key)) for thread in questions if thread.is_open]
    closing = _("Please mend it by the day given with this letter, and submit it again.")
    return "\n".join([opening, *(asked or [blank_point()]), closing])


def blank_point() -> str:
    """The line that waits for the reviewer's words; a letter that still holds it is not sent."""
    return _("Row … : …")


def _asked(point: Point) -> str:
    if not point.position:
        return point.message
    if point.explanation:
        words = _("Row %(row)s: the explanation “%(explanation)s” does not suffice; please say more.")
        return words % {"row": point.position, "explanation": point.explanation}
    return _("Row %(row)s: %(message)s") % {"row": point.position, "message": point.message}


def _question(thread: Thread, row: int | None) -> str:
    values = {"row": row or thread.line.contract.number, "cell": thread.cell, "question": thread.asked}
    return _("Row %(row)s, %(cell)s (question still open): %(question)s") % values
