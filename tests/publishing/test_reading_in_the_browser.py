"""The public pages of publishing in a real browser, with the demo's texts."""

import pytest

from tests.browser.rounds import wrongs_of

pytestmark = pytest.mark.demo

# Each is looked at in one language and width, the next the other way round. All others are left to the slow round.
FIRST_PAGES = (
    "/en/newsletters/2020-08/",
    "/en/policies/",
    "/en/knowledge/decide/?core=yes&show=1",
    "/en/search/?q=外包",
)
OTHER_PAGES = (
    "/en/handbooks/handbook-2020/",
    "/en/articles/3/",
    "/en/knowledge/terms/labour-dispatch/",
    "/en/knowledge/catalogue/ITO-1-01/",
    "/en/cities/520100/",
    "/en/subscribe/",
)


@pytest.mark.parametrize("addresses", [FIRST_PAGES, pytest.param(OTHER_PAGES, marks=pytest.mark.slow)])
def test_everybody_can_read_what_is_published(page, addresses):
    assert wrongs_of(page, addresses) == []
