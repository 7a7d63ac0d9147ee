"""A notice begun by itself: of the newest policies, or of the newest release. It is written on, checked and published
as every text, and can then be sent to its list."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib.acts import Refused
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.actions.writing import edited
from portal.publishing.lifecycle import Kind
from portal.publishing.models import Article, Mailing, Policy, Topic
from portal.statistics.dimensions import NATION
from portal.statistics.queries import published_releases
from portal.statistics.wording import quarter_name

MOST = 10
LANGUAGE = "zh-hans"


@transaction.atomic
def begin_notice(*, topic: str, by: User, at: datetime) -> Article:
    """A draft with a card for each policy since the list's last letter, or with the brief of the newest release."""
    if not may(by, Permission.PUBLICATION_EDIT):
        raise Refused(_("You may not do this."))
    with override(LANGUAGE):
        title, body = _policies() if topic == Topic.POLICIES else _release()
    text = Article(kind=Kind.NOTICE, language=LANGUAGE, title=title)
    text.body = body
    text.save()
    text.save_revision(user=by, clean=False)
    return edited(text=text, by=by, at=at)


def _policies() -> tuple[str, list[dict[str, Any]]]:
    rows = Policy.objects.filter(is_public=True)
    last = Mailing.objects.filter(topic=Topic.POLICIES).order_by("-prepared_at").first()
    if last is not None:
        rows = rows.filter(published_on__gte=timezone.localdate(last.prepared_at))
    found = list(rows[:MOST])
    if not found:
        raise Refused(_("No policy was published since the last letter of this list."))
    return _("New policies"), [_block("policy", {"policy": row.pk}) for row in found]


def _release() -> tuple[str, list[dict[str, Any]]]:
    newest = next(iter(published_releases()), None)
    if newest is None:
        raise Refused(_("No release is public yet."))
    asked = {
        "form": "brief", "release": newest.name, "place": NATION, "indicator": "", "table": "", "chart": "",
        "currency": "usd", "language": "", "note": "",
    }  # fmt: skip
    title = _("Figures of the %(period)s are published") % {"period": quarter_name(newest.quarter)}
    return title, [_block("figure", asked)]


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid4()), "type": kind, "value": value}
