"""The journal: who did what, for the administrators; and in words."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from portal.filings.lifecycle import JOURNALLED
from portal.journal.models import Entry
from portal.journal.words import VERBS, said, verb_in_words
from tests.desk.conftest import english, text_of
from tests.world import file_quarter

PORTAL = Path(__file__).resolve().parents[2] / "portal"


def written_verbs() -> set[str]:
    """Every verb that the code hands to the journal: `verb="…"`, or the first word of a `_journal("…")`."""
    found = set(JOURNALLED.values())
    for path in PORTAL.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                found |= {text for text in _verbs_of(call) if "." in text}
    return found


def _verbs_of(call: ast.Call) -> list[str]:
    name = getattr(call.func, "id", "")
    values = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
    values += call.args[:1] if name == "_journal" else []
    return [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]


def test_every_verb_has_words():
    verbs = written_verbs()
    assert len(verbs) > 20
    assert verbs - set(VERBS) == set()


def test_no_words_are_left_over():
    sources = "".join(path.read_text("utf-8") for path in PORTAL.rglob("*.py") if path.name != "words.py")
    assert [verb for verb in VERBS if f'"{verb}"' not in sources] == []


def test_an_unknown_verb_stands_as_it_is():
    assert verb_in_words("filing.teleported") == "filing.teleported"


def test_a_saved_draft_is_counted_and_its_amounts_are_not_told(world):
    file_quarter(world, until="draft")
    told = list(said(Entry.objects.get(verb="filing.saved")))
    assert [one.after for one in told] == ["2"]


def test_figures_and_moments_are_said_in_words():
    entry = Entry(
        verb="figure.traced", before={"release_at": "2020-04-05T02:00:00+00:00"},
        after={"measure": "execution", "mode": "offshore", "standing": "final", "safe": True,
               "release_at": "2020-04-06T10:00:00+08:00"},
    )  # fmt: skip
    with translation.override("en"):
        told = {one.name: (one.before, one.after) for one in said(entry)}
    assert told == {
        "comes out at": ("2020-04-05 10:00", "2020-04-06 10:00"), "measure": ("", "Executed value"),
        "mode of business": ("", "Offshore"), "figures": ("", "Final figures"),
        "safe from being worked out": ("", "Yes"),
    }  # fmt: skip


def test_it_tells_who_did_what(world, frida):
    version = file_quarter(world)
    words = text_of(frida.get(english("journal") + f"?verb=filing.approved&firm={world.firm.credit_code}"))
    assert "Filing approved filing.approved" in words
    assert f"Filing {version.filing_id}" in words
    assert "Dora" in words
    assert "1 entry" in words


def test_it_finds_by_person_and_day(world, frida):
    file_quarter(world)
    words = text_of(frida.get(english("journal") + f"?person={world.dora.key}"))
    # What Dora did, and that she was appointed.
    assert "2 entries" in words
    assert "1 entry" in text_of(
        frida.get(english("journal") + f"?person={world.dora.key}&since_on=2020-04-03&until_on=2020-04-03")
    )
    assert "Nothing here" in text_of(frida.get(english("journal") + "?since_on=2031-01-01"))


def test_a_person_who_was_erased_keeps_a_key(world, frida):
    file_quarter(world)
    world.dora.appointments.all().delete()
    key = str(world.dora.key)
    world.dora.delete()
    words = text_of(frida.get(english("journal") + "?verb=filing.approved"))
    assert f"person {key[:8]}" in words
    assert "Dora" not in words


@pytest.mark.parametrize("odd", ["?person=abc", "?since_on=soon", "?verb=no.such", "?page=999", "?firm=" + "x" * 40])
def test_odd_filters_are_borne(world, frida, odd):
    assert frida.get(english("journal") + odd).status_code == 200


@pytest.mark.parametrize("who", ["dora", "erik"])
def test_it_is_closed_to_other_staff(world, signed_in, who):
    assert signed_in(getattr(world, who)).get(english("journal")).status_code == 403


def test_it_does_not_exist_for_a_firm(world, signed_in):
    assert signed_in(world.alice).get(english("journal")).status_code == 404


def test_it_rejects_post(world, frida):
    assert frida.post(english("journal")).status_code == 405


def test_more_entries_take_no_more_queries(world, frida, assert_constant_queries):
    periods = iter(world.periods)
    assert_constant_queries(lambda: file_quarter(world, period=next(periods)), lambda: frida.get(english("journal")))


def test_what_stayed_is_left_out_and_lists_are_said_in_words(db):
    entry = Entry(
        verb="rule.set", before={"on": True, "quarters": 4},
        after={"on": False, "quarters": 4, "outcomes": [["A", 1, ""], ["B", 2, "locked"]]},
    )  # fmt: skip
    with translation.override("en"):
        told = [(one.before, one.after) for one in said(entry)]
    assert told == [("Yes", "No"), ("", "A、B locked")]
