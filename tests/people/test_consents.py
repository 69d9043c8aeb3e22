"""Consents: one purpose each, versioned, withdrawable; a link speaks for a person without an account."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fund.core.errors import Refused
from fund.people.actions import consent_token, give_consent, publish_consent_document, withdraw_consent
from fund.people.catalogue import PURPOSES
from fund.people.models import Consent, ConsentDocument
from fund.people.queries import has_consent, missing_consents, open_documents, read_consent_token
from tests.factories.people import make_person

NOW = timezone.now()


def document(purpose="processing") -> ConsentDocument:
    return ConsentDocument.objects.current().get(purpose=purpose)


def test_every_purpose_has_a_text_from_the_start(db):
    texts = ConsentDocument.objects.current()

    assert {text.purpose for text in texts} == set(PURPOSES)
    assert [text.purpose for text in texts if text.is_required] == ["processing"]
    assert all("{" not in text.text_ru + text.text_en for text in texts)


def test_give_consent_keeps_text_hash_and_language(resident):
    consent = give_consent(resident.person, document(), by=resident, now=NOW, how="page", language="en")

    assert (consent.text_hash, consent.language, consent.given_by) == (document().text_hash, "en", resident)
    assert missing_consents(resident.person) == []


def test_give_consent_twice_is_one_row(resident):
    first = give_consent(resident.person, document(), by=resident, now=NOW, how="page")

    assert give_consent(resident.person, document(), by=resident, now=NOW, how="page") == first


def test_give_consent_for_somebody_else_is_refused(resident, stranger):
    with pytest.raises(Refused):
        give_consent(resident.person, document(), by=stranger, now=NOW, how="page")


def test_give_consent_for_a_caller_by_an_officer(officer):
    caller = make_person()

    consent = give_consent(caller, document(), by=officer, for_=caller, now=NOW, how="phone")

    assert consent.given_by == officer


def test_give_consent_for_a_minor_needs_a_guardian(resident):
    with pytest.raises(Refused):
        give_consent(resident.person, document("minor"), by=resident, now=NOW, how="page")


def test_withdraw_consent_and_give_it_again_adds_a_row(resident):
    first = give_consent(resident.person, document(), by=resident, now=NOW, how="page")
    withdraw_consent(first, by=resident, now=NOW)
    assert not has_consent(resident.person, "processing")

    give_consent(resident.person, document(), by=resident, now=NOW, how="page")

    assert Consent.objects.filter(person=resident.person).count() == 2
    assert has_consent(resident.person, "processing")


def test_withdraw_consent_of_somebody_else_is_refused(resident, stranger):
    consent = give_consent(resident.person, document(), by=resident, now=NOW, how="page")

    with pytest.raises(Refused):
        withdraw_consent(consent, by=stranger, now=NOW)


def test_publish_consent_document_same_text_is_no_new_version(admin):
    old = document("newsletter")

    same = publish_consent_document("newsletter", by=admin, now=NOW, text_ru=old.text_ru, text_en=old.text_en)
    new = publish_consent_document("newsletter", by=admin, now=NOW, text_ru="Иначе.", text_en="Otherwise.")

    assert (same, new.version, document("newsletter")) == (old, 2, new)


def test_consent_to_an_older_version_stands(resident, admin):
    give_consent(resident.person, document(), by=resident, now=NOW, how="page")

    publish_consent_document("processing", by=admin, now=NOW, text_ru="Иначе.", text_en="Otherwise.")

    assert missing_consents(resident.person) == []
    assert "processing" not in {text.purpose for text in open_documents(resident.person)}


def test_one_live_consent_is_held_by_the_database(resident):
    consent = give_consent(resident.person, document(), by=resident, now=NOW, how="page")
    consent.pk = None
    consent.uid = "another-uid"

    with pytest.raises(IntegrityError), transaction.atomic():
        consent.save(force_insert=True)


def test_consent_token_speaks_for_one_person_and_purpose(db):
    member = make_person(email="member@example.org")

    person, texts = read_consent_token(consent_token(member, "processing"))

    assert (person, [text.purpose for text in texts]) == (member, ["processing"])
    assert read_consent_token(consent_token(member, "processing")[:-2] + "xx") is None
