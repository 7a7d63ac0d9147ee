"""The life of a text: handed in, checked by a second person, scheduled or published, corrected, withdrawn."""

import hashlib
import json
import logging
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies
from portal.publishing.actions.pinning import repin
from portal.publishing.document import texts_of
from portal.publishing.document_json import to_json
from portal.publishing.freezing_files import media_type
from portal.publishing.lifecycle import Act, Standing
from portal.publishing.models import Article, Check, Edition, EditionFile, Issue, Withdrawal
from portal.publishing.pictures import why_not_described
from portal.publishing.reading import Reading, digest_of, reading_of
from portal.publishing.search.index import reindex_text

log = logging.getLogger(__name__)

Text = Article | Issue


OF_ITS_LIFE = (
    "standing", "edited_at", "edited_by", "submitted_at", "submitted_by", "checked_at", "checked_by", "scheduled_at",
    "scheduled_by", "correction_zh", "correction_en",
)  # fmt: skip


@transaction.atomic
def take_up(*, text: Text, by: User) -> Text:
    """Before a save: whether the text may be edited now. Its life is as the database has it, not as the form had it."""
    held = _locked(text)
    _refuse(policies.why_not(Act.EDIT, held, by))
    for name in OF_ITS_LIFE:
        setattr(text, name, getattr(held, name))
    return text


@transaction.atomic
def edited(*, text: Text, by: User, at: datetime, goes_on: bool = False) -> Text:
    """The text was saved by an editor: it is a draft again, and what was said of it counts no more.

    `goes_on`: saved once more while the same person types on, which is journalled once.
    """
    _refuse(policies.why_not(Act.EDIT, text, by))
    is_first, was = text.edited_at is None, text.standing
    _become(text, Standing.DRAFT, edited_by=by.key, edited_at=at, checked_by=None, checked_at=None)
    if isinstance(text, Article):
        repin(text)
    if is_first or was != Standing.DRAFT or not goes_on:
        _journal("text.edited", text, by.key, at, is_new=is_first)
    return text


@transaction.atomic
def submit(*, text: Text, by: User, at: datetime, note_zh: str = "", note_en: str = "") -> Text:
    """Hand in for checking. A text that was published before says in a public note what has changed."""
    text = _locked(text)
    _refuse(policies.why_not(Act.SUBMIT, text, by))
    _refuse(policies.why_not_empty(text))
    _refuse(why_not_described(text))
    if text.editions.exists() and not note_zh.strip():
        raise Refused(_("It was published before: say in a public note what has changed."))
    _become(text, Standing.SUBMITTED, submitted_by=by.key, submitted_at=at, correction_zh=note_zh.strip(),
            correction_en=note_en.strip())  # fmt: skip
    _journal("text.submitted", text, by.key, at)
    return text


@transaction.atomic
def take_back(*, text: Text, by: User, at: datetime) -> Text:
    text = _locked(text)
    _refuse(policies.why_not(Act.TAKE_BACK, text, by))
    _become(text, Standing.DRAFT)
    _journal("text.taken_back", text, by.key, at)
    return text


@transaction.atomic
def approve(*, text: Text, digest: str, by: User, at: datetime, note: str = "") -> Text:
    """The second pair of eyes agrees with the text of this digest."""
    text = _locked(text)
    _refuse(policies.why_not_check(text, by))
    if digest != digest_of(text):
        raise Refused(_("The text has changed since you opened it: read it again."))
    Check.objects.create(**_of(text), digest=digest, is_approval=True, note=note.strip(), at=at, by=by.key)
    _become(text, Standing.CHECKED, checked_by=by.key, checked_at=at)
    _journal("text.approved", text, by.key, at, digest=digest)
    return text


@transaction.atomic
def send_back(*, text: Text, note: str, by: User, at: datetime) -> Text:
    """Return it to its writers, and say why."""
    text = _locked(text)
    _refuse(policies.why_not(Act.RETURN, text, by))
    if not note.strip():
        raise Refused(_("Say what has to be changed."))
    Check.objects.create(**_of(text), digest=digest_of(text), is_approval=False, note=note.strip(), at=at, by=by.key)
    _become(text, Standing.DRAFT, checked_by=None, checked_at=None)
    _journal("text.returned", text, by.key, at, note=note.strip())
    return text


@transaction.atomic
def schedule(*, text: Text, moment: datetime, by: User, at: datetime) -> Text:
    """Published by the clock at this moment (`manage.py tick`)."""
    text = _locked(text)
    _refuse(policies.why_not_schedule(text, moment, by, at))
    _become(text, Standing.SCHEDULED, scheduled_at=moment, scheduled_by=by.key)
    _journal("text.scheduled", text, by.key, at, moment=moment.isoformat())
    return text


@transaction.atomic
def unschedule(*, text: Text, by: User, at: datetime) -> Text:
    text = _locked(text)
    _refuse(policies.why_not(Act.UNSCHEDULE, text, by))
    _become(text, Standing.CHECKED, scheduled_at=None, scheduled_by=None)
    _journal("text.unscheduled", text, by.key, at)
    return text


@transaction.atomic
def publish(*, text: Text, by: User | None, at: datetime) -> Edition:
    """Freeze the text as its next edition. `by` is None when the clock does what was scheduled."""
    text = _locked(text)
    _refuse(policies.why_not(Act.PUBLISH, text, by) if by else policies.why_not_due(text, at))
    _refuse(why_not_described(text))
    reading = reading_of(text)
    _refuse(policies.why_not_out(text, reading.digest))
    actor = by.key if by else text.scheduled_by
    edition = _edition(text, reading, actor, at)
    _become(text, Standing.PUBLISHED, scheduled_at=None, scheduled_by=None, correction_zh="", correction_en="")
    _journal("text.published", text, actor, at, edition=edition.number, digest=edition.digest)
    reindex_text(text)
    return edition


def publish_due(*, at: datetime) -> list[Edition]:
    """Publish what was scheduled for a moment that has come, one transaction each, articles before issues.

    What may not come out any more goes back to those who scheduled it; what fails is tried again the next time. Neither
    holds anything else up.
    """
    made = []
    for model in (Article, Issue):
        for text in model.objects.filter(standing=Standing.SCHEDULED, scheduled_at__lte=at).order_by("scheduled_at"):
            try:
                made.append(publish(text=text, by=None, at=at))
            except Refused as refusal:
                _hold_back(text, str(refusal), at)
            except Exception:  # whatever it is (a file that is gone): the others come out
                log.exception("%s %s failed to come out", text._meta.model_name, text.pk)
    return made


@transaction.atomic
def _hold_back(text: Text, reason: str, at: datetime) -> None:
    text = _locked(text)
    if policies.why_not_due(text, at):
        return  # somebody else was quicker
    actor = text.scheduled_by
    _become(text, Standing.CHECKED, scheduled_at=None, scheduled_by=None)
    _journal("text.held_back", text, actor, at, reason=reason)
    log.warning("%s %s did not come out: %s", text._meta.model_name, text.pk, reason)


@transaction.atomic
def withdraw(*, edition: Edition, note_zh: str, by: User, at: datetime, note_en: str = "") -> Withdrawal:
    """The edition is public no longer; its page says why."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    _refuse(policies.why_not_withdraw(edition, by))
    if not note_zh.strip():
        raise Refused(_("Readers are told why."))
    row = Withdrawal.objects.create(edition=edition, at=at, by=by.key, note_zh=note_zh.strip(), note_en=note_en.strip())
    text = edition.article or edition.issue
    _journal("text.withdrawn", text, by.key, at, edition=edition.number, note=row.note_zh)
    reindex_text(text)
    return row


# ── Steps ────────────────────────────────────────────────────────────────────────────────────────


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


def _locked(text: Text) -> Text:
    return type(text).objects.select_for_update().get(pk=text.pk)


def _of(text: Text) -> dict[str, Text]:
    return {"issue" if isinstance(text, Issue) else "article": text}


def _become(text: Text, standing: Standing, **values: object) -> None:
    for name, value in {"standing": standing, **values}.items():
        setattr(text, name, value)
    text.save(update_fields=["standing", *values])


def _edition(text: Text, reading: Reading, actor: UUID | None, at: datetime) -> Edition:
    document, plain = reading.document, to_json(reading.document)
    edition = Edition.objects.create(
        **_of(text), **_listed_by(text), number=text.editions.count() + 1, title=text.title, summary=text.summary,
        language=text.language,
        document=plain, text="\n".join(line for block in document.blocks for line in texts_of(block)),
        digest=hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
        published_at=at, published_by=actor, checked_by=text.checked_by, note_zh=text.correction_zh,
        note_en=text.correction_en,
    )  # fmt: skip
    for name, content in sorted(reading.files.items()):
        EditionFile.objects.create(
            edition=edition, name=name, media_type=media_type(name), size=len(content), file=ContentFile(content, name)
        )
    return edition


def _listed_by(text: Text) -> dict[str, object]:
    """What lists go by, as it stands now."""
    of_articles = ("kind", "column", "city", "firm", "starts_at", "ends_at")
    names = ("kind", "issued_on") if isinstance(text, Issue) else of_articles
    return {name: getattr(text, name) for name in names}


def _journal(verb: str, text: Text, actor: UUID | None, at: datetime, **after_it: object) -> None:
    record(
        actor=actor, verb=verb, kind=text._meta.model_name, key=text.pk, at=at, after={"title": text.title, **after_it}
    )  # fmt: skip
