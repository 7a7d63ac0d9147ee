"""The form of a signed commentary."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST = 2000


def _text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, help_text=help_text, widget=forms.Textarea(attrs={"rows": 6})
    )


class CommentaryForm(forms.Form):
    """The same words in both languages, and the name that they are signed with."""

    text_zh = _text(gettext_lazy("In Chinese"), gettext_lazy("Causes that are no arithmetic; numbers as published."))
    text_en = _text(gettext_lazy("In English"))
    signed_as = forms.CharField(label=gettext_lazy("Signed as"), max_length=80)
