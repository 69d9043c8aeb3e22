"""G11: how my score came about, and the same as a table to recompute."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fund.core.exports import as_csv, attached
from fund.core.moments import day, deadline, moment
from fund.core.pages import ThingPage
from fund.people.views.callers import ForCallerOrSelf
from grants.applications.models import Application
from grants.applications.workflow import WORKFLOW
from grants.calls.wording import criteria_of, rule_sentences
from grants.councils.models import Outcome
from grants.reviews.queries import lots_among
from grants.scoring.numbers import half_up

from ..permissions import can_explain, can_file, term_of
from ..queries import explained, released_comments


class OfResult(ForCallerOrSelf, ThingPage):
    """A page about what became of one application; before the release it is not there."""

    model = Application
    nav = "applications"
    may = staticmethod(can_explain)

    def get_queryset(self):
        joined = ("call__curator__person", "version", "receipt")
        return super().get_queryset().filter(outcome__released_at__isnull=False).select_related(*joined)

    def get_crumbs(self):
        return [
            (gettext_lazy("My applications"), reverse("applications:list")),
            (self.thing.name, reverse("applications:read", args=[self.thing.uid])),
        ]

    @cached_property
    def explained(self):
        return explained(self.thing)


class Explain(OfResult):
    """The score from its sum down to the single marks, with what the experts said and what can be done now."""

    template_name = "results/explain.html"
    title = gettext_lazy("How my score came about")
    crumb = pgettext_lazy("crumb", "My score")

    def get_context_data(self, **kwargs):
        application, now = self.thing, self.request.now
        outcome = Outcome.objects.released().select_related("decision").get(application=application)
        comments = released_comments(application)
        until = term_of(application)
        return super().get_context_data(
            application=application,
            call=application.call,
            state=WORKFLOW.states[application.state],
            e=self.explained,
            lots=lots_among(application.call, application.number),
            crumb=self.crumb,
            outcome=outcome,
            later=outcome.is_later and outcome.decision.outcome == "fund" and self.explained.found.row.outcome == "reserve",
            departs=not outcome.is_later and departs(outcome.decision, self.explained.found.row),
            is_uncleared=not any(one.choice for part in comments.values() for one in part),
            remarks=comments.pop("", []),
            comments=comments,
            meanings=[one for one in criteria_of(self.explained.rules) if one.anchors],
            rules_in_words=rule_sentences(application.regulation),
            appeal=application.appeals.filter(against="decision").exclude(state="withdrawn").first(),
            appeal_until=until,
            may_file=can_file(self.reader, application, now),
            steps=steps_of(application, outcome, until, now),
            **kwargs,
        )


def departs(decision, row) -> bool:
    """Did the council decide otherwise than the ranking?"""
    suggested = {"funded": "fund", "reserve": "reserve", "declined": "decline"}.get(row.outcome)
    return decision.outcome != suggested or (decision.outcome == "fund" and decision.amount != row.amount)


def steps_of(application, outcome, until, now) -> list[tuple[str, str, str]]:
    """What comes after the release: (title, words, state)."""
    timeline = application.call.regulation.timeline
    steps = [(_("Decision released"), moment(outcome.released_at, now), "done")]
    if until is not None:
        steps.append(
            (_("Appeals on procedure"), _("until %(at)s") % {"at": deadline(until, now)}, "done" if now > until else "now")
        )
    if application.state == "reserve" and timeline.reserve_until:
        words = _("until %(day)s. We write if money is freed") % {"day": day(timeline.reserve_until, now)}
        steps.append((_("The reserve waits"), words, "now"))
    if application.state == "funded" and timeline.projects_from:
        steps.append((_("Projects begin"), day(timeline.projects_from, now), ""))
    return steps


class Download(OfResult):
    """The marks and sums as a file that a spreadsheet opens: UTF-8 with its mark, semicolons, the reader's decimals."""

    title = gettext_lazy("How my score came about")

    def get(self, request, *args, **kwargs):
        return attached(as_csv(rows_of(self.explained)), f"score-{self.thing.uid}.csv")


def rows_of(e) -> Iterator[list]:
    yield [_("Criterion"), "×", *(column.letter for column in e.columns), _("Mean"), _("Points"), _("Sum")]
    for line in e.lines:
        step = line.step
        yield [line.title, step.weight, *line.values, step.statistics.mean, half_up(step.contribution, e.digits), line.sum]
    totals = [column.total for column in e.columns]
    yield [_("Total"), "", *totals, "", e.found.row.total, e.total_sum]
