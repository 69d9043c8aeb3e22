"""The blocks of a paper as things that flow down its pages."""

from collections.abc import Callable, Iterator

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from .type import LINE, SOFT, styles, words

LONG = 700  # signs: a cell longer than this may be parted by the end of a page


def flow(text: dict, language: str, width: float) -> Iterator[Flowable]:
    """Everything under the title; signatures bring along what is said right before them, so that no page holds them alone."""
    blocks, style = text["blocks"], styles(language)
    end = _end(blocks)
    for block in blocks[:end]:
        yield from DRAW[block["is"]](block, style, width)
    kept = [part for block in blocks[end:] for part in DRAW[block["is"]](block, style, width)]
    if kept:
        yield KeepTogether([part for part in kept if not isinstance(part, CondPageBreak)])


def _end(blocks: list[dict]) -> int:
    """Where what stays together at the end begins: the signatures, what is said right before them, its heading."""
    at = len(blocks)
    for kinds in (("signatures",), ("facts", "text"), ("heading",)):
        if not at or blocks[at - 1]["is"] not in kinds:
            break
        at -= 1
    return at


def _heading(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    # A heading goes to the next page rather than stand last on this one; a long table under it may still begin here.
    yield CondPageBreak(35 * mm)
    yield words(block["text"], style["heading"])


def _text(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    for line in block["lines"]:
        yield words(line, style["text"])


def _answer(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    yield words(block["label"], style["question"])
    for line in block["lines"]:
        yield words(line, style["text"])


def _facts(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    rows = [[words(label, style["label"]), words(value, style["value"])] for label, value in block["rows"]]
    if rows:
        yield _grid(rows, [46 * mm, width - 46 * mm], longest(block["rows"]), [("LINEBELOW", (0, 0), (-1, -2), 0.4, LINE)])
        yield Spacer(0, 6)


def _items(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    for row in block["rows"]:
        yield words(row, style["item"], bulletText="–")


def _clauses(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    for number, row in block["rows"]:
        yield words(row, style["clause"], bulletText=number)


def _table(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    right = set(block["right"])

    def cells(row: list, name: str, figure: str) -> list:
        return [words(cell, style[figure if place in right else name]) for place, cell in enumerate(row)]

    rows = [cells(block["head"], "head", "head-figure"), *(cells(row, "cell", "figure") for row in block["rows"])]
    looks: list[tuple] = [("LINEBELOW", (0, 0), (-1, 0), 0.9, SOFT), ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE)]
    if block["total"]:
        rows.append(cells(block["total"], "total", "total-figure"))
        looks += [("LINEABOVE", (0, -1), (-1, -1), 0.9, SOFT), ("LINEBELOW", (0, -1), (-1, -1), 0, LINE)]
    shares = [width * share / sum(block["widths"]) for share in block["widths"]]
    yield _grid(rows, shares, longest(block["rows"]), looks, repeat=1)
    yield Spacer(0, 8)


def _grid(rows: list, widths: list, most: int, looks: list[tuple], repeat: int = 0) -> Table:
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        *looks,
    ]
    return Table(rows, colWidths=widths, repeatRows=repeat, splitInRow=int(most > LONG), hAlign="LEFT", style=TableStyle(looks))


def longest(rows: list[list[str]]) -> int:
    return max((len(cell) for row in rows for cell in row), default=0)


def _signatures(block: dict, style: dict, width: float) -> Iterator[Flowable]:
    """A line to sign on for each, three quarters of the width; `flow` keeps them together."""
    rows = [[words(role, style["value"]), "", words(name, style["value"])] for role, name in block["rows"]]
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("LEFTPADDING", (2, 0), (2, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 16),
    ]
    looks += [("LINEBELOW", (1, row), (1, row), 0.6, SOFT) for row in range(len(rows))]
    grid = Table(rows, colWidths=[width * 0.38, width * 0.26, width * 0.36], hAlign="LEFT", style=TableStyle(looks))
    yield Spacer(0, 10)
    yield grid


DRAW: dict[str, Callable[[dict, dict, float], Iterator[Flowable]]] = {
    "heading": _heading,
    "text": _text,
    "answer": _answer,
    "facts": _facts,
    "items": _items,
    "clauses": _clauses,
    "table": _table,
    "signatures": _signatures,
}
