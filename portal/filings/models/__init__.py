"""The ledger's rows. Only the modules are named here: figures are asked of filings.queries alone."""

from portal.filings.models import contract, filing, period, upload

__all__ = ["contract", "filing", "period", "upload"]
