"""Everything that can be done with filings. Page, command, demo and test press the same buttons."""

from portal.filings.sheet import Finding
from portal.lib.acts import Refused


class NotSaved(Refused):
    """Nothing was saved, because of these findings."""

    def __init__(self, message: str, findings: list[Finding]):
        super().__init__(message)
        self.findings = findings
