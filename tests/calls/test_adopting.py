"""A sketch put in force: a call is made or changed by it, its address, numbers and curator checked against what there is."""

import pytest

from fund.core.errors import Refused
from grants.calls.actions import adopt_sketch, begin_sketch, edit_regulation
from grants.calls.models import Sketch
from tests.factories.calls import make_draft_call
from tests.factories.people import make_account

from .pages import AHEAD, NOW, errors, save, write

pytestmark = pytest.mark.django_db


def test_adopt_makes_a_call_and_the_sketch_is_gone(officer):
    like = edit_regulation(make_draft_call(officer, now=NOW, **AHEAD), by=officer, now=NOW)
    sketch = begin_sketch(title={"ru": "Тихий двор", "en": ""}, by=officer, now=NOW)
    sketch.data = {**like.data, "curator": str(officer.pk)}
    sketch.data["call"] = {**sketch.data["call"], "key": "quiet-yard", "number_prefix": "ТД"}
    sketch.save()

    call = adopt_sketch(sketch, by=officer, now=NOW)

    assert (call.slug, call.state, call.version.number, call.curator) == ("quiet-yard", "draft", 1, officer)
    assert Sketch.objects.filter(pk=sketch.pk).count() == 0


def test_adopt_refuses_what_is_not_whole_and_changes_nothing(officer, sketch):
    write(sketch, money={})

    with pytest.raises(Refused) as refused:
        adopt_sketch(sketch, by=officer, now=NOW)

    assert refused.value.code == "faulty"
    assert sketch.call.versions.count() == 1


def test_what_another_call_has_is_said_at_each_field_at_once(desk, officer, sketch):
    other = make_draft_call(officer, now=NOW, **AHEAD)
    new = begin_sketch(title={"ru": "Тихий двор", "en": ""}, by=officer, now=NOW)
    write(new, **{**sketch.data, "call": {**sketch.data["call"], "title": {"ru": "", "en": ""}, "programme": ""}})

    response = save(desk, new, "passport", **{"call-key": other.slug, "call-number_prefix": other.regulation.call.number_prefix})

    assert (response.status_code, sorted(errors(response))) == (
        422,
        ["call-key", "call-number_prefix", "call-programme", "call-title-ru"],
    )
    assert other.title in errors(response)["call-key"][0]


def test_a_call_keeps_its_address_and_says_so_at_the_field(desk, sketch):
    response = save(desk, sketch, "passport", **{"call-key": "another-yard"})

    assert (response.status_code, list(errors(response))) == (422, ["call-key"])
    assert sketch.call.slug in errors(response)["call-key"][0]


@pytest.mark.parametrize(("opens", "taken"), [("", []), ("скоро", []), ("2050-05-05T10:00", []), (None, ["call-number_prefix"])])
def test_numbers_are_taken_only_in_the_year_in_which_both_open(desk, officer, sketch, opens, taken):
    new = begin_sketch(title={"ru": "Тихий двор", "en": ""}, by=officer, now=NOW)
    timeline = sketch.data["timeline"] if opens is None else {**sketch.data["timeline"], "opens": opens}
    write(new, **{**sketch.data, "timeline": timeline, "call": {**sketch.data["call"], "key": "quiet-yard"}})

    response = save(desk, new, "passport", **{"call-number_prefix": sketch.call.regulation.call.number_prefix})

    assert (response.status_code, list(errors(response) if response.context else ())) == (422 if taken else 302, taken)


@pytest.mark.parametrize(("part", "value"), [("key", "another-yard"), ("number_prefix", "")])
def test_adopt_keeps_a_calls_address(officer, sketch, part, value):
    write(sketch, call={**sketch.data["call"], part: value})

    with pytest.raises(Refused):
        adopt_sketch(sketch, by=officer, now=NOW)


def test_adopt_refuses_numbers_of_another_call(officer, sketch):
    other = make_draft_call(officer, now=NOW, **AHEAD)
    write(sketch, call={**sketch.data["call"], "number_prefix": other.regulation.call.number_prefix})

    with pytest.raises(Refused) as refused:
        adopt_sketch(sketch, by=officer, now=NOW)

    assert other.title in str(refused.value)


def test_adopt_gives_the_call_another_curator(officer, sketch):
    other = make_account("Вера", "Туманова", roles=["officer"])
    write(sketch, curator=str(other.pk))

    call = adopt_sketch(sketch, by=officer, now=NOW)

    assert (call.curator, call.versions.count()) == (other, 1)


@pytest.mark.parametrize("curator", ["", "x", "999999", "стр"])
def test_adopt_refuses_a_curator_who_is_no_officer(officer, sketch, curator):
    write(sketch, curator=curator)

    with pytest.raises(Refused) as refused:
        adopt_sketch(sketch, by=officer, now=NOW)

    assert refused.value.field == "curator"
