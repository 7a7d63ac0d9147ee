"""Components that make up a page: chapters, seals, notices, findings, lists and where the reader is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.ui import figures, seals
from portal.ui.rendering import in_chinese, rendered

register = template.Library()

# An address, its label, and what else of the site is below it. An entry appears when its page is there.
MAIN_NAVIGATION: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("statistics:release-list", gettext_noop("Statistics"), ("reference:list-index", "front:methodology")),
    (
        "publishing:issue-list", gettext_noop("Newsletter"),
        ("publishing:article-list", "publishing:handbook-list", "publishing:notice-list", "publishing:event-list"),
    ),
    ("publishing:policy-list", gettext_noop("Policies"), ()),
    ("publishing:knowledge-home", gettext_noop("Knowledge"), ()),
    ("publishing:member-list", gettext_noop("Members"), ()),
    ("publishing:city-list", gettext_noop("Demonstration cities"), ()),
    ("publishing:entrance-list", gettext_noop("Entrances"), ("publishing:authority-list",)),
)  # fmt: skip


@register.inclusion_tag("components/seal.html")
def seal(kind: str, word: str = "", quiet: bool = False) -> dict[str, object]:
    """A one-character seal. It is spoken by its own name; `word` stands visibly beside it instead; `quiet`
    leaves it unspoken where the sentence beside it says the same."""
    found = seals.SEALS[kind]
    return {
        "glyph": found.zh if in_chinese() else found.en,
        "css": found.css,
        "name": _(found.name),
        "word": word,
        "quiet": quiet,
    }


@register.simple_block_tag
def say(content: str, title: str, kind: str = "", level: int = 2, ident: str = "") -> str:
    """A notice: what happened, what was kept, what to do next. `kind="act"` where something waits."""
    return rendered("components/say.html", content, title=title, kind=kind, level=level, ident=ident)


@register.simple_block_tag
def nothing_here(content: str, title: str) -> str:
    """An empty list: what would stand here and how it gets here."""
    return rendered("components/nothing_here.html", content, title=title)


@register.inclusion_tag("components/job.html")
def job(title: str, percent: int = 0, note: str = "") -> dict[str, object]:
    return {"title": title, "percent": percent, "note": note}


@register.inclusion_tag("components/finding.html")
def finding(
    severity: str = "error",
    message: str = "",
    where: str = "",
    found: str = "",
    expected: str = "",
    mend: str = "",
    href: str = "",
    code: str = "",
    ident: str = "",
) -> dict[str, object]:
    """What a rule has to say: `severity` is error, explain, note or ask."""
    return {
        "severity": severity,
        "seal_kind": seals.OF_SEVERITY[severity],
        "message": message,
        "where": where,
        "found": found,
        "expected": expected,
        "mend": mend,
        "href": href,
        "code": code,
        "ident": ident,
    }


@register.simple_block_tag
def finding_with(content: str, **values: str) -> str:
    """A finding with evidence or buttons inside: the arguments of `finding`."""
    return rendered("components/finding.html", content, **finding(**values))


@register.inclusion_tag("components/findings.html")
def findings(rows: Iterable[Mapping | object]) -> dict[str, object]:
    """A list of findings: mappings or objects with the names of the arguments of `finding`."""
    return {"rows": rows}


@register.inclusion_tag("components/blocking.html")
def blocking(title: str, rows: Sequence, ident: str = "blocking", more: str = "") -> dict[str, object]:
    """What stands between the reader and an act. Rows have `seal`, `text`, `href`."""
    return {"title": title, "rows": rows, "ident": ident, "more": more}


@register.simple_block_tag
def remark(content: str, who: str, at: str = "", answer: bool = False) -> str:
    """One voice of a question thread; stand them in a `<div class="thread">`."""
    return rendered("components/remark.html", content, who=who, at=at, answer=answer)


@register.inclusion_tag("components/chapter.html")
def chapter(title: str, number: int | str = "", aside: str = "", href: str = "", ident: str = "") -> dict[str, object]:
    """A chapter's head. `number` is written 一 二 三 or 1 2 3; "auto" counts by itself."""
    numeral = number
    if isinstance(number, int) and in_chinese():
        numeral = figures.chinese_numeral(number)
    return {"title": title, "numeral": numeral, "aside": aside, "href": href, "ident": ident}


@register.inclusion_tag("components/spine.html")
def spine(bold: str, rest: str = "", lang: str = "") -> dict[str, object]:
    """`lang` where its words are not in the language of the page."""
    return {"bold": bold, "rest": rest, "lang": lang}


@register.simple_block_tag
def margin_note(content: str, title: str, ident: str = "") -> str:
    return rendered("components/margin_note.html", content, title=title, ident=ident)


@register.inclusion_tag("components/kv.html")
def kv(rows: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("components/toc.html")
def toc(rows: Iterable) -> dict[str, object]:
    """Contents lines: rows with `label`, `href` and perhaps `note`."""
    return {"rows": rows}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: str, home: str = "", lang: str = "") -> dict[str, object]:
    """Label, address, label, address … and the label of this page last; the home page is put in front. `lang` where
    the last label is not in the language of the page."""
    pairs = list(zip(steps[:-1:2], steps[1::2], strict=False))
    return {"pairs": pairs, "here": steps[-1], "home": home, "lang": lang}


@register.inclusion_tag("components/tabs.html")
def tabs(rows: Iterable, label: str) -> dict[str, object]:
    """Rows with `label`, `href`, `current` and perhaps `count`."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("components/steps.html")
def steps(rows: Iterable, label: str = "") -> dict[str, object]:
    """Rows with `label`, `state` (done, current, todo), and perhaps `href` and `note`."""
    numerals = figures.chinese_numeral if in_chinese() else str
    return {"rows": [(numerals(number), row) for number, row in enumerate(rows, 1)], "label": label or _("Steps")}


@register.inclusion_tag("components/meter.html")
def meter(
    value: int | str, total: int | str = "", unit: str = "", text: str = "", done: float = 0, due: float = 0
) -> dict[str, object]:
    """How far something is: `done` and `due` (what must be mended) in percent of the whole."""
    return {
        "value": value,
        "total": total,
        "unit": unit if unit == "%" or in_chinese() else f" {unit}",
        "text": text,
        "done": done,
        "reach": float(done) + float(due),
        "due": due,
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page) -> dict[str, object]:
    """Pages of a list, from a Django `Page`; keeps the other parameters of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"], "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag("components/main_nav.html", takes_context=True)
def main_nav(context: template.Context) -> dict[str, object]:
    """The site's navigation; of several entries that lead towards this page, the closest is the current one."""
    here = context["request"].path
    entries = main_entries(get_language())
    leading = [(len(start), href) for href, _label, starts in entries for start in starts if here.startswith(start)]
    return {
        "entries": [(href, _(label)) for href, label, _starts in entries],
        "current": max(leading, default=(0, ""))[1],
        "is_here": any(here == href for href, _label, _starts in entries),
    }


@cache
def main_entries(_language: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Address, label and beginnings of each entry whose page is there; looked up once for each language."""
    known = {name for row in MAIN_NAVIGATION for name in (row[0], *row[2])}
    found = {name: address for name in known if (address := _address(name))}
    return tuple(
        (found[name], label, (found[name], *(found[one] for one in below if one in found)))
        for name, label, below in MAIN_NAVIGATION
        if name in found
    )


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def language_switch(context: template.Context, language: str) -> str:
    """Where to press for this page in another language: it is remembered on the way."""
    request: HttpRequest = context["request"]
    there = translate_url(request.get_full_path(), language)
    return f"{reverse('ui:language', args=[language])}?{urlencode({'next': there})}"


@register.simple_tag(takes_context=True)
def absolute_page_in(context: template.Context, language: str) -> str:
    """This page's full address in another language."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(translate_url(request.path, language))


@register.simple_tag
def page_language() -> str:
    return "zh-Hans" if in_chinese() else "en"
