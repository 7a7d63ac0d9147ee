"""Wagtail's editor for texts, with their life: a save makes a draft, and what is being checked cannot be changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.locks import BaseLock
from wagtail.snippets.views import snippets

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies
from portal.publishing.actions.writing import OF_ITS_LIFE, edited, take_up
from portal.publishing.life_words import STANDINGS
from portal.publishing.lifecycle import Act
from portal.publishing.models import Article, Issue
from portal.publishing.proofs import web_page
from portal.publishing.workspace import life_address

Text = Article | Issue


class WhileChecked(BaseLock):
    """A text that is being checked, or scheduled, is read and not written."""

    def __init__(self, text: Text, reason: str):
        super().__init__(text)
        self.reason = reason

    def for_user(self, user: User) -> bool:
        return True

    def get_message(self, user: User) -> str:
        way_out = _("Take it back, or off the schedule")
        return format_html('{} <a href="{}">{}</a>', self.reason, life_address(self.object), way_out)


class WithoutChecks:
    """The panel that looks for mistakes on a website's page is left out: the second person and the checks do it."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        return MediaContainer([panel for panel in panels if not isinstance(panel, ChecksSidePanel)])


class KeepsLife(WithoutChecks):
    """What every view that saves a text adds to Wagtail's own."""

    def save_instance(self) -> Text:
        goes_on = self.revision_enabled and self.overwrite_revision is not None
        try:
            if self.form.instance.pk:
                take_up(text=self.form.instance, by=self.request.user)
            text = super().save_instance()
            return edited(text=text, by=self.request.user, at=clock.now(), goes_on=goes_on)
        except Refused as refusal:
            # Wagtail shows the form again with all that was typed, and this sentence above it.
            raise PermissionDenied(str(refusal)) from refusal

    def get_success_url(self) -> str:
        return life_address(self.object)


class TextCreateView(KeepsLife, snippets.CreateView):
    def get_success_buttons(self) -> list:
        return [messages.button(self.get_edit_url(), _("Edit"))]


class TextCopyView(WithoutChecks, snippets.CopyView):
    """A copy begins a life of its own. It is sent to the page where texts are added."""

    http_method_names = ["get", "head", "options"]

    def get_initial_form_instance(self) -> Text:
        text = super().get_initial_form_instance()
        fresh = type(text)()
        for name in OF_ITS_LIFE:
            setattr(text, name, getattr(fresh, name))
        text.pk, text.latest_revision, text._state.adding = None, None, True
        return text


class TextEditor(snippets.EditView):
    """Read-only while the text is being checked."""

    @cached_property
    def reason_closed(self) -> str | None:
        return policies.why_not(Act.EDIT, type(self.object).objects.get(pk=self.object.pk), self.request.user)

    def get_lock(self) -> WhileChecked | None:
        return WhileChecked(self.object, self.reason_closed) if self.object and self.reason_closed else None

    def get_lock_context(self) -> dict[str, object]:
        if self.lock and self.request.method == "GET":
            messages.warning(self.request, self.lock.get_message(self.request.user), extra_tags="lock")
        return {"lock": self.lock, "locked_for_user": self.locked_for_user}

    def is_valid(self, form) -> bool:
        if self.lock:
            self.produced_error_code, self.produced_error_message = "locked", self.reason_closed
            return False
        if self.is_overtaken:
            self.produced_error_code, self.produced_error_message = "invalid_revision", self._overtaken_in_words()
            return False
        return super().is_valid(form)

    @cached_property
    def is_overtaken(self) -> bool:
        """Whether somebody saved the text since it was opened here, and the person was not asked about it. What the
        editor saves by itself is held up by Wagtail; its question in the browser is answered with `overwrites`, which
        is not asked where the other save is seconds old, or without scripts."""
        is_pressed = self.request.method == "POST" and not self.expects_json_response
        return bool(is_pressed and self.is_out_of_date and not self.request.POST.get("overwrites"))

    def _overtaken_in_words(self) -> str:
        newest = self.object.latest_revision
        told = _(
            "%(who)s saved a newer version at %(time)s while you were writing. Nothing is lost: what you wrote stands "
            "below and is not saved yet. Save once more to put it in the place of theirs, which stays among the "
            "revisions."
        ) % {"who": newest.user or _("the portal itself"), "time": localtime(newest.created_at).strftime("%H:%M")}
        look = _("Look at the newer version")
        return format_html('{} <a href="{}" target="_blank">{}</a>', told, self.get_edit_url(), look)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Nothing is saved by itself over what the person has not seen."""
        context = super().get_context_data(**kwargs)
        if self.lock or self.is_overtaken:
            context["autosave_enabled"] = False
        return context

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        standing = STANDINGS[self.object.standing]
        label = _("Life: %(standing)s") % {"standing": standing}
        return [HeaderButton(label, url=life_address(self.object), icon_name="tasks", priority=5)]


class TextEditView(KeepsLife, TextEditor):
    pass


class TextRevertView(KeepsLife, RevisionsRevertMixin, TextEditor):
    """An earlier revision in the editor: saved, it is the newest."""

    view_name = "revisions_revert"


# ── Preview beside the editor ────────────────────────────────────────────────────────────────────


def shown(request: HttpRequest, text: Text) -> HttpResponse:
    """The web page of a text that need not be saved."""
    return render(request, "publishing/desk/proof_web.html", web_page(text))


class PreviewsWeb:
    """Shows what stands in the form as its public page would."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.get_form(self._get_form_data(self._get_form_state()))
        if not self.validate_form(form):
            return self.error_response()
        return shown(request, form.save(commit=False))


class TextPreviewOnCreateView(PreviewsWeb, snippets.PreviewOnCreateView):
    pass


class TextPreviewOnEditView(PreviewsWeb, snippets.PreviewOnEditView):
    pass


class TextPreviewRevisionView(snippets.PreviewRevisionView):
    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return shown(request, self.revision_object)
