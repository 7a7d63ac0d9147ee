"""Fields of forms that several of them share."""

from django import forms

from portal.filings.models.period import Period
from portal.filings.telling import quarter_in_words


class PeriodField(forms.ModelChoiceField):
    """A choice among periods, each named as people say it."""

    def label_from_instance(self, period: Period) -> str:
        return quarter_in_words(period.code)
