import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.members.models import User
from portal.reference.files import DATA


@pytest.fixture
def keeper(db) -> User:
    """Somebody who may do anything in the admin."""
    return User.objects.create_superuser("keeper@example.org", name="Keeper")


@pytest.fixture
def admin(keeper: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(keeper)
    return client


@pytest.fixture
def read(client: Client, db) -> Callable[..., str]:
    """A public page's text, having checked that any cache may keep it."""

    def open_page(path: str, status: int = 200, **query: str) -> str:
        response: HttpResponse = client.get(path, query)
        assert response.status_code == status
        if status == 200:
            assert "public" in response["Cache-Control"]
            assert not response.cookies
        return response.content.decode()

    return open_page


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the reviewed files, to be changed."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def edit_file(files: Path) -> Callable[..., None]:
    """`edit_file("markets", change)`: `change` gets each row and returns it, changed, or None to leave it out."""

    def edit(name: str, change: Callable[[dict], dict | None], *more: dict) -> None:
        path = files / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            columns, rows = reader.fieldnames, [change(row) for row in reader]
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, columns)
            writer.writeheader()
            writer.writerows([row for row in rows if row is not None] + list(more))

    return edit
