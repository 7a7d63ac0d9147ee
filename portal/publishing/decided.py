"""What the help to decide shows at some answers: the next question, or what is decided, why, and by which rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.publishing.catalogue import LEAF, Class, Mapped, catalogue, place_in_trade, walked
from portal.publishing.deciding import (
    CATEGORY,
    NO,
    NONE,
    OPEN,
    UNKNOWN,
    YES,
    Decided,
    Matter,
    Outcome,
    Question,
    asked,
    contract_values,
    decide,
    next_question,
    settled,
)
from portal.publishing.knowing import term_book
from portal.publishing.linking import Linker
from portal.publishing.media.terms import text_html
from portal.publishing.primer import Said, question_texts, rule_texts, supply_texts
from portal.statistics.dimensions import Mode
from portal.statistics.wording import MODE_NAMES

MATTERS: dict[Matter, object] = {
    Matter.OUTSOURCING: _("Service outsourcing?"), Matter.TRADE: _("Service trade?"),
    Matter.MODE: _("Onshore, offshore or overseas"), Matter.SUPPLY: _("Mode of supply"),
    Matter.CATEGORY: _("Service category"), Matter.DEED: _("What to do"),
}  # fmt: skip
UNDECIDED = _("undecided")
VERDICTS: dict[tuple[Matter, str], object] = {
    (Matter.OUTSOURCING, YES): _("it is service outsourcing"), (Matter.OUTSOURCING, NO): _("not service outsourcing"),
    (Matter.TRADE, YES): _("it is service trade"), (Matter.TRADE, NO): _("not service trade"),
    **{(Matter.MODE, mode): MODE_NAMES[mode] for mode in (Mode.ONSHORE, Mode.OFFSHORE, Mode.OVERSEAS)},
    (Matter.MODE, NONE): _("none of the three"), (Matter.SUPPLY, NONE): _("no mode"),
    (Matter.CATEGORY, YES): _("as chosen"), (Matter.CATEGORY, NONE): _("no class"),
    (Matter.DEED, "file"): _("Register the contract and file it"),
    (Matter.DEED, "outside"): _("Nothing to file as work received"),
    (Matter.DEED, "trade"): _("Report it as service trade"),
    (Matter.DEED, "dispatch"): _("Treat it as labour dispatch"),
    (Matter.DEED, "nothing"): _("Nothing to file here"), (Matter.DEED, OPEN): _("Find out what is missing"),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Given:
    """An answer so far, and the address at which it can be changed."""

    brief: str
    told: str
    href: str
    is_unknown: bool


@dataclass(frozen=True)
class Asked:
    """The question that stands open. Where it asks for a class, `kinds` are what is to choose from."""

    name: str
    ask: str
    help: str
    choices: tuple[Choice, ...]
    number: int
    of: int
    kinds: tuple[Class, ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class Finding:
    """What is decided of a matter, why, and by which rule. `term` is the slug of the term whose page tells more."""

    matter: str
    label: str
    verdict: str
    is_open: bool
    why: SafeString
    source: str


@dataclass(frozen=True)
class DecidingPage:
    """The help to decide at some answers. `kept` is what a form carries along; `address` is that of these answers."""

    question: Asked | None
    given: tuple[Given, ...]
    kept: tuple[tuple[str, str], ...]
    address: str
    words: str
    so_far: str
    back: str
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    chosen: Class | None
    mapped: tuple[Mapped, ...]
    contract: str

    @property
    def deed(self) -> Finding | None:
        return next((one for one in self.findings if one.matter == Matter.DEED), None)

    @property
    def reasons(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.matter != Matter.DEED)


EDIT, SHOW, WORDS = "edit", "show", "words"
LONGEST_WORDS = 40


def deciding_page(given: Mapping[str, str]) -> DecidingPage:
    """From an address: the next question, the one to change (`edit`), or what is decided (at the end, or `show`)."""
    kinds = catalogue()
    classes = {one.code: one for _path, one in walked(kinds)}
    answers = settled(given, [code for code, one in classes.items() if one.level == LEAF])
    changed = next((one for one in asked(answers) if one.name == given.get(EDIT)), None)
    question = None if given.get(SHOW) else changed or next_question(answers)
    words = given.get(WORDS, "").strip()[:LONGEST_WORDS]
    kept = {name: value for name, value in answers.items() if question is None or name != question.name}
    outcome = decide(answers)
    code = answers.get(CATEGORY, UNKNOWN)
    return DecidingPage(
        question=_asked(question, answers, kinds, words) if question else None,
        given=tuple(_given(answers, classes)), kept=tuple(kept.items()), address=_address(answers), words=words,
        so_far=_address(answers | {SHOW: "1"}) if answers else "", back=_back(answers, question),
        findings=() if question else tuple(_findings(outcome)),
        missing=tuple(_said(question_texts()[name].brief) for name in outcome.missing),
        chosen=classes.get(code), mapped=() if question else _mapped(classes.get(code)), contract=_contract(outcome),
    )  # fmt: skip


def _said(text: Said) -> str:
    return text.told(get_language() or "zh-hans")


def _address(answers: Mapping[str, str]) -> str:
    found = reverse("publishing:decide")
    return f"{found}?{urlencode(answers)}" if answers else found


def _back(answers: Mapping[str, str], question: Question | None) -> str:
    """The question before this one, with its answer."""
    names = [one.name for one in asked(answers) if one.name in answers]
    before = names[: names.index(question.name)] if question and question.name in names else names
    return _address({**answers, EDIT: before[-1]}) if before else ""


def _given(answers: Mapping[str, str], classes: Mapping[str, Class]) -> Iterator[Given]:
    for name, value in answers.items():
        text = question_texts()[name]
        told = classes[value].name if value in classes else _said(text.answers[value])
        yield Given(_said(text.brief), told, _address({**answers, EDIT: name}), value == UNKNOWN)


def _asked(question: Question, answers: Mapping[str, str], kinds: tuple[Class, ...], words: str) -> Asked:
    text, chosen = question_texts()[question.name], answers.get(question.name, "")
    choices = tuple(
        Choice(value, _said(text.answers[value]), value == chosen) for value in question.answers or (UNKNOWN,)
    )
    order = [one.name for one in asked(answers)]
    found = tuple(_narrowed(kinds, words)) if question.name == CATEGORY else ()
    return Asked(
        question.name, _said(text.ask), _said(text.help), choices, order.index(question.name) + 1, len(order), found,
        chosen,
    )  # fmt: skip


def _narrowed(kinds: tuple[Class, ...], words: str) -> Iterator[Class]:
    """Kinds and groups with the classes in which all words occur; all of them where there are no words."""
    sought = words.lower().split()
    for kind in kinds:
        groups = tuple(_group(group, sought) for group in kind.beneath)
        left = tuple(group for group in groups if group.beneath)
        if left:
            yield Class(kind.code, kind.name, kind.level, kind.definition, kind.typical, False, 0, left)


def _group(group: Class, sought: list[str]) -> Class:
    left = tuple(one for one in group.beneath if _has(one, sought))
    return Class(group.code, group.name, group.level, group.definition, group.typical, False, 0, left)


def _has(one: Class, sought: list[str]) -> bool:
    text = f"{one.code} {one.name} {one.definition} {one.typical}".lower()
    return all(word in text for word in sought)


def _findings(outcome: Outcome) -> Iterator[Finding]:
    linker = Linker(term_book())
    for matter, one in outcome.decided.items():
        text = rule_texts()[one.rule.code]
        yield Finding(
            matter, str(MATTERS[matter]), _verdict(one), one.verdict == OPEN, text_html(_said(text.says), linker),
            _said(text.source),
        )  # fmt: skip


def _verdict(one: Decided) -> str:
    supply = supply_texts().get(one.verdict) if one.matter == Matter.SUPPLY else None
    return _said(supply.name) if supply else str(VERDICTS.get((one.matter, one.verdict), UNDECIDED))


def _mapped(chosen: Class | None) -> tuple[Mapped, ...]:
    return place_in_trade(chosen) if chosen else ()


def _contract(outcome: Outcome) -> str:
    """Where a contract begins with what is known; empty where nothing is to be filed."""
    if outcome.verdict(Matter.DEED) != "file" or outcome.verdict(Matter.OUTSOURCING) != YES:
        return ""
    return f"{reverse('filings:contract-add')}?{urlencode(contract_values(outcome))}"
