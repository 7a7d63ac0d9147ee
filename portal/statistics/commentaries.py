"""What statisticians said of places, signed: the newest stands beside the bridge, earlier ones are kept."""

from dataclasses import dataclass
from datetime import datetime

from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Commentary
from portal.ui.rendering import in_chinese


@dataclass(frozen=True)
class Signed:
    """One commentary."""

    text_zh: str
    text_en: str
    signed_as: str
    signed_at: datetime

    @property
    def text(self) -> str:
        return self.text_zh if in_chinese() else self.text_en


def commentaries_of(release: ReleaseInfo, place: str) -> list[Signed]:
    """All that were signed, newest first."""
    rows = Commentary.objects.filter(release=release.pk, place=place).order_by("-signed_at", "-pk")
    return [Signed(*row) for row in rows.values_list("text_zh", "text_en", "signed_as", "signed_at")]


def newest_commentary(release: ReleaseInfo, place: str) -> Signed | None:
    """The one that counts: one query."""
    rows = Commentary.objects.filter(release=release.pk, place=place).order_by("-signed_at", "-pk")
    row = rows.values_list("text_zh", "text_en", "signed_as", "signed_at").first()
    return Signed(*row) if row else None
