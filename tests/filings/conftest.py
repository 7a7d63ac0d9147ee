import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.members.models import User
from tests.world import world  # noqa: F401 (a fixture)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def alice(world, signed_in) -> Client:
    return signed_in(world.alice)


@pytest.fixture
def bob(world, signed_in) -> Client:
    return signed_in(world.bob)


@pytest.fixture
def charlie(world, signed_in) -> Client:
    return signed_in(world.charlie)


def english(name: str, *args: object) -> str:
    """The English address of a page of the firm's workspace: the tests read its words."""
    with translation.override("en"):
        return reverse(f"filings:{name}", args=args)


TAGS = re.compile(r"<[^>]*>")


def text_of(response) -> str:
    """The page's words, without its mark-up, in one line."""
    return " ".join(unescape(TAGS.sub(" ", response.content.decode())).split())
