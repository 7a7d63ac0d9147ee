"""Public pages that a process keeps until the minute is over."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.ui import middleware
from portal.ui.middleware import CachedIfPublic
from tests.world import BEIJING


class Pages:
    """A view that counts how often it is asked."""

    def __init__(self, is_public: bool = True, vary: str = ""):
        self.is_public, self.vary, self.asked = is_public, vary, 0

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        request.is_public_page = self.is_public
        return HttpResponse(f"page {self.asked}", headers={"Vary": self.vary} if self.vary else {})


@pytest.fixture(autouse=True)
def keeping(settings, clock_at):
    settings.PAGES_KEPT = 2
    clock_at(10)


@pytest.fixture
def clock_at(monkeypatch):
    def at(seconds: int) -> None:
        moment = datetime(2020, 4, 20, 9, 0, tzinfo=BEIJING) + timedelta(seconds=seconds)
        monkeypatch.setattr(middleware.clock, "now", lambda: moment)

    return at


def asked(site: CachedIfPublic, path: str = "/", **headers: str) -> HttpResponse:
    return site(RequestFactory().get(path, **headers))


def test_a_public_page_is_made_once_in_a_minute(clock_at):
    site = CachedIfPublic(Pages())
    first, again = asked(site), asked(site)
    assert first.content == again.content == b"page 1"
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], "public, max-age=49")
    clock_at(61)
    assert asked(site).content == b"page 2"


def test_a_page_for_somebody_is_never_kept():
    for pages in (Pages(is_public=False), Pages(vary="Cookie")):
        site = CachedIfPublic(pages)
        assert [asked(site).content for _time in range(2)] == [b"page 1", b"page 2"]


def test_addresses_and_languages_are_kept_apart_and_the_oldest_makes_room():
    site = CachedIfPublic(Pages())
    assert [asked(site, path).content for path in ("/", "/?page=2", "/")] == [b"page 1", b"page 2", b"page 1"]
    assert asked(site, HTTP_ACCEPT_LANGUAGE="en").content == b"page 3"
    assert asked(site).content == b"page 4"
