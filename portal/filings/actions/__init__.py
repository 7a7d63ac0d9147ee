"""Everything that can be done with filings. Page, command, demo and test press the same buttons."""

from portal.filings.sheet import Finding
from portal.lib.acts import Refused


class NotSaved(Refused):
    """Nothing was saved. `findings` is everything that the rules had to say, `because` the errors that decided it."""

    def __init__(self, message: str, findings: list[Finding], because: list[Finding] | None = None):
        super().__init__(message)
        self.findings = findings
        self.because = findings if because is None else because
