"""Issued papers: numbered without gaps, never changed, drawn by a job, verified by anyone who holds one."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fund.audit.models import Entry
from fund.celery import app
from fund.core.errors import Refused
from fund.documents.actions import clean_up, draw_paper, erase_paper, issue_paper, void_paper
from fund.documents.catalogue import KINDS, paper_kind
from fund.documents.codes import read_code, written
from fund.documents.contents import Contents, facts, heading, in_both, table
from fund.documents.models import Paper, PaperFile, PaperVoid
from fund.documents.pdf import draw
from fund.documents.tasks import draw_all
from tests.factories.papers import SAMPLE, sample_texts


@pytest.fixture
def issue(parent, officer, now):
    def issued(texts=None, at=now, kind=SAMPLE):
        return issue_paper(kind, about=parent, texts=texts or sample_texts(), by=officer, now=at)

    return issued


@pytest.fixture
def paper(issue, now):
    paper = issue()
    draw_paper(paper, now=now)
    return Paper.objects.get(pk=paper.pk)


@pytest.fixture
def restricted():
    """A kind that asks for more than seeing its parent."""
    name = paper_kind("documents.restricted", "ЗК", "Закрытый", who=lambda user, thing: False)
    yield name
    del KINDS[name]


def pages_of(paper, language="ru") -> list[str]:
    with default_storage.open(paper.drawn[language].path) as stored:
        return [page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages]


def check(code):
    return reverse("papers:check", args=[code])


def test_issue_numbers_by_kind_and_year(issue):
    at = [datetime(2026, 12, 30, 12, tzinfo=UTC), datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)]

    assert [issue(at=one).number for one in at] == ["ОБ-26-001", "ОБ-26-002", "ОБ-27-001"]  # the town's clock is ahead


def test_issue_gives_the_number_back_with_the_transaction(issue):
    def give_up() -> None:
        with transaction.atomic():
            issue()
            raise Refused("no")

    with pytest.raises(Refused):
        give_up()

    assert issue().sequence == 1


def test_issue_is_recorded(paper):
    assert Entry.objects.about(paper).get().facts["number"] == paper.number


def test_two_kinds_may_not_share_their_letters():
    with pytest.raises(ValueError, match="ОБ"):
        paper_kind("documents.twin", "ОБ", "Двойник")


@pytest.mark.parametrize(("model", "change"), [(Paper, {"number": "ОБ-26-999"}), (PaperFile, {"size": 1})])
def test_a_paper_cannot_be_changed(paper, model, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_draw_makes_a_file_per_language_and_the_same_bytes_again(paper, issue, now):
    assert sorted(paper.drawn) == ["en", "ru"]
    assert draw_paper(paper, now=now) == 0
    for language, file in paper.drawn.items():
        with default_storage.open(file.path) as stored:
            content = stored.read()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert draw(paper, paper.text(language), language) == content


def test_the_pdf_says_what_the_page_says(paper, applicant, signed_in):
    told = " ".join(" ".join(pages_of(paper)).split())
    page = signed_in(applicant).get(paper.get_absolute_url()).content.decode()

    for words in (
        "Протокол образца",
        "Дмитрий Лебедев",
        "Совет решил поддержать проект.",
        "Остановка 2",
        "Итого",
        "Марина Соколова",
    ):
        assert words in told
        assert words in page
    assert "Пусто" not in told + page
    assert paper.number in told
    assert paper.written_code in told


def test_papers_nobody_drew_are_drawn_one_ring_each(transactional_db, issue):
    """One job that drew them all would keep a worker from letters for as long."""
    papers = [issue(), issue()]
    app.control.purge()

    assert draw_all() == 2

    with app.connection_for_read() as connection:
        rings = [connection.default_channel.basic_get("celery", no_ack=True) for _ in papers]
    assert [ring.headers["task"] for ring in rings] == ["fund.documents.tasks.draw"] * 2
    for ring in rings:
        app.tasks[ring.headers["task"]](*ring.decode()[0])
    assert [paper.drawn.keys() for paper in Paper.objects.all()] == [{"ru", "en"}] * 2
    assert draw_all() == 0


def test_every_page_counts_itself(issue, now):
    paper = issue(sample_texts(rows=120))
    draw_paper(paper, now=now)

    pages = pages_of(paper)

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Страница {number} из {len(pages)}" in page
        assert "Проект" in page  # the head of the table stands on each
    assert f"Page 1 of {len(pages)}" in pages_of(paper, "en")[0]


def test_a_cell_longer_than_a_page_is_parted(issue, now):
    words = "Собственник отозвал согласие. " * 400
    paper = issue(in_both(lambda: Contents("Причины", (table(["№", "Причина"], [["1", words]], widths=[1, 9]),))))
    draw_paper(paper, now=now)

    assert " ".join(pages_of(paper)).count("отозвал") == 400


def test_user_text_is_text(issue, now, applicant, signed_in):
    words = "<b>жирно</b> & <img src='http://127.0.0.1:9/x.png'/> <a href='http://x'>{{ x }}</a> 😀"
    paper = issue(sample_texts(words))
    draw_paper(paper, now=now)

    told = " ".join(pages_of(paper)[0].split())

    assert "<b>жирно</b> & <img src='http://127.0.0.1:9/x.png'/>" in told
    assert "<b>жирно" not in signed_in(applicant).get(paper.get_absolute_url()).content.decode()


def test_the_page_says_that_the_pdf_is_being_prepared(issue, applicant, signed_in):
    paper = issue()

    page = signed_in(applicant).get(paper.get_absolute_url()).content.decode()

    assert "PDF готовится" in page
    assert reverse("documents:paper", args=[paper.uid, "ru"]) not in page
    assert signed_in(applicant).get(reverse("documents:paper", args=[paper.uid, "ru"])).status_code == 404


def test_only_who_sees_the_parent_sees_the_paper(paper, applicant, stranger, signed_in):
    addresses = [paper.get_absolute_url(), reverse("documents:paper", args=[paper.uid, "ru"])]

    for address in addresses:
        answer = signed_in(applicant).get(address)
        assert (answer.status_code, bool(b"".join(answer))) == (200, True)
        assert signed_in(stranger).get(address).status_code == 404
        assert Client().get(address).status_code == 404
    assert list(Paper.objects.visible_to(applicant)) == [paper]
    assert not Paper.objects.visible_to(stranger).exists()


def test_a_kind_may_ask_for_more(restricted, issue, applicant, signed_in):
    paper = issue(kind=restricted)

    assert signed_in(applicant).get(paper.get_absolute_url()).status_code == 404
    assert not Paper.objects.visible_to(applicant).exists()


def test_the_file_is_saved_never_shown(paper, applicant, signed_in):
    answer = signed_in(applicant).get(reverse("documents:paper", args=[paper.uid, "en"]))

    assert b"".join(answer).startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", " – ")])
def test_a_code_is_read_however_it_is_typed(change):
    assert read_code(change("7KHM-2XQ9-PT4D")) == "7khm2xq9pt4d"


def test_a_code_typed_on_a_russian_keyboard_is_read():
    assert read_code("7КНМ-2ХQ9-РТ4D") == "7khm2xq9pt4d"


@pytest.mark.parametrize("typed", ["", "7KHM", "7KHM-2XQ9-PT4O", "7KHM-2XQ9-PT4DD", "\u0660" * 12, "🐟" * 12])
def test_what_cannot_be_a_code_is_not_one(typed):
    assert read_code(typed) == ""


def test_verify_asks_for_a_code_or_for_a_file(db, client):
    page = client.get(reverse("papers:verify")).content.decode()

    assert 'name="code"' in page
    assert 'type="file"' in page


def test_verify_tells_kind_number_and_day_and_nobodys_name(paper, client):
    answer = client.post(reverse("papers:verify"), {"code": paper.written_code.lower().replace("-", " ")}, follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "подлинный" in page
    assert "Образец" in page
    assert paper.number in page
    for secret in ("Протокол образца", "Лебедев", "Соколова", "Остановка"):
        assert secret not in page


def test_verify_says_that_a_paper_is_void(paper, officer, now, client, applicant, signed_in):
    void_paper(paper, why="Ошибка в сумме", by=officer, now=now)

    page = client.get(check(paper.written_code)).content.decode()

    assert "больше не действует" in page
    assert "Ошибка в сумме" not in page
    assert "Ошибка в сумме" in signed_in(applicant).get(paper.get_absolute_url()).content.decode()


def test_void_wants_a_reason_and_happens_once(paper, officer, now):
    with pytest.raises(Refused) as refusal:
        void_paper(paper, why="  ", by=officer, now=now)
    assert refusal.value.field == "why"

    void_paper(paper, why="Ошибка", by=officer, now=now)
    with pytest.raises(Refused):
        void_paper(paper, why="Ошибка", by=officer, now=now)
    assert PaperVoid.objects.count() == 1


@pytest.mark.parametrize("code", ["7KHM-2XQ9-PT4D", "нет", "7KHM2XQ9PT4D", "x" * 200])
def test_an_unknown_code_is_not_genuine(paper, client, code):
    answer = client.get(check(code))

    assert answer.status_code == 404
    assert "не выдавал" in answer.content.decode()


def test_a_code_that_cannot_be_one_is_refused_at_its_field(client):
    answer = client.post(reverse("papers:verify"), {"code": "7KHM"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["code"]


def test_the_file_itself_is_compared(paper, client):
    with default_storage.open(paper.drawn["en"].path) as stored:
        content = stored.read()

    def answers(address, content):
        return client.post(address, {"file": SimpleUploadedFile("a.pdf", content)}, follow=True)

    assert "совпадает" in answers(check(paper.written_code), content).content.decode()
    assert "Файл другой" in answers(check(paper.written_code), content + b" ").content.decode()
    assert paper.number in answers(reverse("papers:verify_file"), content).content.decode()
    unknown = answers(reverse("papers:verify_file"), b"%PDF-1.4 another")
    assert (unknown.status_code, list(unknown.context["file_form"].errors)) == (422, ["file"])


def test_an_address_cannot_say_that_a_file_is_the_same(paper, client):
    page = client.get(check(paper.written_code) + "?file=same").content.decode()

    assert "совпадает" not in page


def test_guessing_codes_is_limited(paper, client):
    codes = [written(f"{n:02d}".translate(str.maketrans("01", "ab")) + "23456789ab") for n in range(40)]

    statuses = [client.get(check(code)).status_code for code in codes]

    assert statuses[:20] == [404] * 20
    assert set(statuses[20:]) == {429}
    assert client.get(check(paper.written_code)).status_code == 429  # nothing is answered while it is closed


def test_right_codes_are_not_counted(paper, client):
    assert {client.get(check(paper.written_code)).status_code for _ in range(30)} == {200}


def test_clean_up_keeps_papers_and_removes_bytes_without_one(paper, now):
    orphan = default_storage.save("papers/zz/orphan.pdf", ContentFile(b"x"))

    clean_up(now=now + timedelta(days=3))

    assert not default_storage.exists(orphan)
    assert all(default_storage.exists(file.path) for file in paper.drawn.values())


def told(paper) -> Paper:
    return Paper.objects.told().get(pk=paper.pk)


@pytest.mark.django_db(transaction=True)
def test_erase_leaves_no_word_and_no_bytes_but_a_copy_is_still_known(paper, applicant, officer, signed_in, client, now):
    files = list(paper.drawn.values())
    with default_storage.open(files[0].path) as stored:
        copy = stored.read()
    file = reverse("documents:paper", args=[paper.uid, files[0].language])
    before = signed_in(applicant).get(file)
    assert b"".join(before) == copy

    erase_paper(paper, by=officer, now=now)

    assert not any(default_storage.exists(one.path) for one in files)
    assert (told(paper).is_erased, told(paper).drawn, told(paper).text()) == (True, {}, {})
    page = signed_in(applicant).get(paper.get_absolute_url()).content.decode()
    assert "Текст этого документа удалён" in page
    assert "готовится" not in page
    assert "Дмитрий Лебедев" not in page
    assert signed_in(applicant).get(file).status_code == 404
    answer = client.post(reverse("papers:verify_file"), {"file": SimpleUploadedFile("copy.pdf", copy)})
    assert answer.headers["Location"] == check(paper.written_code)
    assert draw_paper(paper, now=now) == 0
    assert "documents.erase_paper" in Entry.objects.about(paper).values_list("verb", flat=True)


class Interrupted(FileSystemStorage):
    """A disk so slow that something happens between the drawing of a file and its row."""

    def save(self, name, content, max_length=None):
        while happens:
            happens.pop()()
        return super().save(name, content, max_length)


happens = []


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_while_it_is_drawn_leaves_no_bytes(issue, officer, now, settings):
    paper = issue()
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Interrupted"}}
    happens.append(lambda: erase_paper(paper, by=officer, now=now))

    assert draw_paper(paper, now=now) == 0

    paths = list(PaperFile.objects.filter(paper=paper).values_list("path", flat=True))
    assert (len(paths), any(map(default_storage.exists, paths))) == (2, False)


def test_clean_up_deletes_what_the_storage_did_not_give_up(paper, officer, now):
    files = list(paper.drawn.values())
    erase_paper(paper, by=officer, now=now)  # the test's transaction is never committed: nothing was deleted yet
    assert all(default_storage.exists(file.path) for file in files)

    clean_up(now=now + timedelta(days=3))

    assert not any(default_storage.exists(file.path) for file in files)


def test_a_web_worker_does_not_load_reportlab():
    code = "import sys, django; django.setup(); import fund.urls; sys.exit('reportlab' in sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": "fund.settings", "DEMO": "true", "PATH": ""}

    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, check=False).returncode == 0


@pytest.mark.parametrize("rows", range(14, 20))
def test_signatures_stand_on_no_page_alone(issue, now, rows):
    """Whatever the length of the table before: the sums are on the page of the signatures."""
    closing = (heading("Суммы"), facts([("Отдано", "674 800"), ("Осталось", "225 200")]))
    paper = issue(sample_texts(rows=rows, closing=closing))
    draw_paper(paper, now=now)

    last = pages_of(Paper.objects.get(pk=paper.pk))[-1]

    assert ["Суммы" in last, "Осталось" in last, "Марина Соколова" in last] == [True, True, True]
