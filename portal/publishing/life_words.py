"""The life of a text in words."""

from django.utils.translation import gettext_lazy as _

from portal.publishing.lifecycle import Act, Standing

STANDINGS: dict[str, object] = {
    Standing.DRAFT: _("Draft"),
    Standing.SUBMITTED: _("To be checked"),
    Standing.CHECKED: _("Checked"),
    Standing.SCHEDULED: _("Scheduled"),
    Standing.PUBLISHED: _("Published as it stands"),
}
# What stands beside it on its own page: whose turn it is.
TURNS: dict[str, object] = {
    Standing.DRAFT: _("Its writers are at work on it. Handed in, it waits for a second person."),
    Standing.SUBMITTED: _("It waits for a second person, who reads it and approves or returns it."),
    Standing.CHECKED: _("A second person has approved it: it can be published now, or at a set time."),
    Standing.SCHEDULED: _("It comes out by itself at its time."),
    Standing.PUBLISHED: _("It is as it was published. Editing it begins a correction; readers see it once published."),
}
ACTS: dict[str, object] = {
    Act.EDIT: _("Edit"),
    Act.SUBMIT: _("Hand in for checking"),
    Act.TAKE_BACK: _("Take back"),
    Act.APPROVE: _("Approve the text"),
    Act.RETURN: _("Return to its writers"),
    Act.SCHEDULE: _("Schedule"),
    Act.UNSCHEDULE: _("Take off the schedule"),
    Act.PUBLISH: _("Publish now"),
}
