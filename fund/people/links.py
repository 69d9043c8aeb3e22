"""The signed links of this room: a guardian's answer, an invitation to speak for an organisation. Each opens one page."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from fund.core.links import read, sign

from .models import Guardianship, Organisation

GUARDIAN, REPRESENTATIVE = "people.guardian", "people.representative"
# The consent itself says that it can be withdrawn by the link in the letter: the link lives as long as a childhood.
CHILDHOOD = 18 * 366


def guardian_token(guardianship: Guardianship) -> str:
    return sign(GUARDIAN, {"guardianship": guardianship.pk})


def guardianship_of(token: str) -> Guardianship | None:
    """Whom a guardian's link speaks for; None when it is foreign or altered."""
    payload = read(GUARDIAN, token, days=CHILDHOOD)
    rows = Guardianship.objects.select_related("child__account", "guardian__account")
    return rows.filter(pk=payload["guardianship"]).first() if payload else None


@dataclass(frozen=True)
class Representation:
    """What an invitation says: who (by address) speaks for which organisation, as what, in which term; when it was written."""

    organisation: str
    email: str
    position: str
    starts_on: date | None
    ends_on: date | None
    at: datetime

    DAYS = 14

    @property
    def token(self) -> str:
        words = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in asdict(self).items()}
        return sign(REPRESENTATIVE, words)


def representation_of(token: str) -> tuple[Representation, Organisation] | None:
    """The invitation and its organisation; None when the link is foreign, altered or too old."""
    payload = read(REPRESENTATIVE, token, days=Representation.DAYS)
    organisation = Organisation.objects.filter(uid=payload["organisation"]).first() if payload else None
    if organisation is None:
        return None
    days = {name: date.fromisoformat(payload[name]) if payload[name] else None for name in ("starts_on", "ends_on")}
    return Representation(**{**payload, **days, "at": datetime.fromisoformat(payload["at"])}), organisation
