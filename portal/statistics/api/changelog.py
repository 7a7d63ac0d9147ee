"""What the API has become, version by version; the newest first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from portal.lib.words import gettext_noop


@dataclass(frozen=True)
class Change:
    version: str
    day: date
    what: tuple[str, ...]


CHANGES = (
    Change(
        "1.2.0",
        date(2026, 11, 22),
        (gettext_noop("Tables of regions with the places that they had a year before."),),
    ),
    Change(
        "1.1.0",
        date(2026, 11, 22),
        (
            gettext_noop("The structure of a release's SDMX-CSV, with all its codes, as SDMX-JSON 2.0."),
            gettext_noop("Tables of the bridge, of the same firms, and of market groups as they were a year before."),
        ),
    ),
    Change(
        "1.0.0",
        date(2026, 11, 22),
        (
            gettext_noop("Releases, their places, tables and cells, as JSON, JSON-stat 2, CSV and SDMX-CSV 2.0."),
            gettext_noop("What the four largest firms hold, and the Herfindahl index, where they may be shown."),
            gettext_noop("Any table of the table builder, by the same words in the address."),
            gettext_noop("The release calendar."),
            gettext_noop("Code lists with all of their editions."),
        ),
    ),
)
VERSION = CHANGES[0].version
CHANGED_AT = datetime.combine(CHANGES[0].day, time(), UTC)

# What a program written for v1 may rely on.
PROMISES = (
    gettext_noop("No address, parameter, field or code of v1 is taken away or given another meaning."),
    gettext_noop("Fields, parameters, codes and formats may be added: programs pass over what they do not know."),
    gettext_noop("The cells of a release never change. A correction is a release with the next number."),
    gettext_noop("A version that breaks this is a v2 at its own address; v1 goes on for two years beside it."),
)
