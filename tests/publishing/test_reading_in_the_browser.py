"""The public pages of publishing in a real browser, with the demo's texts."""

import pytest

from tests.browser.rounds import wrongs_of

pytestmark = pytest.mark.demo

# Each is looked at in one language and width, the next the other way round.
PAGES = (
    "/en/newsletters/2020-08/",
    "/en/articles/3/",
    "/en/handbooks/handbook-2020/",
    "/en/policies/",
    "/en/knowledge/terms/labour-dispatch/",
    "/en/knowledge/catalogue/ITO-1-01/",
    "/en/knowledge/decide/?core=yes&show=1",
    "/en/cities/520100/",
    "/en/search/?q=外包",
    "/en/subscribe/",
)


def test_everybody_can_read_what_is_published(page):
    assert wrongs_of(page, PAGES) == []
