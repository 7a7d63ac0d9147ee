"""Receipts read: the one of a version, and what a public page may say of one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Filing, Version
from portal.filings.models.receipt import Receipt
from portal.lib.codes import bare, is_same_code, random_code

# Of a firm's name, so much is shown to whoever has a receipt's number and code.
_SHOWN_OF_NAME = 2
_LONGEST_NUMBER = 40


class Force(StrEnum):
    """Whether what a receipt confirms still counts."""

    WAITING = "waiting"
    APPROVED = "approved"
    OVERTAKEN = "overtaken"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Confirmation:
    """What anybody learns who has number and code: no figure, and of the name its beginning."""

    number: str
    period: str
    version: int
    issued_at: datetime
    firm: str
    force: Force
    approved_at: datetime | None


def newest_receipt(version: Version) -> Receipt | None:
    """The receipt of a version's last submission; receipts of withdrawn ones stay beside it."""
    return version.receipts.order_by("-issued_at", "-pk").first()


def receipts_of(filing: Filing) -> QuerySet[Receipt]:
    """Every receipt of a filing, the newest first."""
    return Receipt.objects.filter(version__filing=filing).select_related("version").order_by("-issued_at", "-pk")


def force_of(receipt: Receipt) -> Force:
    """What the submission stands for now. A next version overtakes it when it is handed in, as long as this one was
    not approved; an approved one counts until its successor is approved."""
    version = receipt.version
    if version.status in (Status.SUPERSEDED, Status.AMENDED) or newest_receipt(version) != receipt:
        return Force.OVERTAKEN
    if version.status == Status.APPROVED:
        return Force.APPROVED
    if version.status == Status.SUBMITTED:
        return Force.WAITING
    later = version.filing.versions.filter(number__gt=version.number, submitted_at__isnull=False)
    return Force.OVERTAKEN if later.exists() else Force.REOPENED


def confirmation(number: str, code: str) -> Confirmation | None:
    """What a receipt confirms, or nothing when number and code do not belong together.

    The code is compared in constant time, and against something even where no such number exists.
    """
    rows = Receipt.objects.select_related("version__filing", "firm")
    receipt = rows.filter(number__iexact=written_number(number)).first()
    if not is_same_code(code, receipt.check_code if receipt else random_code(4)) or receipt is None:
        return None
    force = force_of(receipt)
    return Confirmation(
        number=receipt.number,
        period=receipt.version.filing.period_id,
        version=receipt.version.number,
        issued_at=receipt.issued_at,
        firm=masked(receipt.content.get("name_zh", "") or receipt.firm.name_zh),
        force=force,
        approved_at=receipt.version.approved_at if force == Force.APPROVED else None,
    )


def written_number(typed: str) -> str:
    """A number as receipts write it, however it was typed: `2020q1 00001k v1 k7rm` is `2020Q1-00001K-V1-K7RM`."""
    text = bare(typed[: 2 * _LONGEST_NUMBER])
    if len(text) < 17:
        return text
    return "-".join((text[:6], text[6:12], text[12:-4], text[-4:]))


def masked(name: str) -> str:
    """`示例云数据服务有限公司` as `示例……`: enough to know one's own."""
    return f"{name[: min(_SHOWN_OF_NAME, max(len(name) - 1, 0))]}……"
