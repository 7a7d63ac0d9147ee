"""Policies, their topics, entrances and authorities as tables of the admin's import and export.

Every error names its cell (row and column), what stands there, what could, and how to mend it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields
from import_export.results import Result, RowResult
from import_export.widgets import CharWidget, Widget

from portal.publishing.document_numbers import normalised, normalised_index
from portal.publishing.models import Authority, Entrance, Level, Policy, PolicyTopic, Validity
from portal.reference.models import Division
from portal.ui.exchange import ExchangeResource

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
LARGEST_ORDER = 32767
# The words of government pages are understood too.
VALIDITY_WORDS = {"有效性待核": "unchecked", "待核": "unchecked", "未核实": "unchecked", "有效": "valid",
                  "失效": "expired", "废止": "repealed", "已修改": "amended", "部分有效": "partly"}  # fmt: skip
LEVEL_WORDS = {"国家": "national", "国家级": "national", "部委": "ministry", "部门": "ministry", "省": "province",
               "省级": "province", "市": "city", "市级": "city"}  # fmt: skip
YES_WORDS = {"1": True, "true": True, "yes": True, "是": True, "0": False, "false": False, "no": False, "否": False}


class NumberWidget(CharWidget):
    """A number of a document, as it is written."""

    def __init__(self, written: Callable[[str], str]):
        super().__init__()
        self.written = written

    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        return self.written(str(value or ""))


class WordWidget(Widget):
    """One of a list of words, or its Chinese name; an empty cell takes the default."""

    def __init__(self, choices: list[str], names: dict[str, str], default: str):
        super().__init__()
        self.choices, self.names, self.default = choices, names, default

    def clean(self, value: object, row: object = None, **kwargs: object) -> str:
        found = str(value or "").strip() or self.default
        word = self.names.get(found, found)
        if word not in self.choices:
            offered = ", ".join([*self.choices, *self.names])
            expected = _("Found “%(found)s”; expected one of: %(offered)s. Write one of these words.")
            raise ValueError(expected % {"found": found, "offered": offered})
        return word


class DayWidget(Widget):
    """A date; what spreadsheets make of one is understood."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        if found := _DAY.fullmatch(text):
            with suppress(ValueError):
                return date(*(int(part) for part in found.groups()))
        expected = _("Found “%(found)s”; expected a date such as 2020-08-14. Write year, month and day with hyphens.")
        raise ValueError(expected % {"found": text})

    def render(self, value: date | None, obj: object = None, **kwargs: object) -> str:
        return value.isoformat() if value else ""


class YesNoWidget(Widget):
    """1 or 0, or a word for it."""

    def __init__(self, default: bool):
        super().__init__()
        self.default = default

    def clean(self, value: object, row: object = None, **kwargs: object) -> bool:
        text = str(value if value is not None else "").strip().lower()
        if text and text not in YES_WORDS:
            expected = _("Found “%(found)s”; expected 1 for yes or 0 for no. Write one of them.")
            raise ValueError(expected % {"found": text})
        return YES_WORDS[text] if text else self.default

    def render(self, value: bool, obj: object = None, **kwargs: object) -> str:
        return "1" if value else "0"


class OrderWidget(Widget):
    def clean(self, value: object, row: object = None, **kwargs: object) -> int:
        text = str(value if value is not None else "").strip() or "0"
        if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_ORDER):
            expected = _("Found “%(found)s”; expected a whole number such as 3. Write digits alone.")
            raise ValueError(expected % {"found": text})
        return int(text)


class NamedWidget(Widget):
    """A row of another list, named by its code; looked up once an import."""

    def __init__(self, model: type[models.Model], field: str, mend: object):
        super().__init__()
        self.model, self.field, self.mend = model, field, mend
        self._known: dict[str, models.Model] = {}

    def clean(self, value: object, row: object = None, **kwargs: object) -> models.Model | None:
        code = str(value or "").strip()
        if code and code not in self._known:
            found = self.model._default_manager.filter(**{self.field: code}).first()
            if found is None:
                told = {"found": code, "list": self.model._meta.verbose_name_plural, "mend": self.mend}
                raise ValueError(_("Found “%(found)s”; expected the code of an entry of “%(list)s”. %(mend)s") % told)
            self._known[code] = found
        return self._known.get(code)

    def render(self, value: models.Model | None, obj: object = None, **kwargs: object) -> str:
        return str(getattr(value, self.field)) if value else ""


def column(name: str, widget: Widget) -> fields.Field:
    return fields.Field(column_name=name, attribute=name, widget=widget)


def place() -> fields.Field:
    mend = gettext_lazy("Look up its six digits in the list of divisions.")
    return column("place", NamedWidget(Division, "code", mend))


class ShelfResource(ExchangeResource):
    """Columns that have to be there are asked for by name; rows are checked as the desk checks them."""

    needed: tuple[str, ...] = ()

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        super().before_import(dataset, **kwargs)
        missing = [name for name in self.needed if name not in (dataset.headers or [])]
        if missing:
            raise ValidationError(_("The file has no column %(columns)s. Add it to the first row.")
                                  % {"columns": ", ".join(missing)})  # fmt: skip

    def before_import_row(self, row: dict, **kwargs: object) -> None:
        """Blanks around words are nobody's meaning."""
        row.update({name: value.strip() for name, value in row.items() if isinstance(value, str)})

    def validate_instance(
        self, instance: models.Model, import_validation_errors: dict | None = None, validate_unique: bool = True
    ) -> None:
        """What is wrong with a cell names what stands in it."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as error:
            told = dict(import_validation_errors or {})
            raise ValidationError({
                name: [*_messages(name, found, instance, name in told)] for name, found in error.error_dict.items()
            }) from error  # fmt: skip


def _messages(name: str, found: list[ValidationError], instance: models.Model, is_told: bool) -> list[str]:
    value = "" if is_told else str(getattr(instance, name, "") or "")
    texts = [message for one in found for message in one.messages]
    return [_("Found “%(found)s”: %(reason)s") % {"found": value, "reason": text} if value else text for text in texts]


class PolicyTopicResource(ShelfResource):
    order = column("order", OrderWidget())
    needed = ("code", "name_zh")

    class Meta(ExchangeResource.Meta):
        model = PolicyTopic
        fields = import_order = export_order = ("code", "name_zh", "name_en", "order")
        import_id_fields = ("code",)


POLICY = (
    "slug", "index_number", "topic", "level", "place", "title_zh", "title_en", "issuer_zh", "issuer_en",
    "document_number", "made_on", "published_on", "effective_on", "expires_on", "validity", "replaced_by",
    "summary_zh", "summary_en", "text", "address", "is_public",
)  # fmt: skip


WRITTEN = {"document_number": normalised, "index_number": normalised_index}


class PolicyResource(ShelfResource):
    """A policy that is replaced by another of the same file stands below it."""

    needed = ("slug", "topic", "title_zh", "issuer_zh")
    topic = column("topic", NamedWidget(PolicyTopic, "code", gettext_lazy("Import the topics first.")))
    place = place()
    level = column("level", WordWidget(Level.values, LEVEL_WORDS, Level.MINISTRY))
    validity = column("validity", WordWidget(Validity.values, VALIDITY_WORDS, Validity.UNCHECKED))
    replaced_by = column(
        "replaced_by", NamedWidget(Policy, "slug", gettext_lazy("Put the row of the newer document above this one."))
    )
    document_number = column("document_number", NumberWidget(normalised))
    index_number = column("index_number", NumberWidget(normalised_index))
    made_on, published_on = column("made_on", DayWidget()), column("published_on", DayWidget())
    effective_on, expires_on = column("effective_on", DayWidget()), column("expires_on", DayWidget())
    is_public = column("is_public", YesNoWidget(default=True))

    class Meta(ExchangeResource.Meta):
        model = Policy
        fields = import_order = export_order = POLICY
        import_id_fields = ("slug",)

    def __init__(self, **kwargs: object):
        super().__init__(**kwargs)
        self.notes: list[str] = []

    def after_import_row(self, row: dict, row_result: RowResult, **kwargs: object) -> None:
        """What was mended on the way is told, by its cell."""
        for name, written in WRITTEN.items():
            found = str(row.get(name) or "").strip()
            if found and (mended := written(found)) != found:
                told = {"row": kwargs["row_number"] + 1, "column": name, "found": found, "mended": mended}
                said = _("Row %(row)s, %(column)s: “%(found)s” is written “%(mended)s” and was mended so.")
                self.notes.append(said % told)

    def after_import(self, dataset: tablib.Dataset, result: Result, **kwargs: object) -> None:
        result.notes = self.notes

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("topic", "place", "replaced_by")


ENTRANCE = ("slug", "group_zh", "group_en", "name_zh", "name_en", "purpose_zh", "purpose_en", "address",
            "manual_address", "order", "is_public")  # fmt: skip


class EntranceResource(ShelfResource):
    needed = ("slug", "name_zh", "address")
    order, is_public = column("order", OrderWidget()), column("is_public", YesNoWidget(default=True))

    class Meta(ExchangeResource.Meta):
        model = Entrance
        fields = import_order = export_order = ENTRANCE
        import_id_fields = ("slug",)


AUTHORITY = ("name_zh", "name_en", "place", "duties_zh", "duties_en", "phone", "email", "address_zh", "address_en",
             "website", "is_reported_to", "order", "is_public")  # fmt: skip


class AuthorityResource(ShelfResource):
    """An office is known by its name and its place."""

    needed = ("name_zh",)
    place = place()
    order = column("order", OrderWidget())
    is_reported_to = column("is_reported_to", YesNoWidget(default=False))
    is_public = column("is_public", YesNoWidget(default=True))

    class Meta(ExchangeResource.Meta):
        model = Authority
        fields = import_order = export_order = AUTHORITY
        import_id_fields = ("name_zh", "place")

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("place")
