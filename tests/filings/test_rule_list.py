"""The list of rules is the specification: codes are stable, and each is documented and tested."""

from pathlib import Path

from portal.filings.rules import RULES

ROOT = Path(__file__).resolve().parent.parent.parent

# A code is never used for another rule, nor taken away: add to this list, and change nothing in it.
CODES = [
    "R1", "R2", "A1", "A2", "A3", "A4", "A6", "D1", "D3", "D2", "D4", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "C1",
    "C2", "M1", "A5", "E1", "E2", "N2", "C3", "E3", "E4", "E5", "E6", "N1", "A7", "K8",
    "A8", "N3",
]  # fmt: skip


def test_codes_are_stable_and_used_once():
    assert [rule.code for rule in RULES] == CODES
    assert len(set(CODES)) == len(CODES)


def test_every_rule_is_documented_as_it_is_stated():
    documented = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.code} | {rule.statement} |" in documented


def test_every_rule_has_a_test_that_names_its_code():
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "filings").glob("test_rules*.py"))
    assert [rule.code for rule in RULES if f'"{rule.code}"' not in tests] == []
