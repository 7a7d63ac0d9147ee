"""Sentences of the libraries that the portal puts into Chinese anew: theirs are stiff, or have slips in them."""

from portal.lib.words import gettext_noop

BORROWED = (
    gettext_noop("This field is required."),
    gettext_noop("Some rows failed to validate"),
    gettext_noop("Please correct these errors in your data where possible, then reupload it using the form above."),
    gettext_noop("This importer will import the following fields: "),
)
