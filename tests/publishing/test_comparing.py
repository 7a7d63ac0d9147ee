"""What changed between two editions of a text."""

from portal.publishing.comparing import compared
from portal.publishing.document import Document, Paragraph, Piece, Run, Section


def document(*lines: str) -> Document:
    blocks = tuple(Paragraph((Run(line),)) for line in lines)
    return Document("article", "zh-hans", "题目", (Section("text", "", (Piece("a1", "", blocks),)),))


def test_the_same_twice_shows_nothing():
    assert compared(document("甲", "乙"), document("甲", "乙")) == ()


def test_a_changed_line_stands_between_those_around_it():
    told = compared(document("甲", "乙", "丙", "丁", "戊"), document("甲", "乙", "丙改", "丁", "戊"))
    assert [(line.sign, line.text) for line in told] == [("…", ""), ("", "乙"), ("-", "丙"), ("+", "丙改"), ("", "丁")]
