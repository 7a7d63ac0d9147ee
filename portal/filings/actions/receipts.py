"""What a firm gets in hand for each submission: written once, with a code that a public page confirms."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

from portal.filings.differences import Stored
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Version
from portal.filings.models.receipt import Receipt
from portal.filings.rows import LINE_VALUES
from portal.filings.workspace.figures import Figures, tallied
from portal.lib.codes import random_code
from portal.members.models import User

# More rows are counted and summed on the paper, not listed.
LISTED_LINES = 500
_FIELDS = (
    "kind", "on", "currency_id", "amount_cents", "usd_cents", "cny_cents", "market_id", "category_id", "mode",
    "receipt_number",
)  # fmt: skip
_chosen = itemgetter(*map(LINE_VALUES.index, _FIELDS))


def issue_receipt(
    *, version: Version, stored: Sequence[Stored], ledger: Mapping[int, Contract], by: User, at: datetime
) -> Receipt:
    """The receipt of a version that is being submitted, in the transaction of the submission: of its entries as they
    were read for the rules.

    Where two people signed, `filed_by` is the first and `certified_by` the one who submitted.
    """
    digest, lines, sums = _said(version, stored, ledger)
    figures = {name.removesuffix("_cents"): asdict(row) for name, row in sums.items()}
    count = figures["usd"]["lines"]
    is_certified = version.filed_by is not None and version.filed_by != by.key
    return Receipt.objects.create(
        firm=version.firm,
        version=version,
        number=_number(version),
        check_code=random_code(4),
        issued_at=at,
        filed_by=version.filed_by if is_certified else by.key,
        certified_by=by.key if is_certified else None,
        line_count=count,
        signed_cents=figures["usd"]["signed"],
        executed_cents=figures["usd"]["executed"],
        digest=digest,
        content={
            "name_zh": version.firm.name_zh,
            "name_en": version.firm.name_en,
            "is_nil": version.is_nil,
            "figures": figures,
            "lines": lines if count <= LISTED_LINES else [],
        },
    )


def _number(version: Version) -> str:
    """`2020Q1-00001K-v1-K7RM`: period, end of the credit code, version, and what tells two submissions apart."""
    return f"{version.filing.period_id}-{version.firm.credit_code[-6:]}-v{version.number}-{random_code(1)}"


def _said(
    version: Version, stored: Sequence[Stored], ledger: Mapping[int, Contract]
) -> tuple[str, list[list], dict[str, Figures]]:
    """The digest of all lines in their order, the first of them as the paper lists them, and their sums in both
    currencies."""
    digest = sha256(_packed([version.firm.credit_code, version.filing.period_id, version.number, version.is_nil]))
    lines, sums = [], defaultdict(lambda: [0, 0, 0])
    for item in stored:
        if item.values is None:
            continue
        contract = ledger[item.contract]
        kind, on, currency, amount, usd, cny, *_places, mode, _receipt = rest = _chosen(item.values)
        digest.update(_packed([kind, contract.number, contract.name, *rest[1:]]))
        if len(lines) < LISTED_LINES:
            lines.append([kind, contract.number, contract.name, on.isoformat(), currency, amount, usd])
        sums[kind, mode] = [had + more for had, more in zip(sums[kind, mode], (usd, cny, 1), strict=True)]
    return digest.hexdigest(), lines, tallied((*key, *added) for key, added in sums.items())


def _packed(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str, separators=(",", ":")).encode() + b"\n"
