"""An article from a Word file: its pictures become pictures of the desk, and it is a draft like any other."""

from datetime import datetime
from io import BytesIO
from uuid import uuid4

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.actions.writing import edited
from portal.publishing.models import Article, Column
from portal.publishing.word_blocks import LONGEST_TITLE, FoundPicture, WordFile

LONGEST_SUBTITLE, LONGEST_ALT = 200, 250


@transaction.atomic
def import_article(
    *, file: WordFile, name: str, by: User, at: datetime, language: str = "zh-hans", column: Column | None = None
) -> Article:
    """A new draft with what was read. `name` is the file's, for a title where it has none.

    Raises:
        Refused: nothing was found in the file, or the person does not write here.
    """
    if not may(by, Permission.PUBLICATION_EDIT):
        raise Refused(_("You may not do this."))
    if not file.pieces:
        raise Refused(_("No text was found in this file."))
    title = (file.title or name.rsplit(".", 1)[0])[:LONGEST_TITLE]
    images = [_image(picture, title, number, by) for number, picture in enumerate(file.pictures, start=1)]
    article = Article(title=title, subtitle=file.subtitle[:LONGEST_SUBTITLE], language=language, column=column)
    article.body = [
        {"id": str(uuid4()), "type": kind, "value": _picture(value, file, images) if kind == "picture" else value}
        for kind, value in file.pieces
    ]
    article.save()
    article.save_revision(user=by, clean=False)
    edited(text=article, by=by, at=at)
    record(
        actor=by.key, verb="text.imported", kind="article", key=article.pk, at=at,
        after={"title": title, "file": name},
    )  # fmt: skip
    return article


def _image(picture: FoundPicture, title: str, number: int, by: User):
    """A picture of the desk, named after the article."""
    words = _("%(title)s, picture %(number)d") % {"title": title, "number": number}
    file = ImageFile(BytesIO(picture.content), f"{uuid4().hex}.{picture.ending}")
    return get_image_model().objects.create(
        title=words, file=file, uploaded_by_user=by, description=picture.alt[:LONGEST_ALT]
    )


def _picture(value: dict, file: WordFile, images: list) -> dict[str, object]:
    found = file.pictures[value["number"]]
    return {
        "image": images[value["number"]].pk,
        "alt": found.alt[:LONGEST_ALT],
        "caption": value["caption"],
        "credit": "",
    }
