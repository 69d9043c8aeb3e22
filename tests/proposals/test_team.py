"""The team: named by one, answered by each alone, handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fund.accounts.models import Account
from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.notices.letters import subject_of
from fund.notices.models import Notice
from fund.people.actions import give_consent, person_of
from fund.people.models import Consent, ConsentDocument, Person
from grants.proposals.actions import (
    accept_invitation,
    change_member,
    decline_invitation,
    hand_over,
    invite_again,
    invite_member,
    leave_team,
    remove_member,
)
from grants.proposals.models import TeamMember
from grants.proposals.permissions import has_right, right_of
from tests.factories.applications import make_draft
from tests.factories.calls import make_call

NOW = timezone.now()
LATER = NOW + timedelta(days=14)


@pytest.fixture
def proposal(applicant):
    return make_draft(make_call(now=NOW), applicant, now=NOW)


@pytest.fixture
def texts(db):
    return list(ConsentDocument.objects.current().filter(is_required=True))


def invite(proposal, email="teammate@example.org", *, name="Илья Ветров", rights="edit", now=NOW, **more):
    return invite_member(of=proposal, name=name, email=email, rights=rights, part="звук", by=proposal.owner, now=now, **more)


def accept(member, texts, *, by=None, now=NOW):
    return accept_invitation(member=member, first_name="Илья", last_name="Ветров", documents=texts, by=by, now=now)


def told(kind):
    return [notice.recipient.email for notice in Notice.objects.filter(kind=kind)]


def test_invite_member_writes_to_the_address(proposal):
    member = invite(proposal, " Teammate@Example.org ")

    assert (member.email, member.state_at(NOW), member.expires_at) == ("teammate@example.org", "invited", LATER)
    assert told("proposals.invited") == ["teammate@example.org"]
    assert Entry.objects.about(proposal).filter(verb="proposals.invite_member").count() == 1


def test_invite_member_without_an_account_looks_the_same_to_the_inviter(proposal, teammate):
    known, unknown = invite(proposal), invite(proposal, "nobody@example.org")

    assert (known.account, unknown.account, known.person, unknown.person) == (None, None, None, None)
    assert told("proposals.invited") == ["teammate@example.org", "nobody@example.org"]


@pytest.mark.parametrize(("email", "code"), [("Applicant@example.org", "owner"), ("teammate@example.org", "twice")])
def test_invite_member_twice_or_oneself_is_refused(proposal, email, code):
    invite(proposal)

    with pytest.raises(Refused) as caught:
        invite(proposal, email)

    assert (caught.value.code, caught.value.field) == (code, "email")


def test_invite_member_beyond_the_most_is_refused(proposal):
    invite(proposal, most=2)

    with pytest.raises(Refused) as caught:
        invite(proposal, "third@example.org", most=2)

    assert caught.value.code == "most"


def test_invite_member_pressed_twice_names_one(proposal):
    first = invite(proposal, once="a-token-of-this-form")

    assert invite(proposal, once="a-token-of-this-form") == first
    assert TeamMember.objects.about(proposal).count() == 1


def test_invite_member_for_a_caller_names_both(proposal, officer):
    caller = proposal.owner.person

    invite_member(of=proposal, name="Илья", email="i@example.org", rights="view", by=officer, for_=caller, now=NOW)

    entry = Entry.objects.about(proposal).get(verb="proposals.invite_member")
    assert (entry.by, entry.for_id) == (officer, caller.pk)


def test_accept_invitation_joins_and_consents(proposal, teammate, texts):
    member = invite(proposal)
    assert right_of(teammate, proposal) == ""

    accept(member, texts, by=teammate)

    assert (member.account, member.person, member.state_at(NOW)) == (teammate, teammate.person, "joined")
    assert member.consented_at == NOW
    assert [has_right(teammate, proposal, right) for right in ("view", "edit", "submit")] == [True, True, False]
    assert told("proposals.joined") == ["applicant@example.org"]


def test_accept_invitation_by_link_without_an_account(proposal, texts):
    member = invite(proposal, "new@example.org", name="И. Ветров")

    accept(member, texts)

    assert (member.account, member.name, member.person.email) == (None, "Илья Ветров", "new@example.org")
    consent = Consent.objects.get(person=member.person)
    assert (consent.how, consent.given_by) == ("link", None)


def test_accept_invitation_by_link_finds_the_account_of_the_address(proposal, teammate, texts):
    member = accept(invite(proposal), texts)

    assert (member.account, right_of(teammate, proposal)) == (teammate, "edit")


def test_accept_two_invitations_without_an_account_is_one_person(applicant, texts):
    proposals = [make_draft(make_call(now=NOW), applicant, now=NOW) for _ in range(2)]

    for proposal in proposals:
        accept(invite(proposal, "new@example.org"), texts)

    assert Person.objects.filter(email="new@example.org").count() == 1


def test_accept_invitation_without_a_required_consent_changes_nothing(proposal, teammate):
    member = invite(proposal)

    with pytest.raises(Refused) as caught:
        accept(member, [], by=teammate)

    member.refresh_from_db()
    assert (caught.value.code, member.consented_at, right_of(teammate, proposal)) == ("consent", None, "")


def test_accept_invitation_of_somebody_else_is_refused(proposal, stranger, texts):
    with pytest.raises(Refused) as caught:
        accept(invite(proposal), texts, by=stranger)

    assert caught.value.code == "who"


def test_accept_invitation_at_its_last_moment_and_after(proposal, teammate, texts):
    member = invite(proposal)

    with pytest.raises(Refused) as caught:
        accept(member, texts, by=teammate, now=LATER)
    assert caught.value.code == "expired"

    accept(member, texts, by=teammate, now=LATER - timedelta(seconds=1))
    assert member.accepted_at is not None


def test_accept_invitation_twice_is_once(proposal, teammate, texts):
    member = accept(invite(proposal), texts, by=teammate)

    accept(member, [], by=teammate, now=NOW + timedelta(days=1))

    assert member.accepted_at == NOW
    assert told("proposals.joined") == ["applicant@example.org"]


def test_invite_again_gives_two_more_weeks(proposal, texts):
    member = invite(proposal)

    invite_again(member=member, by=proposal.owner, now=LATER)

    assert member.state_at(LATER) == "invited"
    assert told("proposals.invited") == ["teammate@example.org"] * 2


def test_decline_invitation_takes_the_name_out(proposal):
    member = invite(proposal)

    decline_invitation(member=member, by=None, now=NOW)

    assert list(TeamMember.objects.about(proposal).live()) == []
    assert told("proposals.declined") == ["applicant@example.org"]
    with pytest.raises(Refused):
        accept(member, [])


def test_decline_invitation_leaves_the_address_free(proposal):
    decline_invitation(member=invite(proposal), by=None, now=NOW)

    assert invite(proposal, now=LATER).state_at(NOW) == "invited"


def test_change_member_acts_at_once(proposal, teammate, texts):
    member = accept(invite(proposal), texts, by=teammate)

    change_member(member=member, rights="view", part="свет", by=proposal.owner, now=NOW)

    assert right_of(teammate, proposal) == "view"


@pytest.mark.parametrize("verb", ["remove", "leave"])
def test_remove_and_leave_end_the_rights_at_once(proposal, teammate, texts, verb):
    member = accept(invite(proposal), texts, by=teammate)

    if verb == "remove":
        remove_member(member=member, by=proposal.owner, now=NOW)
    else:
        leave_team(member=member, by=teammate, now=NOW)

    assert right_of(teammate, proposal) == ""
    assert (told("proposals.removed"), told("proposals.left")) in (
        (["teammate@example.org"], []),
        ([], ["applicant@example.org"]),
    )


def test_leave_team_of_somebody_else_is_refused(proposal, teammate, stranger, texts):
    member = accept(invite(proposal), texts, by=teammate)

    with pytest.raises(Refused):
        leave_team(member=member, by=stranger, now=NOW)


def consent(account, texts):
    for document in texts:
        give_consent(person_of(account), document, by=account, now=NOW, how="page")


def test_who_hands_over_consents_first(proposal, applicant, teammate, texts):
    """They stay in the team, where everyone named has consented."""
    member = accept(invite(proposal), texts, by=teammate)

    with pytest.raises(Refused) as caught:
        hand_over(of=proposal, to=member, by=applicant, now=NOW)

    proposal.refresh_from_db()
    assert (caught.value.code, proposal.owner) == ("consent", applicant)


def test_hand_over_swaps_owner_and_member(proposal, applicant, teammate, texts):
    consent(applicant, texts)
    member = accept(invite(proposal), texts, by=teammate)

    hand_over(of=proposal, to=member, by=applicant, now=NOW)

    proposal.refresh_from_db()
    live = TeamMember.objects.about(proposal).live()
    assert (proposal.owner, [one.account for one in live]) == (teammate, [applicant])
    assert (right_of(applicant, proposal), right_of(teammate, proposal)) == ("submit", "submit")
    assert sorted(told("proposals.handed_over")) == ["applicant@example.org", "teammate@example.org"]


def test_hand_over_there_and_back(proposal, applicant, teammate, texts):
    consent(applicant, texts)
    stays = hand_over(of=proposal, to=accept(invite(proposal), texts, by=teammate), by=applicant, now=NOW)

    hand_over(of=proposal, to=stays, by=teammate, now=NOW + timedelta(days=1))

    proposal.refresh_from_db()
    assert (proposal.owner, TeamMember.objects.about(proposal).live().get().account) == (applicant, teammate)


def test_hand_over_to_who_has_not_joined_or_of_another_team_is_refused(proposal, applicant, teammate, texts):
    other = make_draft(make_call(now=NOW), applicant, now=NOW)

    for member in (invite(proposal), accept(invite(other), texts, by=teammate)):
        with pytest.raises(Refused) as caught:
            hand_over(of=proposal, to=member, by=applicant, now=NOW)
        assert caught.value.code == "joined"


def test_an_account_of_another_case_is_the_same_address(proposal, texts):
    account = Account.objects.create_user("Mixed@Example.org")
    member = invite(proposal, "mixed@example.org")

    accept(member, texts, by=account)

    assert member.account == account


def test_letters_to_one_address_cannot_be_heaped(proposal):
    member = invite(proposal)

    with pytest.raises(Refused) as again:
        invite_again(member=member, by=proposal.owner, now=NOW + timedelta(hours=2))
    remove_member(member=member, by=proposal.owner, now=NOW)
    with pytest.raises(Refused) as anew:
        invite(proposal, now=NOW + timedelta(hours=2))

    assert (again.value.code, anew.value.code, anew.value.field) == ("often", "often", "email")
    assert told("proposals.invited") == ["teammate@example.org"]


def test_many_drafts_are_no_way_to_heap_letters(applicant):
    drafts = [make_draft(make_call(now=NOW), applicant, now=NOW) for _ in range(6)]
    for draft in drafts[:5]:
        invite(draft)

    with pytest.raises(Refused) as refusal:
        invite(drafts[5])

    assert refusal.value.code == "often"


def test_an_officer_answers_for_a_caller_and_the_record_names_both(proposal, texts, officer, teammate, stranger):
    member = invite(proposal)
    with pytest.raises(Refused):
        accept_invitation(member=member, first_name="", last_name="", documents=texts, by=officer, for_=stranger.person, now=NOW)

    accept_invitation(member=member, first_name="", last_name="", documents=texts, by=officer, for_=teammate.person, now=NOW)
    leave_team(member=member, by=officer, for_=teammate.person, now=LATER)

    entries = Entry.objects.filter(verb__in=("proposals.accept_invitation", "proposals.leave_team"))
    assert {(one.by, one.for_id) for one in entries} == {(officer, teammate.person.pk)}
    assert member.account == teammate


def test_nobody_but_an_officer_answers_for_another(proposal, texts, stranger, teammate):
    member = invite(proposal)

    with pytest.raises(Refused) as refusal:
        accept_invitation(member=member, first_name="", last_name="", documents=texts, by=stranger, for_=teammate.person, now=NOW)

    assert refusal.value.code == "who"


def test_an_untitled_draft_is_called_so_in_the_language_of_the_letter(proposal):
    invite(proposal)
    notice = Notice.objects.get(kind="proposals.invited")

    assert [subject_of(notice, language).rpartition(" ")[2] for language in ("en", "ru")] == ["Untitled", "названия"]
