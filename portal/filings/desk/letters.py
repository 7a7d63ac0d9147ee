"""The letter that goes with a return, as a reviewer finds it: a beginning to be edited."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.filings.desk.points import BACK_FILED, Point
from portal.filings.models.filing import Version
from portal.filings.telling import quarter_in_words

TIME_TO_MEND = timedelta(days=7)


def drafted_letter(version: Version, points: list[Point], on: date) -> str:
    """What is to be mended, point by point, and until when: a week, or the period's own end when that is later."""
    opening = _("Your filing for %(period)s (version %(number)s) needs to be looked at again:") % {
        "period": quarter_in_words(version.filing.period_id),
        "number": version.number,
    }
    asked = [_asked(point) for point in points if point.is_to_be_weighed and point.code != BACK_FILED]
    asked = asked or [blank_point()]
    until = max(on + TIME_TO_MEND, version.filing.period.due_on)
    closing = _("Please mend it and submit it again by %(day)s.") % {"day": until.isoformat()}
    return "\n".join([opening, *asked, closing])


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
