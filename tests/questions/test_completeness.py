"""How far a form is filled, section by section."""

from fund.questions.completeness import progress
from fund.questions.digest import difference, digest
from tests.factories.questions import ask, make_section, make_set

FORM = make_set(
    make_section(ask("title"), ask("kind", "choice")),
    make_section(ask("where", when={"question": "kind", "any_of": ["yes"]}), key="place"),
    make_section(ask("site", "link", required=False), key="links"),
)


def states(answers, postponed=()):
    return {one.key: one.state for one in progress(FORM, answers, postponed)}


def test_a_section_in_which_nothing_is_asked_is_left_out():
    assert states({}) == {"about": "not_started", "links": "not_started"}
    assert states({"kind": "yes"}) == {"about": "in_progress", "place": "not_started", "links": "not_started"}


def test_a_section_is_complete_when_nothing_is_missing_or_wrong():
    assert states({"title": "Двор", "kind": "no"})["about"] == "complete"
    assert states({"title": "Двор", "kind": "perhaps"})["about"] == "in_progress"


def test_an_optional_section_keeps_nothing_from_being_sent():
    links = next(one for one in progress(FORM, {}) if one.key == "links")

    assert (links.state, links.faults) == ("not_started", ())


def test_people_may_want_to_come_back():
    about = next(one for one in progress(FORM, {"title": "Двор", "kind": "no"}, ["about"]) if one.key == "about")

    assert (about.state, about.faults) == ("in_progress", ())


def test_faults_name_their_questions_in_order():
    about = progress(FORM, {})[0]

    assert [key for key, _said in about.faults] == ["title", "kind"]


def test_digest_knows_the_contents_and_not_the_order():
    assert digest({"a": 1, "б": ["x"]}) == digest({"б": ["x"], "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
    assert len(digest({})) == 64


def test_difference_names_what_changed():
    assert difference({"a": "1", "b": "2", "d": ""}, {"b": "3", "c": "4"}) == {
        "a": ("1", None),
        "b": ("2", "3"),
        "c": (None, "4"),
    }
