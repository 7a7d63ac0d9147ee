"""Wagtail's editor for rows of lists: a save is written into the journal, and an import comes by a file."""

from django.db import models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.lib import clock
from portal.publishing.actions.rows import saved


class Journalled:
    """What is saved is journalled in the same transaction."""

    @transaction.atomic
    def save_instance(self) -> models.Model:
        return saved(row=self.form.instance, save=super().save_instance, by=self.request.user.key, at=clock.now())


class RowCreateView(Journalled, snippets.CreateView):
    pass


class RowEditView(Journalled, snippets.EditView):
    pass


class YesNoColumn(Column):
    def get_value(self, instance: models.Model) -> str:
        return _("Yes") if super().get_value(instance) else _("No")


class RowIndexView(snippets.IndexView):
    """Nothing is done to several rows at once; files come and go beside the list."""

    def _get_custom_column(self, field_name: str, column_class: type[Column] = Column, **kwargs: object) -> Column:
        is_claim = isinstance(self.model._meta.get_field(field_name), models.BooleanField)
        return super()._get_custom_column(field_name, YesNoColumn if is_claim else column_class, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name != "bulk_actions"]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        name = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}"
        try:
            files = [
                Button(_("Import from a file"), url=reverse(f"{name}_import"), icon_name="upload"),
                Button(_("Export as a file"), url=reverse(f"{name}_export"), icon_name="download"),
            ]
        except NoReverseMatch:
            return super().header_more_buttons
        return [*super().header_more_buttons, *files]


class RowViewSet(SnippetViewSet):
    """Rows without a life of their own: what is saved is public at once."""

    add_view_class = RowCreateView
    edit_view_class = RowEditView
    index_view_class = RowIndexView
    copy_view_enabled = False
    list_per_page = 30
