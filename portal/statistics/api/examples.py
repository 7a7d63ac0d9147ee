"""Answers as they look, for the description: shortened, with invented figures. A test holds their shapes."""

from portal.statistics.api import changelog

_SITE = "https://example.org"
RELEASE = {
    "name": "2020Q1-2",
    "period": "2020Q1",
    "number": 2,
    "standing": "final",
    "as_of": "2020-05-18T18:00:00+08:00",
    "published_at": "2020-05-20T10:00:00+08:00",
    "digest": "6f1c0d0b8f1e4a53f3f3c0f6a8f4c1de1d20cdd4c2b8cf33a87a5cb0f1c7e9aa",
    "firms": 60,
    "editions": {"divisions": 1, "markets": 1, "rates": 3},
    "belt_and_road_list": "guiyang_report_2020",
    "supersedes": "2020Q1-1",
    "superseded_by": None,
    "note": "",
    "links": {
        "self": f"{_SITE}/api/v1/releases/2020Q1-2",
        "places": f"{_SITE}/api/v1/releases/2020Q1-2/places",
        "tables": f"{_SITE}/api/v1/releases/2020Q1-2/tables",
        "cells": f"{_SITE}/api/v1/releases/2020Q1-2/cells",
        "structure": f"{_SITE}/api/v1/releases/2020Q1-2/structure",
        "page": f"{_SITE}/statistics/2020Q1-2/",
    },
}
PLACES = {
    "release": "2020Q1-1",
    "places": [
        {
            "code": "520100", "name_zh": "贵阳市", "name_en": "Guiyang", "kind": "prefecture", "parent": "520000",
            "page": f"{_SITE}/statistics/2020Q1-1/places/520100/",
        },
    ],
}  # fmt: skip
TABLES = {
    "release": "2020Q1-1",
    "tables": [
        {
            "cut": "market", "measure": "execution", "modes": ["offshore", "overseas"], "cells": 5120, "withheld": 96,
            "spans": ["quarter", "quarter_base", "to_date", "to_date_base"],
        },
    ],
    "members": {"market": [{"code": "VNM", "name": "Viet Nam"}]},
}  # fmt: skip
CONCENTRATION = {
    "release": "2020Q1-1",
    "span": "quarter",
    "rows": [
        {
            "place": "520100", "measure": "execution", "mode": "offshore", "cr4": 0.6127, "cr4_status": "F",
            "hhi": None, "hhi_status": "C",
        },
    ],
}  # fmt: skip
CELLS = {
    "release": "2020Q1-1",
    "period": "2020Q1",
    "standing": "final",
    "digest": RELEASE["digest"],
    "places": {"520100": "Guiyang"},
    "members": {"market": {"LAO": "Laos", "VNM": "Viet Nam"}},
    "cells": [
        {
            "place": "520100", "span": "quarter", "measure": "execution", "mode": "offshore", "cut": "market",
            "member": "LAO", "usd_cents": None, "cny_cents": None, "count": None, "status": "C",
        },
        {
            "place": "520100", "span": "quarter", "measure": "execution", "mode": "offshore", "cut": "market",
            "member": "VNM", "usd_cents": 216315000, "cny_cents": 1509878700, "count": None, "status": "F",
        },
    ],
    "next": None,
}  # fmt: skip
TABLE = {
    "frozen": "/api/v1/table?release=2020Q1-1&mode=total&size=large",
    "live": "/api/v1/table?period=2020Q1&mode=total&size=large",
    "units": {"execution": "US$10,000"},
    "dimensions": [
        {"name": "figure", "label": "Figure", "members": [{"code": "execution", "name": "Executed value"}]},
        {"name": "size", "label": "Size of firm", "members": [{"code": "large", "name": "Large firms"}]},
    ],
    "values": [{"key": ["execution", "large"], "number": 21631.55, "mark": "", "is_low_base": False}],
}
STRUCTURE = {
    "meta": {"id": "RELEASE_CELLS-2020Q1-1", "contentLanguages": ["en"], "sender": {"id": "OUTSOURCING"}},
    "data": {
        "codelists": [
            {
                "id": "CL_MODE", "agencyID": "OUTSOURCING", "version": "1.0.0", "name": "Mode", "isPartial": False,
                "codes": [{"id": "offshore", "name": "Offshore"}],
            },
        ],
    },
}  # fmt: skip
SERVICE = {
    "version": changelog.VERSION,
    "page": f"{_SITE}/api/",
    "links": {"releases": f"{_SITE}/api/v1/releases", "lists": f"{_SITE}/api/v1/lists"},
}
CALENDAR = {
    "dates": [
        {
            "period": "2020Q1", "standing": "final", "status": "postponed",
            "release_at": "2020-04-23T10:00:00+08:00", "said_at": "2020-04-17T09:00:00+08:00",
            "earlier": [{"release_at": "2020-04-20T10:00:00+08:00", "reason": "Two cities file late."}],
            "release": "2020Q1-1", "published_at": "2020-04-23T10:00:00+08:00",
        },
    ],
}  # fmt: skip
CHANGELOG = {
    "version": changelog.VERSION,
    "promises": list(changelog.PROMISES),
    "changes": [
        {"version": change.version, "day": change.day.isoformat(), "what": list(change.what)}
        for change in changelog.CHANGES
    ],
}
_EDITION = {"made_at": "2019-01-01T00:00:00+08:00", "digest": "f" * 64}
LISTS = {
    "lists": [
        {
            "name": "markets", "title": "Markets", "edition": 1, "made_at": _EDITION["made_at"], "rows": 249,
            "href": f"{_SITE}/api/v1/lists/markets",
        },
    ],
}  # fmt: skip
LIST_ROWS = {
    "name": "market_groups",
    "edition": 1,
    **_EDITION,
    "columns": ["group", "market", "since_on", "until_on"],
    "rows": [{"group": "asean", "market": "VNM", "since_on": "1995-07-28", "until_on": None}],
}
EDITIONS = {
    "name": "markets",
    "editions": [{"number": 1, **_EDITION, "href": f"{_SITE}/api/v1/lists/markets/editions/1"}],
}
