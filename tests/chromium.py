"""Where this machine keeps its Chromium, and what its pages must not do.

`python -m tests.chromium` prints the program, or fails.
"""

import os
import shutil
import sys

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """The program that $CHROMIUM names, or else the first of the usual ones."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


def watch(context: BrowserContext, site: str) -> list[str]:
    """Fills the list that it gives with what goes wrong: requests to elsewhere, breaches of the content-security
    policy, errors of scripts."""
    wrongs: list[str] = []

    def see_request(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:", "about:")):
            wrongs.append(f"asked for {request.url}")

    def see_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrongs.append(message.text)

    context.on("request", see_request)
    context.on("console", see_console)
    context.on("weberror", lambda error: wrongs.append(str(error.error)))
    return wrongs


if __name__ == "__main__":
    sys.exit(print(find_chromium()) if find_chromium() else 1)
