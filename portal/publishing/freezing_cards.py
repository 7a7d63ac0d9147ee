"""Cards of firms, cities and policies, by value."""

from collections.abc import Iterator

from portal.publishing.document import Card


def firm_card(page, language: str) -> Iterator[Card]:
    """What a firm has released; nothing where it has taken that back."""
    if page is not None and page.released_at and not page.taken_back_at:
        text = page.intro_zh if language == "zh-hans" else page.intro_en or page.intro_zh
        yield Card("firm", page.firm.name, (), text, f"/members/{page.pk}/")


def city_card(place: str, release: str, language: str) -> Iterator[Card]:
    yield Card("city", place, (), "", f"/cities/{place}/")


def policy_card(policy, language: str) -> Iterator[Card]:
    if policy is not None:
        text = policy.summary_zh if language == "zh-hans" else policy.summary_en or policy.summary_zh
        yield Card("policy", policy.title_zh, (), text, f"/policies/{policy.slug}/")
