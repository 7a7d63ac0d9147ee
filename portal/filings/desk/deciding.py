"""What stands before an approval: what stops it, and what is only to be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.filings.desk.points import Point
from portal.filings.workspace.questions import Thread


@dataclass(frozen=True)
class Missing:
    """One thing to be done or read, and where: a seal, a sentence, and the place on the page."""

    seal: str
    text: str
    href: str


def missing_for_approval(points: Iterable[Point], threads: Iterable[Thread], rows: Mapping[UUID, int]) -> list[Missing]:
    """What stops an approval: questions that wait for the firm, explanations that were rejected."""
    words = _("Row %(row)s, %(cell)s: the question waits for the firm")
    found = [_about(thread, words, "waiting", rows) for thread in threads if thread.is_open]
    for point in points:
        if point.is_rejected and point.position:
            words = _("Row %(row)s: the explanation was rejected; ask in the cell, or return the filing")
            found.append(Missing("explain", words % {"row": point.position}, f"#row-{point.position}"))
    return found


def to_read_before_approval(threads: Iterable[Thread], rows: Mapping[UUID, int]) -> list[Missing]:
    """Answers that nobody has settled: they stop nothing, and an approval settles them."""
    words = _("Row %(row)s, %(cell)s: an answer is to be read; approving settles it")
    return [_about(thread, words, "ask", rows) for thread in threads if thread.is_answered]


def _about(thread: Thread, words: str, seal: str, rows: Mapping[UUID, int]) -> Missing:
    values = {"row": rows.get(thread.query.line_key) or thread.line.contract.number, "cell": thread.cell}
    return Missing(seal, words % values, f"#query-{thread.query.pk}")
