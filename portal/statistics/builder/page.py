"""The page of a table: everything that it shows, as one frozen value."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.statistics.builder import wording
from portal.statistics.builder.asking import COUNTS, Question, Show
from portal.statistics.builder.counting import Answer
from portal.statistics.builder.drawing import Drawn, drawn
from portal.statistics.builder.grid import Grid, grid
from portal.statistics.builder.marks import Mark
from portal.statistics.builder.selecting import Selection
from portal.statistics.dimensions import THEN
from portal.statistics.levels import ReleaseInfo
from portal.statistics.themes.dated import edition_number


@dataclass(frozen=True)
class Sign:
    """A mark of the table and what it means."""

    sign: str
    meaning: str


@dataclass(frozen=True)
class TablePage:
    answer: Answer
    grid: Grid
    chart: Drawn | None
    legend: Sequence[Sign]
    notes: Sequence[str]
    doubts: Sequence[str]
    frozen: str
    live: str

    @property
    def question(self) -> Question:
        return self.answer.question

    @property
    def releases(self) -> Sequence[ReleaseInfo]:
        return self.answer.releases

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in it at all."""
        return all(value.number is None for value in self.answer.values.values())


def table_page(answer: Answer) -> TablePage:
    laid_out = grid(answer)
    return TablePage(
        answer=answer,
        grid=laid_out,
        chart=drawn(answer, laid_out),
        legend=legend(answer),
        notes=notes(answer),
        doubts=doubts_of(answer.selection),
        frozen=answer.frozen.query if answer.releases else "",
        live=answer.live.query,
    )


def legend(answer: Answer) -> list[Sign]:
    """The signs that stand in the table; where a rate is missing its reason stands there in words."""
    told = all(value.base in wording.NO_RATE for value in answer.values.values() if value.mark == Mark.NO_RATE)
    return [
        Sign(wording.MARK_SIGNS[mark], str(wording.MARK_MEANINGS[mark]))
        for mark in answer.marks
        if mark != Mark.NO_RATE or not told
    ]


def notes(answer: Answer) -> list[str]:
    """What has to be known of the figures, in the order in which they stand."""
    question = answer.question
    told = [str(wording.DEFINITIONS[asked]) for asked in question.measures]
    told += [str(wording.SHOW_DEFINITIONS[show]) for show in question.shows if show in wording.SHOW_DEFINITIONS]
    if question.cut in wording.CUT_NOTES:
        told.append(str(wording.CUT_NOTES[question.cut]))
    told += _list_notes(answer)
    if any(asked not in COUNTS for asked in question.measures):
        told.append(_("Each figure is rounded by itself: parts may differ from their whole in the last digit."))
    if Show.GROWTH in question.shows and answer.has_low_base:
        told.append(_("Low base: growth above tenfold, or on a small base; read it with both levels."))
    if question.sort:
        told.append(_("Sorted by published figures; rows without a number follow in the order of their list."))
    return told


def _list_notes(answer: Answer) -> list[str]:
    """What groups and regions are made of, as now and as then, and by which edition of their list."""
    members = [member for dimension in answer.dimensions for member in dimension.members if member.counted_by]
    told = []
    for name in dict.fromkeys(member.counted_by for member in members):
        told.append(str(wording.LIST_NOTES[name]))
        if any(member.code.endswith(THEN) for member in members if member.counted_by == name):
            told.append(str(wording.THEN_NOTES[name]))
        releases: dict[int, list[str]] = {}
        for release in answer.releases:
            releases.setdefault(edition_number(release, name), []).append(release.name)
        told += [wording.list_used(name, edition, found) for edition, found in releases.items() if edition]
    return told


def doubts_of(chosen: Selection) -> list[str]:
    """What was asked and is not there: words of the address, and codes that no list has."""
    gone = [
        _("%(name)s: it was asked, and keeps its row without figures.") % {"name": member.label}
        for dimension in chosen.dimensions for member in dimension.members if not member.is_known
    ]  # fmt: skip
    return [*wording.doubt_sentences(chosen.question), *gone]
