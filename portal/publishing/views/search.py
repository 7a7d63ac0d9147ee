"""Search over everything public."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.publishing.search.finding import A_PAGE, Finding, found
from portal.ui.http import public

MOST_DIGITS = 4
KINDS = {
    "article": gettext_lazy("Articles"), "notice": gettext_lazy("Notices"), "event": gettext_lazy("Events"),
    "newsletter": gettext_lazy("Newsletter"), "handbook": gettext_lazy("Handbooks"),
    "policy": gettext_lazy("Policies"), "term": gettext_lazy("Terms"), "catalogue": gettext_lazy("Catalogue"),
    "trade": gettext_lazy("Service-trade categories"), "member": gettext_lazy("Members"),
    "city": gettext_lazy("Demonstration cities"), "entrance": gettext_lazy("Entrances"),
    "contact": gettext_lazy("Contacts"), "release": gettext_lazy("Releases"),
    "place": gettext_lazy("Figures of places"), "glossary": gettext_lazy("Glossary of figures"),
}  # fmt: skip


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results by kind with the match shown; without a question, what can be found here."""
    asked = request.GET
    finding = found(asked.get("q", ""), asked.get("kind", ""), _number(asked.get("page", "")))
    results = [(KINDS[one.kind], one) for one in finding.results]
    context = {
        "finding": finding, "results": results, "kinds": _tabs(finding), "steps": _steps(finding),
        "first": (finding.number - 1) * A_PAGE + 1, "kind_name": KINDS.get(finding.kind, ""),
    }  # fmt: skip
    return render(request, "publishing/search.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 1


def _address(finding: Finding, kind: str, page: int = 1) -> str:
    asked = {"q": finding.typed} | ({"kind": kind} if kind else {}) | ({"page": page} if page > 1 else {})
    return f"{reverse('publishing:search')}?{urlencode(asked)}"


def _tabs(finding: Finding) -> list[dict[str, object]]:
    """All kinds that have something, and all together."""
    rows = [("", _("Everything"), finding.total), *((kind, KINDS[kind], count) for kind, count in finding.counts)]
    return [
        {"label": label, "href": _address(finding, kind), "count": count, "current": kind == finding.kind}
        for kind, label, count in rows
    ]


def _steps(finding: Finding) -> dict[str, object]:
    """The pages before and after this one."""
    number, last = finding.number, finding.last_number
    return {
        "number": number, "last": last,
        "before": _address(finding, finding.kind, number - 1) if number > 1 else "",
        "after": _address(finding, finding.kind, number + 1) if number < last else "",
    }  # fmt: skip
