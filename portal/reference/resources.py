"""The lists as tables of the admin's import and export: the same columns as the files in data/."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import ForeignKeyWidget

from portal.reference.files import TABLES, Table
from portal.ui.exchange import ExchangeResource


class CodeWidget(ForeignKeyWidget):
    """A row named by its code; each is looked up once an import."""

    def __init__(self, model: type[models.Model]):
        super().__init__(model)
        self._known: dict[str, models.Model] = {}

    def clean(self, value: object, row: object = None, **kwargs: object) -> models.Model | None:
        code = str(value or "").strip()
        if code and code not in self._known:
            try:
                self._known[code] = super().clean(code, row, **kwargs)
            except ObjectDoesNotExist as error:
                raise ValueError(
                    _("There is no %(kind)s %(code)s.") % {"kind": self.model._meta.verbose_name, "code": code}
                ) from error
        return self._known.get(code)


class ListResource(ExchangeResource):
    """What is imported is the association's own from then on: files no longer change it."""

    def before_save_instance(self, instance: models.Model, row: object, **kwargs: object) -> None:
        instance.is_edited_here = True


def resource_of(table: Table) -> type[ListResource]:
    """A table's resource: its file's columns in its file's order, its rows known by its key."""
    columns = [table.model._meta.get_field(column) for column in table.columns]
    links = {
        column.name: fields.Field(
            column_name=column.name, attribute=column.name, widget=CodeWidget(column.related_model)
        )
        for column in columns
        if column.is_relation
    }
    options = {
        "model": table.model,
        "fields": table.columns,
        "import_order": table.columns,
        "export_order": table.columns,
        "import_id_fields": table.key,
    }
    meta = type("Meta", (ExchangeResource.Meta,), options)
    return type(f"{table.model.__name__}Resource", (ListResource,), {**links, "Meta": meta})


RESOURCES = {table.model: resource_of(table) for table in TABLES}
