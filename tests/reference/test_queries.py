"""What intake and statistics ask of the lists."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from portal.reference.queries import code_lists, division, latest_rate_month, names

pytestmark = pytest.mark.django_db


class TestCodeLists:
    def test_they_take_five_queries(self, django_assert_num_queries):
        with django_assert_num_queries(5):
            code_lists()

    def test_they_know_which_categories_are_classes(self):
        categories = code_lists().categories
        assert categories["ITO-1-01"].is_leaf
        assert not categories["ITO-1"].is_leaf
        assert sum(row.is_leaf for row in categories.values()) == 45

    def test_a_row_is_open_from_its_first_to_its_last_day(self):
        names("market")["DEU"].__class__.objects.filter(alpha3="DEU").update(
            since_on=date(2020, 1, 1), until_on=date(2020, 12, 31)
        )
        germany = code_lists().markets["DEU"]
        days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
        assert [germany.is_open(day) for day in days] == [False, True, True, False]


class TestARate:
    def test_it_is_the_month_s_own(self):
        rate, is_provisional = code_lists().rate("USD", date(2020, 3, 31))
        assert (rate.month_on, is_provisional) == (date(2020, 3, 1), False)
        assert rate.usd_per_unit == Decimal(1)

    def test_it_is_the_newest_earlier_one_and_provisional_where_the_month_has_none(self):
        rate, is_provisional = code_lists().rate("RUB", date(2023, 6, 15))
        assert (rate.month_on, is_provisional) == (date(2022, 2, 1), True)

    def test_there_is_none_before_the_first_month(self):
        assert code_lists().rate("EUR", date(2017, 12, 31)) is None

    def test_there_is_none_for_a_currency_without_rates(self):
        assert code_lists().rate("VND", date(2020, 3, 31)) is None

    def test_the_newest_month_is_not_in_the_future(self):
        assert latest_rate_month(date(2020, 3, 31)) == date(2020, 3, 1)
        assert latest_rate_month(date(2030, 1, 1)) == date(2024, 12, 1)
        assert latest_rate_month(date(2010, 1, 1)) is None


class TestNames:
    def test_a_place_is_found_with_its_province(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert division("520100").parent.name_zh == "贵州省"

    def test_no_place_is_found_by_a_code_that_is_none(self):
        assert division("999999") is None

    @pytest.mark.parametrize(("language", "name"), [("zh-hans", "德国"), ("en", "Germany")])
    def test_they_speak_the_reader_s_language(self, language, name):
        with translation.override(language):
            assert names("market", ["DEU"])["DEU"].name == name
