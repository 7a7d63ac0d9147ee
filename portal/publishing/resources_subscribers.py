"""Subscribers as a table of the admin's import and export. An address comes in only with its own consent: when, and on
which paper; every error names its cell."""

from datetime import datetime, time
from string import ascii_uppercase

import tablib
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import CharWidget, Widget

from portal.lib import clock
from portal.members.resources import ActResource, ChoiceWidget, EmailWidget, acted
from portal.publishing.actions.subscribing import in_order, take_over
from portal.publishing.models import Subscriber, Topic
from portal.publishing.resources import DayWidget
from portal.ui.exchange import ExchangeResource

COLUMNS = ("email", "name", "language", "topics", "consented_on", "consent")
OF_CONSENT = ("consented_on", "consent")


class TopicsWidget(Widget):
    """Lists by their codes, with commas or blanks between them."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> list[str]:
        words = str(value or "").replace("，", ",").replace("、", ",").replace(",", " ").split()
        strange = [word for word in words if word not in Topic.values]
        if strange or not words:
            told = {"found": " ".join(strange), "offered": ", ".join(Topic.values)}
            raise ValueError(_("Found “%(found)s”; expected one or more of: %(offered)s.") % told)
        return in_order(words)

    def render(self, value: list[str] | None, obj: object = None, **kwargs: object) -> str:
        return ", ".join(value or [])


class MomentWidget(DayWidget):
    """A day in the file, its first moment in the row."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> datetime | None:
        day = super().clean(value, row, **kwargs)
        moment = day and timezone.make_aware(datetime.combine(day, time()))
        if moment and moment > clock.now():
            raise ValueError(_("Found “%(found)s”; nobody has agreed in the future.") % {"found": value})
        return moment

    def render(self, value: datetime | None, obj: object = None, **kwargs: object) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d}" if value else ""


class SubscriberResource(ActResource):
    email = fields.Field("email", "email", widget=EmailWidget())
    name = fields.Field("name", "name", widget=CharWidget())
    language = fields.Field("language", "language", widget=ChoiceWidget(["zh-hans", "en"], "zh-hans"))
    topics = fields.Field("topics", "topics", widget=TopicsWidget())
    consented_on = fields.Field("consented_at", "consented_on", widget=MomentWidget())
    consent = fields.Field("consent", "consent", widget=CharWidget())

    class Meta(ExchangeResource.Meta):
        model = Subscriber
        fields = import_order = export_order = COLUMNS
        import_id_fields = ("email",)
        clean_model_instances = False

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        super().before_import(dataset, **kwargs)
        self.heads = list(dataset.headers or [])
        missing = [name for name in ("email", "topics", *OF_CONSENT) if name not in self.heads]
        if missing:
            raise ValidationError(
                _("The file has no column %(columns)s. Add it to the first row.") % {"columns": ", ".join(missing)}
            )

    def before_import_row(self, row: dict, **kwargs: object) -> None:
        """Without a day and a paper nobody is written to."""
        number = int(kwargs["row_number"]) + 1
        empty = [name for name in OF_CONSENT if not str(row.get(name) or "").strip()]
        if empty:
            cells = ", ".join(f"{_letters(self.heads.index(name))}{number} ({name})" for name in empty)
            told = {"cells": cells}
            raise ValidationError(
                _("Empty: %(cells)s. Say when the address agreed, and on which paper; without it no row comes in.")
                % told
            )

    def get_instance(self, instance_loader: object, row: dict) -> Subscriber | None:
        return Subscriber.objects.filter(email__iexact=str(row.get("email") or "").strip()).first()

    def do_instance_save(self, instance: Subscriber, is_create: bool) -> None:
        values = {name: getattr(instance, name) for name in ("email", "language", "topics", "consented_at", "consent")}
        row = acted(lambda: take_over(name=instance.name or "", by=self.by, at=clock.now(), **values))
        instance.pk = row.pk
        instance._state.adding = False


def _letters(column: int) -> str:
    """A, B … Z, AA: as spreadsheets name columns."""
    before, last = divmod(column, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]
