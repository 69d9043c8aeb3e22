"""Addresses of this room: the applicant's pages under desk/applications/, the officer's under desk/intake/."""

from django.urls import path

from .views import admission, applicant, officer, writing

app_name = "applications"
MINE, QUEUE = "desk/applications/", "desk/intake/"
urlpatterns = [
    path(MINE, applicant.ApplicationList.as_view(), name="list"),
    path(MINE + "start/<slug:slug>/", applicant.ApplicationStart.as_view(), name="start"),
    path(MINE + "<slug:uid>/", applicant.ApplicationRead.as_view(), name="read"),
    path(MINE + "<slug:uid>/section/<slug:section>/", writing.ApplicationEdit.as_view(), name="edit"),
    path(MINE + "<slug:uid>/applicant/", writing.ApplicationSetApplicant.as_view(), name="set_applicant"),
    path(MINE + "<slug:uid>/leave/", writing.ApplicationLeave.as_view(), name="leave"),
    path(MINE + "<slug:uid>/costs/", writing.ApplicationCosts.as_view(), name="costs"),
    path(MINE + "<slug:uid>/team/", writing.ApplicationTeam.as_view(), name="team"),
    path(MINE + "<slug:uid>/team/<slug:member>/", writing.ApplicationMember.as_view(), name="change_member"),
    path(MINE + "<slug:uid>/hand-over/", writing.ApplicationHandOver.as_view(), name="hand_over"),
    path(MINE + "<slug:uid>/files/", writing.ApplicationFiles.as_view(), name="files"),
    path(MINE + "<slug:uid>/submit/", applicant.ApplicationSubmit.as_view(), name="submit"),
    path(MINE + "<slug:uid>/receipt/", applicant.ApplicationReceipt.as_view(), name="receipt"),
    path(MINE + "<slug:uid>/print/", applicant.ApplicationPrint.as_view(), name="print"),
    path(MINE + "<slug:uid>/withdraw/", applicant.ApplicationWithdraw.as_view(), name="withdraw"),
    path(MINE + "<slug:uid>/late/", applicant.ApplicationAskLate.as_view(), name="ask_late"),
    path(MINE + "<slug:uid>/continue/", applicant.ApplicationContinue.as_view(), name="continue"),
    path(QUEUE, officer.ApplicationIntake.as_view(), name="intake"),
    path(QUEUE + "call/<slug:slug>/", officer.ApplicationIntake.as_view(), name="intake_call"),
    path(QUEUE + "call/<slug:slug>/extend/", officer.ApplicationExtendDraft.as_view(), name="extend_draft"),
    path(QUEUE + "call/<slug:slug>/admission/", admission.AdmissionIssue.as_view(), name="admission"),
    path(QUEUE + "<slug:uid>/", officer.ApplicationCheck.as_view(), name="check"),
    path(QUEUE + "<slug:uid>/alike/<slug:other>/", officer.ApplicationDecideLikeness.as_view(), name="decide_likeness"),
    path(QUEUE + "<slug:uid>/return/", officer.ApplicationReturn.as_view(), name="return"),
    path(QUEUE + "<slug:uid>/admit/", officer.ApplicationAdmit.as_view(), name="admit"),
    path(QUEUE + "<slug:uid>/refuse/", officer.ApplicationRefuse.as_view(), name="refuse"),
    path(QUEUE + "<slug:uid>/extend/", officer.ApplicationExtend.as_view(), name="extend"),
    path(QUEUE + "<slug:uid>/late/", officer.ApplicationDecideLate.as_view(), name="decide_late"),
]
