"""M3: the pages of a plan: what they show, what they press, and that nobody else gets in."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from fund.people.actions import grant_role, revoke_role
from fund.people.models import RoleGrant
from grants.reviews.actions import ask_plan
from grants.reviews.models import Conflict, Expertise, Plan, Sheet
from tests.factories.calls import THEME, make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_plan, make_sheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = f"{NOW + timedelta(days=9):%Y-%m-%d}"


@pytest.fixture
def call(officer):
    return make_call(officer, now=NOW, state="judging", theme=THEME)


@pytest.fixture
def experts(db):
    return [make_expert() for _ in range(3)]


@pytest.fixture
def applications(call):
    return [make_admitted(call, now=NOW, theme=theme) for theme in ("media", "eco", "eco")]


@pytest.fixture
def plan(call, experts, applications, officer):
    return make_plan(call, officer=officer, now=NOW)


@pytest.fixture
def client(officer, signed_in):
    return signed_in(officer)


def board_of(call) -> str:
    return reverse("reviews:assign", args=[call.slug])


def test_the_plan_leaves_as_a_worksheet(plan, call, applications, experts, client, signed_in):
    Conflict.objects.create(application=applications[0], expert=experts[0], kind="friend", declared_at=NOW)

    answer = client.get(reverse("reviews:assign_file", args=[call.slug]))

    head, *rows, loads = load_workbook(BytesIO(answer.content)).active.values
    pairs = set(plan.allotments.values_list("application", "expert"))
    tied = (applications[0].pk, experts[0].pk)
    assert head == ("Номер", "Заявка", "Темы", "Эксперты", *(one.person.short_name for one in experts))
    for row, task in zip(rows, applications, strict=True):
        on = {expert for application, expert in pairs if application == task.pk}
        ticked = {one.pk for one, cell in zip(experts, row[4:], strict=True) if cell is not None and (task.pk, one.pk) != tied}
        assert (row[0], row[3], ticked) == (task.number, len(on), on - {tied[1]} if task.pk == tied[0] else on)
    assert rows[0][4] == "дружба"
    assert loads[3:] == (len(pairs), *(sum(one.pk == expert for _task, expert in pairs) for one in experts))
    assert signed_in(experts[0]).get(reverse("reviews:assign_file", args=[call.slug])).status_code == 404


def test_the_page_asks_for_a_plan_and_shows_how_far_it_is(call, experts, applications, client):
    answer = client.post(reverse("reviews:ask_plan", args=[call.slug]), {"seed": "Двор", "once": "o" * 24})
    page = client.get(board_of(call)).content.decode()
    part = client.get(board_of(call), headers={"HX-Request": "true"}).content.decode()

    assert answer.status_code == 302
    assert Plan.objects.get().seed == "Двор"
    assert "План составляется" in page
    assert part.lstrip().startswith('<div id="state"')


def test_the_page_shows_the_plan_its_reasons_and_its_seed(plan, call, applications, client):
    answer = client.get(board_of(call))
    page = answer.content.decode()

    assert all(one.title in page for one in applications)
    assert [(load, most) for _expert, load, most in answer.context["heads"]] == [(2, 10)] * 3
    assert answer.context["outcome"] == {"letters": 3, "new": 6, "stay": 0, "moved": 0}
    assert "Пока вы его не приняли, эксперты о нём не знают" in page
    assert plan.digest[:4] in page


def test_the_page_says_what_cannot_be_met_and_why(call, applications, officer, client):
    tied, free = make_expert(), make_expert()
    tied.person.household = applications[0].owner.person.household
    tied.person.save()
    make_plan(call, officer=officer, now=NOW)

    page = client.get(board_of(call)).content.decode()

    assert (
        f"«{applications[0].title}»: нужно экспертов — 2, нашлось — 1. Всего в конкурсе 2: 1 уже оценивает, 1 связан с заявителем."
        in page
    )
    assert free.person.short_name in page


def test_the_chips_narrow_the_board(call, experts, applications, officer, client):
    Expertise.objects.bulk_create(Expertise(call=call, expert=one, topics=["eco"]) for one in experts)
    make_plan(call, officer=officer, now=NOW)

    page = client.get(board_of(call), {"show": "new"})

    assert [row["application"] for row in page.context["matrix"]] == applications[:1]
    assert "тема новая, и она не знакома никому из экспертов" in page.content.decode().lower()
    assert client.get(board_of(call), {"show": "everything"}).status_code == 404


def test_accept_from_the_page_invites(plan, call, client):
    answer = client.post(reverse("reviews:accept_plan", args=[plan.uid]), {"due_at": DUE})

    assert answer.status_code == 302
    assert Sheet.objects.count() == 6
    assert client.get(board_of(call)).context["is_plan"] is False


def test_accept_says_why_a_plan_does_not_hold(plan, call, applications, experts, officer, client):
    make_sheet(applications[0], make_expert(), officer=officer, now=NOW)

    board = client.get(board_of(call)).content.decode()
    answer = client.post(reverse("reviews:accept_plan", args=[plan.uid]), {"due_at": DUE})

    assert "План устарел" in board
    assert answer.status_code == 422
    assert f"появился лист на «{applications[0].title}», которого в плане нет" in answer.content.decode()
    assert Sheet.objects.count() == 1


def test_accept_keeps_a_day_it_cannot_read(plan, client):
    answer = client.post(reverse("reviews:accept_plan", args=[plan.uid]), {"due_at": "завтра"})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"due_at"})
    assert "завтра" in answer.content.decode()


def test_change_shows_every_expert_with_a_reason_and_keeps_the_hand(plan, call, applications, experts, client):
    address = reverse("reviews:change_plan", args=[plan.uid, applications[0].uid])
    page = client.get(address)
    inside = [row["expert"].pk for row in page.context["choices"] if row["is_in"]]
    (outside,) = (row for row in page.context["choices"] if not row["is_in"])

    answer = client.post(address, {"experts": [inside[0], outside["expert"].pk]})

    assert str(outside["why"]) == "место есть, но у заявки уже достаточно экспертов"
    assert answer.status_code == 302
    assert set(plan.allotments.filter(application=applications[0]).values_list("expert", "code")) == {
        (inside[0], "every"),
        (outside["expert"].pk, "pinned"),
    }
    assert "вручную" in client.get(board_of(call)).content.decode()


def test_change_refuses_what_was_tampered_with(plan, applications, client, resident):
    address = reverse("reviews:change_plan", args=[plan.uid, applications[0].uid])

    assert client.post(address, {"experts": [resident.pk]}).status_code == 422
    assert client.post(address, {"experts": ["x"]}).status_code == 422


def test_drop_from_the_page(plan, call, client):
    assert client.post(reverse("reviews:drop_plan", args=[plan.uid])).status_code == 302

    plan.refresh_from_db()
    assert plan.state == "dropped"


def test_limits_are_kept_and_suggested_from_the_call_before(call, experts, officer, client):
    before = make_call(officer, now=NOW, state="judging", theme=THEME)
    Expertise.objects.create(call=before, expert=experts[1], topics=["eco"], most=3)
    address = reverse("reviews:set_limits", args=[call.slug])
    page = client.get(address)

    answer = client.post(address, {f"most_{experts[0].pk}": "4", f"topics_{experts[0].pk}": ["media"]})

    assert page.context["form"][f"topics_{experts[1].pk}"].value() == ["eco"]
    assert answer.status_code == 302
    assert list(Expertise.objects.filter(call=call).order_by("expert").values_list("expert", "topics", "most")) == [
        (experts[0].pk, ["media"], 4),
        (experts[1].pk, [], None),
        (experts[2].pk, [], None),
    ]


@pytest.mark.parametrize("typed", ["11", "-1", "много", "1" * 400, "1.5"])
def test_limits_say_at_the_field_what_is_wrong(call, experts, client, typed):
    field = f"most_{experts[0].pk}"
    answer = client.post(reverse("reviews:set_limits", args=[call.slug]), {field: typed})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert Expertise.objects.count() == 0


def test_what_is_closed_to_an_officer_is_nowhere_on_the_board(plan, call, applications, experts, officer, client):
    closed = applications[0]
    Conflict.objects.create(application=closed, expert=officer, kind="friend", declared_by=officer, declared_at=NOW)

    answer = client.get(board_of(call))

    assert closed.title not in answer.content.decode()
    assert sum(load for _expert, load, _most in answer.context["heads"]) == 4
    assert client.get(reverse("reviews:change_plan", args=[plan.uid, closed.uid])).status_code == 404


def test_who_is_not_an_officer_finds_no_plan(plan, call, director, expert, applicant, stranger, signed_in):
    for somebody in (director, expert, applicant, stranger):
        browser = signed_in(somebody)
        assert browser.get(board_of(call)).status_code == 404
        assert browser.post(reverse("reviews:accept_plan", args=[plan.uid]), {"due_at": DUE}).status_code == 404
        assert browser.post(reverse("reviews:ask_plan", args=[call.slug]), {"seed": "1"}).status_code == 404
    assert Sheet.objects.count() == 0


def test_experts_and_applicants_learn_nothing_of_a_plan(call, experts, applications, officer, signed_in):
    """The same bytes before a plan and with one."""
    pages = {experts[0]: reverse("reviews:list"), applications[0].owner: reverse("applications:read", args=[applications[0].uid])}

    def seen() -> list[str]:
        return [strip(signed_in(who).get(page).content.decode()) for who, page in pages.items()]

    before = seen()
    make_plan(call, officer=officer, now=NOW)

    assert seen() == before


def strip(page: str) -> str:
    import re

    return re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken":"\w+"', "", page)


def test_a_plan_that_is_counted_is_not_changed_or_accepted(call, experts, applications, officer, client):
    plan = ask_plan(call=call, seed="1", by=officer, now=NOW)

    assert client.get(reverse("reviews:change_plan", args=[plan.uid, applications[0].uid])).status_code == 409
    assert client.post(reverse("reviews:accept_plan", args=[plan.uid]), {"due_at": DUE}).status_code == 422


def test_change_leaves_alone_what_somebody_handed_in_who_is_no_expert_any_more(call, applications, officer, client):
    former, others = make_expert(), [make_expert(), make_expert()]
    hand_in(make_sheet(applications[0], former, officer=officer, now=NOW), now=NOW, use="4", plan="3")
    revoke_role(RoleGrant.objects.get(account=former, role="expert"), by=None, now=NOW)
    plan = make_plan(call, officer=officer, now=NOW)
    address = reverse("reviews:change_plan", args=[plan.uid, applications[0].uid])

    answer = client.post(address, {"experts": [one.pk for one in others]})

    assert answer.status_code == 302
    assert set(plan.allotments.filter(application=applications[0]).values_list("expert", flat=True)) == {
        former.pk, *(one.pk for one in others)
    }  # fmt: skip


def test_an_officer_who_owes_a_sheet_learns_of_no_other_that_is_in(call, applications, experts, officer, client):
    grant_role(officer, "expert", by=None, now=NOW)
    hand_in(make_sheet(applications[0], experts[0], officer=officer, now=NOW), now=NOW, use="4", plan="3")
    by_hand = reverse("reviews:assign_by_hand", args=[call.slug])
    before = [client.get(board_of(call)).content.decode(), client.get(by_hand).content.decode()]

    make_sheet(applications[0], officer, officer=officer, now=NOW)
    after = [client.get(board_of(call)).content.decode(), client.get(by_hand).content.decode()]

    assert all("сдан" in page for page in before)
    assert not any("сдан" in page for page in after)
