"""What is typed by subscribers, and at the desk about letters."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.publishing.forms_desk import MinuteInput
from portal.publishing.models import Topic

LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
_MINUTE = "%Y-%m-%dT%H:%M"


def _topics(required: bool) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Mailing lists"), choices=Topic.choices, required=required, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one list.")},
    )  # fmt: skip


class SubscriptionForm(forms.Form):
    """Somebody asks for letters."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    topics = _topics(required=True)
    language = forms.ChoiceField(label=_("Language of our letters"), choices=LANGUAGES)
    agreed = forms.BooleanField(
        label=_("I agree to what is said here"),
        error_messages={"required": _("Without your agreement we may not write to you.")},
    )
    # People do not see it; machines fill it in.
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.fields["topics"].initial = [Topic.NEWSLETTER]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class ChoiceOfListsForm(forms.Form):
    """A subscriber's own lists; none is to leave."""

    topics = _topics(required=False)
    language = forms.ChoiceField(label=_("Language of our letters"), choices=LANGUAGES)


class PrepareForm(forms.Form):
    topic = forms.ChoiceField(label=_("Mailing list"), choices=Topic.choices)
    subject = forms.CharField(label=_("Subject"), max_length=150)

    def clean_subject(self) -> str:
        """One line, as a head of a mail has to be."""
        return " ".join(self.cleaned_data["subject"].split())


class SendForm(forms.Form):
    """Empty: now."""

    moment = forms.DateTimeField(
        label=_("Sent at"), help_text=_("Beijing time, to the minute. Empty: now."), required=False,
        widget=MinuteInput(), input_formats=[_MINUTE, "%Y-%m-%d %H:%M"],
    )  # fmt: skip


class SearchForm(forms.Form):
    q = forms.CharField(label=_("E-mail or name"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    topic = forms.ChoiceField(label=_("Mailing list"), required=False, choices=[("", _("all")), *Topic.choices])

    def __init__(self, *args: object, states: list, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all")), *states]
