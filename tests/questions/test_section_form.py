"""The form of a section: what stands on the page, what is taken from it, what is said of it."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from fund.questions.forms import SectionForm
from fund.questions.schema import QuestionSet
from tests.factories.questions import ask, make_section, make_set

SECTION = make_section(
    ask("title", max_length=80),
    ask("kind", "choice"),
    ask("why", "long_text", when={"question": "kind", "any_of": ["yes"]}),
    ask("who", "several", required=False),
    ask("plan", "table", most=3, required=False),
)
FORM = make_set(SECTION)


def post(text: str, filled=None, form: QuestionSet = FORM, **more) -> SectionForm:
    return SectionForm(form, form.sections[0], filled or {}, QueryDict(text), {}, **more)


def rows(form: SectionForm) -> list:
    return form["q_plan"].field.widget.get_context("q_plan", form["q_plan"].value(), {"id": "id_q_plan"})["widget"]["rows"]


def test_a_question_whose_condition_does_not_hold_stands_hidden():
    form = SectionForm(FORM, SECTION, {"kind": "no"})

    hidden = {one.question.key: one.is_hidden for one in form.asked()}
    assert hidden == {"title": False, "kind": False, "why": True, "who": False, "plan": False}


def test_a_question_that_hangs_on_another_page_is_left_out():
    two = make_set(
        make_section(ask("kind", "choice")),
        make_section(ask("why", when={"question": "kind", "any_of": ["yes"]}), ask("b"), key="two"),
    )

    assert [one.question.key for one in SectionForm(two, two.sections[1], {"kind": "no"}).asked()] == ["b"]
    assert [one.question.key for one in SectionForm(two, two.sections[1], {"kind": "yes"}).asked()] == ["why", "b"]


def test_what_is_empty_or_wrong_can_be_kept():
    form = post("asked=title kind who&q_title=&q_kind=perhaps")

    assert form.is_valid()
    assert form.typed == {"title": "", "kind": "perhaps", "who": []}


def test_what_the_page_did_not_ask_is_left_alone():
    form = post("asked=title&q_title=Двор&q_kind=yes")

    assert form.is_valid()
    assert form.typed == {"title": "Двор"}


def test_only_the_marked_questions_are_open_in_a_correction():
    form = post("asked=title kind&q_title=Двор&q_kind=yes", only={"kind"})

    assert form.is_valid()
    assert form.typed == {"kind": "yes"}


@pytest.mark.parametrize("text", ["a%00b", "%ED%A0%80", "ы" * 40_001])
def test_what_cannot_be_stored_is_said_at_its_question(text):
    data = QueryDict(mutable=True)
    data.update({"asked": "title", "q_title": "\ud800" if text.startswith("%ED") else text.replace("%00", "\x00")})
    form = SectionForm(FORM, SECTION, {}, data, {})

    assert not form.is_valid()
    assert list(form.errors) == ["q_title"]


@pytest.mark.parametrize("posted", ["", "x", "9" * 30, "-1", "1.5"])
def test_a_broken_version_is_the_stored_one(posted):
    assert post(f"version={posted}", version=4).version == 4


def test_check_says_what_is_missing_at_its_field():
    form = post("asked=title kind why&q_kind=yes&q_title=Двор")
    form.is_valid()

    assert not form.check({"title": "Двор", "kind": "yes"})
    assert list(form.errors) == ["q_why"]


def test_check_asks_nothing_of_hidden_questions():
    form = post("asked=title kind why&q_kind=no&q_title=Двор")
    form.is_valid()

    assert form.check({"title": "Двор", "kind": "no"})


def test_rows_are_taken_in_order_and_blank_ones_dropped():
    form = post(
        "asked=plan&q_plan-0-step=раз&q_plan-0-days=&q_plan-1-step= &q_plan-7-step=два&q_plan-x-step=нет&q_plan-9999-step=нет"
    )

    assert form.is_valid()
    assert form.typed == {"plan": [{"step": "раз", "days": ""}, {"step": "два", "days": ""}]}


def test_add_draws_one_more_blank_row_ready_to_type_in():
    fresh = SectionForm(FORM, SECTION, {"plan": [{"step": "раз"}]})
    fresh.follow(QueryDict("add=q_plan&q_plan-0-step=раз&q_plan-1-step="))

    drawn = rows(fresh)
    assert [[cell["value"] for cell in row["cells"]] for row in drawn] == [["раз", ""], ["", ""], ["", ""]]
    assert [row["is_new"] for row in drawn] == [False, False, True]


def test_add_stops_at_the_most():
    fresh = SectionForm(FORM, SECTION, {"plan": [{"step": "1"}, {"step": "2"}, {"step": "3"}]})
    fresh.follow(QueryDict("add=q_plan&q_plan-0-step=1&q_plan-1-step=2&q_plan-2-step=3"))

    assert len(rows(fresh)) == 3


def test_drop_takes_the_row_away_and_keeps_a_way_back():
    sent = "asked=plan&q_plan-0-step=раз&q_plan-1-step=два&q_plan-1-days=2&drop=q_plan-1"
    form = post(sent)
    assert form.is_valid()
    assert form.typed == {"plan": [{"step": "раз", "days": ""}]}

    fresh = SectionForm(FORM, SECTION, form.typed)
    fresh.follow(form.data)
    gone = fresh.fields["q_plan"].widget.get_context("q_plan", form.typed["plan"], {})["widget"]["gone"]
    back = "&".join(f"{cell['name']}={cell['value']}" for cell in gone["cells"])

    again = post(f"asked=plan&q_plan-0-step=раз&{back}&restore=q_plan-{gone['place']}")
    assert again.is_valid()
    assert again.typed == {"plan": [{"step": "раз", "days": ""}, {"step": "два", "days": "2"}]}


def test_drop_of_another_table_or_of_nothing_changes_no_row():
    for pressed in ("q_other-0", "q_plan-5", "q_plan-", "0", "q_plan-99999"):
        form = post(f"asked=plan&q_plan-0-step=раз&drop={pressed}")
        assert form.is_valid()
        assert form.typed == {"plan": [{"step": "раз", "days": ""}]}


def test_pressing_enter_removes_nothing():
    html = render_to_string("questions/form.html", {"form": SectionForm(FORM, SECTION, {}), "draft": "x"})

    assert html.index('name="go"') < html.index('name="drop"')


def test_a_day_that_no_calendar_shows_is_shown_as_typed():
    form = make_set(make_section(ask("day", "date")))

    assert 'type="text" name="q_day" value="весной"' in str(SectionForm(form, form.sections[0], {"day": "весной"})["q_day"])
    assert 'type="date" name="q_day" value="2026-10-15"' in str(
        SectionForm(form, form.sections[0], {"day": "15.10.2026"})["q_day"]
    )
