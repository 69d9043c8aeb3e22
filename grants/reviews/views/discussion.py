"""R5, the expert's pages of a discussion: what is on the table, one's say in it, changing one's own score."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.core.errors import Conflict

from ..actions import change_score, speak
from ..forms import ChangeForm, SpeakForm
from ..permissions import can_change, can_discuss, can_speak, is_live
from ..queries.discussion import talk_of
from .expert import SheetPage, own_sheets


class DiscussionMixin:
    """The discussion of the application of one's own sheet, once that sheet is handed in."""

    def get_queryset(self):
        return own_sheets(self.request.user).select_related("application__call", "application__discussion", "current")

    @cached_property
    def discussion(self):
        return self.thing.application.discussion


class Discuss(DiscussionMixin, SheetPage):
    """R5: scores side by side without names, what was said, and a field to say something."""

    template_name = "reviews/discussion.html"
    form_class = SpeakForm
    may = staticmethod(can_discuss)

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.thing.application.name, reverse("reviews:score", args=[self.thing.uid]))]

    def get_title(self):
        return _("Discussion of the scores")

    def act(self, form) -> str:
        data = form.cleaned_data
        message = speak(sheet=self.thing, text=data["text"], once=data["once"], by=self.request.user, now=self.request.now)
        return reverse("reviews:discussion", args=[self.thing.uid]) + f"#said-{message.pk}"

    def get_context_data(self, **kwargs):
        application = self.thing.application
        return super().get_context_data(
            sheet=self.thing,
            application=application,
            discussion=self.discussion,
            is_live=is_live(self.discussion),
            may_speak=can_speak(self.request.user, self.thing),
            talk=talk_of(application, self.discussion, own=self.thing),
            rules=application.regulation.rules,
            review=application.regulation.review,
            **kwargs,
        )


class SheetChange(DiscussionMixin, SheetPage):
    """One's own marks as they were handed in, to be changed for a reason."""

    template_name = "reviews/change.html"
    form_class = ChangeForm
    whose, may = staticmethod(can_discuss), staticmethod(can_change)
    done = _("The score is changed. The earlier one stays on record.")

    def get_title(self):
        return _("Change my score")

    def no_more(self):
        return _("The discussion is closed: scores stay as they are.")

    def get_crumbs(self):
        back = (_("Discussion of the scores"), reverse("reviews:discussion", args=[self.thing.uid]))
        return [*super().get_crumbs(), (self.thing.application.name, reverse("reviews:score", args=[self.thing.uid])), back]

    def get_form_kwargs(self):
        current = self.thing.current
        draft = {
            key: {"value": mark["value"] or "", "na": mark["value"] is None, "comment": mark["comment"]}
            for key, mark in current.scores.items()
        }
        kwargs = {**super().get_form_kwargs(), "rules": self.thing.application.regulation.rules, "draft": draft}
        return {**kwargs, "initial": {"version": self.thing.version, "remark": current.remark}}

    def get_context_data(self, **kwargs):
        application = self.thing.application
        regulation = application.regulation
        context = {"sheet": self.thing, "application": application, "rules": regulation.rules, "review": regulation.review}
        return super().get_context_data(**context, **kwargs)

    def act(self, form) -> str:
        data = form.cleaned_data
        try:
            change_score(
                sheet=self.thing,
                draft=form.draft(),
                remark=data["remark"],
                why=data["why"],
                version=data["version"],
                by=self.request.user,
                now=self.request.now,
            )
        except Conflict as stale:
            # What was typed stays in the form; it knows of the other window now and may be sent once more.
            form.know(self.get_queryset().get(pk=self.thing.pk).version)
            raise stale
        return reverse("reviews:discussion", args=[self.thing.uid])
