"""The editor as a browser uses it: what a form would send if nobody touched it, a page saved with some fields changed."""

from datetime import timedelta

from django.utils import timezone
from lxml import html

NOW = timezone.now().replace(microsecond=0)
AHEAD = {"opens": NOW + timedelta(days=1), "closes": NOW + timedelta(days=9)}


def sent(text: str) -> dict[str, list[str]]:
    """The names and values of the page's own form; buttons are left out."""
    found: dict[str, list[str]] = {}
    form = html.fromstring(text).xpath("//form[contains(@class, 'sketch')]")[0]
    for field in form.xpath(".//input | .//textarea | .//select"):
        name, kind = field.get("name"), field.get("type", "")
        if not name or (kind in ("checkbox", "radio") and field.get("checked") is None):
            continue
        if field.tag == "select":
            values = [one.get("value") for one in field.xpath(".//option[@selected]")] or [
                field.xpath(".//option")[0].get("value")
            ]
        elif field.tag == "textarea":
            # A browser swallows the first line end of the markup, and sends its own.
            values = [(field.text or "").removeprefix("\n").replace("\n", "\r\n")]
        else:
            values = [field.get("value", "on" if kind == "checkbox" else "")]
        found.setdefault(name, []).extend(values)
    return found


def errors(response) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def write(sketch, **data) -> None:
    """As if somebody had written this in the editor."""
    sketch.data, sketch.saved_at = {**sketch.data, **data}, NOW
    sketch.save()


def address(sketch, page: str) -> str:
    return f"/ru/desk/regulations/{sketch.uid}/write/{page}/"


def save(desk, sketch, page: str, **changed):
    """The page as a browser sends it, with some fields changed; `go=None` leaves the button out."""
    data = sent(desk.get(address(sketch, page)).text)
    data.update({name.replace("__", "-"): value for name, value in changed.items()})
    return desk.post(address(sketch, page), data)
