"""How far a release's figures are the last word: its mark, its coverage, its note to readers."""

from collections.abc import Sequence

from django import template

from portal.statistics.calendar_words import STANDING_NAMES, range_in_words, share_in_words
from portal.statistics.dimensions import Standing
from portal.statistics.exports import citation, licence
from portal.statistics.levels import ReleaseInfo
from portal.statistics.standing import covered
from portal.ui.rendering import in_chinese

register = template.Library()


@register.inclusion_tag("statistics/_standing_mark.html")
def standing_mark(release: ReleaseInfo) -> dict[str, object]:
    """初步数 or 最终数, beside a title."""
    return {"words": STANDING_NAMES[release.standing], "is_provisional": release.standing == Standing.PROVISIONAL}


@register.inclusion_tag("statistics/_coverage.html")
def coverage_rows(release: ReleaseInfo) -> dict[str, object]:
    """Rows of the margin: standing, and who had filed, as far as it may be told."""
    found = covered(release.coverage)
    is_provisional = release.standing == Standing.PROVISIONAL
    return {
        "words": STANDING_NAMES[release.standing],
        "covered": found,
        "share": share_in_words(found) if found else "",
        "ranges": [range_in_words(row) for row in found.ranges] if found and is_provisional else [],
    }


@register.inclusion_tag("statistics/_public_note.html")
def public_note(release: ReleaseInfo) -> dict[str, object]:
    """What the association says of the release to its readers."""
    return {"note": release.note_zh if in_chinese() else release.note_en}


@register.inclusion_tag("statistics/_cite.html")
def how_to_cite(release: ReleaseInfo, releases: Sequence[ReleaseInfo] = ()) -> dict[str, object]:
    """The source in the words of the files, of one release or of each that a table is made from."""
    return {"sources": [citation(row) for row in releases or (release,)], "licence": licence()}
