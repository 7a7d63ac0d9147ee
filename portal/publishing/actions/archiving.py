"""Copies of originals: fetched or uploaded, kept privately, told by their digest."""

import hashlib
import re
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.models import Policy
from portal.publishing.outside import Closed, fetch

LARGEST = 20 * 1024 * 1024
KINDS = {
    "pdf": "application/pdf", "html": "text/html", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BEGINNING = 4096


def ending_of(content: bytes) -> str | None:
    """What the content itself says it is: pdf, docx, doc or html; None for anything else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in content else None
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    return "html" if _HTML.search(content[:_BEGINNING]) else None


def fetch_copy(*, policy: Policy, by: User, at: datetime) -> Policy:
    """Fetch the original and keep it."""
    _refuse_others(by)
    if not policy.address:
        raise Refused(_("The policy has no address: upload a copy instead."))
    try:
        found = fetch(policy.address, LARGEST)
    except Closed as reason:
        raise Refused(_REASONS[reason.word]()) from reason
    except OSError as problem:
        raise Refused(_("The address does not answer: try again later, or upload a copy.")) from problem
    return keep_copy(policy=policy, content=found.content, by=by, at=at, source=found.address)


@transaction.atomic
def keep_copy(*, policy: Policy, content: bytes, by: User, at: datetime, source: str = "") -> Policy:
    """Keep this as the archived copy. Earlier copies stay in the store and in the journal, by their digests."""
    _refuse_others(by)
    if len(content) > LARGEST:
        raise Refused(_REASONS["large"]())
    ending = ending_of(content)
    if ending is None:
        raise Refused(_("This is neither a PDF nor a web page nor a Word file: a copy has to be one of them."))
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    before = {"digest": policy.copy_digest}
    digest = hashlib.sha256(content).hexdigest()
    if digest != policy.copy_digest:
        policy.copy.save(f"{digest}.{ending}", ContentFile(content), save=False)
    policy.copy_digest, policy.copied_at = digest, at
    policy.save(update_fields=["copy", "copy_digest", "copied_at"])
    record(actor=by.key, verb="policy.archived", kind="policy", key=policy.pk, at=at, before=before,
           after={"digest": digest, "address": source, "size": len(content)})  # fmt: skip
    return policy


def _refuse_others(by: User) -> None:
    if not may(by, Permission.PUBLICATION_EDIT):
        raise Refused(_("You may not do this."))


_REASONS = {
    "scheme": lambda: _("Only addresses that begin with http:// or https:// can be fetched."),
    "private": lambda: _("This address leads into a private network: it is not fetched."),
    "large": lambda: _("The original is larger than 20 MB: it is not kept."),
    "port": lambda: _("This address names a port at which no web pages are served: it is not fetched."),
}
