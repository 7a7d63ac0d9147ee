"""Services embedded in a larger contract: their part of it is kept with the basis on which it was found."""

from collections.abc import Sequence

from portal.filings.rules.contracts import values_as_changed
from portal.filings.rules.terms import units
from portal.filings.sheet import CONTRACT_KINDS, Context, Entry, Findings, Kind, Level, finding, rule
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

# The three cells that say an apportionment, in their order, each with what is expected in it.
_CELLS = {
    "frame_number": _("the number of the frame contract"),
    "frame_amount": _("the whole amount of the frame contract"),
    "apportioned_by": _("how the part was found"),
}


@rule("K8", _("Frame contract, its amount and the basis of apportionment are given together, or none of them."))
def apportionment_is_whole(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.kind not in CONTRACT_KINDS:
            continue
        given = [name for name in _CELLS if entry.raw.get(name)]
        if not given:
            continue
        for name, expected in _CELLS.items():
            if name not in given:
                yield finding(
                    "K8", Level.ERROR, entry, name,
                    Text(_(
                        "A part of a frame contract is told with that contract's number, its amount and how the part "
                        "was found. Fill all three cells, or leave all three empty."
                    )),
                    Text(expected),
                )  # fmt: skip


@rule("A8", _("A contract apportioned from a frame contract is worth no more than that, changes included."))
def part_is_within_the_frame(entries: Sequence[Entry], context: Context) -> Findings:
    frames = _frames(entries, context)
    if not frames:
        return
    value = values_as_changed(entries, context)
    for entry in _last_rows(entries, frames):
        frame = frames[entry.number]
        if frame <= 0:
            yield finding(
                "A8", Level.ERROR, entry, "frame_amount",
                Text(_("The frame contract's amount is not above zero.")),
                Text(_("an amount above zero")),
            )  # fmt: skip
        elif value.get(entry.number, 0) > frame:
            yield finding(
                "A8", Level.ERROR, entry, "amount",
                Text(
                    _(
                        "With this amount the part is worth %(over)s more than the whole frame contract. Correct the "
                        "amount, or the frame contract's."
                    ),
                    {"over": units(value[entry.number] - frame)},
                ),
                Text(_("a part worth %(frame)s or less"), {"frame": units(frame)}),
            )  # fmt: skip


def _frames(entries: Sequence[Entry], context: Context) -> dict[str, int]:
    """The amount of the frame contract of each apportioned contract: as the filing says it, or as the ledger has it."""
    frames = {number: known.frame_cents for number, known in context.contracts.items() if not known.is_here}
    frames |= {entry.number: entry.frame_cents for entry in entries if entry.kind in CONTRACT_KINDS}
    return {number: cents for number, cents in frames.items() if cents is not None}


def _last_rows(entries: Sequence[Entry], frames: dict[str, int]) -> list[Entry]:
    """The row of each such contract that makes it as large as it is: the last change upwards, or its own row."""
    last: dict[str, Entry] = {}
    for entry in entries:
        grows = entry.kind in CONTRACT_KINDS or (entry.kind == Kind.CHANGED and (entry.amount_cents or 0) > 0)
        if grows and entry.number in frames:
            last[entry.number] = entry
    return list(last.values())
