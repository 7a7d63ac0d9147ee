"""What every page may name: the association itself, and the demo's banner."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.lib import clock


def site(request: HttpRequest) -> dict[str, object]:
    in_chinese = (get_language() or "zh").startswith("zh")
    words = settings.SITE
    association = {
        "name": words["name_zh"] if in_chinese else words["name_en"],
        "address": words["address_zh"] if in_chinese else words["address_en"],
        "phone": words["phone"],
        "email": words["email"],
        "icp": words["icp"],
        "police": words["police"],
    }
    return {
        # The sign-in pages put a `site` of their own into the context: shared templates say `association`.
        "association": association,
        "site": association,
        "in_chinese": in_chinese,
        "is_demo": settings.DEMO,
        "today": clock.today(),
    }
