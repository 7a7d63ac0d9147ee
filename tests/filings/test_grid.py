"""The quarter as a table to type in: its page, the cells that its script sends, and the form without script."""

import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from portal.filings.actions.drafts import open_filing
from portal.filings.actions.typing import take_seat
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Version
from portal.filings.models.grid import Sitting, TypedRow
from portal.filings.sheet import Kind
from tests.filings.conftest import english, text_of
from tests.world import NOW, World, another_firm, entry, file_quarter

pytestmark = pytest.mark.django_db
TOKEN = "00000000-0000-0000-0000-000000000007"
GRID = "/en/filing/2020Q1/grid/"


@pytest.fixture
def running(world) -> Contract:
    """A contract of the year before, of which 900 of 2,000 were executed last quarter."""
    signed = entry(Kind.SIGNED, world.lists, on="2019-10-12", amount="2000")
    executed = entry(Kind.EXECUTED, world.lists, on="2019-11-20", amount="900")
    file_quarter(world, period="2019Q4", entries=[signed, executed])
    return Contract.objects.get()


@pytest.fixture
def draft(world, running) -> Version:
    return open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)


def send(client: Client, version: Version | None, *rows: dict, token: str = TOKEN):
    body = {"version": version.pk if version else None, "token": token, "rows": list(rows)}
    return client.post(
        english("cell-save", "2020Q1"), json.dumps(body), content_type="application/json",
        headers={"accept": "application/json"},
    )  # fmt: skip


def row_of(contract: Contract, **values: str) -> dict:
    return {"place": f"new-c{contract.pk}", "kind": "executed", "values": values, "number": contract.number}


WHOLE = {"amount": "800", "on": "2020-03-18", "receipt_number": "SW1"}


class TestPage:
    def test_it_opens_with_the_running_contracts(self, alice, running):
        page = alice.get(GRID)
        words = text_of(page)
        assert "Bridge design" in words
        assert "1,100.00" in words
        assert "expected 900.00" in words
        assert f'name="new-c{running.pk}.amount"' in page.content.decode()
        assert not Version.objects.filter(filing__period="2020Q1").exists()

    def test_idle_contracts_are_told_once_above_the_rows(self, world, alice):
        """N1: a contract on which nothing was executed this quarter and the one before."""
        file_quarter(world, period="2019Q3", entries=[entry(Kind.SIGNED, world.lists, on="2019-08-01")])
        file_quarter(world, period="2019Q4", entries=[entry(Kind.SIGNED, world.lists, number="B-1", on="2019-11-01")])
        file_quarter(world, until="draft", entries=[entry(Kind.SIGNED, world.lists, number="C-1", on="2020-02-01")])
        for name in ("grid", "filing-detail", "filing-check"):
            words = text_of(alice.get(english(name, "2020Q1")))
            assert "1 running contract has had no execution for some quarters" in words, name
            assert "Nothing has been executed on this contract" not in words, name

    def test_it_is_not_there_for_an_outsider(self, world, signed_in):
        assert signed_in(world.dora).get(GRID).status_code == 404

    def test_a_reader_sees_locked_cells_and_takes_no_seat(self, bob, draft):
        page = bob.get(GRID).content.decode()
        assert "cell--lock" in page
        assert "<input id=" not in page.split('id="grid"')[1].split("</form>")[0]
        assert not Sitting.objects.exists()

    def test_a_submitted_filing_is_locked_with_the_reason(self, world, alice):
        file_quarter(world, until="submitted")
        assert "This filing has been submitted. Withdraw it" in text_of(alice.get(GRID))

    def test_the_second_window_is_told_of_the_first(self, alice, draft):
        alice.get(GRID)
        assert "This quarter was open in another window" in text_of(alice.get(GRID))

    def test_it_asks_no_more_of_the_database_for_more_rows(self, world, alice, draft, assert_constant_queries):
        def add_rows() -> None:
            for _number in range(3):
                values = {"number": f"N-{uuid.uuid4().hex[:6]}", "amount": "1"}
                place = f"new-r{uuid.uuid4().hex[:8]}"
                TypedRow.objects.create(
                    version=draft, firm=world.firm, place=place, kind="executed", number=values["number"],
                    values=values, saved_at=NOW, saved_by=world.alice.key,
                )  # fmt: skip

        assert_constant_queries(add_rows, lambda: alice.get(GRID))

    def test_an_unfinished_row_is_named_where_the_filing_is_checked(self, alice, draft, running):
        send(alice, draft, row_of(running, amount="lots"))
        check = alice.get(english("filing-check", "2020Q1"))
        assert "typed but not finished" in text_of(check)
        assert f"{GRID}#c-new-c{running.pk}-" in check.content.decode()


class TestCell:
    def test_a_whole_row_goes_into_the_ledger(self, alice, draft, running):
        answer = send(alice, draft, row_of(running, **WHOLE)).json()
        line = draft.lines.get()
        [row] = answer["rows"]
        assert (row["was"], row["place"], row["state"]) == (f"new-c{running.pk}", f"line-{line.pk}", "saved")
        assert row["texts"]["amount"] == "800.00"
        assert answer["totals"]["executed"] == "800.00"
        assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["saved_at"])

    def test_the_first_cell_of_a_quarter_opens_its_filing(self, alice, running):
        answer = send(alice, None, row_of(running, amount="800")).json()
        assert Version.objects.get(filing__period="2020Q1").pk == answer["version"]

    def test_what_is_wrong_is_said_at_its_cell_with_its_mend(self, alice, draft, running):
        [row] = send(alice, draft, row_of(running, **WHOLE | {"amount": "1200"})).json()["rows"]
        assert row["cells"]["amount"] == "bad"
        assert 'data-mend="1,100.00"' in row["remarks"]
        assert not draft.lines.exists()

    def test_an_older_tab_is_told_who_fills_it_now(self, world, alice, draft, running):
        take_seat(version=draft, token=uuid.UUID(int=8), by=world.alice, at=NOW)
        response = send(alice, draft, row_of(running, amount="1"))
        assert response.status_code == 409
        assert response.json()["who"] == "Alice"

    def test_it_refuses_get(self, alice):
        assert alice.get(english("cell-save", "2020Q1")).status_code == 405

    def test_a_reader_may_not(self, bob, draft, running):
        assert send(bob, draft, row_of(running, amount="1")).status_code == 403
        assert not TypedRow.objects.exists()

    def test_a_draft_of_another_firm_is_refused(self, charlie, draft, running):
        assert send(charlie, draft, row_of(running, amount="1")).status_code == 422
        assert not TypedRow.objects.exists()

    def test_a_closed_filing_is_refused_with_the_reason(self, world, alice, running):
        version = file_quarter(world, until="submitted")
        response = send(alice, version, row_of(running, amount="1"))
        assert (response.status_code, "Withdraw it" in response.json()["refused"]) == (422, True)

    def test_an_ended_session_is_said_so_instead_of_a_page(self, draft, running):
        response = send(Client(), draft, row_of(running, amount="1"))
        assert (response.status_code, response.json()) == (401, {"signed_out": True})

    @pytest.mark.parametrize(
        "rows",
        [
            "x",
            [1],
            [{"place": "line-1"}],
            [{"place": "../1", "kind": "executed", "values": {}}],
            [{"place": "new-1", "kind": "sold", "values": {}}],
            [{"place": "new-1", "kind": "executed", "values": 3}],
        ],
    )
    def test_what_no_script_of_ours_sends_is_refused(self, alice, draft, rows):
        response = alice.post(
            english("cell-save", "2020Q1"), json.dumps({"version": draft.pk, "token": TOKEN, "rows": rows}),
            content_type="application/json",
        )  # fmt: skip
        assert response.status_code == 400

    def test_giant_and_strange_texts_do_no_harm(self, alice, draft, running):
        strange = {"amount": "9" * 5000, "receipt_number": "\x00" + "字" * 9000, "no_such": "x", "on": "<b>"}
        answer = send(alice, draft, row_of(running, **strange)).json()
        assert answer["rows"][0]["state"] == "typed"
        assert "<b>" not in answer["rows"][0]["remarks"].replace("<p><b>", "")
        assert "no_such" not in TypedRow.objects.get().values


class TestState:
    def test_it_says_what_every_rule_has_to_say_and_hands_out_a_fresh_token(self, alice, draft, running):
        send(alice, draft, row_of(running, **WHOLE | {"amount": "1200"}))
        state = alice.get(english("grid-state", "2020Q1") + "?rows=1").json()
        assert [row["place"] for row in state["rows"]] == [f"new-c{running.pk}"]
        assert state["csrf"]


class TestForm:
    """Without script."""

    def posted(self, page: str, **typed: str) -> dict:
        fields = dict(re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', page))
        rows = [row for row in re.findall(r'name="row" value="([^"]*)"', page) if not row.startswith("new-pattern")]
        return fields | {"row": rows} | typed

    def test_it_saves_the_whole_table_at_once(self, alice, draft, running):
        typed = {f"new-c{running.pk}.{name}": text for name, text in WHOLE.items()}
        page = alice.get(GRID).content.decode()
        response = alice.post(english("grid-save", "2020Q1"), self.posted(page, **typed))
        assert response.url == GRID
        assert draft.lines.get().amount_cents == 80_000

    def test_what_is_wrong_is_kept_and_shown_again(self, alice, draft, running):
        typed = {f"new-c{running.pk}.amount": "lots"}
        page = alice.get(GRID).content.decode()
        answer = alice.post(english("grid-save", "2020Q1"), self.posted(page, **typed), follow=True)
        assert 'value="lots"' in answer.content.decode()
        assert "is to be mended" in text_of(answer)

    def test_a_fresh_row_comes_with_the_next_page(self, alice, draft):
        page = alice.get(GRID).content.decode()
        response = alice.post(english("grid-save", "2020Q1"), self.posted(page, add="changed"), follow=True)
        assert re.search(r'<input id="c-new-r\w+-reason"', response.content.decode())

    def test_typing_survives_a_session_that_ended(self, world, draft, running):
        world.alice.set_password("a long enough pass phrase")
        world.alice.save()
        client = Client()
        client.force_login(world.alice)
        typed = self.posted(client.get(GRID).content.decode(), **{f"new-c{running.pk}.amount": "815"})
        client.logout()
        response = client.post(english("grid-save", "2020Q1"), typed, headers={"referer": f"http://testserver{GRID}"})
        assert response.url == f"{reverse('account_login')}?next={GRID}"
        signed_in = {"login": world.alice.email, "password": "a long enough pass phrase", "next": GRID}
        page = client.post(reverse("account_login"), signed_in, follow=True)
        assert page.request["PATH_INFO"] == GRID
        assert 'value="815"' in page.content.decode()
        assert "What you had typed when your session ended" in text_of(page)
        assert 'value="815"' not in client.get(GRID).content.decode()

    def test_nobody_else_sees_what_was_typed(self, world, draft, running, signed_in):
        alice = signed_in(world.alice)
        typed = self.posted(alice.get(GRID).content.decode(), **{f"new-c{running.pk}.amount": "815"})
        alice.logout()
        alice.post(english("grid-save", "2020Q1"), typed)
        kept = alice.session["kept_typing"]
        charlie = signed_in(world.charlie)
        session = charlie.session
        session["kept_typing"] = kept
        session.save()
        assert 'value="815"' not in charlie.get(GRID).content.decode()

    def test_an_outsider_saves_nothing(self, world, signed_in, draft):
        assert signed_in(world.dora).post(english("grid-save", "2020Q1")).status_code == 404


def test_a_firm_s_own_cells_only(world: World, alice, running):
    """A place of another firm's draft is not there."""
    other = another_firm(5)
    theirs = file_quarter(world, firm=other, until="draft")
    mine = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    line = theirs.lines.first()
    row = {"place": f"line-{line.pk}", "kind": "executed", "values": {"amount": "1"}}
    [outcome] = send(alice, mine, row).json()["rows"]
    assert outcome["state"] == "gone"
    assert theirs.lines.first().amount_cents == line.amount_cents
