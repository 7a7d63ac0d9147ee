"""What a row may be."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.reference.models import Division, Market, MarketGroupMember, Rate, RegionMember

pytestmark = pytest.mark.django_db


def member(since, until=None, market="VNM", group="gcc"):
    return MarketGroupMember(group_id=group, market_id=market, since_on=since, until_on=until)


class TestInForce:
    @pytest.mark.parametrize(
        ("since", "until", "is_open"),
        [
            (None, None, True),
            (date(2020, 3, 31), None, True),
            (date(2020, 4, 1), None, False),
            (None, date(2020, 3, 31), True),
            (None, date(2020, 3, 30), False),
            (date(2020, 3, 31), date(2020, 3, 31), True),
        ],
    )
    def test_the_last_day_counts(self, since, until, is_open):
        row = member(since, until)
        row.save()
        assert row.is_open(date(2020, 3, 31)) is is_open
        assert MarketGroupMember.objects.filter(pk=row.pk).on(date(2020, 3, 31)).exists() is is_open


class TestMembership:
    def test_it_refuses_to_be_in_a_group_twice_at_once(self):
        member(date(2020, 1, 1)).save()
        with pytest.raises(ValidationError):
            member(date(2021, 1, 1), date(2021, 12, 31)).full_clean()

    def test_it_may_leave_and_come_back(self):
        member(date(2020, 1, 1), date(2020, 12, 31)).save()
        member(date(2021, 1, 1)).full_clean()

    def test_it_may_be_saved_again_as_it_is(self):
        row = member(date(2020, 1, 1))
        row.save()
        row.full_clean()

    @pytest.mark.parametrize("since", [None, date(2020, 1, 1)])
    def test_the_database_refuses_the_same_start_twice(self, since):
        member(since).save()
        with pytest.raises(IntegrityError), transaction.atomic():
            member(since).save()

    def test_it_refuses_to_end_before_it_begins(self):
        with pytest.raises(ValidationError):
            member(date(2020, 1, 2), date(2019, 12, 31)).full_clean()

    def test_it_may_be_withdrawn_before_it_begins(self):
        member(date(2030, 1, 1), date(2029, 12, 31)).full_clean()

    def test_places_in_regions_keep_the_same_rules(self):
        with pytest.raises(ValidationError):
            RegionMember(region_id="jjj-all", division_id="110000", since_on=date(2020, 1, 1)).full_clean()


class TestCodes:
    def test_it_refuses_a_code_that_a_spreadsheet_has_shortened(self):
        market = Market.objects.get(alpha3="AFG")
        market.numeric = "4"
        with pytest.raises(ValidationError) as refusal:
            market.full_clean()
        assert set(refusal.value.message_dict) == {"numeric"}

    def test_it_refuses_a_division_of_five_digits(self):
        with pytest.raises(ValidationError):
            Division(code="52010", name_zh="x", name_en="x", short_zh="x", level="county").clean_fields()


class TestRates:
    def test_it_names_a_month_by_its_first_day(self):
        rate = Rate(currency_id="EUR", month_on=date(2026, 1, 2), usd_per_unit=1, cny_per_unit=7, source="x")
        with pytest.raises(ValidationError) as refusal:
            rate.full_clean()
        assert set(refusal.value.message_dict) == {"month_on"}

    def test_the_database_refuses_a_rate_of_zero(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rate.objects.create(
                currency_id="EUR", month_on=date(2026, 1, 1), usd_per_unit=0, cny_per_unit=7, source="x"
            )
