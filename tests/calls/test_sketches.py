"""The editor: what is typed is kept, what is wrong is said at its field, two officers overwrite nobody, only what is whole is put in force."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from fund.core.errors import Conflict, Refused
from grants.calls.actions import (
    adopt_sketch,
    announce_call,
    begin_sketch,
    drop_sketch,
    edit_regulation,
    import_call,
    open_call,
    reschedule_call,
    save_sketch,
)
from grants.calls.models import Call, Sketch
from grants.calls.sketching import Act, page_at
from tests.factories.calls import make_call, make_draft_call, make_regulation
from tests.factories.people import make_account

from .pages import AHEAD, NOW, address, errors, save, sent, write

pytestmark = pytest.mark.django_db


def local(at: datetime) -> str:
    return timezone.localtime(at, timezone.zoneinfo.ZoneInfo("Europe/Kaliningrad")).strftime("%Y-%m-%dT%H:%M")


def test_begin_from_nothing_is_a_sketch_and_no_call(desk):
    token = desk.get("/ru/desk/new-call/").context["form"]["once"].value()
    for _ in range(2):
        desk.post("/ru/desk/new-call/", {"title_ru": "Тихий двор", "title_en": "", "source": "", "once": token})

    assert (Sketch.objects.count(), Call.objects.count()) == (1, 0)
    assert Sketch.objects.get().title == "Тихий двор"


def test_begin_from_a_past_call_leaves_its_name_address_and_dates(officer):
    past = make_call(officer, now=NOW, state="judging")

    sketch = begin_sketch(title={"ru": "Двор снова", "en": ""}, source=past, by=officer, now=NOW)

    assert (sketch.data["call"]["key"], set(sketch.data["timeline"])) == (
        "",
        {"zone"} | {"grace_minutes"} & set(sketch.data["timeline"]),
    )
    assert [one["key"] for one in sketch.data["rules"]["criteria"]] == ["use", "plan"]


@pytest.mark.parametrize(
    ("page", "changed", "field"),
    [
        ("criteria", {"rules__criteria__0__weight": "-1"}, "rules-criteria-0-weight"),
        ("criteria", {"rules__criteria__0__weight": "0", "rules__criteria__1__weight": "0"}, "rules-criteria-0-weight"),
        ("criteria", {"rules__criteria__0__scale__step": "0,3"}, "rules-criteria-0-scale-step"),
        ("criteria", {"rules__criteria__0__weight": "много"}, "rules-criteria-0-weight"),
        ("timeline", {"timeline__closes": local(NOW - timedelta(days=2)), "timeline__opens": local(NOW - timedelta(days=4))}, "timeline-closes"),
        ("timeline", {"timeline__closes": local(NOW)}, "timeline-closes"),
        ("timeline", {"timeline__judged_by": ""}, "timeline-judged_by"),
        ("timeline", {"timeline__zone": "Europe/Gusev"}, "timeline-zone"),
        ("money", {"costs__most": "2 000 000"}, "costs-most"),
        ("money", {"money__envelope": ""}, "money-envelope"),
        ("passport", {"call__key": "Тихий двор"}, "call-key"),
        ("passport", {"call__title-ru": ""}, "call-title-ru"),
        ("passport", {"call__programme": ""}, "call-programme"),
        ("review", {"review__experts": "0"}, "review-experts"),
        ("scoring", {"rules__thresholds__total": "900"}, "rules-thresholds-total"),
        ("questions/0/0", {"questions__sections__0__questions__0__max_length": "0"}, "questions-sections-0-questions-0-max_length"),
        ("examples/0", {"rules__examples__0__applications__0__is__sheets__0__is__use": "7"}, "rules-examples-0-applications-0-is-sheets-0-is-use"),
        ("examples/0", {"rules__examples__0__applications__0__is__expect__total": "17"}, "rules-examples-0-applications-0-is-expect-total"),
    ],
)  # fmt: skip
def test_a_slip_is_kept_and_said_at_its_field(desk, sketch, page, changed, field):
    changed = {name.replace("__", "-"): value for name, value in changed.items()}
    response = save(desk, sketch, page, **changed)

    sketch.refresh_from_db()
    assert (response.status_code, list(errors(response))) == (422, [field])
    assert sketch.saved_at is not None


def test_a_gap_between_bands_is_said_at_the_band(desk, officer):
    text = make_regulation(NOW, **AHEAD).replace(
        "scale: {max: 5}, weight: 2, na_allowed: true}",
        "automatic: {of: months, range: {min: 1, max: 12}, bands: [{from: 1, to: 6, value: 5}, {from: 6, to: 12, value: 1}]}}",
    )
    text = (
        text.replace("one: {use: 4, plan: 3}", "one: {use: 4}")
        .replace("          amount: 100000", "          amount: 100000\n          values: {months: 3}")
        .replace("total: 18.0", "total: 17")
    )
    call = import_call(file="yard.yaml", text=text.replace("weight: 3", "weight: 3"), by=officer, now=NOW)
    sketch = edit_regulation(call, by=officer, now=NOW)

    response = save(desk, sketch, "criteria/1", **{"rules-criteria-1-automatic-bands-1-from": "7"})

    assert list(errors(response)) == ["rules-criteria-1-automatic-bands-1-from"]


def test_rows_are_added_moved_taken_away_and_put_back(desk, sketch):
    root = address(sketch, "criteria")

    def keys():
        sketch.refresh_from_db()
        return [one["key"] for one in sketch.data["rules"]["criteria"]]

    def press(act):
        desk.post(root, {**sent(desk.get(root).text), "act": act})
        return keys()

    assert press("add:rules-criteria:levels") == ["use", "plan", "criterion_1"]
    assert press("up:rules-criteria-2") == ["use", "criterion_1", "plan"]
    assert press("drop:rules-criteria-0") == ["criterion_1", "plan"]
    assert press("restore:rules-criteria") == ["use", "criterion_1", "plan"]
    assert sketch.data["rules"]["criteria"][0]["anchors"] != []


def test_a_saving_that_makes_more_fields_stand_shows_the_page_again(desk, sketch):
    page = "questions/0/0"
    write(sketch, questions=asking_for_a_choice(sketch.data["questions"]))

    response = save(desk, sketch, page, **{f"{CHOICES}-2-label-ru": "Третье", f"{CHOICES}-2-key": "third"})

    assert (response.status_code, response.headers["Location"]) == (302, address(sketch, page))
    assert "Третье" in desk.get(address(sketch, page)).text


CHOICES = "questions-sections-0-questions-0-choices"


def asking_for_a_choice(questions: dict) -> dict:
    """The questions with a choice of two as the first of all."""
    first, *others = questions["sections"]
    choices = [{"key": key, "label": {"ru": key, "en": key}} for key in ("first", "second")]
    asked = {"type": "choice", "key": "which", "label": {"ru": "Какое?", "en": "Which?"}, "choices": choices}
    return {**questions, "sections": [{**first, "questions": [asked, *first["questions"]]}, *others]}


@pytest.mark.parametrize("act", ["drop:rules-criteria-99", "up:rules-criteria-0", "add:call", "add:rules-criteria:nothing", "restore:x", "drop:", "?"])  # fmt: skip
def test_a_button_that_fits_nothing_changes_nothing(desk, sketch, act):
    before = sketch.data

    response = desk.post(address(sketch, "criteria"), {**sent(desk.get(address(sketch, "criteria")).text), "act": act})

    sketch.refresh_from_db()
    assert (response.status_code, sketch.data["rules"]["criteria"]) == (302, before["rules"]["criteria"])


def test_typing_and_pressing_a_button_keeps_what_was_typed(desk, sketch):
    page = address(sketch, "criteria")

    desk.post(page, {**sent(desk.get(page).text), "rules-criteria-0-weight": "7,5", "act": "down:rules-criteria-0"})

    sketch.refresh_from_db()
    assert [(one["key"], one.get("weight")) for one in sketch.data["rules"]["criteria"]] == [("plan", "2"), ("use", "7.5")]


def test_the_second_of_two_officers_is_told_and_keeps_both(desk, officer, sketch, signed_in):
    other = make_account("Вера", "Туманова", roles=["officer"])
    mine = sent(desk.get(address(sketch, "money")).text)
    save(signed_in(other), sketch, "money", **{"money-envelope": "3 000 000"})

    response = desk.post(address(sketch, "money"), {**mine, "money-envelope": "2 500 000"})

    sketch.refresh_from_db()
    assert (response.status_code, sketch.data["money"]["envelope"]) == (409, "3000000")
    assert "Туманова" in response.text
    assert sent(response.text)["money-envelope"] == ["2\u00a0500\u00a0000"]
    again = desk.post(address(sketch, "money"), {**sent(response.text)})
    sketch.refresh_from_db()
    assert (again.status_code, sketch.data["money"]["envelope"]) == (302, "2500000")


def test_two_officers_on_two_pages_do_not_meet(officer, sketch):
    data = sketch.data
    pages = [page_at(path, data) for path in ("money", "criteria")]
    tokens = [page.token(data) for page in pages]

    save_sketch(sketch, page=pages[0], given={"money-envelope": "3000000"}, token=tokens[0], by=officer, now=NOW)
    save_sketch(sketch, page=pages[1], given={"rules-criteria-0-was": "use", "rules-criteria-0-weight": "9"}, token=tokens[1], by=officer, now=NOW)  # fmt: skip

    assert (sketch.data["money"]["envelope"], sketch.data["rules"]["criteria"][0]["weight"]) == ("3000000", "9")


def test_a_window_that_saved_last_saves_again_until_rows_move(officer, sketch):
    page = page_at("questions/0/0", sketch.data)
    how = {"page": page, "token": page.token(sketch.data), "by": officer, "now": NOW, "tab": "window-one"}
    name = "questions-sections-0-questions-0-label-ru"
    for text in ("Что?", "Что изменится?"):
        save_sketch(sketch, given={name: text}, **how)
    above = page_at("questions/0", sketch.data)
    save_sketch(sketch, page=above, given={}, token=above.token(sketch.data), act=Act("down", "questions-sections-0-questions-0"), by=officer, now=NOW)  # fmt: skip

    with pytest.raises(Conflict):
        save_sketch(sketch, given={name: "Поздно"}, **how)


@pytest.mark.parametrize(
    "other_way",
    [
        lambda call, by: announce_call(call, by=by, now=NOW),
        lambda call, by: open_call(call, by=by, now=NOW),
        lambda call, by: reschedule_call(call, dates={"closes": NOW + timedelta(days=8)}, by=by, now=NOW),
    ],
)
def test_what_the_editor_holds_stands_before_other_changes(officer, sketch, other_way):
    call = sketch.call
    write(sketch, money={"envelope": "3000000"})

    with pytest.raises(Refused) as refused:
        other_way(call, officer)

    assert refused.value.code == "sketched"
    drop_sketch(sketch, by=officer, now=NOW)
    other_way(call, officer)


def test_an_untouched_sketch_stands_in_nobodys_way(officer, sketch):
    announce_call(sketch.call, by=officer, now=NOW)

    assert sketch.call.state == "announced"


def test_the_clock_opens_an_announced_call_whatever_the_editor_holds(officer, sketch, desk):
    call = sketch.call
    announce_call(call, by=officer, now=NOW)
    write(sketch, money={"envelope": "3000000"})

    open_call(call, by=None, now=call.opens_at)

    assert (call.state, desk.get(f"/ru/desk/regulations/{sketch.uid}/").status_code) == ("open", 404)


def test_a_sketch_that_says_nothing_new_follows_the_regulation(officer, sketch):
    closes = (NOW + timedelta(days=8)).replace(second=0)
    reschedule_call(sketch.call, dates={"closes": closes}, by=officer, now=NOW)

    again = edit_regulation(sketch.call, by=officer, now=NOW)

    assert (again, again.data["timeline"]["closes"]) == (sketch, local(closes))


def test_an_open_call_is_not_edited(officer):
    with pytest.raises(Refused):
        edit_regulation(make_call(officer, now=NOW), by=officer, now=NOW)


def test_sketches_are_the_officers(sketch, signed_in, director, applicant, stranger, desk):
    page = f"/ru/desk/regulations/{sketch.uid}/"

    codes = [signed_in(who).get(page).status_code for who in (director, applicant, stranger)]

    assert (desk.get(page).status_code, codes) == (200, [404, 404, 404])


def test_an_officer_of_one_call_writes_on_that_one_only(officer, sketch, signed_in):
    from tests.factories.people import give_role

    own = make_account("Вера", "Туманова")
    give_role(own, "officer", sketch.call)
    new = begin_sketch(title={"ru": "Новый", "en": ""}, by=officer, now=NOW)
    other = edit_regulation(make_draft_call(officer, now=NOW, **AHEAD), by=officer, now=NOW)
    browser = signed_in(own)

    codes = [browser.get(f"/ru/desk/regulations/{one.uid}/").status_code for one in (sketch, new, other)]

    assert codes == [200, 404, 404]


@pytest.mark.parametrize("path", ["", "nothing", "questions/9", "questions/0/99", "criteria/x", "criteria/0/0", "criteria/-1", "passport/0"])  # fmt: skip
def test_a_page_that_the_sketch_does_not_have_is_not_there(desk, sketch, path):
    assert desk.get(f"/ru/desk/regulations/{sketch.uid}/write/{path}/").status_code == 404


def test_what_cannot_be_stored_is_refused_with_the_rest_of_the_page(desk, sketch):
    before = sketch.data

    response = save(desk, sketch, "passport", **{"call-title-ru": "Двор\x00"})

    sketch.refresh_from_db()
    assert (response.status_code, list(errors(response)), sketch.data) == (422, ["call-title-ru"], before)


@pytest.mark.parametrize("value", ["1e9", "9" * 400, "NaN", "Infinity", "١٢", "--", "0x10", "1 2,3,4"])
def test_odd_numbers_are_kept_as_typed_and_refused(desk, sketch, value):
    response = save(desk, sketch, "review", **{"review-experts": value})

    sketch.refresh_from_db()
    assert (response.status_code, list(errors(response))) == (422, ["review-experts"])
    assert sketch.data["review"]["experts"] in (value, value.replace(" ", ""))


@pytest.mark.parametrize("who", ["applicant", "expert", "director"])
@pytest.mark.parametrize("is_whole", [True, False])
def test_previews_open_whole_or_not(desk, sketch, officer, who, is_whole):
    one = sketch if is_whole else begin_sketch(title={"ru": "Новый", "en": ""}, by=officer, now=NOW)

    response = desk.get(f"/ru/desk/regulations/{one.uid}/as/{who}/")

    assert response.status_code == 200
    assert desk.get(f"/ru/desk/regulations/{one.uid}/as/nobody/").status_code == 404


def test_autosave_answers_with_a_few_words(desk, sketch):
    data = sent(desk.get(address(sketch, "money")).text)

    response = desk.post(address(sketch, "money"), {**data, "money-envelope": ""}, headers={"HX-Request": "true"})

    sketch.refresh_from_db()
    assert (response.status_code, sketch.data.get("money")) == (200, None)
    assert len(response.content) < 1000


def test_a_page_left_empty_takes_nothing_that_other_pages_show(desk, sketch):
    before = sketch.data
    shown = sent(desk.get(address(sketch, "money")).text)
    emptied = {name: [""] for name in shown} | {"token": shown["token"]}

    desk.post(address(sketch, "money"), emptied)

    sketch.refresh_from_db()
    assert "money" not in sketch.data
    assert sketch.data["rules"] == {key: value for key, value in before["rules"].items() if key != "selection"}
    assert sketch.data["costs"] == {key: value for key, value in before["costs"].items() if key not in ("least", "most")}


def test_a_sketch_that_went_while_the_request_was_under_way_is_said_to_be_gone(sketch, officer):
    """Another officer puts it in force or drops it after the page has found it: a sentence, no failure."""
    stale = Sketch.objects.select_related("call").get(pk=sketch.pk)
    drop_sketch(sketch, by=officer, now=NOW)
    page = page_at("passport", stale.data)

    for verb, given in ((adopt_sketch, {}), (drop_sketch, {}), (save_sketch, {"page": page, "given": {}, "token": ""})):
        with pytest.raises(Refused) as refused:
            verb(stale, by=officer, now=NOW, **given)
        assert refused.value.code == "gone"


def test_a_curator_that_is_no_number_of_an_account_is_refused(sketch, officer):
    write(sketch, curator="9" * 5000)

    with pytest.raises(Refused) as refused:
        adopt_sketch(sketch, by=officer, now=NOW)

    assert refused.value.code == "curator"
