"""Is it service trade, is it outsourcing, of which mode, supplied how, of which class: questions and a decision table.

No Django, no database. `QUESTIONS` says what is asked and when; `RULES` is the table: for each matter the first rule
whose conditions all hold decides. What questions and rules say in words, and their sources, is in primer/decision.toml.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.filings.sheet import MAINLAND, Mode, Supply

Answers = Mapping[str, str]
YES, NO, UNKNOWN = "yes", "no", "unknown"
FOREIGN = ("special", "abroad")
CATEGORY = "category"


class Matter(StrEnum):
    """What is decided, in this order: a later one may lean on those before it."""

    OUTSOURCING = "outsourcing"
    TRADE = "trade"
    MODE = "mode"
    SUPPLY = "supply"
    CATEGORY = "category"
    DEED = "deed"


OPEN, NONE = "open", "none"


@dataclass(frozen=True)
class Question:
    """`answers` are all that may be given; empty where it is a code of the catalogue."""

    name: str
    answers: tuple[str, ...]
    is_asked: Callable[[Answers], bool] = lambda answers: True


def _is_foreign(answers: Answers) -> bool:
    return answers.get("client") in FOREIGN


def _is_overseas(answers: Answers) -> bool:
    """A majority branch abroad that passes nothing back: the supply is settled, and the money stays abroad."""
    return (answers.get("performer"), answers.get("share"), answers.get("back")) == ("branch", YES, NO)


def _may_be_service(answers: Answers) -> bool:
    return answers.get("core") != NO


def _crosses(answers: Answers) -> bool:
    return _may_be_service(answers) and _is_foreign(answers) and not _is_overseas(answers)


def _by_branch(answers: Answers) -> bool:
    return answers.get("performer") == "branch"


def _may_be_outsourcing(answers: Answers) -> bool:
    return outsourcing(answers).verdict != NO


QUESTIONS = (
    Question("core", (YES, NO, UNKNOWN)),
    Question("agreement", ("services", "manufacturing", "dispatch", UNKNOWN)),
    Question("directs", ("provider", "client", UNKNOWN), _may_be_service),
    Question("it", (YES, NO, UNKNOWN), _may_be_service),
    Question("client", ("mainland", *FOREIGN, UNKNOWN)),
    Question("performer", ("firm", "branch", UNKNOWN), _may_be_service),
    Question("share", (YES, NO, UNKNOWN), lambda answers: _may_be_service(answers) and _by_branch(answers)),
    Question("back", (YES, NO, UNKNOWN), lambda answers: _may_be_service(answers) and _by_branch(answers)),
    Question("receipt", (YES, NO, UNKNOWN), _crosses),
    Question("reach", ("network", "visitors", "establishment", "people", UNKNOWN), _crosses),
    Question(CATEGORY, (), _may_be_outsourcing),
    Question("new_mode", (NONE, "crowdsourcing", "cloud", "platform", UNKNOWN), _may_be_outsourcing),
)


@dataclass(frozen=True)
class Rule:
    """`when` gives the answers with which it holds, by question or by a matter decided before. `verdict` is what it
    decides then."""

    code: str
    matter: Matter
    verdict: str
    when: Mapping[str, tuple[str, ...]]

    def holds(self, facts: Answers) -> bool:
        return all(facts.get(name, "") in allowed for name, allowed in self.when.items())


def _rule(code: str, matter: Matter, verdict: str, **when: str | tuple[str, ...]) -> Rule:
    return Rule(code, matter, verdict, {name: (one,) if isinstance(one, str) else one for name, one in when.items()})


RULES = (
    # The three tests of outsourcing. A contract by name that hands over people in fact is labour dispatch.
    _rule("goods", Matter.OUTSOURCING, NO, core=NO),
    _rule("manufacturing", Matter.OUTSOURCING, NO, agreement="manufacturing"),
    _rule("dispatch", Matter.OUTSOURCING, NO, agreement="dispatch"),
    _rule("dispatch-in-fact", Matter.OUTSOURCING, NO, directs="client"),
    _rule("without-it", Matter.OUTSOURCING, NO, it=NO),
    _rule("three-tests", Matter.OUTSOURCING, YES, core=YES, agreement="services", directs="provider", it=YES),
    _rule("tests-open", Matter.OUTSOURCING, OPEN),
    # Service trade: across a border, and paid for as a service.
    _rule("processing", Matter.TRADE, OPEN, agreement="manufacturing", client=FOREIGN),
    _rule("trade-in-goods", Matter.TRADE, NO, core=NO),
    _rule("within-the-mainland", Matter.TRADE, NO, client="mainland", performer="firm"),
    _rule("within-the-mainland-passed-back", Matter.TRADE, NO, client="mainland", performer="branch", back=YES),
    _rule("within-the-mainland-minority", Matter.TRADE, NO, client="mainland", performer="branch", share=NO),
    _rule("import", Matter.TRADE, YES, core=YES, client="mainland", performer="branch", share=YES, back=NO),
    _rule("presence-abroad", Matter.TRADE, YES, core=YES, client=FOREIGN, performer="branch", share=YES, back=NO),
    _rule("no-receipt", Matter.TRADE, NO, client=FOREIGN, receipt=NO),
    _rule("export", Matter.TRADE, YES, core=YES, client=FOREIGN, receipt=YES),
    _rule("trade-open", Matter.TRADE, OPEN),
    # Onshore, offshore or overseas.
    _rule("mode-not-asked", Matter.MODE, NONE, outsourcing=NO),
    _rule("branch-serves-home", Matter.MODE, NONE, client="mainland", performer="branch", share=YES, back=NO),
    _rule("overseas", Matter.MODE, Mode.OVERSEAS, client=FOREIGN, performer="branch", share=YES, back=NO),
    _rule("onshore", Matter.MODE, Mode.ONSHORE, client="mainland", performer="firm"),
    _rule("onshore-passed-back", Matter.MODE, Mode.ONSHORE, client="mainland", performer="branch", back=YES),
    _rule("onshore-minority", Matter.MODE, Mode.ONSHORE, client="mainland", performer="branch", share=NO),
    _rule("offshore-special", Matter.MODE, Mode.OFFSHORE, client="special", performer="firm"),
    _rule("offshore", Matter.MODE, Mode.OFFSHORE, client="abroad", performer="firm"),
    _rule("offshore-passed-back", Matter.MODE, Mode.OFFSHORE, client=FOREIGN, performer="branch", back=YES),
    _rule("offshore-minority", Matter.MODE, Mode.OFFSHORE, client=FOREIGN, performer="branch", share=NO),
    _rule("mode-open", Matter.MODE, OPEN),
    # The four modes of supply.
    _rule("supply-not-a-service", Matter.SUPPLY, NONE, core=NO),
    _rule("supply-at-home", Matter.SUPPLY, NONE, client="mainland"),
    _rule("supply-of-branch", Matter.SUPPLY, Supply.COMMERCIAL_PRESENCE, client=FOREIGN, performer="branch",
          share=YES, back=NO),
    _rule("supply-1", Matter.SUPPLY, Supply.CROSS_BORDER, client=FOREIGN, reach="network"),
    _rule("supply-2", Matter.SUPPLY, Supply.CONSUMPTION_ABROAD, client=FOREIGN, reach="visitors"),
    _rule("supply-3", Matter.SUPPLY, Supply.COMMERCIAL_PRESENCE, client=FOREIGN, reach="establishment"),
    _rule("supply-4", Matter.SUPPLY, Supply.PRESENCE_OF_PERSONS, client=FOREIGN, reach="people"),
    _rule("supply-open", Matter.SUPPLY, OPEN),
    # Its class.
    _rule("class-not-asked", Matter.CATEGORY, NONE, outsourcing=NO),
    _rule("class-open", Matter.CATEGORY, OPEN, category=("", UNKNOWN)),
    _rule("class-chosen", Matter.CATEGORY, YES),
    # What to do.
    _rule("do-dispatch", Matter.DEED, "dispatch", core=(YES, UNKNOWN, ""), agreement="dispatch"),
    _rule("do-dispatch-in-fact", Matter.DEED, "dispatch", core=(YES, UNKNOWN, ""), directs="client"),
    _rule("do-ask-for-the-receipt", Matter.DEED, OPEN, outsourcing=YES, mode=Mode.OFFSHORE, receipt=NO),
    _rule("do-file", Matter.DEED, "file", outsourcing=YES, mode=tuple(Mode)),
    _rule("do-not-file", Matter.DEED, "outside", outsourcing=YES, mode=NONE),
    _rule("do-import", Matter.DEED, "nothing", outsourcing=NO, trade=YES, client="mainland"),
    _rule("do-affiliate", Matter.DEED, "trade", outsourcing=NO, trade=YES, performer="branch", share=YES, back=NO),
    _rule("do-service-trade", Matter.DEED, "trade", outsourcing=NO, trade=YES),
    _rule("do-nothing", Matter.DEED, "nothing", outsourcing=NO, trade=NO),
    _rule("do-find-out", Matter.DEED, OPEN),
)  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """What is decided of a matter, and by which rule."""

    matter: Matter
    verdict: str
    rule: Rule


@dataclass(frozen=True)
class Outcome:
    """Everything decided of these answers; `missing` are the questions that are unanswered or not known."""

    answers: Answers
    decided: Mapping[Matter, Decided]
    missing: tuple[str, ...]

    def verdict(self, matter: Matter) -> str:
        return self.decided[matter].verdict

    @property
    def is_open(self) -> bool:
        return any(one.verdict == OPEN for one in self.decided.values())


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def settled(given: Answers, codes: Collection[str] = ()) -> dict[str, str]:
    """The answers that count: of questions that are asked with those before them, and such as may be given. `codes` are
    those of the catalogue's classes."""
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        value = given.get(question.name, "")
        allowed = question.answers or {*codes, UNKNOWN}
        if value in allowed and question.is_asked(answers):
            answers[question.name] = value
    return answers


def asked(answers: Answers) -> Iterator[Question]:
    """The questions that these answers lead to, in order."""
    return (question for question in QUESTIONS if question.is_asked(answers))


def next_question(answers: Answers) -> Question | None:
    return next((question for question in asked(answers) if question.name not in answers), None)


# ── Decisions ────────────────────────────────────────────────────────────────────────────────────


def outsourcing(answers: Answers) -> Decided:
    return _decided(Matter.OUTSOURCING, answers)


def decide(answers: Answers) -> Outcome:
    """Whatever the answers, each matter is decided: at the least that it is open."""
    facts, found = dict(answers), {}
    for matter in Matter:
        found[matter] = _decided(matter, facts)
        # The class itself stands in the answers, under the matter's own name.
        facts.setdefault(matter.value, found[matter].verdict)
    missing = tuple(one.name for one in asked(answers) if answers.get(one.name, UNKNOWN) == UNKNOWN)
    return Outcome(dict(answers), found, missing)


def _decided(matter: Matter, facts: Answers) -> Decided:
    rule = next(rule for rule in RULES if rule.matter == matter and rule.holds(facts))
    return Decided(matter, rule.verdict, rule)


# ── What a contract begins with ──────────────────────────────────────────────────────────────────


def contract_values(outcome: Outcome) -> dict[str, str]:
    """What is known of the contract, by the names of the ledger's form; nothing where it is not to be filed."""
    if outcome.verdict(Matter.DEED) != "file":
        return {}
    answers, supply = outcome.answers, outcome.verdict(Matter.SUPPLY)
    known = {
        "market": MAINLAND if answers["client"] == "mainland" else "",
        "category": answers.get(CATEGORY, UNKNOWN),
        "supply": supply if supply in set(Supply) else "",
        "new_mode": answers.get("new_mode", NONE),
        "is_abroad": {"branch": "是", "firm": "否"}.get(answers["performer"], ""),
        "contracts_back": {YES: "是", NO: "否"}.get(answers.get("back", ""), ""),
    }
    return {name: value for name, value in known.items() if value not in ("", UNKNOWN, NONE)}
