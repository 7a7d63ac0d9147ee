"""What is typed on the editing desk's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.publishing.lifecycle import Serial, Standing
from portal.publishing.models import Article, Issue

_MINUTE = "%Y-%m-%dT%H:%M"
_LONGEST_NOTE = 300


class MinuteInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_MINUTE, attrs={"step": "60"})


def _note(label: str, *, required: bool, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, max_length=_LONGEST_NOTE, help_text=help_text, widget=widget
    )  # fmt: skip


class SubmitForm(forms.Form):
    """Of a text that was published before, the public note of the correction is asked for.

    Of one with numbers that look like a figure of a release and differ from it, whether somebody has looked at them.
    """

    note_zh = _note(
        _("What has changed, for readers, in Chinese"), required=True, help_text=_("Stands in public beside the text.")
    )
    note_en = _note(_("What has changed, for readers, in English"), required=False)
    has_looked = forms.BooleanField(label=_("I have looked at the numbers that differ from a release"))

    def __init__(self, *args: object, is_correction: bool, is_doubted: bool = False, **kwargs: object):
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note_zh"], self.fields["note_en"]
        if not is_doubted:
            del self.fields["has_looked"]

    def clean(self) -> dict[str, object]:
        """Only the notes go on: that somebody has looked is asked, not kept."""
        return {name: value for name, value in super().clean().items() if name != "has_looked"}


class ApproveForm(forms.Form):
    """The digest says which text was read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = _note(_("Note to the writers"), required=False)


class ReturnForm(forms.Form):
    note = _note(_("What has to be changed"), required=True)


class ScheduleForm(forms.Form):
    moment = forms.DateTimeField(
        label=_("Comes out at"), help_text=_("Beijing time, to the minute."), widget=MinuteInput(),
        input_formats=[_MINUTE, "%Y-%m-%d %H:%M"],
    )  # fmt: skip


class WithdrawForm(forms.Form):
    note_zh = _note(_("Why, for readers, in Chinese"), required=True)
    note_en = _note(_("Why, for readers, in English"), required=False)


class CorrectionForm(forms.Form):
    """A correction begun because firms took back what cards say of them."""

    note = _note(
        _("What has changed, for readers, in Chinese"), required=True,
        help_text=_("goes into the journal, and is offered as the public note of the correction"),
    )  # fmt: skip


class FrameForm(forms.Form):
    """A new number of the newsletter after an earlier one."""

    issue = forms.ModelChoiceField(label=_("Frame of"), queryset=Issue.objects.filter(kind=Serial.NEWSLETTER))
    code = forms.SlugField(label=_("Address"), max_length=40, help_text=_("of its page, such as 2020-09"))
    issued_on = forms.DateField(
        label=_("Date of issue"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Issue.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another issue has this address."))
        return code


def checked_articles():
    """Those that may stand in an issue: a second person has read them."""
    standings = (Standing.CHECKED, Standing.SCHEDULED, Standing.PUBLISHED)
    return Article.objects.filter(standing__in=standings).select_related("column").defer("body")


class ContentsForm(forms.Form):
    """The articles of an issue."""

    articles = forms.ModelMultipleChoiceField(label=_("Articles"), queryset=Article.objects.none(), required=False)

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["articles"].queryset = checked_articles()
