"""Figures on the editing desk: what a block will say, and what a newer release says differently."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing.actions.updating import update_figures, why_not_update
from portal.publishing.asked import Asked, asked_of
from portal.publishing.document import Figure
from portal.publishing.forms_figures import FigureForm, UpdateForm
from portal.publishing.freezing_figures import told_of, why_not_told
from portal.publishing.models import Article, Issue
from portal.publishing.staleness import StaleText, stale_published, stale_texts, stale_within
from portal.publishing.workspace import life_address, text_named

Text = Article | Issue


@require_safe
def figure_preview(request: HttpRequest) -> HttpResponse:
    """What a figure block would say, as a fragment; or what is still to be chosen."""
    form = FigureForm(request.GET)
    if not form.is_valid():
        return _fragment(request, problem=_("Choose a release and a place."))
    if wrong := why_not_told(form.cleaned_data):
        return _fragment(request, problem=wrong[1])
    asked = asked_of("figure", form.cleaned_data, "zh-hans")
    with override(asked.language):
        told, drawing = told_of(asked), _drawing(asked)
    return _fragment(request, told=told, drawing=drawing, language=asked.language)


def _fragment(request: HttpRequest, told: Figure | None = None, **values: str) -> HttpResponse:
    return render(request, "publishing/desk/_figure.html", {"told": told, **values})


def _drawing(asked: Asked) -> str:
    """The public address of the chart's drawing."""
    if asked.form != "chart":
        return ""
    address = reverse("statistics:place-chart", args=[asked.release, asked.place, asked.chart, "svg"])
    return f"{address}?{urlencode({'currency': asked.currency})}"


@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """All texts with figures that a newer release says differently."""
    return render(request, "publishing/desk/figure_list.html", {"rows": stale_texts()})


@require_http_methods(["GET", "HEAD", "POST"])
def figure_detail(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Old and new beside each other, and one button that takes the new over: of an issue, in all that it holds."""
    text = text_named(kind, pk)
    typed = UpdateForm(request.POST) if request.method == "POST" else None
    if typed and typed.is_valid():
        try:
            moved = update_figures(text=text, by=request.user, at=clock.now(), note=typed.cleaned_data["note"])
        except Refused as refusal:
            typed.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Figures updated: %(count)d. The text is a draft again.") % {"count": len(moved)}
            )
            return redirect(life_address(text))
    context = {"text": text, "kind": kind, "published": stale_published(text), "life_href": life_address(text)}
    context |= beside(text, request.user) | ({"update": typed} if typed else {})
    return render(request, "publishing/desk/figure_detail.html", context, status=422 if typed else 200)


def beside(text: Text, by: User) -> dict[str, object]:
    """What differs in a text, and of an issue in its articles; the form that takes it over, or why it cannot be now."""
    found = stale_within(text)
    return {"stale": found, "update": _form(found), "why_not_update": found and why_not_update(text, found, by)}


def _form(found: list[StaleText]) -> UpdateForm:
    """With a note offered, in the language of the note that readers see beside a correction."""
    releases = sorted({row.newer for one in found for row in one.working})
    with override("zh-hans"):
        note = _("Figures as corrected in release %(releases)s.") % {"releases": _(", ").join(releases)}
    return UpdateForm(initial={"note": note}, auto_id="update_%s")
