"""The repository keeps its own promises."""

import ast
import os
import re
import subprocess
import tomllib
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "build", "__pycache__", ".ruff_cache", ".pytest_cache", ".hypothesis"}
NOT_OURS |= {".import_linter_cache", "node_modules"}
# Workbooks as firms send them: in GB 18030 too, and broken on purpose.
DATA = {ROOT / "tests" / "workbooks" / name for name in ("pass", "fail")}
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".csv", ".json", ".po", ".yml", ".svg", ""}
MOST_LINES = 400


@cache
def all_files() -> list[Path]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and Path(folder, name) not in DATA]
        found += [Path(folder, name) for name in names]
    return sorted(found)


def ours(*suffixes: str) -> list[Path]:
    """The files that belong to the repository, by suffix; all that are text where none is given."""
    return [path for path in all_files() if path.suffix in (suffixes or TEXT) and path.name != ".env"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def where(path: Path, text: str, position: int) -> str:
    return f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, position) + 1}"


def found_in(pattern: str, paths: list[Path], flags: int = 0) -> list[str]:
    texts = [(path, path.read_text("utf-8")) for path in paths]
    return [where(path, text, match.start()) for path, text in texts for match in re.finditer(pattern, text, flags)]


# ── Versions and packages ────────────────────────────────────────────────────────────────────────


def test_the_version_is_the_newest_in_the_changelog():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## \[?(\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.M)[0] == version


@pytest.mark.parametrize("name", ["requirements", "requirements-test", "requirements-bench"])
def test_every_package_is_locked_with_its_hashes(name: str):
    entries = re.split(r"\n(?=\S)", read(f"{name}.txt").strip())
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    assert [
        entry for entry in packages if not re.match(r"[\w.\[\]-]+==\S+.*--hash=sha256:[0-9a-f]{64}", entry, re.S)
    ] == []
    wanted = {re.match(r"[\w.-]+", line)[0] for line in read(f"{name}.in").splitlines() if re.match(r"\w", line)}
    locked = {re.match(r"[\w.-]+", entry)[0].lower() for entry in packages}
    assert {package.lower() for package in wanted} <= locked | common_packages()


def common_packages() -> set[str]:
    return {match.lower() for match in re.findall(r"^([\w.-]+)==", read("requirements.txt"), re.M)}


def test_each_wanted_package_has_its_reason():
    for path in ROOT.glob("requirements*.in"):
        lines = path.read_text("utf-8").splitlines()
        bare = [
            line for above, line in zip(lines, lines[1:]) if re.match(r"\w", line) and not re.match(r"[#\w]", above)
        ]
        assert bare == [], path.name


def test_nothing_says_where_packages_come_from():
    setup = [*ROOT.glob("requirements*"), *ROOT.glob(".ci/*"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    assert found_in(r"--(extra-)?index-url|--find-links|--trusted-host|--default-index", setup) == []
    assert found_in(r"https?://(?!127\.0\.0\.1|localhost)", setup) == []


# ── Words about the code ─────────────────────────────────────────────────────────────────────────


def test_make_help_lists_every_target():
    makefile = read("Makefile")
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.M)
    told = re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.M)
    assert set(targets) - set(told) == {"port-is-free"}
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [name for name in told if f"make {name} " not in printed] == []


def test_every_decision_says_why_what_and_what_follows():
    records = sorted(path for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        headings = re.findall(r"^#+ (.+)", path.read_text("utf-8"), re.M)
        assert re.match(rf"{path.name[:4]} \S", headings[0]), path.name
        assert headings[1:4] == ["Context", "Decision", "Consequences"], path.name


def test_every_setting_of_the_environment_is_told():
    names = set(re.findall(r'\benv(?:_bool|_list)?\(\s*"([A-Z_]+)"', read("association/settings.py")))
    assert len(names) > 10
    assert sorted(name for name in names if f"`{name}`" not in read("docs/development.md")) == []


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in ours(".md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} → {target}")
    assert broken == []


def test_nothing_is_left_to_do():
    assert found_in(r"\b(TO" r"DO|FIX" r"ME|HA" r"CK)\b", ours()) == []


# ── Sizes and types ──────────────────────────────────────────────────────────────────────────────


def modules() -> list[Path]:
    return [path for path in sorted((ROOT / "portal").rglob("*.py")) if "migrations" not in path.parts]


def test_no_file_is_too_long_to_read():
    lengths = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_junk_drawers_have_no_name_here():
    drawers = {"utils", "helpers", "common", "core", "base", "manager", "managers", "misc", "shared", "tools"}
    assert [
        str(path.relative_to(ROOT)) for path in modules() if drawers & {path.stem, *path.relative_to(ROOT).parts}
    ] == []


def test_nearly_every_function_says_what_it_takes():
    functions = [
        node
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    told = [
        node
        for node in functions
        if all(map(is_told, [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]))
    ]
    assert len(told) >= 0.9 * len(functions)


def is_told(argument: ast.arg) -> bool:
    return argument.annotation is not None or argument.arg in ("self", "cls")


@pytest.mark.django_db
def test_every_model_has_its_migration():
    report = StringIO()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=report, skip_checks=True)
    assert "No changes detected" in report.getvalue()


def test_migrations_are_named_by_what_they_do():
    names = [path.stem for path in (ROOT / "portal").glob("*/migrations/0*.py")]
    assert [name for name in names if "_auto_" in name] == []


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


OWN_STYLE_OR_SCRIPT = re.compile(
    r"<[^>]*\sstyle\s*=|<style\b|<[a-z][^>]*\son[a-z]+\s*=|javascript:"
    r"|<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    re.I,
)


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / "portal").glob("*/templates")]
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


def test_no_template_carries_style_or_script_of_its_own():
    """The content-security policy would refuse them; data for a script is no script."""
    wrongs = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in templates()
        for match in OWN_STYLE_OR_SCRIPT.finditer(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text("utf-8")))
    ]
    assert wrongs == []


@pytest.mark.parametrize(
    "markup", ['<p style="a">', "<style>", '<a\nonclick="b()">', "<script>", '<a href="javascript:c">']
)
def test_style_and_script_in_markup_are_noticed(markup: str):
    assert OWN_STYLE_OR_SCRIPT.search(markup)


@pytest.mark.parametrize(
    "markup", ['<script src="/a.js">', '<script id="b" type="application/json">', '<ol class="once">']
)
def test_files_and_data_are_no_style_and_no_script(markup: str):
    assert not OWN_STYLE_OR_SCRIPT.search(markup)


def test_nothing_is_loaded_from_outside():
    assert found_in(r"\b(src|srcset|poster)=[\"']?(https?:)?//", templates(), re.I) == []
    assert found_in(r"<link\b[^>]*href=[\"']?(https?:)?//", templates(), re.I) == []
    assert found_in(r"url\(\s*[\"']?(https?:)?//|@import\s+[\"'](https?:)?//", ours(".css"), re.I) == []
