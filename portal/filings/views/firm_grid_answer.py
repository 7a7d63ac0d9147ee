"""What a save answers: the rows it was sent, those that it let in besides, and the totals."""

from portal.filings.actions.typing import Kept, Outcome
from portal.filings.sheet import Finding, Kind, Level
from portal.filings.views.firm_grid_rows import draw, in_plain
from portal.filings.views.firm_grid_typed import Sent
from portal.filings.workspace.grid import Grid, GridRow
from portal.filings.workspace.sheets import balances
from portal.filings.workspace.typed import Around
from portal.lib.words import Text, gettext_noop
from portal.ui.figures import amount


def answer_of(kept: Kept, sent: Sent, period: str) -> dict[str, object]:
    left = balances([item.entry for item in kept.around.stored], kept.around.context)
    kinds = {row.place: row.kind for row in sent.rows}
    return {
        "version": kept.around.version.pk,
        "rows": [_answered(row, kinds, kept.around, left, period) for row in kept.outcomes],
        "totals": {"executed": amount(kept.executed_cents), "signed": amount(kept.signed_cents)},
    }


def _answered(
    outcome: Outcome, kinds: dict[str, Kind], around: Around, left: dict[str, int], period: str
) -> dict[str, object]:
    number = outcome.texts.get("number", "") or next(
        (item.entry.number for item in around.stored if item.place == outcome.new_place), ""
    )
    row = GridRow(
        outcome.new_place, _kind_of(outcome, kinds, around), outcome.texts, around.contracts.get(number),
        outcome.seen, left.get(number), None, outcome.findings or _lost(outcome), outcome.state == "saved",
        outcome.state == "typed",
    )  # fmt: skip
    return in_plain(draw(row, 0, period, is_open=True), outcome.place, outcome.state)


def _kind_of(outcome: Outcome, kinds: dict[str, Kind], around: Around) -> Kind:
    if outcome.place in kinds:
        return kinds[outcome.place]
    return Kind(around.typed[outcome.place].kind)


def _lost(outcome: Outcome) -> list[Finding]:
    """Why a row was not saved at all: what stands there now, cell by cell."""
    if outcome.state == "gone":
        message = Text(gettext_noop("This row was removed meanwhile. What you typed stands here only."))
        name = next(iter(outcome.texts), "")
        return [Finding("GONE", Level.ERROR, message, Text(""), field=name)]
    if outcome.state != "overtaken":
        return []
    message = Text(gettext_noop("Somebody else has changed this cell meanwhile."))
    return [
        Finding("OVERTAKEN", Level.ERROR, message, Text("%(theirs)s", {"theirs": text}), text, field=name)
        for name, text in outcome.texts.items()
    ]


def checked_rows(table: Grid, period: str, *, is_open: bool) -> list[dict[str, object]]:
    """Rows of which the rules have something to say."""
    drawn = [draw(row, 0, period, is_open=is_open) for row in table.rows if row.findings]
    return [in_plain(item, item.row.place, "typed" if item.row.is_typed else "saved") for item in drawn]
