"""Cards of firms, cities and policies, by value."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib import clock
from portal.publishing.asked import CITY, Asked
from portal.publishing.demonstration import NATIONAL, DemonstrationCity, titles_of
from portal.publishing.document import Card
from portal.publishing.figure_tables import named
from portal.publishing.freezing_figures import found, source_line
from portal.publishing.models.policies import STANDINGS
from portal.statistics.dimensions import Measure, Mode
from portal.statistics.levels import ReleaseInfo
from portal.statistics.phrases import amount_and_growth
from portal.statistics.places import Place, place_named
from portal.statistics.queries import table
from portal.statistics.report import report
from portal.statistics.wording import months_of
from portal.ui.figures import counted

Lines = tuple[tuple[str, str], ...]
HEADLINES = (
    (Measure.CONTRACT, Mode.TOTAL), (Measure.EXECUTION, Mode.TOTAL), (Measure.EXECUTION, Mode.OFFSHORE),
)  # fmt: skip


def _in(language: str, chinese: str, english: str) -> str:
    return chinese if language.startswith("zh") else english or chinese


def _address(language: str, path: str) -> str:
    """A page of the directories or of policies, in the language of the card."""
    return path if language.startswith("zh") else f"/en{path}"


# ── Firms ────────────────────────────────────────────────────────────────────────────────────────


def firm_card(page, language: str) -> Iterator[Card]:
    """What a firm has released, field by field; nothing where it has taken that back or is a member no more, or the
    association hides it."""
    if page is None or not page.released_at or page.taken_back_at or page.hidden_at or _has_left(page.firm):
        return
    shown = set(page.shown)
    text = _in(language, page.intro_zh, page.intro_en) if "intro" in shown else ""
    with override(language):
        lines = tuple((label, told) for name, label, told in _of_firm(page, language) if name in shown and told)
        name = _in(language, page.firm.name_zh, page.firm.name_en)
        yield Card("firm", name, lines, text, _address(language, f"/members/{page.pk}/"))


def _has_left(firm) -> bool:
    return firm.left_on is not None and firm.left_on < clock.today()


def labels_of_firm(page, language: str) -> dict[str, str]:
    """The name of each field by the label that a card of this language has for it."""
    with override(language):
        return {label: name for name, label, _told in _of_firm(page, language)}


def _of_firm(page, language: str) -> Iterator[tuple[str, str, str]]:
    """(field, label, what is told)."""
    categories = [_in(language, row.name_zh, row.name_en) for row in page.categories.all()]
    yield "categories", _("Lines of business"), _(", ").join(categories)
    yield "founded_year", _("Founded in"), str(page.founded_year or "")
    yield "website", _("Website"), page.website
    yield "phone", _("Telephone"), page.phone
    yield "email", _("E-mail"), page.email


# ── Cities ───────────────────────────────────────────────────────────────────────────────────────


def city_card(place: str, release: str, language: str) -> Iterator[Card]:
    """A city on the list of demonstration cities, with the headlines of a release where one was chosen."""
    asked = Asked(CITY, release, place, language)
    with override(language):
        if release:
            yield city_told(asked)
        elif city := place_named(place):
            yield Card("city", city.name, _of_list(place), "", _address(language, f"/cities/{place}/"))


def city_told(asked: Asked) -> Card:
    """The card with what the release says, in the active language.

    Raises:
        Refused: the release is not public.
    """
    release, place = found(asked)
    lines = (*_of_list(place.code), *headline_lines(release, place))
    href = _address(asked.language, f"/cities/{place.code}/")
    return Card("city", place.name, lines, source_line(release, place), href, asked=asked.pairs)


def headline_lines(release: ReleaseInfo, place: Place) -> Lines:
    """Totals and offshore execution with their change, and the number of firms, in words."""
    content = report(table(release, place.code))
    if not content.firms.is_public or not content.firms.count:
        return ()
    period = months_of(release.quarter, content.span)
    rows = tuple((named(*key), amount_and_growth(content.rows[key])) for key in HEADLINES)
    return ((_("Period"), period), (str(named(Measure.FIRMS, Mode.TOTAL)), counted(content.firms.count)), *rows)


def _of_list(code: str) -> Lines:
    return tuple(line for city in titles_of(code, clock.today()) for line in _listed(city))


def _listed(city: DemonstrationCity) -> Lines:
    lines = [(_("Demonstration city"), _("national") if city.level == NATIONAL else _("provincial"))]
    if city.year:
        lines.append((_("Batch"), _("batch %(number)d, %(year)d") % {"number": city.batch, "year": city.year}))
    return tuple(lines)


# ── Policies ─────────────────────────────────────────────────────────────────────────────────────


def policy_card(policy, language: str) -> Iterator[Card]:
    """Number, issuing body, dates and validity, with our summary."""
    if policy is None or not policy.is_public:
        return
    newer = policy.replaced_by
    with override(language):
        told = (
            (_("Document number"), policy.document_number),
            (_("Issuing body"), _in(language, policy.issuer_zh, policy.issuer_en)),
            (_("Dated"), _day(policy.made_on)), (_("Published on"), _day(policy.published_on)),
            (_("In force from"), _day(policy.effective_on)), (_("In force until"), _day(policy.expires_on)),
            (_("Validity"), str(STANDINGS[policy.standing_on(clock.today())])),
            (_("Replaced by"), _title(newer, language) if newer and newer.is_public else ""),
        )  # fmt: skip
        lines = tuple(line for line in told if line[1])
        text = _in(language, policy.summary_zh, policy.summary_en)
        yield Card("policy", _title(policy, language), lines, text, _address(language, f"/policies/{policy.slug}/"))


def _title(policy, language: str) -> str:
    return _in(language, policy.title_zh, policy.title_en)


def _day(day) -> str:
    return day.isoformat() if day else ""
