"""Subscribing, confirming, choosing, leaving, being forgotten. Public: nobody is signed in, and no answer tells whether
an address is known."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions import subscribing
from portal.publishing.consents import VERSION, consent_wording
from portal.publishing.emails import send_asking
from portal.publishing.forms_letters import ChoiceOfListsForm, SubscriptionForm
from portal.publishing.models import Subscriber, Topic
from portal.ui.http import open_form, public

State = Subscriber.State


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, SubscriptionForm(), 200)
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    if not ratelimit.consume(request, action="subscribe"):
        return render(request, "429.html", status=429)
    typed = form.cleaned_data
    if not typed["website"]:
        asking = subscribing.ask(
            email=typed["email"], topics=typed["topics"], language=typed["language"], at=clock.now()
        )
        if asking:
            send_asking(**asdict(asking))
    return redirect("publishing:subscription-asked")


def _page(request: HttpRequest, form: SubscriptionForm, status: int) -> HttpResponse:
    context = {"form": form, "wording": consent_wording(), "version": VERSION}
    return render(request, "publishing/subscription_add.html", context, status=status)


@public
@require_safe
def subscription_asked(request: HttpRequest) -> HttpResponse:
    """The same for every address."""
    return render(request, "publishing/subscription_asked.html")


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: what only looks at links, as mail servers do, agrees to nothing."""
    try:
        if request.method == "POST":
            row = subscribing.confirm(token=token, at=clock.now())
            return redirect(f"{reverse('publishing:subscription-leave', args=[row.token])}?confirmed=1")
        _row, topics, _language = subscribing.asked_by(token, clock.now())
    except Refused as refusal:
        return _refused(request, str(refusal), 404)
    context = {"topics": [Topic(one).label for one in topics], "wording": consent_wording()}
    return render(request, "publishing/subscription_confirm.html", context)


def _refused(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "publishing/subscription_refused.html", {"reason": reason}, status=status)


# ── By the link in each letter ───────────────────────────────────────────────────────────────────


def by_link(view: Callable) -> Callable:
    """Whoever has the link acts for the subscriber: no session, no token of ours, whichever page or mail program sends
    it. The same page is shown for a link that nobody has."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        rows = Subscriber.objects.exclude(state__in=(State.ERASED, State.PENDING))
        found = rows.filter(token=token).first()
        if found:
            return view(request, found)
        why = _("This link belongs to no subscription: it is not whole, or the address has been erased.")
        return _refused(request, why, 404)

    return csrf_exempt(never_cache(public(wrapped)))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_leave(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """GET: the lists, with buttons. POST: leaves, the list of `?list=` alone or all (RFC 8058 too)."""
    topic = request.GET.get("list", "")
    if request.method == "POST":
        subscribing.leave(subscriber=subscriber, topic=topic if topic in Topic.values else "", at=clock.now())
        return _lists(request, Subscriber.objects.get(pk=subscriber.pk), has_left=True)
    return _lists(request, subscriber, topic=topic)


def _lists(request: HttpRequest, subscriber: Subscriber, *, topic: str = "", **said: object) -> HttpResponse:
    form = ChoiceOfListsForm(initial={"topics": subscriber.topics, "language": subscriber.language})
    context = {
        "subscriber": subscriber,
        "form": form,
        "topics": [Topic(one).label for one in subscriber.topics],
        "topic": Topic(topic) if topic in subscriber.topics else None,
        "is_open": subscriber.state == State.ACTIVE,
    }
    return render(request, "publishing/subscription_leave.html", context | said)


@by_link
@require_POST
def subscription_change(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    form = ChoiceOfListsForm(request.POST)
    if not form.is_valid():
        return redirect("publishing:subscription-leave", subscriber.token)
    try:
        row = subscribing.change(subscriber=subscriber, at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        return _refused(request, str(refusal), 409)
    return _lists(request, row, has_changed=True)


@by_link
@require_POST
def subscription_erase(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    subscribing.erase(subscriber=subscriber, at=clock.now())
    return render(request, "publishing/subscription_erased.html")
