"""What somebody agrees to who subscribes, by version: the newest is asked for, and each row names its own."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.ui.rendering import in_chinese

VERSION = "2021-01"
# How the rows say it. A paper's own words stand there where addresses are taken over from a file.
BY_FORM = f"web form, wording {VERSION}"


def consent_wording() -> str:
    """The newest wording, in the active language."""
    return _(
        "I agree that %(association)s keeps my e-mail address and my choice of lists, for no other purpose than to "
        "send me the letters chosen here. It hands them to nobody else. I can change, leave or have everything erased "
        "by the link in each letter, at any time."
    ) % {"association": _association()}


def _association() -> str:
    return settings.SITE["name_zh" if in_chinese() else "name_en"]
