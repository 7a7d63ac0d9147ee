"""What the fonts of the papers cannot show is marked, and nothing that people write can break a paper."""

import pytest

from portal.ui.glyphs import MISSING, printable


@pytest.mark.parametrize(
    "text", ["服务外包 2020", "〔2019〕245号，①—…“”·×≤㎡★", "Ω ж é ü ß €", "مرحبا שלום", "两行\n一格\t", "　全角空格"]
)
def test_what_the_fonts_have_stays(text):
    assert printable(text) == text


@pytest.mark.parametrize("character", ["🙂", "\ue000", "ไ", "한", "\U0002ebf0"])
def test_what_they_lack_is_marked(character):
    assert printable(f"前{character}后") == f"前{MISSING}后"


@pytest.mark.parametrize("character", ["\x07", "\x00", "\u202e", "\u200d", "\ufeff", "\u0e31"])
def test_what_has_no_shape_of_its_own_is_left_out(character):
    assert printable(f"前{character}后") == "前后"


def test_a_letter_is_joined_with_its_mark():
    assert printable("e\u0301") == "é"


def test_white_of_any_kind_is_a_blank_and_the_end_of_a_line_a_line():
    assert printable("a\u2003b\u2028c\xa0d") == "a b\nc\xa0d"
