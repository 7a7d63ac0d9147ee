"""The life of what is written: from a draft over a second pair of eyes to an edition. No Django.

The working text has a standing. What is public is another matter: the newest edition that was not withdrawn.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What an article is."""

    ARTICLE = "article"
    NOTICE = "notice"
    EVENT = "event"


class Serial(StrEnum):
    """What an issue is a number of."""

    NEWSLETTER = "newsletter"
    HANDBOOK = "handbook"


class Standing(StrEnum):
    """Of the working text."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


class Act(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    RETURN = "return"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"


# Standing → act → standing afterwards. Withdrawing is about the edition and leaves the working text alone.
TRANSITIONS: dict[Standing, dict[Act, Standing]] = {
    Standing.DRAFT: {Act.EDIT: Standing.DRAFT, Act.SUBMIT: Standing.SUBMITTED},
    Standing.SUBMITTED: {
        Act.TAKE_BACK: Standing.DRAFT, Act.APPROVE: Standing.CHECKED, Act.RETURN: Standing.DRAFT,
    },
    Standing.CHECKED: {
        Act.EDIT: Standing.DRAFT, Act.SCHEDULE: Standing.SCHEDULED, Act.PUBLISH: Standing.PUBLISHED,
        Act.RETURN: Standing.DRAFT,
    },
    Standing.SCHEDULED: {Act.UNSCHEDULE: Standing.CHECKED, Act.PUBLISH: Standing.PUBLISHED},
    Standing.PUBLISHED: {Act.EDIT: Standing.DRAFT},
}  # fmt: skip


def after(standing: Standing, act: Act) -> Standing | None:
    """Where an act leads; None where it may not happen."""
    return TRANSITIONS[standing].get(act)
