"""An administrator looks at a firm's workspace. Nothing can be pressed there; that it was looked at is on record."""

from datetime import datetime

from portal.members.actions.entries import journal_firm
from portal.members.models import Firm, User


def start_viewing(*, firm: Firm, until: datetime, by: User, at: datetime) -> None:
    journal_firm("firm.viewing_started", firm, by, at, after={"until": until.isoformat(timespec="minutes")})


def record_page_seen(*, firm: Firm, path: str, by: User, at: datetime) -> None:
    journal_firm("firm.page_viewed", firm, by, at, after={"page": path[:200]})


def end_viewing(*, firm: Firm, by: User, at: datetime) -> None:
    journal_firm("firm.viewing_ended", firm, by, at)
