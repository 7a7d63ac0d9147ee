"""The life of a text: its page, and a view for each thing that can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies
from portal.publishing.actions import retracting, writing
from portal.publishing.comparing import compared
from portal.publishing.digits import Doubt, doubts
from portal.publishing.document import Document
from portal.publishing.forms_desk import (
    ApproveForm,
    CorrectionForm,
    ReturnForm,
    ScheduleForm,
    SubmitForm,
    WithdrawForm,
)  # fmt: skip
from portal.publishing.life_words import ACTS
from portal.publishing.lifecycle import Act, Standing
from portal.publishing.models import Article, Edition, Issue
from portal.publishing.proofs import MEDIA, proof_of, web_page
from portal.publishing.reading import reading_of
from portal.publishing.retracted import retracted_in, retracted_texts
from portal.publishing.views.figures import beside
from portal.publishing.workspace import choices_of, kind_of, life_address, life_of, queue_of, text_named

Text = Article | Issue
Do = Callable[[dict[str, Any]], object]
BACKWARD = (Act.TAKE_BACK, Act.RETURN, Act.UNSCHEDULE)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for somebody: the desk's home."""
    return render(request, "publishing/desk/queue.html", {"queue": queue_of(request.user)})


@require_safe
def card_list(request: HttpRequest) -> HttpResponse:
    """All texts that readers can open with a card that its firm has taken back."""
    return render(request, "publishing/desk/card_list.html", {"rows": retracted_texts()})


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


@require_safe
def life(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One text: its standing, what may be done with it now, its history and its editions."""
    return _life_page(request, text_named(kind, pk))


def _life_page(request: HttpRequest, text: Text, typed: dict[str, forms.Form] | None = None) -> HttpResponse:
    newest = text.editions.filter(withdrawal__isnull=True).order_by("-number").first()
    reading = reading_of(text)
    asked_about = _doubts(text, reading.document)
    forms_by_act = _forms(text, reading.digest, bool(asked_about)) | (typed or {})
    context = {
        **beside(text, request.user),
        **_cards(text, request.user),
        "text": text,
        "kind": kind_of(text),
        "life": life_of(text),
        "choices": _presses(text, request.user, forms_by_act, reading.digest),
        "forms": forms_by_act,
        "media": {"web": _("Web page")} | {name: medium.label for name, medium in MEDIA.items()},
        "newest": newest,
        "doubts": [(one, *_place_of(one, text)) for one in asked_about],
        "why_not_withdraw": newest and policies.why_not_withdraw(newest, request.user),
        "changes": compared(newest.as_document(), reading.document) if newest else (),
    }
    return render(request, "publishing/desk/life.html", context, status=422 if typed else 200)


@dataclass(frozen=True)
class Press:
    """A button of the page: what it says, where it goes, what it asks; or why it is closed."""

    label: str
    href: str
    form: forms.Form | None
    closed: str
    is_secondary: bool


def _presses(text: Text, by: User, forms_by_act: dict[str, forms.Form], digest: str) -> list[Press]:
    return [
        Press(
            str(ACTS[one.act]), reverse(f"editing:text-{one.act.replace('_', '-')}", args=[kind_of(text), text.pk]),
            forms_by_act.get(one.act), one.closed, one.act in BACKWARD,
        )
        for one in choices_of(text, by, digest)
    ]  # fmt: skip


def _forms(text: Text, digest: str, is_doubted: bool) -> dict[str, forms.Form]:
    """A fresh form for each act that asks for something. Several stand on one page and ask for a note: each has ids of
    its own."""
    notes = {"note_zh": text.correction_zh, "note_en": text.correction_en}
    made = {
        Act.SUBMIT: SubmitForm(is_correction=text.editions.exists(), is_doubted=is_doubted, initial=notes),
        Act.APPROVE: ApproveForm(initial={"digest": digest}, auto_id="approve_%s"),
        Act.RETURN: ReturnForm(auto_id="return_%s"),
        Act.SCHEDULE: ScheduleForm(),
        "withdraw": WithdrawForm(auto_id="withdraw_%s"),
        **_forms_of_cards(),
    }
    return {str(name): form for name, form in made.items()}


def _forms_of_cards() -> dict[str, forms.Form]:
    """With notes offered, in the language of the note that readers see first."""
    with override("zh-hans"):
        corrected = _("Firms' cards say what the firms release now.")
        closed = _("A firm's card in it is public no more.")
    return {
        "correct_cards": CorrectionForm(initial={"note": corrected}, auto_id="correct_%s"),
        "withdraw_earlier": WithdrawForm(initial={"note_zh": closed}, auto_id="earlier_%s"),
    }


def _cards(text: Text, by: User) -> dict[str, object]:
    """What stands in public that firms have taken back, and why it cannot be corrected or withdrawn now."""
    found = retracted_in(text)
    return {
        "retracted": found,
        "why_not_correct": found and retracting.why_not_begin(text, found, by),
        "why_not_withdraw_earlier": found and retracting.why_not_withdraw_earlier(found, by),
    }


def _doubts(text: Text, document: Document) -> list[Doubt]:
    """Asked about as long as the text is written and looked at: of an issue, in all that it holds."""
    return doubts(document) if text.standing in (Standing.DRAFT, Standing.SUBMITTED) else []


def _place_of(doubt: Doubt, text: Text) -> tuple[str, str]:
    """(name, address) of the piece of an issue that a number stands in: an article on the desk, a page that a chapter
    is drawn from, or the issue itself."""
    key, title = (doubt.piece.key, doubt.piece.title) if doubt.piece else ("", "")
    if key.startswith("a") and key[1:].isdigit():
        return title, reverse("editing:life", args=["article", int(key[1:])])
    own = reverse("wagtailsnippets_publishing_issue:edit", args=[text.pk])
    return title or text.title, (doubt.piece.href if doubt.piece else "") or own


# ── What can be done ─────────────────────────────────────────────────────────────────────────────


@require_POST
def text_submit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    is_doubted = bool(_doubts(text, reading_of(text).document))
    form = SubmitForm(request.POST, is_correction=text.editions.exists(), is_doubted=is_doubted)
    return _done(request, text, Act.SUBMIT, form, lambda data: writing.submit(
        text=text, by=request.user, at=clock.now(), **data), _("Handed in for checking."))  # fmt: skip


@require_POST
def text_take_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.TAKE_BACK, None, lambda _data: writing.take_back(
        text=text, by=request.user, at=clock.now()), _("Taken back: it is a draft again."))  # fmt: skip


@require_POST
def text_approve(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.APPROVE, ApproveForm(request.POST), lambda data: writing.approve(
        text=text, by=request.user, at=clock.now(), **data), _("Approved."))  # fmt: skip


@require_POST
def text_return(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.RETURN, ReturnForm(request.POST), lambda data: writing.send_back(
        text=text, by=request.user, at=clock.now(), **data), _("Returned to its writers."))  # fmt: skip


@require_POST
def text_schedule(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.SCHEDULE, ScheduleForm(request.POST), lambda data: writing.schedule(
        text=text, by=request.user, at=clock.now(), **data), _("Scheduled."))  # fmt: skip


@require_POST
def text_unschedule(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.UNSCHEDULE, None, lambda _data: writing.unschedule(
        text=text, by=request.user, at=clock.now()), _("Taken off the schedule."))  # fmt: skip


@require_POST
def text_publish(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    return _done(request, text, Act.PUBLISH, None, lambda _data: writing.publish(
        text=text, by=request.user, at=clock.now()), _("It is published."))  # fmt: skip


@require_POST
def edition_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an edition from the public, with the reason that its page gives."""
    edition = get_object_or_404(Edition, pk=pk)
    text = edition.article or edition.issue
    return _done(request, text, "withdraw", WithdrawForm(request.POST), lambda data: writing.withdraw(
        edition=edition, by=request.user, at=clock.now(), **data), _("Withdrawn."))  # fmt: skip


@require_POST
def text_correct_cards(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    text = text_named(kind, pk)
    told = _("The text is a draft: edit it if need be, and hand it in.")
    return _done(request, text, "correct_cards", CorrectionForm(request.POST), lambda data: retracting.begin_correction(
        text=text, by=request.user, at=clock.now(), **data), told)  # fmt: skip


@require_POST
def text_withdraw_earlier(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take the editions behind the newest from the public that still say what a firm has taken back."""
    text = text_named(kind, pk)
    form = WithdrawForm(request.POST, auto_id="earlier_%s")
    return _done(request, text, "withdraw_earlier", form, lambda data: retracting.withdraw_earlier(
        text=text, by=request.user, at=clock.now(), **data), _("Withdrawn."))  # fmt: skip


def _done(request: HttpRequest, text: Text, act: str, form: forms.Form | None, do: Do, told: str) -> HttpResponse:
    """Do it and go back to the text's page; refused, the page says why and keeps what was typed."""
    try:
        if form is None or form.is_valid():
            do(form.cleaned_data if form else {})
            messages.success(request, told)
            return redirect(life_address(text))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.error(request, _("Nothing was done: see below."))
    return _life_page(request, text_named(kind_of(text), text.pk), {str(act): form} if form else {"": forms.Form()})


# ── As it would come out ─────────────────────────────────────────────────────────────────────────


@require_safe
def text_proof(request: HttpRequest, kind: str, pk: int, medium: str) -> HttpResponse:
    """The text in one of its media, from what stands on the desk now."""
    text = text_named(kind, pk)
    if medium == "web":
        return render(request, "publishing/desk/proof_web.html", web_page(text))
    if medium not in MEDIA:
        raise Http404
    try:
        proof = proof_of(text, medium, timezone.localtime(clock.now()))
    except Refused as refusal:
        return render(request, "publishing/desk/proof_refused.html", {"text": text, "reason": str(refusal)}, status=409)
    response = HttpResponse(proof.content, content_type=proof.media_type)
    if proof.name:
        response.headers["Content-Disposition"] = f'attachment; filename="{proof.name}"'
    return response
