"""An issue put together from articles that were checked, and the next number after an earlier one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing import policies
from portal.publishing.actions.assembling import assemble, duplicate_frame
from portal.publishing.forms_desk import ContentsForm, FrameForm, checked_articles
from portal.publishing.life_words import STANDINGS
from portal.publishing.lifecycle import Act, Serial
from portal.publishing.models import Article, Issue
from portal.publishing.staleness import article_keys_of
from portal.publishing.workspace import life_address

OFFERED = 200


@dataclass(frozen=True)
class Offered:
    """An article that can stand in an issue; `elsewhere` names the issues that hold it already."""

    article: Article
    standing: str
    is_in: bool
    elsewhere: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def issue_assemble(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles of an issue, ticked by column."""
    issue = get_object_or_404(Issue, pk=pk)
    form = ContentsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assemble(issue=issue, articles=form.cleaned_data["articles"], by=request.user, at=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The issue's contents were put together."))
            return redirect(life_address(issue))
    context = {
        "issue": issue, "form": form, "columns": _offered(issue, request.POST.getlist("articles")),
        "closed": policies.why_not(Act.EDIT, issue, request.user), "life_href": life_address(issue),
    }  # fmt: skip
    return render(request, "publishing/desk/issue_assemble.html", context)


def _offered(issue: Issue, ticked: list[str]) -> list[tuple[str, list[Offered]]]:
    """Columns with the articles that can stand in them, the newest first."""
    inside = {int(pk) for pk in ticked if pk.isdecimal()} or {one.pk for one in policies.articles_of(issue)}
    holders = _holders(issue)
    found: dict[str, list[Offered]] = {}
    for article in checked_articles().order_by("column__order", "column__code", "-edited_at")[:OFFERED]:
        name = str(article.column or _("Without a column: give it one first"))
        offered = Offered(
            article, str(STANDINGS[article.standing]), article.pk in inside, tuple(holders.get(article.pk, ()))
        )
        found.setdefault(name, []).append(offered)
    return list(found.items())


def _holders(issue: Issue) -> dict[int, list[str]]:
    """In which other issues an article stands."""
    found: dict[int, list[str]] = {}
    for other in Issue.objects.exclude(pk=issue.pk):
        for key in article_keys_of(other):
            found.setdefault(key, []).append(str(other))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def issue_frame(request: HttpRequest) -> HttpResponse:
    """The next number: the frame of an earlier one, with its columns empty."""
    newest = Issue.objects.filter(kind=Serial.NEWSLETTER).order_by("-issued_on", "-pk").first()
    form = FrameForm(request.POST or None, initial={"issue": newest})
    if request.method == "POST" and form.is_valid():
        made = duplicate_frame(**form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, _("The frame stands: choose its articles."))
        return redirect("editing:issue-assemble", made.pk)
    return render(request, "publishing/desk/issue_frame.html", {"form": form, "newest": newest})
