"""Addresses outside: looked at and fetched, carefully. Only http and https, and never a private network.

Editors type the addresses, and the server would ask for them from inside the association's network: so every name is
resolved here, every address behind it has to be a public one, and the connection goes to the very address that was
looked at, also after each redirect. Who answers drop by drop is cut off: one clock runs over all of it.
"""

import http.client
import io
import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib import error, request
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings

TIMEOUT_SECONDS = 10
LONGEST_SECONDS = 60
MOST_REDIRECTS = 5
CHUNK = 64 * 1024
AGENT = "Mozilla/5.0 (compatible; portal link check)"
# Our own refusals: asking in another way would change nothing.
NEVER_ASKED = ("scheme", "port", "private")
# They answer, though not to programs: such an address is not dead.
ONLY_FOR_PEOPLE = {401, 403, 405, 406, 412, 429}
# Where the web is served: a database or a mail server of somebody's is not spoken to.
PORTS = frozenset({80, 81, 443, *range(7000, 10_000)})

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class Closed(Exception):
    """An address that may not be asked for, or a page that may not be kept. `word`: scheme, port, private, large."""

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Answer:
    """`told` is the number of the answer, or a word for what went wrong."""

    is_alive: bool
    told: str


@dataclass(frozen=True)
class Fetched:
    """What stood at an address, after redirects."""

    content: bytes
    media_type: str
    address: str


def look_at(address: str) -> Answer:
    """Ask for the head of a page, and for the page itself where the head is refused or fails."""
    answer = _asked(address, "HEAD")
    return answer if answer.told in ("200", *NEVER_ASKED) else _asked(address, "GET")


def fetch(address: str, most_bytes: int) -> Fetched:
    """What stands at an address.

    Raises:
        Closed: it may not be asked for, or is larger than `most_bytes`.
        OSError: it does not answer, or answers with an error; a TimeoutError where it takes too long.
    """
    try:
        with _open(address, "GET") as response:
            content = _read(response, most_bytes)
            return Fetched(content, response.headers.get_content_type(), response.geturl())
    except (http.client.HTTPException, ValueError) as problem:
        raise OSError(str(problem)) from problem


def _asked(address: str, method: str) -> Answer:
    try:
        with _open(address, method) as response:
            return Answer(True, str(response.status))
    except error.HTTPError as answer:
        answer.close()
        # A redirect that comes as an error leads in a circle, too far, or somewhere that is no web page.
        return Answer(answer.code in ONLY_FOR_PEOPLE, str(answer.code))
    except Closed as reason:
        return Answer(False, reason.word)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return Answer(False, _word(problem))


def _word(problem: Exception) -> str:
    reason = getattr(problem, "reason", problem)
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, socket.gaierror):
        return "no such host"
    return "certificate" if type(reason).__name__.startswith("SSL") else "no answer"


def _read(response: Any, most_bytes: int) -> bytes:
    """Piece by piece: an endless page ends where it is too large."""
    found = bytearray()
    while piece := response.read1(CHUNK):
        found += piece
        if len(found) > most_bytes:
            raise Closed("large")
    return bytes(found)


# ── Connections to public addresses alone ────────────────────────────────────────────────────────


def _open(address: str, method: str) -> Any:
    asked = request.Request(_written(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
    try:
        return _opener(time.monotonic() + LONGEST_SECONDS).open(asked, timeout=TIMEOUT_SECONDS)
    except error.URLError as problem:
        # What the connection refused comes back wrapped up.
        if isinstance(problem.reason, Closed):
            raise problem.reason from problem
        raise


def _written(address: str) -> str:
    """As it goes over the wire: Chinese characters and blanks in it are quoted."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise Closed("scheme")
    if (parts.port or 80) not in PORTS and not settings.LINKS_TO_PRIVATE_ADDRESSES:
        raise Closed("port")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.netloc
    port = f":{parts.port}" if parts.port and not parts.hostname.isascii() else ""
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, f"{host}{port}", path, query, ""))


def _connected(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
    """To the first address behind the name, when all of them are public."""
    host, port = address
    found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.LINKS_TO_PRIVATE_ADDRESSES and not all(map(_is_public, found)):
        raise Closed("private")
    problem: OSError = OSError("no address")
    for one in found[:4]:
        try:
            return socket.create_connection((one, port), timeout)
        except OSError as failed:
            problem = failed
    raise problem


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    real = _inside(address) if isinstance(address, ipaddress.IPv6Address) else address
    return real.is_global and not real.is_multicast and not real.is_reserved


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Addresses of the fourth version come in several wrappings."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class _Timed(io.RawIOBase):
    """What a server sends, until the clock of the whole question has run out."""

    def __init__(self, sock: socket.socket, until: float):
        super().__init__()
        self._sock, self._raw, self._until = sock, sock.makefile("rb", buffering=0), until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("it takes too long")
        self._sock.settimeout(min(left, TIMEOUT_SECONDS))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, until: float, **kwargs: Any):
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Timed(sock, until))


class _Http(http.client.HTTPConnection):
    def __init__(self, *args: Any, until: float, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._create_connection = _connected
        self.response_class = partial(_Response, until=until)


class _Https(http.client.HTTPSConnection):
    def __init__(self, *args: Any, until: float, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._create_connection = _connected
        self.response_class = partial(_Response, until=until)


class _Plain(request.HTTPHandler):
    def __init__(self, until: float):
        super().__init__()
        self.until = until

    def http_open(self, req: request.Request) -> Any:
        return self.do_open(_Http, req, until=self.until)


class _Secure(request.HTTPSHandler):
    def __init__(self, until: float):
        super().__init__()
        self.until = until

    def https_open(self, req: request.Request) -> Any:
        return self.do_open(_Https, req, until=self.until)


class _Redirects(request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS

    def redirect_request(
        self, req: request.Request, fp: Any, code: int, msg: str, headers: Mapping, newurl: str
    ) -> Any:
        # The library would read the page that sends on to its end, however long it is.
        fp.close()
        return super().redirect_request(req, fp, code, msg, headers, _written(newurl))


def _opener(until: float) -> request.OpenerDirector:
    """Neither files, nor FTP, nor a proxy: a proxy would resolve names where nobody looks."""
    made = request.OpenerDirector()
    for handler in (
        _Plain(until), _Secure(until), _Redirects(), request.HTTPErrorProcessor(), request.HTTPDefaultErrorHandler(),
        request.UnknownHandler(),
    ):  # fmt: skip
        made.add_handler(handler)
    return made
