"""Letters on the editing desk: prepared, tested, approved, sent, watched."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.publishing.actions import mailing as acts
from portal.publishing.actions.noticing import begin_notice
from portal.publishing.actions.sending import send_batch
from portal.publishing.forms_letters import PrepareForm, SendForm
from portal.publishing.letters import letter_for
from portal.publishing.mailings import mailing_rows, presses_of, progress_of, sendable
from portal.publishing.media.words import words_of
from portal.publishing.models import Delivery, Edition, Mailing, Topic
from portal.publishing.policies_mailing import why_not_prepare
from portal.publishing.workspace import life_address

sender = requires_staff(Permission.PUBLICATION_SEND)


@sender
@require_safe
def mailing_list(request: HttpRequest) -> HttpResponse:
    """Letters, and what may become one."""
    return render(request, "publishing/desk/mailing_list.html", {"rows": mailing_rows(), "editions": sendable()})


@sender
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_add(request: HttpRequest, edition: int) -> HttpResponse:
    """A letter of an edition to a list."""
    row = get_object_or_404(Edition.objects.select_related("issue"), pk=edition)
    first = {"subject": _subject(row), "topic": request.GET.get("topic", Topic.NEWSLETTER)}
    form = PrepareForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.prepare(edition=row, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Prepared. Send a test to yourself next."))
            return redirect("editing:mailing-detail", made.pk)
    context = {"edition": row, "form": form, "closed": why_not_prepare(row, request.user)}
    return render(request, "publishing/desk/mailing_add.html", context, status=422 if form.errors else 200)


def _subject(edition: Edition) -> str:
    """Numbers of a newsletter share their title: its number tells their letters apart."""
    if edition.issue is None or edition.issue.number is None:
        return edition.title
    return f"{edition.title} {words_of(edition.language)['number'].format(edition.issue.number)}"


@sender
@require_POST
def notice_begin(request: HttpRequest, topic: str) -> HttpResponse:
    """A draft of what may be sent to a list, to be written on."""
    if topic not in (Topic.POLICIES, Topic.RELEASES):
        raise Http404
    try:
        text = begin_notice(topic=topic, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("editing:mailing-list")
    messages.success(request, _("A draft was begun. Once it is published it can be sent."))
    return redirect(life_address(text))


@sender
@require_safe
def mailing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; what can be done; what nobody knows."""
    row = get_object_or_404(Mailing.objects.select_related("edition__issue"), pk=pk)
    letter = letter_for(row.edition, row.topic, row.edition.language, row.subject)
    context = {
        "progress": progress_of(row),
        "presses": presses_of(row, request.user),
        "send_form": SendForm(),
        "letter": letter,
        "kilobytes": len(letter.html.encode()) // 1000,
    }
    return render(request, "publishing/desk/mailing_detail.html", context)


@sender
@require_safe
def mailing_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter itself, as HTML or (`?part=text`) as text."""
    row = get_object_or_404(Mailing.objects.select_related("edition__issue"), pk=pk)
    letter = letter_for(row.edition, row.topic, row.edition.language, row.subject)
    if request.GET.get("part") == "text":
        return HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(letter.html)


# ── What can be done ─────────────────────────────────────────────────────────────────────────────


@sender
@require_POST
def mailing_test(request: HttpRequest, pk: int) -> HttpResponse:
    told = _("The test is on its way to %(email)s.") % {"email": request.user.email}
    return _done(request, pk, lambda row, at: acts.send_test(mailing=row, by=request.user, at=at), told)


@sender
@require_POST
def mailing_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda row, at: acts.approve(mailing=row, by=request.user, at=at), _("Approved."))


@sender
@require_POST
def mailing_send(request: HttpRequest, pk: int) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no moment such as 2021-01-12 09:00."))
        return redirect("editing:mailing-detail", pk)
    moment = form.cleaned_data["moment"]
    return _done(
        request, pk, lambda row, at: acts.send(mailing=row, by=request.user, at=at, moment=moment),
        _("It will be sent at its moment.") if moment else _("It goes out with the portal's clock, within minutes."),
    )  # fmt: skip


@sender
@require_POST
def mailing_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch, handed over while the page is waited for."""
    told = _("One batch was handed to the mail server.")
    return _done(request, pk, lambda row, at: send_batch(mailing=row, by=request.user, at=at), told)


@sender
@require_POST
def mailing_stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda row, at: acts.stop(mailing=row, by=request.user, at=at), _("Stopped."))


@sender
@require_POST
def mailing_resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda row, at: acts.resume(mailing=row, by=request.user, at=at), _("It goes on."))


@sender
@require_POST
def delivery_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one whose fate was unknown."""
    delivery = get_object_or_404(Delivery, pk=pk)
    was_sent = request.POST.get("outcome") == "sent"
    return _done(
        request, delivery.mailing_id,
        lambda row, at: acts.mark(delivery=delivery, was_sent=was_sent, by=request.user, at=at),
        _("Written down as sent.") if was_sent else _("It will be sent once more."),
    )  # fmt: skip


def _done(request: HttpRequest, pk: int, act: Callable[[Mailing, datetime], object], told: str) -> HttpResponse:
    row = get_object_or_404(Mailing.objects.select_related("edition__issue"), pk=pk)
    try:
        act(row, clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("editing:mailing-detail", pk)
