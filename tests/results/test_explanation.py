"""How my score came about: there for its applicants once released, exact, and without a name."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from fund.notices.models import Notice
from grants.proposals.models import TeamMember
from grants.results.queries import explained
from grants.results.queries.explained import shuffled
from grants.reviews.models import Sheet
from grants.reviews.queries import ranking_of
from tests.factories.people import make_account
from tests.results.test_sums import worked_out

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def page_of(application, name="explain"):
    return reverse(f"results:{name}", args=[application.uid])


def join(application, account, now, rights="view"):
    return TeamMember.objects.create(
        **TeamMember.key(application), account=account, person=account.person, name="Илья", email=account.email, rights=rights,
        invited_by=application.owner, invited_at=now, expires_at=now.replace(year=now.year + 1), accepted_at=now,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["explain", "download"])
def test_before_the_release_there_is_nothing(judged, applicant, officer, director, signed_in, name):
    for user in (applicant, officer, director):
        assert signed_in(user).get(page_of(judged.own, name)).status_code == 404
    page = signed_in(applicant).get(reverse("applications:read", args=[judged.own.uid])).content.decode()
    assert page_of(judged.own) not in page


def test_applicants_read_it_and_strangers_do_not(released, applicant, teammate, resident, officer, director, now, signed_in):
    join(released.own, teammate, now)

    codes = {user.email: signed_in(user).get(page_of(released.own)).status_code for user in
             (applicant, teammate, officer, director, resident, released.experts[0], released.first.owner)}  # fmt: skip

    assert list(codes.values()) == [200, 200, 200, 200, 404, 404, 404]


def test_the_application_leads_to_it_and_so_does_the_letter(released, applicant, signed_in):
    page = signed_in(applicant).get(reverse("applications:read", args=[released.own.uid])).content.decode()
    letter = Notice.objects.get(kind="councils.reserved")

    assert page_of(released.own) in page
    assert letter.link.endswith(f"/desk/applications/{released.own.uid}/score/")


def test_numbers_are_those_of_the_ranking(released, now):
    row = next(row for row in ranking_of(released.call, now=now) if row.pk == released.own.pk)

    e = explained(released.own)

    found = e.found
    assert (
        (found.row.total, found.row.place, found.row.outcome)
        == (row.total, row.place, row.outcome)
        == (Decimal("17.5"), 2, "reserve")
    )
    assert (found.row.statistics.mean, found.row.statistics.median) == (row.mean, row.median)
    assert (found.line, found.threshold, e.short_of, e.of) == (Decimal("21.5"), 12, 4, 3)
    with translation.override("ru"):
        assert worked_out(e.total_sum, "ru") == sum(worked_out(line.sum, "ru") for line in e.lines) == Decimal("17.5")


def test_the_page_shows_sums_that_add_up(released, applicant, signed_in):
    page = signed_in(applicant).get(page_of(released.own)).content.decode()

    assert "(3 + 4) ÷ 2 × 3" in page
    assert "(17 + 18) ÷ 2 = <b>17,5</b>" in page


def test_no_name_of_an_expert_stands_anywhere(released, applicant, signed_in):
    client = signed_in(applicant)
    bodies = [client.get(page_of(released.own, name)).content.decode() for name in ("explain", "download")]
    sheets = list(Sheet.objects.filter(application=released.own).select_related("expert__person"))

    for body in bodies:
        for sheet in sheets:
            assert sheet.uid not in body
            assert sheet.expert.person.last_name not in body
            assert sheet.expert.email not in body


def test_sheets_are_shuffled_and_stay_so(released):
    orders = {tuple(shuffled(one, 5)) for one in (released.first, released.own, released.last)}

    assert all(sorted(order) == list(range(5)) for order in orders)
    assert len(orders) > 1
    assert shuffled(released.own, 5) == shuffled(released.own, 5)


def test_the_order_of_sheets_does_not_follow_who_wrote_them(released):
    """The same marks from the experts in the other order give the same page: only the marks are known to it."""
    before = [(line.key, line.values) for line in explained(released.own).lines]
    one, two = Sheet.objects.filter(application=released.own).order_by("pk")
    Sheet.objects.filter(pk=one.pk).update(expert=make_account("Новый", "Эксперт", email="zz@example.org"))
    Sheet.objects.filter(pk=two.pk).update(expert=released.experts[0])

    assert [(line.key, line.values) for line in explained(released.own).lines] == before


def test_download_opens_in_a_spreadsheet(released, applicant, signed_in):
    answer = signed_in(applicant).get(page_of(released.own, "download"))

    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert lines[0] == "Критерий;×;Лист А;Лист Б;Среднее;Баллы;Сумма"
    assert re.fullmatch(r"Польза;3;[34];[34];3,5;10,5;\(3 \+ 4\) ÷ 2 × 3", lines[1])
    assert lines[3].endswith(";17,5;(17 + 18) ÷ 2")
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_an_application_without_a_sheet_is_explained_too(judged, director, officer, now, signed_in):
    from grants.councils.actions import decide, follow_ranking, release

    Sheet.objects.filter(application=judged.last).update(state="revoked", current=None)
    follow_ranking(call=judged.call, by=director, now=now)
    decide(application=judged.last, outcome="decline", why="Ни одного листа с оценкой нет.", by=director, now=now)
    release(call=judged.call, by=director, now=now)

    page = signed_in(judged.last.owner).get(page_of(judged.last))

    assert page.status_code == 200
    assert "Ни одного листа не сдано" in page.content.decode()


def test_figures_are_named_and_the_term_of_an_appeal_has_its_zone(released, applicant, signed_in):
    page = signed_in(applicant).get(reverse("results:explain", args=[released.own.uid])).content.decode()

    assert "<dt>Оценок</dt>" in page
    assert "<dt>n</dt>" not in page
    term = page.partition("Апелляции по процедуре")[2].partition("</li>")[0]
    assert "по Калининграду" in term
