"""What is still missing before a filing can be approved, in one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.filings.desk.points import Point
from portal.filings.workspace.questions import Thread


@dataclass(frozen=True)
class Missing:
    """One thing to be done, and where: a seal, a sentence, and the place on the page."""

    seal: str
    text: str
    href: str


def missing_for_approval(points: Iterable[Point], threads: Iterable[Thread], rows: Mapping[UUID, int]) -> list[Missing]:
    """Questions that wait for the firm; answers to be read; explanations that were rejected."""
    found = []
    for thread in threads:
        if not thread.is_running:
            continue
        words = (
            _("Row %(row)s, %(cell)s: the question waits for the firm")
            if thread.is_open
            else _("Row %(row)s, %(cell)s: an answer is to be read; approving settles it")
        )
        values = {"row": rows.get(thread.query.line_key) or thread.line.contract.number, "cell": thread.cell}
        seal = "waiting" if thread.is_open else "ask"
        found.append(Missing(seal, words % values, f"#query-{thread.query.pk}"))
    for point in points:
        if point.is_rejected and point.position:
            words = _("Row %(row)s: the explanation was rejected; ask in the cell, or return the filing")
            found.append(Missing("explain", words % {"row": point.position}, f"#row-{point.position}"))
    return found
