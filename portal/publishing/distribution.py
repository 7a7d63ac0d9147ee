"""报, 送, 发, contacts and square codes of an issue: as typed, or drawn from authorities and membership grades."""

from portal.publishing.models import Issue

Pairs = tuple[tuple[str, str], ...]


def distribution_of(issue: Issue) -> Pairs:
    typed = (("报", issue.report_to), ("送", issue.send_to), ("发", issue.issue_to))
    return tuple((label, text.strip()) for label, text in typed if text.strip())


def contacts_of(issue: Issue) -> tuple[str, ...]:
    return tuple(line.strip() for line in issue.contacts.splitlines() if line.strip())


def codes_of(issue: Issue) -> Pairs:
    lines = (line.strip().rpartition(" ") for line in issue.codes.splitlines() if line.strip())
    return tuple((label.strip(), address) for label, _blank, address in lines)
