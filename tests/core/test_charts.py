"""Charts: bars from zero, percentages that add up, words for those who do not see them."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from fund.core import charts
from fund.core.covers import PALETTES, cover
from fund.core.icons import LOGO, STROKES, icon

PARTS = [charts.Part("Польза", Decimal(25), Decimal(30)), charts.Part("Команда", Decimal(7), Decimal(10))]


def parsed(html) -> ElementTree.Element:
    return ElementTree.fromstring(f"<all>{html}</all>")


def widths(html) -> list[str]:
    return [rect.get("width") for rect in parsed(html).iter("rect")]


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(92, 100, "92%"), (0, 10, "0%"), (12, 10, "100%"), (1, 3, "33.33%"), (1, 0, "0%")]
)
def test_bar_is_a_share_of_the_whole(part, whole, width):
    assert widths(charts.bar(part, whole)) == [width]


def test_bar_without_a_label_is_hidden_from_screen_readers():
    assert parsed(charts.bar(1, 2)).find("svg").get("aria-hidden") == "true"
    assert parsed(charts.bar(1, 2, "Половина")).find("svg").get("aria-label") == "Половина"


def test_quota_parts_stand_behind_one_another():
    rects = list(parsed(charts.quota([30, 50], 100, "x")).iter("rect"))

    assert [(r.get("x"), r.get("width")) for r in rects] == [(None, "30%"), ("30%", "50%")]


def test_quota_over_its_limit_is_marked_and_stays_in_its_box():
    html = charts.quota([80, 40], 100, "x")

    assert parsed(html).find("div").get("class") == "quota over"
    assert widths(html) == ["80%", "20%"]


def test_bars_print_every_value():
    html = charts.bars([("Среда", 4, "4 млн"), ("<Наследие>", 2, "2 млн")])

    assert [svg.get("width") for svg in parsed(html).iter("svg")] == ["68.0%", "34.0%"]
    assert "&lt;Наследие&gt;" in html


def test_bars_of_nothing():
    assert charts.bars([]) == '<ul class="bars"></ul>'
    assert "0.0%" in charts.bars([("Среда", 0, "0")])


def test_lines_name_each_series_at_its_end():
    html = charts.lines(["a", "b"], [("Подано", [12, 31]), ("Поддержано", [4, 9])], "Заявки")
    texts = [text.text for text in parsed(html).iter("text")]

    assert texts[:5] == ["0", "10", "20", "30", "40"]
    assert texts[-2:] == ["Подано 31", "Поддержано 9"]


@pytest.mark.parametrize("values", [[0, 0], [1], [0.2, 0.3], [1_000_000, 3]])
def test_lines_of_any_size(values):
    parsed(charts.lines(["x"] * len(values), [("s", values)], "l"))


def test_lines_hold_five_series():
    with pytest.raises(ValueError, match="5 series"):
        charts.lines(["x"], [("s", [1])] * 6, "l")


def test_strip_lists_its_values_in_words():
    svg = parsed(charts.strip([94, 58, 87], 40, 100, Decimal("79.7"), 20)).find("svg")

    assert svg.get("class") == "strip wide"
    assert len(list(svg.iter("circle"))) == 3
    assert "58 · 87 · 94" in svg.get("aria-label")


def test_strip_stacks_equal_marks():
    circles = list(parsed(charts.strip([4, 4, Decimal("4.5")], 0, 5)).iter("circle"))

    assert [(c.get("cx"), c.get("cy")) for c in circles] == [("136", "8.5"), ("136", "17.5"), ("152", "13")]


def test_strip_below_the_limit_is_calm():
    assert 'class="strip"' in charts.strip([80, 90], 0, 100, 85, 20)


def test_strip_of_nothing():
    assert "circle" not in charts.strip([None], 0, 100)


def test_adds_starts_each_bar_where_the_last_ended():
    html = charts.adds(PARTS, 100, threshold=60, passing=Decimal("72.7"))
    bars = [(r.get("x"), r.get("width")) for r in parsed(html).iter("rect") if r.get("class") in ("c1", "c2")]

    assert bars == [(None, "25%"), ("25%", "7%"), (None, "25%"), ("25%", "7%")]
    assert [t.text for t in parsed(html).iter("text")][::2] == ["60,0", "72,7"]


def test_adds_escapes_names():
    assert "&lt;b&gt;" in charts.adds([charts.Part("<b>", Decimal(1), Decimal(2))], 2)


@pytest.mark.parametrize("palette", [*PALETTES, "unknown"])
def test_cover_is_the_same_for_the_same_seed(palette):
    first = cover("living-yard", palette, 9, 3)
    cover.cache_clear()

    assert cover("living-yard", palette, 9, 3) == first
    assert cover("other", palette, 9, 3) != first
    assert parsed(first).find("svg").get("viewBox") == "0 0 360 120"
    assert len(first.encode()) < 4096


@pytest.mark.parametrize("name", sorted(STROKES))
def test_icons_are_hidden_pictures(name):
    assert parsed(icon(name)).find("svg").get("aria-hidden") == "true"


def test_logo_is_a_picture():
    parsed(LOGO)
