"""Addresses of results: the applicant's under their application, the fund's under desk/appeals/ and the call, the public page."""

from django.urls import path

from .views import appeals, comments, explanation, published

app_name = "results"
APPLICATION, APPEAL = "desk/applications/<slug:uid>/", "desk/appeals/<slug:uid>/"
urlpatterns = [
    path(APPLICATION + "score/", explanation.Explain.as_view(), name="explain"),
    path(APPLICATION + "score.csv", explanation.Download.as_view(), name="download"),
    path(APPLICATION + "appeal/", appeals.AppealFile.as_view(), name="file"),
    path("desk/appeals/", appeals.AppealList.as_view(), name="list"),
    path(APPEAL, appeals.AppealRead.as_view(), name="read"),
    path(APPEAL + "consider/", appeals.AppealConsider.as_view(), name="consider"),
    path(APPEAL + "answer/", appeals.AppealAnswer.as_view(), name="answer"),
    path(APPEAL + "withdraw/", appeals.AppealWithdraw.as_view(), name="withdraw"),
    path(APPEAL + "revise/", appeals.AppealRevise.as_view(), name="revise"),
    path("calls/<slug:slug>/results/", published.CallResults.as_view(), name="published"),
    path("desk/calls/<slug:slug>/ranking.<slug:form>", published.CallExport.as_view(), name="export"),
    path("desk/calls/<slug:slug>/recount.zip", published.CallRecount.as_view(), name="recount"),
    path("desk/calls/<slug:slug>/comments/", comments.CommentList.as_view(), name="comments"),
    path("desk/comments/<slug:uid>/", comments.Clear.as_view(), name="clear"),
]
