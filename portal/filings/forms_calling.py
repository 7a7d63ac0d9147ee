"""What is typed about reminders and working days."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.fields import PeriodField
from portal.filings.forms_desk import day_field, firm_typed
from portal.filings.models.period import Period
from portal.members.models import Firm

# The calendar of China that can be asked for; earlier and later days are slips of the pen.
FIRST_DAY, LAST_DAY = date(2007, 1, 1), date(2099, 12, 31)


class ReminderForm(forms.Form):
    """One text to some firms. The firms are those that were ticked, as far as they are in scope."""

    text = forms.CharField(
        label=gettext_lazy("Text of the letter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class ReminderStopForm(forms.Form):
    firm = forms.CharField(
        label=gettext_lazy("Firm"),
        max_length=120,
        help_text=gettext_lazy("Unified social credit code, or the full Chinese name."),
    )
    period = PeriodField(
        label=gettext_lazy("Period"), queryset=Period.objects.newest_first(), required=False,
        empty_label=gettext_lazy("Every period"),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, firms: QuerySet[Firm], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.firms = firms

    def clean_firm(self) -> Firm:
        return firm_typed(self.cleaned_data["firm"], self.firms)


class ExtensionEndForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class WorkingDayForm(forms.Form):
    on = day_field(gettext_lazy("Day"))
    is_working = forms.TypedChoiceField(
        label=gettext_lazy("It is"),
        choices=[("1", gettext_lazy("a working day")), ("0", gettext_lazy("a day off"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, help_text=gettext_lazy("Number and date of the announcement.")
    )

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if not FIRST_DAY <= on <= LAST_DAY:
            raise ValidationError(_("The day lies between 2007 and 2099."))
        return on
