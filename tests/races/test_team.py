"""Two invitations to one bare address, accepted in the same moment: one person, who is in both teams."""

import pytest
from django.utils import timezone

from fund.people.models import Consent, ConsentDocument, Person
from grants.applications.actions import invite_member
from grants.proposals.actions import accept_invitation
from tests.concurrency import anew, at_once, counted, without_locks
from tests.factories.applications import make_ready
from tests.factories.calls import make_call

TIMES = 2
NOW = timezone.now().replace(microsecond=0)
SEMYON = {"first_name": "Семён", "last_name": "Новый"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def members(officer):
    """Семён is named in two applications; his address has no account."""
    call = make_call(officer, now=NOW)
    drafts = [make_ready(call, now=NOW) for _ in range(TIMES)]
    facts = {"name": "Семён Новый", "email": "semyon@example.org", "part": "", "rights": "view", "now": NOW}
    return [invite_member(application=draft, by=draft.owner, **facts) for draft in drafts]


def accept_all(members, prepare=None) -> dict:
    documents = list(ConsentDocument.objects.current().filter(is_required=True))

    def act(number: int):
        return accept_invitation(member=anew(members[number]), documents=documents, by=None, now=NOW, **SEMYON)

    answers = at_once(act, TIMES, prepare=prepare)
    persons = Person.objects.filter(email="semyon@example.org")
    return counted(answers, persons=persons.count(), consents=Consent.objects.filter(person__in=persons).count())


def test_accept_invitation_of_two_teams_at_once_writes_one_person(members):
    assert accept_all(members) == {"done": 2, "refused": 0, "errors": 0, "persons": 1, "consents": 1}
    assert len({anew(member).person_id for member in members}) == 1


def test_accept_invitation_without_the_lock_does_not(members):
    assert accept_all(members, without_locks(TIMES)) != {"done": 2, "refused": 0, "errors": 0, "persons": 1, "consents": 1}
