"""People: a guardian who agrees while it is ended, letters to strangers counted, a mandate confirmed once, one text a version."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fund.notices.actions import inbox
from fund.notices.models import Notice, QuietHours
from fund.people.actions import (
    answer_as_guardian,
    confirm_mandate,
    end_guardianship,
    guardians,
    invite_representative,
    name_guardian,
    publish_consent_document,
    register_organisation,
    update_profile,
)
from fund.people.models import Consent, ConsentDocument, Guardianship, Mandate, Organisation
from tests.concurrency import WRITES, account, anew, at_once, counted, without_locks
from tests.factories.people import make_organisation

TIMES = 3
NOW = timezone.now().replace(microsecond=0)
LATER = NOW + timedelta(hours=1)
INNA = {"email": "inna@example.org", "first_name": "Инна", "last_name": "Полевая"}

pytestmark = pytest.mark.django_db(transaction=True)


# Guardians ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def minor(resident):
    return update_profile(resident.person, by=resident, now=NOW, birth_year=NOW.year - 15)


@pytest.fixture
def asked(minor, resident):
    return name_guardian(minor, by=resident, now=NOW, **INNA)


@pytest.fixture
def texts(db):
    return [
        ConsentDocument.objects.current().filter(purpose=purpose).first()
        or publish_consent_document(purpose, by=None, now=NOW, text_ru="Согласен.", text_en="I agree.")
        for purpose in ("minor", "processing")
    ]


def answer_while_ending(asked, texts, resident, prepare=None, slow: float = 0) -> dict:
    """The adult agrees by the link in the moment in which it is ended: no consent may outlive it. `slow`: by how many seconds
    the answer writes later than it might, so that the end comes between its reading and its writing."""

    def answer():
        connection.execute_wrappers.append(late(slow))
        return answer_as_guardian(anew(asked), documents=texts, by=None, now=LATER)

    def end():
        return end_guardianship(anew(asked), by=account(resident), now=LATER)

    answers = at_once(lambda number: (answer, end)[number](), 2, prepare=prepare)
    live = Consent.objects.live().filter(person=asked.child, document__purpose="minor").exists()
    return counted(answers, torn=live and anew(asked).ended_at is not None)


def late(seconds: float):
    def wrapper(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            time.sleep(seconds)
        return execute(sql, params, many, context)

    return wrapper


def test_no_consent_outlives_the_guardianship(asked, texts, resident):
    told = answer_while_ending(asked, texts, resident)

    assert (told["errors"], told["torn"]) == (0, False)


def test_without_the_lock_one_does(asked, texts, resident):
    told = answer_while_ending(asked, texts, resident, without_locks(2), slow=0.3)

    assert told["errors"] > 0 or told["torn"]


def name_all(minor, resident, prepare=None) -> dict:
    def act(number: int):
        facts = {**INNA, "email": f"adult{number}@example.org"}
        return name_guardian(anew(minor), by=account(resident), now=NOW, **facts)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, named=Guardianship.objects.count())


NAMED = {"done": 1, "refused": TIMES - 1, "errors": 0, "named": 1}


@pytest.fixture
def one_a_day(monkeypatch):
    monkeypatch.setattr(guardians, "MOST_A_DAY", 1)


def test_name_guardian_from_many_windows_keeps_to_the_letters_of_a_day(minor, resident, one_a_day):
    assert name_all(minor, resident) == NAMED


def test_name_guardian_without_the_lock_does_not(minor, resident, one_a_day):
    assert name_all(minor, resident, without_locks(TIMES)) != NAMED


# Organisations --------------------------------------------------------------------------------------------------------


def confirm_all(mandate, officer, prepare=None) -> dict:
    def act(number: int):
        return confirm_mandate(anew(mandate), by=account(officer), now=NOW + timedelta(milliseconds=number), paper="Приказ")

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, letters=Notice.objects.filter(kind="people.mandate_confirmed").count())


CONFIRMED = {"done": TIMES, "refused": 0, "errors": 0, "letters": 1}


@pytest.fixture
def mandate(resident):
    return Mandate.objects.get(organisation=make_organisation(resident))


def test_a_mandate_confirmed_by_several_officers_is_told_once(mandate, officer):
    assert confirm_all(mandate, officer) == CONFIRMED


def test_a_mandate_without_the_lock_is_told_more_often(mandate, officer):
    assert confirm_all(mandate, officer, without_locks(TIMES)) != CONFIRMED


def invite_all(organisation, by, prepare=None) -> dict:
    def act(number: int):
        now = LATER + timedelta(milliseconds=number)
        return invite_representative(anew(organisation), email="new@example.org", by=account(by), now=now)

    answers = at_once(act, TIMES, prepare=prepare)
    return counted(answers, letters=Notice.objects.filter(kind="people.representative_invited").count())


INVITED = {"done": 1, "refused": TIMES - 1, "errors": 0, "letters": 1}


@pytest.fixture
def organisation(mandate, officer):
    confirm_mandate(mandate, by=officer, now=NOW)
    return mandate.organisation


def test_a_representative_is_written_to_once(organisation, resident):
    assert invite_all(organisation, resident) == INVITED


def test_a_representative_without_the_lock_is_written_to_more_often(organisation, resident):
    assert invite_all(organisation, resident, without_locks(TIMES)) != INVITED


def test_one_taxpayer_number_registered_by_several_is_one_organisation(resident):
    """No row is there to be locked: the unique number decides, and who comes second finds the first."""
    facts = {"kind": "company", "name": "Светлый цех", "inn": "7707083893", "ogrn": "1027700132195"}

    answers = at_once(lambda _number: register_organisation(by=account(resident), now=NOW, **facts), TIMES)

    assert counted(answers, rows=Organisation.objects.count()) == {"done": TIMES, "refused": 0, "errors": 0, "rows": 1}
    assert Mandate.objects.count() == 1


# Texts and wishes -----------------------------------------------------------------------------------------------------


def publish_all(prepare=None) -> dict:
    words = {"text_ru": "Новый текст.", "text_en": "A new text."}
    answers = at_once(lambda _number: publish_consent_document("processing", by=None, now=LATER, **words), TIMES, prepare=prepare)
    return counted(answers, rows=ConsentDocument.objects.filter(text_ru="Новый текст.").count())


PUBLISHED = {"done": TIMES, "refused": 0, "errors": 0, "rows": 1}


def test_a_text_published_by_pressing_twice_is_one_version(texts):
    assert publish_all() == PUBLISHED


def test_a_text_without_the_lock_runs_into_the_database(texts):
    assert publish_all(without_locks(TIMES))["errors"] > 0


def prefer_all(who, prepare=None) -> dict:
    quiet = (NOW.time(), LATER.time())
    answers = at_once(lambda _number: inbox.prefer(account(who), {}, quiet=quiet), TIMES, prepare=prepare)
    return counted(answers, rows=QuietHours.objects.count())


def test_wishes_kept_by_pressing_twice_are_kept_once(resident):
    assert prefer_all(resident) == {"done": TIMES, "refused": 0, "errors": 0, "rows": 1}


def test_wishes_without_the_lock_run_into_the_database(resident):
    assert prefer_all(resident, without_locks(TIMES))["errors"] > 0
