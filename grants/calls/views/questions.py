"""Asking the curator, and the curator's answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.pages import ThingVerbPage
from fund.people.views.callers import ForCaller

from ..actions import answer_question, ask_curator
from ..forms import AnswerForm, AskForm
from ..models import Call, Question
from ..permissions import can_answer, can_ask, runs


class CallAsk(ForCaller, ThingVerbPage):
    """Anyone signed in asks; their own questions and answers stand below."""

    template_name = "calls/ask.html"
    model, key, nav = Call, "slug", "calls"
    title, form_class = _("A question to the curator"), AskForm
    whose, may = staticmethod(lambda user, call: user.is_authenticated), staticmethod(can_ask)
    done = _("The question is with the curator. The answer will come by letter")

    def no_more(self):
        return _("Questions about this call are no longer taken.")

    def get_crumbs(self):
        return [(self.thing.title, self.thing.get_absolute_url())]

    def get_context_data(self, **kwargs):
        mine = self.thing.questions.filter(asked_by=self.reader)
        return super().get_context_data(mine=mine, curator=self.thing.curator, **kwargs)

    def act(self, form):
        given = form.cleaned_data
        ask_curator(self.thing, text=given["text"], **self.acting, once=given["once"])
        return reverse("calls:ask", args=[self.thing.slug])


class CallAnswer(ThingVerbPage):
    """The curator's answer, to everyone or to the one who asked."""

    template_name = "calls/answer.html"
    model, nav = Question, "calls"
    title, form_class = _("Answer a question"), AnswerForm
    whose, may = staticmethod(lambda user, question: runs(user, question.call)), staticmethod(can_answer)
    done = _("The answer is sent")

    def no_more(self):
        return _("This question was answered already.")

    def get_queryset(self):
        return super().get_queryset().select_related("call", "asked_by__person")

    def get_crumbs(self):
        call = self.thing.call
        return [(_("Calls"), reverse("calls:desk")), (call.title, reverse("calls:manage", args=[call.slug]))]

    def act(self, form):
        answer_question(self.thing, **form.cleaned_data, by=self.request.user, now=self.request.now)
        return reverse("calls:manage", args=[self.thing.call.slug])
