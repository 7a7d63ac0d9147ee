"""Figures on the editing desk: what a block will say, and what a newer release says differently."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.updating import update_figures, why_not_update
from portal.publishing.asked import Asked, asked_of
from portal.publishing.document import Figure
from portal.publishing.forms_figures import FigureForm, UpdateForm
from portal.publishing.freezing_figures import told_of, why_not_told
from portal.publishing.models import Article
from portal.publishing.staleness import StaleText, stale, stale_published, stale_texts


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
    finder = AdminURLFinder(request.user)
    rows = [
        {"one": one, "edit_href": finder.get_edit_url(one.text), "href": _compare_href(one)} for one in stale_texts()
    ]
    return render(request, "publishing/desk/figure_list.html", {"rows": rows})


def _compare_href(one: StaleText) -> str:
    return "" if one.is_issue else reverse("desk-figure-detail", args=[one.text.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def figure_detail(request: HttpRequest, article: int) -> HttpResponse:
    """Old and new beside each other, and one button that takes the new over."""
    text = get_object_or_404(Article, pk=article)
    form = UpdateForm(request.POST or None, initial={"note": _note(text)})
    if request.method == "POST" and form.is_valid():
        try:
            moved = update_figures(article=text, by=request.user, at=clock.now(), note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Figures updated: %(count)d. The text is a draft again.") % {"count": len(moved)}
            )
            return redirect(AdminURLFinder(request.user).get_edit_url(text))
    return render(request, "publishing/desk/figure_detail.html", {
        "text": text, "form": form, "working": stale(text), "published": stale_published(text),
        "closed": why_not_update(text, request.user), "edit_href": AdminURLFinder(request.user).get_edit_url(text),
    })  # fmt: skip


def _note(text: Article) -> str:
    releases = {one.newer: one for one in stale(text)}
    if not releases:
        return ""
    with override(text.language):
        return _("Figures as corrected in release %(releases)s.") % {"releases": _(", ").join(sorted(releases))}
