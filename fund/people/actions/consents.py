"""Verbs about consents: publish a text, agree to it, take the agreement back; and the link that does it without an account."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.audit.actions import record
from fund.core.bilingual import reader
from fund.core.errors import Refused
from fund.core.links import sign

from ..catalogue import PURPOSES
from ..models import Consent, ConsentDocument, Person
from ..permissions import can_give_consent, can_publish_consent_document, can_withdraw_consent
from .persons import NOT_YOURS


@transaction.atomic
def publish_consent_document(purpose: str, *, by: Account | None, now: datetime, text_ru: str, text_en: str) -> ConsentDocument:
    """A new text is a new version; the same text is the version there is. Consents to older versions stay in force."""
    if not can_publish_consent_document(by):
        raise Refused(NOT_YOURS, code="who")
    text_hash = ConsentDocument.hash_of(text_ru, text_en)
    versions = ConsentDocument.objects.filter(purpose=purpose)
    list(versions.select_for_update().values_list("pk"))  # pressed twice at once, the second finds the first's text
    same = ConsentDocument.objects.current().filter(purpose=purpose, text_hash=text_hash).first()
    if same:
        return same
    newest = versions.aggregate(Max("version"))["version__max"] or 0
    document = ConsentDocument.objects.create(
        purpose=purpose,
        version=newest + 1,
        text_ru=text_ru,
        text_en=text_en,
        text_hash=text_hash,
        is_required=PURPOSES[purpose].is_required,
        published_at=now,
    )
    record("people.publish_consent_document", document, by=by, now=now, facts={"hash": text_hash})
    return document


@transaction.atomic
def give_consent(
    person: Person,
    document: ConsentDocument,
    *,
    by: Account | None,
    now: datetime,
    how: str,
    for_: Person | None = None,
    guardian: Person | None = None,
    language: str | None = None,
) -> Consent:
    """Writes down who agreed to which text, in which language, when and how. Agreed already: that row is returned.

    `by` is None when a signed link vouches for the person (or for the `guardian`); `for_` when staff act for a caller.
    """
    if not can_give_consent(by, person):
        raise Refused(NOT_YOURS, code="who")
    if document.purpose == "minor" and guardian is None:
        raise Refused(_("A parent or guardian gives this consent."), code="guardian")
    Person.objects.select_for_update().get(pk=person.pk)  # pressing twice finds the first row
    live = Consent.objects.live().filter(person=person, document=document).first()
    if live:
        return live
    consent = Consent.objects.create(
        person=person,
        document=document,
        text_hash=document.text_hash,
        language=language or reader(),
        how=how,
        given_at=now,
        given_by=by,
        guardian=guardian,
    )
    facts = {"purpose": document.purpose, "version": document.version, "hash": document.text_hash, "how": how}
    record("people.give_consent", consent, by=by, for_=for_, now=now, facts=facts)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Account | None, now: datetime, for_: Person | None = None) -> None:
    """Takes every live consent of the same purpose back, older versions too: withdrawn means withdrawn."""
    if not can_withdraw_consent(by, consent):
        raise Refused(NOT_YOURS, code="who")
    person, purpose = consent.person, consent.document.purpose
    live = Consent.objects.live().filter(person=person, document__purpose=purpose).select_for_update()
    for given in live:
        given.withdrawn_at = max(now, given.given_at)
        given.save(update_fields=["withdrawn_at"])
        record("people.withdraw_consent", given, by=by, for_=for_, now=now, facts={"purpose": purpose})


def consent_token(person: Person, *purposes: str) -> str:
    """What a letter's link carries so that a person without an account may agree to these purposes; it opens nothing else."""
    return sign("people.consent", {"person": person.uid, "purposes": sorted(purposes)})
