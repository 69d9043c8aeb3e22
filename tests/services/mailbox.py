"""A real SMTP server in a thread, whose letters can be read."""

import email
import email.policy
import time
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Mailbox(Controller):
    def __init__(self, port: int) -> None:
        self.letters: list[EmailMessage] = []
        super().__init__(handler=self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        letter["X-Recipient"] = ",".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 OK"

    def wait(self, count: int = 1, *, to: str = "", seconds: float = 20) -> list[EmailMessage]:
        """The letters to this address (or to all) as soon as there are so many; fails when they do not come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [letter for letter in self.letters if to in letter["X-Recipient"]]
            if len(found) >= count:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{count} letters to {to or 'anybody'} expected, {len(self.letters)} arrived: {self.subjects()}")

    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]
