"""报, 送, 发, contacts and square codes of an issue: as typed, or drawn from authorities and membership grades."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib import clock
from portal.members.models import Grade
from portal.members.queries import grades_held
from portal.publishing.models import Authority, Issue

Pairs = tuple[tuple[str, str], ...]
HEADS = (Grade.PRESIDENT, Grade.VICE_PRESIDENT)


def distribution_of(issue: Issue) -> Pairs:
    """(报 | 送 | 发, to whom): what is typed counts, and what is left empty is drawn as it stands today."""
    with override(issue.language):
        named = (
            ("报", issue.report_to.strip() or _superiors(issue.language)),
            ("送", issue.send_to.strip() or _heads()),
            ("发", issue.issue_to.strip() or _members()),
        )
    return tuple((label, text) for label, text in named if text)


def _superiors(language: str) -> str:
    rows = Authority.objects.filter(is_reported_to=True)
    is_chinese = language.startswith("zh")
    return _(", ").join(row.name_zh if is_chinese else row.name_en or row.name_zh for row in rows)


def _heads() -> str:
    """Those who head the association, as far as any firm holds the grade now."""
    held = grades_held(clock.today())
    words = {Grade.PRESIDENT: _("the president's firm"), Grade.VICE_PRESIDENT: _("the vice-presidents' firms")}
    return _(", ").join(words[grade] for grade in HEADS if grade in held)


def _members() -> str:
    return _("the member firms") if grades_held(clock.today()) else ""


def contacts_of(issue: Issue) -> tuple[str, ...]:
    """A line each; those of the association where none is typed."""
    typed = tuple(line.strip() for line in issue.contacts.splitlines() if line.strip())
    return typed or _of_association(issue.language)


def _of_association(language: str) -> tuple[str, ...]:
    site, ending = settings.SITE, "zh" if language.startswith("zh") else "en"
    with override(language):
        lines = (
            (_("Address"), site[f"address_{ending}"]), (_("Telephone"), site["phone"]), (_("E-mail"), site["email"]),
        )  # fmt: skip
        told = tuple(_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in lines if value)
    return (site[f"name_{ending}"], *told) if told else ()


def codes_of(issue: Issue) -> Pairs:
    """(label, address) of each line; a blank of any width stands between them."""
    lines = (line.split() for line in issue.codes.splitlines() if line.strip())
    return tuple((" ".join(label), address) for *label, address in lines)
