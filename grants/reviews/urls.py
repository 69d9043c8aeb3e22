"""Addresses of judging: the expert's under desk/reviews/, the officer's under the call."""

from django.urls import path

from .views import calibration, discussion, diverging, expert, officer, planning, replacing, spreadsheet

app_name = "reviews"
urlpatterns = [
    path("desk/reviews/", expert.ReviewList.as_view(), name="list"),
    path("desk/reviews/<slug:slug>/answer/", expert.Declare.as_view(), name="declare"),
    path("desk/reviews/<slug:slug>/spreadsheet/", spreadsheet.SheetsUpload.as_view(), name="upload"),
    path("desk/reviews/<slug:slug>/sheets.xlsx", spreadsheet.SheetsDownload.as_view(), name="download"),
    path("desk/reviews/<slug:slug>/calibration/", calibration.Calibrate.as_view(), name="calibrate"),
    path("desk/reviews/sheets/<str:uid>/", expert.SheetScore.as_view(), name="score"),
    path("desk/reviews/sheets/<str:uid>/submit/", expert.SheetSubmit.as_view(), name="submit"),
    path("desk/reviews/sheets/<str:uid>/conflict/", expert.SheetConflict.as_view(), name="conflict"),
    path("desk/reviews/sheets/<str:uid>/decline/", expert.SheetDecline.as_view(), name="decline"),
    path("desk/reviews/sheets/<str:uid>/discussion/", discussion.Discuss.as_view(), name="discussion"),
    path("desk/reviews/sheets/<str:uid>/change/", discussion.SheetChange.as_view(), name="change"),
    path("desk/calls/<slug:slug>/diverging/", diverging.DivergingList.as_view(), name="diverging"),
    path("desk/judged/<str:uid>/", diverging.Disagreement.as_view(), name="disagreement"),
    path("desk/judged/<str:uid>/expert/", diverging.CallExpert.as_view(), name="call_expert"),
    path("desk/judged/<str:uid>/discuss/", diverging.DiscussionOpen.as_view(), name="open_discussion"),
    path("desk/judged/<str:uid>/close/", diverging.DiscussionClose.as_view(), name="close_discussion"),
    path("desk/calls/<slug:slug>/experts/", planning.Assign.as_view(), name="assign"),
    path("desk/calls/<slug:slug>/experts.xlsx", planning.PlanFile.as_view(), name="assign_file"),
    path("desk/calls/<slug:slug>/experts/count/", planning.PlanAsk.as_view(), name="ask_plan"),
    path("desk/calls/<slug:slug>/experts/limits/", replacing.Limits.as_view(), name="set_limits"),
    path("desk/calls/<slug:slug>/experts/by-hand/", officer.AssignByHand.as_view(), name="assign_by_hand"),
    path("desk/plans/<str:uid>/accept/", planning.PlanAccept.as_view(), name="accept_plan"),
    path("desk/plans/<str:uid>/drop/", planning.PlanDrop.as_view(), name="drop_plan"),
    path("desk/plans/<str:uid>/<str:application>/", planning.PlanChange.as_view(), name="change_plan"),
    path("desk/calls/<slug:slug>/judging/", officer.Progress.as_view(), name="progress"),
    path("desk/calls/<slug:slug>/judging/remind/", replacing.Remind.as_view(), name="remind"),
    path("desk/sheets/<str:uid>/replace/", replacing.SheetReplace.as_view(), name="replace"),
    path("desk/sheets/<str:uid>/", officer.SheetRead.as_view(), name="read"),
    path("desk/sheets/<str:uid>/reopen/", officer.SheetReopen.as_view(), name="reopen"),
]
