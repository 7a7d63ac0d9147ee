"""One row at a time by the form: added, changed, removed; nothing typed is lost, nothing half-saved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from portal.filings.actions.drafts import save_draft
from portal.filings.columns import PLAN_OF
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind
from portal.journal.models import Entry as JournalEntry
from tests.filings.conftest import english, text_of
from tests.world import CHANGED, EXECUTED, NOW, SIGNED, entry, file_quarter, simple_entries

SHEET = english("filing-detail", "2020Q1")


def add(client, kind: str, /, **typed: str):
    return client.post(english("entry-add", "2020Q1", kind), typed)


@pytest.fixture
def draft(world):
    return file_quarter(world, until="draft", entries=simple_entries(world.lists))


def place(version, kind=Kind.EXECUTED) -> str:
    return next(item.place for item in stored_entries(version) if item.entry.kind == kind)


def edit(client, place: str, /, **typed: str):
    return client.post(english("entry-edit", "2020Q1", place), typed)


class TestForm:
    def test_its_labels_and_hints_are_those_of_the_workbook(self, alice):
        page = text_of(alice.get(english("entry-add", "2020Q1", "changed")))
        for column in PLAN_OF[Kind.CHANGED].fields:
            assert column.en in page
            assert column.hint in page

    def test_they_are_chinese_on_the_chinese_page(self, alice):
        with translation.override("zh-hans"):
            address = reverse("filings:entry-add", args=["2020Q1", "signed"])
        page = text_of(alice.get(address))
        for column in PLAN_OF[Kind.SIGNED].fields:
            if column.field != "kind":
                assert column.zh in page

    def test_a_contract_is_named_beforehand(self, world, alice):
        file_quarter(world, period="2019Q4")
        response = alice.get(english("entry-add", "2020Q1", "executed"), {"contract": "2019Q4-1"})
        assert response.context["form"]["number"].value() == "2019Q4-1"
        # What is left of it stands beside the form.
        assert "1,000.00 USD" in text_of(response)
        assert '<option value="2019Q4-1">' in response.content.decode()

    @pytest.mark.parametrize("kind", ["SIGNED", "nothing", "executed2"])
    def test_there_is_no_form_for_another_kind(self, alice, kind):
        assert alice.get(english("entry-add", "2020Q1", kind)).status_code == 404

    def test_a_closed_filing_has_no_form(self, world, alice):
        file_quarter(world, until="submitted")
        response = alice.get(english("entry-add", "2020Q1", "signed"), follow=True)
        assert response.redirect_chain == [(SHEET, 302)]
        assert "Withdraw it to change something." in text_of(response)

    def test_a_locked_period_has_none_either(self, alice):
        assert alice.get(english("entry-add", "2019Q4", "signed")).status_code == 302
        assert alice.post(english("entry-add", "2019Q4", "signed"), SIGNED).status_code == 302
        assert not Filing.objects.exists()


class TestAdding:
    def test_it_opens_the_filing_and_saves_the_row(self, world, alice):
        assert add(alice, "signed", **SIGNED).url == SHEET
        line = Line.objects.get()
        assert (line.contract.number, line.amount_cents, line.kind) == ("A-1", 100_000, "signed")
        verbs = JournalEntry.objects.filter(target_kind="filing").order_by("pk").values_list("verb", "actor")
        assert list(verbs) == [("filing.opened", world.alice.key), ("filing.saved", world.alice.key)]

    def test_it_goes_on_to_the_next_row_when_asked(self, alice):
        assert add(alice, "signed", **SIGNED, again="1").url == english("entry-add", "2020Q1", "signed")

    def test_every_kind_can_be_added(self, alice):
        for kind, typed in (("signed", SIGNED), ("changed", CHANGED), ("executed", EXECUTED)):
            assert add(alice, kind, **typed).status_code == 302
        add(alice, "standing", **SIGNED | {"number": "S-1", "on": "2012-01-01"})
        assert sorted(Line.objects.values_list("kind", flat=True)) == ["changed", "executed", "signed"]
        assert Contract.objects.get(number="S-1").is_standing

    def test_what_is_typed_is_read_as_in_a_workbook(self, alice):
        add(alice, "signed", **SIGNED | {"on": "2020年2月1日", "amount": "１，０００．５０", "market": "越南"})
        line = Line.objects.get()
        assert (line.on.isoformat(), line.amount_cents, line.market_id) == ("2020-02-01", 100_050, "VNM")

    def test_errors_stand_at_their_fields_and_nothing_is_saved(self, alice):
        response = add(alice, "signed", **SIGNED | {"amount": "lots", "market": "Atlantis"})
        form = response.context["form"]
        assert set(form.errors) == {"amount", "market"}
        assert form["amount"].value() == "lots"
        assert "Expected: a number such as 126400.00." in form.errors["amount"][0]
        assert not Filing.objects.exists()

    def test_a_word_of_no_list_is_kept_as_a_choice(self, alice):
        html = add(alice, "signed", **SIGNED | {"market": "Atlantis"}).content.decode()
        assert '<option value="Atlantis" selected>' in html

    def test_an_empty_form_hears_of_every_needed_field(self, alice):
        errors = add(alice, "signed").context["form"].errors
        assert set(errors) == {column.field for column in PLAN_OF[Kind.SIGNED].fields if column.required}

    def test_what_is_typed_is_never_mark_up(self, alice):
        html = add(alice, "signed", **SIGNED | {"name": "<script>x</script>", "amount": '"><em>'}).content.decode()
        assert "<script>x" not in html
        assert '"><em>' not in html

    @pytest.mark.parametrize("amount", ["9" * 40, "1e400", "-0", "NaN", "Infinity", "0x10", "1.005", "\x00"])
    def test_strange_amounts_are_refused_at_their_field(self, alice, amount):
        response = add(alice, "signed", **SIGNED | {"amount": amount})
        assert "amount" in response.context["form"].errors

    def test_a_text_too_long_for_the_ledger_is_refused_at_its_field(self, alice):
        assert "name" in add(alice, "signed", **SIGNED | {"name": "长" * 201}).context["form"].errors

    def test_an_earlier_error_elsewhere_does_not_stand_in_the_way(self, world, alice):
        """The window for the summer closed after the draft was saved: the rest can still be worked on."""
        old = [entry(Kind.SIGNED, world.lists, on="2019-08-01"), entry(Kind.EXECUTED, world.lists, on="2019-08-05")]
        version = file_quarter(world, until="draft", entries=old, at=NOW - timedelta(days=4))
        assert add(alice, "executed", **EXECUTED | {"amount": "50"}).url == SHEET
        assert version.lines.count() == 3
        assert alice.post(english("entry-delete", "2020Q1", place(version))).url == SHEET
        # But the same error is not taken on anew.
        assert "on" in add(alice, "executed", **EXECUTED | {"on": "2019-08-05"}).context["form"].errors

    def test_its_own_errors_are_not_blamed_on_other_rows(self, world, alice):
        old = [entry(Kind.SIGNED, world.lists, on="2019-08-01")]
        file_quarter(world, until="draft", entries=old, at=NOW - timedelta(days=4))
        response = add(alice, "executed", **EXECUTED | {"amount": "lots"})
        assert response.context["elsewhere"] == []

    def test_errors_that_it_makes_elsewhere_are_listed_with_their_rows(self, world, alice):
        signed, executed = simple_entries(world.lists)
        change = entry(Kind.CHANGED, world.lists, amount="500")
        more = entry(Kind.EXECUTED, world.lists, on="2020-03-20", amount="600")
        version = file_quarter(world, until="draft", entries=[signed, executed, change, more])
        response = edit(alice, place(version, Kind.CHANGED), **CHANGED | {"amount": "100"})
        page = text_of(response)
        assert "Nothing was saved, because of other rows" in page
        assert "Execution of a contract A-1 2020-03-20" in page
        assert response.context["form"]["amount"].value() == "100"
        assert version.lines.get(kind="changed").amount_cents == 50_000


class TestEndedSession:
    @pytest.fixture
    def kept(self, world, signed_in):
        """What Alice typed into the form when her session had ended."""
        client = signed_in(world.alice)
        form = client.get(english("entry-add", "2020Q1", "signed"))
        client.logout()
        typed = {"number": "A-77", "firm": str(form.context["firm"].pk)}
        assert add(client, "signed", **typed).status_code == 302
        return client.session["kept_typing"]

    def come_back(self, client, kept):
        session = client.session
        session["kept_typing"] = kept
        session.save()
        return client.get(english("entry-add", "2020Q1", "signed"))

    def test_what_was_typed_stands_in_the_form_again(self, world, signed_in, kept):
        client = signed_in(world.alice)
        page = self.come_back(client, kept)
        assert page.context["form"]["number"].value() == "A-77"
        assert "What you had typed when your session ended" in text_of(page)
        assert not client.get(english("entry-add", "2020Q1", "signed")).context["form"]["number"].value()

    def test_another_firm_never_sees_it(self, world, signed_in, kept):
        page = self.come_back(signed_in(world.charlie), kept)
        assert "A-77" not in page.content.decode()


class TestEditing:
    def test_the_form_holds_what_is_saved(self, alice, draft):
        form = alice.get(english("entry-edit", "2020Q1", place(draft))).context["form"]
        assert {name: form[name].value() for name in ("number", "on", "amount")} == {
            "number": "A-1", "on": "2020-02-11", "amount": "900.00",
        }  # fmt: skip

    @pytest.mark.parametrize("kind", list(Kind))
    def test_saving_it_unchanged_changes_nothing(self, world, alice, kind):
        others = [] if kind in (Kind.SIGNED, Kind.STANDING) else [entry(Kind.SIGNED, world.lists)]
        on = {"on": "2010-01-01"} if kind == Kind.STANDING else {}
        version = file_quarter(world, until="draft", entries=[*others, entry(kind, world.lists, **on)])
        address = english("entry-edit", "2020Q1", place(version, kind))
        form = alice.get(address).context["form"]
        assert alice.post(address, {name: form[name].value() or "" for name in form.fields}).url == SHEET
        last = JournalEntry.objects.filter(verb="filing.saved").order_by("-pk").first()
        assert {key: last.after[key] for key in ("added", "changed", "removed")} == {
            "added": [], "changed": [], "removed": [],
        }  # fmt: skip

    def test_it_keeps_the_line_and_its_key(self, alice, draft):
        before = draft.lines.get(kind="executed")
        assert edit(alice, place(draft), **EXECUTED | {"amount": "800"}).url == SHEET
        after = draft.lines.get(kind="executed")
        assert (after.pk, after.key, after.amount_cents) == (before.pk, before.key, 80_000)

    def test_a_standing_contract_is_addressed_by_its_contract(self, world, alice):
        version = file_quarter(world, until="draft", entries=[entry(Kind.STANDING, world.lists, on="2010-01-01")])
        where = place(version, Kind.STANDING)
        assert where == f"contract-{Contract.objects.get().pk}"
        edit(alice, where, **SIGNED | {"on": "2010-01-01", "name": "Bridge design, revised"})
        assert Contract.objects.get().name == "Bridge design, revised"

    def test_it_does_not_overwrite_what_somebody_changed_meanwhile(self, world, alice, draft):
        seen = alice.get(english("entry-edit", "2020Q1", place(draft))).context["form"]["seen"].value()
        signed, _executed = simple_entries(world.lists)
        other = entry(Kind.EXECUTED, world.lists, on="2020-02-11", amount="700")
        save_draft(version=draft, entries=[signed, other], lists=world.lists, by=world.alice, at=NOW)
        response = alice.post(
            english("entry-edit", "2020Q1", place(draft)), EXECUTED | {"amount": "800", "seen": seen}, follow=True
        )
        assert "Somebody else has changed this row meanwhile." in text_of(response)
        assert draft.lines.get(kind="executed").amount_cents == 70_000

    @pytest.mark.parametrize("where", ["line-0", "line-999999", "contract-1", "x", "line-", "line-" + "9" * 40])
    def test_a_row_that_is_not_there_is_not_found(self, alice, draft, where):
        for name in ("entry-edit", "entry-delete"):
            assert alice.get(english(name, "2020Q1", where)).status_code == 404

    def test_a_row_of_an_earlier_version_is_not_found(self, world, alice):
        version = file_quarter(world, period="2019Q4")
        assert alice.get(english("entry-edit", "2020Q1", place(version))).status_code == 404


class TestDeleting:
    def test_it_asks_first(self, alice, draft):
        page = text_of(alice.get(english("entry-delete", "2020Q1", place(draft))))
        assert "Remove this row?" in page
        assert draft.lines.count() == 2

    def test_it_removes_that_row_only(self, alice, draft):
        assert alice.post(english("entry-delete", "2020Q1", place(draft))).url == SHEET
        assert [line.kind for line in draft.lines.all()] == ["signed"]
        assert JournalEntry.objects.filter(verb="filing.saved").count() == 2

    def test_a_contract_that_other_rows_need_stays(self, alice, draft):
        response = alice.post(english("entry-delete", "2020Q1", place(draft, Kind.SIGNED)))
        page = text_of(response)
        assert "The row was not removed, because others need it" in page
        assert "Execution of a contract A-1 2020-02-11" in page
        assert draft.lines.count() == 2

    def test_the_last_row_can_go(self, alice, draft):
        for kind in (Kind.EXECUTED, Kind.SIGNED):
            alice.post(english("entry-delete", "2020Q1", place(draft, kind)))
        assert not draft.lines.exists()
        assert not Contract.objects.exists()
