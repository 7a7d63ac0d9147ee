"""How a rule is to be tried and set. Fields, bounds and words come from the rule itself."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.fields import PeriodField
from portal.filings.models.period import Period
from portal.filings.sheet import Rule, Setting

QUARTERS_TRIED = (1, 2, 4, 8)


class ThresholdsForm(forms.Form):
    """The thresholds of a rule, each within its bounds."""

    def __init__(self, *args: object, rule: Rule, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.names = [one.name for one in rule.thresholds]
        for one in rule.thresholds:
            unit = f"（{_(one.unit)}）" if one.unit else ""
            help_text = _("From %(least)s to %(most)s; %(default)s unless set.") % vars(one)
            self.fields[one.name] = forms.IntegerField(
                label=f"{_(one.label)}{unit}", min_value=one.least, max_value=one.most, help_text=help_text
            )
        self.order_fields(self.names)

    def thresholds(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.names}


class TrialForm(ThresholdsForm):
    quarters = forms.TypedChoiceField(
        label=gettext_lazy("Over the last"), coerce=int, choices=[], help_text=gettext_lazy("Quarters that have ended.")
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, auto_id="try_%s", **kwargs)
        self.fields["quarters"].choices = [(number, str(number)) for number in QUARTERS_TRIED]


class SettingForm(ThresholdsForm):
    state = forms.ChoiceField(
        label=gettext_lazy("The rule is"), choices=[("on", gettext_lazy("on")), ("off", gettext_lazy("off"))]
    )
    since = PeriodField(
        label=gettext_lazy("From the period"), queryset=Period.objects.none(), empty_label=None,
        help_text=gettext_lazy("Earlier periods stay as they were judged."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: object, on: date, **kwargs: object):
        super().__init__(*args, auto_id="set_%s", **kwargs)
        self.fields["since"].queryset = Period.objects.filter(locks_on__gte=on).newest_first()


def as_set(rule: Rule, setting: Setting) -> dict[str, object]:
    """The rule as it is set, for a form to begin with."""
    values = {one.name: setting.thresholds.get(one.name, one.default) for one in rule.thresholds}
    return values | {"state": "on" if setting.is_on else "off"}
