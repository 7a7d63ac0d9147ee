"""The table builder: a question is an address. Three steps, each a form that asks by GET."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.statistics.builder import steps, wording
from portal.statistics.builder.asking import Question, parse
from portal.statistics.builder.counting import FILE_LIMIT, PAGE_LIMIT, Answer, TooMany, answer
from portal.statistics.builder.csv import as_csv
from portal.statistics.builder.json_stat import as_json
from portal.statistics.builder.page import doubts_of, table_page
from portal.statistics.builder.selecting import Selection, selection
from portal.statistics.builder.xlsx import as_xlsx
from portal.statistics.queries import latest_of_each_period, published_releases
from portal.ui.http import public

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@public
@require_safe
def table_index(request: HttpRequest) -> HttpResponse:
    """The first step: ready-made questions, and what to count."""
    question = _asked(request)
    context = {
        "ready": steps.ready_made() if published_releases() else [],
        "figures": steps.figure_parts(question),
        "division": steps.division_part(question),
        "carried": steps.carried(question, ("release", "period", "span", "place", question.cut)),
        "steps": _steps(question, 1),
    }
    return render(request, "statistics/table_index.html", context)


@public
@require_safe
def table_choose(request: HttpRequest) -> HttpResponse:
    """The second step: which members, and how many cells that makes."""
    question = _asked(request)
    chosen = selection(question)
    context = {
        "question": question,
        "kick": wording.kick(question),
        "size": chosen.size,
        "is_too_large": chosen.size > PAGE_LIMIT,
        "limit": PAGE_LIMIT,
        "file_limit": FILE_LIMIT,
        "parts": steps.member_parts(chosen, latest_of_each_period()),
        "figures": steps.figure_parts(question),
        "layout": steps.layout_part(question),
        "doubts": doubts_of(chosen),
        "steps": _steps(question, 2),
    }
    return render(request, "statistics/table_choose.html", context)


@public
@require_safe
def table_detail(request: HttpRequest) -> HttpResponse:
    """The table. An address in other words is led to the one that every link has."""
    question = _asked(request)
    if not question.doubts and list(request.GET.lists()) != list(QueryDict(question.query).lists()):
        return redirect(f"{reverse('statistics:table-detail')}?{question.query}")
    try:
        page = table_page(answer(question))
    except TooMany as refusal:
        return _too_many(request, question, selection(question), refusal)
    context = {
        "page": page,
        "question": question,
        "steps": _steps(question, 3),
        "files": _files(page.frozen or question.query),
        "frozen_address": _absolute(request, page.frozen) if page.frozen else "",
        "live_address": _absolute(request, page.live),
    }
    return render(request, "statistics/table_detail.html", context)


@public
@require_safe
def table_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same answer as a file, with every key of it."""
    if form not in TYPES:
        raise Http404
    question = _asked(request)
    try:
        found = answer(question, FILE_LIMIT)
    except TooMany as refusal:
        return _too_many(request, question, selection(question), refusal)
    writers: dict[str, Callable[[Answer], bytes]] = {
        "csv": as_csv,
        "json": as_json,
        "xlsx": lambda told: as_xlsx(told, _absolute(request, told.frozen.query)),
    }
    name = "-".join(["table", *(row.name for row in found.releases[-1:])])
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.{form}")}
    return HttpResponse(writers[form](found), content_type=TYPES[form], headers=headers)


def _asked(request: HttpRequest) -> Question:
    return parse(dict(request.GET.lists()))


def _too_many(request: HttpRequest, question: Question, chosen: Selection, refusal: TooMany) -> HttpResponse:
    context = {
        "question": question,
        "refusal": refusal,
        "sizes": [(row.label, len(row.members)) for row in chosen.dimensions if len(row.members) > 1],
        "files": _files(question.query) if refusal.cells <= FILE_LIMIT else [],
        "steps": _steps(question, 3),
    }
    return render(request, "statistics/table_too_large.html", context, status=400)


def _absolute(request: HttpRequest, query: str) -> str:
    return request.build_absolute_uri(f"{reverse('statistics:table-detail')}?{query}")


def _files(query: str) -> list[tuple[str, str, str]]:
    """(label, address, note) of the files of a table."""

    def file(form: str) -> str:
        return f"{reverse('statistics:table-file', args=[form])}?{query}"

    return [
        (_("Laid out as here"), file("xlsx"), "XLSX"),
        (_("Long table"), file("csv"), "CSV"),
        (_("For programs"), file("json"), "JSON-stat 2.0"),
    ]


def _steps(question: Question, current: int) -> list[dict[str, str]]:
    names = [
        (_("What to count"), "statistics:table-index"),
        (_("Which members"), "statistics:table-choose"),
        (_("The table"), "statistics:table-detail"),
    ]
    return [
        {
            "label": label,
            "href": f"{reverse(name)}?{question.query}" if number != current else "",
            "state": "current" if number == current else "done" if number < current else "todo",
        }
        for number, (label, name) in enumerate(names, start=1)
    ]
