"""Plans in words for officers: the reason of a pair, what leaves an application short, what changed since."""

from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fund.accounts.models import Account
from grants.applications.models import Application

from ..assignment_reasons import Change, Reason

NOTHING: Mapping[int, Any] = MappingProxyType({})
REASONS = {
    "kept": gettext_lazy("has the sheet already"),
    "pinned": gettext_lazy("put here by hand"),
    "every": gettext_lazy("takes any topic"),
    "any": gettext_lazy("no topic sets the experts apart, so the load decided"),
    "full": gettext_lazy("has no room left"),
    "spare": gettext_lazy("is free; the application has enough experts"),
    "short": gettext_lazy("is free"),
    "on": gettext_lazy("is in the plan"),
    "declined": gettext_lazy("has declined the application"),
    "barred": gettext_lazy("taken off by hand"),
}
CHANGES = {
    "tie": gettext_lazy("%(expert)s is tied to “%(title)s” by now."),
    "declined": gettext_lazy("%(expert)s has declined “%(title)s”."),
    "barred": gettext_lazy("%(expert)s was taken off “%(title)s” by hand."),
    "left": gettext_lazy("%(expert)s does not judge “%(title)s” any more."),
    "came": gettext_lazy("%(expert)s has a sheet on “%(title)s” that the plan does not hold."),
    "gone": gettext_lazy("“%(title)s” is not judged any more."),
    "appeared": gettext_lazy("“%(title)s” was admitted since."),
    "topics": gettext_lazy("“%(title)s” has another topic now."),
    "needs": gettext_lazy("“%(title)s” needs another number of experts now."),
    "no_expert": gettext_lazy("%(expert)s is not an expert of this call any more."),
    "expert": gettext_lazy("%(expert)s became an expert of this call."),
    "full": gettext_lazy("%(expert)s would have more sheets than the limit allows."),
    "limits": gettext_lazy("The limit or the topics of %(expert)s changed."),
}


def counted_words(count: Iterable[tuple[str, int]]) -> str:
    """What keeps experts from an application, counted: “2 are tied, 3 have no room”."""
    said = {
        "on": lambda n: ngettext("%(n)s judges it already", "%(n)s judge it already", n),
        "tied": lambda n: ngettext("%(n)s is tied to it", "%(n)s are tied to it", n),
        "declined": lambda n: ngettext("%(n)s declined", "%(n)s declined", n),
        "full": lambda n: ngettext("%(n)s has no room left", "%(n)s have no room left", n),
        "barred": lambda n: ngettext("%(n)s was taken off by hand", "%(n)s were taken off by hand", n),
        "spare": lambda n: ngettext("%(n)s is free, but has more to do", "%(n)s are free, but have more to do", n),
        "short": lambda n: ngettext("%(n)s is free", "%(n)s are free", n),
    }
    found = dict(count)
    return ", ".join(words(found[word]) % {"n": found[word]} for word, words in said.items() if found.get(word))


def reason_words(reason: Reason, topics: Mapping[str, Any]) -> str:
    """Why a pair is in a plan, or is not; ties are said by TieWords."""
    if reason.code == "topic":
        return _("knows the topic: %(topics)s") % {"topics": ", ".join(str(topics.get(key, key)) for key in reason.topics)}
    if reason.code == "new":
        knowing = counted_words(reason.count)
        return (
            _("the topic is new to them; of those who know it, %(knowing)s") % {"knowing": knowing}
            if knowing
            else _("the topic is new to them; nobody knows it")
        )
    return str(REASONS[reason.code])


def gap_words(title: str, reason: Reason) -> str:
    """Why an application has fewer experts than it needs, in one sentence."""
    facts = {"title": title, "needed": reason.needed, "have": reason.have, "count": counted_words(reason.count)}
    facts["all"] = sum(number for _word, number in reason.count)
    return _("“%(title)s”: %(needed)s experts are needed, %(have)s found. Of %(all)s in the call, %(count)s.") % facts


def open_to(reader: Any, found: Iterable[Change], *, known: Container[int] = ()) -> list[Change]:
    """Those that name nothing closed to the reader; one query, of applications that are not known to be open."""
    found = list(found)
    asked = {one.task for one in found if one.task is not None and one.task not in known}
    mine = Application.objects.visible_to(reader).filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
    closed = asked - set(mine)
    return [one for one in found if one.task not in closed]


def said_changes(
    found: Iterable[Change], *, applications: Mapping[int, Any] = NOTHING, experts: Mapping[int, Any] = NOTHING
) -> list[str]:
    """Each change as a sentence; names that are not at hand are fetched, in two queries at most."""
    found = list(found)
    tasks = {one.task for one in found if one.task is not None} - applications.keys()
    ids = {one.expert for one in found if one.expert is not None} - experts.keys()
    applications = {**applications, **Application.objects.in_bulk(tasks)}
    experts = {**experts, **Account.objects.select_related("person").in_bulk(ids)}
    said = []
    for one in found:
        title = applications[one.task].name if one.task in applications else ""
        expert = experts[one.expert].person.short_name if one.expert in experts else ""
        said.append(str(CHANGES[one.code]) % {"title": title, "expert": expert})
    return said
