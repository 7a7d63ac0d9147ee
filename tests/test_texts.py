"""Every text has its Chinese, and the compiled catalogue is the one that was written."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
# What Wagtail's own Chinese lacks: in step, but its texts are not the portal's.
OF_THE_DESK = sorted((ROOT / "locale" / "desk").glob("*/LC_MESSAGES/*.po"))
# Name → which of its arguments are messages.
MARKERS = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "npgettext": (1, 2),
    "npgettext_lazy": (1, 2),
}
STRING = r"""u?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
CALL = re.compile(rf"(?<!\w)(?:_|n?p?gettext)\(\s*{STRING}(?:\s*,\s*(?:{STRING}|\w+))*\s*\)")

catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
any_catalogue = pytest.mark.parametrize(
    "path", [*CATALOGUES, *OF_THE_DESK], ids=lambda path: f"{path.parents[2].name}-{path.stem}"
)


def texts(entries: Iterable[polib.POEntry | polib.MOEntry]) -> dict[tuple[str | None, str], object]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def marked(path: Path) -> Iterator[str]:
    """The messages of a module or of a template."""
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        # What Django makes of a template for the gatherer is nearly Python: calls between filling letters.
        calls = [call[0] for call in CALL.finditer(templatize(source))]
        source = "\n".join(calls)
    yield from messages(ast.parse(source, filename=str(path)))


def messages(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            for argument in (node.args[index] for index in MARKERS[node.func.id] if index < len(node.args)):
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def sources() -> list[Path]:
    code = [path for top in ("portal", "association") for path in (ROOT / top).rglob("*.py")]
    return [path for path in code if "migrations" not in path.parts] + sorted((ROOT / "templates").rglob("*.html"))


def test_messages_are_found_in_modules_and_templates(tmp_path: Path):
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        '{% load i18n %}<p title="{% translate "One" %}">{% blocktranslate trimmed count n=n %}\n  {{ n }} row\n'
        "{% plural %} {{ n }} rows {% endblocktranslate %}</p>"
        "{% translate \"It's (two)\" %} {{ _('Five') }} plain_(text)"
    )
    module.write_text('from x import gettext as _\n\nTEXT = _("Three" " and four") + ngettext("a row", "rows", 2)\n')
    assert set(marked(page)) == {"One", "%(n)s row", "%(n)s rows", "It's (two)", "Five"}
    assert set(marked(module)) == {"Three and four", "a row", "rows"}


@catalogue
def test_every_text_of_the_portal_stands_in_the_catalogue(path: Path):
    known = {
        text for entry in polib.pofile(str(path)) if not entry.obsolete for text in (entry.msgid, entry.msgid_plural)
    }
    missing = {
        f"{source.relative_to(ROOT)}: {message}"
        for source in sources()
        for message in marked(source)
        if message not in known
    }
    assert sorted(missing) == [], "make messages gathers them"


@any_catalogue
def test_every_text_is_translated(path: Path):
    entries = polib.pofile(str(path))
    assert [entry.msgid for entry in [*entries.untranslated_entries(), *entries.fuzzy_entries()]] == []


@any_catalogue
def test_a_translation_names_only_what_its_text_has(path: Path):
    """Else the page would fail, in one language only."""
    unlike = []
    for entry in polib.pofile(str(path)).translated_entries():
        if "no-python-format" in entry.flags:
            continue
        wanted = placeholders(entry.msgid + entry.msgid_plural)
        if any(not placeholders(text) <= wanted for text in (entry.msgstr, *entry.msgstr_plural.values())):
            unlike.append(entry.msgid)
    assert unlike == []


@any_catalogue
def test_where_one_form_serves_all_numbers_it_says_the_number(path: Path):
    """Else two letters would be told as one."""
    entries = [entry for entry in polib.pofile(str(path)).translated_entries() if len(entry.msgstr_plural) == 1]
    silent = [
        entry.msgid for entry in entries if not placeholders(entry.msgid_plural) <= placeholders(entry.msgstr_plural[0])
    ]
    assert silent == []


@any_catalogue
def test_the_compiled_catalogue_is_in_step(path: Path):
    written = texts(polib.pofile(str(path)).translated_entries())
    assert texts(polib.mofile(str(path.with_suffix(".mo")))) == written
