"""Choosers of rows, in the language of whoever edits: Wagtail's own say it in that of whoever asked first."""

from django.utils.functional import lazy
from django.utils.translation import gettext
from wagtail.snippets.widgets import AdminSnippetChooser

# Wagtail's own messages, which it fills in once for all.
TEXTS = {
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}
_begun = AdminSnippetChooser.__init__


def _begin(chooser: AdminSnippetChooser, model: type | None = None, **kwargs: object) -> None:
    _begun(chooser, model, **kwargs)
    name = chooser.model._meta.verbose_name
    said = lazy(lambda message: gettext(message) % {"object": name}, str)
    for attribute, message in TEXTS.items():
        setattr(chooser, attribute, said(message))


def speak_to_each_person() -> None:
    """For fields and for blocks alike, which share this one widget."""
    AdminSnippetChooser.__init__ = _begin
