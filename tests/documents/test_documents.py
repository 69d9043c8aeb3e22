"""Private files: attached once, seen by their parent's viewers alone, served as something to save."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from fund.audit.models import Entry
from fund.core.errors import Refused
from fund.core.forms import new_token
from fund.core.visibility import CLOSING, closes
from fund.documents.actions import attach, clean_up, pin, remove, replace
from fund.documents.models import Document
from fund.people.roles import grants_of
from tests.documents.conftest import PDF, upload


@pytest.fixture
def document(parent, applicant, now):
    return attach(upload("план «Сквер».pdf", PDF), to=parent, by=applicant, now=now, kind="plan")


def url_of(document):
    return reverse("documents:download", args=[document.uid])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_attach_stores_under_a_name_that_says_nothing(document):
    assert "план" not in document.path
    with default_storage.open(document.path) as stored:
        assert stored.read() == PDF
    assert Entry.objects.about(document).get().verb == "documents.attach"


def test_attach_twice_with_one_token_makes_one(parent, applicant, now):
    token = new_token()

    first, second = (attach(upload("a.pdf", PDF), to=parent, by=applicant, now=now, once=token) for _ in range(2))

    assert first == second
    assert Document.objects.count() == 1


def test_attach_refuses_a_bad_file_with_its_sentence(parent, applicant, now):
    with pytest.raises(Refused) as refusal:
        attach(upload("a.html", b"<script>"), to=parent, by=applicant, now=now)

    assert "a.html" in str(refusal.value)
    assert Document.objects.count() == 0


def test_attach_refuses_one_file_too_many(document, parent, applicant, now):
    with pytest.raises(Refused) as refusal:
        attach(upload("a.pdf", PDF), to=parent, by=applicant, now=now, kind="plan", most=1)

    assert refusal.value.code == "most"


def test_download_is_for_those_who_see_the_parent(document, applicant, stranger, signed_in):
    assert body(signed_in(applicant).get(url_of(document))) == PDF
    assert signed_in(stranger).get(url_of(document)).status_code == 404
    assert Client().get(url_of(document)).status_code == 404


def test_download_is_something_to_save_and_never_a_page(document, applicant, signed_in):
    answer = signed_in(applicant).get(url_of(document))

    assert body(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_download_obeys_what_closes_the_file_itself(document, applicant, signed_in):
    closes("documents.Document", "a test")(lambda user: True)
    try:
        assert signed_in(applicant).get(url_of(document)).status_code == 404
        assert list(Document.objects.visible_to(applicant)) == []
    finally:
        del CLOSING["documents.Document"]["a test"]


def test_visible_to_lists_files_of_visible_parents(document, applicant, stranger, django_assert_num_queries):
    grants_of(applicant)  # a reader's roles are read once in a request

    with django_assert_num_queries(2):
        assert list(Document.objects.visible_to(applicant)) == [document]
    assert list(Document.objects.visible_to(stranger)) == []


def test_replace_puts_another_in_its_place(document, applicant, now):
    newer = replace(document, upload("b.pdf", PDF + b"\n"), by=applicant, now=now)

    assert list(Document.objects.live()) == [newer]
    assert (newer.kind, newer.of_id) == (document.kind, document.of_id)


def test_remove_twice_is_refused(document, applicant, now):
    remove(document, by=applicant, now=now)

    with pytest.raises(Refused):
        remove(document, by=applicant, now=now)


def test_removed_file_is_not_served_unless_it_was_handed_in(document, parent, applicant, now, signed_in):
    kept = attach(upload("kept.pdf", PDF), to=parent, by=applicant, now=now)
    assert pin(parent, now=now) == [document, kept]
    Document.objects.filter(pk=document.pk).update(pinned_at=None)

    for each in (document, kept):
        remove(each, by=applicant, now=now)

    assert signed_in(applicant).get(url_of(document)).status_code == 404
    assert body(signed_in(applicant).get(url_of(kept))) == PDF


def test_clean_up_deletes_what_no_row_needs(document, parent, applicant, now):
    kept = attach(upload("kept.pdf", PDF), to=parent, by=applicant, now=now)
    orphan = default_storage.save("documents/zz/orphan", upload("x", b"x"))
    remove(document, by=applicant, now=now)

    deleted = [clean_up(now=now), clean_up(now=now + timedelta(days=31))]

    assert deleted == [0, 2]
    assert [default_storage.exists(path) for path in (document.path, kept.path, orphan)] == [False, True, False]


@pytest.mark.parametrize("uid", ["x", "00000000000000", "documents"])
def test_download_of_nothing_is_not_found(db, uid):
    assert Client().get(f"/documents/{uid}/").status_code == 404


def test_download_by_post_is_refused(document, applicant, signed_in):
    assert signed_in(applicant).post(url_of(document)).status_code == 405
