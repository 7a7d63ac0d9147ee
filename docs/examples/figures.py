"""Executed value by market, from the newest release of the portal's API. Standard library alone.

python docs/examples/figures.py https://example.org 520100
"""

import json
import sys
from collections.abc import Iterator
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ROOT = sys.argv[1].rstrip("/") + "/api/v1"
PLACE = sys.argv[2] if len(sys.argv) > 2 else "CN"


def answer(address: str) -> dict:
    with urlopen(Request(address, headers={"Accept": "application/json", "Accept-Language": "en"})) as response:
        return json.load(response)


def pages(address: str, **query: str) -> Iterator[dict]:
    """One page after the other, until there is no next one."""
    following = f"{address}?{urlencode(query)}"
    while following:
        page = answer(following)
        yield page
        following = page["next"]


release = answer(f"{ROOT}/releases")["releases"][0]
print(f"{release['name']} ({release['standing']}), as known at {release['as_of'][:10]}")

asked = {"place": PLACE, "measure": "execution", "mode": "offshore", "cut": "market", "span": "quarter,quarter_base"}
amounts: dict[str, dict[str, int | None]] = {}
names: dict[str, str] = {}
for page in pages(release["links"]["cells"], **asked, limit="200"):
    names |= page["members"].get("market", {})
    for cell in page["cells"]:
        # Anything but F is withheld: there is a cell, but no amount.
        amounts.setdefault(cell["member"], {})[cell["span"]] = cell["usd_cents"] if cell["status"] == "F" else None

for market, spans in sorted(amounts.items()):
    # A cell that is not listed at all is a zero.
    now, base = spans.get("quarter", 0), spans.get("quarter_base", 0)
    growth = f"{100 * (now / base - 1):+.2f} %" if now is not None and base else "no growth"
    print(f"{market}  {names[market]}  {'withheld' if now is None else f'US${now / 100:,.2f}'}  {growth}")
