"""May a cell be published? No single firm's figure is to be inferred."""


def is_withheld(contributors: int, all_consented: bool, minimum: int) -> bool:
    """A cell of fewer than `minimum` contributors, unless each of them consented.

    Firms of one controller count as one. Nobody contributing is a publishable zero.
    """
    return 0 < contributors < minimum and not all_consented
