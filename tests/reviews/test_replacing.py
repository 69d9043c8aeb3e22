"""Late and lost sheets: reminded of, chased by the clock, given to somebody else, once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fund.core.errors import Refused
from fund.notices.models import Notice
from grants.applications.models import Application
from grants.reviews.actions import chase_late, decline_sheet, remind_sheets, replace_sheet, set_limits
from grants.reviews.models import Conflict, Divergence, Sheet
from tests.factories.calls import THEME, make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = NOW + timedelta(days=20)
LATE = NOW + timedelta(days=11)


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", theme=THEME)


@pytest.fixture
def application(call):
    return make_admitted(call, now=NOW, theme="media")


@pytest.fixture
def sheet(application, expert, officer):
    return make_sheet(application, expert, officer=officer, now=NOW)


@pytest.fixture
def other(db):
    return make_expert()


def refused(verb, **given) -> Refused:
    with pytest.raises(Refused) as caught:
        verb(**given)
    return caught.value


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=f"reviews.{kind}").values_list("account", flat=True))


def test_a_declined_sheet_is_replaced_once(sheet, other, officer):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    given = {"sheet": sheet, "due_at": DUE, "by": officer, "now": NOW}

    new = replace_sheet(expert=other, **given)

    assert (new.expert, new.state, new.replaces) == (other, "invited", sheet)
    assert told("invited")[-1:] == [other.pk]
    assert refused(replace_sheet, expert=make_expert(), **given).code == "once"


def test_a_late_sheet_is_taken_back_and_replaced(sheet, other, officer):
    assert refused(replace_sheet, sheet=sheet, expert=other, due_at=DUE, by=officer, now=NOW).code == "stands"

    replace_sheet(sheet=sheet, expert=other, due_at=DUE, by=officer, now=LATE)

    sheet.refresh_from_db()
    assert sheet.state == "revoked"
    assert list(Sheet.objects.live().values_list("expert", flat=True)) == [other.pk]


def test_a_handed_in_sheet_is_never_replaced(sheet, other, officer):
    hand_in(sheet, now=NOW, use="4", plan="3")

    assert refused(replace_sheet, sheet=sheet, expert=other, due_at=DUE, by=officer, now=LATE).code == "stands"


def test_who_judges_it_or_is_tied_replaces_nobody(sheet, application, other, officer, resident):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    there, tied = make_sheet(application, make_expert(), officer=officer, now=NOW), make_expert()
    tied.person.household = application.owner.person.household
    tied.person.save()
    given = {"sheet": sheet, "due_at": DUE, "by": officer, "now": NOW}

    codes = [refused(replace_sheet, expert=one, **given).code for one in (there.expert, tied, resident)]

    assert codes == ["twice", "conflict", "expert"]
    assert refused(replace_sheet, expert=other, sheet=sheet, due_at=NOW, by=officer, now=NOW).field == "due_at"


def test_an_officer_who_is_tied_replaces_nobody(sheet, application, other, officer, signed_in):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    Conflict.objects.create(application=application, expert=officer, kind="friend", declared_by=officer, declared_at=NOW)

    assert refused(replace_sheet, sheet=sheet, expert=other, due_at=DUE, by=officer, now=NOW).code == "who"
    assert signed_in(officer).get(reverse("reviews:replace", args=[sheet.uid])).status_code == 404


def test_who_replaces_the_one_more_expert_is_that_expert(sheet, application, other, officer):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    Divergence.objects.create(
        application=application, found_at=NOW, spread=12, answer="expert", answered_at=NOW, answered_by=officer, extra=sheet
    )

    new = replace_sheet(sheet=sheet, expert=other, due_at=DUE, by=officer, now=NOW)

    assert Divergence.objects.get().extra == new


def test_remind_writes_one_letter_to_each_and_not_twice_in_twelve_hours(call, sheet, other, officer):
    second = make_sheet(make_admitted(call, now=NOW), sheet.expert, officer=officer, now=NOW)
    third = make_sheet(make_admitted(call, now=NOW), other, officer=officer, now=NOW)
    given = {"call": call, "sheets": [sheet.pk, second.pk, third.pk], "by": officer}

    assert remind_sheets(**{**given, "sheets": [sheet.pk]}, now=NOW) == (1, 0)
    assert remind_sheets(**given, now=NOW + timedelta(hours=1)) == (2, 1)
    assert refused(remind_sheets, **given, now=NOW + timedelta(hours=2)).code == "soon"
    assert remind_sheets(**given, now=NOW + timedelta(hours=14)) == (2, 0)
    assert told("reminded") == sorted([sheet.expert_id] * 3 + [other.pk] * 2)


def test_remind_takes_only_what_is_owed_in_this_call(call, sheet, officer, director):
    hand_in(sheet, now=NOW, use="4", plan="3")
    elsewhere = make_call(officer, now=NOW, state="judging")
    foreign = make_sheet(make_admitted(elsewhere, now=NOW), make_expert(), officer=officer, now=NOW)
    given = {"call": call, "sheets": [sheet.pk, foreign.pk], "now": NOW}

    assert refused(remind_sheets, **given, by=officer).code == "none"
    assert refused(remind_sheets, **given, by=director).code == "who"


def test_the_clock_tells_the_expert_then_the_curator_each_once(sheet, officer):
    assert chase_late(now=NOW) == 0
    assert [chase_late(now=LATE) for _ in range(2)] == [1, 0]
    assert [chase_late(now=LATE + timedelta(days=3)) for _ in range(2)] == [1, 0]
    assert (told("overdue"), told("late")) == ([sheet.expert_id], [officer.pk])


def test_a_sheet_handed_in_late_is_not_chased(sheet):
    chase_late(now=LATE)
    hand_in(sheet, now=LATE, use="4", plan="3")

    assert chase_late(now=LATE + timedelta(days=3)) == 0


def test_replace_page_ranks_the_free_and_names_the_others(call, sheet, application, officer, signed_in):
    knows, new, busy, tied = (make_expert() for _ in range(4))
    limits = {knows.pk: (["media"], None), new.pk: (["eco"], None), busy.pk: ([], 0), tied.pk: ([], None)}
    set_limits(call=call, limits=limits, by=officer, now=NOW)
    tied.person.household = application.owner.person.household
    tied.person.save()
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    client, address = signed_in(officer), reverse("reviews:replace", args=[sheet.uid])

    page = client.get(address)
    answer = client.post(address, {"expert": knows.pk, "due_at": f"{DUE:%Y-%m-%d}"})

    assert [row["expert"] for row in page.context["free"]] == [knows, new]
    assert {expert for expert, _why in page.context["others"]} == {busy, tied, sheet.expert}
    assert answer.status_code == 302
    assert Sheet.objects.get(replaces=sheet).expert == knows
    assert knows.person.short_name in client.get(address).content.decode()


def test_replace_page_keeps_what_is_typed_and_says_what_is_wrong(sheet, other, officer, signed_in):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)
    client, address = signed_in(officer), reverse("reviews:replace", args=[sheet.uid])

    nobody = client.post(address, {"due_at": "когда-нибудь"})
    over = client.post(address, {"expert": other.pk, "due_at": "2020-01-01"})

    assert (nobody.status_code, over.status_code) == (422, 422)
    assert set(nobody.context["form"].errors) == {"expert", "due_at"}
    assert set(over.context["form"].errors) == {"due_at"}
    assert "когда-нибудь" in nobody.content.decode()


def test_progress_page_reminds_of_the_chosen(call, sheet, officer, signed_in):
    client, address = signed_in(officer), reverse("reviews:remind", args=[call.slug])
    assert f'name="sheets" value="{sheet.pk}"' in client.get(reverse("reviews:progress", args=[call.slug])).content.decode()

    nothing, chosen, strange = (client.post(address, {"sheets": value}) for value in ([], [sheet.pk], ["x"]))

    assert (nothing.status_code, chosen.status_code, strange.status_code) == (422, 302, 422)
    assert told("reminded") == [sheet.expert_id]


def test_the_curators_letter_leads_to_the_replacement(sheet, officer):
    decline_sheet(sheet=sheet, why="Отпуск", by=sheet.expert, now=NOW)

    assert Notice.objects.get(kind="reviews.declined").link == f"/*/desk/sheets/{sheet.uid}/replace/"


def test_replacing_twice_with_the_same_expert_asks_once(sheet, other, officer):
    given = {"sheet": sheet, "expert": other, "due_at": DUE, "by": officer, "now": LATE}

    first, again = replace_sheet(**given), replace_sheet(**given)

    assert first == again
    assert Sheet.objects.filter(replaces=sheet).count() == 1
    assert told("invited").count(other.pk) == 1


def test_the_thousandth_number_comes_after_the_one_before(call, application, sheet, officer):
    thousandth = make_admitted(call, now=NOW, theme="media")
    make_sheet(thousandth, sheet.expert, officer=officer, now=NOW)
    for one, number in ((application, "999"), (thousandth, "1000")):
        one.number = f"{call.code}-{number}"
        one.save(update_fields=["number"])

    assert [one.pk for one in Application.objects.by_number()] == [application.pk, thousandth.pk]
    assert [one.application_id for one in Sheet.objects.by_number()] == [application.pk, thousandth.pk]
