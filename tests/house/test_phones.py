"""On a phone a table of many columns becomes cards: what would stand beyond the edge of a narrow screen is read by nobody."""

import re

import pytest

from . import rooms

TEMPLATES = rooms.ROOT / "templates"
TABLE = re.compile(r"<table class=\"(?P<css>[^\"]*)\".*?</table>", re.S)
MOST = 3  # columns that fit 390 pixels side by side
# Letters are one column; the kit and the demo's page are for those who build and try the product.
PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if "notices" not in path.parts and path.name[:3] != "kit" and path.name != "demo.html"
]
FOLDING = {"folds", "roster"}


def tables():
    for path in PAGES:
        for found in TABLE.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(found[0], set(found["css"].split()), id=f"{path.relative_to(TEMPLATES)}:{found.start()}")


def columns(table: str) -> int:
    """Of the head; a column that a loop repeats may be many."""
    head = table.partition("</thead>")[0]
    return len(re.findall(r"<t[hd]\b", head)) + MOST * len(re.findall(r"{% for [^%]*%}(?:(?!{% endfor).)*<th", head, re.S))


@pytest.mark.parametrize(("table", "css"), list(tables()))
def test_a_table_of_many_columns_folds(table, css):
    assert columns(table) <= MOST or css & FOLDING


@pytest.mark.parametrize(("table", "css"), list(tables()))
def test_a_folded_cell_says_what_it_is(table, css):
    """All but the name of the row and its buttons."""
    if "folds" not in css:
        return
    body = "".join(re.findall(r"<tbody.*?</tbody>", table, re.S))
    for row in re.findall(r"<tr.*?</tr>", body, re.S):
        cells = re.findall(r"<t[dh]\b(?:{%.*?%}|[^>])*>", row)
        bare = [cell for cell in cells if "data-label" not in cell and "colspan" not in cell]
        assert len(bare) <= 2, bare
