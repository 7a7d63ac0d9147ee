"""An answer, and whether it has to be sent at all: entity tags, dates, caches."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from portal.statistics.api.changelog import VERSION
from portal.statistics.api.formats import CONTENT_TYPES, Format

# What a release says never changes, but names and its successor may; what is newest may change at any minute.
KEPT_SECONDS = 3600
FRESH_SECONDS = 60


@dataclass(frozen=True)
class Reply:
    """What will be sent. `marks` is all that the content depends on besides the address: where none of them and
    nothing in the address has changed, nothing is read and nothing sent."""

    write: Callable[[], bytes | Iterator[bytes]]
    marks: Iterable[object]
    changed_at: datetime
    format: Format = Format.JSON
    filename: str = ""
    seconds: int = KEPT_SECONDS
    headers: Mapping[str, str] = field(default_factory=dict)

    def to(self, request: HttpRequest) -> HttpResponseBase:
        """The response to a request: whole, unchanged (304), or its head alone."""
        tag, changed = self._tag(request), int(self.changed_at.timestamp())
        response = get_conditional_response(request, tag, changed)
        if response is None or response.status_code != 304:
            response = self._whole(request)
        response["ETag"], response["Last-Modified"] = tag, http_date(changed)
        response["Cache-Control"] = f"public, max-age={self.seconds}"
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response

    def _tag(self, request: HttpRequest) -> str:
        parts = [VERSION, request.path, request.GET.urlencode(), self.format, get_language(), *self.marks]
        return f'"{hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:32]}"'

    def _whole(self, request: HttpRequest) -> HttpResponseBase:
        # The head of an answer is the same without the work that its body would be.
        content = iter(()) if request.method == "HEAD" else self.write()
        make = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
        response = make(content, content_type=CONTENT_TYPES[self.format], headers=dict(self.headers))
        if self.filename and self.format != Format.JSON:
            response["Content-Disposition"] = f'attachment; filename="{self.filename}.{_ending(self.format)}"'
        return response


def _ending(form: Format) -> str:
    return {Format.JSON_STAT: "json", Format.SDMX_JSON: "json", Format.SDMX_CSV: "sdmx.csv"}.get(form, form.value)
