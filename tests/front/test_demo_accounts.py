"""How the demo is made, and the accounts that look around in it."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from portal.filings.models.filing import Version
from portal.front.demo import story
from portal.front.demo.firms import credit_code, firm_plans
from portal.front.demo.people import ACCOUNTS
from portal.front.demo.plans import filing_plans
from portal.journal.models import Entry
from portal.members.models import (
    User,
)
from portal.members.roles import FirmRole, StaffRole
from portal.reference.queries import code_lists

demo = pytest.mark.demo


@demo
def test_a_second_time_it_is_found_there():
    before = Entry.objects.count()
    out = StringIO()
    call_command("set_up_demo", stdout=out)
    assert "there already" in out.getvalue()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("command", ["load_demo", "set_up_demo"])
@pytest.mark.parametrize("mode", ["development", "production"])
def test_it_is_only_made_in_demo_and_test(mode: str, command: str):
    with override_settings(MODE=mode), pytest.raises(CommandError, match=mode):
        call_command(command)


@pytest.mark.django_db
def test_it_is_planned_the_same_every_time():
    lists = code_lists()
    first, second = (story.story(firm_plans(), lists) for _time in range(2))
    assert first == second
    assert filing_plans(firm_plans(), lists)[0].rows


def test_credit_codes_have_both_check_characters():
    # 91520100MA00000156 is worked out by hand from GB 32100 and GB 11714.
    assert credit_code("520100", 1) == "91520100MA00000156"


@demo
class TestItsAccounts:
    def test_each_signs_in_with_the_demos_password(self):
        for account in ACCOUNTS:
            user = User.objects.get(email=account.email)
            assert user.check_password(settings.DEMO_PASSWORD)
            assert user.is_superuser == (account.role == StaffRole.ADMINISTRATOR)

    def test_they_have_the_roles_that_the_table_says(self):
        for account in ACCOUNTS:
            user = User.objects.get(email=account.email)
            held = user.appointments if isinstance(account.role, StaffRole) else user.representations
            assert set(held.values_list("role", flat=True)) == {account.role}
            assert user.representations.count() == len(account.firms)

    def test_one_firm_has_all_four_roles_and_one_person_acts_for_two(self):
        teams = Counter(firm for account in ACCOUNTS for firm in account.firms)
        assert max(teams.values()) == len(FirmRole)
        assert any(len(account.firms) == 2 for account in ACCOUNTS)

    def test_their_firms_are_in_the_state_that_the_table_says(self):
        def newest(email: str) -> list[list[str]]:
            firms = User.objects.get(email=email).representations.order_by("firm").values_list("firm", flat=True)
            versions = Version.objects.newest_of_each().filter(filing__period="2020Q4")
            return [list(versions.filter(firm=firm).values_list("status", flat=True)) for firm in firms]

        assert newest("filer@demo.example") == [["draft"]]
        assert newest("agent@demo.example") == [[], ["returned"]]

    def test_the_command_lists_them(self):
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        assert all(account.email in out.getvalue() for account in ACCOUNTS)
        assert settings.DEMO_PASSWORD in out.getvalue()

    def test_the_command_lists_them_as_json(self):
        out = StringIO()
        call_command("demo_accounts", "--format", "json", stdout=out)
        rows = json.loads(out.getvalue())
        assert {row["email"] for row in rows} == {account.email for account in ACCOUNTS}
        assert all(row["password"] and row["role"] and row["tries"] for row in rows)


@pytest.mark.django_db
def test_without_a_demo_the_accounts_are_not_listed():
    with pytest.raises(CommandError, match="load_demo"):
        call_command("demo_accounts")
