"""What the pages of a meeting say to those who hold it: who came, what is proposed, equal votes, what is to be signed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from fund.notices.letters import write
from fund.notices.models import Notice
from grants.councils.actions import break_tie, close_item, close_meeting, propose, reissue_protocol
from grants.councils.papers import standing_protocol
from tests.factories.councils import item_of, vote_all

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
TIED = "0++--"  # the chair, who has the first seat, abstains


def close(sitting, officer, now):
    for item in sitting.items.all():
        vote_all(item, "++++0", officer=officer, now=now)
        close_item(item=item, by=officer, now=now)
    return close_meeting(meeting=sitting, by=officer, now=now)


def test_who_comes_late_is_written_down_from_the_page_of_the_meeting(sitting, officer, council, signed_in):
    address = reverse("councils:mark_attendance", args=[sitting.uid])

    pages = [signed_in(user).get(sitting.get_absolute_url()).text for user in (officer, council[0])]

    assert [f'href="{address}"' in page for page in pages] == [True, False]


@pytest.mark.parametrize("address", ["call", "convene"])
def test_who_calls_a_meeting_finds_the_chair_seated_and_the_clock_named(call, council, director, officer, signed_in, address):
    pages = {"call": reverse("councils:call_meeting", args=[call.slug]), "convene": reverse("councils:convene")}

    form = signed_in(officer).get(pages[address]).context["form"]

    assert set(form["members"].value()) == {director.pk, *(one.pk for one in council)}
    assert str(form.fields["starts_at"].help_text) == "по Калининграду"


def test_the_agenda_says_what_is_proposed(sitting, judged, officer, now, signed_in):
    for place, outcome in ((1, "decline"), (2, "reserve")):
        item = item_of(sitting, judged[place])
        propose(item=item, outcome=outcome, why="Обсудили на встрече с жителями.", by=officer, now=now)

    page = signed_in(officer).get(sitting.get_absolute_url()).text

    assert ("предлагается: отказать" in page, "предлагается: в резерв" in page) == (True, True)


def test_the_chair_is_asked_for_the_casting_vote_where_they_vote(sitting, judged, director, council, officer, now, signed_in):
    item = item_of(sitting, judged[0])
    vote_all(item, TIED, officer=officer, now=now)
    votes, casting = reverse("councils:ballot", args=[sitting.uid]), reverse("councils:break_tie", args=[item.uid])

    asked = [casting in signed_in(user).get(votes).text for user in (director, council[0])]
    break_tie(item=item, choice="against", by=director, now=now)

    assert (asked, casting in signed_in(director).get(votes).text) == ([True, False], False)


@pytest.mark.parametrize(("choice", "said"), [("for", "решает председатель: за"), ("against", "решает председатель: против")])
def test_the_page_tells_the_casting_vote(sitting, judged, director, officer, now, signed_in, choice, said):
    item = item_of(sitting, judged[0])
    vote_all(item, TIED, officer=officer, now=now)
    before = signed_in(officer).get(sitting.get_absolute_url()).text

    break_tie(item=item, choice=choice, by=director, now=now)

    assert ("решает председатель" in before, said in signed_in(officer).get(sitting.get_absolute_url()).text) == (False, True)


def test_no_vote_decides_while_others_are_awaited(sitting, judged, officer, now, signed_in):
    vote_all(item_of(sitting, judged[0]), "+-   ", officer=officer, now=now)

    assert "решает председатель" not in signed_in(officer).get(sitting.get_absolute_url()).text


def test_the_protocol_tells_how_the_chair_decided(sitting, judged, director, officer, now):
    item = item_of(sitting, judged[0])
    vote_all(item, TIED, officer=officer, now=now)
    break_tie(item=item, choice="for", by=director, now=now)
    close_item(item=item, by=officer, now=now)
    for other in sitting.items.exclude(pk=item.pk):
        vote_all(other, "++++0", officer=officer, now=now)
        close_item(item=other, by=officer, now=now)

    paper = close_meeting(meeting=sitting, by=officer, now=now)

    told = [str(paper.text(language)) for language in ("ru", "en")]
    assert ["решил голос председателя: за" in told[0], "the chair's vote decided: for" in told[1]] == [True, True]


def test_the_hours_of_the_protocol_stand_in_one_zone(sitting, officer, now):
    paper = close(sitting, officer, now + timedelta(hours=1))

    [hours] = [value for block in paper.text("ru")["blocks"] for label, *value in block.get("rows", []) if label == "Время"]
    assert hours[0].endswith(" по Калининграду")


def test_who_signs_sees_what_they_sign(sitting, officer, director, now, signed_in):
    first = close(sitting, officer, now)
    second = reissue_protocol(meeting=sitting, why="Опечатка в месте", by=officer, now=now + timedelta(seconds=1))

    page = signed_in(director).get(reverse("councils:sign_protocol", args=[sitting.uid])).text

    assert standing_protocol(sitting) == second
    assert [f'href="{paper.get_absolute_url()}"' in page for paper in (first, second)] == [False, True]


def test_the_letter_says_why_a_protocol_is_signed_again(sitting, officer, director, now):
    close(sitting, officer, now)
    reissue_protocol(meeting=sitting, why="Опечатка в месте", by=officer, now=now + timedelta(seconds=1))

    letters = [write(one, "ru").text for one in Notice.objects.filter(kind="councils.to_sign", account=director).order_by("pk")]

    assert ["Опечатка в месте" in text for text in letters] == [False, True]


def test_a_meeting_names_its_ballot_in_two_words(sitting, officer, council, signed_in):
    with translation.override("en"):
        addresses = [sitting.get_absolute_url(), reverse("councils:ballot", args=[sitting.uid])]
        pages = [signed_in(council[0]).get(address).text for address in addresses]

    assert [("open ballot" in page, "Open: everyone sees" in page) for page in pages] == [(True, False)] * 2
