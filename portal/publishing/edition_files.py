"""What an edition is made of besides its words."""

from collections.abc import Mapping

from portal.publishing.models import Edition


def pictures_of(edition: Edition) -> Mapping[str, bytes]:
    """Pictures and drawings of an edition by their names; one that is no longer on disk is left out."""
    found = {}
    for row in edition.files.filter(media_type__startswith="image/"):
        try:
            with row.file.open("rb") as file:
                found[row.name] = file.read()
        except FileNotFoundError:
            continue
    return found
