"""Search over everything public.

A thing that is public (`sources.py`) → words of its own (`words.py`: pairs of Han characters, words of letters and
digits, pinyin of titles) → an index of the database (`engines.py`) → found, counted, marked (`finding.py`).
"""
