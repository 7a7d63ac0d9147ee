"""What is typed about a release's life: dates of the calendar, publication, early viewers, their verdict."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.models.period import Period
from portal.statistics.calendar_words import STANDING_NAMES
from portal.statistics.models import Announcement

NOTE_IN_BOTH = gettext_lazy("Write the note to readers in both languages, or in neither.")
_MINUTE = "%Y-%m-%dT%H:%M"


class MinuteInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_MINUTE, attrs={"step": "60"})


def minute_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """A day and a minute, in the association's own time."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=MinuteInput(),
        input_formats=[_MINUTE, "%Y-%m-%d %H:%M"],
    )


# ── The calendar ─────────────────────────────────────────────────────────────────────────────────


class AnnouncementForm(forms.Form):
    period = forms.ModelChoiceField(label=gettext_lazy("Period"), queryset=Period.objects.newest_first())
    standing = forms.ChoiceField(label=gettext_lazy("Figures"))
    release_at = minute_field(gettext_lazy("Comes out at"), help_text=gettext_lazy("Beijing time, to the minute."))
    is_confirmed = forms.BooleanField(label=gettext_lazy("The date is confirmed"), required=False)

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [(item.value, str(name)) for item, name in STANDING_NAMES.items()]


class PostponementForm(forms.Form):
    release_at = minute_field(gettext_lazy("New date"), help_text=gettext_lazy("Beijing time, to the minute."))
    reason_zh = forms.CharField(label=gettext_lazy("Reason, in Chinese"), max_length=300)
    reason_en = forms.CharField(label=gettext_lazy("Reason, in English"), max_length=300)

    def __init__(self, *args: object, newest: Announcement, **kwargs: object):
        super().__init__(*args, initial={"release_at": timezone.localtime(newest.release_at)}, **kwargs)


# ── Publication ──────────────────────────────────────────────────────────────────────────────────


class PublicationForm(forms.Form):
    """The build that was looked at goes along as its digest, which the view compares."""

    public_at = minute_field(
        gettext_lazy("Public from"),
        required=False,
        help_text=gettext_lazy("Beijing time, to the minute. Left empty, it is public at once."),
    )
    note_zh = forms.CharField(
        label=gettext_lazy("Note to readers, in Chinese"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    note_en = forms.CharField(
        label=gettext_lazy("Note to readers, in English"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why it is published although not every check is met"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict:
        cleaned = super().clean()
        if bool(cleaned.get("note_zh")) != bool(cleaned.get("note_en")):
            raise ValidationError(NOTE_IN_BOTH)
        return cleaned


# ── Early viewers ────────────────────────────────────────────────────────────────────────────────


class PreviewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=120, required=False)
    ends_at = minute_field(
        gettext_lazy("Open until"),
        required=False,
        help_text=gettext_lazy("Left empty, for seven days. When the release becomes public, the link ends by itself."),
    )
    may_decide = forms.BooleanField(label=gettext_lazy("Is asked to approve or return it"), required=False)


APPROVE, RETURN = "approve", "return"


class VerdictForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(APPROVE, gettext_lazy("Approve")), (RETURN, gettext_lazy("Return, with a note"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("decision") == RETURN and not cleaned.get("note", "").strip():
            self.add_error("note", _("Write what is to be mended."))
        return cleaned
