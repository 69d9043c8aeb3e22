"""The field of a form that takes files: several at once, each named when it does not fit; and the virus scanner."""

import socket
import threading

import pytest
from django.utils.datastructures import MultiValueDict

from fund.core.forms import Form
from fund.documents.actions import attach, check_for_viruses
from fund.documents.forms import DocumentInput
from fund.documents.models import Document
from tests.documents.conftest import PDF, picture, upload


class Attachments(Form):
    files = DocumentInput(allowed=("pdf", "png"), most=2, required=False)


def filled(*files):
    return Attachments({}, MultiValueDict({"files": list(files)}))


def test_input_takes_several_files():
    form = filled(upload("a.pdf", PDF), upload("b.png", picture()))

    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.png"]


def test_input_may_be_left_empty():
    form = filled()

    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_input_names_each_file_that_does_not_fit():
    form = filled(upload("a.html", b"<b>"), upload("b.png", b"nonsense"))

    assert ["a.html" in str(form.errors), "b.png" in str(form.errors)] == [True, True]


def test_input_refuses_too_many():
    assert not filled(*[upload(f"{n}.pdf", PDF) for n in range(3)]).is_valid()


def test_input_is_a_plain_chooser_for_several_files():
    html = str(Attachments()["files"])

    assert 'type="file"' in html
    assert "multiple" in html
    assert ".pdf,application/pdf" in html


@pytest.fixture
def scanner(settings):
    """A listener that speaks the scanner's protocol and finds what is called EICAR."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"

    def answer():
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(size)
                stream.write(b"stream: Eicar-Test FOUND\0" if b"EICAR" in content else b"stream: OK\0")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield
    listener.close()


@pytest.mark.parametrize(("content", "state"), [(PDF, "ready"), (PDF + b"EICAR\n%%EOF", "infected")])
def test_check_for_viruses_lets_only_clean_files_out(scanner, parent, applicant, now, content, state):
    document = attach(upload("a.pdf", content), to=parent, by=applicant, now=now)
    assert list(Document.objects.served()) == []

    assert check_for_viruses(document) == state
    assert Document.objects.served().exists() is (state == "ready")
