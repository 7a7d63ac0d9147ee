"""Questions pinned to a cell: what each side may do with them, and what it does to the figures."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail

from portal.filings.actions import NotSaved
from portal.filings.actions.answering import Answer, answer
from portal.filings.actions.asking import ask, ask_further, settle, withdraw_question
from portal.filings.actions.drafts import reopen
from portal.filings.actions.review import approve, letter_opened, recall, return_to_firm
from portal.filings.actions.submission import submit, withdraw
from portal.filings.models.calling import Notice
from portal.filings.models.filing import Line, Version
from portal.filings.models.query import Query
from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.members.models import Firm, User
from portal.members.roles import FirmRole
from tests.filings.conftest import english, text_of
from tests.world import NOW, World, acting, file_quarter

pytestmark = pytest.mark.usefixtures("in_english")

DUE = date(2020, 4, 10)


def executed(version: Version) -> Line:
    return version.lines.get(kind="executed")


def asked(world: World, version: Version, field: str = "amount", text: str = "Does it hold a prepayment?") -> Query:
    line_key = executed(version).key
    return ask(version=version, line_key=line_key, field=field, text=text, due_on=DUE, by=world.dora, at=NOW)


def answered(
    world: World, query: Query, text: str = "No.", value: str | None = None, by: User | None = None
) -> Version:
    said, at = [Answer(query.pk, text, value)], NOW + timedelta(hours=1)
    return answer(filing=query.filing, answers=said, lists=world.lists, by=by or world.alice, at=at)


def values(version: Version) -> list[tuple]:
    return list(version.lines.order_by("position").values_list())


@pytest.fixture
def waiting(world) -> Version:
    return file_quarter(world, until="submitted")


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────


def test_a_question_leaves_the_filing_where_it_is_and_tells_the_firm(
    world, waiting, signed_in, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        query = asked(world, waiting)
    waiting.refresh_from_db()
    assert (waiting.status, query.found, query.state) == ("submitted", "900.00", "open")
    assert Entry.objects.get(verb="query.asked").after["text"] == "Does it hold a prepayment?"
    notice = Notice.objects.get(firm=world.firm)
    assert (notice.values["day"], notice.address) == ("2020-04-10", "/filing/2020Q1/questions/")
    # Bob may only read, and is not written to.
    assert sorted(letter.to[0] for letter in mail.outbox) == ["alice@example.org", "gina@example.org"]
    led_to = re.search(f"^{settings.SITE_URL}(/.+)$", mail.outbox[0].body, re.MULTILINE)[1]
    assert (led_to, signed_in(world.alice).get(led_to).status_code) == (notice.address, 200)


def test_a_mail_server_that_is_away_does_not_stop_the_question(
    world, waiting, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def away(*args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr("portal.filings.emails.EmailMessage.send", away)
    with django_capture_on_commit_callbacks(execute=True):
        query = asked(world, waiting)
    assert query.pk
    assert "could not be sent" in caplog.text


@pytest.mark.parametrize(
    ("field", "text", "due"),
    [("usd_cents", "Why?", DUE), ("client", "Why?", DUE), ("amount", "  ", DUE), ("amount", "Why?", date(2020, 4, 2))],
)
def test_only_cells_that_a_firm_fills_are_asked_about_with_words_and_time(world, waiting, field, text, due):
    key = executed(waiting).key
    with pytest.raises(Refused):
        ask(version=waiting, line_key=key, field=field, text=text, due_on=due, by=world.dora, at=NOW)
    assert not Query.objects.exists()


def test_a_cell_has_one_running_question(world, waiting):
    asked(world, waiting)
    with pytest.raises(Refused, match="already"):
        asked(world, waiting)
    asked(world, waiting, "on", "Is the date right?")
    assert Query.objects.count() == 2


def test_nothing_is_asked_of_what_does_not_wait_for_review(world):
    with pytest.raises(Refused):
        asked(world, file_quarter(world, until="approved"))


# ── Answering ────────────────────────────────────────────────────────────────────────────────────


def test_words_alone_answer_without_a_new_version(world, waiting):
    query = asked(world, waiting)
    before = values(waiting)
    version = answered(world, query)
    query.refresh_from_db()
    assert (version.pk, query.state, values(waiting)) == (waiting.pk, "answered", before)
    assert [(remark.side, remark.text, remark.after) for remark in query.remarks.all()][1] == ("firm", "No.", "")


def test_another_value_makes_the_next_version_and_leaves_the_old_one_as_it_was(world, waiting):
    query = asked(world, waiting)
    before = values(waiting)
    newer = answered(world, query, "800 it is; the rest was tax.", "800")
    waiting.refresh_from_db()
    assert (waiting.status, values(waiting)) == ("amended", before)
    assert (newer.number, newer.status, newer.submitted_by) == (2, "submitted", world.alice.key)
    (old_signed, old_executed), (signed, line) = (row.lines.order_by("position") for row in (waiting, newer))
    assert (signed.key, signed.amount_cents, signed.usd_cents) == (old_signed.key, 100_000, old_signed.usd_cents)
    assert (line.key, line.amount_cents, line.usd_cents) == (old_executed.key, 80_000, 80_000)
    assert line.first_submitted_on == old_executed.first_submitted_on == date(2020, 4, 3)
    remark = query.remarks.last()
    assert (remark.before, remark.after) == ("900.00", "800.00")
    verbs = list(Entry.objects.filter(verb__in=["filing.amended", "query.answered"]).values_list("verb", flat=True))
    assert sorted(verbs) == ["filing.amended", "query.answered"]


def test_the_same_value_written_otherwise_is_no_new_version(world, waiting):
    assert answered(world, asked(world, waiting), value="900").pk == waiting.pk


def test_a_value_with_an_error_is_refused_whole(world, waiting):
    query = asked(world, waiting)
    with pytest.raises(NotSaved) as refusal:
        answered(world, query, value="2,000.00")
    assert [found.field for found in refusal.value.because] == ["amount"]
    query.refresh_from_db()
    assert (query.state, Version.objects.count(), query.remarks.count()) == ("open", 1, 1)


def test_a_contract_s_cell_is_changed_with_what_its_lines_copy_of_it(world, waiting):
    signed = waiting.lines.get(kind="signed")
    query = ask(
        version=waiting, line_key=signed.key, field="market", text="Which market?", due_on=DUE, by=world.dora, at=NOW
    )
    newer = answered(world, query, "Japan.", "JPN")
    assert set(newer.lines.values_list("market", "amount_cents")) == {("JPN", 100_000), ("JPN", 90_000)}
    assert set(waiting.lines.values_list("market", flat=True)) == {"VNM"}


def test_a_contract_s_number_is_no_single_cell(world, waiting):
    key = waiting.lines.get(kind="signed").key
    query = ask(version=waiting, line_key=key, field="number", text="Whose?", due_on=DUE, by=world.dora, at=NOW)
    with pytest.raises(Refused, match="number"):
        answered(world, query, "Ours.", "B-7")
    assert answered(world, query, "Ours.").pk == waiting.pk


def test_where_two_people_sign_a_new_value_takes_one_who_may_certify(world, waiting):
    Firm.objects.update(needs_certifier=True)
    hugo = acting("Hugo", world.firm, FirmRole.FILER, world.frida)
    query = asked(world, waiting)
    with pytest.raises(Refused, match="Two people sign"):
        answered(world, query, "800.", "800", by=hugo)
    assert answered(world, query, "It is 800.", by=hugo).pk == waiting.pk


def test_a_question_keeps_the_firm_from_taking_the_whole_filing_back(world, waiting):
    query = asked(world, waiting)
    for _turn in ("open", "answered"):
        with pytest.raises(Refused, match="asked"):
            withdraw(version=waiting, by=world.alice, at=NOW)
        answered(world, query) if query.state == "open" else None
        query.refresh_from_db()
    settle(query=query, by=world.dora, at=NOW)
    assert withdraw(version=waiting, by=world.alice, at=NOW).status == "draft"


def test_an_answer_is_given_once(world, waiting):
    query = asked(world, waiting)
    answered(world, query, "No.", "800")
    with pytest.raises(Refused):
        answered(world, query, "No.", "700")
    assert Version.objects.filter(status="submitted").count() == 1


# ── What the reviewer does next ──────────────────────────────────────────────────────────────────


def test_a_question_goes_to_and_fro_until_it_is_settled(world, waiting):
    query = asked(world, waiting)
    with pytest.raises(Refused, match="answered"):
        settle(query=query, by=world.dora, at=NOW)
    answered(world, query)
    ask_further(query=query, text="And the receipt?", due_on=DUE, by=world.dora, at=NOW + timedelta(hours=2))
    query.refresh_from_db()
    assert (query.state, query.remarks.count()) == ("open", 3)
    answered(world, query, "Attached.")
    settle(query=query, by=world.dora, at=NOW)
    with pytest.raises(Refused, match="closed"):
        withdraw_question(query=query, by=world.dora, at=NOW)
    for verb in ("query.asked", "query.answered", "query.asked_further", "query.settled"):
        assert Entry.objects.filter(verb=verb).exists()


def test_an_open_question_stands_before_the_approval_and_an_answered_one_is_settled_by_it(world, waiting):
    query = asked(world, waiting)
    with pytest.raises(Refused, match="waits for the firm's answer"):
        approve(version=waiting, by=world.dora, at=NOW)
    newer = answered(world, query, "800.", "800")
    approve(version=newer, by=world.dora, at=NOW + timedelta(hours=2))
    query.refresh_from_db()
    assert (query.state, query.settled_by) == ("settled", world.dora.key)


def test_open_questions_go_along_with_a_return_and_are_answered_in_the_next_version(world, waiting):
    query = asked(world, waiting)
    return_to_firm(version=waiting, reason="R01", letter="Receipts.", mend_by_on=DUE, by=world.dora, at=NOW)
    with pytest.raises(Refused, match="next version"):
        answered(world, query)
    draft = reopen(filing=waiting.filing, by=world.alice, at=NOW)
    with pytest.raises(Refused, match="questions"):
        submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
    assert answered(world, query, "800.", "800").pk == draft.pk
    assert executed(draft).amount_cents == 80_000
    assert submit(version=draft, lists=world.lists, by=world.alice, at=NOW).status == "submitted"


# ── A return taken back ──────────────────────────────────────────────────────────────────────────


def test_a_return_is_taken_back_until_the_letter_is_opened(world, waiting):
    returned = return_to_firm(version=waiting, reason="R01", letter="Oh.", mend_by_on=DUE, by=world.dora, at=NOW)
    again = recall(version=returned, by=world.dora, at=NOW)
    assert (again.status, again.return_letter, again.mend_by_on) == ("submitted", "", None)
    assert Entry.objects.filter(verb="filing.recalled").count() == 1
    returned = return_to_firm(version=again, reason="R01", letter="Oh.", mend_by_on=DUE, by=world.dora, at=NOW)
    letter_opened(version=returned, by=world.bob, at=NOW)
    with pytest.raises(Refused, match="opened the letter"):
        recall(version=returned, by=world.dora, at=NOW)


def test_the_firm_s_pages_open_the_letter_and_nobody_else_does(world, waiting, signed_in):
    return_to_firm(version=waiting, reason="R01", letter="Oh.", mend_by_on=DUE, by=world.dora, at=NOW)
    signed_in(world.charlie).get(english("home"))
    waiting.refresh_from_db()
    assert waiting.return_opened_at is None
    assert "to be mended by" in text_of(signed_in(world.bob).get(english("filing-detail", "2020Q1")))
    waiting.refresh_from_db()
    assert waiting.return_opened_at is not None
    assert Entry.objects.filter(verb="filing.letter_opened", actor=world.bob.key).count() == 1
