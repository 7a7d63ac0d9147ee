"""A period's page, its history, its workbook, and the nil return."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings.actions.submission import declare_nil
from portal.filings.exports import workbook
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.upload import Upload
from portal.filings.policies import why_not_nil, why_not_reopen, why_not_submit, why_not_withdraw
from portal.filings.queries import totals
from portal.filings.telling import reason_in_words
from portal.filings.views.firm_changes import changes_in_words
from portal.filings.views.firm_grid_page import unfinished_in_words
from portal.filings.views.firm_room import (
    draft_in,
    firm_page,
    letters_opened,
    refuse,
    standing_in,
    steps,
    version_in,
    why_closed,
)
from portal.filings.views.firm_sheet import blocking_list, drawn, idle_rows
from portal.filings.views.firm_talk import by_row, questions_about, with_talk
from portal.filings.workspace.contracts import counted_upstream
from portal.filings.workspace.evidence import current_papers
from portal.filings.workspace.history import VersionStory, journal_of, people_of, version_stories
from portal.filings.workspace.periods import Standing, typing_in
from portal.filings.workspace.questions import threads_of
from portal.filings.workspace.sheets import Sheet, sheet_of
from portal.journal.models import Entry as JournalEntry
from portal.journal.words import said, verb_in_words
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOADS_SHOWN = 5
STEPS_A_PAGE = 20


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_detail(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    lists, returned = code_lists(), _returned(stand)
    sheet = sheet_of(stand.filing, stand.version, lists=lists, on=clock.today())
    is_open = why_closed(stand) is None
    threads = questions_about(stand, lists)
    talk = by_row(stand.version, threads)
    letters_opened(request, [returned] if returned else [])
    context = {
        "stand": stand,
        "typing": typing_in([stand.version])[stand.version.pk] if stand.version else None,
        "steps": steps(stand, "receipt" if stand.is_handed_over else "sheet"),
        "is_open": is_open,
        "contracts": [with_talk(drawn(row, is_open), talk) for row in sheet.contracts],
        "groups": [(mode, [with_talk(drawn(row, is_open), talk) for row in rows]) for mode, rows in sheet.groups],
        "idle": idle_rows(sheet, period),
        "asked": [thread for thread in threads if thread.is_open],
        "answered": [thread for thread in threads if thread.is_answered],
        "paper_count": current_papers(stand.filing).count,
        "left_out": _left_out(sheet),
        "blocking": blocking_list(sheet, period) if is_open else None,
        "meter": _meter(sheet),
        "totals": totals(stand.version) if stand.version else None,
        "returned": returned,
        "closed": _closed(stand),
        "uploads": _uploads(stand),
        "unfinished": unfinished_in_words(stand, clock.today()),
    }
    return firm_page(request, firm, "filings/filing_detail.html", context)


def _left_out(sheet: Sheet) -> set[int]:
    """The contracts whose work is counted with an approved prime contract."""
    contracts = [row.contract for row in sheet.rows]
    primes = counted_upstream(contracts, clock.now())
    return {row.pk for row in contracts if (row.upstream_firm, row.upstream_number) in primes}


def _meter(sheet: Sheet) -> dict[str, float]:
    total = len(sheet.executions)
    due = sum(row.stored is not None and row.blocks for row in sheet.executions)
    done = sheet.filled_count - due
    return {
        "total": total,
        "filled": sheet.filled_count,
        "done": done,
        "due": due,
        "empty": total - sheet.filled_count,
        "done_percent": round(done / total * 100, 2) if total else 0,
        "due_percent": round(due / total * 100, 2) if total else 0,
    }


def _returned(stand: Standing) -> Version | None:
    """The version that came back, until its rework has been handed over."""
    if stand.version is None or stand.version.status not in (Status.RETURNED, Status.DRAFT):
        return None
    earlier = stand.filing.versions.filter(number__gte=stand.version.number - 1, status=Status.RETURNED)
    return earlier.order_by("-number").first()


def _closed(stand: Standing) -> dict[str, str | None]:
    """Why each act is closed now; None where it is open."""
    today, version = clock.today(), stand.version
    not_begun = _("Nothing has been filed for this period yet.")
    return {
        "fill": why_closed(stand),
        "submit": why_not_submit(version, today) if version else not_begun,
        "withdraw": why_not_withdraw(version) if version else not_begun,
        "reopen": why_not_reopen(stand.filing) if version else not_begun,
    }


def _uploads(stand: Standing) -> list[Upload]:
    return list(Upload.objects.filter(filing=stand.filing)[:UPLOADS_SHOWN]) if stand.filing.pk else []


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_history(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    filing = version_in(firm, period).filing
    lists = code_lists()
    journal = Paginator(journal_of(filing), STEPS_A_PAGE).get_page(request.GET.get("page"))
    names = people_of(firm, {entry.actor for entry in journal if entry.actor})
    context = {
        "filing": filing,
        "stories": [_story(story, lists) for story in version_stories(filing)],
        "threads": threads_of(filing, on=clock.today(), lists=lists, for_firm=True),
        "journal": journal,
        "steps_taken": [_step(entry, names.get(entry.actor, "")) for entry in journal],
    }
    return firm_page(request, firm, "filings/filing_history.html", context)


def _story(story: VersionStory, lists: CodeLists) -> dict[str, object]:
    changes = changes_in_words(story.changes, lists) if story.changes is not None else None
    return {"version": story.version, "changes": changes}


def _step(entry: JournalEntry, name: str) -> dict[str, object]:
    """A journal entry in words; who is not of the firm is the association."""
    details = [f"{item.name} {item.after}" for item in said(entry)] if entry.verb == "filing.saved" else []
    if "file" in entry.after:
        details.append(str(entry.after["file"]))
    if "reason" in entry.after:
        details.append(reason_in_words(str(entry.after["reason"])))
    return {
        "at": entry.at,
        "verb": verb_in_words(entry.verb),
        "version": entry.after.get("version"),
        "by": name or _("The association"),
        "details": details,
    }


@require_GET
@requires_firm(Permission.FILING_VIEW)
def workbook_download(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    content = workbook(stand.filing, stand.version, code_lists())
    name = f"{firm.credit_code}-{period}.xlsx"
    return HttpResponse(
        content, content_type=WORKBOOK_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _why_not_nil(stand: Standing) -> str | None:
    return why_closed(stand) or (why_not_nil(stand.version) if stand.version else None)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def filing_nil(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    if request.method == "GET":
        return firm_page(request, firm, "filings/filing_nil.html", {"stand": stand, "closed": _why_not_nil(stand)})
    try:
        with transaction.atomic():
            declare_nil(version=draft_in(stand, request), by=request.user, at=clock.now())
    except Refused as refusal:
        refuse(request, refusal)
        return redirect("filings:filing-detail", period)
    messages.success(request, _("The draft says now that there was no business. Check it and submit it."))
    return redirect("filings:filing-check", period)
