"""The lists in the admin, as a person with the right meets them: edited, closed, never deleted."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from portal.journal.models import Entry
from portal.members.models import User
from portal.reference.files import TABLES
from portal.reference.models import Edition, Market, MarketGroupMember, Rate

pytestmark = pytest.mark.django_db
GERMANY = "/en/admin/reference/market/DEU/change/"


def form_of(client: Client, address: str, **changes: str) -> dict[str, str]:
    """What the browser would post: the form's own values, and what was changed in it."""
    form = client.get(address).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changes


def editions(list_name: str) -> int:
    return Edition.objects.filter(list_name=list_name).count()


class TestAnEdit:
    def test_it_saves_publishes_and_journals(self, admin, keeper):
        response = admin.post(GERMANY, form_of(admin, GERMANY, until_on="2026-12-31"))
        assert response.status_code == 302
        assert Market.objects.get(alpha3="DEU").until_on == date(2026, 12, 31)
        edition = Edition.objects.get(list_name="markets", number=2)
        assert edition.made_by == keeper.key
        entry = Entry.objects.get(verb="code_list.row_changed")
        assert (entry.actor, entry.target_kind, entry.target_key) == (keeper.key, "code_list", "markets DEU")
        assert (entry.before, entry.after) == ({"until_on": None}, {"until_on": "2026-12-31", "edition": 2})

    def test_it_marks_the_row_as_the_association_s_own(self, admin):
        admin.post(GERMANY, form_of(admin, GERMANY, name_en="Federal Republic"))
        assert Market.objects.get(alpha3="DEU").is_edited_here

    def test_it_makes_an_edition_of_other_words_too(self, admin):
        admin.post(GERMANY, form_of(admin, GERMANY, name_en="Federal Republic"))
        assert editions("markets") == 2

    def test_it_does_nothing_when_nothing_was_changed(self, admin):
        admin.post(GERMANY, form_of(admin, GERMANY))
        assert not Market.objects.get(alpha3="DEU").is_edited_here
        assert not Entry.objects.filter(verb__startswith="code_list.row").exists()

    def test_it_never_changes_the_code(self, admin):
        admin.post(GERMANY, form_of(admin, GERMANY, alpha3="XXX"))
        assert not Market.objects.filter(alpha3="XXX").exists()

    def test_it_refuses_a_last_day_before_the_first(self, admin):
        response = admin.post(GERMANY, form_of(admin, GERMANY, since_on="2020-01-02", until_on="2019-01-01"))
        assert response.status_code == 200
        assert Market.objects.get(alpha3="DEU").until_on is None

    def test_it_gives_a_row_back_to_its_file(self, admin):
        admin.post(GERMANY, form_of(admin, GERMANY, name_en="Federal Republic"))
        chosen = {"action": "give_back", "_selected_action": ["DEU", "FRA"]}
        admin.post("/en/admin/reference/market/", chosen)
        assert not Market.objects.get(alpha3="DEU").is_edited_here
        assert Entry.objects.filter(verb="code_list.row_given_back").count() == 1


class TestAnAddition:
    def test_a_month_s_rate_is_added_published_and_journalled(self, admin, keeper):
        rate = {"currency": "VND", "month_on": "2026-01-01", "usd_per_unit": "0.00004", "cny_per_unit": "0.00028",
                "source": "bank"}  # fmt: skip
        assert admin.post("/en/admin/reference/rate/add/", rate).status_code == 302
        assert Rate.objects.get(currency="VND").is_edited_here
        assert editions("rates") == 2
        entry = Entry.objects.get(verb="code_list.row_added")
        assert (entry.target_key, entry.after["usd_per_unit"]) == ("rates VND 2026-01", "0.00004")

    def test_a_market_cannot_enter_a_group_in_which_it_is(self, admin):
        row = {"group": "rcep", "market": "VNM", "since_on": "2024-01-01"}
        response = admin.post("/en/admin/reference/marketgroupmember/add/", row)
        assert "already in this group" in response.content.decode()
        assert MarketGroupMember.objects.filter(group="rcep", market="VNM").count() == 1


class TestDeletion:
    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
    def test_it_is_offered_to_nobody(self, admin, table):
        row = table.model.objects.first()
        address = f"/en/admin/reference/{table.model._meta.model_name}/{row.pk}/delete/"
        assert admin.post(address, {"post": "yes"}).status_code == 403
        assert table.model.objects.filter(pk=row.pk).exists()

    def test_it_is_no_action_of_the_list(self, admin):
        assert "delete_selected" not in admin.get("/en/admin/reference/market/").content.decode()


class TestEditions:
    def test_they_can_be_read(self, admin):
        edition = Edition.objects.get(list_name="regions")
        response = admin.get(f"/en/admin/reference/edition/{edition.pk}/change/")
        assert "so_demo_city" in response.content.decode()

    def test_they_can_be_neither_added_nor_changed_nor_deleted(self, admin):
        edition = Edition.objects.first()
        assert admin.post("/en/admin/reference/edition/add/", {}).status_code == 403
        assert admin.post(f"/en/admin/reference/edition/{edition.pk}/change/", {"number": 9}).status_code == 403
        assert admin.post(f"/en/admin/reference/edition/{edition.pk}/delete/", {"post": "yes"}).status_code == 403


class TestWhoMay:
    @pytest.fixture
    def helper(self, client: Client) -> Client:
        """Somebody who may open the admin and look at markets, and no more."""
        user = User.objects.create_user("looker@example.org", is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="view_market"))
        client.force_login(user)
        return client

    def test_a_looker_reads_and_exports(self, helper):
        assert helper.get("/en/admin/reference/market/").status_code == 200
        assert helper.get("/en/admin/reference/market/export/").status_code == 200

    @pytest.mark.parametrize("door", ["import/", "add/"])
    def test_a_looker_neither_imports_nor_adds(self, helper, door):
        assert helper.get(f"/en/admin/reference/market/{door}").status_code == 403

    def test_a_looker_changes_nothing(self, helper):
        assert helper.post(GERMANY, {"name_en": "Elbonia"}).status_code == 403

    def test_a_looker_does_not_see_other_lists(self, helper):
        assert helper.get("/en/admin/reference/rate/").status_code == 403
        assert helper.get("/en/admin/reference/rate/export/").status_code == 403


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_list_opens(admin, table):
    address = f"/en/admin/reference/{table.model._meta.model_name}/"
    assert admin.get(address).status_code == 200
    assert admin.get(f"{address}add/").status_code == 200
    assert admin.get(f"{address}{table.model.objects.first().pk}/change/").status_code == 200


def test_a_list_s_page_takes_as_many_queries_for_more_rows(admin, assert_constant_queries):
    """Fifty rows to a page; here a group of few is read, then of more."""

    def add_rows() -> None:
        taken = set(MarketGroupMember.objects.filter(group="gcc").values_list("market", flat=True))
        for market in Market.objects.exclude(pk__in=taken)[:5]:
            MarketGroupMember.objects.create(group_id="gcc", market=market)

    assert_constant_queries(
        add_rows, lambda: admin.get("/en/admin/reference/marketgroupmember/?group__code__exact=gcc")
    )
