"""Pills, deadlines, meters, notes and the pieces with templates."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from tests.core.pages import printed

NB = "\u00a0"
NOW = datetime(2026, 10, 6, 12, 32, tzinfo=UTC)
CLOSES = datetime(2026, 10, 15, 16, 0, tzinfo=UTC)


def test_pill_escapes_its_label():
    assert printed('{% pill label "warn" %}', label="<b>") == '<span class="pill amber">&lt;b&gt;</span>'
    assert printed('{% pill "Draft" %}') == '<span class="pill">Draft</span>'


@pytest.mark.parametrize(
    ("left", "css", "ru", "en"),
    [
        (timedelta(days=24, hours=3), "pill ok", f"Осталось 24{NB}дня", "24 days left"),
        (timedelta(days=10, seconds=1), "pill ok", f"Осталось 10{NB}дней", "10 days left"),
        (timedelta(days=10), "pill amber", f"Осталось 10{NB}дней", "10 days left"),
        (timedelta(days=1, seconds=1), "pill amber", f"Остался 1{NB}день", "1 day left"),
        (timedelta(hours=3), "pill danger", "Сегодня до 17:32", "Today until 17:32"),
        (timedelta(hours=24), "pill danger", "Завтра до 14:32", "Tomorrow until 14:32"),
        (timedelta(0), "pill", "Приём закрыт", "Applications closed"),
    ],
)
def test_deadline_pill_by_what_is_left(left, css, ru, en):
    line = "{% deadline_pill at now %}"

    assert f'<span class="{css}">{ru}</span>' in printed(line, "ru", at=NOW + left, now=NOW)
    assert f'<span class="{css}">{en}</span>' in printed(line, "en", at=NOW + left, now=NOW)


def test_deadline_pill_before_the_opening():
    line = printed("{% deadline_pill at now opens=opens %}", at=CLOSES, now=NOW, opens=NOW + timedelta(days=2))

    assert f'<span class="pill">Откроется 8{NB}октября</span>' in line


def panel(at=CLOSES, now=NOW, **context):
    return printed('{% deadline_panel title at now "/go/" "Apply" opens=opens %}', at=at, now=now, title="Осталось", **context)


def test_deadline_panel_counts_with_plurals():
    html = panel()

    assert 'data-left="790080"' in html
    assert '<b data-unit="days" data-forms="день|дня|дней">9</b> <span>дней</span>' in html
    assert '<b data-unit="hours" data-forms="час|часа|часов">3</b> <span>часа</span>' in html
    assert '<b data-unit="minutes" data-forms="минута|минуты|минут">28</b> <span>минут</span>' in html
    assert f"по Калининграду (в{NB}Москве 19:00)" in html
    assert 'href="/go/"' in html


def test_deadline_panel_of_the_last_day_has_no_days():
    html = panel(now=CLOSES - timedelta(hours=2))

    assert 'class="deadline last"' in html
    assert 'data-unit="days"' not in html


def test_deadline_panel_when_closed_has_no_button():
    html = panel(now=CLOSES)

    assert "Приём закрыт" in html
    assert "<a" not in html
    assert "data-left" not in html


def test_deadline_panel_before_the_opening_counts_to_it():
    html = panel(opens=NOW + timedelta(days=1))

    assert "Приём откроется через" in html
    assert 'data-left="86400"' in html
    assert "<a" not in html


@pytest.mark.parametrize(("taken", "css"), [(19, "meter"), (20, "meter tight"), (25, "meter full")])
def test_meter_warns_from_four_fifths(taken, css):
    assert printed('{% meter taken 25 "words" %}', taken=taken).startswith(f'<span class="{css}"><span>words</span>')


def test_note_wraps_bare_text():
    line = printed('{% note "warn" %}{{ text }}{% endnote %}', text="<b>")

    assert line.startswith('<div class="note amber"><svg')
    assert line.endswith("<div><p>&lt;b&gt;</p></div></div>")


def test_note_keeps_paragraphs():
    assert printed('{% note "ok" %}<p>a</p><p>b</p>{% endnote %}').endswith("<div><p>a</p><p>b</p></div></div>")


def test_track_marks_the_present_step():
    line = printed("{% track steps %}", steps=[("Приём", "до 15 окт.", "now"), ("Итоги", "", "")])

    assert '<li class="now" aria-current="step"><b>Приём</b>до 15 окт.</li>' in line


def test_crumbs_add_the_page_itself():
    line = printed("{% crumbs %}", crumbs=[("Мои заявки", "/ru/desk/")], title="Остановка")

    assert '<a href="/ru/desk/">Мои заявки</a>' in line
    assert '<li aria-current="page">Остановка</li>' in line


def test_no_crumbs_without_a_parent():
    assert printed("{% crumbs %}", title="Главная") == ""


def test_pages_keep_the_filters():
    request = RequestFactory().get("/x/?state=open&page=7")
    line = printed("{% pages page %}", request=request, page=Paginator(range(600), 30).page(7))

    assert '<a href="?state=open&amp;page=6" rel="prev">' in line
    assert '<span aria-current="page"><span class="vh">Страница </span>7</span>' in line
    assert "<span>…</span>" in line


def test_one_page_needs_no_pages():
    assert printed("{% pages page %}", request=RequestFactory().get("/"), page=Paginator([1], 30).page(1)) == ""
