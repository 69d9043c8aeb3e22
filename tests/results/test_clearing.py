"""Comments reach applicants only when cleared; the original is never altered."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from fund.core.errors import Refused
from grants.results.actions import Cleared, clear_comments
from grants.results.forms import name_of
from grants.results.models import Clearance
from grants.results.queries import comments_of, released_comments, to_clear
from grants.reviews.models import Conflict, HandIn

from .conftest import SECRET

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def clear(application, by, now, **given):
    comment = comments_of(application)[0]
    choice = Cleared(comment.hand_in.pk, comment.part, **{"choice": "cleared", **given})
    return clear_comments(application=application, choices=[choice], by=by, now=now)


def test_nothing_is_shown_before_somebody_looked(released, applicant, officer, now, signed_in):
    def page() -> str:
        return signed_in(applicant).get(reverse("results:explain", args=[released.own.uid])).content.decode()

    assert SECRET not in page()
    assert page().count("Отзывы ещё не просмотрены") == 1

    clear(released.own, officer, now)

    assert page().count("Отзыв ещё не просмотрен.") == 1
    assert page().count(SECRET) == 1


def test_cleared_edited_and_withheld(released, applicant, officer, now, signed_in):
    one, two = comments_of(released.own)
    choices = [
        Cleared(one.hand_in.pk, "", "edited", "Побывайте во дворе.", "Обидно сказано"),
        Cleared(two.hand_in.pk, "", "withheld", "", "По тексту узнаётся эксперт"),
    ]

    assert clear_comments(application=released.own, choices=choices, by=officer, now=now) == 2

    page = signed_in(applicant).get(reverse("results:explain", args=[released.own.uid])).content.decode()
    assert "Побывайте во дворе." in page
    assert "Этот отзыв не показан" in page
    assert (SECRET in page, "узнаётся" in page, "Обидно" in page) == (False, False, False)
    assert set(HandIn.objects.filter(sheet__application=released.own).values_list("remark", flat=True)) == {
        one.original,
        two.original,
    }


def test_a_changed_mind_is_a_further_row(released, officer, now):
    clear(released.own, officer, now)
    assert clear(released.own, officer, now) == 0
    clear(released.own, officer, now, choice="withheld", why="Передумали")

    assert list(Clearance.objects.values_list("number", "choice")) == [(1, "cleared"), (2, "withheld")]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Clearance.objects.update(choice="cleared")


@pytest.mark.parametrize(
    "given", [{"choice": "edited", "text": "x"}, {"choice": "edited", "why": "x"}, {"choice": "withheld"}, {"choice": "?"}]
)
def test_what_is_changed_has_its_text_and_reason(judged, officer, now, given):
    with pytest.raises(Refused):
        clear(judged.own, officer, now, **given)


def test_only_an_officer_of_the_call_clears(judged, director, expert, applicant, now):
    for by in (director, expert, applicant):
        with pytest.raises(Refused):
            clear(judged.own, by, now)


def test_a_sheet_handed_in_again_is_cleared_again(judged, officer, now):
    from grants.reviews.actions import reopen_sheet, submit_sheet

    clear(judged.own, officer, now)
    comment = comments_of(judged.own)[0]
    sheet = comment.hand_in.sheet
    reopen_sheet(sheet=sheet, why="Перепутаны заявки", by=officer, now=now)
    submit_sheet(sheet=sheet, by=sheet.expert, now=now)

    assert sorted(one.choice for one in comments_of(judged.own)) == ["", ""]
    with pytest.raises(Refused) as refusal:
        clear_comments(application=judged.own, choices=[Cleared(comment.hand_in.pk, "", "cleared")], by=officer, now=now)
    assert refusal.value.code == "gone"


def test_the_order_of_comments_is_not_that_of_the_sheets_and_stays(released, officer):
    first = [one.hand_in.pk for one in released_comments(released.own)[""]]

    assert first == [one.hand_in.pk for one in released_comments(released.own)[""]]


def test_pages_of_clearing(judged, officer, signed_in):
    client = signed_in(officer)
    one, two = comments_of(judged.own)
    address = reverse("results:clear", args=[judged.own.uid])
    assert (client.get(reverse("results:comments", args=[judged.call.slug])).status_code, client.get(address).status_code) == (
        200,
        200,
    )
    data = {name_of(one): "cleared", name_of(two): "edited", f"{name_of(two)}_text": two.original, f"{name_of(two)}_why": ""}

    refused = client.post(address, data)
    kept = client.post(address, {**data, name_of(two): "withheld", f"{name_of(two)}_why": "Узнаётся"})

    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, [f"{name_of(two)}_text", f"{name_of(two)}_why"])
    assert kept.status_code == 302
    assert [(c.choice, c.text) for c in Clearance.objects.order_by("hand_in")] == [("cleared", ""), ("withheld", "")]


def test_a_page_on_which_somebody_has_chosen_since_undoes_nothing(judged, officer, signed_in):
    client = signed_in(officer)
    address, name = reverse("results:clear", args=[judged.own.uid]), name_of(comments_of(judged.own)[0])
    seen = {"seen": client.get(address).context["form"]["seen"].value()}
    client.post(address, {**seen, name: "withheld", f"{name}_text": "", f"{name}_why": "Узнаётся"})

    stale = client.post(address, {**seen, name: "cleared"})

    assert (stale.status_code, [c.choice for c in Clearance.objects.all()]) == (409, ["withheld"])


def test_an_officer_tied_to_the_applicants_clears_nothing(judged, officer, now, signed_in):
    Conflict.objects.create(application=judged.own, expert=officer, kind="friend", declared_at=now)
    client = signed_in(officer)

    assert client.get(reverse("results:clear", args=[judged.own.uid])).status_code == 404
    assert judged.own.title not in client.get(reverse("results:comments", args=[judged.call.slug])).content.decode()


def test_the_call_says_how_many_wait(judged, officer, now):
    assert to_clear(judged.call).endswith(" 6")
    clear(judged.own, officer, now)
    assert to_clear(judged.call).endswith(" 5")
