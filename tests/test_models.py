"""Every model has been thought about: what may change, and what its keys across layers do."""

import pytest
from django.apps import apps
from django.db import models

from portal.journal.models import Entry
from portal.lib.acts import Immutable
from portal.statistics.models import Cell, Release
from tests.world import world  # noqa: F401 (a fixture)

WRITTEN_ONCE = {
    "filings.ContractEvent", "filings.Receipt", "filings.Remark", "filings.RuleSetting", "filings.WorkingDay",
    "journal.Entry", "members.Dues", "members.FirmEvent", "members.Profile", "members.Term", "publishing.Check",
    "publishing.Edition", "publishing.EditionFile", "publishing.Withdrawal", "reference.Edition",
    "statistics.Announcement", "statistics.Audit", "statistics.Cell", "statistics.Commentary",
    "statistics.Concentration", "statistics.Move", "statistics.Publication", "statistics.Release",
    "statistics.Verdict", "statistics.Waiver",
}  # fmt: skip
CHANGEABLE = {
    "filings.Attachment", "filings.ColumnMapping", "filings.Contract", "filings.Extension", "filings.Filing",
    "filings.Hit", "filings.Line", "filings.Look", "filings.Notice", "filings.Period", "filings.Query",
    "filings.Reminder", "filings.ReminderStop", "filings.Sitting", "filings.TypedRow", "filings.Upload",
    "filings.Version", "filings.Window", "members.Application", "members.Appointment", "members.Consent",
    "members.Firm", "members.Invitation", "members.Paper", "members.Representation", "members.User",
    "publishing.Article", "publishing.Authority", "publishing.CatalogueCase", "publishing.Column",
    "publishing.ComparedPoint", "publishing.Delivery", "publishing.Entrance", "publishing.Found", "publishing.Issue",
    "publishing.KnowledgeTerm", "publishing.LinkCheck", "publishing.Mailing", "publishing.MemberPage",
    "publishing.Pin", "publishing.Policy", "publishing.PolicyTopic", "publishing.ProvincialCity",
    "publishing.Subscriber", "reference.Currency", "reference.Division", "reference.Market", "reference.MarketGroup",
    "reference.MarketGroupMember", "reference.Rate", "reference.Region", "reference.RegionMember",
    "reference.RegionScheme", "reference.ServiceCategory", "statistics.Preview",
}  # fmt: skip
LAYERS = ["ui", "journal", "reference", "members", "filings", "statistics", "publishing", "front"]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("portal.")]


def test_every_model_is_sorted_into_changeable_or_written_once():
    assert {model._meta.label for model in own_models()} == WRITTEN_ONCE | CHANGEABLE
    assert {model._meta.label for model in own_models() if issubclass(model, Immutable)} == WRITTEN_ONCE


def test_keys_across_layers_protect_and_hide():
    for model in own_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.related_model._meta.app_label == model._meta.app_label:
                continue
            if field.related_model._meta.app_label not in LAYERS:
                continue
            assert field.remote_field.on_delete is models.PROTECT, field
            assert field.remote_field.hidden, field


@pytest.mark.django_db
def test_the_journal_refuses_change(world):
    entry = Entry.objects.first()
    entry.verb = "something.else"
    for change in (entry.save, entry.delete, lambda: Entry.objects.update(verb="x"), Entry.objects.all().delete):
        with pytest.raises(TypeError):
            change()


@pytest.mark.django_db
def test_releases_and_cells_refuse_change():
    for change in (
        lambda: Cell.objects.update(usd_cents=1),
        Cell.objects.all().delete,
        lambda: Release.objects.update(digest=""),
        lambda: Cell.objects.bulk_update([], ["usd_cents"]),
    ):
        with pytest.raises(TypeError):
            change()
