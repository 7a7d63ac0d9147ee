"""The colours of drawings: those of tokens.css and print.css, by the same names. A test keeps them in step."""

from collections.abc import Mapping
from enum import StrEnum


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


_LIGHT = {
    "paper": "#f8f6f0", "ink": "#1a1d1e", "ink-2": "#4a4e4d", "ink-3": "#63665f", "rule": "#d8d4c8", "edge": "#85857a",
    "cinnabar": "#ae2b1c", "d1": "#0b5450", "d2": "#6c9488", "d3": "#c3ccc3",
    "q1": "#e3e8e0", "q2": "#bfd0c6", "q3": "#8fb0a4", "q4": "#35736b", "q5": "#0b4340",
    "on-q-low": "#1a1d1e", "on-q-high": "#ffffff",
}  # fmt: skip
_DARK = {
    "paper": "#14181a", "ink": "#ece8dd", "ink-2": "#bdbab0", "ink-3": "#9c9b93", "rule": "#353b3c", "edge": "#767c76",
    "cinnabar": "#f28b75", "d1": "#82c9bb", "d2": "#4e7f75", "d3": "#39413f",
    "q1": "#232a2a", "q2": "#2c4541", "q3": "#3d6a62", "q4": "#6fb0a3", "q5": "#a9dfd3",
    "on-q-low": "#ece8dd", "on-q-high": "#0f1614",
}  # fmt: skip
_PRINT = _LIGHT | {
    "paper": "#ffffff", "ink": "#000000", "ink-2": "#333333", "ink-3": "#555555", "rule": "#bbbbbb",
    "cinnabar": "#8c1f12", "on-q-low": "#000000",
}  # fmt: skip
INKS: Mapping[Theme, Mapping[str, str]] = {Theme.LIGHT: _LIGHT, Theme.DARK: _DARK, Theme.PRINT: _PRINT}

# The names that the rows of portal.ui.charts and portal.ui.lines give their inks.
OF_ROWS = {"ink2": "ink-2", "ink3": "ink-3"}


def ink_of(name: str) -> str:
    return OF_ROWS.get(name, name)
