"""How sums, numbers, instants and texts are written, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fund.core.bilingual import Said
from fund.core.text import nested, within
from tests.core.pages import printed

NB = "\u00a0"
AT = datetime(2026, 10, 15, 16, 0, tzinfo=UTC)  # 18:00 in Kaliningrad
NOW = datetime(2026, 10, 6, 12, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        (Decimal("450000.00"), f"450{NB}000{NB}₽", "₽450,000"),
        (Decimal("1250000.50"), f"1{NB}250{NB}000,50{NB}₽", "₽1,250,000.50"),
        (Decimal("-39000"), f"−39{NB}000{NB}₽", "−₽39,000"),
        (0, f"0{NB}₽", "₽0"),
        (None, "", ""),
    ],
)
def test_money_filter(value, ru, en):
    assert printed("{{ value|money }}", "ru", value=value) == ru
    assert printed("{{ value|money }}", "en", value=value) == en


def test_amount_has_no_sign():
    assert printed("{{ value|amount }}", value=Decimal(412300)) == f"412{NB}300"


@pytest.mark.parametrize(
    ("value", "digits", "ru", "en"),
    [
        (Decimal("70.666"), 1, "70,7", "70.7"),
        (Decimal("0.25"), 1, "0,3", "0.3"),
        (Decimal("4.50"), "", "4,5", "4.5"),
        (Decimal(1240), "", f"1{NB}240", "1,240"),
        (Decimal("-2.5"), "", "−2,5", "−2.5"),
    ],
)
def test_num_writes_the_languages_decimal_mark(value, digits, ru, en):
    line = f"{{{{ value|num{f':{digits}' if digits != '' else ''} }}}}"

    assert printed(line, "ru", value=value) == ru
    assert printed(line, "en", value=value) == en


def test_percents_of_nothing_is_a_dash():
    assert printed("{% percents 96000 508300 %}", "ru") == f"19{NB}%"
    assert printed("{% percents 96000 508300 %}", "en") == "19%"
    assert printed("{% percents 1 0 %}") == "—"


def test_moment_is_in_the_readers_zone():
    assert printed("{{ at|moment:now }}", at=AT, now=NOW) == f"15{NB}октября, 18:00"
    assert printed("{{ at|moment:now }}", "en", at=AT, now=NOW) == f"15{NB}October, 18:00"
    assert printed("{{ at|moment:now }}", zone="Asia/Vladivostok", at=AT, now=NOW) == f"16{NB}октября, 02:00"


def test_day_says_another_year_only():
    assert printed("{{ at|day:now }}", at=date(2026, 3, 1), now=NOW) == f"1{NB}марта"
    assert printed("{{ at|day:now }}", at=date(2027, 3, 1), now=NOW) == f"1{NB}марта{NB}2027"


def test_a_deadline_names_its_zone():
    assert printed("{{ at|deadline:now }}", at=AT, now=NOW) == f"15{NB}октября, 18:00 по Калининграду (в{NB}Москве 19:00)"
    assert printed("{{ at|deadline:now }}", "en", at=AT, now=NOW) == f"15{NB}October, 18:00 Kaliningrad time"


@pytest.mark.parametrize("name", ["moment", "day", "clock", "deadline"])
def test_no_instant_prints_nothing(name):
    assert printed(f"{{{{ at|{name} }}}}", at=None) == ""


def test_when_carries_the_offset():
    line = printed("{% when at now %}", at=AT, now=NOW)

    assert line == f'<time datetime="2026-10-15T18:00:00+02:00">15{NB}октября, 18:00</time>'


@pytest.mark.parametrize(
    ("lang", "zone", "words"),
    [
        ("ru", "Europe/Kaliningrad", f"по Калининграду (в{NB}Москве 19:00)"),
        ("en", "Europe/Kaliningrad", "Kaliningrad time"),
        ("ru", "Europe/Moscow", "по Москве (18:00 по Калининграду)"),
        ("en", "Asia/Yekaterinburg", "Yekaterinburg time (18:00 Kaliningrad time)"),
        ("ru", "America/New_York", "UTC-04:00 (18:00 по Калининграду)"),
    ],
)
def test_zone_is_named(lang, zone, words):
    assert printed("{% zone at %}", lang, zone, at=AT) == words


def test_said_marks_a_foreign_text():
    assert printed("{{ text|said }}", "en", text=Said("Живой двор", "ru")) == '<span lang="ru">Живой двор</span>'
    assert printed("{{ text|said }}", "ru", text={"ru": "Живой двор", "en": "Living Yard"}) == "Живой двор"
    assert printed("{{ text|said }}", "en", text=Said("<b>", "ru")) == '<span lang="ru">&lt;b&gt;</span>'


def test_size_of_a_file():
    assert printed("{{ size|size }}", size=1_440_000) == f"1,4{NB}МБ"
    assert printed("{{ size|size }}", "en", size=900) == "1 KB"


def test_paragraphs_hold_no_markup():
    line = printed("{{ text|paragraphs }}", text="Один <b>\r\nдва\n\n\nтри")

    assert line == "<p>Один &lt;b&gt;<br>два</p><p>три</p>"


def test_rich_starts_below_the_pages_own_heading():
    assert printed("{{ text|rich }}", text="# Правила\n\n* раз") == "<h2>Правила</h2>\n<ul>\n<li>раз</li>\n</ul>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](http://elsewhere.example/pixel.png)",
        '<a href="#" style="x" onclick="y">z</a>',
        "[x](data:text/html;base64,xxx)",
    ],
)
def test_rich_lets_nothing_act(text):
    line = printed("{{ text|rich }}", text=text)

    assert not any(f"<{tag}" in line for tag in ("script", "img", "style"))
    assert 'href="javascript' not in line
    assert 'href="data' not in line
    assert not any(f"<a {attribute}" in line for attribute in ("onclick", "style"))


@pytest.mark.parametrize(
    ("text", "set_right"),
    [
        ("Проект «Остановка «Музыка»» поддержан", "Проект «Остановка „Музыка“» поддержан"),
        ("«Один» и «два»", "«Один» и «два»"),
        ("«А «б «в» г» д»", "«А „б „в“ г“ д»"),
        ("открыто « и снова «", "открыто « и снова «"),
        ("»задом наперёд«", "»задом наперёд«"),
        ("", ""),
    ],
)
def test_quotes_inside_quotes_are_the_inner_ones(text, set_right):
    assert nested(text) == set_right


def test_a_name_within_quotes_gives_its_own_away():
    assert within("Остановка «Музыка»") == "Остановка „Музыка“"
