"""Wagtail's editor for terms: a save is journalled with the points of comparison that are saved along."""

from django.db import transaction

from portal.lib import clock
from portal.publishing.actions.terms import compared
from portal.publishing.models import KnowledgeTerm
from portal.publishing.views.rows import RowCreateView, RowEditView


class WithPoints:
    @transaction.atomic
    def save_instance(self) -> KnowledgeTerm:
        save = super().save_instance
        return compared(term=self.form.instance, save=save, by=self.request.user.key, at=clock.now())


class TermCreateView(WithPoints, RowCreateView):
    pass


class TermEditView(WithPoints, RowEditView):
    pass
