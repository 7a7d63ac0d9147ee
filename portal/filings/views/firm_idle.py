"""Running contracts on which nothing happens: said once above the rows, not in each of them."""

from collections.abc import Iterable

from portal.filings.models.contract import Contract
from portal.filings.sheet import Finding

IDLE = "N1"


def is_idle(item: Finding) -> bool:
    return item.code == IDLE


def without_idle(found: Iterable[Finding]) -> list[Finding]:
    return [item for item in found if not is_idle(item)]


def idle_point(where: str, href: str, contract: Contract) -> dict[str, object]:
    """One of them: its row in words, the way there, and the contract."""
    return {"where": where, "href": href, "contract": contract}
