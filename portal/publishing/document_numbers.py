"""The numbers of documents as they are written. No Django.

Document number: an agency's word, the year in 〔〕, a number, as in 国办发〔2017〕47号. Other brackets are met in the
wild (鄂统计文【2024】51号) and are the same number. Index number: the agency's code, the year, a number, as in
000014349/2017-00110; typed with a Chinese keyboard it comes with wide signs and blanks.
"""

import re
import unicodedata

_YEAR = re.compile(r"\s*[〔【\[(（［〈《]\s*(\d{4})\s*年?\s*[〕】\])）］〉》]\s*(?:第\s*)?0*(\d+)\s*号")
_DASH = re.compile("[‐‑‒–—−]+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def normalised(text: str) -> str:
    """The number as it is written; what is no number of this form keeps its words, without blanks around it."""
    plain = unicodedata.normalize("NFC", text).translate(_DIGITS).strip()
    return _YEAR.sub(r"〔\1〕\2号", plain)


def normalised_index(text: str) -> str:
    """The index number in narrow letters, capitals, one kind of dash and slash, without blanks."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(_DASH.sub("-", narrow).split()).upper()
