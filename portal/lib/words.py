"""Marks texts for translation where no framework may be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def in_both(zh: str, en: str) -> "Text":
    """Words that come in both languages: the catalogue's answer to the message picks one."""
    # xgettext:no-python-format
    return Text(gettext_noop("%(en)s"), {"zh": zh, "en": en})


def gettext_noop(message: str) -> str:
    """The message itself; the name is what `makemessages` looks for."""
    return message


@dataclass(frozen=True)
class Text:
    """A message id and its values, to be put into words where it is shown.

    Values that are Text themselves are put into words first.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, translate) -> str:
        """`translate` is gettext, or any function from message id to message."""
        values = {
            name: value.in_words(translate) if isinstance(value, Text) else value for name, value in self.values.items()
        }
        message = translate(self.message) if self.message else ""
        return message % values if values else message
