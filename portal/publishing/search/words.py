"""From a text, or from what somebody typed, to the words of the index. No Django, no database.

Chinese has no blanks: every two neighbouring characters are a word of the index, and the last one of a run stands for
itself, so that every character begins a word and a single one is found as a beginning. Letters and digits make words
as they are written. Of titles, the pinyin from each character on is a word too (`fuwuwaibao`, `wuwaibao` …), and so are
its initials (`fwwb`, `wwb` …): whoever types a part of either has typed the beginning of such a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from portal.publishing.search.variants import SIMPLIFIED

HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")
# 壹 and its like on receipts and covers; 二〇二〇 for a year.
_FORMAL = SIMPLIFIED | str.maketrans("壹贰貳叁肆伍陆陸柒捌玖零○", "一二二三四五六六七八九〇〇")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_YEAR = re.compile(r"[〇一二三四五六七八九]{4}")
LONGEST_SPOKEN = 10
# Longer runs of letters are no words that anybody types, and a database takes them only up to a length.
LONGEST_WORD = 64
# Before a title as a whole, written in one: no character that can be typed as part of a word.
WHOLE = "\ue000"
LEAST_LETTERS = 2
MOST_TERMS = 12


def plain(text: str) -> str:
    """Small letters without accents, half width, simplified, years in digits: of the same length only by chance."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FORMAL)
    folded = _YEAR.sub(lambda match: match[0].translate(_DIGITS), folded)
    if folded.isascii():
        return folded
    bare = (one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", "".join(bare))


def words_of(text: str) -> Iterator[str]:
    """Every word of a text, in its order."""
    for run in _RUN.findall(plain(text)):
        if _HAN_RUN.match(run):
            yield from (run[start : start + 2] for start in range(len(run)))
        else:
            yield run[:LONGEST_WORD]


def whole(title: str) -> str:
    """A title as one word: who types just that is after this very thing."""
    return WHOLE + "".join(_RUN.findall(plain(title)))


def whole_spoken(title: str) -> str:
    """The same in pinyin, of a title that is all Chinese."""
    runs = _RUN.findall(plain(title))
    is_chinese = bool(runs) and all(map(_HAN_RUN.fullmatch, runs))
    return WHOLE + "".join(_syllables("".join(runs))) if is_chinese else ""


def _syllables(run: str) -> list[str]:
    # Its dictionary takes half a second to load, and few processes ever write pinyin.
    return import_module("pypinyin").lazy_pinyin(run, errors="ignore")


def spoken(title: str) -> Iterator[str]:
    """Pinyin and initials of a title's Chinese, from each character on; tones are left out."""
    for run in _HAN_RUN.findall(plain(title)):
        syllables = _syllables(run)
        for start in range(len(syllables)):
            rest = syllables[start : start + LONGEST_SPOKEN]
            yield "".join(rest)
            if len(rest) > 1:
                yield "".join(syllable[0] for syllable in rest)


# ── What was typed ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Term:
    """A word of the index that has to be there: as it is, or as the beginning of one."""

    word: str
    is_beginning: bool


def terms_of(typed: str) -> tuple[Term, ...]:
    """What has to be found, each once, at most a dozen."""
    found = dict.fromkeys(term for run in _RUN.findall(plain(typed)) for term in _terms_of_run(run))
    return tuple(found)[:MOST_TERMS]


def _terms_of_run(run: str) -> Iterator[Term]:
    if not _HAN_RUN.match(run):
        yield Term(_stem(run)[:LONGEST_WORD], len(run) >= LEAST_LETTERS)
    elif len(run) == 1:
        yield Term(run, True)
    else:
        yield from (Term(run[start : start + 2], False) for start in range(len(run) - 1))


def _stem(word: str) -> str:
    """The beginning that singular and plural share."""
    if len(word) > 4 and word.isascii() and word.isalpha():
        for ending in ("ies", "y", "s"):
            if word.endswith(ending) and not word.endswith("ss"):
                return word.removesuffix(ending)
    return word


def typed_runs(typed: str) -> tuple[str, ...]:
    """What is marked where it occurs: whole runs as they were typed."""
    return tuple(dict.fromkeys(_RUN.findall(plain(typed))))[:MOST_TERMS]


# ── The match, shown ─────────────────────────────────────────────────────────────────────────────

Marked = tuple[tuple[str, bool], ...]
AROUND = 40
SHOWN = 140


def marked(text: str, typed: str) -> Marked:
    """The text in pieces, with whether each is what was looked for."""
    spans = _spans(text, typed)
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])


def passage(text: str, typed: str) -> Marked:
    """A passage around the first place where it occurs, or the beginning."""
    text = " ".join(text.split())
    first = next(iter(_spans(text, typed)), (0, 0))[0]
    start = max(first - AROUND, 0)
    cut = text[start : start + SHOWN]
    return marked(f"{'…' if start else ''}{cut}{'…' if start + SHOWN < len(text) else ''}", typed)


def _spans(text: str, typed: str) -> list[tuple[int, int]]:
    """Where it stands, without overlaps: characters are compared one by one, so that places stay what they are."""
    compared = "".join(map(_one, text))
    runs = [run for run in typed_runs(typed) if run]
    if not runs:
        return []
    longest_first = sorted({*runs, *(_stem(run) for run in runs)}, key=len, reverse=True)
    pattern = "|".join(map(_as_written, longest_first))
    return [match.span() for match in re.finditer(pattern, compared)]


def _as_written(run: str) -> str:
    """Words of letters are marked where they begin; Chinese wherever it stands."""
    return re.escape(run) if _HAN_RUN.match(run) else rf"(?<![^\W{HAN}]){re.escape(run)}"


@lru_cache(maxsize=1 << 16)
def _one(character: str) -> str:
    folded = plain(character)
    return folded if len(folded) == 1 else character
