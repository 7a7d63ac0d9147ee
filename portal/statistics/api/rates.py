"""How often one address may ask: settings.API_RATE, counted in the shared cache in windows of time."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.lib import clock
from portal.statistics.api import problems

_SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    limit: int
    seconds: int

    @property
    def policy(self) -> str:
        return f"{self.limit};w={self.seconds}"


def rate() -> Rate:
    """`120/m` as settings write it."""
    limit, unit = settings.API_RATE.split("/")
    return Rate(int(limit), _SECONDS[unit])


def check(request: HttpRequest) -> None:
    """Count a request. Raises Problem when there were too many from its address in this window."""
    allowed, moment = rate(), int(clock.now().timestamp())
    window, gone = divmod(moment, allowed.seconds)
    key = f"api-rate:{get_adapter(request).get_client_ip(request)}:{window}"
    if _counted(key, allowed.seconds) > allowed.limit:
        raise problems.too_many_requests(allowed.limit, allowed.seconds, allowed.seconds - gone)


def _counted(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # It was thrown out of a full cache between the two lines.
        return 1
