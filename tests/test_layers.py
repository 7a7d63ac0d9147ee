"""What the import contracts in pyproject.toml cannot say by themselves."""

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "portal"
MODULES = sorted(path for path in PORTAL.rglob("*.py") if "migrations" not in path.parts)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def shown(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_the_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


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
    names = [
        (path, node, node.attr if isinstance(node, ast.Attribute) else node.id)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
    ]
    imported = [
        shown(path, node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "django.dispatch"))
    ]
    assert [shown(path, node) for path, node, name in names if name == "receiver"] + imported == []


def test_the_figures_door_has_no_second_key():
    """The contract protects portal.filings.models; a package that handed its rows on would go round it."""
    door = tree(PORTAL / "filings" / "__init__.py")
    assert not [node for node in door.body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_time_is_read_in_one_place():
    """Everything else is handed it (`at=`, `on=`)."""
    readers = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "localdate")
        if isinstance(node.value, ast.Name) and node.value.id in ("timezone", "datetime", "date", "time")
    }
    assert readers <= {"portal/lib/clock.py"}
