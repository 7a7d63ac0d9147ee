"""What is told of the twelve categories, the four modes of supply and the questions that decide. No Django.

Each text stands in both languages beside each other in a TOML file of this folder.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Said:
    """A text in both languages."""

    zh: str = ""
    en: str = ""

    def told(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class CategoryText:
    """A service-trade category: what it covers, an example, and why it counts as digitally deliverable or not."""

    code: str
    covers: Said
    example: Said
    why: Said


@dataclass(frozen=True)
class SupplyText:
    """A mode of supply: its number and term, who moves, an export and an import, and how to recognise it."""

    key: str
    number: int
    slug: str
    name: Said
    moves: Said
    exported: Said
    imported: Said
    tell: Said


@dataclass(frozen=True)
class QuestionText:
    """A question, what helps to answer it, and its answers by their keys."""

    name: str
    brief: Said
    ask: Said
    help: Said
    answers: Mapping[str, Said]


@dataclass(frozen=True)
class RuleText:
    """What a rule says, where it comes from, and the term whose page tells more."""

    code: str
    says: Said
    source: Said
    term: str = ""


@cache
def category_texts() -> dict[str, CategoryText]:
    return {row["code"]: CategoryText(**_said(row)) for row in _rows("trade.toml", "category")}


@cache
def supply_texts() -> dict[str, SupplyText]:
    return {row["key"]: SupplyText(**_said(row)) for row in _rows("supply.toml", "mode")}


@cache
def question_texts() -> dict[str, QuestionText]:
    found = {}
    for row in _rows("decision.toml", "question"):
        answers = {key: Said(**said) for key, said in row.pop("answers").items()}
        found[row["name"]] = QuestionText(**_said(row), answers=answers)
    return found


@cache
def rule_texts() -> dict[str, RuleText]:
    return {row["code"]: RuleText(**_said(row)) for row in _rows("decision.toml", "rule")}


def _rows(name: str, kind: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))[kind]


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Said(**value) if isinstance(value, dict) else value for name, value in row.items()}
