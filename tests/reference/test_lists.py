"""What the shipped lists say, by their sources."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from portal.reference.files import TABLES
from portal.reference.models import (
    Division,
    Market,
    MarketGroup,
    MarketGroupMember,
    RegionMember,
    ServiceCategory,
)

pytestmark = pytest.mark.django_db


def members(group: str, on: str) -> set[str]:
    rows = MarketGroupMember.objects.filter(group=group).on(date.fromisoformat(on))
    return set(rows.values_list("market", flat=True))


def places(region: str, on: str) -> set[str]:
    return set(RegionMember.objects.filter(region=region).on(date.fromisoformat(on)).values_list("division", flat=True))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_it_has_only_rows_that_the_admin_would_accept(table):
    refused = []
    for row in table.model.objects.all():
        try:
            row.clean_fields()
            row.clean()
        except ValidationError as error:
            refused.append((str(row), error.messages))
    assert refused == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_it_says_each_doubt_in_both_languages(table):
    if not hasattr(table.model, "doubt"):
        return
    assert [row for row in table.model.objects.all() if bool(row.doubt_zh) != bool(row.doubt_en)] == []


class TestDivisions:
    def test_it_has_399_places(self):
        levels = Counter(Division.objects.values_list("level", flat=True))
        assert levels == {"province": 34, "prefecture": 333, "county": 32}

    def test_it_puts_every_city_under_the_province_of_its_code(self):
        strays = [row.code for row in Division.objects.exclude(parent=None) if row.parent_id != f"{row.code[:2]}0000"]
        assert strays == []
        assert Division.objects.filter(parent=None).exclude(level="province").count() == 0

    def test_it_knows_guiyang(self):
        guiyang = Division.objects.get(code="520100")
        assert (guiyang.name_zh, guiyang.name_en, guiyang.parent_id) == ("贵阳市", "Guiyang", "520000")


class TestRegions:
    def test_it_divides_the_31_mainland_provinces_into_four_regions(self):
        counts = {
            region: len(places(f"nbs4-{region}", "2020-01-01")) for region in ["east", "central", "west", "northeast"]
        }
        assert counts == {"east": 10, "central": 6, "west": 12, "northeast": 3}

    def test_it_reads_the_centre_and_west_in_two_ways(self):
        narrow, wide = (
            places("mofcom_midwest_nbs-midwest", "2020-01-01"),
            places("mofcom_midwest_3-midwest", "2020-01-01"),
        )
        assert (len(narrow), len(wide)) == (18, 20)
        assert wide - narrow == {"220000", "230000"}  # Jilin and Heilongjiang

    @pytest.mark.parametrize(
        ("day", "count"),
        [("2008-12-31", 0), ("2009-12-31", 20), ("2010-12-31", 21), ("2016-05-04", 21), ("2016-05-05", 31),
         ("2020-12-31", 31), ("2021-12-31", 37)],
    )  # fmt: skip
    def test_it_has_ever_more_demonstration_cities(self, day, count):
        assert len(places("so_demo_city-all", day)) == count

    def test_it_makes_guiyang_a_demonstration_city_in_2021(self):
        assert "520100" not in places("so_demo_city-all", "2020-12-31")
        assert "520100" in places("so_demo_city-all", "2021-12-31")

    def test_it_lets_anhui_be_in_two_schemes(self):
        assert "340000" in places("nbs4-central", "2020-01-01") & places("yrd-all", "2020-01-01")

    def test_it_begins_the_delta_with_its_plan(self):
        assert places("yrd-all", "2019-11-30") == set()
        assert len(places("yrd-all", "2019-12-01")) == 4


class TestMarkets:
    def test_it_has_every_country_of_the_standard(self):
        assert Market.objects.count() == 249

    @pytest.mark.parametrize(
        ("code", "zh", "en"),
        [("HKG", "中国香港", "Hong Kong, China"), ("MAC", "中国澳门", "Macao, China"),
         ("TWN", "中国台湾", "Taiwan, China")],
    )  # fmt: skip
    def test_it_names_what_is_part_of_china_as_such(self, code, zh, en):
        market = Market.objects.get(alpha3=code)
        assert (market.name_zh, market.name_en) == (zh, en)


class TestMarketGroups:
    def test_it_has_65_countries_along_the_routes(self):
        assert len(members("bri65", "2020-03-31")) == 65

    def test_it_has_three_belt_and_road_lists(self):
        lists = MarketGroup.objects.filter(belt_and_road=True).values_list("code", flat=True)
        assert set(lists) == {"bri65", "bri_signatories", "guiyang_report_2020"}

    def test_only_the_report_s_list_has_vietnam_zambia_and_india(self):
        three = {"VNM", "ZMB", "IND"}
        assert three <= members("guiyang_report_2020", "2020-03-31")
        assert members("bri65", "2020-03-31") & three == {"VNM", "IND"}
        assert members("bri_signatories", "2020-03-31") & three == {"VNM", "ZMB"}

    def test_the_report_s_list_is_the_union_of_the_two(self):
        union = members("bri65", "2020-03-31") | members("bri_signatories", "2020-03-31")
        assert members("guiyang_report_2020", "2020-03-31") == union
        assert len(union) == 145

    @pytest.mark.parametrize(
        ("day", "count"), [("2019-03-27", 125), ("2020-01-31", 138), ("2021-01-31", 140), ("2023-08-31", 152)]
    )
    def test_signatories_agree_with_the_published_counts(self, day, count):
        assert len(members("bri_signatories", day)) == count

    @pytest.mark.parametrize(
        ("group", "market", "day", "is_in"),
        [
            ("eu", "GBR", "2020-01-31", True),
            ("eu", "GBR", "2020-02-01", False),
            ("eu", "HRV", "2013-06-30", False),
            ("eu", "HRV", "2013-07-01", True),
            ("rcep", "VNM", "2021-12-31", False),
            ("rcep", "VNM", "2022-01-01", True),
            ("rcep", "KOR", "2022-01-31", False),
            ("rcep", "KOR", "2022-02-01", True),
            ("rcep", "PHL", "2023-06-01", False),
            ("rcep", "PHL", "2023-06-02", True),
            ("asean", "TLS", "2025-10-25", False),
            ("asean", "TLS", "2025-10-26", True),
            ("bri_signatories", "ITA", "2024-03-22", True),
            ("bri_signatories", "ITA", "2024-03-23", False),
        ],
    )
    def test_members_enter_and_leave_on_their_days(self, group, market, day, is_in):
        assert (market in members(group, day)) is is_in

    def test_the_union_shrank_from_28_to_27(self):
        assert (len(members("eu", "2020-01-31")), len(members("eu", "2020-02-01"))) == (28, 27)


class TestServiceCategories:
    def test_it_has_3_kinds_9_groups_and_45_classes(self):
        assert Counter(ServiceCategory.objects.values_list("level", flat=True)) == {1: 3, 2: 9, 3: 45}

    def test_every_group_has_one_rest(self):
        rests = Counter(ServiceCategory.objects.filter(is_residual=True).values_list("parent", flat=True))
        assert len(rests) == 9
        assert set(rests.values()) == {1}

    def test_everything_is_defined_in_both_languages(self):
        columns = ("definition_zh", "definition_en", "typical_zh", "typical_en")
        assert [
            row.code for row in ServiceCategory.objects.all() if not all(getattr(row, name) for name in columns)
        ] == []

    def test_it_says_that_the_edition_is_applied_backwards(self):
        for row in ServiceCategory.objects.all():
            assert row.edition == "2022"
            assert row.since_on is None
            assert "applied backwards" in row.doubt_en

    def test_every_class_has_a_service_trade_category_and_its_basis(self):
        classes = ServiceCategory.objects.filter(level=3)
        assert not classes.filter(trade_category="").exists()
        assert set(classes.values_list("mapping_basis", flat=True)) == {"high", "medium", "low"}

    def test_only_repair_is_not_digitally_deliverable(self):
        repair = ServiceCategory.objects.filter(level=3, is_digitally_deliverable=False)
        assert set(repair.values_list("trade_category", flat=True)) == {"SB"}
        assert set(repair.values_list("parent", flat=True)) == {"BPO-3"}

    def test_a_definition_speaks_the_reader_s_language(self):
        row = ServiceCategory.objects.get(code="ITO-1-01")
        with translation.override("en"):
            assert (row.definition, row.doubt) == (row.definition_en, row.doubt_en)
        with translation.override("zh-hans"):
            assert (row.definition, row.typical) == (row.definition_zh, row.typical_zh)
