"""What the addresses of this room, and of allauth's pages, are asked about: things of the applicant."""

from django.utils import timezone

from fund.people.actions import (
    claim_mandate,
    confirm_mandate,
    deactivate_account,
    give_consent,
    name_guardian,
    register_child,
    update_profile,
)
from fund.people.links import Representation, guardian_token
from fund.people.models import ConsentDocument, Mandate, RoleGrant, Subscription
from fund.people.queries import subscription_token
from tests.factories.people import make_account, make_organisation


def world(world) -> None:
    applicant, now = world.cast.applicant, timezone.now()
    document = ConsentDocument.objects.current().get(purpose="newsletter")
    consent = give_consent(applicant.person, document, by=applicant, now=now, how="page")
    gone = make_account("Бывший", "Сотрудник")
    deactivate_account(gone, by=None, now=now)
    token = subscription_token(Subscription.objects.create(account=applicant, of_type="calls.call", of_id=0, asked_at=now))
    child = register_child(by=applicant, now=now, first_name="Тимур", birth_year=now.year - 9)
    minor, helper = make_account("Юный", "Участник"), make_account("Новый", "Представитель")
    update_profile(minor.person, by=minor, now=now, birth_year=now.year - 15)
    asked = name_guardian(minor.person, by=minor, now=now, email="mother@example.org", first_name="Мать", last_name="У")
    organisation = make_organisation(applicant)
    confirm_mandate(Mandate.objects.get(organisation=organisation), by=world.cast.officer, now=now)
    claim_mandate(organisation, by=helper, now=now)
    invited = Representation(organisation.uid, world.cast.teammate.email, "", None, None, now)
    of_organisation = ("organisation", "update_organisation", "invite_representative", "set_bank_details")
    world.kwargs |= {
        "people:guardian": {"token": guardian_token(asked)},
        "people:update_child": {"uid": child.uid},
        "people:child_consent": {"uid": child.uid},
        "people:accept_representation": {"token": invited.token},
        **{f"people:{name}": {"uid": organisation.uid} for name in of_organisation},
        "people:confirm_mandate": {"uid": organisation.uid, "person": helper.person.uid},
        "people:confirm_subscription": {"token": token},
        "people:withdraw_subscription": {"token": token},
        "people:act_for": {"uid": applicant.person.uid},
        "people:consent_document": {"purpose": "newsletter", "version": document.version},
        "people:withdraw_consent": {"uid": consent.uid},
        "people:publish_consent_document": {"purpose": "newsletter"},
        "people:set_employment": {"uid": applicant.person.uid},
        "people:revoke_role": {"uid": RoleGrant.objects.get(account=applicant).uid},
        "people:deactivate": {"uid": applicant.person.uid},
        "people:reactivate": {"uid": gone.person.uid},
        "account_confirm_email": {"key": "of-nobody"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "of-nobody"},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
    }
