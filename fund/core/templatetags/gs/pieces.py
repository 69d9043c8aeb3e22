"""Pieces of a page with a template of their own in templates/components: deadline, track, timeline, path, paging, empty."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from fund.core import moments

register = template.Library()


def days(n: int) -> str:
    return npgettext("countdown", "day", "days", n)


def hours(n: int) -> str:
    return npgettext("countdown", "hour", "hours", n)


def minutes(n: int) -> str:
    return npgettext("countdown", "minute", "minutes", n)


def unit(name: str, count: int, word) -> dict:
    """One figure of the countdown; `forms` are its words for one, few and many, for the script that re-renders it."""
    return {"name": name, "count": count, "word": word(count), "forms": "|".join(word(n) for n in (1, 2, 5))}


@register.inclusion_tag("components/deadline.html")
def deadline_panel(title, at, now, action_url="", action_label="", *, opens=None, until="", closed="", steps=None, css=""):
    """{% deadline_panel "Living Yard closes in" call.closes_at now apply_url "Apply" opens=call.opens_at steps=steps %}

    Five states by `opens`, `at`, `now`. `until`: the words before the date; `closed`: the title once it has passed.
    """
    state, left = moments.urgency(at, now, opens), moments.Left.until(opens if opens and now < opens else at, now)
    units = [unit("days", left.days, days), unit("hours", left.hours, hours), unit("minutes", left.minutes, minutes)]
    titles = {"soon": _("Applications open in"), "closed": closed or _("Applications closed")}
    return {
        "title": titles.get(state, title),
        "state": state,
        "units": [] if state == "closed" else units if left.days else units[1:],
        "left": left,
        "at": opens if state == "soon" else at,
        "until": {"soon": _("From"), "closed": _("Until")}.get(state, until or _("Until")),
        "action_url": action_url if state in ("open", "near", "last") else "",
        "action_label": action_label,
        "steps": steps,
        "css": css,
        "now": now,
    }


@register.inclusion_tag("components/track.html")
def track(steps):
    """{% track steps %}: (title, words, state) each; state "done", "now" or ""."""
    return {"steps": steps}


@register.inclusion_tag("components/timeline.html")
def timeline(steps):
    """{% timeline steps %}: (title, words, state) each; state "done", "now" or ""."""
    return {"steps": steps}


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def crumbs(context):
    """{% crumbs %}: the page's `crumbs` and its `title`; nothing where there is no parent."""
    path = [(label, url) for label, url in context.get("crumbs") or ()]
    if path and path[-1][1]:
        path.append((context.get("crumb") or context.get("title", ""), ""))
    return {"path": path}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context, page):
    """{% pages page %}: elided page numbers that keep the filters of the address."""
    request = context["request"]
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    query = request.GET.copy()

    def address(number) -> str:
        query["page"] = number
        return f"?{query.urlencode()}"

    links = [{"number": n, "url": address(n) if isinstance(n, int) else ""} for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/empty.html")
def empty(title, text="", action_url="", action_label=""):
    """{% empty "No applications yet" "Three calls are open." url "Choose a call" %}: state, possibility, one button."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}
