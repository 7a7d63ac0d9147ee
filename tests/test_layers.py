"""What the import contracts in pyproject.toml, which `make lint` holds, cannot say by themselves."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "portal"
MODULES = sorted(path for path in PORTAL.rglob("*.py") if "migrations" not in path.parts)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def shown(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_app_has_its_place_among_the_layers():
    layers = next(contract["layers"] for contract in CONTRACTS if contract["name"] == "Figures climb, imports fall")
    named = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    apps = {f"portal.{path.parent.name}" for path in PORTAL.glob("*/__init__.py")}
    assert apps <= named


def test_nothing_is_imported_inside_a_function():
    hidden = [
        shown(path, inner)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_listens_to_signals():
    imported = [
        shown(path, node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "django.dispatch"))
    ]
    assert imported == []


def test_the_figures_door_has_no_second_key():
    """The contract protects the modules of the ledger; packages that hand their rows on would go round it."""
    above = [path for path in MODULES if PORTAL / "filings" not in path.parents]
    round_the_door = [
        shown(path, node)
        for path in above
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module in ("portal.filings", "portal.filings.models")
        if {"models", "Contract", "Filing", "Line", "Upload", "Version", "*"} & {alias.name for alias in node.names}
    ]
    assert round_the_door == []


def test_the_time_is_read_in_one_place():
    """Everything else is handed it (`at=`, `on=`)."""
    readers = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and reads_the_clock(node)
    }
    assert readers == {"portal/lib/clock.py"}


def reads_the_clock(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="timezone" | "datetime" | "date"), attr="now" | "today" | "utcnow"):
            return True
        case ast.Attribute(value=ast.Name(id="timezone"), attr="localdate" | "localtime"):
            return not call.args  # with an argument they only convert
    return False
