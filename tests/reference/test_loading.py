"""Bringing the lists in line with their files."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.reference.actions import publish_edition, save_row
from portal.reference.loading import load_lists
from portal.reference.models import Edition, Market, MarketGroupMember, Rate, RegionMember

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SINCE = date(2022, 1, 1)


def outcome(loading, table):
    return next(loaded for loaded in loading.tables if loaded.table == table)


def vietnam(group="rcep"):
    return MarketGroupMember.objects.get(group=group, market="VNM")


class TestTheSameFilesAgain:
    def test_it_changes_nothing(self):
        loading = load_lists(at=AT)
        assert not any(loaded.is_change for loaded in loading.tables)
        assert [loaded.rows for loaded in loading.tables] == [399, 9, 15, 184, 249, 9, 446, 57, 25, 1646]

    def test_it_makes_no_edition_and_no_entry(self):
        editions, entries = Edition.objects.count(), Entry.objects.count()
        assert load_lists(at=AT).new_editions == {}
        assert (Edition.objects.count(), Entry.objects.count()) == (editions, entries)


class TestAChangedFile:
    def test_it_adds_a_row(self, files, edit_file):
        new = {"group": "brics", "market": "VNM", "since_on": "2026-01-01", "source": "made up"}
        edit_file("market_group_members", lambda row: row, new)
        loading = load_lists(at=AT, folder=files)
        assert outcome(loading, "market_group_members").added == 1
        assert vietnam("brics").since_on == date(2026, 1, 1)

    def test_it_makes_an_edition_of_the_list_that_changed_and_of_no_other(self, files, edit_file):
        edit_file("rates", lambda row: {**row, "usd_per_unit": "0.15"} if row["month_on"] == "2018-01-01" else row)
        assert load_lists(at=AT, folder=files).new_editions == {"rates": 2}
        assert Edition.objects.get(list_name="rates", number=2).made_at == AT

    def test_it_makes_an_edition_of_other_words_too(self, files, edit_file):
        edit_file("markets", lambda row: {**row, "name_en": "Elbonia"} if row["alpha3"] == "DEU" else row)
        loading = load_lists(at=AT, folder=files)
        assert outcome(loading, "markets").changed == 1
        assert Market.objects.get(alpha3="DEU").name_en == "Elbonia"
        assert loading.new_editions == {"markets": 2}

    def test_it_journals_each_table_that_changed(self, files, edit_file):
        edit_file("markets", lambda row: {**row, "name_en": "Elbonia"} if row["alpha3"] == "DEU" else row)
        load_lists(at=AT, folder=files)
        entry = Entry.objects.filter(verb="code_list.loaded", at=AT).get()
        assert (entry.target_key, entry.actor, entry.after["changed"]) == ("markets", None, 1)

    def test_it_mends_the_start_of_a_spell_in_place(self, files, edit_file):
        before = vietnam()
        edit_file("market_group_members", lambda row: moved(row, "2021-11-02"))
        loaded = outcome(load_lists(at=AT, folder=files), "market_group_members")
        assert (loaded.added, loaded.changed, loaded.closed) == (0, 1, 0)
        assert (vietnam().pk, vietnam().since_on) == (before.pk, date(2021, 11, 2))

    def test_it_takes_a_later_spell_for_another_row(self, files, edit_file):
        edit_file("market_group_members", lambda row: {**row, "until_on": "2023-12-31"} if is_vietnam(row) else row)
        load_lists(at=AT, folder=files)
        edit_file("market_group_members", lambda row: moved(row, "2025-01-01", until=""))
        loaded = outcome(load_lists(at=AT, folder=files), "market_group_members")
        assert loaded.added == 1
        spells = MarketGroupMember.objects.filter(group="rcep", market="VNM").values_list("since_on", "until_on")
        assert set(spells) == {(SINCE, date(2023, 12, 31)), (date(2025, 1, 1), None)}


def is_vietnam(row):
    return (row["group"], row["market"]) == ("rcep", "VNM")


def moved(row, since, until=None):
    if not is_vietnam(row):
        return row
    return {**row, "since_on": since, "until_on": row["until_on"] if until is None else until}


class TestARowThatTheFileLacks:
    def test_it_is_closed_on_the_day_before_and_stays(self, files, edit_file):
        edit_file("market_group_members", lambda row: None if is_vietnam(row) else row)
        loading = load_lists(at=AT, folder=files)
        assert outcome(loading, "market_group_members").closed == 1
        assert vietnam().until_on == date(2026, 3, 1)
        assert "market_groups" in loading.new_editions

    def test_it_is_closed_once(self, files, edit_file):
        edit_file("market_group_members", lambda row: None if is_vietnam(row) else row)
        load_lists(at=AT, folder=files)
        assert outcome(load_lists(at=AT, folder=files), "market_group_members").closed == 0

    def test_it_is_open_again_when_the_file_has_it_again(self, files, edit_file):
        edit_file("market_group_members", lambda row: None if is_vietnam(row) else row)
        load_lists(at=AT, folder=files)
        load_lists(at=AT)
        assert vietnam().until_on is None

    def test_it_never_comes_into_force_when_it_had_not_begun(self, files, edit_file):
        early = datetime(2021, 6, 1, tzinfo=UTC)
        edit_file("market_group_members", lambda row: None if is_vietnam(row) else row)
        load_lists(at=early, folder=files)
        row = vietnam()
        assert (row.since_on, row.until_on) == (SINCE, date(2021, 12, 31))
        assert not row.is_open(SINCE)
        assert not MarketGroupMember.objects.filter(pk=row.pk).on(SINCE).exists()

    def test_it_stays_where_there_is_no_last_day_to_set(self, files, edit_file):
        edit_file("rates", lambda row: None if row["currency"] == "THB" else row)
        load_lists(at=AT, folder=files)
        assert Rate.objects.filter(currency="THB").exists()


class TestARowEditedHere:
    @pytest.fixture
    def edited(self, keeper):
        row = Market.objects.get(alpha3="DEU")
        row.name_zh = "德意志"
        return save_row(row=row, before={"name_zh": "德国"}, after={"name_zh": "德意志"}, by=keeper.key, at=AT)

    def test_it_is_left_alone_and_named(self, edited):
        loaded = outcome(load_lists(at=AT), "markets")
        assert (loaded.changed, loaded.kept) == (0, [str(edited)])
        edited.refresh_from_db()
        assert edited.name_zh == "德意志"

    def test_it_is_not_closed_when_the_file_lacks_it(self, edited, files, edit_file):
        edit_file("markets", lambda row: None if row["alpha3"] == "DEU" else row)
        edit_file("market_group_members", lambda row: None if row["market"] == "DEU" else row)
        load_lists(at=AT, folder=files)
        edited.refresh_from_db()
        assert edited.until_on is None

    def test_a_spell_mended_here_is_not_doubled_by_the_file(self, keeper):
        row = RegionMember.objects.get(region="so_demo_city-all", division="520100")
        row.since_on = date(2021, 10, 1)
        save_row(row=row, before={}, after={"since_on": "2021-10-01"}, by=keeper.key, at=AT)
        loaded = outcome(load_lists(at=AT), "region_members")
        assert (loaded.added, len(loaded.kept)) == (0, 1)
        assert RegionMember.objects.filter(region="so_demo_city-all", division="520100").count() == 1


class TestABadFile:
    @pytest.mark.parametrize(
        ("column", "value", "said"),
        [("since_on", "2020-13-01", "line 2"), ("belt_and_road", "perhaps", "line 2")],
    )
    def test_it_names_file_and_line(self, files, edit_file, column, value, said):
        edit_file("market_groups", lambda row: {**row, column: value})
        with pytest.raises(Refused) as refusal:
            load_lists(at=AT, folder=files)
        assert "market_groups.csv" in str(refusal.value)
        assert said.removeprefix("line ") in str(refusal.value)

    def test_it_leaves_everything_as_it_was(self, files, edit_file):
        edit_file("divisions", lambda row: {**row, "name_en": "Nowhere"})
        edit_file("rates", lambda row: {**row, "usd_per_unit": "a lot"})
        with pytest.raises(Refused):
            load_lists(at=AT, folder=files)
        assert not Market.objects.filter(name_en="Nowhere").exists()
        assert Edition.objects.count() == 7

    def test_it_refuses_a_row_that_stands_twice(self, files, edit_file):
        edit_file("currencies", lambda row: row, {"code": "EUR", "numeric": "978", "name_zh": "x", "name_en": "x",
                                                  "minor_units": "2", "is_main": "1"})  # fmt: skip
        with pytest.raises(Refused):
            load_lists(at=AT, folder=files)

    def test_it_refuses_a_file_with_other_columns(self, files):
        (files / "regions.csv").write_text("code,scheme\nnbs4-east,nbs4\n", encoding="utf-8")
        with pytest.raises(Refused) as refusal:
            load_lists(at=AT, folder=files)
        assert "name_zh" in str(refusal.value)

    def test_it_refuses_a_line_with_a_cell_too_many(self, files):
        with (files / "regions.csv").open("a", encoding="utf-8") as lines:
            lines.write("nbs4-south,南部,South,nbs4,more\n")
        with pytest.raises(Refused):
            load_lists(at=AT, folder=files)


class TestTheCommand:
    def test_it_says_what_it_did(self):
        said = StringIO()
        call_command("load_lists", stdout=said)
        assert "New editions: none" in said.getvalue()
        assert "divisions" in said.getvalue()

    def test_it_answers_in_json(self):
        said = StringIO()
        call_command("load_lists", "--at", "2026-03-02", "--format", "json", stdout=said)
        answer = json.loads(said.getvalue())
        assert answer["new_editions"] == {}
        assert answer["tables"][0] == {
            "table": "divisions", "rows": 399, "added": 0, "changed": 0, "closed": 0, "kept": [],
        }  # fmt: skip

    def test_it_takes_the_day_it_is_told(self):
        Market.objects.filter(alpha3="DEU").update(until_on=AT.date())
        publish_edition(list_name="markets", by=None, at=AT)
        call_command("load_lists", "--at", "2026-05-01", stdout=StringIO())
        restored = Edition.objects.get(list_name="markets", number=3)
        assert restored.made_at == datetime(2026, 4, 30, 16, 0, tzinfo=UTC)  # midnight in Shanghai

    def test_it_refuses_a_day_that_is_none(self):
        with pytest.raises(CommandError):
            call_command("load_lists", "--at", "soon", stdout=StringIO())
