"""Reading the editor's pages as a browser does: what a form would send if nobody touched it."""

from lxml import html


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
