"""Where this machine keeps its Chromium. `python -m tests.chromium` prints it, or fails."""

import os
import shutil
import sys

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


if __name__ == "__main__":
    sys.exit(print(find_chromium()) if find_chromium() else 1)
