"""Firms' cards that readers can still open in an edition though the firm has taken back what they say.

Nothing public changes by this: an editor begins a correction, and a publisher withdraws what came out before it
(`actions.retracting`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.publishing.document import Card
from portal.publishing.document_json import from_json
from portal.publishing.freezing_cards import firm_card, labels_of_firm
from portal.publishing.models import Article, Edition, Issue, MemberPage

Text = Article | Issue
# So the address of a card names the page that it was drawn from, in either language.
_PAGE = re.compile(r"(?:/en)?/members/(\d+)/")


@dataclass(frozen=True)
class Retracted:
    """A card that says more than its firm releases now. `fields` are what the firm shows no longer, and empty where
    the firm is in the directory no more: taken back, left or hidden."""

    page: MemberPage
    title: str
    fields: tuple[str, ...]

    @property
    def why(self) -> str:
        """In words, with the day."""
        page = self.page
        if self.fields:
            return _("shows no longer: %(fields)s") % {"fields": _(", ").join(self._titles)}
        if page.hidden_at:
            return _("hidden by the association on %(day)s") % {"day": _day(page.hidden_at)}
        if page.taken_back_at:
            return _("took its page back on %(day)s") % {"day": _day(page.taken_back_at)}
        return _("is a member no more")

    @property
    def _titles(self) -> list[str]:
        labels = {name: label for label, name in labels_of_firm(self.page, get_language()).items()}
        return [labels.get(name) or _("About the firm") for name in self.fields]


@dataclass(frozen=True)
class RetractedEdition:
    """An edition that readers can open, with such cards. The newest stands on the text's page; an earlier one behind
    its number."""

    number: int
    is_newest: bool
    cards: list[Retracted]


@dataclass(frozen=True)
class RetractedText:
    text: Text
    editions: list[RetractedEdition]

    @property
    def kind(self) -> str:
        return self.text._meta.model_name

    @property
    def newest(self) -> RetractedEdition | None:
        return next((one for one in self.editions if one.is_newest), None)

    @property
    def earlier(self) -> list[RetractedEdition]:
        return [one for one in self.editions if not one.is_newest]

    @property
    def firms(self) -> list[str]:
        """By name, each once."""
        return list(dict.fromkeys(card.title for one in self.editions for card in one.cards))


def retracted_texts() -> list[RetractedText]:
    """Articles, issues and handbooks. The number of queries does not grow with the number of texts."""
    return _texts(Edition.objects.all())


def retracted_in(text: Text) -> RetractedText | None:
    """The same of one text."""
    return next(iter(_texts(text.editions.all())), None)


def retracted_of(page: MemberPage) -> list[RetractedText]:
    """Of all texts, those with a card of this firm."""
    return [one for one in retracted_texts() if page in (card.page for row in one.editions for card in row.cards)]


def _texts(editions: QuerySet[Edition]) -> list[RetractedText]:
    rows = _with_firms(editions)
    cards = {row.pk: list(_cards_of_firms(row)) for row in rows}
    pages = _pages({page for found in cards.values() for page, _card in found})
    by_text: dict[Text, list[RetractedEdition]] = defaultdict(list)
    for row in rows:
        if found := list(_retracted(cards[row.pk], pages, row.language)):
            by_text[row.article or row.issue].append(RetractedEdition(row.number, row.is_newest, found))
    return [RetractedText(text, found) for text, found in by_text.items()]


def _with_firms(editions: QuerySet[Edition]) -> list[Edition]:
    """Of what readers can open, the newest first."""
    rows = editions.readable().alias(plain=Cast("document", TextField())).filter(plain__contains='"of": "firm"')
    rows = rows.select_related("article", "issue").defer("text", "article__body", "issue__contents")
    return list(rows.order_by("-published_at", "-number"))


def _cards_of_firms(edition: Edition) -> Iterator[tuple[int, Card]]:
    """(key of the member's page, card)."""
    for block in from_json(edition.document).blocks:
        if isinstance(block, Card) and block.of == "firm" and (found := _PAGE.fullmatch(block.href)):
            yield int(found[1]), block


def _pages(keys: Iterable[int]) -> Mapping[int, MemberPage]:
    return MemberPage.objects.select_related("firm").prefetch_related("categories").in_bulk(list(keys))


def _retracted(
    cards: Iterable[tuple[int, Card]], pages: Mapping[int, MemberPage], language: str
) -> Iterator[Retracted]:
    for key, card in cards:
        if key not in pages:
            continue
        now = next(firm_card(pages[key], language), None)
        if now is None:
            yield Retracted(pages[key], card.title, ())
        elif fields := tuple(_no_longer(card, now, labels_of_firm(pages[key], language))):
            yield Retracted(pages[key], card.title, fields)


def _no_longer(card: Card, now: Card, labels: Mapping[str, str]) -> Iterator[str]:
    """Names of the fields. A label that is called otherwise by now says nothing."""
    said = {label for label, _told in now.lines}
    if card.text and not now.text:
        yield "intro"
    yield from (labels[label] for label, _told in card.lines if label in labels and label not in said)


def _day(moment: datetime) -> str:
    return localtime(moment).date().isoformat()
