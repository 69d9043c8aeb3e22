"""Dossiers: the paper of what was sent, for its authors and officers whole, for experts without what they may not see."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from grants.applications.actions import (
    attach_documents,
    erase_application,
    issue_dossier,
    replace_application,
    save_section,
    submit_application,
)
from grants.applications.invariants import told_after_erasure
from grants.applications.models import Dossier
from grants.applications.queries import dossiers_of
from grants.applications.tasks import issue_dossiers
from grants.proposals.actions import erase_receipt
from grants.proposals.models import Receipt, ReceiptContents
from grants.reviews.papers import EXPERT_DOSSIER
from tests.applications.test_writing import picture
from tests.factories.applications import make_ready, make_submitted
from tests.factories.calls import make_call

NOW = timezone.now().replace(microsecond=0)
BOLD = "<b>Сцена</b> & {{ двор }} <img src=x>"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(applicant):
    ready = make_ready(make_call(now=NOW), applicant, now=NOW)
    save_section(
        application=ready, section="idea", values={"change": BOLD, "contact": "Звоните вечером"}, version=1, by=applicant, now=NOW
    )
    submit_application(application=ready, by=applicant, now=NOW)
    return ready


def issued(application) -> Paper:
    issue_dossiers()
    (paper,) = dossiers_of(application)
    draw_paper(paper, now=NOW)
    return Paper.objects.told().get(pk=paper.pk)


def status(response) -> int:
    b"".join(response)  # read to its end a file closes itself
    return response.status_code


def words_of(paper, language="ru") -> str:
    with default_storage.open(paper.drawn[language].path) as stored:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages).split())


def test_a_dossier_says_what_was_sent_in_both_languages(sent):
    paper = issued(sent)

    russian, english = words_of(paper), words_of(paper, "en")

    for told in (russian, english):
        for part in (
            sent.number,
            sent.owner.person.full_name,
            BOLD,
            "Доски",
            "Звоните вечером",
            "Страница" if told is russian else "Page",
        ):
            assert part in told
        assert sent.receipt.digest in told.replace(" ", "")
    assert "Что изменится в городе?" in russian
    assert "What will change in town?" in english


def test_a_dossier_is_written_once_for_each_sending(sent, applicant):
    first = issued(sent)
    again = issue_dossier(application=sent, now=NOW)
    save_section(
        application=sent, section="plan", values={"months": "11"}, version=1, by=applicant, now=NOW + timedelta(minutes=1)
    )
    replace_application(application=sent, by=applicant, now=NOW + timedelta(minutes=2))

    second = issued(sent)

    assert (again, Dossier.objects.count()) == (None, 2)
    assert second.number != first.number
    assert "11" in str(second.text())


def test_a_dossier_that_cannot_be_written_stands_in_nobodys_way(sent, caplog):
    ReceiptContents.objects.update(snapshot={"sections": "nonsense"})
    other = make_submitted(sent.call, now=NOW)

    written = issue_dossiers()

    assert (written, Dossier.objects.get().receipt) == (1, other.receipt)
    assert [record.args for record in caplog.records if record.name.endswith("dossiers")] == [(sent.pk,)]


def test_a_dossier_names_its_files_with_their_hashes(applicant):
    ready = make_ready(make_call(now=NOW), applicant, now=NOW)
    (document,) = attach_documents(application=ready, files=[picture("эскиз.png")], by=applicant, now=NOW)
    submit_application(application=ready, by=applicant, now=NOW)

    told = words_of(issued(ready))

    assert document.name in told
    assert document.sha256 in told.replace(" ", "")


def test_a_dossier_is_its_authors_and_the_fund_s(sent, applicant, officer, director, expert, stranger, accountant, signed_in):
    paper = issued(sent)
    address = paper.get_absolute_url()
    file = reverse("documents:paper", args=[paper.uid, "ru"])

    answers = {
        user.email: [status(signed_in(user).get(one)) for one in (address, file)]
        for user in (applicant, officer, director, expert, stranger, accountant)
    }

    assert [answers[user.email] for user in (applicant, officer, director)] == [[200, 200]] * 3
    assert [answers[user.email] for user in (expert, stranger, accountant)] == [[404, 404]] * 3


def test_the_pages_lead_to_the_dossier(sent, applicant, officer, signed_in):
    paper = issued(sent)

    for user, name in ((applicant, "receipt"), (applicant, "print"), (officer, "check")):
        assert paper.get_absolute_url() in signed_in(user).get(reverse(f"applications:{name}", args=[sent.uid])).content.decode()


def test_issuing_takes_what_waits_in_turns(db):
    call = make_call(now=NOW)
    for _ in range(3):
        make_submitted(call, now=NOW)

    assert (issue_dossiers(), issue_dossiers()) == (3, 0)


@pytest.mark.django_db(transaction=True)
def test_erase_leaves_nothing_of_any_sending(sent, applicant, officer, signed_in):
    """What was sent first, what replaced it, and the dossier for experts."""
    papers = [issued(sent)]
    later = NOW + timedelta(minutes=1)
    save_section(application=sent, section="plan", values={"months": "11"}, version=1, by=applicant, now=later)
    replace_application(application=sent, by=applicant, now=later)
    for_experts = issue_dossier(application=sent, now=later, kind=EXPERT_DOSSIER, for_experts=True)
    draw_paper(for_experts, now=later)
    papers += [issued(sent), Paper.objects.told().get(pk=for_experts.pk)]
    paths = [file.path for paper in papers for file in paper.drawn.values()]
    assert (len(paths), all(map(default_storage.exists, paths))) == (6, True)

    erase_application(application=sent, by=officer, now=later)

    assert not any(map(default_storage.exists, paths))
    assert [receipt.snapshot for receipt in Receipt.objects.about(sent)] == [{}, {}]
    assert [paper.text() for paper in Paper.objects.filter(pk__in=[one.pk for one in papers])] == [{}] * 3
    assert (dossiers_of(sent), issue_dossier(application=sent, now=later), issue_dossiers()) == ([], None, 0)
    assert not told_after_erasure()
    page = signed_in(officer).get(papers[0].get_absolute_url())
    assert (page.status_code, sent.owner.person.full_name in page.content.decode()) == (200, False)


def test_a_dossier_that_outlives_its_receipt_is_named(sent, officer):
    issued(sent)

    erase_receipt(receipt=sent.receipt, by=officer, now=NOW)

    assert [one.receipt_id for one in told_after_erasure()] == [sent.receipt_id]
