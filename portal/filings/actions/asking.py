"""The association's side of a question pinned to a cell: ask, ask further, settle, withdraw. None touches a figure."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions.notices import notify, path_of
from portal.filings.actions.steps import locked
from portal.filings.differences import kept_columns
from portal.filings.emails import write_to_firm
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.query import Query, Remark
from portal.filings.policies import why_not_ask
from portal.filings.queries import entry_of_line, newest_version
from portal.filings.sheet import Kind
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.words import gettext_noop
from portal.members.models import User

LONGEST_TEXT = 2000


@transaction.atomic
def ask(*, version: Version, line_key: UUID, field: str, text: str, due_on: date, by: User, at: datetime) -> Query:
    """Pin a question to one cell of a version that waits for review. The filing stays where it is."""
    seen_at, version = version.submitted_at, locked(version)
    if reason := why_not_ask(version, seen_at):
        raise Refused(reason)
    text = _checked(text, due_on, at)
    line = version.lines.select_related("contract").filter(key=line_key).first()
    if line is None or field not in asked_fields(line.kind):
        raise Refused(_("This version has no such cell."))
    if Query.objects.running(version.filing_id).filter(line_key=line_key, field=field).exists():
        raise Refused(_("There is a question about this cell already. Ask further in its thread."))
    query = Query.objects.create(
        firm=version.firm, filing=version.filing, version_number=version.number, line_key=line_key, field=field,
        found=cell_of(line, field), asked_at=at, asked_by=by.key, due_on=due_on,
    )  # fmt: skip
    _say(query, text, by, at)
    _tell(query, "query.asked", by=by, at=at, contract=line.contract.number, text=text)
    return query


@transaction.atomic
def ask_further(*, query: Query, text: str, due_on: date, by: User, at: datetime) -> Query:
    """Open a question again (or say more while it is open), with a new day to answer by."""
    query = _held(query)
    if query.state not in (Query.State.OPEN, Query.State.ANSWERED):
        raise Refused(_("This question has been closed."))
    text = _checked(text, due_on, at)
    query.state, query.due_on = Query.State.OPEN, due_on
    query.save(update_fields=["state", "due_on"])
    _say(query, text, by, at)
    _tell(query, "query.asked_further", by=by, at=at, text=text)
    return query


@transaction.atomic
def settle(*, query: Query, by: User, at: datetime) -> Query:
    """The answer will do."""
    query = _held(query)
    if query.state != Query.State.ANSWERED:
        raise Refused(_("Only a question that has been answered can be settled."))
    return _closed(query, Query.State.SETTLED, "query.settled", by=by, at=at)


@transaction.atomic
def withdraw_question(*, query: Query, by: User, at: datetime) -> Query:
    """Take a question back; its thread stays to be read."""
    query = _held(query)
    if query.state not in (Query.State.OPEN, Query.State.ANSWERED):
        raise Refused(_("This question has been closed."))
    return _closed(query, Query.State.WITHDRAWN, "query.withdrawn", by=by, at=at)


def settle_answered(filing: Filing, *, by: User, at: datetime) -> None:
    """What was answered is settled by the approval, one by one in the journal."""
    for query in Query.objects.filter(filing=filing.pk, state=Query.State.ANSWERED):
        query.firm = filing.firm
        _closed(query, Query.State.SETTLED, "query.settled", by=by, at=at)


def asked_fields(kind: str) -> list[str]:
    """The cells of a line that a firm fills, and that can be asked about."""
    return [column.field for column in kept_columns(Kind(kind))]


def cell_of(line: Line, field: str) -> str:
    """What stands in a cell, as it would be typed."""
    return entry_of_line(line).raw.get(field, "")[:300]


def _checked(text: str, due_on: date, at: datetime) -> str:
    text = text.strip()
    if not text:
        raise Refused(_("Write what you want to know."))
    if len(text) > LONGEST_TEXT:
        raise Refused(_("A question has at most %(number)d characters.") % {"number": LONGEST_TEXT})
    if due_on < timezone.localdate(at):
        raise Refused(_("The day to answer by lies in the past."))
    return text


def _held(query: Query) -> Query:
    """The question under lock, and its filing's newest version with it: decisions and answers wait."""
    version = locked(newest_version(query.filing))
    if reason := why_not_ask(version):
        raise Refused(reason)
    return Query.objects.select_for_update(of=("self",)).select_related("firm", "filing").get(pk=query.pk)


def _say(query: Query, text: str, by: User, at: datetime) -> None:
    Remark.objects.create(
        query=query, firm=query.firm, side=Remark.Side.ASSOCIATION, text=text, made_at=at, made_by=by.key
    )


def _closed(query: Query, state: str, verb: str, *, by: User, at: datetime) -> Query:
    query.state, query.settled_at, query.settled_by = state, at, by.key
    query.save(update_fields=["state", "settled_at", "settled_by"])
    record_question(query, verb, by=by, at=at)
    return query


def _tell(query: Query, verb: str, *, by: User, at: datetime, **after: str) -> None:
    """Into the journal, onto the firm's workspace, and to its people by e-mail."""
    period, day = query.filing.period_id, query.due_on.isoformat()
    record_question(query, verb, by=by, at=at, due_on=day, **after)
    message = gettext_noop("The association asks about your filing for %(period)s. Please answer by %(day)s.")
    values = {"period": period, "day": day}
    notify(firm=query.firm, message=message, values=values, address=path_of("filings:query-list", period), at=at)
    write_to_firm(firm=query.firm, letter="asked", values=values, at=at)


def record_question(query: Query, verb: str, *, by: User, at: datetime, **after: object) -> None:
    """One entry of the journal, under the filing: where the question stands, and what was said."""
    record(
        actor=by.key, verb=verb, kind="filing", key=query.filing_id, at=at, firm_code=query.firm.credit_code,
        after={"question": query.pk, "version": query.version_number, "cell": query.field} | after,
    )  # fmt: skip
