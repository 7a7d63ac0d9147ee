"""Who in the layers above wants to hear of a publication: they sign up when they start, and are told once it stands.

Figures that an embargo holds back become public by the clock, and the clock tells nobody.
"""

from collections.abc import Callable

Follower = Callable[[str], object]
_followers: list[Follower] = []


def follow_publications(follower: Follower) -> None:
    """From now on tell this one the name of each release that is published."""
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(name: str) -> None:
    for follower in _followers:
        follower(name)
