"""Verbs about guardians: name the adult who answers for a minor, ask them, their answer by a link, its end."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fund.audit.actions import record
from fund.core.errors import Refused
from fund.core.once import claim
from fund.notices.queries import was_told
from fund.workflow.engine import lock

from .. import notices
from ..models import Consent, ConsentDocument, Guardianship, Person
from ..permissions import can_confirm_guardianship, can_end_guardianship, can_name_guardian
from .consents import give_consent, withdraw_consent
from .persons import NOT_YOURS, create_person

# A letter to somebody who did not ask for it is not repeated sooner, nor are more than so many written to in a day.
PAUSE, MOST_A_DAY = timedelta(hours=3), 3


@transaction.atomic
def name_guardian(
    child: Person, *, by: Any, now: datetime, for_: Person | None = None, email: str, once: str | None = None, **facts: Any
) -> Guardianship:
    """A minor (or who writes for them) names the adult who answers; that adult is written to and confirms by the letter's link.

    The guardian is a row of its own even where the address has an account: nothing of that account is shown or tied.
    """
    if not can_name_guardian(by, child):
        raise Refused(NOT_YOURS, code="who")
    if not child.is_minor_on(now.date()):
        raise Refused(_("A guardian is named for a person under 18."), code="adult")
    if email.lower() == child.address.lower():
        raise Refused(_("The guardian needs an address of their own"), field="email")
    slot = claim(once, by=by, verb="people.name_guardian", body={**facts, "email": email, "child": child.pk})
    if slot.made:
        return slot.thing(Guardianship)
    Person.objects.select_for_update().get(pk=child.pk)  # the adults named today are counted one after another
    if Guardianship.objects.filter(child=child, named_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("Enough adults were named today. Wait for an answer, or name another one tomorrow."), code="often")
    guardian = create_person(by=by, for_=for_, now=now, email=email, **facts)
    guardianship = Guardianship.objects.create(guardian=guardian, child=child, named_at=now)
    slot.keep(guardianship)
    record("people.name_guardian", child, by=by, for_=for_, now=now)
    notices.guardian_asked(guardianship, now=now)
    return guardianship


@transaction.atomic
def confirm_guardianship(guardianship: Guardianship, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """The guardian says so: signed in, or `by` None with a signed link that vouches for them."""
    lock(guardianship)
    if not can_confirm_guardianship(by, guardianship):
        raise Refused(NOT_YOURS, code="who")
    if guardianship.ended_at:
        raise Refused(_("This guardianship has ended."), code="state")
    if guardianship.confirmed_at is None:
        guardianship.confirmed_at = now
        guardianship.save(update_fields=["confirmed_at"])
        record("people.confirm_guardianship", guardianship.child, by=by, for_=for_, now=now)


@transaction.atomic
def ask_guardian_again(guardianship: Guardianship, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """Writes once more to an adult who has not answered, some hours after the last letter at the earliest."""
    lock(guardianship)
    if not can_name_guardian(by, guardianship.child):
        raise Refused(NOT_YOURS, code="who")
    if guardianship.ended_at or guardianship.confirmed_at:
        raise Refused(_("This adult has answered already."), code="state")
    if was_told(notices.GUARDIAN_ASKED, guardianship, since=now - PAUSE):
        raise Refused(_("A letter has just been sent. It can be sent again in a few hours."), code="often")
    record("people.ask_guardian_again", guardianship.child, by=by, for_=for_, now=now)
    notices.guardian_asked(guardianship, now=now)


@transaction.atomic
def answer_as_guardian(
    guardianship: Guardianship, *, documents: Collection[ConsentDocument], by: Any, now: datetime, for_: Person | None = None
) -> None:
    """The guardian says that they are, and agrees: `by` None when the letter's link vouches for them.

    In order: confirm; keep the consent to the child's participation and those of the guardian's own; refuse if the first
    is lacking; tell the child.
    """
    confirm_guardianship(guardianship, by=by, now=now, for_=for_)
    child, guardian = guardianship.child, guardianship.guardian
    how = "link" if by is None else "phone" if for_ else "page"
    for document in documents:
        whose, answers = (child, guardian) if document.purpose == "minor" else (guardian, None)
        give_consent(whose, document, by=by, now=now, how=how, for_=for_, guardian=answers)
    if not Consent.objects.live().filter(person=child, document__purpose="minor").exists():
        raise Refused(_("Without this consent the child cannot take part"), field="purpose_minor", code="consent")
    notices.guardian_answered(guardianship, now=now)


@transaction.atomic
def end_guardianship(guardianship: Guardianship, *, by: Any, now: datetime, for_: Person | None = None) -> None:
    """The adult answers no longer: the consent they gave for the child is withdrawn with it, also one given this moment.
    `by` None: the letter's link.
    """
    lock(guardianship)
    if not can_end_guardianship(by, guardianship):
        raise Refused(NOT_YOURS, code="who")
    if guardianship.ended_at:
        return
    guardianship.ended_at = now
    guardianship.save(update_fields=["ended_at"])
    record("people.end_guardianship", guardianship.child, by=by, for_=for_, now=now)
    given = Consent.objects.live().filter(person=guardianship.child, guardian=guardianship.guardian, document__purpose="minor")
    for consent in given:
        withdraw_consent(consent, by=by, now=now, for_=for_)
    notices.guardian_ended(guardianship, now=now)
