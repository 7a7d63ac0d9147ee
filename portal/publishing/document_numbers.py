"""Document numbers as they are written: an agency's word, the year in 〔〕, a number. No Django.

国办发〔2017〕47号. Other brackets are met in the wild (鄂统计文【2024】51号) and are the same number.
"""

import re
import unicodedata

_YEAR = re.compile(r"\s*[〔【\[(（［〈《]\s*(\d{4})\s*年?\s*[〕】\])）］〉》]\s*(?:第\s*)?0*(\d+)\s*号")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def normalised(text: str) -> str:
    """The number as it is written; what is no number of this form keeps its words, without blanks around it."""
    plain = unicodedata.normalize("NFC", text).translate(_DIGITS).strip()
    return _YEAR.sub(r"〔\1〕\2号", plain)
