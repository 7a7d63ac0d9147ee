"""The firm's page of questions: read by its people, answered by those who fill in."""

import pytest

from portal.filings.actions.asking import ask
from portal.filings.models.filing import Version
from portal.filings.models.query import Query
from portal.filings.sheet import Kind
from tests.filings.conftest import english, text_of
from tests.filings.test_questions import DUE, answered, asked
from tests.world import NOW, entry, file_quarter


@pytest.fixture
def query(world) -> Query:
    return asked(world, file_quarter(world, until="submitted"))


def send(client, **typed: str):
    return client.post(english("query-answer", "2020Q1"), typed, follow=True)


def test_it_shows_the_question_its_cell_and_the_clock(query, alice):
    response = alice.get(english("query-list", "2020Q1"))
    words = text_of(response)
    assert "Does it hold a prepayment?" in words
    assert "your turn: answer by 2020-04-10, 7 days left" in words
    assert "Dora" not in words
    assert f'name="value_{query.pk}" value="900.00"' in response.content.decode()


def test_home_and_filing_say_that_a_question_waits(query, alice):
    home = text_of(alice.get(english("home")))
    assert "1 question of the association waits for your answer" in home
    assert "The association asks about your filing for Quarter 1 of 2020" in home
    page = alice.get(english("filing-detail", "2020Q1"))
    assert "1 question of the association waits for your answer" in text_of(page)
    assert "cell--ask" in page.content.decode()


def test_an_answer_with_a_value_is_sent(world, query, alice):
    words = text_of(send(alice, **{f"text_{query.pk}": "The rest was tax.", f"value_{query.pk}": "800"}))
    assert "version 2 was handed in in place of version 1" in words
    assert "waiting for the association since 2020-04-03" in words
    assert "900.00 → 800.00" in words
    history = text_of(alice.get(english("filing-history", "2020Q1")))
    assert "The rest was tax." in history


def test_a_finding_stands_beside_its_cell_and_the_typing_is_kept(query, alice):
    response = send(alice, **{f"text_{query.pk}": "Look.", f"value_{query.pk}": "lots"})
    assert "not a number" in text_of(response)
    assert 'value="lots"' in response.content.decode()
    query.refresh_from_db()
    assert (query.state, Version.objects.count()) == ("open", 1)


@pytest.mark.parametrize(
    ("text", "value", "said"), [("", "900.00", "Answer at least one"), ("", "800", "say why"), ("x" * 2001, "", "2000")]
)
def test_an_answer_has_words(query, alice, text, value, said):
    words = text_of(send(alice, **{f"text_{query.pk}": text, f"value_{query.pk}": value}))
    assert said in words
    query.refresh_from_db()
    assert query.state == "open"


def test_only_the_cell_asked_about_can_be_changed(world, query, alice):
    forged = {f"text_{query.pk}": "No.", "value_999": "1", "amount": "1.00", f"value_{query.pk}": "900.00"}
    send(alice, **forged)
    assert set(Version.objects.get().lines.values_list("amount_cents", flat=True)) == {100_000, 90_000}


def test_it_can_be_read_and_not_answered_by_a_reader(query, bob):
    words = text_of(bob.get(english("query-list", "2020Q1")))
    assert "Does it hold a prepayment?" in words
    assert "Send the answers" not in words
    assert send(bob, **{f"text_{query.pk}": "No."}).status_code == 403


def test_it_does_not_exist_for_a_rival(query, charlie):
    assert charlie.get(english("query-list", "2020Q1")).status_code == 404
    assert send(charlie, **{f"text_{query.pk}": "No."}).status_code == 404


def test_each_takes_one_verb(query, alice):
    assert alice.post(english("query-list", "2020Q1")).status_code == 405
    assert alice.get(english("query-answer", "2020Q1")).status_code == 405


def test_without_a_question_it_says_so(world, alice):
    file_quarter(world, until="submitted")
    assert "No question waits for you" in text_of(alice.get(english("query-list", "2020Q1")))


def test_an_answered_question_is_read_on(world, query, alice):
    answered(world, query, "It does not.")
    words = text_of(alice.get(english("query-list", "2020Q1")))
    assert "Answered and settled" in words
    assert "It does not." in words


def test_more_questions_take_no_more_queries(world, alice, assert_constant_queries):
    extra = [
        entry(Kind.EXECUTED, world.lists, on="2020-03-01", amount="1.00", receipt_number=f"R{n}", reason="As agreed")
        for n in range(8)
    ]
    version = file_quarter(world, entries=[entry(Kind.SIGNED, world.lists), *extra], until="submitted")
    keys = iter(version.lines.filter(kind="executed").values_list("key", flat=True))

    def more() -> None:
        for _turn in range(3):
            ask(version=version, line_key=next(keys), field="amount", text="?", due_on=DUE, by=world.dora, at=NOW)

    assert_constant_queries(more, lambda: alice.get(english("query-list", "2020Q1")))
