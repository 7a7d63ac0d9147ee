"""When figures come: the release calendar for programs."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query

from portal.lib import clock
from portal.lib.words import gettext_noop
from portal.statistics.api import examples, releases, schemas
from portal.statistics.api.formats import Format, chosen
from portal.statistics.api.operations import as_bytes
from portal.statistics.api.questions import AskedAsJson
from portal.statistics.api.releases import local
from portal.statistics.api.replies import FRESH_SECONDS, Reply
from portal.statistics.api.service import offered
from portal.statistics.calendars import Date, Earlier, dates
from portal.ui.rendering import in_chinese


@offered(
    "/calendar",
    name="date-list",
    answer=schemas.Calendar,
    example=examples.CALENDAR,
    summary=gettext_noop("The release calendar"),
    description=gettext_noop("When figures come or came, soonest first, with the dates that were given up and why."),
    tag="figures",
)
def date_list(request: HttpRequest, asked: Query[AskedAsJson]) -> HttpResponseBase:
    chosen(request, (Format.JSON,))
    found = dates(clock.now())
    moments = [moment for date in found for moment in _moments(date)]
    reply = Reply(
        write=lambda: as_bytes({"dates": [_as_json(date) for date in found]}),
        marks=[date.said_at for date in found] + moments,
        changed_at=max([*moments, releases.editions_now().made_at]),
        seconds=FRESH_SECONDS,
    )
    return reply.to(request)


def _moments(date: Date) -> list:
    """When something was said of a date, or its figures came."""
    return [date.said_at, date.came.published_at] if date.came else [date.said_at]


def _as_json(date: Date) -> dict[str, object]:
    return {
        "period": date.period,
        "standing": date.standing,
        "status": date.status,
        "release_at": local(date.release_at),
        "said_at": local(date.said_at),
        "earlier": [_given_up(before) for before in date.earlier],
        "release": date.came.release if date.came else None,
        "published_at": local(date.came.published_at) if date.came else None,
    }


def _given_up(before: Earlier) -> dict[str, str]:
    reason = before.reason_zh if in_chinese() else before.reason_en
    return {"release_at": local(before.release_at), "reason": reason}
