"""The decision table: whatever the answers, an outcome, and never one against the rules."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.filings.sheet import MAINLAND, Mode, Supply, mode_of
from portal.publishing.deciding import (
    FOREIGN,
    NO,
    NONE,
    OPEN,
    QUESTIONS,
    RULES,
    UNKNOWN,
    YES,
    Matter,
    asked,
    contract_values,
    decide,
    next_question,
    settled,
)
from portal.publishing.primer import category_texts, question_texts, rule_texts, supply_texts
from portal.reference.models import TradeCategory

CODE = "ITO-1-01"
OFFSHORE = {
    "core": YES, "agreement": "services", "directs": "provider", "it": YES, "client": "abroad", "performer": "firm",
    "receipt": YES, "reach": "network", "category": CODE, "new_mode": NONE,
}  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {}, optional={one.name: st.sampled_from((*(one.answers or (CODE, UNKNOWN)), "?")) for one in QUESTIONS}
)


LOOKED_AT = {name for rule in RULES for name in rule.when}


def outcome(**changed):
    return decide(settled(OFFSHORE | changed, {CODE}))


def paths(answers=()):
    """Every way through the questions, to its end."""
    question = next_question(dict(answers))
    if question is None:
        yield dict(answers)
        return
    values = question.answers or (CODE, UNKNOWN)
    # What no rule looks at leads to the same end, whatever is answered.
    for value in values if question.name in LOOKED_AT else values[:1]:
        yield from paths((*answers, (question.name, value)))


# Every question is answered, and still a paper has to be looked at: whose the materials are, where the money went.
SETTLED_ELSEWHERE = {"processing", "do-ask-for-the-receipt", "do-find-out"}


def test_every_way_through_the_questions_ends_in_line_with_the_rules():
    used = set()
    for answers in paths():
        found = decide(answers)
        verdicts = {matter: found.verdict(matter) for matter in Matter}
        used |= {one.rule.code for one in found.decided.values()}
        agrees_with_the_rules(answers, verdicts)
        if not found.missing:
            assert {one.rule.code for one in found.decided.values() if one.verdict == OPEN} <= SETTLED_ELSEWHERE
    assert used == {rule.code for rule in RULES}


def agrees_with_the_rules(answers, verdicts):
    if answers["client"] == "mainland":
        assert verdicts[Matter.MODE] != Mode.OFFSHORE
        assert verdicts[Matter.SUPPLY] == NONE
    if verdicts[Matter.MODE] == Mode.ONSHORE:
        assert verdicts[Matter.TRADE] != YES
    if verdicts[Matter.MODE] == Mode.OVERSEAS:
        assert (answers["client"] in FOREIGN, answers["share"], answers["back"]) == (True, YES, NO)
        assert verdicts[Matter.SUPPLY] == Supply.COMMERCIAL_PRESENCE
    if verdicts[Matter.OUTSOURCING] == YES:
        assert (answers["core"], answers["it"], answers["agreement"]) == (YES, YES, "services")
    if verdicts[Matter.OUTSOURCING] == NO:
        assert verdicts[Matter.MODE] == verdicts[Matter.CATEGORY] == NONE
        assert verdicts[Matter.DEED] not in ("file", "outside")


@given(ANSWERS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_in_the_address_there_is_an_outcome_and_open_only_where_something_is_missing(given_answers):
    answers = settled(given_answers, {CODE})
    found = decide(answers)
    assert set(found.decided) == set(Matter)
    assert settled(answers, {CODE}) == answers
    if found.verdict(Matter.OUTSOURCING) == OPEN:
        assert set(found.missing) & {"core", "agreement", "directs", "it"}
    assert all(name in {one.name for one in asked(answers)} for name in found.missing)


def ledger_mode(answers, market):
    """What the ledger would derive for a contract with these answers."""
    share = Decimal(51 if answers.get("share") == YES else 50)
    is_abroad, contracts_back = answers.get("performer") == "branch", answers.get("back") == YES
    return mode_of(market, is_abroad=is_abroad, branch_share=share, contracts_back=contracts_back)


def test_it_never_says_another_mode_than_the_ledger_derives():
    for client, performer, share, back in product(("mainland", "abroad"), ("firm", "branch"), (YES, NO), (YES, NO)):
        found = outcome(client=client, performer=performer, share=share, back=back)
        said = found.verdict(Matter.MODE)
        # The ledger's own rule M1 sends back a branch that serves the mainland.
        if said != NONE:
            assert said == ledger_mode(found.answers, MAINLAND if client == "mainland" else "DEU"), found.answers


@pytest.mark.parametrize(
    ("changed", "matter", "rule"),
    [
        ({}, Matter.MODE, "offshore"),
        ({"client": "special"}, Matter.MODE, "offshore-special"),
        ({"directs": "client"}, Matter.OUTSOURCING, "dispatch-in-fact"),
        ({"it": NO}, Matter.OUTSOURCING, "without-it"),
        ({"core": NO}, Matter.TRADE, "trade-in-goods"),
        ({"receipt": NO}, Matter.TRADE, "no-receipt"),
        ({"reach": "people"}, Matter.SUPPLY, "supply-4"),
        ({"receipt": UNKNOWN}, Matter.TRADE, "trade-open"),
        ({"client": "mainland", "performer": "branch", "share": YES, "back": YES}, Matter.TRADE,
         "within-the-mainland-passed-back"),
        ({"it": NO, "client": "mainland", "performer": "branch", "share": YES, "back": NO}, Matter.DEED, "do-import"),
        ({"it": NO, "performer": "branch", "share": YES, "back": NO}, Matter.DEED, "do-affiliate"),
        ({"performer": "branch", "share": YES, "back": NO}, Matter.MODE, "overseas"),
    ],
)  # fmt: skip
def test_a_rule_stands_behind_each_decision(changed, matter, rule):
    assert outcome(**changed).decided[matter].rule.code == rule


def test_answers_to_what_is_not_asked_do_not_count():
    assert "share" not in outcome(share=YES).answers
    assert "reach" not in outcome(client="mainland").answers
    assert outcome(category="ITO").answers.get("category") is None


def test_a_contract_begins_with_what_is_known_and_only_where_it_is_to_be_filed():
    assert contract_values(outcome()) == {"category": CODE, "supply": Supply.CROSS_BORDER, "is_abroad": "否"}
    assert contract_values(outcome(client="mainland", new_mode="cloud")) == {
        "market": MAINLAND, "category": CODE, "new_mode": "cloud", "is_abroad": "否",
    }  # fmt: skip
    assert contract_values(outcome(it=NO)) == {}


def test_every_question_answer_and_rule_is_told_in_both_languages():
    assert set(rule_texts()) == {rule.code for rule in RULES}
    assert set(question_texts()) == {question.name for question in QUESTIONS}
    for question in QUESTIONS:
        assert set(question_texts()[question.name].answers) == set(question.answers or (UNKNOWN,))
    assert set(category_texts()) == set(TradeCategory.values)
    assert set(supply_texts()) == set(Supply)
    told = [one for text in rule_texts().values() for one in (text.says, text.source)]
    told += [one for text in category_texts().values() for one in (text.covers, text.example, text.why)]
    assert all(one.zh and one.en for one in told)
