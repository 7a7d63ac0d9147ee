"""Editions: a list as it stood after an edit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.lib.acts import Refused
from portal.reference.actions import publish_edition
from portal.reference.lists import LISTS, list_of
from portal.reference.models import Edition, Market, MarketGroup, Region
from portal.reference.queries import edition_rows, editions_at

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def close(code):
    Market.objects.filter(alpha3=code).update(until_on=AT.date())


def test_it_is_made_once_for_one_state(keeper):
    close("DEU")
    first = publish_edition(list_name="markets", by=keeper.key, at=AT)
    again = publish_edition(list_name="markets", by=keeper.key, at=AT + timedelta(days=1))
    assert (first.number, again.pk, again.made_by) == (2, first.pk, keeper.key)


def test_it_holds_the_whole_list(keeper):
    close("DEU")
    rows = edition_rows(publish_edition(list_name="markets", by=keeper.key, at=AT))
    assert len(rows) == 249
    germany = next(row for row in rows if row["alpha3"] == "DEU")
    told = (germany["name_zh"], germany["name_en"], germany["since_on"], germany["until_on"])
    assert told == ("德国", "Germany", "", "2026-03-02")


def test_it_is_new_when_the_list_returns_to_an_earlier_state(keeper):
    close("DEU")
    publish_edition(list_name="markets", by=keeper.key, at=AT)
    Market.objects.update(until_on=None)
    third = publish_edition(list_name="markets", by=keeper.key, at=AT)
    assert third.number == 3
    assert third.digest == Edition.objects.get(list_name="markets", number=1).digest


def test_it_is_never_put_before_a_newer_one():
    close("DEU")
    with pytest.raises(Refused):
        publish_edition(list_name="markets", by=None, at=datetime(2018, 1, 1, tzinfo=UTC))


def test_it_is_found_by_the_moment_at_which_it_was_the_newest(keeper):
    close("DEU")
    publish_edition(list_name="markets", by=keeper.key, at=AT)
    assert editions_at(AT - timedelta(seconds=1))["markets"].number == 1
    assert editions_at(AT)["markets"].number == 2
    assert set(editions_at(AT)) == set(LISTS)


def test_there_are_none_before_the_first():
    assert editions_at(datetime(2018, 12, 31, tzinfo=UTC)) == {}


def test_a_group_s_belt_and_road_mark_is_part_of_it(keeper):
    MarketGroup.objects.filter(code="eu").update(belt_and_road=True)
    assert publish_edition(list_name="market_groups", by=keeper.key, at=AT).number == 2


def test_it_is_never_changed_or_deleted():
    edition = Edition.objects.first()
    with pytest.raises(TypeError):
        edition.save()
    with pytest.raises(TypeError):
        Edition.objects.all().delete()


def test_two_cannot_have_one_number():
    first = Edition.objects.get(list_name="markets")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            list_name="markets", number=first.number, content="", digest="", made_at=AT, made_by=None
        )


@pytest.mark.parametrize(("model", "name"), [(Market, "markets"), (Region, "regions"), (MarketGroup, "market_groups")])
def test_every_table_belongs_to_a_list(model, name):
    assert list_of(model) == name
