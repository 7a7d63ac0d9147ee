"""The ledger's rows. Only the modules are named here: figures are asked of filings.queries alone."""

from portal.filings.models import (
    calling,
    contract,
    evidence,
    filing,
    grid,
    ledger,
    period,
    query,
    receipt,
    rule,
    upload,
)

__all__ = [
    "calling", "contract", "evidence", "filing", "grid", "ledger", "period", "query", "receipt", "rule", "upload",
]  # fmt: skip
