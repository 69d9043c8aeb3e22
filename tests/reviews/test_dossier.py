"""The dossier for experts: what they judge as a paper, without names and hidden answers, closed by a tie at once."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from fund.documents.actions import draw_paper
from fund.documents.models import Paper
from grants.applications.queries import dossiers_of
from grants.applications.tasks import issue_dossiers as issue_whole
from grants.reviews.actions import declare_conflict
from grants.reviews.tasks import issue_dossiers
from tests.factories.calls import make_call
from tests.factories.reviews import make_admitted, make_expert, make_sheet

NOW = timezone.now().replace(microsecond=0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(officer):
    application = make_admitted(make_call(officer, now=NOW, state="judging"), now=NOW)
    return make_sheet(application, make_expert(), officer=officer, now=NOW)


@pytest.fixture
def paper(sheet):
    issue_dossiers()
    (paper,) = dossiers_of(sheet.application, for_experts=True)
    draw_paper(paper, now=NOW)
    return Paper.objects.told().get(pk=paper.pk)


def words_of(paper) -> str:
    with default_storage.open(paper.drawn["ru"].path) as stored:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages).split())


def test_experts_read_no_names_and_no_hidden_answers(sheet, paper):
    told, kept = words_of(paper), str(paper.contents.texts)

    assert "Двор станет общим." in told
    for hidden in (str(sheet.application.owner.person), sheet.application.owner.person.last_name, "Телефон автора"):
        assert hidden not in told + kept


def test_the_dossier_for_experts_is_theirs_who_judge(sheet, paper, officer, stranger, signed_in):
    issue_whole()
    (whole,) = dossiers_of(sheet.application)
    users = (sheet.expert, sheet.application.owner, make_expert(), officer, stranger)

    answers = [[signed_in(user).get(one.get_absolute_url()).status_code for one in (paper, whole)] for user in users]

    assert answers == [[200, 404], [404, 200], [404, 404], [404, 200], [404, 404]]


def test_a_tie_closes_the_dossier_at_once(sheet, paper, signed_in):
    browser = signed_in(sheet.expert)
    before = browser.get(paper.get_absolute_url()).status_code

    declare_conflict(sheet=sheet, kind="friend", by=sheet.expert, now=NOW)

    assert (before, browser.get(paper.get_absolute_url()).status_code) == (200, 404)


def test_the_score_page_leads_to_the_dossier(sheet, paper, signed_in):
    page = signed_in(sheet.expert).get(reverse("reviews:score", args=[sheet.uid]))

    assert paper.get_absolute_url() in page.content.decode()


def test_nothing_is_written_before_an_expert_accepts(officer):
    application = make_admitted(make_call(officer, now=NOW, state="judging"), now=NOW)
    make_sheet(application, make_expert(), officer=officer, now=NOW, accepted=False)

    assert (issue_dossiers(), dossiers_of(application, for_experts=True)) == (0, [])
