"""Who did what, for the administrators."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.filings.desk.history import people_named, who
from portal.filings.forms_desk import JournalForm
from portal.journal.queries import Sought, entries_sought
from portal.journal.words import kind_in_words, said, verb_in_words
from portal.members.access import requires_staff
from portal.members.models import Firm
from portal.members.roles import Permission

ENTRIES_A_PAGE = 50


@require_GET
@requires_staff(Permission.JOURNAL_VIEW)
def journal(request: HttpRequest) -> HttpResponse:
    """The journal, newest first; what could not be read of the filters is said, and narrows nothing."""
    form = JournalForm(request.GET)
    form.is_valid()
    page = Paginator(entries_sought(_sought(form)), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    people = people_named(entry.actor for entry in entries)
    firms = Firm.objects.filter(credit_code__in={entry.firm_code for entry in entries if entry.firm_code})
    names = dict(firms.values_list("credit_code", "name_zh"))
    rows = [
        {
            "entry": entry,
            "verb": verb_in_words(entry.verb),
            "kind": kind_in_words(entry.target_kind),
            "by": who(entry.actor, people),
            "firm": names.get(entry.firm_code, ""),
            "said": list(said(entry)),
        }
        for entry in entries
    ]
    return render(request, "desk/journal.html", {"form": form, "page": page, "rows": rows})


def _sought(form: JournalForm) -> Sought:
    values = form.cleaned_data
    return Sought(
        verb=values.get("verb", ""),
        firm_code=values.get("firm", "").strip().upper(),
        person=values.get("person"),
        since_on=values.get("since_on"),
        until_on=values.get("until_on"),
    )
