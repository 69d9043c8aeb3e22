"""The published results: figures for everyone, names by consent alone, nobody declined; and the ranking as a table inside."""

import gzip
import json
import re
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from fund.people.actions import give_consent, withdraw_consent
from fund.people.models import ConsentDocument, Organisation
from grants.applications.models import Application
from grants.results.queries.published import published_of
from grants.reviews.models import Conflict
from grants.reviews.queries import ranking_of
from tests.counting import queries_at

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]
HEAVIEST = 10  # KB packed


def page_of(client, call, name="published", **more):
    return client.get(reverse(f"results:{name}", kwargs={"slug": call.slug, **more}))


def agree(person, now, **more):
    document = ConsentDocument.objects.current().get(purpose="publishing")
    return give_consent(person, document, by=person.account, now=now, how="page", **more)


def funded_of(call):
    return list(Application.objects.filter(call=call, state="funded").order_by("pk"))


def test_before_the_release_nobody_has_the_page(judged, client, signed_in, officer, director, applicant):
    for browser in (client, signed_in(officer), signed_in(director), signed_in(applicant)):
        assert page_of(browser, judged.call).status_code == 404
        assert page_of(browser, judged.call, "export", form="csv").status_code in (302, 404)


def test_everyone_reads_what_was_given(released, client, now):
    found = published_of(released.call, now=now)
    page = page_of(client, released.call).content.decode()

    states = list(Application.objects.filter(call=released.call).values_list("state", flat=True))
    assert (len(found.funded), found.reserve, found.sent) == (states.count("funded"), states.count("reserve"), len(states))
    assert found.given == sum(one.granted for one in funded_of(released.call)) <= found.envelope
    assert found.line == found.funded[-1].row.total
    for one in funded_of(released.call):
        assert one.title in page
        assert one.number in page


def test_who_was_not_funded_is_not_named(released, client):
    page = page_of(client, released.call).content.decode()

    others = Application.objects.filter(call=released.call).exclude(state="funded")
    assert others.exists()
    for one in others:
        for secret in (one.title, one.number, one.owner.person.last_name):
            assert secret not in page


def test_a_name_stands_by_consent_and_goes_with_it(released, client, now):
    one = funded_of(released.call)[0]
    person = one.owner.person
    assert person.last_name not in page_of(client, released.call).content.decode()

    consent = agree(person, now)
    assert f"{person.first_name} {person.last_name}" in page_of(client, released.call).content.decode()

    withdraw_consent(consent, by=person.account, now=now)
    assert person.last_name not in page_of(client, released.call).content.decode()


def test_the_name_of_a_minor_needs_the_guardian(released, client, now, parent):
    one = funded_of(released.call)[0]
    person = one.owner.person
    Application.objects.filter(pk=one.pk).update(guardian=parent.person)
    consent = agree(person, now)
    assert person.last_name not in page_of(client, released.call).content.decode()

    withdraw_consent(consent, by=person.account, now=now)
    agree(person, now + timedelta(seconds=1), guardian=parent.person)

    assert person.last_name in page_of(client, released.call).content.decode()


def test_a_title_that_names_the_person_waits_for_consent_too(released, client, now):
    one = funded_of(released.call)[0]
    person = one.owner.person
    type(person).objects.filter(pk=person.pk).update(last_name="Звонарёв")
    Application.objects.filter(pk=one.pk).update(title="Выставка Звонарёва")

    assert "Звонарёв" not in page_of(client, released.call).content.decode()
    person.refresh_from_db()
    agree(person, now)
    assert "Выставка Звонарёва" in page_of(client, released.call).content.decode()


def test_an_organisation_is_named(released, client):
    organisation = Organisation.objects.create(kind="informal", name="Мастерская «Свет»")
    Application.objects.filter(pk=funded_of(released.call)[0].pk).update(organisation=organisation)

    assert "Мастерская «Свет»" in page_of(client, released.call).content.decode()


def test_nobody_without_a_name_is_shown_by_address(released, client, now):
    person = funded_of(released.call)[0].owner.person
    type(person).objects.filter(pk=person.pk).update(first_name="", last_name="")
    agree(person, now)

    assert person.account.email not in page_of(client, released.call).content.decode()


def test_no_expert_and_no_address_stands_on_it(released, client):
    page = page_of(client, released.call).content.decode()

    for expert in released.experts:
        assert expert.person.last_name not in page
    assert "example.org" not in page


def test_page_is_light_and_links_stand_where_one_looks(released, client):
    body = page_of(client, released.call).content

    assert len(gzip.compress(body, 9)) / 1000 <= HEAVIEST
    address = reverse("results:published", args=[released.call.slug]).encode()
    for place in (
        reverse("calls:read", args=[released.call.slug]),
        reverse("calls:list") + "?state=over",
        reverse("portal:home"),
    ):
        assert address in client.get(place).content


def test_same_bytes_for_every_visitor_and_none_sent_twice(released, client):
    first = page_of(client, released.call)
    again = client.get(reverse("results:published", args=[released.call.slug]), headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


def test_queries_do_not_grow(released, signed_in, stranger):
    row = funded_of(released.call)[0]

    def more(many):
        for number in range(many):
            row.pk, row.uid, row.number, row._state.adding = None, f"{many:07d}{number:07d}", f"М-{many}-{number}", True
            row.save()

    few, many = queries_at(signed_in(stranger), reverse("results:published", args=[released.call.slug]), more, (3, 100))

    assert few == many <= 15


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_ranking_leaves_as_a_table_for_those_who_run_the_call(
    released, signed_in, director, officer, applicant, client, form
):
    for account in (director, officer):
        assert page_of(signed_in(account), released.call, "export", form=form).status_code == 200
    for browser in (client, signed_in(applicant), signed_in(released.experts[0])):
        assert page_of(browser, released.call, "export", form=form).status_code in (302, 404)
    assert page_of(signed_in(director), released.call, "export", form="pdf").status_code == 404


def test_the_table_says_what_the_ranking_says_and_runs_no_formula(released, signed_in, director):
    own = funded_of(released.call)[0]
    Application.objects.filter(pk=own.pk).update(title="=1+1")
    released.call.standing.delete()
    client = signed_in(director)

    csv = page_of(client, released.call, "export", form="csv").content
    page = load_workbook(BytesIO(page_of(client, released.call, "export", form="xlsx").content)).worksheets[0]

    lines = csv.decode("utf-8-sig").split("\r\n")
    assert csv.startswith(b"\xef\xbb\xbf")
    assert lines[0].startswith("Место;Номер;Заявка;Просят, ₽;n;Итого;")
    assert f";{own.number};'=1+1;" in csv.decode()
    rows = {row[1].value: row for row in page.iter_rows(min_row=2)}
    assert (rows[own.number][2].value, rows[own.number][2].data_type) == ("=1+1", "s")
    assert rows[own.number][13].value == own.granted
    assert len(rows) == Application.objects.filter(call=released.call).count()


def test_a_conflict_closes_its_row_of_the_table(released, signed_in, director, now):
    own = funded_of(released.call)[0]
    Conflict.objects.create(application=own, expert=director, kind="friend", declared_at=now)

    assert own.number not in page_of(signed_in(director), released.call, "export", form="csv").content.decode()


def test_the_released_ranking_is_computed_again_without_a_database(released, signed_in, director, now, tmp_path):
    answer = page_of(signed_in(director), released.call, "recount")
    ZipFile(BytesIO(answer.content)).extractall(tmp_path)
    files = {name: str(tmp_path / f"{name}.{ending}") for name, ending in
             (("regulation", "yaml"), ("scores", "csv"), ("applications", "csv"))}  # fmt: skip
    printed = StringIO()

    call_command("rank", rules=files["regulation"], scores=files["scores"], applications=files["applications"], stdout=printed)

    found = [
        (row["application"], row["place"], row["total"], row["outcome"], row["amount"]) for row in json.loads(printed.getvalue())
    ]
    rows = ranking_of(released.call, now=now)
    assert found == [(row.number, row.place, str(row.total), row.outcome, f"{row.amount:.2f}") for row in rows]
    everything = "".join(path.read_text() for path in tmp_path.iterdir())
    for expert in released.experts:
        assert expert.person.last_name not in everything
        assert expert.email not in everything
        assert not re.search(rf",{expert.pk},", everything)
    assert "manage.py rank --rules regulation.yaml" in (tmp_path / "README.txt").read_text()


def test_who_is_tied_has_no_files_of_all_sheets(released, signed_in, director, officer, applicant, client, now):
    assert page_of(signed_in(officer), released.call, "recount").status_code == 200
    Conflict.objects.create(application=funded_of(released.call)[0], expert=director, kind="friend", declared_at=now)

    for browser in (signed_in(director), signed_in(applicant), signed_in(released.experts[0]), client):
        assert page_of(browser, released.call, "recount").status_code in (302, 404)


def test_an_organisation_named_after_the_person_stands_by_their_consent(released, client, now):
    one = funded_of(released.call)[0]
    one.organisation = Organisation.objects.create(kind="informal", name=f"ИП {one.owner.person.last_name} И. И.")
    one.save()

    before = page_of(client, released.call).content.decode()
    agree(one.owner.person, now)
    after = page_of(client, released.call).content.decode()

    assert one.organisation.name not in before
    assert one.organisation.name in after
