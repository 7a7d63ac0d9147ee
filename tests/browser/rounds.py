"""A round over pages with the eye of axe, a finger and a narrow screen."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Controls under 44 px, but for links that run on in a sentence and the low-base mark, whose pressed area is larger.
TOO_SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.matches('.skip, .low') && !(e.matches('a') && getComputedStyle(e).display === 'inline'))
  .map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.closest('label') || e).getBoundingClientRect()])
  .filter(([e, box]) => box.width && box.height && box.height < 43.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""
# Names in tables lead on in rows of text; what changes something is as large as any button.
TOO_SMALL_AT_WORK = TOO_SMALL.replace("'.skip, .low'", "'.skip, .low, th a, td a:not(.row-acts a)'")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe objects to on the page that stands open."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]})
    return [(row["id"], row["nodes"][0]["html"]) for row in found.response["violations"]]


def wrongs_of(page: Page, addresses: Iterable[str]) -> list[tuple]:
    """What axe and the eye would object to: each page in one language and width, the next the other way round."""
    wrongs = []
    for number, address in enumerate(addresses):
        wide, in_chinese = number % 2 == 0, number % 4 < 2
        response = page.goto(address.removeprefix("/en") if in_chinese else address)
        wrongs += [(address, response.status)] if response.status != 200 else []
        for width in (1440, 390) if wide else (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrongs.append((address, width, "wider than the screen"))
        wrongs += [(address, *wrong) for wrong in violations(page)]
        wrongs += [(address, small) for small in page.evaluate(TOO_SMALL_AT_WORK)]
    return wrongs
