"""Addresses of this room."""

from django.urls import path

from .views import editor, importing, officer, public, questions

app_name = "calls"
urlpatterns = [
    path("calls/", public.CallList.as_view(), name="list"),
    path("calls/<slug:slug>/", public.CallRead.as_view(), name="read"),
    path("calls/<slug:slug>/regulation/", public.CallRegulation.as_view(), name="regulation"),
    path("calls/<slug:slug>/regulation.yaml", public.CallExport.as_view(), name="export"),
    path("desk/calls/", officer.CallDesk.as_view(), name="desk"),
    path("desk/import-call/", importing.CallImport.as_view(), name="import"),
    path("desk/new-call/", editor.SketchBegin.as_view(), name="begin"),
    path("desk/regulations/<slug:uid>/", editor.SketchRead.as_view(), name="sketch"),
    path("desk/regulations/<slug:uid>/adopt/", editor.SketchAdopt.as_view(), name="adopt"),
    path("desk/regulations/<slug:uid>/drop/", editor.SketchDrop.as_view(), name="drop"),
    path("desk/regulations/<slug:uid>/as/<slug:who>/", editor.SketchPreview.as_view(), name="preview"),
    path("desk/regulations/<slug:uid>/write/<path:place>/", editor.SketchWrite.as_view(), name="write"),
    path("desk/call-questions/<slug:uid>/", questions.CallAnswer.as_view(), name="answer"),
    path("desk/calls/<slug:slug>/", officer.CallManage.as_view(), name="manage"),
    path("desk/calls/<slug:slug>/ask/", questions.CallAsk.as_view(), name="ask"),
    path("desk/calls/<slug:slug>/dates/", officer.CallReschedule.as_view(), name="reschedule"),
    path("desk/calls/<slug:slug>/edit/", editor.CallEdit.as_view(), name="edit"),
    path("desk/calls/<slug:slug>/reopen/", editor.CallReopen.as_view(), name="reopen"),
    path("desk/calls/<slug:slug>/announce/", officer.CallAnnounce.as_view(), name="announce"),
    path("desk/calls/<slug:slug>/open/", officer.CallOpen.as_view(), name="open"),
    path("desk/calls/<slug:slug>/start-judging/", officer.CallStartJudging.as_view(), name="start_judging"),
    path("desk/calls/<slug:slug>/archive/", officer.CallArchive.as_view(), name="archive"),
    path("desk/calls/<slug:slug>/cancel/", officer.CallCancel.as_view(), name="cancel"),
    path("desk/calls/<slug:slug>/amend/", officer.CallAmend.as_view(), name="amend"),
    path("desk/calls/<slug:slug>/versions/<int:number>/", officer.CallCompare.as_view(), name="compare"),
]
