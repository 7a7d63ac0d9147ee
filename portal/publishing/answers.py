"""What a mail server's answer means for a mail."""

import re
from dataclasses import dataclass, replace
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from portal.publishing.models import Delivery

State = Delivery.State
LONGEST = 300
_ADDRESS = re.compile(r"[^\s<>:;,@]+@[^\s<>:;,@]+")


@dataclass(frozen=True)
class Outcome:
    """`is_bounce`: the address is at fault. `ends_the_run`: we are, and the next mail would fare no better."""

    state: str
    answer: str = ""
    is_bounce: bool = False
    ends_the_run: bool = False

    @property
    def breaks_the_line(self) -> bool:
        """Whether the connection is of no more use: on a dead one the next mail would only seem to be lost."""
        return self.state == State.UNKNOWN or self.answer.startswith("421")

    def given_up(self) -> "Outcome":
        """The same for one that was put off too long: not offered again, unless it is we who are at fault."""
        is_put_off = self.state == State.WAITING and not self.ends_the_run
        return replace(self, state=State.FAILED) if is_put_off else self


def was_put_off(answer: str) -> bool:
    """Whether a delivery that waits was offered before: a server's own answer begins with its code."""
    return answer[:3].isdecimal()


def outcome_of(problem: Exception) -> Outcome:
    """A code is an answer: the server has not taken the mail. Without one, it may have, and nobody knows."""
    match problem:
        case SMTPSenderRefused() | SMTPAuthenticationError() | SMTPHeloError() | SMTPNotSupportedError():
            return Outcome(State.WAITING, said(problem), ends_the_run=True)
        case SMTPRecipientsRefused():
            code, text = next(iter(problem.recipients.values()))
            return _answered(code, text, is_of_the_address=True)
        case SMTPDataError() | SMTPResponseException():
            return _answered(problem.smtp_code, problem.smtp_error, is_of_the_address=False)
        case UnicodeError() | ValueError():
            return Outcome(State.FAILED, said(problem))
    return Outcome(State.UNKNOWN, said(problem))


def _answered(code: int, text: bytes | str, *, is_of_the_address: bool) -> Outcome:
    answer = f"{code} {plain(text)}"[:LONGEST]
    if code < 500:
        return Outcome(State.WAITING, answer)
    # 5.1.x is an address that is wrong, 5.2.1 a mailbox that is closed; 5.7.x is said of the sender (RFC 3463).
    is_bounce = is_of_the_address and " 5.7." not in answer or " 5.1." in answer or " 5.2.1" in answer
    return Outcome(State.FAILED, answer, is_bounce=is_bounce)


def said(problem: Exception) -> str:
    code = getattr(problem, "smtp_code", "")
    text = plain(getattr(problem, "smtp_error", "") or str(problem))
    return f"{type(problem).__name__} {code} {text}".strip()[:LONGEST]


def plain(text: bytes | str) -> str:
    """In one line, and without addresses: a subscriber who is forgotten must not live on in what servers said."""
    told = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _ADDRESS.sub("…", " ".join(told.replace("\0", "").split()))
