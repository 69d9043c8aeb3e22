"""Reading about people that is too big for a query set: which consents stand, whom a link speaks for, ties of a person."""

from datetime import date

from fund.core.links import read, sign

from .catalogue import PURPOSES
from .models import Consent, ConsentDocument, Guardianship, Mandate, Person, Subscription

LINK_DAYS = 30
WITHDRAW_DAYS = 730  # whoever waits may change their mind all that time
# So long after being named an adult may answer.
ANSWER_DAYS = 30


def has_consent(person: Person, purpose: str) -> bool:
    """Does a consent to any version of this purpose stand?"""
    return Consent.objects.live().filter(person=person, document__purpose=purpose).exists()


def missing_consents(person: Person) -> list[ConsentDocument]:
    """The required documents this person has not agreed to, in any version."""
    given = Consent.objects.live().filter(person=person).values("document__purpose")
    return list(ConsentDocument.objects.current().filter(is_required=True).exclude(purpose__in=given))


def read_consent_token(token: str) -> tuple[Person, list[ConsentDocument]] | None:
    """Whom and which documents a signed link speaks for; None when it is foreign, altered or too old."""
    payload = read("people.consent", token, days=LINK_DAYS)
    person = Person.objects.filter(uid=payload["person"]).first() if payload else None
    if person is None:
        return None
    return person, list(ConsentDocument.objects.current().filter(purpose__in=payload["purposes"]))


def consented_guardian(child: Person) -> Person | None:
    """The guardian who has confirmed, and whose consent to the child's participation stands."""
    given = Consent.objects.live().filter(person=child, document__purpose="minor").values("guardian")
    live = Guardianship.objects.live().exclude(confirmed_at=None).filter(child=child, guardian__in=given)
    found = live.select_related("guardian__account").order_by("pk").first()
    return found.guardian if found else None


def organisations_of(person: Person, day: date) -> list[int]:
    """The ids of the organisations this person speaks for on a day, by their own word at least."""
    return list(Mandate.objects.live(day).filter(person=person).values_list("organisation", flat=True))


def consents_of(person: Person) -> list[Consent]:
    """The consents that stand, in the order of the purposes."""
    order = list(PURPOSES)
    live = Consent.objects.live().filter(person=person).select_related("document")
    return sorted(live, key=lambda consent: (order.index(consent.document.purpose), -consent.document.version))


def open_documents(person: Person) -> list[ConsentDocument]:
    """The newest texts a person may still agree to by themselves; a guardian's consent is asked elsewhere."""
    given = Consent.objects.live().filter(person=person).values("document__purpose")
    newest = ConsentDocument.objects.current().exclude(purpose__in=given).exclude(purpose="minor")
    return sorted(newest, key=lambda document: list(PURPOSES).index(document.purpose))


def subscription_token(subscription: Subscription) -> str:
    """Stands in the letter to its recipient alone."""
    return sign("people.subscription", subscription.uid)


def read_subscription_token(token: str) -> Subscription | None:
    """The subscription a signed link is about; None when it is foreign, too old, or withdrawn."""
    uid = read("people.subscription", token, days=WITHDRAW_DAYS)
    return Subscription.objects.filter(uid=uid).select_related("account", "address").first() if uid else None
