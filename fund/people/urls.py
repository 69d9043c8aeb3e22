"""Addresses of this room; the pages of signing in are allauth's, under account/."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("consents/<slug:purpose>/<int:version>/", views.ConsentDocumentPage.as_view(), name="consent_document"),
    path("tell-me/<slug:topic>/", views.Subscribe.as_view(), name="subscribe_any"),
    path("tell-me/<slug:topic>/<slug:key>/", views.Subscribe.as_view(), name="subscribe"),
    path("subscriptions/<str:token>/", views.SubscriptionConfirm.as_view(), name="confirm_subscription"),
    path("subscriptions/<str:token>/withdraw/", views.SubscriptionWithdraw.as_view(), name="withdraw_subscription"),
    path("desk/profile/", views.ProfilePage.as_view(), name="profile"),
    path("desk/profile/edit/", views.ProfileUpdate.as_view(), name="update_profile"),
    path("desk/profile/consents/", views.Consents.as_view(), name="consents"),
    path("desk/profile/consents/<slug:uid>/withdraw/", views.ConsentWithdraw.as_view(), name="withdraw_consent"),
    path("guardian/<str:token>/", views.GuardianPage.as_view(), name="guardian"),
    path("desk/household/", views.HouseholdPage.as_view(), name="household"),
    path("desk/household/child/", views.ChildRegister.as_view(), name="register_child"),
    path("desk/household/child/<slug:uid>/", views.ChildUpdate.as_view(), name="update_child"),
    path("desk/household/child/<slug:uid>/consent/", views.ChildConsent.as_view(), name="child_consent"),
    path("desk/household/guardian/", views.GuardianName.as_view(), name="name_guardian"),
    path("desk/organisations/", views.MyOrganisations.as_view(), name="organisations"),
    path("desk/organisations/register/", views.OrganisationRegister.as_view(), name="register_organisation"),
    path("desk/organisations/accept/<str:token>/", views.RepresentationAccept.as_view(), name="accept_representation"),
    path("desk/organisations/<slug:uid>/", views.OrganisationRead.as_view(), name="organisation"),
    path("desk/organisations/<slug:uid>/update/", views.OrganisationUpdate.as_view(), name="update_organisation"),
    path("desk/organisations/<slug:uid>/invite/", views.RepresentativeInvite.as_view(), name="invite_representative"),
    path("desk/organisations/<slug:uid>/bank/", views.BankDetailsSet.as_view(), name="set_bank_details"),
    path("desk/organisations/<slug:uid>/confirm/<slug:person>/", views.MandateConfirm.as_view(), name="confirm_mandate"),
    path("desk/people/organisations/", views.AllOrganisations.as_view(), name="all_organisations"),
    path("desk/people/create/", views.PersonCreate.as_view(), name="create_person"),
    path("desk/people/stop-acting/", views.StopActing.as_view(), name="stop_acting"),
    path("desk/people/<slug:uid>/act-for/", views.ActFor.as_view(), name="act_for"),
    path("desk/people/", views.People.as_view(), name="list"),
    path("desk/people/<slug:uid>/employment/", views.EmploymentSet.as_view(), name="set_employment"),
    path("desk/people/consents/", views.ConsentDocuments.as_view(), name="consent_documents"),
    path("desk/people/consents/<slug:purpose>/", views.ConsentDocumentPublish.as_view(), name="publish_consent_document"),
    path("desk/people/roles/", views.Roles.as_view(), name="roles"),
    path("desk/people/roles/grant/", views.RoleGrantPage.as_view(), name="grant_role"),
    path("desk/people/roles/<slug:uid>/revoke/", views.RoleRevoke.as_view(), name="revoke_role"),
    path("desk/people/accounts/<slug:uid>/deactivate/", views.AccountDeactivate.as_view(), name="deactivate"),
    path("desk/people/accounts/<slug:uid>/reactivate/", views.AccountReactivate.as_view(), name="reactivate"),
]
