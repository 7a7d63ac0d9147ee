"""Who writes, what is written, and how it comes out: by the same acts as real work."""

from uuid import uuid4

import pytest
from django.test import Client

from portal.lib import clock
from portal.members.models import User
from portal.members.roles import StaffRole
from portal.publishing.actions.writing import approve, edited, publish, submit
from portal.publishing.models import Article, Edition
from portal.publishing.reading import digest_of
from tests.publishing.letters import mailing, other  # noqa: F401 (fixtures)
from tests.world import appointed, world  # noqa: F401 (a fixture)


@pytest.fixture
def editor(world) -> User:
    return appointed("Edith", StaffRole.EDITOR)


@pytest.fixture
def publisher(world) -> User:
    return appointed("Paul", StaffRole.PUBLISHER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def block(kind: str, value: object, key: str = "") -> dict[str, object]:
    """A block as it is kept."""
    return {"id": key or str(uuid4()), "type": kind, "value": value}


@pytest.fixture
def article(editor):
    """A working text of these blocks, saved by the editor."""

    def make(*blocks: dict[str, object], **values: object) -> Article:
        text = Article(**{"title": "试一试", **values})
        text.body = list(blocks or [block("text", "<p>试一试。</p>")])
        text.save()
        return edited(text=text, by=editor, at=clock.now())

    return make


def publish_text(text, editor: User, publisher: User, note: str = "更正了一处。") -> Edition:
    """Handed in, checked by the other person, published."""
    submit(text=text, by=editor, at=clock.now(), note_zh=note)
    text.refresh_from_db()
    approve(text=text, digest=digest_of(text), by=publisher, at=clock.now())
    return publish(text=text, by=publisher, at=clock.now())


@pytest.fixture
def published(article, editor, publisher):
    """The same as an edition."""

    def make(*blocks: dict[str, object], **values: object) -> Edition:
        return publish_text(article(*blocks, **values), editor, publisher)

    return make
